"""The registry's vendors as they stand now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, Table, bindparam, func, select

from gwannae.programme.facts import Fact
from gwannae.programme.vendors import (
    AddressKind,
    Certificate,
    CertificateKind,
    SizeFact,
    Vendor,
    VendorAddress,
)
from gwannae.storage import tables
from gwannae.storage.database import Transaction
from gwannae.storage.statements import is_among

# Looked up, for calling an enumeration costs six times as much and happens thrice for each firm of a long answer.
_FACTS = {fact.value: fact for fact in Fact}
_ADDRESS_KINDS = {kind.value: kind for kind in AddressKind}


def _parts(table: Table, *columns: str) -> Select[Any]:
    """Parts of vendors: the vendor's id and these columns, each vendor's in their order."""
    return (
        select(table.c.vendor_id, *(table.c[name] for name in columns))
        .where(is_among(table.c.vendor_id, "ids"))
        .order_by(table.c.vendor_id, table.c.position)
    )


_VENDORS = select(tables.vendors).where(is_among(tables.vendors.c.id, "ids"))
_LEAN = select(
    tables.vendors.c.id,
    tables.vendors.c.name,
    tables.vendors.c.size_small,
    tables.vendors.c.size_evidence,
    tables.vendors.c.size_checked_on,
).where(is_among(tables.vendors.c.id, "ids"))
_ITEMS = _parts(tables.vendor_items, "text")
_ADDRESSES = _parts(tables.vendor_addresses, "kind", "text", "district", "in_city", "evidence", "since", "until")
_CERTIFICATES = _parts(tables.vendor_certificates, "kind", "number", "valid_from", "valid_to")
_BY_NUMBER = select(tables.vendors.c.id).where(tables.vendors.c.business_number == bindparam("number"))
_BY_NUMBER_BEGINNING = (
    select(tables.vendors.c.id)
    .where(
        tables.vendors.c.business_number >= bindparam("first"), tables.vendors.c.business_number <= bindparam("last")
    )
    .order_by(tables.vendors.c.business_number)
    .limit(bindparam("most"))
)
_STATE = select(tables.registry_state.c.version, tables.registry_state.c.as_of)
_COUNT = select(func.count()).select_from(tables.vendors)


@dataclass(frozen=True, slots=True)
class RegistryState:
    """The registry as a whole: the counter that moves with every import, the day of its data, and its size."""

    version: int
    as_of: date | None
    vendors: int


@dataclass(frozen=True, slots=True)
class VendorFacts:
    """What is needed to judge and order many vendors: no items, no phone."""

    id: int
    name: str
    size: SizeFact
    addresses: tuple[VendorAddress, ...]
    certificates: tuple[Certificate, ...]


def vendor(tx: Transaction, vendor_id: int) -> Vendor | None:
    """The vendor of that id."""
    return vendors(tx, (vendor_id,)).get(vendor_id)


def by_business_number(tx: Transaction, number: str) -> Vendor | None:
    """The vendor of that business number (ten digits)."""
    vendor_id = tx.execute(_BY_NUMBER, {"number": number}).scalar()
    return None if vendor_id is None else vendor(tx, vendor_id)


def by_number_beginning(tx: Transaction, digits: str, limit: int) -> list[int]:
    """Ids of vendors whose business number begins with these digits, in the order of their numbers."""
    if len(digits) > 10:
        return []
    # ten digits against ten digits: every collation sorts these alike
    bounds = {"first": digits.ljust(10, "0"), "last": digits.ljust(10, "9"), "most": limit}
    return list(tx.execute(_BY_NUMBER_BEGINNING, bounds).scalars())


def vendors(tx: Transaction, ids: Iterable[int]) -> dict[int, Vendor]:
    """The vendors of those ids that there are, in the order in which they were asked for."""
    wanted = list(dict.fromkeys(ids))
    items = _items(tx, wanted)
    addresses = _addresses(tx, wanted)
    certificates = _certificates(tx, wanted)
    found: dict[int, Vendor] = {}
    for row in tx.execute(_VENDORS, {"ids": wanted}).all():
        found[row.id] = Vendor(
            row.id,
            row.name,
            row.business_number,
            row.phone,
            row.trade,
            _FACTS[row.makes],
            SizeFact(_FACTS[row.size_small], row.size_evidence, row.size_checked_on),
            tuple(items.get(row.id, ())),
            tuple(addresses.get(row.id, ())),
            tuple(certificates.get(row.id, ())),
            row.as_of,
            row.source,
            row.version,
        )
    return {i: found[i] for i in wanted if i in found}


def vendor_facts(tx: Transaction, ids: Iterable[int]) -> dict[int, VendorFacts]:
    """What judging and ordering of many vendors needs; ids that there are not are left out."""
    wanted = list(dict.fromkeys(ids))
    addresses = _addresses(tx, wanted)
    certificates = _certificates(tx, wanted)
    return {
        vendor_id: VendorFacts(
            vendor_id,
            name,
            SizeFact(_FACTS[small], evidence, checked_on),
            tuple(addresses.get(vendor_id, ())),
            tuple(certificates.get(vendor_id, ())),
        )
        for vendor_id, name, small, evidence, checked_on in tx.execute(_LEAN, {"ids": wanted}).all()
    }


def registry(tx: Transaction) -> RegistryState:
    """The state of the registry."""
    state = tx.execute(_STATE).one()
    return RegistryState(state.version, state.as_of, int(tx.execute(_COUNT).scalar_one()))


def _items(tx: Transaction, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for vendor_id, text in tx.execute(_ITEMS, {"ids": ids}).all():
        found.setdefault(vendor_id, []).append(text)
    return found


def _addresses(tx: Transaction, ids: Sequence[int]) -> dict[int, list[VendorAddress]]:
    found: dict[int, list[VendorAddress]] = {}
    for vendor_id, kind, text, district, in_city, *rest in tx.execute(_ADDRESSES, {"ids": ids}).all():
        address = VendorAddress(_ADDRESS_KINDS[kind], text, district, _FACTS[in_city], *rest)
        found.setdefault(vendor_id, []).append(address)
    return found


def _certificates(tx: Transaction, ids: Sequence[int]) -> dict[int, list[Certificate]]:
    found: dict[int, list[Certificate]] = {}
    for vendor_id, kind, *rest in tx.execute(_CERTIFICATES, {"ids": ids}).all():
        found.setdefault(vendor_id, []).append(Certificate(CertificateKind(kind), *rest))
    return found
