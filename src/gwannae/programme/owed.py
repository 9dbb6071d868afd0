"""남은 일: what an organisation still owes, from the city's cycle, its reports, its files and what is still open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gwannae.programme.confirmations import PeriodState
from gwannae.programme.organisations import Organisation
from gwannae.programme.periods import Cycle, CycleRule, Period, cycle_on, period_of


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A purchase file that waits for somebody: for so many answers, or (0) for 확정 alone."""

    import_id: int
    name: str
    questions: int


@dataclass(frozen=True, slots=True)
class OwedFacts:
    """What is known of one organisation at a moment.

    `reported` are the months (by key) that hold a purchase that counts; `nothing` the periods of which somebody said
    that nothing was bought; `periods` those that are over and that a lead is to confirm, confirmed ones among them;
    `unconfirmed` counts rows without a verdict, `unanswered` outside purchases without the reason that they need.
    `since`: the day from which it takes part; None: always.
    """

    organisation: Organisation
    reported: frozenset[str] = frozenset()
    nothing: frozenset[str] = frozenset()
    periods: tuple[PeriodState, ...] = ()
    unconfirmed: int = 0
    unanswered: int = 0
    files: tuple[OpenFile, ...] = ()
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """What is left to do. `unreported` are periods of the report's cycle, `to_confirm` those of the confirmation's."""

    organisation: Organisation
    unreported: tuple[Period, ...] = ()
    to_confirm: tuple[PeriodState, ...] = ()
    unconfirmed: int = 0
    unanswered: int = 0
    files: tuple[OpenFile, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether there is a reason to say anything."""
        return bool(self.unreported or self.to_confirm or self.unconfirmed or self.unanswered or self.files)

    @property
    def questions(self) -> int:
        """Open questions of all files."""
        return sum(file.questions for file in self.files)


def owed(cycles: Sequence[CycleRule], facts: OwedFacts, months: Sequence[Period], today: date) -> Owed:
    """What the organisation owes on a day, as far as reports of `months` (all months of the programme year that are
    asked for) go.

    A report is owed once its period is over: by the city's cycle that is each month, or each quarter with its last
    month. It is not owed where anything was bought in it, where somebody said that nothing was, or where a lead has
    confirmed it. A period that still lacks a report is not to be confirmed yet: first the report, then the word.
    """
    asked = [p for p in report_periods(cycles, months, today) if facts.since is None or p.last >= facts.since]
    unreported = tuple(period for period in asked if not _answered(period, facts))
    to_confirm = tuple(
        state for state in facts.periods if state.asks and not any(p.first in state.period for p in unreported)
    )
    return Owed(facts.organisation, unreported, to_confirm, facts.unconfirmed, facts.unanswered, facts.files)


def report_periods(cycles: Sequence[CycleRule], months: Sequence[Period], today: date) -> tuple[Period, ...]:
    """The periods of the report's cycle that end with one of `months` and are over on a day, earliest first."""
    found = (period_of(month.first, cycle_on(cycles, month.first).report) for month in months)
    over = {p for p, month in zip(found, months, strict=True) if p.last == month.last and p.last < today}
    return tuple(sorted(over, key=lambda period: period.first))


def months_over(first: date, today: date) -> tuple[Period, ...]:
    """The months from the one of `first` on that are over on a day, earliest first."""
    month, found = period_of(first, Cycle.MONTH), []
    while month.last < today:
        found.append(month)
        month = period_of(month.next_first, Cycle.MONTH)
    return tuple(found)


def months_of(period: Period) -> tuple[str, ...]:
    """The keys of the months of a period."""
    first = period_of(period.first, Cycle.MONTH)
    return tuple(Period(first.year, Cycle.MONTH, first.number + n).key for n in range(period.cycle.months))


def _answered(period: Period, facts: OwedFacts) -> bool:
    if period.key in facts.nothing or not facts.reported.isdisjoint(months_of(period)):
        return True
    months = months_of(period)
    if all(month in facts.nothing for month in months):
        return True
    confirmed = (state.period for state in facts.periods if not state.asks)
    return any(period.first in one and period.last in one for one in confirmed)
