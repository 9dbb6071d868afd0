"""Purchases added up by what was known of their firms: what the figures of other schemes are made from."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.schemes import EvidenceTotal
from gwannae.storage.database import Transaction
from gwannae.storage.purchase_rows import REPORTED_IN_SPAN, evidence_from
from gwannae.storage.purchase_totals import months_between, spans_of
from gwannae.storage.statements import is_among
from gwannae.storage.tables.purchases import purchases
from gwannae.storage.tables.totals import monthly_totals

_M, _P = monthly_totals.c, purchases.c


def _summed(of: Any, number: ColumnElement[int], won: ColumnElement[int]) -> Select[Any]:
    by = of.organisation_id, of.kind, of.evidence
    return select(*by, number.label("number"), won.label("won")).group_by(*by)


_OF_MONTHS = _summed(_M, func.sum(_M.number), func.sum(_M.won)).where(is_among(_M.month, "months"), _M.number != 0)
_OF_DAYS = _summed(_P, func.count(), func.sum(_P.amount)).where(*REPORTED_IN_SPAN)
_OWN_OF_MONTHS = _OF_MONTHS.where(_M.organisation_id == bindparam("organisation"))
_OWN_OF_DAYS = _OF_DAYS.where(_P.organisation_id == bindparam("organisation"))


def evidence_totals(
    tx: Transaction, first: date, last: date, organisation_id: int | None = None
) -> list[EvidenceTotal]:
    """Sums over contract dates from `first` to `last`, both inclusive; cancelled reports count nowhere."""
    spans = spans_of(first, last)
    months = [m for year in spans.years for m in months_between(date(year, 1, 1), date(year, 12, 1))] + spans.months
    own = organisation_id is not None
    asked: list[tuple[Select[Any], dict[str, Any]]] = []
    if months:
        asked.append((_OWN_OF_MONTHS if own else _OF_MONTHS, {"months": months}))
    for begin, end in spans.days:
        asked.append((_OWN_OF_DAYS if own else _OF_DAYS, {"first": begin, "last": end}))
    found: defaultdict[tuple[int, str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for statement, given in asked:
        for row in tx.execute(statement, {**given, "organisation": organisation_id} if own else given):
            key = row.organisation_id, row.kind, row.evidence
            found[key] = found[key][0] + int(row.number), found[key][1] + int(row.won)
    return [
        EvidenceTotal(whose, PurchaseKind(kind), evidence_from(word), number, won)
        for (whose, kind, word), (number, won) in sorted(found.items())
    ]
