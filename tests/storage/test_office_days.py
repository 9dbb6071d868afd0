"""The office's word for single days: the latest one holds, and two people at once end with one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from gwannae.programme.working_days import OfficeDay
from gwannae.storage import office_days
from gwannae.storage.database import Database
from tests.builders import OFFICER, REPORTER

NOW = datetime(2027, 6, 15, 1, 0, tzinfo=UTC)
ELECTION = OfficeDay(date(2027, 6, 10), True, "선거일")


def said(database: Database) -> list[OfficeDay]:
    with database.read() as tx:
        return office_days.every_day(tx)


def test_the_latest_word_for_a_day_holds(database: Database) -> None:
    worked = OfficeDay(date(2027, 5, 1), False, "대체 근무")
    with database.write() as tx:
        for word in (ELECTION, worked, OfficeDay(ELECTION.day, True, "임시공휴일")):
            office_days.say(tx, word, by=OFFICER, at=NOW)
    assert said(database) == [worked, OfficeDay(ELECTION.day, True, "임시공휴일")]
    with database.read() as tx:
        assert office_days.word_for(tx, worked.day) == worked
        assert office_days.word_for(tx, date(2027, 5, 2)) is None


def test_a_word_is_taken_back_once(database: Database) -> None:
    with database.write() as tx:
        office_days.say(tx, ELECTION, by=OFFICER, at=NOW)
    with database.write() as tx:
        assert office_days.forget(tx, ELECTION.day)
        assert not office_days.forget(tx, ELECTION.day)
    assert said(database) == []


def test_two_people_at_once_leave_one_word(database: Database) -> None:
    def say(name: str) -> None:
        with database.write() as tx:
            office_days.say(tx, OfficeDay(ELECTION.day, True, name), by=REPORTER, at=NOW)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(say, [f"임시공휴일 {n}" for n in range(8)]))
    assert len(said(database)) == 1


def test_a_day_without_a_name_is_refused_by_the_database(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as tx:
        office_days.say(tx, OfficeDay(ELECTION.day, True, ""), by=OFFICER, at=NOW)
    assert said(database) == []
