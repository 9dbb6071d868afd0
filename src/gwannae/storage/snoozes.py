"""Reminders that somebody put off: for whom, until which day."""

from collections.abc import Sequence
from datetime import UTC, date
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from gwannae.programme.reminders import Audience, Snooze
from gwannae.storage.database import Transaction
from gwannae.storage.statements import insert_if_absent
from gwannae.storage.tables.reminders import snoozes

_S = snoozes.c
_OF = (
    _S.organisation_id == bindparam("organisation"),
    _S.period == bindparam("period"),
    _S.audience == bindparam("audience"),
)
_LATEST = select(snoozes).where(*_OF).order_by(_S.until.desc()).limit(1)
_THIS = select(_S.id).where(*_OF, _S.until == bindparam("until")).scalar_subquery()
_NUMBER = select(func.count()).where(*_OF, _S.id <= _THIS)
_UNTIL = (
    select(snoozes)
    .where(_S.until >= bindparam("first"), _S.until <= bindparam("last"))
    .order_by(_S.until, _S.organisation_id, _S.audience)
)


def add(tx: Transaction, snooze: Snooze) -> bool:
    """Put it off; False if somebody has put it off to that very day before."""
    made = tx.execute(
        insert_if_absent(tx, snoozes, "id"),
        {
            "organisation_id": snooze.organisation_id,
            "period": snooze.period,
            "audience": snooze.audience.value,
            "until": snooze.until,
            "pressed_at": snooze.pressed_at.astimezone(UTC),
            "team_id": snooze.team_id,
            "user_id": snooze.user_id,
        },
    )
    return made.first() is not None


def latest(tx: Transaction, organisation_id: int, period: str, audience: Audience) -> Snooze | None:
    """The one that ends last."""
    given = {"organisation": organisation_id, "period": period, "audience": audience.value}
    row = tx.execute(_LATEST, given).first()
    return None if row is None else _snooze(row)


def ending(tx: Transaction, first: date, last: date) -> Sequence[Snooze]:
    """All that end on a day from `first` to `last`, both inclusive."""
    return [_snooze(row) for row in tx.execute(_UNTIL, {"first": first, "last": last})]


def number_of(tx: Transaction, snooze: Snooze) -> int:
    """The how-manieth of its organisation, period and audience it is, in the order in which they were asked for."""
    given = {
        "organisation": snooze.organisation_id,
        "period": snooze.period,
        "audience": snooze.audience.value,
        "until": snooze.until,
    }
    return int(tx.execute(_NUMBER, given).scalar_one())


def _snooze(row: Row[Any]) -> Snooze:
    return Snooze(
        row.organisation_id,
        row.period,
        Audience(row.audience),
        row.until,
        row.pressed_at,
        row.team_id,
        row.user_id,
    )
