"""How the posting is steered: begun or not, test channel, pauses; and the pace that all processes share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from gwannae.programme.ledger import Place
from gwannae.programme.organisations import Actor
from gwannae.programme.posting_overview import Pause
from gwannae.storage.database import Transaction
from gwannae.storage.statements import insert_if_absent, is_among
from gwannae.storage.tables.ledger import posting_pace, posting_pauses, posting_state

_STATE = select(posting_state)
_SET = update(posting_state)
_PAUSES = select(posting_pauses).order_by(posting_pauses.c.what, posting_pauses.c.value)
_RESUME = delete(posting_pauses).where(
    posting_pauses.c.what == bindparam("was"), posting_pauses.c.value == bindparam("of")
)
_PACE = (
    select(posting_pace)
    .where(is_among(posting_pace.c.place, "places"))
    .order_by(posting_pace.c.place)
    .with_for_update()
)
_SET_PACE = update(posting_pace).where(posting_pace.c.place == bindparam("of")).values(next_at=bindparam("to_next_at"))
_HOLD = _SET_PACE.where(posting_pace.c.next_at < bindparam("to_next_at"))

_TEXTS = ("installation", "test_team", "test_channel", "council_team", "council_channel")
# A wait that is longer than Slack ever asks for was set by a clock that was ahead.
LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class PostingState:
    """The row of `posting_state`; `installation` empty before the first tick."""

    installation: str = ""
    started_at: datetime | None = None
    test_channel: Place | None = None
    council_channel: Place | None = None
    recovered_at: datetime | None = None
    ticked_at: datetime | None = None
    other_since: datetime | None = None


def state(tx: Transaction) -> PostingState:
    """How things stand."""
    row = tx.execute(_STATE).first()
    if row is None:
        return PostingState()
    return PostingState(
        row.installation,
        row.started_at,
        Place(row.test_team, row.test_channel) if row.test_channel else None,
        Place(row.council_team, row.council_channel) if row.council_channel else None,
        row.recovered_at,
        row.ticked_at,
        row.other_since,
    )


def change(tx: Transaction, **values: Any) -> None:
    """Set columns of the one row, which is made if need be."""
    begun = {
        "id": 1,
        "installation": "",
        "test_team": "",
        "test_channel": "",
        "council_team": "",
        "council_channel": "",
    }
    tx.execute(insert_if_absent(tx, posting_state, "id"), begun).all()
    tx.execute(_SET.values(values))


def pauses(tx: Transaction) -> list[Pause]:
    """All that is paused."""
    return [Pause(row.what, row.value, row.since, Actor(row.team_id, row.user_id)) for row in tx.execute(_PAUSES)]


def pause(tx: Transaction, what: str, value: str, by: Actor, at: datetime) -> bool:
    """Let it wait; False when it waits already."""
    values = {"what": what, "value": value, "since": at, "team_id": by.team_id, "user_id": by.user_id}
    return tx.execute(insert_if_absent(tx, posting_pauses, "what"), values).first() is not None


def resume(tx: Transaction, what: str, value: str) -> bool:
    """Let it go on; False when it was not paused."""
    return tx.execute(_RESUME, {"was": what, "of": value}).rowcount > 0


def reserve(
    tx: Transaction, places: Sequence[tuple[str, float]], now: datetime, ahead: timedelta
) -> tuple[datetime, bool]:
    """The moment at which the next call may be made, and whether it was taken: one further than `ahead` is not.

    `places` are names of `posting_pace` with the seconds that must lie between two calls there. All processes on one
    database take their moments here, so together they keep the pace.
    """
    names = sorted(name for name, _ in places)
    rows = tx.execute(_PACE, {"places": names}).all()
    if len(rows) < len(names):
        for name in names:
            tx.execute(insert_if_absent(tx, posting_pace, "place"), {"place": name, "next_at": now}).all()
        rows = tx.execute(_PACE, {"places": names}).all()
    start = max((row.next_at for row in rows if row.next_at <= now + LONGEST_WAIT), default=now)
    start = max(start, now)
    if start > now + ahead:
        return start, False
    tx.execute(_SET_PACE, [{"of": n, "to_next_at": start + timedelta(seconds=seconds)} for n, seconds in places])
    return start, True


def hold(tx: Transaction, place: str, until: datetime) -> None:
    """Let nobody call there before `until`: Slack has asked for it."""
    tx.execute(insert_if_absent(tx, posting_pace, "place"), {"place": place, "next_at": until}).all()
    tx.execute(_HOLD, {"of": place, "to_next_at": until})


def forget_pace(tx: Transaction, before: datetime) -> None:
    """Let go of places that nobody has called for long."""
    tx.execute(delete(posting_pace).where(posting_pace.c.next_at < before))
