"""연말 정산: how far the settling of a year is, step by step, and why a step is refused."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from gwannae.programme.results import Moved, StoredResult


class Release(StrEnum):
    """What goes out only after somebody's press. The value is kept for ever."""

    PRELIMINARY = "preliminary"
    FINAL = "final"  # a settled one, corrected or not
    ANNOUNCEMENT = "announcement"
    BONUS_POINTS = "bonus_points"


@dataclass(frozen=True, slots=True)
class Released:
    """`number` is that of the result (of the decision, for an announcement). `until`: the last day of objections."""

    what: Release
    number: int
    until: date | None
    at: datetime
    by_team: str
    by_user: str


@dataclass(frozen=True, slots=True)
class YearEnd:
    """How far the settling of a year is: its results, latest first, and what has gone out."""

    year: int
    over: bool
    results: tuple[StoredResult, ...] = ()
    released: tuple[Released, ...] = ()
    open_objections: int = 0

    def latest(self, *, settled: bool) -> StoredResult | None:
        """The newest result that settles the year, or (`settled` False) the newest preliminary one."""
        return next((r for r in self.results if r.stage.settles is settled), None)

    def has_gone(self, what: Release, number: int | None = None) -> Released | None:
        """Whether it has gone out (for that number, or for any: then the newest)."""
        found = [r for r in self.released if r.what is what and number in (None, r.number)]
        return max(found, key=lambda r: r.number, default=None)


class YearEndFault(StrEnum):
    """Why a press of the year's end did nothing."""

    NOT_OVER = "not_over"
    NOTHING_FROZEN = "nothing_frozen"
    NO_PRELIMINARY = "no_preliminary"
    OBJECTIONS_OPEN = "objections_open"
    STILL_OBJECTING = "still_objecting"
    UNCHANGED = "unchanged"
    ALREADY_SETTLED = "already_settled"
    NO_DECISION = "no_decision"
    ALREADY_GONE = "already_gone"
    NO_TABLE = "no_table"


@dataclass(frozen=True, slots=True)
class YearEndRefused:
    """Nothing was done. `until`: the last day of objections, `count`: how many are open, where it matters."""

    fault: YearEndFault
    until: date | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Frozen:
    """A result was frozen; `changes` against the one before it of the same year."""

    stored: StoredResult
    changes: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True)
class WentOut:
    """The press was noted; the posts follow."""

    released: Released


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A frozen result held against what the stored rows give today."""

    stored: StoredResult
    same: bool
    changes: tuple[Moved, ...] = field(default_factory=tuple)


def award_span(year: int, first_month: int, last_month: int) -> tuple[date, date]:
    """The contract dates that count for the award of a year, both inclusive."""
    after = date(year + last_month // 12, last_month % 12 + 1, 1)
    return date(year, first_month, 1), date.fromordinal(after.toordinal() - 1)


def settled_year(day: date, last_month: int) -> int:
    """The programme year that is settled around a day: this one from its last month's end on, before that the last."""
    return day.year if day > award_span(day.year, 1, last_month)[1] else day.year - 1
