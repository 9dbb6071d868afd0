"""휴폐업: whether a firm is open, suspended or closed, who said so and when; and what a round of asking came to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

DATABASE_BUSY = "database_busy"
"""What ended a round of asking that no service ended: somebody else held the database for long."""


class VendorState(StrEnum):
    """What a firm is to the tax office. The value is kept for ever: never rename one."""

    UNKNOWN = "unknown"  # nobody has asked, or the firm has no number to ask for
    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    UNREGISTERED = "unregistered"  # the tax office knows no such number

    @property
    def label(self) -> str:
        """The word that offices use."""
        return _LABELS[self]


_LABELS = {
    VendorState.UNKNOWN: "확인 전",
    VendorState.OPEN: "계속사업자",
    VendorState.SUSPENDED: "휴업",
    VendorState.CLOSED: "폐업",
    VendorState.UNREGISTERED: "등록되지 않은 번호",
}


@dataclass(frozen=True, slots=True)
class VendorStatus:
    """The newest that is known of a firm's state: `checked_at` when it was asked, `source` whom, `checked_by` the
    user id of who had it asked (the command line's own for a command). `closed_on` is stated for closed firms only,
    and not for all of them.
    """

    state: VendorState = VendorState.UNKNOWN
    closed_on: date | None = None
    tax_type: str = ""
    checked_at: datetime | None = None
    source: str = ""
    checked_by: str = ""

    def fact(self, zone: tzinfo) -> "StateFact | None":
        """The same as a dated fact for a verdict, by the days of a time zone; None where nobody has asked."""
        if self.checked_at is None:
            return None
        return StateFact(self.state, self.closed_on, self.checked_at.astimezone(zone).date(), self.source)


@dataclass(frozen=True, slots=True)
class StateFact:
    """What a firm was on the day that somebody asked: `closed_on` is its last day, where it is known."""

    state: VendorState
    closed_on: date | None
    checked_on: date
    source: str = ""


def state_on(facts: Iterable[StateFact], day: date) -> StateFact | None:
    """The fact that tells most of a firm's state on a day: the newest if it names a closing before that day, else the
    newest that had been asked for by then, else the newest of all; None without any.
    """
    in_order = sorted(facts, key=lambda fact: fact.checked_on)
    if not in_order:
        return None
    newest = in_order[-1]
    if newest.state is VendorState.CLOSED and newest.closed_on is not None and newest.closed_on < day:
        return newest
    return next((fact for fact in reversed(in_order) if fact.checked_on <= day), newest)


@dataclass(frozen=True, slots=True)
class NumberStatus:
    """What the tax office answers for one business number (ten digits). `tax_type` is its own text."""

    business_number: str
    state: VendorState
    closed_on: date | None = None
    tax_type: str = ""


@dataclass(frozen=True, slots=True)
class VendorCheck:
    """One answer about one firm, with who asked whom, and when. Written once; a later one stands beside it."""

    vendor_id: int
    answer: NumberStatus
    checked_at: datetime
    source: str
    team_id: str
    user_id: str

    def fact(self, zone: tzinfo) -> StateFact:
        """The answer as a dated fact for a verdict."""
        return StateFact(self.answer.state, self.answer.closed_on, self.checked_at.astimezone(zone).date(), self.source)


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A firm that a person should look at: its state is other than before, and it is not (or no longer) just open."""

    vendor_id: int
    name: str
    business_number: str
    before: VendorState
    state: VendorState
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a round of asking did, or would do (`dry_run`).

    `planned` is how many firms it was to ask for. `answered` counts firms by what was answered for them, `unanswered`
    those that were asked for and not answered clearly. Not asked were: `not_asked` that were due (a limit, or
    `stopped_by`, the code of what ended the round early), `fresh` that were checked lately, `without_number`. `calls`
    to the service, repeated ones not counted.
    """

    planned: int
    answered: Mapping[VendorState, int]
    unanswered: int
    not_asked: int
    fresh: int
    without_number: int
    calls: int
    changes: tuple[StatusChange, ...]
    stopped_by: str | None
    dry_run: bool

    @property
    def checked(self) -> int:
        """How many firms have a new answer."""
        return sum(self.answered.values())

    @property
    def is_whole(self) -> bool:
        """Whether every firm that was asked for was answered, and nothing ended the round early."""
        return self.stopped_by is None and self.unanswered == 0
