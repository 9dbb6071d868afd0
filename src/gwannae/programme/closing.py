"""마감: until when what was reported may still be changed, and what may be reported late."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gwannae.programme.city import City, earliest_contract_date
from gwannae.programme.periods import Period, cycle_on, period_at, periods_between
from gwannae.programme.working_days import UnconfirmedYearError, WorkingDays
from gwannae.programme.year_rules import year_rules_of


class Entry(StrEnum):
    """What somebody is about to do to the rows of a period: put one in, or touch one that stands there (change,
    cancel, restore).
    """

    NEW = "new"
    TOUCH = "touch"


@dataclass(frozen=True, slots=True)
class Closed:
    """The period of a contract date is closed; `last_open` was the last day on which its rows could be touched."""

    period: Period
    last_open: date


def last_open_day(city: City, period: Period, days: WorkingDays) -> date:
    """The last day on which the rows of a period may be touched.

    The city's days for looking through them are counted from the day in the month after it that the calendar names for
    its reports, wherever that due day itself moves. Where they end on a day off, the last day moves by the rule by
    which the city moves every due day (민법 제161조, where that is "next"). A day whose year nobody has confirmed stays
    where it is: that must keep nobody from mending a report, and the office is told of such a year elsewhere.
    """
    due = period.next_first.replace(day=city.calendar.due_day)
    last = due + timedelta(days=cycle_on(city.cycles, period.first).closes_after_days)
    try:
        return days.shifted(last, city.calendar.due_on_holiday)
    except UnconfirmedYearError:
        return last


def closing_day(city: City, days: WorkingDays, year: int) -> date:
    """The last day on which a year's rows of the months that count for the award may be touched, moved off days off as
    every due day. A day whose year nobody has confirmed stays where it is.
    """
    meant = year_rules_of(city.year_rules, year).closing.of(year)
    try:
        return days.shifted(meant, city.calendar.due_on_holiday)
    except UnconfirmedYearError:
        return meant


def last_open_day_of(city: City, contract_date: date, days: WorkingDays) -> date:
    """The last day on which a row may be touched: its period's, or, in the months that count for the award, the year's
    closing, if that is earlier.
    """
    last_open = last_open_day(city, period_at(city.cycles, contract_date), days)
    months = range(city.calendar.award_first_month, city.calendar.award_last_month + 1)
    if contract_date.month not in months:
        return last_open
    return min(last_open, closing_day(city, days, contract_date.year))


def closed(
    city: City, days: WorkingDays, entry: Entry, contract_date: date, today: date, *, reopened: bool
) -> Closed | None:
    """Why `entry` may not be made on this day; None: it may. The one place that says what "closed" means.

    What stands in a period may be touched until its last open day, and not after the year's closing where it counts for
    the award. A purchase that is missing may come in for as long
    as the city takes late reports of that programme year, closed or not: a late row is better than none, and whoever
    confirmed the period is asked again. `reopened`: the programme office has opened the row, or the organisation's
    period, for this day; then both may be done.
    """
    period = period_at(city.cycles, contract_date)
    last_open = last_open_day_of(city, contract_date, days)
    in_time = is_taken(city, contract_date, today) if entry is Entry.NEW else today <= last_open
    return None if in_time or reopened else Closed(period, last_open)


def is_taken(city: City, contract_date: date, today: date) -> bool:
    """Whether a new row of this contract date comes in without anybody's word: no working day has a part in it."""
    return contract_date >= earliest_contract_date(city.calendar, today)


def periods_to_confirm(city: City, today: date) -> tuple[Period, ...]:
    """The periods that are over and owed a confirmation: of this programme year, and of the last one while it still
    takes late reports. Earliest first.
    """
    first = earliest_contract_date(city.calendar, today)
    return tuple(p for p in periods_between(city.cycles, first, today) if p.last < today)


def periods_of_year(city: City, year: int) -> tuple[Period, ...]:
    """All periods of a programme year, earliest first."""
    return tuple(periods_between(city.cycles, date(year, 1, 1), date(year, 12, 31)))
