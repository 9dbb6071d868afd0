"""The tables of a city file that say when: its calendar, its cycles, and how a programme year runs."""

import re
from datetime import date, time
from enum import StrEnum
from itertools import pairwise
from typing import Annotated

from msgspec import Meta, Struct, field

from gwannae.programme.city import HolidayRule, ProgrammeCalendar
from gwannae.programme.periods import USUAL_CYCLE, Cycle, CycleRule
from gwannae.programme.year_rules import USUAL_YEAR, MonthDay, SendRules, YearRules
from gwannae.readers.city_counting import Text

Month = Annotated[int, Meta(ge=1, le=12)]
# So far into a month every month has working days, whatever holidays it has.
MonthWorkingDay = Annotated[int, Meta(ge=1, le=12)]
WorkingDayCount = Annotated[int, Meta(ge=0, le=20)]
_USUAL = USUAL_YEAR
_DAY = re.compile(r"(\d{2})-(\d{2})", re.ASCII)
_TIME = re.compile(r"(\d{2}):(\d{2})", re.ASCII)
_ANY_COMMON_YEAR = 2027


class _Table(Struct, forbid_unknown_fields=True):
    """A table of the file: nothing unknown in it."""


class HolidayTable(_Table):
    """A day off that no calendar can compute."""

    day: date
    name: Text


class CalendarTable(_Table, kw_only=True):
    """When reports are due, what counts for the award, and until when holidays are confirmed; see cities/README.md."""

    due_day: Annotated[int, Meta(ge=1, le=28)]
    due_on_holiday: HolidayRule
    award_first_month: Month = 1
    award_last_month: Month = 12
    holidays_confirmed_until: date
    extra_holidays: tuple[HolidayTable, ...] = ()
    late_report_days: Annotated[int, Meta(ge=0, le=366)] = 0

    def __post_init__(self) -> None:
        if self.award_last_month < self.award_first_month:
            raise ValueError("award_last_month not before award_first_month")

    def value(self) -> ProgrammeCalendar:
        """As the programme knows it."""
        return ProgrammeCalendar(
            self.due_day,
            self.due_on_holiday,
            self.award_first_month,
            self.award_last_month,
            self.holidays_confirmed_until,
            tuple((holiday.day, holiday.name) for holiday in self.extra_holidays),
            self.late_report_days,
        )


class CycleTable(_Table):
    """By which cycles organisations report and leads confirm from a day on, and when a period closes."""

    valid_from: date
    confirm: Cycle
    closes_after_days: Annotated[int, Meta(ge=0, le=366)] = USUAL_CYCLE.closes_after_days
    report: Cycle = USUAL_CYCLE.report

    def __post_init__(self) -> None:
        if (self.valid_from.day, self.valid_from.month % 3) != (1, 1):
            raise ValueError("valid_from on the first day of a quarter")
        if self.report.months > self.confirm.months:
            raise ValueError("report as often as confirm, or more often")

    def value(self) -> CycleRule:
        """As the programme knows it."""
        return CycleRule(self.valid_from, self.confirm, self.closes_after_days, self.report)


class WrittenDay:
    """A day of every year, written "11-30"."""

    def __init__(self, written: object) -> None:
        found = _DAY.fullmatch(str(written))
        try:
            day = date(_ANY_COMMON_YEAR, int(found[1]), int(found[2])) if found else date(_ANY_COMMON_YEAR, 0, 0)
        except ValueError:
            raise ValueError('a day that every year has, as "MM-DD"') from None
        self.value = MonthDay(day.month, day.day)


class WrittenTime:
    """A time of day, written "12:00"."""

    def __init__(self, written: object) -> None:
        self.value = _time(written, 'a time as "HH:MM"')


class WrittenWindow:
    """From when until when, written "09:30-11:30"."""

    def __init__(self, written: object) -> None:
        expected = 'a time until a later one, as "HH:MM-HH:MM"'
        start, _, end = str(written).partition("-")
        self.value = (_time(start, expected), _time(end, expected))
        if self.value[0] >= self.value[1]:
            raise ValueError(expected)


def _time(written: object, expected: str) -> time:
    found = _TIME.fullmatch(str(written))
    try:
        return time(int(found[1]), int(found[2])) if found else time(24)
    except ValueError:
        raise ValueError(expected) from None


class _RemindersTable(_Table):
    first_month: Month = _USUAL.reminder_first_month
    last_month: Month = _USUAL.reminder_last_month
    days_before: WorkingDayCount = _USUAL.reminder_days_before
    overdue_days_after: Annotated[int, Meta(ge=1, le=20)] = _USUAL.overdue_days_after

    def __post_init__(self) -> None:
        if self.last_month < self.first_month:
            raise ValueError("last_month not before first_month")


