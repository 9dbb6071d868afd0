"""What comes next, for staff and for the office, by dated examples."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gwannae.programme.agenda import Audience, agenda_of, audience_of, year_of
from gwannae.programme.calendar import year_plan
from gwannae.programme.organisations import Affiliation, Role
from gwannae.programme.roles import Standing
from gwannae.programme.working_days import WorkingDays
from gwannae.readers.city_file import read_city
from tests.builders import REPORTER, an_organisation
from tests.dated_days import moment

CITY = read_city(str(Path(__file__).parent.parent / "cities" / "haetnim.toml"))
DAYS = WorkingDays(CITY.calendar)
STAFF, LEAD, PLANNING, OFFICE = Audience.STAFF, Audience.LEAD, Audience.PLANNING, Audience.OFFICE


@pytest.mark.parametrize(
    ("now", "audience", "found"),
    [
        (
            "2027-06-15 화 10:00",
            STAFF,
            [
                "06-18 2027년 5월분 구매 보고 기한",
                "07-20 2027년 6월분 구매 보고 기한",
                "08-20 2027년 7월분 구매 보고 기한",
            ],
        ),
        (
            "2027-06-15 화 10:00",
            PLANNING,
            ["11-26 2027년 마감", "12-14 2027년 최종 순위", "12-24 2027년 우수부서 발표"],
        ),
        (
            "2027-06-15 화 10:00",
            LEAD,
            [
                "06-18 2027년 5월분 구매 보고 기한",
                "07-12 2027년 6월분 실적 확정 기한",
                "07-20 2027년 6월분 구매 보고 기한",
            ],
        ),
        (
            "2027-06-15 화 10:00",
            OFFICE,
            [
                "06-16 2027년 5월분 구매 보고 기한",
                "06-22 2027년 5월분 미보고 알림",
                "07-05 2027년 상반기 실무협의회 자료",
            ],
        ),
        (
            "2027-06-18 금 23:00",  # the day itself is still ahead
            LEAD,
            [
                "06-18 2027년 5월분 구매 보고 기한",
                "07-12 2027년 6월분 실적 확정 기한",
                "07-20 2027년 6월분 구매 보고 기한",
            ],
        ),
        (
            "2027-11-25 목 10:00",
            OFFICE,
            ["11-25 2027년 마감 전 알림", "11-29 2027년 마감", "12-03 2027년 잠정 순위"],
        ),
        ("2027-12-24 금 18:00", STAFF, ["12-24 2027년 우수부서 발표"]),
        ("2027-12-24 금 18:00", OFFICE, []),
    ],
)
def test_what_comes_next(now: str, audience: Audience, found: list[str]) -> None:
    agenda = agenda_of(CITY, DAYS, moment(now), audience, 3)
    shown = [f"{(o.opens if audience is OFFICE else o.on):%m-%d} {o.label}" for o in agenda.occasions]
    assert shown == found


@pytest.mark.parametrize(
    ("now", "until", "unconfirmed", "any_left"),
    [
        ("2027-06-15 화 10:00", date(2027, 12, 31), None, True),
        ("2027-07-01 목 10:00", date(2027, 12, 31), 2028, True),
        ("2028-01-03 월 10:00", date(2027, 12, 31), 2028, False),
        ("2027-06-15 화 10:00", date(2027, 6, 30), 2027, False),
    ],
)
def test_a_year_that_nobody_confirmed_is_named_and_not_planned(
    now: str, until: date, unconfirmed: int | None, any_left: bool
) -> None:
    city = replace(CITY, calendar=replace(CITY.calendar, holidays_confirmed_until=until))
    agenda = agenda_of(city, WorkingDays(city.calendar), moment(now), OFFICE, 3)
    assert agenda.unconfirmed == unconfirmed
    assert bool(agenda.occasions) == any_left


def test_everybody_sees_the_days_that_are_theirs_and_the_office_every_post() -> None:
    plan = year_plan(CITY, DAYS, 2027)
    assert year_of(plan, 2027, OFFICE).occasions == plan
    for audience in (STAFF, LEAD, PLANNING):
        theirs = year_of(plan, 2027, audience).occasions
        assert {o.kind for o in theirs} == set(audience.kinds)
        assert [o.on for o in theirs] == sorted(o.on for o in theirs)


@pytest.mark.parametrize(
    ("roles", "self_declared", "audience"),
    [
        ((), False, STAFF),
        ((Role.STAFF,), False, STAFF),
        ((Role.LEAD,), False, LEAD),
        ((Role.LEAD,), True, STAFF),
        ((Role.STAND_IN, Role.STAFF), False, LEAD),
        ((Role.PLANNING,), False, PLANNING),
        ((Role.PLANNING, Role.LEAD), False, LEAD),
        ((Role.OFFICE, Role.LEAD), False, OFFICE),
        ((Role.OFFICE,), True, STAFF),
    ],
)
def test_as_whom_somebody_looks_at_the_year(roles: tuple[Role, ...], self_declared: bool, audience: Audience) -> None:
    held = (
        Affiliation(n, REPORTER.team_id, REPORTER.user_id, an_organisation(), role, self_declared, date(2027, 1, 4))
        for n, role in enumerate(roles, start=1)
    )
    assert audience_of(Standing(REPORTER, tuple(held))) is audience
