"""What opens soon, by dated examples: how long before and after; the office's word for a day holds at once."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from gwannae.programme.ledger import PostKind
from gwannae.programme.occasions_ahead import first_opening, opening_soon
from gwannae.programme.working_days import OfficeDay, WorkingDays
from gwannae.readers.city_file import read_city
from tests.front_door import CITY_FILE

CITY = read_city(str(CITY_FILE))


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment.split()[0]).replace(tzinfo=CITY.zone)


def found(moment: str, *kinds: PostKind, office: tuple[OfficeDay, ...] = ()) -> list[tuple[str, str]]:
    soon = opening_soon(CITY, office, at(moment), *kinds)
    return [(one.period, one.opens.isoformat()[:16]) for one in soon]


@pytest.mark.parametrize(
    ("moment", "periods"),
    [
        ("2027-06-01T09:00 화", []),
        ("2027-06-02T00:00 수", [("2027-05", "2027-06-16T10:00")]),  # two weeks before, from the day's beginning on
        ("2027-06-16T10:00 수", [("2027-05", "2027-06-16T10:00")]),
        ("2027-06-18T23:59 금", [("2027-05", "2027-06-16T10:00")]),  # the due day is its last
        ("2027-06-19T00:00 토", []),
    ],
)
def test_a_reminder_stands_two_weeks_before_and_as_long_as_it_is_of_use(
    moment: str, periods: list[tuple[str, str]]
) -> None:
    assert found(moment, PostKind.REMINDER) == periods


def test_only_the_kinds_that_are_asked_for_come() -> None:
    assert found("2027-06-16T10:00", PostKind.GUIDANCE) == []
    assert {p for p, _ in found("2027-06-16T10:00", PostKind.WEEKLY_DIGEST)} == {"2027-W24", "2027-W25", "2027-W26"}


def test_a_day_that_the_office_has_off_moves_it_at_once() -> None:
    off = (OfficeDay(date(2027, 6, 16), True, "임시공휴일"),)
    assert found("2027-06-14T10:00", PostKind.REMINDER) == [("2027-05", "2027-06-16T10:00")]
    assert found("2027-06-14T10:00", PostKind.REMINDER, office=off) == [("2027-05", "2027-06-15T10:00")]
    assert found("2027-06-14T10:00", PostKind.REMINDER) == [("2027-05", "2027-06-16T10:00")]


def test_another_city_of_the_same_calendar_is_not_mistaken_for_this_one() -> None:
    other = replace(CITY, year_rules=tuple(replace(one, reminder_days_before=1) for one in CITY.year_rules))
    here = opening_soon(CITY, (), at("2027-06-14T10:00"), PostKind.REMINDER)
    there = opening_soon(other, (), at("2027-06-14T10:00"), PostKind.REMINDER)
    assert here[0].opens.date() == date(2027, 6, 16)
    assert there[0].opens.date() == date(2027, 6, 17)


def test_of_a_year_that_nobody_has_confirmed_nothing_comes_and_no_opening_is_named() -> None:
    assert found("2027-12-28T10:00", PostKind.GUIDANCE, PostKind.HAND_OVER) == []
    days = WorkingDays(CITY.calendar)
    assert first_opening(CITY, days, date(2028, 1, 3)) is None
    assert first_opening(CITY, days, date(2027, 6, 19)) == at("2027-06-21T10:00")
