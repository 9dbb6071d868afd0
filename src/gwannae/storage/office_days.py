"""What the programme office says of single days: off, or worked although the calendar has them off."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, select, update

from gwannae.programme.organisations import Actor
from gwannae.programme.working_days import OfficeDay
from gwannae.storage.database import Transaction
from gwannae.storage.statements import insert_if_absent
from gwannae.storage.tables.calendar import office_days

_D = office_days.c
_ALL: Select[Any] = select(_D.day, _D.off, _D.name).order_by(_D.day)
_OF = _ALL.where(_D.day == bindparam("of"))
_SAY = update(office_days).where(_D.day == bindparam("of"))
_FORGET = delete(office_days).where(_D.day == bindparam("of"))


def every_day(tx: Transaction) -> list[OfficeDay]:
    """All that the office says, earliest day first."""
    return [_day(row) for row in tx.execute(_ALL)]


def word_for(tx: Transaction, day: date) -> OfficeDay | None:
    """What the office says of a day; None: nothing."""
    row = tx.execute(_OF, {"of": day}).first()
    return None if row is None else _day(row)


def say(tx: Transaction, word: OfficeDay, *, by: Actor, at: datetime) -> None:
    """Let this be the office's word for its day, in the place of what it said before."""
    values = {
        "day": word.day,
        "off": word.off,
        "name": word.name,
        "said_at": at.astimezone(UTC),
        "team_id": by.team_id,
        "user_id": by.user_id,
    }
    if tx.execute(insert_if_absent(tx, office_days, "day"), values).first() is None:
        tx.execute(_SAY, {**values, "of": word.day})


def forget(tx: Transaction, day: date) -> bool:
    """Take the office's word for a day back; False: it had said nothing."""
    return bool(tx.execute(_FORGET, {"of": day}).rowcount)


def _day(row: Row[Any]) -> OfficeDay:
    return OfficeDay(row.day, bool(row.off), row.name)
