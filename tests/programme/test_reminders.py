"""When reports are due, when a reminder that is put off comes again, and whom the next one reaches: dated examples."""

from dataclasses import replace
from datetime import date

import pytest

from gwannae.programme.city import City, HolidayRule
from gwannae.programme.periods import Period, read_key
from gwannae.programme.reminders import goes_with_the_next, next_reports_due, reports_due, snoozed_until
from gwannae.programme.working_days import OfficeDay, UnconfirmedYearError, WorkingDays
from gwannae.programme.year_rules import YearRules
from gwannae.readers.city_file import read_city
from tests.front_door import CITY_FILE

CITY = read_city(str(CITY_FILE))


def city(due_day: int = 10, rule: HolidayRule = HolidayRule.NEXT) -> City:
    """Reports are due on the tenth; reminders from February to November, three working days before."""
    calendar = replace(CITY.calendar, due_day=due_day, due_on_holiday=rule, extra_holidays=())
    return replace(CITY, calendar=calendar, year_rules=(YearRules(),))


def days(*office: OfficeDay) -> WorkingDays:
    return WorkingDays(city().calendar, office)


def month(key: str) -> Period:
    found = read_key(key)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("key", "due_day", "rule", "due"),
    [
        ("2027-05", 10, HolidayRule.NEXT, "2027-06-10 목"),
        ("2027-06", 10, HolidayRule.NEXT, "2027-07-12 월"),  # the tenth is a Saturday
        ("2027-06", 10, HolidayRule.PREVIOUS, "2027-07-09 금"),
        ("2027-06", 10, HolidayRule.AS_IS, "2027-07-10 토"),
        ("2027-06", 17, HolidayRule.NEXT, "2027-07-20 화"),  # Saturday 17 is 제헌절, Monday 19 its substitute
        ("2027-12", 10, HolidayRule.NEXT, "2028-01-10 월"),  # nobody has confirmed 2028: it stays
        ("2026-12", 10, HolidayRule.NEXT, "2027-01-11 월"),
    ],
)
def test_a_months_reports_are_due_in_the_month_after(key: str, due_day: int, rule: HolidayRule, due: str) -> None:
    ours = city(due_day, rule)
    assert reports_due(ours, WorkingDays(ours.calendar), month(key)) == date.fromisoformat(due.split()[0])


@pytest.mark.parametrize(
    ("today", "due"),
    [
        ("2027-06-01 화", "2027-06-10 목"),
        ("2027-06-10 목", "2027-06-10 목"),
        ("2027-06-11 금", "2027-07-12 월"),
        ("2027-07-11 일", "2027-07-12 월"),
        ("2027-01-04 월", "2027-01-11 월"),
        ("2027-12-31 금", "2028-01-10 월"),
    ],
)
def test_the_next_due_day_is_the_first_that_is_not_over(today: str, due: str) -> None:
    found = next_reports_due(city(), days(), date.fromisoformat(today.split()[0]))
    assert found == date.fromisoformat(due.split()[0])


@pytest.mark.parametrize(
    ("today", "until"),
    [
        ("2027-06-07 월", "2027-06-10 목"),
        ("2027-06-10 목", "2027-06-15 화"),
        ("2027-02-04 목", "2027-02-11 목"),  # Seollal from Saturday to Tuesday
        ("2027-09-13 월", "2027-09-21 화"),  # Chuseok from Tuesday to Thursday
    ],
)
def test_three_days_later_are_working_days(today: str, until: str) -> None:
    assert snoozed_until(days(), date.fromisoformat(today.split()[0])) == date.fromisoformat(until.split()[0])


def test_a_day_that_the_office_has_off_does_not_count() -> None:
    election = OfficeDay(date(2027, 6, 9), True, "선거일")
    assert snoozed_until(days(election), date(2027, 6, 7)) == date(2027, 6, 11)


def test_nobody_is_promised_a_day_of_a_year_that_nobody_has_looked_at() -> None:
    with pytest.raises(UnconfirmedYearError):
        snoozed_until(days(), date(2027, 12, 30))


@pytest.mark.parametrize(
    ("key", "until", "with_next"),
    [
        ("2027-05", "2027-06-15", False),
        ("2027-05", "2027-07-06", False),
        ("2027-05", "2027-07-07", True),  # the next reminder leaves three working days before Monday the twelfth
        ("2027-05", "2027-07-20", True),
        ("2027-10", "2027-12-20", False),  # November is owed by the closing: December has no reminder
        ("2027-09", "2027-11-08", True),
        ("2026-12", "2027-02-05", True),
    ],
)
def test_what_is_put_off_too_far_goes_with_the_next_reminder(key: str, until: str, with_next: bool) -> None:
    assert goes_with_the_next(city(), days(), month(key), date.fromisoformat(until)) is with_next
