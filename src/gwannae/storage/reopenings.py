"""What the programme office has opened again after a period closed, for how long and why."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, or_, select

from gwannae.programme.organisations import Actor, Organisation, OrganisationKind
from gwannae.programme.reopening import Reopening
from gwannae.storage.database import Transaction
from gwannae.storage.statements import insert_if_absent
from gwannae.storage.tables.people import organisations
from gwannae.storage.tables.periods import reopenings

_R = reopenings.c
_ON_DAY = (_R.until > bindparam("day"), _R.since <= bindparam("day"))
_WHOSE = or_(
    _R.purchase_id == bindparam("purchase"),
    _R.purchase_id.is_(None) & (_R.organisation_id == bindparam("organisation")),
)
_HOLDS = (
    select(_R.id)
    .where(*_ON_DAY, _WHOSE, _R.first_day <= bindparam("contract"), _R.last_day >= bindparam("contract"))
    .limit(1)
)
_FIRST = select(func.min(_R.first_day)).where(*_ON_DAY, _WHOSE)
_OPEN: Select[Any] = (
    select(
        reopenings,
        organisations.c.code,
        organisations.c.name,
        organisations.c.kind,
        organisations.c.parent,
        organisations.c.active,
    )
    .join(organisations, organisations.c.id == _R.organisation_id)
    .where(*_ON_DAY)
    .order_by(_R.until, _R.id)
)


def add(tx: Transaction, reopening: Reopening, form_key: str, *, by: Actor, at: datetime) -> bool:
    """Open it; False if the form of this key has done so before."""
    made = tx.execute(
        insert_if_absent(tx, reopenings, "id"),
        {
            "form_key": form_key,
            "organisation_id": reopening.organisation.id,
            "purchase_id": reopening.purchase_id,
            "first_day": reopening.first,
            "last_day": reopening.last,
            "since": reopening.since,
            "until": reopening.until,
            "reason": reopening.reason,
            "opened_at": at.astimezone(UTC),
            "team_id": by.team_id,
            "user_id": by.user_id,
        },
    )
    return made.first() is not None


def is_open(tx: Transaction, organisation_id: int, purchase_id: int | None, contract_date: date, day: date) -> bool:
    """Whether rows of the organisation with this contract date (or the one of that id) are open again on a day."""
    wanted = {"organisation": organisation_id, "purchase": purchase_id, "contract": contract_date, "day": day}
    return tx.execute(_HOLDS, wanted).first() is not None


def first_open(tx: Transaction, organisation_id: int, purchase_id: int | None, day: date) -> date | None:
    """The earliest contract date that is open again on a day; None where nothing is."""
    wanted = {"organisation": organisation_id, "purchase": purchase_id, "day": day}
    found: date | None = tx.execute(_FIRST, wanted).scalar()
    return found


def open_on(tx: Transaction, day: date) -> list[Reopening]:
    """Everything that is open again on a day; what ends first, first."""
    return [_reopening(row) for row in tx.execute(_OPEN, {"day": day})]


def _reopening(row: Row[Any]) -> Reopening:
    organisation = Organisation(
        row.organisation_id, row.code, row.name, OrganisationKind(row.kind), row.parent, bool(row.active)
    )
    return Reopening(organisation, row.purchase_id, row.first_day, row.last_day, row.since, row.until, row.reason)
