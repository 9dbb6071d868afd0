"""Working days: two whole years held against lists, and where a due day goes, by dated examples."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from gwannae.programme.city import HolidayRule, ProgrammeCalendar
from gwannae.programme.public_holidays import public_holidays
from gwannae.programme.working_days import (
    DayOff,
    OffCause,
    OfficeDay,
    UnconfirmedYearError,
    WorkingDays,
    year_to_confirm,
)
from tests.dated_days import day

CALENDAR = ProgrammeCalendar(10, HolidayRule.NEXT, 1, 11, date(2028, 12, 31))
DAYS = WorkingDays(CALENDAR)

# 「관공서의 공휴일에 관한 규정」 with 노동절 (from 2026-05-01) and 제헌절 (from 2026-05-11); the substitute days by its
# rule: for 설날 and 추석 from a Sunday, for the others from a Saturday too, for 1.1. and 현충일 never.
OFF_2026 = """
2026-01-01 목, 2026-02-16 월, 2026-02-17 화, 2026-02-18 수, 2026-03-01 일, 2026-03-02 월, 2026-05-01 금, 2026-05-05 화,
2026-05-24 일, 2026-05-25 월, 2026-06-03 수, 2026-06-06 토, 2026-07-17 금, 2026-08-15 토, 2026-08-17 월, 2026-09-24 목,
2026-09-25 금, 2026-09-26 토, 2026-10-03 토, 2026-10-05 월, 2026-10-09 금, 2026-12-25 금
"""
OFF_2027 = """
2027-01-01 금, 2027-02-06 토, 2027-02-07 일, 2027-02-08 월, 2027-02-09 화, 2027-03-01 월, 2027-05-01 토, 2027-05-03 월,
2027-05-05 수, 2027-05-13 목, 2027-06-06 일, 2027-07-17 토, 2027-07-19 월, 2027-08-15 일, 2027-08-16 월, 2027-09-14 화,
2027-09-15 수, 2027-09-16 목, 2027-10-03 일, 2027-10-04 월, 2027-10-09 토, 2027-10-11 월, 2027-12-25 토, 2027-12-27 월
"""
# How many days are worked in each month, counted by hand from the printed calendars.
WORKED_2026 = [21, 17, 21, 22, 18, 21, 22, 20, 20, 20, 21, 22]
WORKED_2027 = [20, 18, 22, 22, 18, 22, 21, 21, 19, 19, 22, 22]


@pytest.mark.parametrize(("year", "listed", "worked"), [(2026, OFF_2026, WORKED_2026), (2027, OFF_2027, WORKED_2027)])
def test_every_day_of_a_year_is_off_or_worked_as_the_lists_say(year: int, listed: str, worked: list[int]) -> None:
    holidays = {day(" ".join(one.split())) for one in listed.split(",")}
    every = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    assert {d for d in every if not DAYS.is_working(d)} == holidays | {d for d in every if d.isoweekday() > 5}
    assert set(public_holidays(year) or ()) == holidays
    assert [sum(DAYS.is_working(d) for d in every if d.month == m) for m in range(1, 13)] == worked


NEXT, PREVIOUS, AS_IS = HolidayRule.NEXT, HolidayRule.PREVIOUS, HolidayRule.AS_IS


@pytest.mark.parametrize(
    ("meant", "following", "previous"),
    [
        ("2027-01-31 일", "2027-02-01 월", "2027-01-29 금"),
        ("2027-02-28 일", "2027-03-02 화", "2027-02-26 금"),  # and 3.1. is a holiday
        ("2027-07-17 토", "2027-07-20 화", "2027-07-16 금"),  # 제헌절, and its substitute on 7.19.
        ("2027-02-06 토", "2027-02-10 수", "2027-02-05 금"),  # 설날, 2.6.–2.8., and its substitute
        ("2027-09-14 화", "2027-09-17 금", "2027-09-13 월"),  # 추석
        ("2026-09-24 목", "2026-09-28 월", "2026-09-23 수"),  # 추석; its Saturday has no substitute
        ("2028-02-29 화", "2028-02-29 화", "2028-02-29 화"),
        ("2028-10-02 월", "2028-10-06 금", "2028-09-29 금"),  # 추석 on 개천절
        ("2027-06-06 일", "2027-06-07 월", "2027-06-04 금"),  # 현충일 has no substitute
        ("2027-12-25 토", "2027-12-28 화", "2027-12-24 금"),
        ("2027-04-12 월", "2027-04-12 월", "2027-04-12 월"),
    ],
)
def test_a_due_day_on_a_day_off_moves_by_rule(meant: str, following: str, previous: str) -> None:
    due = day(meant)
    assert DAYS.shifted(due, NEXT) == day(following)
    assert DAYS.shifted(due, PREVIOUS) == day(previous)
    assert DAYS.shifted(due, AS_IS) == due


def test_why_a_day_moved_is_known_day_by_day() -> None:
    assert DAYS.between(day("2027-02-28 일"), day("2027-03-02 화")) == (
        DayOff(day("2027-02-28 일"), OffCause.WEEKEND, "일요일"),
        DayOff(day("2027-03-01 월"), OffCause.PUBLIC, "삼일절"),
    )


def test_a_holiday_that_is_added_on_the_day_itself_moves_it() -> None:
    due = day("2027-06-10 목")
    assert DAYS.shifted(due, NEXT) == due
    added = WorkingDays(CALENDAR, [OfficeDay(due, True, "임시공휴일")])
    assert added.shifted(due, NEXT) == day("2027-06-11 금")
    assert added.off(due) == DayOff(due, OffCause.OFFICE, "임시공휴일")


@pytest.mark.parametrize(
    ("asked", "office", "cause"),
    [
        ("2027-05-21 금", None, OffCause.CITY),  # the city file's own
        ("2027-05-21 금", False, None),  # the office stands above the file
        ("2027-03-01 월", False, None),  # and above the calendar
        ("2027-03-06 토", False, None),  # a Saturday that is worked
        ("2027-03-01 월", True, OffCause.OFFICE),
        ("2027-03-06 토", None, OffCause.WEEKEND),
        ("2027-05-01 토", None, OffCause.PUBLIC),  # a holiday on a Saturday is called by its name
        ("2027-03-02 화", None, None),
        ("2027-03-02 화", True, OffCause.OFFICE),
    ],
)
def test_the_office_stands_above_the_city_file_and_that_above_the_calendar(
    asked: str, office: bool | None, cause: OffCause | None
) -> None:
    calendar = replace(CALENDAR, extra_holidays=((date(2027, 5, 21), "햇님시 시민의 날"),))
    said = [] if office is None else [OfficeDay(day(asked), office, "선거일")]
    found = WorkingDays(calendar, said).off(day(asked))
    assert (found.cause if found else None) is cause


@pytest.mark.parametrize(
    ("year", "month", "number", "expected"),
    [
        (2027, 1, 1, "2027-01-04 월"),
        (2026, 1, 1, "2026-01-02 금"),
        (2027, 2, 5, "2027-02-05 금"),
        (2027, 2, 6, "2027-02-10 수"),  # after 설날
        (2027, 10, 10, "2027-10-18 월"),
        (2028, 2, 21, "2028-02-29 화"),
        (2027, 2, 19, "2027-03-02 화"),  # February has eighteen
    ],
)
def test_the_nth_working_day_of_a_month(year: int, month: int, number: int, expected: str) -> None:
    assert DAYS.nth(year, month, number) == day(expected)


@pytest.mark.parametrize(
    ("start", "count", "before", "after"),
    [
        ("2027-02-10 수", 1, "2027-02-05 금", "2027-02-11 목"),
        ("2027-02-10 수", 3, "2027-02-03 수", "2027-02-15 월"),
        ("2027-02-07 일", 1, "2027-02-05 금", "2027-02-10 수"),
        ("2027-02-07 일", 0, "2027-02-05 금", "2027-02-10 수"),
        ("2027-02-10 수", 0, "2027-02-10 수", "2027-02-10 수"),
    ],
)
def test_working_days_are_counted_past_days_off(start: str, count: int, before: str, after: str) -> None:
    assert DAYS.before(day(start), count) == day(before)
    assert DAYS.after(day(start), count) == day(after)


@pytest.mark.parametrize(
    ("confirmed_until", "asked", "year"),
    [
        (date(2027, 12, 31), date(2028, 1, 1), 2028),
        (date(2027, 12, 31), date(2028, 1, 3), 2028),
        (date(2027, 6, 30), date(2027, 7, 1), 2027),
        (date(2300, 12, 31), date(2200, 6, 1), 2200),  # the library knows no such year and answers nothing for it
        (date(2300, 12, 31), date(1940, 6, 1), 1940),
    ],
)
def test_a_year_that_nobody_confirmed_is_an_error_and_never_one_without_holidays(
    confirmed_until: date, asked: date, year: int
) -> None:
    days = WorkingDays(replace(CALENDAR, holidays_confirmed_until=confirmed_until), [OfficeDay(asked, True, "선거")])
    assert not days.is_confirmed(asked)
    for question in (days.is_working, days.off, days.next_working, days.previous_working):
        with pytest.raises(UnconfirmedYearError) as raised:
            question(asked)
        assert raised.value.year == year


def test_a_day_that_moves_out_of_the_confirmed_years_says_so() -> None:
    days = WorkingDays(replace(CALENDAR, holidays_confirmed_until=date(2027, 12, 31)))
    with pytest.raises(UnconfirmedYearError):
        days.after(day("2027-12-31 금"), 1)
    assert days.before(day("2027-12-31 금"), 1) == day("2027-12-30 목")


@pytest.mark.parametrize(
    ("today", "until", "year"),
    [
        ("2027-06-30 수", "2027-12-31 금", None),
        ("2027-07-01 목", "2027-12-31 금", 2028),  # the official list of 2028 is out
        ("2027-07-01 목", "2028-12-31 일", None),
        ("2028-01-01 토", "2027-12-31 금", 2028),
        ("2027-03-02 화", "2027-06-30 수", 2027),  # half a year is none
        ("2029-07-01 일", "2027-12-31 금", 2029),
    ],
)
def test_a_year_is_to_be_confirmed_once_its_official_list_is_out(today: str, until: str, year: int | None) -> None:
    assert year_to_confirm(replace(CALENDAR, holidays_confirmed_until=day(until)), day(today)) == year


def test_what_the_library_answers_cannot_be_changed_by_who_asks() -> None:
    found = public_holidays(2027)
    assert isinstance(found, Mapping)
    with pytest.raises(TypeError):
        found[date(2027, 1, 4)] = "쉬는 날"  # type: ignore[index]
