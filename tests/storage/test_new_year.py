"""What people say of a new year's settings, and the press that opens it: each once, whoever comes at the same time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from gwannae.programme.ledger import PlannedPost, PostKey, PostKind
from gwannae.programme.new_year import OF_THE_YEAR, Opening
from gwannae.programme.organisations import Actor
from gwannae.storage import ledger, ledger_planning, new_year
from gwannae.storage.database import Database
from tests.builders import OFFICER, REPORTER

NOW = datetime(2028, 1, 21, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_the_latest_word_for_a_setting_holds_and_is_taken_back_once(database: Database) -> None:
    with database.write() as tx:
        new_year.say(tx, 2028, "cycles", {"report": "month"}, by=REPORTER, at=NOW)
        new_year.say(tx, 2028, "cycles", {"report": "quarter", "words": ["가", "나"]}, by=OFFICER, at=NOW + HOUR)
        new_year.say(tx, 2029, "cycles", {}, by=OFFICER, at=NOW)
    with database.read() as tx:
        (said,) = new_year.said_of(tx, 2028).values()
    assert (said.key, said.values) == ("cycles", {"report": "quarter", "words": ["가", "나"]})
    assert (said.at, said.user_id) == (NOW + HOUR, OFFICER.user_id)
    with database.write() as tx:
        assert new_year.forget(tx, 2028, "cycles")
        assert not new_year.forget(tx, 2028, "cycles")
        assert new_year.said_of(tx, 2028) == {}
        assert list(new_year.said_of(tx, 2029)) == ["cycles"]


def test_of_presses_at_once_one_opens_the_year(database: Database) -> None:
    def press(_: int) -> bool:
        with database.write() as tx:
            return new_year.open_year(tx, 2028, by=OFFICER, at=NOW)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(press, range(8))) == [False] * 7 + [True]
    with database.write() as tx:
        assert new_year.opening(tx, 2028) == Opening(2028, NOW, OFFICER.team_id, OFFICER.user_id)
        assert new_year.opening(tx, 2029) is None
        assert new_year.close_year(tx, 2028)
        assert not new_year.close_year(tx, 2028)
        assert new_year.opening(tx, 2028) is None


def sent(database: Database, kind: PostKind, period: str, at: datetime, *, rehearsal: bool = False) -> None:
    key = PostKey(kind, period, "roads", "channel", rehearsal=rehearsal)
    with database.write() as tx:
        ledger_planning.plan(tx, [PlannedPost(key, at, at + 24 * HOUR)])
        post = ledger.by_key(tx, key)
        assert post is not None
        ledger.change(tx, post.id, state="sent", sent_at=at)


def test_what_has_gone_out_under_the_opened_year_is_counted(database: Database) -> None:
    sent(database, PostKind.GUIDANCE, "2028", NOW - HOUR)  # before the press
    sent(database, PostKind.REMINDER, "2027-11", NOW + HOUR)  # of the year before
    sent(database, PostKind.WEEKLY_DIGEST, "2028-01-24", NOW + HOUR)  # rests on no setting of the year
    sent(database, PostKind.REMINDER, "2028-02", NOW + HOUR, rehearsal=True)
    with database.read() as tx:
        assert new_year.sent_since(tx, 2028, OF_THE_YEAR, NOW) == 0
    sent(database, PostKind.REMINDER, "2028-01", NOW + HOUR)
    sent(database, PostKind.CONFIRMATION, "2028-Q1", NOW)
    with database.read() as tx:
        assert new_year.sent_since(tx, 2028, OF_THE_YEAR, NOW) == 2


def test_a_word_of_nobody_is_refused_by_the_database(database: Database) -> None:
    nobody = Actor("T1", "")
    with pytest.raises(IntegrityError), database.write() as tx:
        new_year.say(tx, 2028, "cycles", {}, by=nobody, at=NOW)
    with pytest.raises(IntegrityError), database.write() as tx:
        new_year.open_year(tx, 2028, by=nobody, at=NOW)
