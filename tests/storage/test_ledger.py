"""The ledger's rows: one of a key whatever happens, and an owner that comes late changes nothing."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from gwannae.programme.ledger import Place, PlannedPost, PostEvent, PostKey, PostKind, PostState, SkipReason
from gwannae.programme.organisations import COMMAND_LINE, OrganisationKind, OrganisationSeed
from gwannae.storage import ledger, ledger_planning, organisations, posting_state
from gwannae.storage.database import Database
from gwannae.storage.ledger import End

NOW = datetime(2027, 5, 10, 1, 0, tzinfo=UTC)  # a Monday
LATER = NOW + timedelta(days=9)
KEY = PostKey(PostKind.REMINDER, "2027-05", "roads", "channel")
PLACE = Place("T1", "C1")


def planned(**changes: object) -> PlannedPost:
    return PlannedPost(replace(KEY, **changes), NOW, LATER)  # type: ignore[arg-type]


def put(database: Database, *posts: PlannedPost, forgotten_until: datetime | None = None) -> int:
    with database.write() as tx:
        return ledger_planning.plan(tx, posts, forgotten_until=forgotten_until)


def the_post(database: Database, key: PostKey = KEY) -> ledger.Post:
    with database.read() as tx:
        found = ledger.by_key(tx, key)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "post",
    [
        planned(),
        planned(organisation=""),
        planned(organisation="1/2% 과"),
        planned(organisation="a\x1fb"),
        planned(recipient="person:U0LEAD", occurrence=3, rehearsal=True),
        replace(planned(occurrence=2), edits=KEY),
        replace(planned(), due=datetime(2027, 5, 10, 1, 0, 0, 123456, tzinfo=UTC)),
    ],
)
def test_a_planned_post_stands_there_as_it_was_planned(database: Database, post: PlannedPost) -> None:
    assert put(database, post) == 1
    with database.read() as tx:
        [row] = ledger.ready(tx, NOW + timedelta(minutes=1), 10)
    assert row.key == post.key
    assert (row.planned_for, row.due, row.useful_until, row.edits) == (
        post.due, post.due, post.useful_until, post.edits
    )  # fmt: skip
    assert (row.state, row.tries, row.look_first) == (PostState.PLANNED, 0, False)


def test_the_same_plan_twice_changes_nothing_and_the_database_refuses_a_second_row(database: Database) -> None:
    both = [planned(), planned(organisation="parks")]
    assert put(database, *both) == 2
    assert put(database, *both) == 0
    columns = "kind, period, organisation, recipient, occurrence, rehearsal, state, planned_for, due, useful_until"
    rest = "tries, look_first, team_id, channel_id, ts, problem"
    copy = f"INSERT INTO posts ({columns}, {rest}) SELECT {columns}, {rest} FROM posts"  # noqa: S608
    with pytest.raises(IntegrityError, match=r"(?i)unique"), database.write() as tx:
        tx.execute(text(copy))


def test_many_planners_at_once_make_each_row_once(database: Database) -> None:
    posts = [planned(organisation=f"o{n}") for n in range(50)]
    threads = [threading.Thread(target=put, args=(database, *posts)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as tx:
        assert ledger.total(tx).planned == 50


def test_of_many_who_reach_for_a_post_one_has_it(database: Database) -> None:
    put(database, planned())
    post, got = the_post(database), list[str]()

    def reach(owner: str) -> None:
        with database.write() as tx:
            if ledger.claim(tx, post.id, owner, NOW, LATER, PLACE) is not None:
                got.append(owner)

    threads = [threading.Thread(target=reach, args=(f"owner{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [the_post(database).owner] == got


def test_an_owner_that_was_replaced_changes_nothing_whatever_it_says(database: Database) -> None:
    put(database, planned())
    with database.write() as tx:
        claimed = ledger.claim(tx, the_post(database).id, "first", NOW, LATER, PLACE)
        assert claimed is not None
    with database.write() as tx:
        taken = ledger.take_over(tx, claimed, "second", NOW, LATER)
        assert taken is not None
        assert taken.look_first
        assert ledger.take_over(tx, claimed, "third", NOW, LATER) is None
    skip = End(PostState.SKIPPED, PostEvent.SKIPPED, LATER, reason=SkipReason.NOTHING_OWED)
    with database.write() as tx:
        assert not ledger.end(tx, claimed.id, "first", skip, NOW)
        assert not ledger.looked_in_vain(tx, claimed.id, "first", NOW)
        assert not ledger.confirm(tx, claimed.id, "first", PLACE, "1.2", NOW)
    row = the_post(database)
    assert (row.state, row.owner, row.look_first, row.ts) == (PostState.SENDING, "second", True, "")


def test_what_is_due_later_paused_or_too_late_cannot_be_claimed(database: Database) -> None:
    put(database, planned())
    post = the_post(database)

    def claims(now: datetime) -> bool:
        with database.write() as tx:
            return ledger.claim(tx, post.id, "me", now, LATER, PLACE) is not None

    assert not claims(NOW - timedelta(seconds=1))
    assert not claims(LATER)
    with database.write() as tx:
        posting_state.pause(tx, "organisation", "roads", COMMAND_LINE, NOW)
    assert not claims(NOW)
    with database.write() as tx:
        posting_state.resume(tx, "organisation", "roads")
    assert claims(NOW)


def test_what_may_have_been_sent_in_a_forgotten_life_is_looked_for_first(database: Database) -> None:
    put(database, planned(), forgotten_until=NOW)
    put(database, planned(organisation="parks"), forgotten_until=NOW - timedelta(seconds=1))
    assert the_post(database).look_first
    assert not the_post(database, replace(KEY, organisation="parks")).look_first


def test_organisations_without_a_row_are_named(database: Database) -> None:
    with database.write() as tx:
        seeds = [OrganisationSeed(code, code, OrganisationKind.DIVISION) for code in ("roads", "parks", "gone")]
        gone = organisations.save_organisations(tx, seeds).added[-1]
        organisations.set_active(tx, gone.id, active=False)
        new = OrganisationSeed("new", "새로 생긴 곳", OrganisationKind.DIVISION)
        organisations.save_organisations(tx, [new], since=date(2027, 5, 11))
    put(database, planned())
    with database.read() as tx:
        assert ledger_planning.organisations_without(tx, KEY, date(2027, 5, 10)) == ["parks"]
        assert ledger_planning.organisations_without(tx, KEY, date(2027, 5, 11)) == ["new", "parks"]
        again = replace(KEY, occurrence=2)
        assert ledger_planning.organisations_without(tx, again, date(2027, 5, 10)) == ["parks", "roads"]
        rehearsed = replace(KEY, rehearsal=True)
        assert ledger_planning.organisations_without(tx, rehearsed, date(2027, 5, 10)) == ["parks", "roads"]


def test_the_pace_is_kept_by_all_and_a_far_moment_was_written_by_a_clock_that_was_ahead(database: Database) -> None:
    places = [("T1", 0.2), ("T1/C1", 1.0)]
    ahead = timedelta(seconds=5)
    with database.write() as tx:
        assert posting_state.reserve(tx, places, NOW, ahead) == (NOW, True)
        assert posting_state.reserve(tx, places, NOW, ahead) == (NOW + timedelta(seconds=1), True)
        assert posting_state.reserve(tx, [("T1", 0.2)], NOW, ahead) == (NOW + timedelta(seconds=1.2), True)
        posting_state.hold(tx, "T1", NOW + timedelta(seconds=30))
        assert posting_state.reserve(tx, places, NOW, ahead) == (NOW + timedelta(seconds=30), False)
        posting_state.hold(tx, "T1", NOW + timedelta(days=2))
        assert posting_state.reserve(tx, [("T1", 0.2)], NOW, ahead) == (NOW, True)
