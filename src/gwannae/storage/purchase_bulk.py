"""Purchases of whole files: those that a file could meet, held while it is stored, and what its undoing takes back."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, literal, not_, null, or_, select, update

from gwannae.programme.import_comparison import Stored
from gwannae.programme.organisations import Actor
from gwannae.programme.purchases import PurchaseState
from gwannae.storage.database import Transaction
from gwannae.storage.statements import is_among
from gwannae.storage.tables.people import organisations
from gwannae.storage.tables.purchases import purchase_versions, purchases
from gwannae.storage.tables.registry import vendors
from gwannae.storage.vendor_retirements import RETIRED

AT_ONCE = 2_000  # purchases held at a time: bounds the memory

_P, _V = purchases.c, purchase_versions.c
_STORED = select(
    _P.id,
    _P.version,
    _P.organisation_id,
    _P.title,
    _P.contract_date,
    _P.amount,
    _P.firm_name,
    _P.firm_business_number,
    _P.contract_number,
    _P.contract_revision,
    _P.source,
).where(
    is_among(_P.organisation_id, "organisations"),
    _P.state == PurchaseState.REPORTED.value,
    or_(_P.contract_date.between(bindparam("first"), bindparam("last")), _P.contract_number != ""),
)
_MARK = select(func.count(), func.max(_P.id), func.max(_P.changed_at)).where(
    is_among(_P.organisation_id, "organisations")
)
# A new purchase names its organisation, which it cannot while that row is held. SQLite has one writer anyway.
_LOCK = (
    select(organisations.c.id)
    .where(is_among(organisations.c.id, "organisations"))
    .order_by(organisations.c.id)
    .with_for_update()
)
_HOLD = select(_P.id).where(is_among(_P.id, "purchases")).order_by(_P.id).with_for_update()
_HOLD_ALL_OF = (
    select(_P.id, _P.organisation_id)
    .where(_P.id.in_(select(_V.purchase_id).where(_V.import_id == bindparam("of")).scalar_subquery()))
    .order_by(_P.id)
    .with_for_update()
)
_IDS_BY_NUMBER = select(vendors.c.business_number, vendors.c.id).where(is_among(vendors.c.business_number, "listed"))
_NAMED = select(vendors.c.name_key, vendors.c.id, vendors.c.address_key).where(
    is_among(vendors.c.name_key, "listed"), vendors.c.id.not_in(RETIRED)
)
_UNTOUCHED = select(_V.purchase_id).where(_V.import_id == bindparam("of"), _V.version == 1).scalar_subquery()
_STILL_NEW = (
    _P.id.in_(_UNTOUCHED),
    _P.version == 1,
    _P.state == PurchaseState.REPORTED.value,
)
_TAKE_BACK = (
    update(purchases)
    .where(*_STILL_NEW)
    .values(state=PurchaseState.CANCELLED.value, version=2, changed_at=bindparam("at"))
)
_TOUCHED = (
    select(_V.purchase_id, func.min(_V.version), func.max(_V.version))
    .where(_V.import_id == bindparam("of"))
    .group_by(_V.purchase_id)
    .having(func.max(_V.version) > 1)
)
_LATEST_OF = (
    select(_P.organisation_id, _P.contract_date, func.count(), func.min(_P.id))
    .join(purchase_versions, (_V.purchase_id == _P.id) & (_V.version == _P.version))
    .where(_V.import_id == bindparam("of"), not_(is_among(_P.id, "besides")))
    .group_by(_P.organisation_id, _P.contract_date)
    .order_by(_P.contract_date, _P.organisation_id)
)
_ALL_OF = select(func.count(_V.purchase_id.distinct())).where(_V.import_id == bindparam("of"))


class NamedVendor(NamedTuple):
    """A firm of the registry as it is found by its name."""

    id: int
    address_key: str


def stored_purchases(tx: Transaction, organisation_ids: Collection[int], first: date, last: date) -> Iterator[Stored]:
    """What counts of these organisations between two days, both inclusive, and all that has a contract number."""
    given = {"organisations": list(organisation_ids), "first": first, "last": last}
    for row in tx.execute(_STORED, given).yield_per(AT_ONCE):
        yield Stored(*row[:10], from_file=row[10] == "file")


def mark_of(tx: Transaction, organisation_ids: Collection[int]) -> tuple[object, ...]:
    """A mark that moves whenever a purchase of one of these organisations is stored or changed."""
    return tuple(tx.execute(_MARK, {"organisations": list(organisation_ids)}).one())


def lock(tx: Transaction, purchase_ids: Collection[int], organisation_ids: Collection[int]) -> None:
    """Let nobody else change these purchases, or store one of these organisations, until this transaction ends.

    First purchases, then organisations, then totals: everybody takes them in this order, so that of two nobody waits
    for the other one in turn. On SQLite one writes at a time anyway.
    """
    if tx.dialect.name != "sqlite":
        tx.execute(_HOLD, {"purchases": list(purchase_ids)}).all()
        tx.execute(_LOCK, {"organisations": list(organisation_ids)}).all()


def lock_import(tx: Transaction, import_id: int) -> None:
    """The same for everything that an import has made, changed or cancelled."""
    if tx.dialect.name != "sqlite":
        whose = {row.organisation_id for row in tx.execute(_HOLD_ALL_OF, {"of": import_id})}
        tx.execute(_LOCK, {"organisations": list(whose)}).all()


def vendor_ids_by_number(tx: Transaction, numbers: Collection[str]) -> dict[str, int]:
    """Firms by their business numbers."""
    return {row[0]: row[1] for row in tx.execute(_IDS_BY_NUMBER, {"listed": list(numbers)})}


def vendors_by_name(tx: Transaction, name_keys: Collection[str]) -> dict[str, list[NamedVendor]]:
    """Firms, not retired, by their names without the company form."""
    found: dict[str, list[NamedVendor]] = {}
    for key, vendor_id, address in tx.execute(_NAMED, {"listed": list(name_keys)}):
        found.setdefault(key, []).append(NamedVendor(vendor_id, address))
    return found


def count_of(tx: Transaction, import_id: int) -> int:
    """How many purchases an import has made, changed or cancelled."""
    return int(tx.execute(_ALL_OF, {"of": import_id}).scalar_one())


class SameDay(NamedTuple):
    """The rows of one organisation with one contract date; `first_id` is one of them."""

    organisation_id: int
    day: date
    rows: int
    first_id: int


def to_take_back(tx: Transaction, import_id: int, besides: Collection[int]) -> list[SameDay]:
    """What the undoing of an import would touch: what is still as it made it, but for purchases `besides`."""
    return [SameDay(*row) for row in tx.execute(_LATEST_OF, {"of": import_id, "besides": list(besides)})]


def take_back_new(tx: Transaction, import_id: int, *, actor: Actor, at: datetime) -> int:
    """Cancel what an import brought in and nobody has changed since; how many that were. They stay readable."""
    moment = at.astimezone(UTC)
    taken = (
        select(
            _P.id,
            literal(2),
            null(),
            _V.draft,
            _V.judgement,
            literal(PurchaseState.CANCELLED.value),
            literal(actor.team_id),
            literal(actor.user_id),
            literal(moment, purchase_versions.c.changed_at.type),
            null(),
        )
        .join(purchase_versions, _V.purchase_id == _P.id)
        .where(_V.version == 1, *_STILL_NEW)
    )
    names = [column.name for column in purchase_versions.columns]
    tx.execute(purchase_versions.insert().from_select(names, taken), {"of": import_id})
    return tx.execute(_TAKE_BACK, {"of": import_id, "at": moment}).rowcount


def touched_by(tx: Transaction, import_id: int) -> list[tuple[int, int, int]]:
    """Purchases that have more than their first version from an import: (id, its first version of them, its last)."""
    return [(row[0], row[1], row[2]) for row in tx.execute(_TOUCHED, {"of": import_id})]
