"""When something may be sent, by dated examples."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from gwannae.programme.city import HolidayRule, ProgrammeCalendar
from gwannae.programme.send_windows import SendWindows
from gwannae.programme.working_days import OfficeDay, UnconfirmedYearError, WorkingDays
from gwannae.programme.year_rules import SendRules, YearRules
from tests.dated_days import SEOUL, day, moment

CALENDAR = ProgrammeCalendar(10, HolidayRule.NEXT, 1, 11, date(2027, 12, 31))
WINDOWS = SendWindows((), WorkingDays(CALENDAR), SEOUL)


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        ("2027-06-15 화 09:29", "2027-06-15 화 09:30"),
        ("2027-06-15 화 09:30", None),
        ("2027-06-15 화 11:29", None),
        ("2027-06-15 화 11:30", "2027-06-15 화 13:30"),  # lunch
        ("2027-06-15 화 13:29", "2027-06-15 화 13:30"),
        ("2027-06-15 화 16:59", None),
        ("2027-06-15 화 17:00", "2027-06-16 수 09:30"),  # the evening
        ("2027-06-15 화 00:00", "2027-06-15 화 09:30"),
        ("2027-06-18 금 16:00", None),  # a week-end is no long holiday
        ("2027-06-19 토 10:00", "2027-06-21 월 09:30"),
        ("2027-07-16 금 11:00", None),  # the eve of 제헌절: a Saturday, with its substitute three days
        ("2027-07-16 금 14:00", "2027-07-20 화 09:30"),
        ("2027-02-05 금 13:30", "2027-02-10 수 09:30"),  # the eve of 설날
        ("2027-09-13 월 15:00", "2027-09-17 금 09:30"),  # the eve of 추석
        ("2027-05-04 화 15:00", None),  # 어린이날 is one day
        ("2027-12-31 금 10:00", None),
    ],
)
def test_nothing_is_sent_at_night_at_lunch_on_days_off_or_when_a_long_holiday_begins(
    now: str, opening: str | None
) -> None:
    asked = moment(now)
    assert WINDOWS.may_send(asked) == (opening is None)
    assert WINDOWS.next_opening(asked) == (moment(opening) if opening else asked)


def test_hours_are_the_citys_wherever_the_moment_was_written() -> None:
    assert WINDOWS.may_send(datetime(2027, 6, 15, 0, 30, tzinfo=UTC))  # 09:30 in Seoul
    assert not WINDOWS.may_send(datetime(2027, 6, 15, 9, 30, tzinfo=UTC))
    assert WINDOWS.next_opening(datetime(2027, 6, 14, 20, 0, tzinfo=UTC)) == moment("2027-06-15 화 09:30")


def test_a_day_off_that_the_office_adds_closes_the_rest_of_the_day() -> None:
    today = moment("2027-06-15 화 10:00")
    closed = SendWindows((), WorkingDays(CALENDAR, [OfficeDay(today.date(), True, "임시공휴일")]), SEOUL)
    assert not closed.may_send(today)
    assert closed.next_opening(today) == moment("2027-06-16 수 09:30")


def test_a_year_that_nobody_confirmed_has_no_opening_and_its_eve_is_taken_for_long() -> None:
    assert not WINDOWS.may_send(moment("2027-12-31 금 14:00"))
    with pytest.raises(UnconfirmedYearError):
        WINDOWS.next_opening(moment("2027-12-31 금 14:00"))
    with pytest.raises(UnconfirmedYearError):
        WINDOWS.may_send(moment("2028-01-03 월 10:00"))


def test_windows_are_those_of_the_year_of_the_moment() -> None:
    short = SendRules(((time(10), time(11)),), time(10, 30), 2)
    rules = (YearRules(valid_from=date(2026, 1, 1)), YearRules(valid_from=date(2027, 1, 1), send=short))
    windows = SendWindows(rules, WorkingDays(CALENDAR), SEOUL)
    assert windows.may_send(moment("2026-12-30 수 15:00"))
    assert not windows.may_send(moment("2027-01-04 월 15:00"))
    assert windows.next_opening(moment("2026-12-31 목 18:00")) == moment("2027-01-04 월 10:00")
    assert not windows.may_send(moment("2027-06-18 금 10:45"))  # here a week-end is long


def test_the_next_opening_of_any_moment_is_the_first_at_which_something_may_be_sent() -> None:
    def quarter_hours() -> Iterator[datetime]:
        start = datetime.combine(day("2027-02-01 월"), time(), SEOUL)
        yield from (start + timedelta(minutes=15 * n) for n in range(4 * 24 * 21))

    opening = None
    for now in reversed(list(quarter_hours())):
        if WINDOWS.may_send(now):
            opening = now
        if opening is not None:
            assert WINDOWS.next_opening(now) == opening


def test_a_city_with_another_calendar_has_other_windows() -> None:
    calendar = replace(CALENDAR, extra_holidays=((date(2027, 6, 15), "시민의 날"),))
    assert not SendWindows((), WorkingDays(calendar), SEOUL).may_send(moment("2027-06-15 화 10:00"))
