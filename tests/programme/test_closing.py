"""When a period closes, by dated examples: due on the 10th, closed after 20 days; late reports for 31 days."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from gwannae.programme.city import City, HolidayRule
from gwannae.programme.closing import Closed, Entry, closed, last_open_day, periods_of_year, periods_to_confirm
from gwannae.programme.periods import Cycle, CycleRule, Period, cycle_on, period_at, period_of, read_key
from gwannae.programme.working_days import OfficeDay, WorkingDays
from gwannae.readers.city_file import read_city
from tests.dated_days import day

QUARTERS = CycleRule(date(2026, 1, 1), Cycle.QUARTER, 20)
MONTHS = CycleRule(date(2027, 7, 1), Cycle.MONTH, 5)


@pytest.fixture(scope="module")
def city() -> City:
    """A made-up city with a rhythm of the tests' own."""
    made_up = read_city(str(Path(__file__).parent.parent / "cities" / "haetnim.toml"))
    calendar = replace(made_up.calendar, due_day=10, due_on_holiday=HolidayRule.NEXT, late_report_days=31)
    return replace(made_up, calendar=calendar, cycles=(QUARTERS, MONTHS))


@pytest.mark.parametrize(
    ("of", "cycle", "key", "label", "first", "last"),
    [
        ("2027-01-01 금", Cycle.MONTH, "2027-01", "2027년 1월분", "2027-01-01 금", "2027-01-31 일"),
        ("2028-02-29 화", Cycle.MONTH, "2028-02", "2028년 2월분", "2028-02-01 화", "2028-02-29 화"),
        ("2027-12-31 금", Cycle.MONTH, "2027-12", "2027년 12월분", "2027-12-01 수", "2027-12-31 금"),
        ("2027-01-01 금", Cycle.QUARTER, "2027-Q1", "2027년 1분기", "2027-01-01 금", "2027-03-31 수"),
        ("2027-06-30 수", Cycle.QUARTER, "2027-Q2", "2027년 2분기", "2027-04-01 목", "2027-06-30 수"),
        ("2027-12-31 금", Cycle.QUARTER, "2027-Q4", "2027년 4분기", "2027-10-01 금", "2027-12-31 금"),
    ],
)
def test_a_day_lies_in_one_period_with_one_spelling(
    of: str, cycle: Cycle, key: str, label: str, first: str, last: str
) -> None:
    period = period_of(day(of), cycle)
    assert (period.key, period.label, period.first, period.last) == (key, label, day(first), day(last))
    assert read_key(key) == period
    assert period.first in period
    assert period.last in period
    assert period.first - timedelta(days=1) not in period
    assert period.next_first not in period


@pytest.mark.parametrize(
    "text",
    ["", "2027", "2027-13", "2027-00", "2027-Q0", "2027-Q5", "2027-5", "0000-01", "0000-Q1", "２０２７-05", "x2027-05"],
)
def test_what_is_no_key_is_no_period(text: str) -> None:
    assert read_key(text) is None


@pytest.mark.parametrize(
    ("on", "key"),
    [
        ("2025-12-31 수", "2025-Q4"),  # before the first rule: the usual one
        ("2027-06-30 수", "2027-Q2"),
        ("2027-07-01 목", "2027-07"),  # from here on the city confirms each month
        ("2027-09-30 목", "2027-09"),
    ],
)
def test_the_citys_dated_rule_says_to_which_period_a_contract_date_belongs(city: City, on: str, key: str) -> None:
    assert period_at(city.cycles, day(on)).key == key


def test_every_day_of_a_year_belongs_to_exactly_one_of_its_periods(city: City) -> None:
    periods = periods_of_year(city, 2027)
    assert [p.key for p in periods] == ["2027-Q1", "2027-Q2", *(f"2027-{m:02}" for m in range(7, 13))]
    for number in range(365):
        on = date(2027, 1, 1) + timedelta(days=number)
        assert [p for p in periods if on in p] == [period_at(city.cycles, on)]


def test_without_a_rule_the_usual_one_holds() -> None:
    assert cycle_on((), date(2027, 6, 15)) == CycleRule(date(2000, 1, 1), Cycle.QUARTER, 20)


NEXT, PREVIOUS, AS_IS = HolidayRule.NEXT, HolidayRule.PREVIOUS, HolidayRule.AS_IS


