"""Events that Slack delivers again: taken once, remembered for as long as they may come, and no longer."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text as sql

from gwannae.actions.deliveries import first_time
from gwannae.actions.toolkit import Toolkit
from gwannae.storage.database import Database
from tests.actions.importing import FIRST, a_toolkit


@pytest.fixture
def toolkit(sqlite_database: Database) -> Iterator[Toolkit]:
    with a_toolkit(sqlite_database.url) as toolkit:
        yield toolkit


def test_an_event_that_comes_again_within_a_day_has_no_effect(toolkit: Toolkit) -> None:
    assert first_time(toolkit, "Ev1", FIRST)
    assert not first_time(toolkit, "Ev1", FIRST + timedelta(hours=1))
    assert not first_time(toolkit, "Ev1", FIRST + timedelta(days=1))


def test_an_event_without_an_id_is_taken_as_new(toolkit: Toolkit) -> None:
    assert first_time(toolkit, "", FIRST)
    assert first_time(toolkit, "", FIRST)


def test_what_cannot_come_again_is_not_kept_for_ever(toolkit: Toolkit) -> None:
    for day in range(30):
        first_time(toolkit, f"Ev{day}", FIRST + timedelta(days=day))
    with toolkit.database.read() as tx:
        assert tx.execute(sql("SELECT count(*) FROM seen_events")).scalar() == 3
