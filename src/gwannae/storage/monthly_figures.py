"""A year's figures by month, from the running totals: of one organisation, or of all together."""

from collections import defaultdict

from sqlalchemy import bindparam, func, select

from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.standings import Figures, Total
from gwannae.programme.verdict import Verdict
from gwannae.storage.database import Transaction
from gwannae.storage.tables.totals import monthly_totals

_M = monthly_totals.c
_ALL = (
    select(_M.month, _M.verdict, func.sum(_M.number).label("number"), func.sum(_M.won).label("won"))
    .where(_M.month > bindparam("before"), _M.month < bindparam("after"), _M.number > 0)
    .group_by(_M.month, _M.verdict)
)
_OWN = _ALL.where(_M.organisation_id == bindparam("of"))


def by_month(tx: Transaction, year: int, organisation_id: int | None = None) -> dict[int, Figures]:
    """Figures of the months (1 to 12) with a purchase; contract dates, all kinds."""
    span = {"before": year * 100, "after": year * 100 + 13}
    rows = tx.execute(_ALL, span) if organisation_id is None else tx.execute(_OWN, {**span, "of": organisation_id})
    found: defaultdict[int, Figures] = defaultdict(Figures)
    for row in rows:
        total = Total(0, PurchaseKind.GOODS, Verdict(row.verdict), int(row.number), int(row.won))
        found[row.month % 100] = found[row.month % 100].plus(total)
    return dict(found)
