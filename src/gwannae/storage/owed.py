"""What organisations have reported by month, and what of theirs is still open: counts, for many of them at once."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Integer, bindparam, extract, func, select
from sqlalchemy import cast as sql_cast

from gwannae.programme.owed import OpenFile
from gwannae.programme.periods import Cycle, Period
from gwannae.programme.purchase_imports import ImportState
from gwannae.programme.purchases import PurchaseState
from gwannae.programme.verdict import Verdict
from gwannae.storage.database import Transaction
from gwannae.storage.purchase_rows import REPORTED_IN_SPAN
from gwannae.storage.statements import is_among
from gwannae.storage.tables.purchase_imports import purchase_imports
from gwannae.storage.tables.purchases import purchases

_P, _I = purchases.c, purchase_imports.c
_YEAR = sql_cast(extract("year", _P.contract_date), Integer).label("year")
_MONTH = sql_cast(extract("month", _P.contract_date), Integer).label("month")
_MONTHS = (
    select(_P.organisation_id, _YEAR, _MONTH)
    .where(*REPORTED_IN_SPAN, is_among(_P.organisation_id, "organisations"))
    .group_by(_P.organisation_id, _YEAR, _MONTH)
)
_UNCONFIRMED = (
    select(_P.organisation_id, func.count().label("number"))
    .where(
        _P.state == PurchaseState.REPORTED.value,
        _P.verdict == Verdict.UNCONFIRMED.value,
        is_among(_P.organisation_id, "organisations"),
        _P.contract_date >= bindparam("first"),
    )
    .group_by(_P.organisation_id)
)
_FILES = (
    select(_I.organisation_id, _I.id, _I.name, _I.questions, _I.summary)
    .where(_I.state == ImportState.READY.value, is_among(_I.organisation_id, "organisations"))
    .order_by(_I.id)
)


def months_reported(
    tx: Transaction, organisations: Sequence[int], first: date, last: date
) -> dict[int, frozenset[str]]:
    """The months that hold a purchase that counts, with contract dates from `first` to `last`, by organisation."""
    found: dict[int, set[str]] = {}
    for row in tx.execute(_MONTHS, {"organisations": list(organisations), "first": first, "last": last}):
        month = Period(row.year, Cycle.MONTH, row.month)
        found.setdefault(row.organisation_id, set()).add(month.key)
    return {organisation: frozenset(keys) for organisation, keys in found.items()}


def without_verdict(tx: Transaction, organisations: Sequence[int], first: date) -> dict[int, int]:
    """How many rows with a contract date from `first` on are 미확인, by organisation."""
    rows = tx.execute(_UNCONFIRMED, {"organisations": list(organisations), "first": first})
    return {row.organisation_id: int(row.number) for row in rows}


def open_files(tx: Transaction, organisations: Sequence[int]) -> dict[int, tuple[OpenFile, ...]]:
    """Files that wait for an answer or for 확정, by the organisation that they were given for, oldest first."""
    found: dict[int, list[OpenFile]] = {}
    for row in tx.execute(_FILES, {"organisations": list(organisations)}):
        counts = sum(int(row.summary.get(name) or 0) for name in ("new", "changed", "cancelled"))
        if row.questions or counts:  # where nothing is left to ask and nothing would count, nobody need do anything
            found.setdefault(row.organisation_id, []).append(OpenFile(row.id, row.name, len(row.questions)))
    return {organisation: tuple(files) for organisation, files in found.items()}