@pytest.mark.parametrize(
    ("key", "rule", "last_open"),
    [
        (
            "2027-Q1",
            NEXT,
            "2027-04-30 금",
        ),  # counted from 2027-04-10, a Saturday: that due day moves, the count does not
        ("2027-Q2", NEXT, "2027-07-30 금"),
        ("2026-Q4", NEXT, "2027-02-01 월"),  # 2027-01-30 is a Saturday
        ("2026-Q4", PREVIOUS, "2027-01-29 금"),
        ("2026-Q4", AS_IS, "2027-01-30 토"),
        ("2027-07", NEXT, "2027-08-17 화"),  # 8.15., a Sunday, and its substitute; by the rule of the period
        ("2027-07", PREVIOUS, "2027-08-13 금"),
        ("2027-12", NEXT, "2028-01-15 토"),  # nobody has confirmed 2028: it stays where it is
    ],
)
def test_a_period_closes_some_days_after_its_due_day(city: City, key: str, rule: HolidayRule, last_open: str) -> None:
    period = read_key(key)
    assert period is not None
    ruled = replace(city, calendar=replace(city.calendar, due_on_holiday=rule))
    assert last_open_day(ruled, period, WorkingDays(ruled.calendar)) == day(last_open)


def test_a_holiday_that_the_office_adds_keeps_a_period_open_for_another_day(city: City) -> None:
    added = WorkingDays(city.calendar, [OfficeDay(day("2027-04-30 금"), True, "임시공휴일")])
    assert last_open_day(city, Period(2027, Cycle.QUARTER, 1), added) == day("2027-05-04 화")


@pytest.mark.parametrize(
    ("contract", "today", "may_touch", "may_report"),
    [
        ("2027-03-31 수", "2027-03-31 수", True, True),  # the period is still running
        ("2027-03-31 수", "2027-04-30 금", True, True),  # its last open day
        ("2027-03-31 수", "2027-05-01 토", False, True),  # closed: what is missing may still come in
        ("2027-01-04 월", "2027-12-31 금", False, True),
        ("2027-04-01 목", "2027-05-01 토", True, True),  # the next period
        ("2026-12-31 목", "2027-01-30 토", True, True),
        ("2026-12-31 목", "2027-01-31 일", True, True),  # its last open day was a Saturday
        ("2026-12-31 목", "2027-02-01 월", True, False),  # late reports of last year ended on 1.31.
        ("2026-12-31 목", "2027-02-02 화", False, False),
        ("2027-11-30 화", "2027-12-15 수", True, True),
        ("2027-11-30 화", "2027-12-16 목", False, True),
        ("2027-12-31 금", "2028-01-16 일", False, True),
        ("2025-02-03 월", "2027-06-15 화", False, False),
    ],
)
def test_rows_are_touched_until_the_period_closes_and_come_in_late_by_the_citys_rule(
    city: City, contract: str, today: str, may_touch: bool, may_report: bool
) -> None:
    for entry, may in ((Entry.TOUCH, may_touch), (Entry.NEW, may_report)):
        found = closed(city, WorkingDays(city.calendar), entry, day(contract), day(today), reopened=False)
        assert (found is None) == may, entry
        assert closed(city, WorkingDays(city.calendar), entry, day(contract), day(today), reopened=True) is None


def test_who_is_too_late_is_told_which_period_and_until_when_it_was_open(city: City) -> None:
    found = closed(city, WorkingDays(city.calendar), Entry.TOUCH, date(2027, 3, 31), date(2027, 6, 15), reopened=False)
    assert found == Closed(Period(2027, Cycle.QUARTER, 1), date(2027, 4, 30))


@pytest.mark.parametrize(
    ("today", "keys"),
    [
        ("2027-01-31 일", ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]),
        ("2027-02-01 월", []),
        ("2027-03-31 수", []),  # its last day belongs to it
        ("2027-04-01 목", ["2027-Q1"]),
        ("2027-08-01 일", ["2027-Q1", "2027-Q2", "2027-07"]),
    ],
)
def test_a_confirmation_is_owed_once_the_period_is_over(city: City, today: str, keys: list[str]) -> None:
    assert [p.key for p in periods_to_confirm(city, day(today))] == keys


def test_a_period_is_open_on_every_day_up_to_one_and_closed_on_every_day_after(city: City) -> None:
    def states(contract: date) -> Iterator[bool]:
        for number in range(400):
            yield (
                closed(
                    city,
                    WorkingDays(city.calendar),
                    Entry.TOUCH,
                    contract,
                    contract + timedelta(days=number),
                    reopened=False,
                )
                is None
            )

    for number in range(0, 365, 7):
        seen = list(states(date(2027, 1, 1) + timedelta(days=number)))
        assert seen == sorted(seen, reverse=True)
        assert True in seen
        assert False in seen
