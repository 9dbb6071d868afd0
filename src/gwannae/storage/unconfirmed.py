"""What was reported and is neither 관내 nor 관외 yet."""

from datetime import date

from sqlalchemy import bindparam, func, select

from gwannae.programme.purchases import Purchase, PurchaseState
from gwannae.programme.verdict import Verdict
from gwannae.storage.database import Transaction
from gwannae.storage.purchase_rows import purchase_of
from gwannae.storage.tables.purchases import purchases
from gwannae.storage.tables.totals import yearly_totals

_P, _Y = purchases.c, yearly_totals.c
_WAITING = (_P.state == PurchaseState.REPORTED.value, _P.verdict == Verdict.UNCONFIRMED.value)
_COUNTS = (
    select(_Y.organisation_id, func.sum(_Y.number).label("number"), func.sum(_Y.won).label("won"))
    .where(_Y.verdict == Verdict.UNCONFIRMED.value, _Y.number > 0)
    .group_by(_Y.organisation_id)
)
_OF = (
    select(purchases)
    .where(*_WAITING, _P.organisation_id == bindparam("of"), _P.contract_date >= bindparam("first"))
    .order_by(_P.contract_date, _P.id)
    .limit(bindparam("most"))
)
_ROWS = select(purchases).where(*_WAITING).order_by(_P.contract_date, _P.id).limit(bindparam("most"))


def counts(tx: Transaction) -> dict[int, tuple[int, int]]:
    """By organisation's id: how many rows, how many won."""
    return {row.organisation_id: (int(row.number), int(row.won)) for row in tx.execute(_COUNTS)}


def rows(tx: Transaction, most: int) -> list[Purchase]:
    """Such rows of all organisations and years, oldest contract first, at most so many."""
    return [purchase_of(row) for row in tx.execute(_ROWS, {"most": most})]


def rows_of(tx: Transaction, organisation_id: int, first: date, most: int) -> list[Purchase]:
    """Such rows of one organisation with a contract date from `first` on, oldest contract first, at most so many."""
    return [purchase_of(row) for row in tx.execute(_OF, {"of": organisation_id, "first": first, "most": most})]
