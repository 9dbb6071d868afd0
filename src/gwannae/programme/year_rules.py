"""추진계획의 일정: the dated settings from which a programme year is planned, and when something may be sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of every year. 29 February is none."""

    month: int
    day: int

    def of(self, year: int) -> date:
        """That day of a year."""
        return date(year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class SendRules:
    """When something timed may be sent: on working days inside one of `windows` (from, until; the end is outside), on
    the eve of a long holiday until `eve_until` only. A run of `long_holiday_days` days off, week-ends counted, is long.
    """

    windows: tuple[tuple[time, time], ...] = ((time(9, 30), time(11, 30)), (time(13, 30), time(17)))
    eve_until: time = time(12)
    long_holiday_days: int = 3


@dataclass(frozen=True, slots=True)
class YearRules:
    """The rhythm of a programme year, from `valid_from` (a first of January) until the next rules.

    Counts of days before or after are working days. `guidance_working_day`, `confirmation_working_day`,
    `hand_over_working_day`: the so-many-th one of a month. `half_year_confirmation`: leads confirm halves too, by
    that day of July and of January; None: they do not. `bonus_points` is a day of January
    for the year before; `digest_weekday` counts from Monday, 1. `source`: the text that says so.
    """

    valid_from: date = date(2000, 1, 1)
    guidance_working_day: int = 1
    reminder_first_month: int = 2
    reminder_last_month: int = 11
    reminder_days_before: int = 3
    overdue_days_after: int = 1
    confirmation_working_day: int = 10
    confirmation_days_before: int = 4
    half_year_confirmation: int | None = None
    council: tuple[MonthDay, MonthDay] = (MonthDay(7, 15), MonthDay(12, 15))
    council_days_before: int = 5
    closing: MonthDay = MonthDay(11, 30)
    closing_countdown: tuple[int, ...] = (10, 5, 1)
    preliminary_standings: MonthDay = MonthDay(12, 3)
    objections_until: MonthDay = MonthDay(12, 10)
    final_standings: MonthDay = MonthDay(12, 13)
    announcement: MonthDay = MonthDay(12, 20)
    bonus_points: MonthDay = MonthDay(1, 20)
    hand_over_months: tuple[int, ...] = (1, 7)
    hand_over_working_day: int = 5
    digest_weekday: int = 1
    send: SendRules = SendRules()
    source: str = ""


# Where a city file says nothing.
USUAL_YEAR = YearRules()


def year_rules_of(rules: Sequence[YearRules], year: int) -> YearRules:
    """The rules of a calendar year; before the first ones, and where there are none, the usual ones hold."""
    begun = [one for one in rules if one.valid_from.year <= year]
    return max(begun, key=lambda one: one.valid_from, default=USUAL_YEAR)
