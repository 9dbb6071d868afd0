"""The hand on the workspace's clock: the page may set it forward, and whoever owns the clock lives through the time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

MOST = timedelta(days=400)
"""As far as one press may go: a year, and some days to look around in."""


@dataclass(frozen=True, slots=True)
class ClockStep:
    """A moment (aware) that the page offers, and the words on its button."""

    label: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class ClockHand:
    """What the page needs of a clock that can be set forward.

    `now` answers an aware moment. `steps` are offered as buttons. `on_day` is the moment of a day that was chosen.
    `move` lets the time pass up to a moment and answers a line for the page; it is never asked to go back.
    """

    now: Callable[[], datetime]
    steps: Callable[[], Sequence[ClockStep]]
    on_day: Callable[[date], datetime]
    move: Callable[[datetime], Awaitable[str]]

    def target(self, moment: str, day: str) -> datetime | None:
        """What was pressed or chosen, as the browser sends it; None for what is no moment or no day."""
        try:
            found = datetime.fromisoformat(moment) if moment else self.on_day(date.fromisoformat(day))
        except ValueError:
            return None
        return found if found.tzinfo is not None else None

    def may_go_to(self, moment: datetime) -> bool:
        """Whether it lies ahead, and not too far."""
        return self.now() < moment <= self.now() + MOST
