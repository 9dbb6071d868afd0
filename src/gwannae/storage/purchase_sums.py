"""What was bought before a purchase: the same item, the same firm, the whole of an organisation's year."""

from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, Select, and_, bindparam, case, func, not_, or_, select, true

from gwannae.programme.hangul import search_key
from gwannae.programme.lamp import DIRECT_METHODS, Before
from gwannae.programme.purchase_lamp import PastBuy
from gwannae.programme.purchases import Firm, PurchaseState
from gwannae.programme.vendor_card import Bought
from gwannae.storage.database import Transaction
from gwannae.storage.purchase_rows import REPORTED_IN_SPAN
from gwannae.storage.statements import is_among
from gwannae.storage.tables import purchases, vendor_retirements

AT_ONCE = 2_000  # rows held at a time
_C = purchases.c
# spelt out: an IN of several values is made into SQL anew at every call
_DIRECT = or_(*(_C.method == method.value for method in DIRECT_METHODS))
_TWELVE = _C.contract_date.between(bindparam("year_ago"), bindparam("day"))
_YEAR = _C.contract_date.between(bindparam("first"), bindparam("last"))
_OWN = _C.organisation_id == bindparam("organisation")
_REPORTED = _C.state == PurchaseState.REPORTED.value
_OTHERS = (
    _C.id != bindparam("besides"),
    _C.contract_date >= bindparam("since"),
    _C.contract_date <= bindparam("last"),
)
_RECORDS = select(bindparam("vendor", type_=Integer)).union_all(
    select(vendor_retirements.c.vendor_id).where(vendor_retirements.c.merged_into == bindparam("vendor"))
)


def _sums(name: str, *conditions: ColumnElement[bool]) -> list[ColumnElement[Any]]:
    met = and_(*conditions)
    return [
        func.count(case((met, 1))).label(f"{name}_number"),
        func.coalesce(func.sum(case((met, _C.amount))), 0).label(f"{name}_won"),
    ]


_ITEM = select(*_sums("item_twelve", _DIRECT, _TWELVE), *_sums("item_year", _DIRECT, _YEAR)).where(
    *_OTHERS, _REPORTED, _OWN, _C.item_key == bindparam("item_key")
)
# The state is asked of each row: among the conditions it would lead SQLite to an index that begins with it.
_FIRM = select(
    *_sums("firm_twelve", _REPORTED, _OWN, _DIRECT, _TWELVE),
    *_sums("firm_year", _REPORTED, _OWN, _DIRECT, _YEAR),
    *_sums("own_firm", _REPORTED, _OWN, _YEAR),
    *_sums("city_firm", _REPORTED, _YEAR),
).where(*_OTHERS)
_REGISTERED = _FIRM.where(_C.vendor_id.in_(_RECORDS))
_TYPED = _FIRM.where(
    _C.vendor_id.is_(None),
    _C.firm_name == bindparam("firm_name"),
    func.coalesce(_C.firm_business_number, "") == bindparam("firm_number"),
)
_WHOLE = select(func.count().label("whole_number"), func.coalesce(func.sum(_C.amount), 0).label("whole_won")).where(
    *REPORTED_IN_SPAN, _OWN, _C.id != bindparam("besides")
)
_SUMS = tuple(field.name for field in fields(Before))


_BETWEEN = select(
    _C.organisation_id,
    _C.item_key,
    _C.vendor_id,
    _C.firm_name,
    _C.firm_business_number,
    _C.contract_date,
    _C.amount,
    _C.method,
).where(*REPORTED_IN_SPAN, is_among(_C.organisation_id, "organisations"), not_(is_among(_C.id, "besides")))
_BY_FIRM = (
    select(
        _C.vendor_id,
        _C.firm_name,
        _C.firm_business_number,
        func.count().label("number"),
        func.sum(_C.amount).label("won"),
    )
    .where(*REPORTED_IN_SPAN, not_(is_among(_C.id, "besides")))
    .group_by(_C.vendor_id, _C.firm_name, _C.firm_business_number)
)
_MERGED = select(vendor_retirements.c.vendor_id, vendor_retirements.c.merged_into).where(
    vendor_retirements.c.merged_into.is_not(None)
)
_DIRECT_WORDS = frozenset(method.value for method in DIRECT_METHODS)


