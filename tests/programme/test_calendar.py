"""What a year holds and when, by dated examples: due on the 10th, else on the next working day; quarters and halves."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from gwannae.programme.calendar import Occasion, coming, of_kind, weekly_digests, year_plan
from gwannae.programme.city import City, HolidayRule
from gwannae.programme.ledger import PostKind
from gwannae.programme.periods import Cycle, CycleRule, label_of
from gwannae.programme.send_windows import SendWindows
from gwannae.programme.working_days import OfficeDay, UnconfirmedYearError, WorkingDays
from gwannae.programme.year_rules import MonthDay, YearRules
from gwannae.readers.city_file import read_city
from tests.dated_days import SEOUL, day, moment

RULES = YearRules(half_year_confirmation=20)


@pytest.fixture(scope="module")
def city() -> City:
    """A made-up city with the usual rhythm."""
    made_up = read_city(str(Path(__file__).parent.parent / "cities" / "haetnim.toml"))
    calendar = replace(
        made_up.calendar, due_day=10, due_on_holiday=HolidayRule.NEXT, holidays_confirmed_until=date(2028, 12, 31)
    )
    quarters = CycleRule(date(2026, 1, 1), Cycle.QUARTER, 20)
    return replace(made_up, calendar=calendar, cycles=(quarters,), year_rules=(RULES,))


def plan(city: City, year: int, *office: OfficeDay) -> tuple[Occasion, ...]:
    """The year of a city."""
    return year_plan(city, WorkingDays(city.calendar, office), year)


def told(one: Occasion) -> tuple[str, str, str, str]:
    """An occasion as the tables write it: what, its day, when it opens, until when it is useful (exclusive)."""
    what = " ".join(
        (one.kind.value, one.period, *([f"d{one.occurrence}"] if one.kind is PostKind.CLOSING_COUNTDOWN else []))
    )
    return what, f"{one.on}", f"{one.opens:%Y-%m-%d %H:%M}", f"{one.useful_until:%Y-%m-%d}"


def test_a_whole_year_in_the_order_in_which_it_opens(city: City) -> None:
    assert [told(one) for one in plan(city, 2027)] == [
        ("guidance 2027", "2027-01-04", "2027-01-04 09:30", "2027-03-01"),
        ("hand_over 2027-01", "2027-01-08", "2027-01-08 09:30", "2027-02-01"),
        ("confirmation 2026-Q4", "2027-01-15", "2027-01-11 09:30", "2027-02-02"),
        ("confirmation 2026-H2", "2027-01-20", "2027-01-14 09:30", "2027-02-01"),
        ("bonus_points 2026", "2027-01-20", "2027-01-20 09:30", "2027-03-01"),
        ("reminder 2027-01", "2027-02-10", "2027-02-03 09:30", "2027-02-11"),  # 설날 lies between
        ("overdue 2027-01", "2027-02-10", "2027-02-11 09:30", "2027-03-01"),
        ("reminder 2027-02", "2027-03-10", "2027-03-05 09:30", "2027-03-11"),
        ("overdue 2027-02", "2027-03-10", "2027-03-11 09:30", "2027-04-01"),
        ("reminder 2027-03", "2027-04-12", "2027-04-07 09:30", "2027-04-13"),  # 4.10. is a Saturday
        ("confirmation 2027-Q1", "2027-04-14", "2027-04-08 09:30", "2027-05-01"),
        ("overdue 2027-03", "2027-04-12", "2027-04-13 09:30", "2027-05-01"),
        ("reminder 2027-04", "2027-05-10", "2027-05-04 09:30", "2027-05-11"),  # 어린이날 lies between
        ("overdue 2027-04", "2027-05-10", "2027-05-11 09:30", "2027-06-01"),
        ("reminder 2027-05", "2027-06-10", "2027-06-07 09:30", "2027-06-11"),
        ("overdue 2027-05", "2027-06-10", "2027-06-11 09:30", "2027-07-01"),
        ("hand_over 2027-07", "2027-07-07", "2027-07-07 09:30", "2027-08-01"),
        ("reminder 2027-06", "2027-07-12", "2027-07-07 09:30", "2027-07-13"),
        ("confirmation 2027-Q2", "2027-07-14", "2027-07-08 09:30", "2027-07-31"),
        ("council_packet 2027-H1", "2027-07-15", "2027-07-08 09:30", "2027-07-29"),
        ("overdue 2027-06", "2027-07-12", "2027-07-13 09:30", "2027-08-01"),
        ("confirmation 2027-H1", "2027-07-20", "2027-07-13 09:30", "2027-08-01"),
        ("reminder 2027-07", "2027-08-10", "2027-08-05 09:30", "2027-08-11"),
        ("overdue 2027-07", "2027-08-10", "2027-08-11 09:30", "2027-09-01"),
        ("reminder 2027-08", "2027-09-10", "2027-09-07 09:30", "2027-09-11"),
        ("overdue 2027-08", "2027-09-10", "2027-09-13 09:30", "2027-10-01"),
        ("reminder 2027-09", "2027-10-12", "2027-10-06 09:30", "2027-10-13"),  # 10.10. Sunday, 10.11. for 한글날
        ("confirmation 2027-Q3", "2027-10-18", "2027-10-12 09:30", "2027-11-02"),
        ("overdue 2027-09", "2027-10-12", "2027-10-13 09:30", "2027-11-01"),
        ("reminder 2027-10", "2027-11-10", "2027-11-05 09:30", "2027-11-11"),
        ("overdue 2027-10", "2027-11-10", "2027-11-11 09:30", "2027-12-01"),
        ("closing_countdown 2027 d10", "2027-11-30", "2027-11-16 09:30", "2027-11-23"),
        ("closing_countdown 2027 d5", "2027-11-30", "2027-11-23 09:30", "2027-11-29"),
        ("closing_countdown 2027 d1", "2027-11-30", "2027-11-29 09:30", "2027-12-01"),
        ("closing 2027", "2027-11-30", "2027-12-01 09:30", "2027-12-15"),
        ("preliminary_standings 2027", "2027-12-03", "2027-12-03 09:30", "2027-12-11"),
        ("council_packet 2027-H2", "2027-12-15", "2027-12-08 09:30", "2027-12-29"),
        ("final_standings 2027", "2027-12-13", "2027-12-13 09:30", "2028-01-01"),
        ("announcement 2027", "2027-12-20", "2027-12-20 09:30", "2028-02-01"),
    ]


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_every_post_opens_inside_a_window_before_it_is_useless_and_stands_there_once(city: City, year: int) -> None:
    windows = SendWindows(city.year_rules, WorkingDays(city.calendar), city.zone)
    found = plan(city, year)
    assert found
    for one in (*found, *weekly_digests(city, WorkingDays(city.calendar), year)):
        assert windows.may_send(one.opens), one
        assert one.opens < one.useful_until, one
        assert bool(one.moved) == (one.meant != one.on), one
        assert label_of(one.period), one
    keys = [(one.kind, one.period, one.occurrence) for one in found]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("rule", HolidayRule)
def test_whatever_days_the_office_takes_off_every_post_keeps_a_moment_at_which_it_may_go_out(
    city: City, rule: HolidayRule
) -> None:
    ruled = replace(city, calendar=replace(city.calendar, due_on_holiday=rule))
    chance = Random(2027)  # noqa: S311 - the same days at every run
    usual = [(one.kind, one.period, one.occurrence) for one in plan(ruled, 2027)]
    for _ in range(60):
        first = date(2027, 1, 1) + timedelta(days=chance.randrange(350))
        off = [first + timedelta(days=n) for n in range(chance.randrange(1, 15))]
        single = [date(2027, 1, 1) + timedelta(days=n) for n in chance.sample(range(365), 20)]
        days = WorkingDays(ruled.calendar, [OfficeDay(day, chance.random() < 0.9, "휴무") for day in {*off, *single}])
        windows = SendWindows(ruled.year_rules, days, ruled.zone)
        found = year_plan(ruled, days, 2027)
        assert sorted((one.kind, one.period, one.occurrence) for one in found) == sorted(usual)
        for one in found:
            assert windows.may_send(one.opens), one
            assert one.opens < one.useful_until, one
            assert rule is HolidayRule.AS_IS or days.is_working(one.on), one


@pytest.mark.parametrize(
    ("rule", "month", "on", "why"),
    [
        (HolidayRule.NEXT, 4, "2027-04-12 월", ["토요일", "일요일"]),
        (HolidayRule.PREVIOUS, 4, "2027-04-09 금", ["토요일"]),
        (HolidayRule.AS_IS, 4, "2027-04-10 토", []),
        (HolidayRule.NEXT, 10, "2027-10-12 화", ["일요일", "한글날 대체 휴일"]),
        (HolidayRule.PREVIOUS, 10, "2027-10-08 금", ["한글날", "일요일"]),
        (HolidayRule.NEXT, 6, "2027-06-10 목", []),
    ],
)
def test_a_due_day_moves_by_the_citys_rule_and_says_why(
    city: City, rule: HolidayRule, month: int, on: str, why: list[str]
) -> None:
    ruled = replace(city, calendar=replace(city.calendar, due_on_holiday=rule))
    found = next(o for o in of_kind(plan(ruled, 2027), PostKind.REMINDER) if o.meant == date(2027, month, 10))
    assert (found.on, [off.name for off in found.moved]) == (day(on), why)


def test_a_holiday_that_the_office_adds_on_the_day_itself_moves_what_was_to_go_out(city: City) -> None:
    before = next(o for o in plan(city, 2027) if o.kind is PostKind.GUIDANCE)
    assert before.opens == moment("2027-01-04 월 09:30")
    added = OfficeDay(day("2027-01-04 월"), True, "임시공휴일")
    after = next(o for o in plan(city, 2027, added) if o.kind is PostKind.GUIDANCE)
    assert after.opens == moment("2027-01-05 화 09:30")


def test_a_year_of_29_february_and_of_the_rules_that_begin_with_it(city: City) -> None:
    from_2028 = replace(RULES, valid_from=date(2028, 1, 1), closing=MonthDay(11, 18), closing_countdown=(2,))
    ruled = replace(city, year_rules=(RULES, from_2028), calendar=replace(city.calendar, due_day=28))
    found = {(o.kind, o.period, o.occurrence): o for o in plan(ruled, 2028)}
    february = found[PostKind.REMINDER, "2028-01", 1]
    assert (february.on, february.opens) == (day("2028-02-28 월"), moment("2028-02-23 수 09:30"))
    assert found[PostKind.OVERDUE, "2028-01", 1].opens == moment("2028-02-29 화 09:30")
    assert found[PostKind.CLOSING_COUNTDOWN, "2028", 2].opens == moment("2028-11-16 목 09:30")
    assert found[PostKind.CLOSING, "2028", 1].on == day("2028-11-20 월")  # 11.18. is a Saturday
    assert not [key for key in found if key[2] == 10]
    assert [o.on for o in of_kind(plan(ruled, 2027), PostKind.CLOSING)] == [day("2027-11-30 화")]


def test_a_city_that_confirms_monthly_is_asked_monthly_and_not_for_halves(city: City) -> None:
    monthly = replace(
        city,
        cycles=(CycleRule(date(2026, 1, 1), Cycle.MONTH, 20),),
        year_rules=(replace(RULES, half_year_confirmation=None),),
    )
    found = of_kind(plan(monthly, 2027), PostKind.CONFIRMATION)
    assert [one.period for one in found] == ["2026-12", *(f"2027-{month:02}" for month in range(1, 12))]


def test_a_month_is_reminded_of_when_it_is_over_however_early_its_due_day_is(city: City) -> None:
    early = replace(
        city,
        calendar=replace(city.calendar, due_day=2),
        year_rules=(replace(RULES, reminder_days_before=10, confirmation_working_day=2, confirmation_days_before=10),),
    )
    for one in of_kind(plan(early, 2027), PostKind.REMINDER, PostKind.CONFIRMATION):
        assert one.opens.month == one.meant.month, one


def test_a_year_that_nobody_confirmed_has_no_plan(city: City) -> None:
    short = replace(city, calendar=replace(city.calendar, holidays_confirmed_until=date(2027, 12, 31)))
    assert plan(short, 2027)
    with pytest.raises(UnconfirmedYearError) as raised:
        plan(short, 2028)
    assert raised.value.year == 2028


@pytest.mark.parametrize(
    ("now", "days_ahead", "found", "unconfirmed"),
    [
        (
            "2027-02-01 월 10:00",
            3,
            ["guidance 2027", "bonus_points 2026", "confirmation 2026-Q4", "reminder 2027-01"],
            None,
        ),
        ("2027-08-15 일 10:00", 1, ["overdue 2027-07"], None),
        ("2027-12-31 금 10:00", 0, ["final_standings 2027", "announcement 2027"], None),
        ("2027-12-31 금 10:00", 7, ["final_standings 2027", "announcement 2027"], 2028),  # 2028 is reached
        ("2028-01-10 월 10:00", 0, ["announcement 2027"], 2028),  # last year's is still useful
    ],
)  # fmt: skip
def test_what_is_open_or_opens_soon_whichever_year_it_is_of(
    city: City, now: str, days_ahead: int, found: list[str], unconfirmed: int | None
) -> None:
    short = replace(city, calendar=replace(city.calendar, holidays_confirmed_until=date(2027, 12, 31)))
    near = coming(short, WorkingDays(short.calendar), moment(now), timedelta(days=days_ahead))
    assert sorted(f"{o.kind.value} {o.period}" for o in near.occasions) == sorted(found)
    assert near.unconfirmed == unconfirmed


def test_at_every_hour_of_two_years_what_is_coming_is_what_the_plans_say(city: City) -> None:
    days = WorkingDays(city.calendar)
    every = [*plan(city, 2026), *plan(city, 2027), *plan(city, 2028)]
    now = datetime(2027, 1, 1, tzinfo=SEOUL)
    while now.year < 2028:
        near = coming(city, days, now, timedelta(0)).occasions
        assert set(near) == {o for o in every if o.opens <= now < o.useful_until}
        now += timedelta(hours=37)


def test_the_weekly_digest_moves_inside_its_week_and_stays_out_where_there_is_no_working_day(city: City) -> None:
    found = {o.period: o for o in weekly_digests(city, WorkingDays(city.calendar), 2027)}
    assert found["2027-W01"].on == day("2027-01-04 월")
    assert found["2027-W06"].on == day("2027-02-10 수")  # 설날
    assert found["2027-W06"].useful_until == moment("2027-02-15 월 00:00")
    assert len(found) == 52
    week = [OfficeDay(date(2027, 6, 14) + timedelta(days=n), True, "임시공휴일") for n in range(5)]
    assert "2027-W24" not in {o.period for o in weekly_digests(city, WorkingDays(city.calendar, week), 2027)}


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("2027-05", "2027년 5월분"),
        ("2027-Q2", "2027년 2분기"),
        ("2027-H1", "2027년 상반기"),
        ("2027-H2", "2027년 하반기"),
        ("2027", "2027년"),
        ("2027-W23", "2027년 23주"),
        ("2027-H3", "2027-H3"),
        ("", ""),
    ],
)
def test_every_period_has_the_words_that_offices_use(key: str, label: str) -> None:
    assert label_of(key) == label
