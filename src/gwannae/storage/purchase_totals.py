"""What counts among the purchases, added up: read from the running totals as far as whole months and years go."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    bindparam,
    case,
    func,
    literal,
    select,
    union_all,
)

from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.standings import Figures, Total
from gwannae.programme.verdict import Verdict
from gwannae.storage.bulk import read_at_once
from gwannae.storage.database import Transaction
from gwannae.storage.purchase_rows import REPORTED_IN_SPAN
from gwannae.storage.statements import is_among
from gwannae.storage.tables.purchases import purchases
from gwannae.storage.tables.totals import monthly_totals, yearly_totals

# Looked up, for calling an enumeration costs six times as much, and a year has a row for each organisation and kind.
_KINDS = {kind.value: kind for kind in PurchaseKind}
_VERDICTS = {verdict.value: verdict for verdict in Verdict}

_M, _P, _Y = monthly_totals.c, purchases.c, yearly_totals.c
_OF: BindParameter[int] = bindparam("organisation", type_=Integer)


def _summed(of: Any, number: ColumnElement[int], won: ColumnElement[int]) -> Select[Any]:
    by = of.organisation_id, of.kind, of.verdict
    return select(*by, number.label("number"), won.label("won")).group_by(*by)


_OF_YEARS = _summed(_Y, func.sum(_Y.number), func.sum(_Y.won)).where(is_among(_Y.year, "years"))
_OF_MONTHS = _summed(_M, func.sum(_M.number), func.sum(_M.won)).where(is_among(_M.month, "months"))
_OF_DAYS = _summed(_P, func.count(), func.sum(_P.amount)).where(*REPORTED_IN_SPAN)
_OWN_OF_YEARS = _OF_YEARS.where(_Y.organisation_id == _OF)
_OWN_OF_MONTHS = _OF_MONTHS.where(_M.organisation_id == _OF)
_OWN_OF_DAYS = _OF_DAYS.where(_P.organisation_id == _OF)


def _side(verdict: Verdict, column: ColumnElement[int]) -> ColumnElement[int]:
    return func.sum(case((_Y.verdict == literal(verdict.value), column), else_=0))


_NONE = literal(0)
# An organisation's own year by kind and verdict, and every other one's two sides: a rank is made of no more.
_YEAR_BESIDE_OTHERS: CompoundSelect[Any] = union_all(
    select(_Y.kind, _Y.verdict, _Y.number, _Y.won, _NONE, _NONE).where(
        _Y.year == bindparam("year"), _Y.organisation_id == _OF, _Y.number > 0
    ),
    select(
        literal(""),
        literal(""),
        _side(Verdict.LOCAL, _Y.number),
        _side(Verdict.LOCAL, _Y.won),
        _side(Verdict.OUTSIDE, _Y.number),
        _side(Verdict.OUTSIDE, _Y.won),
    )
    .where(_Y.year == bindparam("year"), _Y.organisation_id != _OF)
    .group_by(_Y.organisation_id),
)
_BY_MONTH = (
    select(
        _M.organisation_id,
        _M.month,
        func.sum(_M.number),
        func.sum(_M.won),
        func.sum(case((_M.verdict == Verdict.UNCONFIRMED.value, _M.number), else_=0)),
        func.sum(_M.touched),
    )
    .where(is_among(_M.month, "months"))
    .group_by(_M.organisation_id, _M.month)
)
_OWN_BY_MONTH = _BY_MONTH.where(_M.organisation_id == _OF)


class Spans(NamedTuple):
    """Days as the totals are kept: whole years, whole months beside them (year * 100 + month), and what is left."""

    years: list[int]
    months: list[int]
    days: list[tuple[date, date]]


class MonthTotal(NamedTuple):
    """What counts of an organisation's month. `touched`: as long as it is the same, so is every row behind it."""

    rows: int = 0
    amount: int = 0
    unconfirmed: int = 0
    touched: int = 0

    def plus(self, other: "MonthTotal") -> "MonthTotal":
        """Both together."""
        return MonthTotal(*(a + b for a, b in zip(self, other, strict=True)))


