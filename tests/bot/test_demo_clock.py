"""The demo's clock: it stands on a fixed day until it is set forward, and the time between is lived through."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest

from gwannae.actions.toolkit import Toolkit
from gwannae.bot.demo_clock import DemoClock, DemoHand
from gwannae.bot.start import toolkit_for
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.working_days import OfficeDay
from gwannae.readers.city_file import read_city
from gwannae.sandbox.clock_hand import ClockHand
from gwannae.storage import office_days
from gwannae.storage.database import Database
from tests.dated_days import moment
from tests.front_door import CITY_FILE

CITY = read_city(str(CITY_FILE))


class Monotonic:
    """Seconds in the test's hands."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@contextmanager
def scene(database: Database) -> Iterator[tuple[Toolkit, DemoClock, list[datetime], ClockHand]]:
    """A toolkit whose clock has a hand, and the moments at which the bot was asked for what it does by itself."""
    clock, asked = DemoClock(CITY, Monotonic()), []

    async def ask(at: datetime) -> None:
        assert clock() == at
        asked.append(at)

    with toolkit_for(CITY, str(database.url), clock) as toolkit:
        yield toolkit, clock, asked, DemoHand(toolkit, clock, ask, lambda: None).hand()


def test_a_clock_that_nobody_sets_never_reaches_the_next_day() -> None:
    monotonic = Monotonic()
    clock = DemoClock(CITY, monotonic)
    assert clock() == moment("2027-06-15 화 10:00")
    monotonic.seconds = 90
    assert clock() == moment("2027-06-15 화 10:01") + timedelta(seconds=30)
    for hours in range(200):
        monotonic.seconds = hours * 3600
        assert clock().date() == date(2027, 6, 15)


@pytest.mark.parametrize("at", ["2027-06-16 수 09:30", "2027-06-16 수 23:00", "2027-06-16 수 23:59"])
def test_a_clock_that_was_set_runs_on_from_there_until_night(at: str) -> None:
    monotonic = Monotonic()
    clock = DemoClock(CITY, monotonic)
    clock.set(moment(at))
    assert clock() == moment(at)
    for seconds in range(0, 100_000, 7):
        monotonic.seconds = seconds
        assert moment(at) <= clock() < moment("2027-06-17 목 00:00")


async def test_the_bot_is_asked_at_each_opening_on_the_way_and_at_the_end(sqlite_database: Database) -> None:
    with scene(sqlite_database) as (_, clock, asked, hand):
        said = await hand.move(moment("2027-06-21 월 12:00"))
        assert said == "2027. 6. 21.(월) 12:00입니다."
        assert clock() == moment("2027-06-21 월 12:00")
    days = ["2027-06-16 수", "2027-06-17 목", "2027-06-18 금", "2027-06-21 월"]
    expected = [moment(f"{day} {clock}") for day in days for clock in ("10:00", "10:50", "14:00", "14:50")]
    assert asked[:2] == [moment("2027-06-15 화 10:50"), moment("2027-06-15 화 14:00")]
    assert asked[3:-1] == expected[:-2]
    assert asked[-1] == moment("2027-06-21 월 12:00")
    assert asked == sorted(set(asked))


async def test_a_day_off_of_the_office_has_no_opening(sqlite_database: Database) -> None:
    with scene(sqlite_database) as (toolkit, _, asked, hand):
        with toolkit.database.write() as tx:
            word = OfficeDay(date(2027, 6, 16), True, "임시공휴일")
            office_days.say(tx, word, by=COMMAND_LINE, at=toolkit.clock())
        await hand.move(moment("2027-06-17 목 09:00"))
    assert not [at for at in asked if at.date() == date(2027, 6, 16)]


async def test_a_whole_year_passes_in_seconds_through_a_year_that_nobody_confirmed(sqlite_database: Database) -> None:
    with scene(sqlite_database) as (_, clock, asked, hand):
        begun = time.monotonic()
        await hand.move(moment("2028-06-15 목 10:00"))
        assert time.monotonic() - begun < 10
        assert clock() == moment("2028-06-15 목 10:00")
        assert {at.year for at in asked} == {2027, 2028}  # that 2028 has no plan must be said, so the bot is asked


async def test_the_next_post_a_day_and_a_week_are_offered(sqlite_database: Database) -> None:
    with scene(sqlite_database) as (_, _, asked, hand):
        steps = hand.steps()
        assert [(step.label, step.moment) for step in steps] == [
            ("다음 안내까지: 2027. 6. 16.(수) 10:00", moment("2027-06-16 수 10:00")),
            ("하루 뒤", moment("2027-06-16 수 10:00")),
            ("일주일 뒤", moment("2027-06-22 화 10:00")),
        ]
        await hand.move(steps[0].moment)
        assert asked[-1] == steps[0].moment
        assert hand.steps()[0].label == "다음 안내까지: 2027. 6. 22.(화) 10:00"
        assert hand.on_day(date(2027, 7, 1)) == moment("2027-07-01 목 10:00")


async def test_without_anybody_to_ask_the_clock_goes_forward_all_the_same(sqlite_database: Database) -> None:
    clock = DemoClock(CITY, Monotonic())
    with toolkit_for(CITY, str(sqlite_database.url), clock) as toolkit:
        await DemoHand(toolkit, clock, None, lambda: None).hand().move(moment("2027-07-01 목 10:00"))
    assert clock() == moment("2027-07-01 목 10:00")
