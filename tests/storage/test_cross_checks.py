"""Published lists and their cards: kept whole, sent by one, answered once."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from gwannae.programme.contracts import Contract
from gwannae.programme.cross_check_cards import Card, CardAnswer, CardDraft, CheckRun, PublishedSource
from gwannae.programme.organisations import Actor, Organisation, OrganisationKind, OrganisationSeed
from gwannae.storage import cross_checks, organisations
from gwannae.storage import purchase_imports as imports
from gwannae.storage.database import Database, Transaction

AT = datetime(2027, 7, 5, 1, 0, tzinfo=UTC)
OFFICE, STAFF = Actor("T0A1", "U0OFFICE"), Actor("T0A1", "U0STAFF")
LISTED = Contract(2, "안내판 제작", 900_000, date(2027, 6, 2), "번호상사", "1234567891", "R27-1", "roads", "길가꿈과")
UNDATED = Contract(3, "현판", 10_000)


@pytest.fixture
def roads(database: Database) -> Organisation:
    with database.write() as tx:
        organisations.save_organisations(tx, [OrganisationSeed("roads", "길가꿈과", OrganisationKind.DIVISION)])
        found = organisations.by_code(tx, "roads")
    assert found is not None
    return found


def a_list(tx: Transaction, *drafts: CardDraft, key: str = "slack:F1") -> tuple[CheckRun, list[Card]]:
    batch, _ = imports.receive(tx, key, "목록.csv", OFFICE, None, AT)
    run = CheckRun(batch.id, PublishedSource.FILE, 2027)
    assert cross_checks.begin(tx, run)
    cross_checks.finish(tx, run, drafts)
    return run, cross_checks.cards_of(tx, batch.id)


def test_what_a_list_came_to_is_kept_as_it_was(database: Database, roads: Organisation) -> None:
    draft, nobodys = CardDraft(roads, (LISTED, UNDATED), (4, 5), (6,)), CardDraft(None, (UNDATED,))
    with database.write() as tx:
        run, _ = a_list(tx, draft, nobodys)
        done = replace(run, published=9, reported=8, agreed=2, other_years=1, without_amount=3, unread=4)
        cross_checks.finish(tx, done, [draft, nobodys])
    with database.read() as tx:
        assert cross_checks.run_of(tx, run.import_id) == done
        first, second = cross_checks.cards_of(tx, run.import_id)
        assert (first.draft, second.draft, first.sent) == (draft, nobodys, None)
        assert cross_checks.run_of(tx, 99) is None
        assert cross_checks.card(tx, 99) is None


def test_a_file_is_said_to_be_a_list_once(database: Database) -> None:
    with database.write() as tx:
        run, _ = a_list(tx)
        assert not cross_checks.begin(tx, replace(run, year=2026))
        assert cross_checks.run_of(tx, run.import_id) == run


def test_of_twenty_who_press_at_once_one_sends(database: Database, roads: Organisation) -> None:
    with database.write() as tx:
        _, (card,) = a_list(tx, CardDraft(roads, (LISTED,)))
    won: list[bool] = []

    def press() -> None:
        with database.write() as tx:
            won.append(cross_checks.claim(tx, card.id, OFFICE, "T0A1", "C0ROADS", AT))

    threads = [threading.Thread(target=press) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 19 + [True]


def test_what_did_not_go_out_may_be_sent_again_and_what_arrived_may_not(
    database: Database, roads: Organisation
) -> None:
    with database.write() as tx:
        _, (card,) = a_list(tx, CardDraft(roads, (LISTED,)))
        assert cross_checks.claim(tx, card.id, OFFICE, "T0A1", "C0ROADS", AT)
        cross_checks.release(tx, card.id)
        assert cross_checks.claim(tx, card.id, STAFF, "T0A1", "C0ROADS", AT)
        cross_checks.confirm_sent(tx, card.id, "1.1")
        cross_checks.release(tx, card.id)
        kept = cross_checks.card(tx, card.id)
    assert kept is not None
    assert kept.sent is not None
    assert (kept.sent.by_user, kept.sent.ts, kept.sent.at) == ("U0STAFF", "1.1", AT)


def test_an_answer_holds_for_the_next_list_and_is_given_once(database: Database, roads: Organisation) -> None:
    with database.write() as tx:
        _, (card,) = a_list(tx, CardDraft(roads, (LISTED,)))
        assert cross_checks.answer(tx, card, "k", "안내판", CardAnswer.KNOWN, "이월", by=STAFF, at=AT)
        assert not cross_checks.answer(tx, card, "k", "안내판", CardAnswer.NOT_OURS, "아님", by=OFFICE, at=AT)
        _, (later,) = a_list(tx, CardDraft(roads, (LISTED,)), key="slack:F2")
    assert later.answers.keys() == {"k"}
    assert (later.answers["k"].answer, later.answers["k"].reason) == (CardAnswer.KNOWN, "이월")
