"""Synonyms and missing words as the office keeps them: who may, what is written down, how soon it works."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from gwannae.actions import missing_words as missing
from gwannae.actions import words as keep
from gwannae.actions.meanings import CHECK_EVERY, MeaningKeeper
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.meaning import Meaning
from gwannae.programme.missing import MissingList, MissingMarked, MissingState
from gwannae.programme.organisations import COMMAND_LINE, Actor, Role
from gwannae.programme.word_groups import (
    SynonymAdded,
    SynonymRefused,
    SynonymRemoved,
    WordFault,
    WordGroup,
    WordsLoaded,
    WordSource,
)
from gwannae.storage import affiliations, audit, organisations
from gwannae.storage.database import Database
from tests.actions.importing import FIRST, a_toolkit

OFFICE, STAFF = Actor("T1", "U0OFFICE"), Actor("T1", "U0STAFF")
PRINT = WordGroup("인쇄", items=(("명함",),))


@pytest.fixture
def toolkit(database: Database) -> Iterator[Toolkit]:
    with a_toolkit(database.url) as opened:
        with opened.database.write() as tx:
            (office,) = organisations.by_name(tx, opened.city.programme_office)
            for actor, role in ((OFFICE, Role.OFFICE), (STAFF, Role.STAFF)):
                affiliations.add_affiliation(
                    tx,
                    actor.team_id,
                    actor.user_id,
                    office.id,
                    role,
                    self_declared=False,
                    since=FIRST.date(),
                    by=COMMAND_LINE,
                )
        yield opened


class Seconds:
    """Seconds in the test's hands."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def written(toolkit: Toolkit, *events: AuditEvent) -> list[AuditEntry]:
    with toolkit.database.read() as tx:
        return [entry for entry in audit.entries(tx)[::-1] if entry.event in events]


def instead(keeper: MeaningKeeper, toolkit: Toolkit, word: str) -> list[str]:
    with toolkit.database.read() as tx:
        return [w.word for w in keeper.current(tx).widen(word)]


def test_a_synonym_works_in_every_process_within_two_seconds(toolkit: Toolkit, database: Database) -> None:
    seconds = Seconds()
    here, there = MeaningKeeper(lambda: (PRINT,), seconds), MeaningKeeper(lambda: (PRINT,), seconds)
    with database.read() as tx:
        assert there.current(tx).widen("이름쪽지") == ()
    assert instead(here, toolkit, "이름쪽지") == []
    added = keep.add_synonym(toolkit, OFFICE, " 이름 쪽지 ", "명함", FIRST)
    assert isinstance(added, SynonymAdded)
    assert (added.synonym.word, added.fresh) == ("이름 쪽지", True)
    seconds.now += CHECK_EVERY
    assert instead(here, toolkit, "이름쪽지") == ["명함", "인쇄"]
    with database.read() as tx:
        assert [w.word for w in there.current(tx).widen("이름쪽지")] == ["명함", "인쇄"]
    keep.remove_synonym(toolkit, OFFICE, added.synonym.id, FIRST)
    seconds.now += CHECK_EVERY
    assert instead(here, toolkit, "이름쪽지") == []


def test_the_meaning_is_at_hand_for_a_second_without_the_database(toolkit: Toolkit) -> None:
    seconds = Seconds()
    keeper = MeaningKeeper(lambda: (PRINT,), seconds)
    assert keeper.at_hand() is None
    with toolkit.database.read() as tx:
        first = keeper.current(tx)
    assert keeper.at_hand() is first
    seconds.now += CHECK_EVERY
    assert keeper.at_hand() is None
    with toolkit.database.read() as tx:
        assert keeper.current(tx) is first  # nothing has changed: nothing is built anew


def test_what_is_nearer_to_the_city_comes_first(toolkit: Toolkit) -> None:
    own = WordGroup("이름패 가게", items=(("명함",),), source=WordSource.CITY)
    official = WordGroup("종이 제품", items=(("명함",),), source=WordSource.OFFICIAL)
    keep.load_words(toolkit, OFFICE, WordSource.OFFICIAL, "ksic_index", [official], FIRST)
    keep.load_words(toolkit, OFFICE, WordSource.CITY, "city", [own], FIRST)
    keep.add_synonym(toolkit, OFFICE, "명함", "이름카드", FIRST)
    found = instead(MeaningKeeper(lambda: (PRINT,), Seconds()), toolkit, "명함")
    assert found == ["이름카드", "이름패 가게", "인쇄", "종이 제품"]


