"""The guidance of each year: what the office adds, and whether it may go out."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from gwannae.programme.guidance import GuidanceRelease, GuidanceState
from gwannae.programme.organisations import Actor
from gwannae.storage.database import Transaction
from gwannae.storage.statements import insert_if_absent
from gwannae.storage.tables.reminders import guidance

_OF = select(guidance).where(guidance.c.year == bindparam("of"))
_MOVE = update(guidance).where(guidance.c.year == bindparam("of"), guidance.c.version == bindparam("seen"))

_LINK = update(guidance).where(guidance.c.year == bindparam("of")).values(file_link=bindparam("link"))


def release(tx: Transaction, year: int) -> GuidanceRelease:
    """How a year's guidance stands; a draft, at version 0, while nobody has touched it."""
    row = tx.execute(_OF, {"of": year}).first()
    return GuidanceRelease(year) if row is None else _release(row)


def change(
    tx: Transaction, seen: GuidanceRelease, state: GuidanceState, note: str, *, by: Actor, at: datetime
) -> GuidanceRelease | None:
    """Put the guidance into a state with a note; None if it is not any more as it was `seen`."""
    values: dict[str, Any] = {
        "state": state.value,
        "note": note,
        "version": seen.version + 1,
        "changed_at": at.astimezone(UTC),
        "team_id": by.team_id,
        "user_id": by.user_id,
    }
    if seen.version == 0:
        made = tx.execute(insert_if_absent(tx, guidance, "year"), {"year": seen.year, "file_link": "", **values})
        moved = made.first() is not None
    else:
        moved = tx.execute(_MOVE.values(values), {"of": seen.year, "seen": seen.version}).rowcount == 1
    return release(tx, seen.year) if moved else None


def keep_link(tx: Transaction, year: int, link: str) -> None:
    """Where the vendor directory of a year's guidance lies in Slack."""
    tx.execute(_LINK, {"of": year, "link": link})


def _release(row: Row[Any]) -> GuidanceRelease:
    return GuidanceRelease(
        row.year,
        GuidanceState(row.state),
        row.note,
        row.version,
        row.changed_at,
        row.team_id,
        row.user_id,
        row.file_link,
    )