class _ConfirmationTable(_Table):
    working_day: MonthWorkingDay = _USUAL.confirmation_working_day
    days_before: WorkingDayCount = _USUAL.confirmation_days_before
    half_year_day: Annotated[int, Meta(ge=1, le=28)] | None = None


class _CouncilTable(_Table):
    days: Annotated[tuple[WrittenDay, ...], Meta(min_length=2, max_length=2)]
    days_before: WorkingDayCount = _USUAL.council_days_before

    def __post_init__(self) -> None:
        first, second = (one.value.of(_ANY_COMMON_YEAR) for one in self.days)
        if first >= second:
            raise ValueError("days of the first and then of the second half")


class _ClosingTable(_Table):
    day: WrittenDay
    countdown: tuple[Annotated[int, Meta(ge=1, le=60)], ...] = _USUAL.closing_countdown

    def __post_init__(self) -> None:
        if len(set(self.countdown)) != len(self.countdown):
            raise ValueError("countdown of days that differ from each other")


class _DecemberTable(_Table):
    preliminary_standings: WrittenDay
    objections_until: WrittenDay
    final_standings: WrittenDay
    announcement: WrittenDay


class _Weekday(StrEnum):
    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"


class _HandOverTable(_Table):
    months: tuple[Month, ...] = _USUAL.hand_over_months
    working_day: MonthWorkingDay = _USUAL.hand_over_working_day

    def __post_init__(self) -> None:
        if len(set(self.months)) != len(self.months):
            raise ValueError("months that differ from each other")


class _SendTable(_Table):
    windows: Annotated[tuple[WrittenWindow, ...], Meta(min_length=1)]
    eve_until: WrittenTime
    long_holiday_days: Annotated[int, Meta(ge=1, le=30)] = _USUAL.send.long_holiday_days

    def __post_init__(self) -> None:
        windows = [one.value for one in self.windows]
        if any(before[1] > after[0] for before, after in pairwise(windows)):
            raise ValueError("windows one after the other")
        if self.eve_until.value <= windows[0][0]:
            raise ValueError("eve_until after the first window begins")

    def value(self) -> SendRules:
        return SendRules(tuple(one.value for one in self.windows), self.eve_until.value, self.long_holiday_days)


class YearRulesTable(_Table, kw_only=True):
    """How a programme year runs, from a first of January on; see README.md of cities/."""

    valid_from: date
    guidance_working_day: MonthWorkingDay
    reminders: _RemindersTable = field(default_factory=_RemindersTable)
    confirmation: _ConfirmationTable = field(default_factory=_ConfirmationTable)
    council: _CouncilTable
    closing: _ClosingTable
    december: _DecemberTable
    bonus_points: WrittenDay
    hand_over: _HandOverTable = field(default_factory=_HandOverTable)
    digest: _Weekday = _Weekday.MON
    send: _SendTable
    source: Text

    def __post_init__(self) -> None:
        if (self.valid_from.month, self.valid_from.day) != (1, 1):
            raise ValueError("valid_from on a first of January")
        december = self.december
        order = (
            self.closing.day,
            december.preliminary_standings,
            december.objections_until,
            december.final_standings,
            december.announcement,
        )
        days = [one.value.of(_ANY_COMMON_YEAR) for one in order]
        if days != sorted(days) or days[0] == days[1]:
            raise ValueError("closing, preliminary_standings, objections_until, final_standings, announcement in turn")
        if self.bonus_points.value.month != 1:
            raise ValueError("bonus_points in January: for the year before")

    def value(self) -> YearRules:
        """As the programme knows it."""
        first, second = self.council.days
        return YearRules(
            valid_from=self.valid_from,
            guidance_working_day=self.guidance_working_day,
            reminder_first_month=self.reminders.first_month,
            reminder_last_month=self.reminders.last_month,
            reminder_days_before=self.reminders.days_before,
            overdue_days_after=self.reminders.overdue_days_after,
            confirmation_working_day=self.confirmation.working_day,
            confirmation_days_before=self.confirmation.days_before,
            half_year_confirmation=self.confirmation.half_year_day,
            council=(first.value, second.value),
            council_days_before=self.council.days_before,
            closing=self.closing.day.value,
            closing_countdown=self.closing.countdown,
            preliminary_standings=self.december.preliminary_standings.value,
            objections_until=self.december.objections_until.value,
            final_standings=self.december.final_standings.value,
            announcement=self.december.announcement.value,
            bonus_points=self.bonus_points.value,
            hand_over_months=self.hand_over.months,
            hand_over_working_day=self.hand_over.working_day,
            digest_weekday=list(_Weekday).index(self.digest) + 1,
            send=self.send.value(),
            source=self.source,
        )
