"""When somebody may be named to stand in for a lead, and until when."""

from datetime import date

import pytest

from gwannae.programme.organisations import Affiliation, Role
from gwannae.programme.roles import on_day
from gwannae.programme.stand_ins import StandInFault, StandInForm, faults_of, last_of, until_of
from tests.builders import an_organisation

TODAY = date(2027, 6, 15)  # a Tuesday


@pytest.mark.parametrize(
    ("first", "last", "faults"),
    [
        ("2027-06-15 화", "2027-06-15 화", []),  # one day, today
        ("2027-06-18 금", "2027-06-20 일", []),
        ("2027-06-14 월", "2027-06-20 일", [StandInFault.FIRST_PAST]),
        ("2027-06-18 금", "2027-06-17 목", [StandInFault.LAST_BEFORE_FIRST]),
        ("2027-06-15 화", "2028-06-14 수", []),
        ("2027-06-15 화", "2028-06-15 목", [StandInFault.TOO_LONG]),
        ("", "2027-06-20 일", [StandInFault.FIRST]),
        ("2027-06-18 금", "", [StandInFault.LAST]),
        ("", "", [StandInFault.FIRST, StandInFault.LAST]),
    ],
)
def test_a_stand_in_begins_today_or_later_and_ends_within_a_year(
    first: str, last: str, faults: list[StandInFault]
) -> None:
    days = [date.fromisoformat(text.split()[0]) if text else None for text in (first, last)]
    assert list(faults_of(StandInForm(1, "U1", *days), TODAY)) == faults


def test_somebody_must_be_named() -> None:
    assert faults_of(StandInForm(1, "", TODAY, TODAY), TODAY) == (StandInFault.PERSON,)


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2027-06-17 목", False), ("2027-06-18 금", True), ("2027-06-20 일", True), ("2027-06-21 월", False)],
)
def test_both_days_are_counted_and_the_role_ends_by_itself(day: str, holds: bool) -> None:
    until = until_of(date(2027, 6, 20))
    held = Affiliation(1, "T", "U", an_organisation(), Role.STAND_IN, False, date(2027, 6, 18), until)
    assert bool(on_day([held], date.fromisoformat(day.split()[0]))) == holds
    assert last_of(until) == date(2027, 6, 20)
