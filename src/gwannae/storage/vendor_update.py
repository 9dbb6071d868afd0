"""Vendors that a source says something new of: what they were is kept, and their words follow."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import bindparam, delete, insert, select, update

from gwannae.programme.hangul import search_key
from gwannae.programme.vendor_history import VendorVersion
from gwannae.programme.vendors import AddressKind, Vendor, VendorAddress
from gwannae.storage.database import Transaction
from gwannae.storage.pictures import vendor_from, vendor_json
from gwannae.storage.registry_changes import NEXT_VERSION
from gwannae.storage.statements import is_among
from gwannae.storage.tables import registry as tables
from gwannae.storage.vendor_identity import content_digest
from gwannae.storage.vendor_import import add_postings, insert_parts, lock_registry, postings_of, vendor_values
from gwannae.storage.vendors import vendors

_PARTS = (tables.vendor_items, tables.vendor_addresses, tables.vendor_certificates)
_UPDATE = update(tables.vendors).where(tables.vendors.c.id == bindparam("of"))
_NEWER_DATA = _UPDATE.values(as_of=bindparam("day"), changed_in=NEXT_VERSION)
_KEEP = insert(tables.vendor_versions)
_HISTORY = (
    select(tables.vendor_versions.c.picture, tables.vendor_versions.c.replaced_at, tables.vendor_versions.c.replaced_by)
    .where(tables.vendor_versions.c.vendor_id == bindparam("of"))
    .order_by(tables.vendor_versions.c.version)
)
_HISTORIES = (
    select(
        tables.vendor_versions.c.vendor_id,
        tables.vendor_versions.c.picture,
        tables.vendor_versions.c.replaced_at,
        tables.vendor_versions.c.replaced_by,
    )
    .where(is_among(tables.vendor_versions.c.vendor_id, "listed"))
    .order_by(tables.vendor_versions.c.vendor_id, tables.vendor_versions.c.version)
)
_NO_LONGER = delete(tables.postings).where(
    tables.postings.c.vendor_id == bindparam("vendor"),
    tables.postings.c.field == bindparam("where"),
    tables.postings.c.term_id
    == select(tables.terms.c.id).where(tables.terms.c.text == bindparam("word")).scalar_subquery(),
)

_WITHOUT_PARTS = [delete(table).where(table.c.vendor_id == bindparam("of")) for table in _PARTS]


class NoVendorError(LookupError):
    """There is no vendor of that id (`vendor_id`)."""

    def __init__(self, vendor_id: int) -> None:
        super().__init__(vendor_id)
        self.vendor_id = vendor_id


def update_vendors(tx: Transaction, changed: Sequence[Vendor], *, at: datetime, day: date, source: str) -> list[Vendor]:
    """Store what a source says now of vendors that have an id; of one named twice the last holds. Returns those that
    differ from before, as they are now: with the next version, and the one before kept in the history.

    Addresses are what the source says *now*: one of the same kind that reads otherwise ends on `day` and the new one
    begins; kinds of which it says nothing stay. Where only the day of the data moves, no version is made.
    Call `end_import` once after the last of them.

    Raises:
        NoVendorError: one of them is not there (any more).
    """
    wanted = {vendor.id: vendor for vendor in changed}
    lock_registry(tx)
    before = vendors(tx, wanted)
    gone = next((i for i in wanted if i not in before), None)
    if gone is not None:
        raise NoVendorError(gone)
    pairs = [(before[i], _next(before[i], said, day, source)) for i, said in wanted.items()]
    moved = [(old, new) for old, new in pairs if _differs(old, new)]
    newer = [{"of": old.id, "day": new.as_of} for old, new in pairs if not _differs(old, new) and old != new]
    if newer:
        tx.execute(_NEWER_DATA, newer)
    if moved:
        _write(tx, moved, at, source)
    return [new for _, new in moved]


class MovedOnError(Exception):
    """Somebody else has changed the vendor since it was read: `vendor` is as it stands now."""

    def __init__(self, vendor: Vendor) -> None:
        super().__init__(vendor.id)
        self.vendor = vendor


def correct_vendor(tx: Transaction, corrected: Vendor, *, at: datetime, reason: str) -> Vendor | None:
    """Store a vendor exactly as a person says that it is, spans of addresses included. `version` is the one that was
    corrected. Returns the vendor with its next version, or None where nothing differs; the one before is kept in the
    history with the reason. Call `end_import` once after.

    Raises:
        NoVendorError: it is not there (any more).
        MovedOnError: another version is the latest now.
    """
    lock_registry(tx)
    before = vendors(tx, (corrected.id,)).get(corrected.id)
    if before is None:
        raise NoVendorError(corrected.id)
    if before.version != corrected.version:
        raise MovedOnError(before)
    if not _differs(before, corrected):
        return None
    new = replace(corrected, version=before.version + 1)
    _write(tx, [(before, new)], at, reason)
    return new


def history(tx: Transaction, vendor_id: int) -> list[Vendor]:
    """What a vendor was before each of its changes, oldest first."""
    return [version.vendor for version in versions(tx, vendor_id)]


def versions(tx: Transaction, vendor_id: int) -> list[VendorVersion]:
    """The same, each with when it ended and what ended it."""
    return [
        VendorVersion(vendor_from(row.picture), row.replaced_at, row.replaced_by)
        for row in tx.execute(_HISTORY, {"of": vendor_id})
    ]


def versions_of(tx: Transaction, vendor_ids: Sequence[int]) -> Iterator[tuple[int, VendorVersion]]:
    """The same of many vendors, each with its id; of each the oldest first."""
    for row in tx.execute(_HISTORIES, {"listed": list(vendor_ids)}) if vendor_ids else ():
        yield row.vendor_id, VendorVersion(vendor_from(row.picture), row.replaced_at, row.replaced_by)


def addresses_after(
    before: Sequence[VendorAddress], said: Sequence[VendorAddress], day: date
) -> tuple[VendorAddress, ...]:
    """The addresses with their spans, when a source names those of `said` on a day.

    An address that is named again keeps its first day and takes the newer reading. One that replaces another of its
    kind begins on `day`, unless the source says since when: else a firm that moved in would count as local for
    contracts that are older than its move. The one before ends when the new one begins: else a firm that moved out
    would count as local until somebody heard of it.
    """
    rest = {_place(a): a for a in said if a.until is None}
    kinds = {kind for kind, _ in rest}
    standing = {_place(a) for a in before if a.until is None}
    fresh = [address for place, address in rest.items() if place not in standing]
    after: list[VendorAddress] = []
    replaced = set()
    for old in before:
        named = rest.pop(_place(old), None) if old.until is None else None
        if named is not None:
            after.append(replace(named, since=named.since or old.since))
        elif old.until is None and old.kind in kinds:
            replaced.add(old.kind)
            end = _begin(fresh, old.kind, day)
            after.append(replace(old, until=max(end, old.since or end)))
        else:
            after.append(old)
    after += [replace(a, since=a.since or day) if a.kind in replaced else a for a in rest.values()]
    known = {(_place(a), a.until) for a in after}
    after += [a for a in said if a.until is not None and (_place(a), a.until) not in known]
    return tuple(after)


def _begin(new: Iterable[VendorAddress], kind: AddressKind, day: date) -> date:
    """When the one new address of a kind begins; of several nobody knows which took the old one's place."""
    of_kind = [address for address in new if address.kind is kind]
    return of_kind[0].since or day if len(of_kind) == 1 else day