def test_each_change_is_in_the_audit_log_once(toolkit: Toolkit) -> None:
    added = keep.add_synonym(toolkit, OFFICE, "족구공", "체육용품", FIRST)
    again = keep.add_synonym(toolkit, OFFICE, "족구공", "체육용품", FIRST)
    assert isinstance(added, SynonymAdded)
    assert isinstance(again, SynonymAdded)
    assert not again.fresh
    assert keep.remove_synonym(toolkit, OFFICE, added.synonym.id, FIRST) == SynonymRemoved(added.synonym)
    assert keep.remove_synonym(toolkit, OFFICE, added.synonym.id, FIRST) == SynonymRemoved(None)
    entries = written(toolkit, AuditEvent.SYNONYM_ADDED, AuditEvent.SYNONYM_REMOVED)
    assert [(e.event, e.user_id, e.detail) for e in entries] == [
        (AuditEvent.SYNONYM_ADDED, "U0OFFICE", {"word": "족구공", "means": "체육용품"}),
        (AuditEvent.SYNONYM_REMOVED, "U0OFFICE", {"word": "족구공", "means": "체육용품"}),
    ]


def test_only_the_office_keeps_words_and_each_refusal_is_written_down(toolkit: Toolkit) -> None:
    missing.count_unanswered(toolkit, "드론 방제", FIRST, "1")
    answers = [
        keep.add_synonym(toolkit, STAFF, "족구공", "체육용품", FIRST),
        keep.remove_synonym(toolkit, STAFF, 1, FIRST),
        keep.list_synonyms(toolkit, STAFF, FIRST),
        keep.load_words(toolkit, STAFF, WordSource.CITY, "city", [PRINT], FIRST),
        missing.missing_list(toolkit, STAFF, FIRST - timedelta(days=1), FIRST),
        missing.mark_missing(toolkit, STAFF, "드론방제", MissingState.SOLVED, FIRST),
    ]
    assert answers == [NotAllowed()] * 6
    assert len(written(toolkit, AuditEvent.REFUSED)) == 6
    assert keep.list_synonyms(toolkit, OFFICE, FIRST) == ()
    assert keep.loaded_words(toolkit) == []


def test_a_pair_that_cannot_be_is_refused_and_changes_nothing(toolkit: Toolkit) -> None:
    assert keep.add_synonym(toolkit, OFFICE, "족구공", "물품", FIRST) == SynonymRefused("means", WordFault.TOO_GENERAL)
    assert keep.list_synonyms(toolkit, OFFICE, FIRST) == ()
    assert written(toolkit, AuditEvent.SYNONYM_ADDED) == []


def test_a_loaded_file_is_told_with_what_it_replaced(toolkit: Toolkit) -> None:
    keep.load_words(toolkit, COMMAND_LINE, WordSource.CITY, "city", [PRINT, PRINT], FIRST)
    again = keep.load_words(toolkit, COMMAND_LINE, WordSource.CITY, "city", [PRINT], FIRST)
    assert again == WordsLoaded(WordSource.CITY, "city", groups=1, words=2, replaced=2)
    assert written(toolkit, AuditEvent.WORDS_LOADED)[-1].detail == {
        "origin": "city",
        "groups": 1,
        "words": 2,
        "replaced": 2,
    }


@pytest.mark.parametrize("word", ["", "  ", "!!", "1298101236", "129-81-01236", "가" * 41, "\u200b"])
def test_what_is_no_name_of_a_thing_is_not_counted(toolkit: Toolkit, word: str) -> None:
    assert missing.count_unanswered(toolkit, word, FIRST, "1") == 0


def test_a_missing_word_becomes_the_offices_work(toolkit: Toolkit) -> None:
    assert missing.count_unanswered(toolkit, "드론 방제", FIRST, "1") == 1
    assert missing.count_unanswered(toolkit, "드론 방제", FIRST, "1") == 0  # the same request once more
    assert missing.count_unanswered(toolkit, "드론방제", FIRST, "2") == 2
    since = FIRST - timedelta(days=30)
    found = missing.missing_list(toolkit, OFFICE, since, FIRST)
    assert isinstance(found, MissingList)
    assert [(w.key, w.word, w.searched) for w in found.words] == [("드론방제", "드론방제", 2)]
    for _ in range(2):  # a double click
        marked = missing.mark_missing(toolkit, OFFICE, "드론방제", MissingState.SOLVED, FIRST)
        assert isinstance(marked, MissingMarked)
    assert [e.detail for e in written(toolkit, AuditEvent.MISSING_WORD_MARKED)] == [
        {"from": "received", "to": "solved"}
    ]
    assert missing.missing_list(toolkit, OFFICE, since, FIRST) == MissingList(since, (), 0)
    assert missing.found_since(toolkit, since) == ("드론방제",)
    assert missing.mark_missing(toolkit, OFFICE, "없는말", MissingState.SOLVED, FIRST) == Impossible("gone")


def test_nothing_of_who_looked_for_a_word_is_kept(toolkit: Toolkit) -> None:
    missing.count_unanswered(toolkit, "드론 방제", FIRST, "1")
    assert written(toolkit, *AuditEvent)[-1].event is not AuditEvent.MISSING_ITEM_REPORTED
    assert all("드론" not in str(entry) for entry in written(toolkit, *AuditEvent))


def test_an_empty_meaning_knows_nothing() -> None:
    assert len(Meaning(())) == 0
