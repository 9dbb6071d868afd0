"""Purchases added up by what was known of their firms: what the figures of other schemes are made from."""

from datetime import date

from sqlalchemy import bindparam, func, select

from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.schemes import EvidenceTotal
from gwannae.storage.database import Transaction
from gwannae.storage.purchase_rows import REPORTED_IN_SPAN, evidence_from
from gwannae.storage.tables import purchases

_TOTALS = (
    select(
        purchases.c.organisation_id,
        purchases.c.kind,
        purchases.c.evidence,
        func.count().label("number"),
        func.sum(purchases.c.amount).label("won"),
    )
    .where(*REPORTED_IN_SPAN)
    .group_by(purchases.c.organisation_id, purchases.c.kind, purchases.c.evidence)
)
_TOTALS_OF = _TOTALS.where(purchases.c.organisation_id == bindparam("organisation"))


def evidence_totals(
    tx: Transaction, first: date, last: date, organisation_id: int | None = None
) -> list[EvidenceTotal]:
    """Sums over contract dates from `first` to `last`, both inclusive; cancelled reports count nowhere."""
    given = {"first": first, "last": last}
    if organisation_id is None:
        rows = tx.execute(_TOTALS, given)
    else:
        rows = tx.execute(_TOTALS_OF, {**given, "organisation": organisation_id})
    return [
        EvidenceTotal(
            row.organisation_id, PurchaseKind(row.kind), evidence_from(row.evidence), row.number, int(row.won)
        )
        for row in rows
    ]
