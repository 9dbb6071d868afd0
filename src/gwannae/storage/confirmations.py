"""What leads confirmed, and the rows of a period that it is held against."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, select

from gwannae.programme.confirmations import Confirmation, ConfirmedRow
from gwannae.programme.organisations import Actor
from gwannae.programme.purchases import ContractMethod, PurchaseKind, PurchaseState
from gwannae.programme.verdict import Verdict
from gwannae.storage.database import Transaction
from gwannae.storage.statements import insert_if_absent, is_among
from gwannae.storage.tables.periods import confirmations
from gwannae.storage.tables.purchases import purchases

_C, _P = confirmations.c, purchases.c
_OF_PERIODS = select(confirmations).where(is_among(_C.period, "periods")).order_by(_C.number)
_FIRST_OF_PERIODS = select(_C.organisation_id, _C.period, _C.confirmed_at).where(
    is_among(_C.period, "periods"), _C.number == 1
)
_OF_ORGANISATION = select(confirmations).where(_C.organisation_id == bindparam("of")).order_by(_C.number)
_ROWS: Select[Any] = (
    select(
        _P.id,
        _P.title,
        _P.kind,
        _P.method,
        _P.firm_name,
        _P.firm_business_number,
        _P.item,
        _P.amount,
        _P.contract_date,
        _P.verdict,
        _P.rule_version,
    )
    .where(
        _P.state == PurchaseState.REPORTED.value,
        _P.organisation_id == bindparam("of"),
        _P.contract_date >= bindparam("first"),
        _P.contract_date <= bindparam("last"),
    )
    .order_by(_P.contract_date, _P.id)
)


def add(tx: Transaction, organisation_id: int, period: str, confirmation: Confirmation, *, by: Actor) -> bool:
    """Write it down; False if another one has taken its number meanwhile."""
    made = tx.execute(
        insert_if_absent(tx, confirmations, "id"),
        {
            "organisation_id": organisation_id,
            "period": period,
            "number": confirmation.number,
            "fingerprint": confirmation.fingerprint,
            "row_count": confirmation.rows,
            "amount": confirmation.amount,
            "unconfirmed": confirmation.unconfirmed,
            "touched": confirmation.touched,
            "confirmed_at": confirmation.confirmed_at.astimezone(UTC),
            "team_id": by.team_id,
            "user_id": by.user_id,
        },
    )
    return made.first() is not None


def latest_of(tx: Transaction, organisation_id: int) -> dict[str, Confirmation]:
    """The latest confirmation of each period of an organisation, by the period's key."""
    return {row.period: _confirmation(row) for row in tx.execute(_OF_ORGANISATION, {"of": organisation_id})}


def latest_in(tx: Transaction, periods: Sequence[str]) -> dict[tuple[int, str], Confirmation]:
    """The latest confirmation of each organisation for these periods, by organisation's id and period's key."""
    rows = tx.execute(_OF_PERIODS, {"periods": list(periods)})
    return {(row.organisation_id, row.period): _confirmation(row) for row in rows}


def first_in(tx: Transaction, periods: Sequence[str]) -> dict[tuple[int, str], datetime]:
    """When each organisation confirmed these periods for the first time, by organisation's id and period's key."""
    rows = tx.execute(_FIRST_OF_PERIODS, {"periods": list(periods)})
    return {(row.organisation_id, row.period): row.confirmed_at for row in rows}


def rows_of(tx: Transaction, organisation_id: int, first: date, last: date) -> list[ConfirmedRow]:
    """What counts for an organisation with a contract date from `first` to `last`, both inclusive, by contract date."""
    return [_row(row) for row in tx.execute(_ROWS, {"of": organisation_id, "first": first, "last": last})]


def _confirmation(row: Row[Any]) -> Confirmation:
    at: datetime = row.confirmed_at
    return Confirmation(
        row.number,
        row.fingerprint,
        row.row_count,
        row.amount,
        row.unconfirmed,
        at,
        row.team_id,
        row.user_id,
        row.touched,
    )


def _row(row: Row[Any]) -> ConfirmedRow:
    return ConfirmedRow(
        row.id,
        row.title,
        PurchaseKind(row.kind),
        ContractMethod(row.method),
        row.firm_name,
        row.firm_business_number,
        row.item,
        row.amount,
        row.contract_date,
        Verdict(row.verdict),
        row.rule_version,
    )
