"""Processes killed at random, several at once, with a Slack in trouble: each post once, both databases."""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess

import pytest

from gwannae.actions.toolkit import Toolkit
from gwannae.bot.start import toolkit_for
from gwannae.programme.ledger import PostState
from gwannae.readers.city_file import read_city
from gwannae.storage import ledger
from tests import soaking
from tests.databases import PostgresServer, SqliteTemplate
from tests.front_door import CITY_FILE
from tests.handlers.posting_life import TERMS, Birth, begin
from tests.handlers.posting_stage import rows_of, sow_channels
from tests.handlers.stand_in import StandIn, stand_in
from tests.soaking import rounds

# The suite keeps to a minute for all proofs of the ledger; a soak takes the whole measure, again and again.
CHANNELS, KILLS, SEED = (500 if soaking.SECONDS else 60), 10, 0
TROUBLE = {"mute": 0.05, "429": 0.05, "500": 0.05, "500_after": 0.05}
DONE_WITHIN = TERMS.lease + 30 + 30 * bool(soaking.SECONDS)


City = tuple[Toolkit, str]
Cities = Callable[[], AbstractContextManager[City]]


@pytest.fixture(params=["sqlite", "postgresql"])
def cities(request: pytest.FixtureRequest, sqlite_template: SqliteTemplate) -> Cities:
    """A city with its channels, and its database's address: a new one each time."""
    server: PostgresServer | None = None
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")

    @contextmanager
    def fresh() -> Iterator[City]:
        with (
            (server or sqlite_template).fresh() as url,
            toolkit_for(read_city(str(CITY_FILE)), url, upgrade=False) as toolkit,
        ):
            sow_channels(toolkit, CHANNELS)
            yield toolkit, url

    return fresh


def a_birth(city: City, slack: StandIn, **given: object) -> Birth:
    codes = tuple(f"o{n:05}" for n in range(CHANNELS))
    return Birth(city[1], slack.url, codes, datetime.now(UTC), **given)  # type: ignore[arg-type]


def until(reached: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if reached():
            return True
        time.sleep(0.02)
    return reached()


def all_sent(toolkit: Toolkit, count: int = CHANNELS) -> bool:
    with toolkit.database.read() as tx:
        total = ledger.total(tx)
    return total.sent == count and total.holds


def kill(process: BaseProcess) -> None:
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join(10)


def kill_again_and_again(birth: Birth, slack: StandIn, lives: int, chance: random.Random) -> list[BaseProcess]:
    """Ten kills of everything, each within moments of the first post of these lives; the lives that are left."""
    for _ in range(KILLS):
        before = slack.posts
        running = [begin(birth) for _ in range(lives)]
        until(lambda before=before: slack.posts > before or len(slack.counts()) == CHANNELS, 1)  # type: ignore[misc]
        time.sleep(chance.random() * CHANNELS / 2000)
        for process in running:
            kill(process)
    return [begin(birth) for _ in range(lives)]


def once_each(toolkit: Toolkit, slack: StandIn, count: int = CHANNELS) -> None:
    counts = slack.counts()
    assert [key for key, times in counts.items() if times > 1] == []
    assert len(counts) == count
    assert {row.state for row in rows_of(toolkit)} == {PostState.SENT}


@pytest.mark.soak
@pytest.mark.parametrize(("lives", "shares"), [(1, {}), (5, TROUBLE)], ids=["kills", "storm"])
def test_what_is_killed_ten_times_posts_each_once(cities: Cities, lives: int, shares: dict[str, float]) -> None:
    for dice in rounds(SEED):
        with cities() as city:
            killed_ten_times(city, lives, shares, dice)


def killed_ten_times(city: City, lives: int, shares: dict[str, float], dice: random.Random) -> None:
    toolkit, _ = city
    with stand_in(shares=shares) as slack:
        left = kill_again_and_again(a_birth(city, slack), slack, lives, dice)
        try:
            assert until(lambda: all_sent(toolkit), DONE_WITHIN), rows_of(toolkit)[0]
        finally:
            for process in left:
                kill(process)
        once_each(toolkit, slack)
        assert slack.posts <= 1.25 * CHANNELS


@pytest.mark.soak
@pytest.mark.parametrize("lives", [2, 5])
def test_replicas_share_the_posts_and_all_live_to_share_the_next_periods(cities: Cities, lives: int) -> None:
    for _ in rounds(SEED):
        with cities() as city:
            shared_by_replicas(city, lives)


def shared_by_replicas(city: City, lives: int) -> None:
    toolkit, _ = city
    with stand_in() as slack:
        birth = a_birth(city, slack)
        running = [begin(birth) for _ in range(lives)]
        try:
            assert until(lambda: all_sent(toolkit), 30)
            once_each(toolkit, slack)
            assert all(process.is_alive() for process in running)
            assert slack.posts == CHANNELS
        finally:
            for process in running:
                kill(process)


@pytest.mark.soak
def test_connections_that_are_reset_after_the_post_was_taken_double_nothing(cities: Cities) -> None:
    """The SDK's client tries a lost connection again by itself unless it is told not to: one double for each."""
    for _ in rounds(SEED):
        with cities() as city:
            posted_through_resets(city)


def posted_through_resets(city: City) -> None:
    toolkit, _ = city
    with stand_in(shares={"reset": 0.3, "internal_error": 0.2}) as slack:
        life = begin(a_birth(city, slack))
        try:
            assert until(lambda: all_sent(toolkit), DONE_WITHIN)
        finally:
            kill(life)
        once_each(toolkit, slack)
        assert slack.looks >= slack.faults["reset"] > 0


@pytest.mark.soak
def test_tables_that_are_held_for_a_migration_delay_the_posts_and_lose_none(cities: Cities) -> None:
    for _ in rounds(SEED):
        with cities() as city:
            posted_around_a_migration(city)


def posted_around_a_migration(city: City) -> None:
    toolkit, _ = city
    with stand_in() as slack:
        life = begin(a_birth(city, slack))
        try:
            until(lambda: slack.posts > 3, 10)
            with toolkit.database.apart() as connection:
                if toolkit.database.dialect == "sqlite":
                    connection.exec_driver_sql("BEGIN EXCLUSIVE")
                else:
                    connection.exec_driver_sql("LOCK TABLE posts, post_steps IN ACCESS EXCLUSIVE MODE")
                time.sleep(3)
                held = slack.posts
                time.sleep(0.5)
                assert slack.posts - held <= 1  # nothing is sent that could not be written down before
                connection.rollback()
            assert until(lambda: all_sent(toolkit), DONE_WITHIN)
        finally:
            kill(life)
        once_each(toolkit, slack)
