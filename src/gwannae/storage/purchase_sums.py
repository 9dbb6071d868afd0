"""What was bought before a purchase: the same item, the same firm, the whole of an organisation's year."""

from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, Select, and_, bindparam, case, func, or_, select, true

from gwannae.programme.hangul import search_key
from gwannae.programme.lamp import DIRECT_METHODS, Before
from gwannae.programme.purchases import Firm, PurchaseState
from gwannae.programme.vendor_card import Bought
from gwannae.storage.bulk import read_at_once
from gwannae.storage.database import Transaction
from gwannae.storage.tables import item_day_totals, purchases, vendor_retirements, yearly_totals

_C, _I, _Y = purchases.c, item_day_totals.c, yearly_totals.c
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


def _added(name: str, of: Any, condition: ColumnElement[bool]) -> list[ColumnElement[Any]]:
    """The same from totals of days or years."""
    return [
        func.coalesce(func.sum(case((condition, of.number))), 0).label(f"{name}_number"),
        func.coalesce(func.sum(case((condition, of.won))), 0).label(f"{name}_won"),
    ]


_ITEM = select(
    *_added("item_twelve", _I, _I.day.between(bindparam("year_ago"), bindparam("day"))),
    *_added("item_year", _I, _I.day.between(bindparam("first"), bindparam("last"))),
).where(
    _I.organisation_id == bindparam("organisation"),
    _I.item_key == bindparam("item_key"),
    _I.day >= bindparam("since"),
    _I.day <= bindparam("last"),
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
_WHOLE = select(*_added("whole", _Y, true())).where(
    _Y.organisation_id == bindparam("organisation"), _Y.year == bindparam("year", type_=Integer)
)
_BESIDES = select(_C.item_key, _C.method, _C.amount, _C.contract_date).where(
    _C.id == bindparam("besides"), _REPORTED, _OWN
)
_METHODS = frozenset(method.value for method in DIRECT_METHODS)
_SUMS = tuple(field.name for field in fields(Before))


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
    name and number. Without an item nothing is the same item. `year` is a calendar year; `whole` is read only where
    somebody asks for shares. However much was bought, no more is read than the firm's purchases.
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
        **({"year": first.year} if whole else {}),
    }
    statement = asked(item=bool(key), registered=registered, whole=whole)
    row = dict(zip(statement.selected_columns.keys(), read_at_once(tx, statement, given)[0], strict=True))
    read = {name: Bought(int(row[f"{name}_number"]), int(row[f"{name}_won"])) for name in _SUMS if f"{name}_won" in row}
    if besides and (kept := tx.execute(_BESIDES, {"besides": besides, "organisation": organisation_id}).first()):
        same_item = kept.item_key == key and kept.method in _METHODS
        counted = {
            "whole": first <= kept.contract_date <= last,
            "item_year": same_item and first <= kept.contract_date <= last,
            "item_twelve": same_item and year_ago <= kept.contract_date <= day,
        }
        for name in (name for name, counts in counted.items() if counts and name in read):
            read[name] = Bought(read[name].number - 1, read[name].won - kept.amount)
    return Before(**read)