def merged_vendors(tx: Transaction) -> dict[int, int]:
    """Records of firms that were merged into others, and into which."""
    return {row[0]: row[1] for row in tx.execute(_MERGED)}


def firm_key(vendor_id: int | None, name: str, number: str | None, merged: Mapping[int, int]) -> Hashable:
    """The same value for all purchases from one firm: of the registry, or met by name and number (see `before`)."""
    return (name, number or "") if vendor_id is None else merged.get(vendor_id, vendor_id)


def bought_between(
    tx: Transaction,
    organisation_ids: Collection[int],
    first: date,
    last: date,
    besides: Collection[int],
    merged: Mapping[int, int],
) -> Iterator[PastBuy]:
    """What these organisations have reported with a contract date from `first` to `last`, without some purchases."""
    given = {"organisations": list(organisation_ids), "first": first, "last": last, "besides": list(besides)}
    for whose, item, vendor, name, number, day, won, method in tx.execute(_BETWEEN, given).yield_per(AT_ONCE):
        yield PastBuy(whose, item, firm_key(vendor, name, number, merged), day, won, method in _DIRECT_WORDS)


def sums_by_firm(
    tx: Transaction, first: date, last: date, besides: Collection[int], merged: Mapping[int, int]
) -> dict[Hashable, Bought]:
    """The same of all organisations, added up by firm."""
    sums: dict[Hashable, Bought] = {}
    given = {"first": first, "last": last, "besides": list(besides)}
    for vendor, name, firm_number, number, won in tx.execute(_BY_FIRM, given):
        key = firm_key(vendor, name, firm_number, merged)
        known = sums.get(key, Bought(0, 0))
        sums[key] = Bought(known.number + number, known.won + int(won))
    return sums


@cache
def asked(*, item: bool, registered: bool, whole: bool) -> Select[Any]:
    """All sums in one round trip; those that are not asked for are not read."""
    parts = [(_REGISTERED if registered else _TYPED).subquery("of_firm")]
    parts += [_ITEM.subquery("of_item")] if item else []
    parts += [_WHOLE.subquery("of_all")] if whole else []
    joined: FromClause = parts[0]
    for part in parts[1:]:
        joined = joined.join(part, true())
    return select(*(column for part in parts for column in part.c)).select_from(joined)


def before(
    tx: Transaction,
    *,
    organisation_id: int,
    item: str,
    firm: Firm,
    day: date,
    year_ago: date,
    year: tuple[date, date],
    besides: int = 0,
    whole: bool = True,
) -> Before:
    """The sums that the lamp asks for, cancelled reports left out, and the purchase `besides` as well.

    A registered firm is all its records, those that were merged into it as well; one that the registry lacks is met by
    name and number. Without an item nothing is the same item. `whole` is read only where somebody asks for shares.
    """
    first, last = year
    key = search_key(item)
    registered = firm.vendor_id is not None
    given: dict[str, Any] = {
        "organisation": organisation_id,
        "besides": besides,
        "day": day,
        "year_ago": year_ago,
        "since": min(year_ago, first),
        "first": first,
        "last": last,
        **({"vendor": firm.vendor_id} if registered else {}),
        **({} if registered else {"firm_name": firm.name, "firm_number": firm.business_number or ""}),
        **({"item_key": key} if key else {}),
    }
    row = tx.execute(asked(item=bool(key), registered=registered, whole=whole), given).one()._mapping
    read = {name: Bought(int(row[f"{name}_number"]), int(row[f"{name}_won"])) for name in _SUMS if f"{name}_won" in row}
    return Before(**read)
