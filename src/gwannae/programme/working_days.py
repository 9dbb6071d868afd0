"""근무일: which days are off and why, and where a day goes that falls on one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gwannae.programme.city import HolidayRule, ProgrammeCalendar
from gwannae.programme.dates import WEEKDAYS
from gwannae.programme.public_holidays import public_holidays

_SATURDAY = 5
_DAY = timedelta(days=1)
_LIST_IS_OUT = 7


class UnconfirmedYearError(ValueError):
    """Nobody has looked at the holidays of `year` (or of the rest of it), so no day of it is known to be worked."""

    def __init__(self, year: int) -> None:
        super().__init__(f"the holidays of {year} are not confirmed")
        self.year = year


class OffCause(StrEnum):
    """Who says that a day is off."""

    WEEKEND = "weekend"
    PUBLIC = "public"  # the country's calendar
    CITY = "city"  # the city file
    OFFICE = "office"  # the programme office, in Slack or on the command line


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day that is not worked: `name` as people call it ("토요일", "삼일절", "임시공휴일")."""

    day: date
    cause: OffCause
    name: str


@dataclass(frozen=True, slots=True)
class OfficeDay:
    """What the programme office says of one day: off, or (`off` false) worked although the calendar has it off."""

    day: date
    off: bool
    name: str


def year_to_confirm(calendar: ProgrammeCalendar, today: date) -> int | None:
    """The year whose holidays somebody ought to have looked at by now and has not; None: all is well.

    The coming year's official list (월력요항) comes out by the end of June: from July on it is to be confirmed.
    """
    due = today.year + (today.month >= _LIST_IS_OUT)
    return next(
        (year for year in range(today.year, due + 1) if calendar.holidays_confirmed_until < date(year, 12, 31)), None
    )


class WorkingDays:
    """The working days of a city, from its calendar and what its programme office says of single days.

    The office's word stands above the city file's, and that above the country's calendar. Every question about a day
    that nobody has confirmed raises UnconfirmedYearError; such a day is never taken for a working day.
    """

    def __init__(self, calendar: ProgrammeCalendar, office_days: Iterable[OfficeDay] = ()) -> None:
        self._confirmed_until = calendar.holidays_confirmed_until
        self._city = dict(calendar.extra_holidays)
        self._office = {one.day: one for one in office_days}

    def is_confirmed(self, day: date) -> bool:
        """Whether somebody has looked at the holidays of this day's year."""
        return day <= self._confirmed_until and public_holidays(day.year) is not None

    def off(self, day: date) -> DayOff | None:
        """Why the day is off; None: it is worked."""
        public = public_holidays(day.year)
        if public is None or day > self._confirmed_until:
            raise UnconfirmedYearError(day.year)
        office = self._office.get(day)
        if office is not None:
            return DayOff(day, OffCause.OFFICE, office.name) if office.off else None
        if day in self._city:
            return DayOff(day, OffCause.CITY, self._city[day])
        if day in public:
            return DayOff(day, OffCause.PUBLIC, public[day])
        if day.weekday() >= _SATURDAY:
            return DayOff(day, OffCause.WEEKEND, f"{WEEKDAYS[day.weekday()]}요일")
        return None

    def is_working(self, day: date) -> bool:
        """Whether the day is worked."""
        return self.off(day) is None

    def next_working(self, day: date) -> date:
        """The day itself if it is worked, else the first one after it that is."""
        while not self.is_working(day):
            day += _DAY
        return day

    def previous_working(self, day: date) -> date:
        """The day itself if it is worked, else the last one before it that is."""
        while not self.is_working(day):
            day -= _DAY
        return day

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day` (count from 1); 0: the day itself, or the next one that is worked."""
        found = self.next_working(day) if count == 0 else day
        for _ in range(count):
            found = self.next_working(found + _DAY)
        return found

    def before(self, day: date, count: int) -> date:
        """The `count`-th working day before `day` (count from 1); 0: the day itself, or the last one worked before."""
        found = self.previous_working(day) if count == 0 else day
        for _ in range(count):
            found = self.previous_working(found - _DAY)
        return found

    def nth(self, year: int, month: int, number: int) -> date:
        """The `number`-th working day from the first of a month on, from 1; past its end where it has fewer."""
        return self.after(date(year, month, 1) - _DAY, number)

    def shifted(self, day: date, rule: HolidayRule) -> date:
        """Where a due day goes: the day itself if it is worked or the rule leaves it as it is.

        A deadline on a Saturday or holiday ends with the next working day (민법 제161조, 행정기본법 제6조); whether a
        city's own dates follow that is its setting.
        """
        if rule is HolidayRule.AS_IS:
            return day
        return self.next_working(day) if rule is HolidayRule.NEXT else self.previous_working(day)

    def between(self, first: date, last: date) -> tuple[DayOff, ...]:
        """The days off from `first` to `last`, both inclusive: why a day moved from the one to the other."""
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return tuple(found for day in days if (found := self.off(day)) is not None)
