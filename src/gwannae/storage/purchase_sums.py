"""What was bought before a purchase: the same item, the same firm, the whole of an organisation's year."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    not_,
    or_,
    select,
    union_all,
)

from gwannae.programme.hangul import search_key
from gwannae.programme.lamp import Before
from gwannae.programme.purchase_lamp import PastBuy
from gwannae.programme.purchases import DIRECT_METHODS, Firm, PurchaseState
from gwannae.programme.vendor_card import Bought
from gwannae.storage.bulk import read_at_once
from gwannae.storage.database import Transaction
from gwannae.storage.purchase_rows import REPORTED_IN_SPAN
from gwannae.storage.statements import IsSelected, is_among
from gwannae.storage.tables.purchases import purchases
from gwannae.storage.tables.totals import item_day_totals, yearly_totals
from gwannae.storage.tables.vendor_retirements import vendor_retirements

AT_ONCE = 2_000  # rows held at a time
_C, _I, _Y = purchases.c, item_day_totals.c, yearly_totals.c


def _given(name: str, kind: Any) -> ColumnElement[Any]:
    return bindparam(name, type_=kind)


_DAY, _YEAR_AGO, _SINCE = (_given(name, Date) for name in ("day", "year_ago", "since"))
_FIRST, _LAST = _given("first", Date), _given("last", Date)
_OWN, _VENDOR = _given("organisation", Integer), _given("vendor", Integer)
_METHODS = frozenset(method.value for method in DIRECT_METHODS)
_IS_DIRECT = or_(*(_C.method == literal_column(f"'{method}'") for method in sorted(_METHODS)))
_IS_REPORTED = _C.state == literal_column(f"'{PurchaseState.REPORTED.value}'")
_RECORDS = union_all(
    select(_VENDOR), select(vendor_retirements.c.vendor_id).where(vendor_retirements.c.merged_into == _VENDOR)
)
_FIRM, _ITEM, _WHOLE = 0, 1, 2


def _flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, literal_column("1")), else_=literal_column("0"))


def _spans(day: ColumnElement[date]) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """Whether it is of the twelve months, and whether of the year."""
    return _flag(and_(day >= _YEAR_AGO, day <= _DAY)), _flag(and_(day >= _FIRST, day <= _LAST))


def _numbered(part: int, columns: list[ColumnElement[Any]]) -> Select[Any]:
    """Flags (counts, own, direct, twelve, year), then number and won: one row for each that is met."""
    named = ("counts", "own", "direct", "twelve", "year", "number", "won")
    labelled = [column.label(name) for name, column in zip(named, columns, strict=True)]
    return select(literal_column(str(part)).label("part"), *labelled)


_YES: ColumnElement[int] = literal_column("1", Integer)
_NO: ColumnElement[int] = literal_column("0", Integer)
# The state is asked of each row: among the conditions it would lead SQLite to an index that begins with it.
_FLAGS = (_flag(_IS_REPORTED), _flag(_C.organisation_id == _OWN), _flag(_IS_DIRECT), *_spans(_C.contract_date))
_OF_FIRM = (
    _numbered(_FIRM, [*_FLAGS, func.count(), func.sum(_C.amount)])
    .where(_C.id != _given("besides", Integer), _C.contract_date >= _SINCE, _C.contract_date <= _LAST)
    .group_by(*(literal_column(name) for name in ("counts", "own", "direct", "twelve", "year")))
)
_REGISTERED = _OF_FIRM.where(IsSelected(_C.vendor_id, _RECORDS))
_TYPED = _OF_FIRM.where(
    _C.vendor_id.is_(None),
    _C.firm_name == _given("firm_name", Text),
    func.coalesce(_C.firm_business_number, "") == _given("firm_number", Text),
)
_OF_ITEM = (
    _numbered(_ITEM, [_YES, _YES, _YES, *_spans(_I.day), func.sum(_I.number), func.sum(_I.won)])
    .where(_I.organisation_id == _OWN, _I.item_key == _given("item_key", Text), _I.day >= _SINCE, _I.day <= _LAST)
    .group_by(*(literal_column(name) for name in ("twelve", "year")))
)
_OF_ALL = _numbered(_WHOLE, [_YES, _YES, _NO, _NO, _YES, func.sum(_Y.number), func.sum(_Y.won)]).where(
    _Y.organisation_id == _OWN, _Y.year == _given("this_year", Integer)
)
_BESIDES = select(_C.item_key, _C.method, _C.amount, _C.contract_date).where(
    _C.id == bindparam("besides"), _IS_REPORTED, _C.organisation_id == _OWN
)


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
_INTO = select(vendor_retirements.c.vendor_id, vendor_retirements.c.merged_into).where(
    vendor_retirements.c.merged_into.is_not(None)
)


def merged_vendors(tx: Transaction) -> dict[int, int]:
    """Records of firms that were merged into others, and into which."""
    return {row[0]: row[1] for row in tx.execute(_INTO)}


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
        yield PastBuy(whose, item, firm_key(vendor, name, number, merged), day, won, method in _METHODS)


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
def asked(*, item: bool, registered: bool, whole: bool) -> CompoundSelect[Any]:
    """All sums in one round trip; those that are not asked for are not read."""
    return union_all(
        _REGISTERED if registered else _TYPED, *([_OF_ITEM] if item else []), *([_OF_ALL] if whole else [])
    )


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
        "vendor": firm.vendor_id,
        "firm_name": firm.name,
        "firm_number": firm.business_number or "",
        "item_key": key,
        "this_year": first.year,
    }
    read: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    rows = read_at_once(tx, asked(item=bool(key), registered=registered, whole=whole), given)
    for part, counts, own, direct, twelve, in_year, number, won in rows:
        if counts and number:
            for name in _names(part, own=own, direct=direct, twelve=twelve, in_year=in_year):
                read[name][0] += int(number)
                read[name][1] += int(won)
    if besides and (kept := tx.execute(_BESIDES, {"besides": besides, "organisation": organisation_id}).first()):
        same_item = kept.item_key == key and kept.method in _METHODS
        counted = {
            "whole": first <= kept.contract_date <= last,
            "item_year": same_item and first <= kept.contract_date <= last,
            "item_twelve": same_item and year_ago <= kept.contract_date <= day,
        }
        for name in (name for name, counts in counted.items() if counts and name in read):
            read[name][0] -= 1
            read[name][1] -= kept.amount
    return Before(**{name: Bought(*sums) for name, sums in read.items()})


def _names(part: int, *, own: int, direct: int, twelve: int, in_year: int) -> list[str]:
    """What a sum belongs to."""
    if part == _WHOLE:
        return ["whole"]
    subject = "item" if part == _ITEM else "firm"
    names = []
    if own and direct:
        names += [f"{subject}_twelve"] if twelve else []
        names += [f"{subject}_year"] if in_year else []
    if part == _FIRM and in_year:
        names += ["own_firm", "city_firm"] if own else ["city_firm"]
    return names
