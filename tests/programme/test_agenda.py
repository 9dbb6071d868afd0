"""What comes next, for staff and for the office, by dated examples."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gwannae.programme.agenda import agenda_of, year_of
from gwannae.programme.calendar import year_plan
from gwannae.programme.ledger import PostKind
from gwannae.programme.working_days import WorkingDays
from gwannae.readers.city_file import read_city
from tests.dated_days import moment

CITY = read_city(str(Path(__file__).parent.parent / "cities" / "haetnim.toml"))
DAYS = WorkingDays(CITY.calendar)


@pytest.mark.parametrize(
    ("now", "for_office", "found"),
    [
        (
            "2027-06-15 화 10:00",
            False,
            [
                "06-18 2027년 5월분 구매 보고 기한",
                "07-12 2027년 6월분 실적 확정 기한",
                "07-20 2027년 6월분 구매 보고 기한",
            ],
        ),
        (
            "2027-06-15 화 10:00",
            True,
            [
                "06-16 2027년 5월분 구매 보고 기한",
                "06-22 2027년 5월분 미보고 알림",
                "07-05 2027년 상반기 실무협의회 자료",
            ],
        ),
        (
            "2027-06-18 금 23:00",  # the day itself is still ahead
            False,
            [
                "06-18 2027년 5월분 구매 보고 기한",
                "07-12 2027년 6월분 실적 확정 기한",
                "07-20 2027년 6월분 구매 보고 기한",
            ],
        ),
        (
            "2027-11-25 목 10:00",
            True,
            ["11-25 2027년 마감 전 알림", "11-29 2027년 마감", "12-03 2027년 잠정 순위"],
        ),
        ("2027-12-24 금 18:00", False, ["12-24 2027년 우수부서 발표"]),
        ("2027-12-24 금 18:00", True, []),
    ],
)
def test_what_comes_next(now: str, for_office: bool, found: list[str]) -> None:
    agenda = agenda_of(CITY, DAYS, moment(now), for_office=for_office, most=3)
    shown = [f"{(o.opens if for_office else o.on):%m-%d} {o.label}" for o in agenda.occasions]
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
    agenda = agenda_of(city, WorkingDays(city.calendar), moment(now), for_office=True, most=3)
    assert agenda.unconfirmed == unconfirmed
    assert bool(agenda.occasions) == any_left


def test_staff_see_the_days_that_are_asked_of_them_and_the_office_every_post() -> None:
    plan = year_plan(CITY, DAYS, 2027)
    assert year_of(plan, 2027, for_office=True).occasions == plan
    staff = year_of(plan, 2027, for_office=False).occasions
    assert {o.kind for o in plan} - {o.kind for o in staff} == {
        PostKind.OVERDUE,
        PostKind.CLOSING_COUNTDOWN,
        PostKind.COUNCIL_PACKET,
        PostKind.BONUS_POINTS,
        PostKind.HAND_OVER,
    }
    assert [o.on for o in staff] == sorted(o.on for o in staff)
