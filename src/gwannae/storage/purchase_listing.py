"""All purchases of a span of days, one by one, however many there are."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, select

from gwannae.programme.purchases import Purchase
from gwannae.storage.database import Transaction
from gwannae.storage.purchase_rows import purchase_of
from gwannae.storage.tables.purchases import purchase_versions, purchases

_AT_ONCE = 500
_IN_SPAN: Select[Any] = (
    select(purchases)
    .where(purchases.c.contract_date >= bindparam("first"), purchases.c.contract_date <= bindparam("last"))
    .order_by(purchases.c.organisation_id, purchases.c.contract_date, purchases.c.id)
    .execution_options(yield_per=_AT_ONCE)
)
_OF_ONE = _IN_SPAN.where(purchases.c.organisation_id == bindparam("organisation"))


_OF_IMPORT: Select[Any] = (
    select(purchases)
    .join(purchase_versions, purchase_versions.c.purchase_id == purchases.c.id)
    .where(purchase_versions.c.import_id == bindparam("of"), purchase_versions.c.version == 1)
    .order_by(purchases.c.id)
    .limit(bindparam("most"))
    .offset(bindparam("begin"))
)


def of_import(tx: Transaction, import_id: int, begin: int, most: int) -> list[Purchase]:
    """What a file brought in newly, as it is now, from the `begin`th on, in the file's order."""
    return [purchase_of(row) for row in tx.execute(_OF_IMPORT, {"of": import_id, "begin": begin, "most": most})]


def listing(tx: Transaction, first: date, last: date, organisation_id: int | None = None) -> Iterator[Purchase]:
    """Purchases with a contract date from `first` to `last`, both inclusive, cancelled ones too; of one organisation,
    if given. By organisation, in the order in which these were taken in, then by contract date.

    `tx` must come from `Database.snapshot`; some hundreds of rows are held at a time.
    """
    given: dict[str, Any] = {"first": first, "last": last}
    if organisation_id is None:
        rows = tx.execute(_IN_SPAN, given)
    else:
        rows = tx.execute(_OF_ONE, {**given, "organisation": organisation_id})
    return (purchase_of(row) for row in rows)
