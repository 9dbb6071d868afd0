"""Which firm a record speaks of, and whether it says anything new."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from gwannae.programme.hangul import firm_key, search_key
from gwannae.programme.vendors import Vendor
from gwannae.storage.database import Transaction
from gwannae.storage.tables import registry as tables

_KEYS = select(
    tables.vendors.c.id,
    tables.vendors.c.business_number,
    tables.vendors.c.name_key,
    tables.vendors.c.address_key,
    tables.vendors.c.digest,
)

NameAndAddress = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ExistingKeys:
    """Who is in the registry: ids by business number and by name and address, and each one's content digest."""

    by_number: Mapping[str, int]
    by_name_and_address: Mapping[NameAndAddress, tuple[int, ...]]
    digests: Mapping[int, str]


def existing_keys(tx: Transaction) -> ExistingKeys:
    """Read the keys of the whole registry (about 2 microseconds a vendor)."""
    by_number: dict[str, int] = {}
    by_key: dict[NameAndAddress, tuple[int, ...]] = {}
    digests: dict[int, str] = {}
    for vendor_id, number, name, address, digest in tx.execute(_KEYS):
        if number is not None:
            by_number[number] = vendor_id
        key = (name, address)
        by_key[key] = (*by_key.get(key, ()), vendor_id)
        digests[vendor_id] = digest
    return ExistingKeys(by_number, by_key, digests)


def name_and_address(vendor: Vendor) -> NameAndAddress:
    """What a firm without a business number is: its normalised name and head office. The address may be empty."""
    head = vendor.head_office
    return firm_key(vendor.name), search_key(head.text) if head is not None else ""


def content_digest(vendor: Vendor) -> str:
    """A digest of all that is said of a firm; not of its id, version, source, or the day of the data.

    Written by hand, for it runs once for every row of a file: `dataclasses.asdict` takes ten times as long.
    """
    parts = [
        vendor.name,
        vendor.business_number or "",
        vendor.phone or "",
        vendor.trade or "",
        vendor.makes.value,
        vendor.size.small.value,
        vendor.size.evidence,
        _day(vendor.size.checked_on),
        "\x1e".join(vendor.items),
    ]
    if vendor.kinds:  # a firm without keeps the digest that it had before kinds were read
        parts += ("\x1dk", *vendor.kinds)
    for a in vendor.addresses:
        parts += (
            "\x1da",
            a.kind.value,
            a.text,
            a.district or "",
            a.in_city.value,
            a.evidence,
            _day(a.since),
            _day(a.until),
        )
    for c in vendor.certificates:
        parts += ("\x1dc", c.kind.value, c.number, _day(c.valid_from), _day(c.valid_to))
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=12).hexdigest()


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
