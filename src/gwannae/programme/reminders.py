"""독려: what is said to whom while something is owed, and what its buttons do."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from gwannae.programme.city import City
from gwannae.programme.confirmations import PeriodState
from gwannae.programme.organisations import Organisation
from gwannae.programme.owed import Owed
from gwannae.programme.periods import Cycle, Period, period_of
from gwannae.programme.working_days import UnconfirmedYearError, WorkingDays
from gwannae.programme.year_rules import year_rules_of

SNOOZE_DAYS = 3  # working days


class Audience(StrEnum):
    """To whom a reminder speaks: everybody in the organisation's channel, or its lead alone."""

    CHANNEL = "channel"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Snooze:
    """Somebody asked to be reminded again on `until`, a working day; until then this audience is left alone."""

    organisation_id: int
    period: str
    audience: Audience
    until: date
    pressed_at: datetime
    team_id: str
    user_id: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """What is owed, to be said on `today`. `due` was or is the last day for the reports of `month`."""

    owed: Owed
    month: Period
    due: date
    today: date
    audience: Audience
    snoozed: Snooze | None = None

    @property
    def overdue(self) -> bool:
        """Whether the due day is over."""
        return self.due < self.today


@dataclass(frozen=True, slots=True)
class AllDone:
    """Nothing is owed any more: what a reminder of long ago becomes when one of its buttons is pressed."""

    organisation: Organisation
    month: Period


@dataclass(frozen=True, slots=True)
class NothingBought:
    """Somebody said that nothing was bought in the period; `fresh` is false where it was said before. `confirmed`: the
    person was a lead, and the period of the confirmation is the same one, so it is confirmed with it.
    """

    organisation: Organisation
    period: Period
    fresh: bool = True
    confirmed: PeriodState | None = None


@dataclass(frozen=True, slots=True)
class BoughtSince:
    """Purchases of the period stand there: nobody can say that nothing was bought. `rows`: how many."""

    period: Period
    rows: int


@dataclass(frozen=True, slots=True)
class TooLateToSay:
    """Reports of that period are not taken any more."""

    period: Period


@dataclass(frozen=True, slots=True)
class Snoozed:
    """The audience is reminded again on `snooze.until`; `fresh` is false where that was so already."""

    snooze: Snooze
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class NoUseSnoozing:
    """On `until` the next month's reminder is out, or soon: the period goes with that one."""

    until: date


def reports_due(city: City, days: WorkingDays, month: Period) -> date:
    """The last day for the reports of a month: the city's due day in the month after it, moved by the city's rule.

    In a year whose holidays nobody has confirmed it stays where it is.
    """
    meant = month.next_first.replace(day=city.calendar.due_day)
    try:
        return days.shifted(meant, city.calendar.due_on_holiday)
    except UnconfirmedYearError:
        return meant


def next_reports_due(city: City, days: WorkingDays, today: date) -> date:
    """The first last day for reports that is not over: of the month before, or of the month that is running."""
    running = period_of(today, Cycle.MONTH)
    before = reports_due(city, days, period_of(running.first - timedelta(days=1), Cycle.MONTH))
    return before if today <= before else reports_due(city, days, running)


def snoozed_until(days: WorkingDays, today: date) -> date:
    """The working day on which a reminder that is put off today comes again.

    Raises:
        UnconfirmedYearError: nobody has looked at the holidays that far ahead.
    """
    return days.after(today, SNOOZE_DAYS)


def goes_with_the_next(city: City, days: WorkingDays, month: Period, until: date) -> bool:
    """Whether the reminder for the month after `month` is out by then: nobody needs two."""
    following = period_of(month.next_first, Cycle.MONTH)
    due = reports_due(city, days, following)
    rules = year_rules_of(city.year_rules, due.year)
    if not rules.reminder_first_month <= due.month <= rules.reminder_last_month:
        return False
    try:
        return until >= days.before(due, rules.reminder_days_before)
    except UnconfirmedYearError:
        return False