def totals(tx: Transaction, first: date, last: date, organisation_id: int | None = None) -> list[Total]:
    """Sums by organisation, kind and verdict over contract dates from `first` to `last`, both inclusive.

    Cancelled purchases count nowhere. A whole year is read from one table of a few rows.
    """
    spans = spans_of(first, last)
    own = organisation_id is not None
    asked: list[tuple[Select[Any], dict[str, Any]]] = []
    if spans.years:
        asked.append((_OWN_OF_YEARS if own else _OF_YEARS, {"years": spans.years}))
    if spans.months:
        asked.append((_OWN_OF_MONTHS if own else _OF_MONTHS, {"months": spans.months}))
    for begin, end in spans.days:
        asked.append((_OWN_OF_DAYS if own else _OF_DAYS, {"first": begin, "last": end}))
    found: defaultdict[tuple[int, str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for statement, given in asked:
        asked_for = {**given, "organisation": organisation_id} if own else given
        for whose, kind, verdict, number, won in read_at_once(tx, statement, asked_for):
            before = found[whose, kind, verdict]
            found[whose, kind, verdict] = before[0] + int(number), before[1] + int(won)
    return [
        Total(whose, _KINDS[kind], _VERDICTS[verdict], number, won)
        for (whose, kind, verdict), (number, won) in sorted(found.items())
        if number
    ]


def year_beside_others(tx: Transaction, year: int, organisation_id: int) -> tuple[list[Total], list[Figures]]:
    """An organisation's sums of a year, and what each other one bought in it, without 미확인: in one round trip."""
    own, others = [], []
    for kind, verdict, *sums in read_at_once(tx, _YEAR_BESIDE_OTHERS, {"year": year, "organisation": organisation_id}):
        if kind:
            own.append(Total(organisation_id, _KINDS[kind], _VERDICTS[verdict], int(sums[0]), int(sums[1])))
        else:
            others.append(Figures(*map(int, sums)))
    return own, others


def by_month(
    tx: Transaction, months: Sequence[int], organisation_id: int | None = None
) -> dict[tuple[int, int], MonthTotal]:
    """Sums of some months (year * 100 + month) by organisation's id and month; none where nothing ever stood."""
    given = {"months": list(months)}
    rows = (
        tx.execute(_BY_MONTH, given)
        if organisation_id is None
        else tx.execute(_OWN_BY_MONTH, {**given, "organisation": organisation_id})
    )
    return {(row[0], row[1]): MonthTotal(*map(int, row[2:])) for row in rows}


def months_between(first: date, last: date) -> list[int]:
    """The months (year * 100 + month) from that of `first` to that of `last`."""
    ends = (first.year * 12 + first.month - 1, last.year * 12 + last.month - 1)
    return [n // 12 * 100 + n % 12 + 1 for n in range(ends[0], ends[1] + 1)]


def spans_of(first: date, last: date) -> Spans:
    """The days from `first` to `last`, both inclusive, cut so that as few rows as possible have to be read."""
    if first > last:
        return Spans([], [], [])
    begin = first if first.day == 1 else _next_month(first)
    after = last + timedelta(days=1)
    end = after if after.day == 1 else last.replace(day=1)  # the first day that is not in a whole month any more
    if begin >= end:
        return Spans([], [], [(first, last)])
    ragged = [(a, b) for a, b in ((first, begin - timedelta(days=1)), (end, last)) if a <= b]
    months = months_between(begin, end - timedelta(days=1))
    years = [year for year in range(begin.year, end.year + 1) if _is_whole(year, months)]
    return Spans(years, [month for month in months if month // 100 not in years], ragged)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _is_whole(year: int, months: Iterable[int]) -> bool:
    return sum(month // 100 == year for month in months) == 12
