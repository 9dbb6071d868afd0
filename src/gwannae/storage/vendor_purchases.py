"""What was bought from one firm, beside what was bought at all."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Row, func, select

from gwannae.programme.vendor_card import Bought
from gwannae.storage.database import Transaction
from gwannae.storage.purchase_rows import REPORTED_IN_SPAN
from gwannae.storage.statements import is_among
from gwannae.storage.tables.purchases import purchases
from gwannae.storage.tables.registry import vendors
from gwannae.storage.tables.vendor_retirements import vendor_retirements

_IN_SPAN = select(func.count().label("number"), func.coalesce(func.sum(purchases.c.amount), 0).label("won")).where(
    *REPORTED_IN_SPAN
)
_FROM = _IN_SPAN.where(is_among(purchases.c.vendor_id, "vendors"))
_FROM_BY = _FROM.where(is_among(purchases.c.organisation_id, "organisations"))
_R = vendor_retirements.c


def times_bought(vendor_id: ColumnElement[int]) -> ColumnElement[int]:
    """How many purchases from a firm, all records of it together; for a statement that has the firm's row. It wants
    `first` and `last` as the others do.
    """
    count = select(func.count()).where(*REPORTED_IN_SPAN)
    own = count.where(purchases.c.vendor_id == vendor_id)
    merged = count.join_from(vendor_retirements, purchases, purchases.c.vendor_id == _R.vendor_id)
    merged = merged.where(_R.merged_into == vendor_id)
    return own.correlate(vendors).scalar_subquery() + merged.correlate(vendors).scalar_subquery()


def bought(tx: Transaction, first: date, last: date) -> Bought:
    """Everything with a contract date from `first` to `last`, both inclusive; cancelled reports count nowhere."""
    return _bought(tx.execute(_IN_SPAN, {"first": first, "last": last}).one())


def bought_from(
    tx: Transaction, vendor_ids: Sequence[int], first: date, last: date, organisations: Sequence[int] | None = None
) -> Bought:
    """The same from a firm (all records of it); by some organisations alone, if given."""
    given = {"first": first, "last": last, "vendors": list(vendor_ids)}
    if organisations is None:
        return _bought(tx.execute(_FROM, given).one())
    return _bought(tx.execute(_FROM_BY, {**given, "organisations": list(organisations)}).one())


def _bought(row: Row[tuple[int, int]]) -> Bought:
    return Bought(int(row.number), int(row.won))
