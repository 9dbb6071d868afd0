"""Many vendors at once, with the words that they are found by. Whoever writes here holds the registry's lock."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import RowMapping, select, update

from gwannae.programme.search import Field, vendor_terms
from gwannae.programme.vendors import Vendor
from gwannae.storage.bulk import Row, bulk_insert
from gwannae.storage.database import Transaction
from gwannae.storage.tables import registry as tables
from gwannae.storage.vendor_identity import content_digest, name_and_address
from gwannae.storage.vendor_parts import parts_text
from gwannae.storage.vendors import RegistryState, registry
from gwannae.storage.words import term_ids

MAX_TERM = 200  # characters: PostgreSQL refuses index entries beyond 2,704 bytes, and nobody types more

_LOCK = select(tables.registry_state).with_for_update()  # SQLite knows no FOR UPDATE and needs none: it has one writer
_STATE = update(tables.registry_state)

Posting = tuple[str, Field]


def insert_vendors(tx: Transaction, vendors: Sequence[Vendor], *, at: datetime) -> list[int]:
    """Add vendors (their ids are ignored) with their words. Returns their ids in order.

    Call `end_import` once after the last of them.
    """
    state = lock_registry(tx)
    ids = list(range(state["last_vendor_id"] + 1, state["last_vendor_id"] + 1 + len(vendors)))
    moment = at.astimezone(UTC)
    pairs = list(zip(ids, vendors, strict=True))
    changed_in = state["version"] + 1
    rows = [(*vendor_values(i, v, moment).values(), changed_in) for i, v in pairs]
    bulk_insert(tx, tables.vendors, rows)
    insert_parts(tx, pairs)
    add_postings(tx, [(i, posting) for i, v in pairs for posting in postings_of(v)])
    if ids:
        tx.execute(_STATE.values(last_vendor_id=ids[-1]))
    return ids


def end_import(tx: Transaction, *, as_of: date | None, at: datetime) -> RegistryState:
    """Let every reader know that the registry has changed. The newest day of data that was ever named stays."""
    state = lock_registry(tx)
    days = [day for day in (state["as_of"], as_of) if day is not None]
    tx.execute(_STATE.values(version=state["version"] + 1, as_of=max(days, default=None), updated_at=at))
    return registry(tx)


def lock_registry(tx: Transaction) -> RowMapping:
    """Wait until nobody else writes to the registry, and keep others out until the transaction ends."""
    return tx.execute(_LOCK).mappings().one()


def postings_of(vendor: Vendor) -> set[Posting]:
    """The words of a vendor and where they stand."""
    return {(text[:MAX_TERM], field) for field, text in vendor_terms(vendor) if text}


def add_postings(tx: Transaction, entries: Sequence[tuple[int, Posting]]) -> None:
    """Let (vendor id, (word, field)) be found; words that are new become terms."""
    ids = _term_ids(tx, {text for _, (text, _) in entries})
    rows = [(ids[text], i, field.value) for i, (text, field) in entries]
    rows.sort()  # in the order of the table's key: half the time
    bulk_insert(tx, tables.postings, rows)


def insert_parts(tx: Transaction, pairs: Iterable[tuple[int, Vendor]]) -> None:
    """Write items, addresses and certificates of vendors that have none yet."""
    items: list[Row] = []
    addresses: list[Row] = []
    certificates: list[Row] = []
    for i, vendor in pairs:
        items += [(i, n, text) for n, text in enumerate(vendor.items)]
        addresses += [
            (i, n, a.kind.value, a.text, a.district, a.in_city.value, a.evidence, a.since, a.until)
            for n, a in enumerate(vendor.addresses)
        ]
        certificates += [
            (i, n, c.kind.value, c.number, c.valid_from, c.valid_to) for n, c in enumerate(vendor.certificates)
        ]
    bulk_insert(tx, tables.vendor_items, items)
    bulk_insert(tx, tables.vendor_addresses, addresses)
    bulk_insert(tx, tables.vendor_certificates, certificates)


def vendor_values(vendor_id: int, vendor: Vendor, at: datetime) -> dict[str, Any]:
    """The columns of a vendor's own row, in their order, but for the last one (`changed_in`)."""
    name_key, address_key = name_and_address(vendor)
    return {
        "id": vendor_id,
        "name": vendor.name,
        "name_key": name_key,
        "address_key": address_key,
        "business_number": vendor.business_number,
        "phone": vendor.phone,
        "trade": vendor.trade,
        "makes": vendor.makes.value,
        "size_small": vendor.size.small.value,
        "size_evidence": vendor.size.evidence,
        "size_checked_on": vendor.size.checked_on,
        "as_of": vendor.as_of,
        "source": vendor.source,
        "version": vendor.version,
        "digest": content_digest(vendor),
        "changed_at": at,
        "kinds": " ".join(vendor.kinds),
        "parts": parts_text(vendor),
    }


def _term_ids(tx: Transaction, texts: set[str]) -> dict[str, int]:
    wanted = sorted(texts)
    known = term_ids(tx, wanted)
    fresh = [text for text in wanted if text not in known]
    if fresh:
        last = lock_registry(tx)["last_term_id"]
        known.update({text: last + n for n, text in enumerate(fresh, start=1)})
        bulk_insert(tx, tables.terms, [(known[text], text) for text in fresh])
        tx.execute(_STATE.values(last_term_id=last + len(fresh)))
    return known