def _place(address: VendorAddress) -> tuple[str, str]:
    return address.kind.value, search_key(address.text)


def _next(before: Vendor, said: Vendor, day: date, source: str) -> Vendor:
    addresses = addresses_after(before.addresses, said.addresses, day)
    days = [d for d in (before.as_of, said.as_of) if d is not None]
    new = replace(said, addresses=addresses, as_of=max(days, default=None), source=source, version=before.version + 1)
    return new if _differs(before, new) else replace(before, as_of=new.as_of)


def _differs(old: Vendor, new: Vendor) -> bool:
    return content_digest(old) != content_digest(new)


def _write(tx: Transaction, moved: Sequence[tuple[Vendor, Vendor]], at: datetime, source: str) -> None:
    moment = at.astimezone(UTC)
    tx.execute(
        _KEEP,
        [
            {
                "vendor_id": old.id,
                "version": old.version,
                "picture": vendor_json(old),
                "replaced_at": moment,
                "replaced_by": source,
            }
            for old, _ in moved
        ],
    )
    for _, new in moved:
        values = {**vendor_values(new.id, new, moment), "changed_in": NEXT_VERSION}
        del values["id"]
        tx.execute(_UPDATE.values(values), {"of": new.id})
    for statement in _WITHOUT_PARTS:
        tx.execute(statement, [{"of": new.id} for _, new in moved])
    insert_parts(tx, [(new.id, new) for _, new in moved])
    _follow(tx, moved)


def _follow(tx: Transaction, moved: Sequence[tuple[Vendor, Vendor]]) -> None:
    gone = [
        {"vendor": new.id, "where": field.value, "word": text}
        for old, new in moved
        for text, field in postings_of(old) - postings_of(new)
    ]
    if gone:
        tx.execute(_NO_LONGER, gone)
    fresh = [(new.id, posting) for old, new in moved for posting in postings_of(new) - postings_of(old)]
    if fresh:
        add_postings(tx, fresh)
