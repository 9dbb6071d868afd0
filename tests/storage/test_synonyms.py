"""Groups of words from files, and the office's synonyms, on both databases."""

import threading
from datetime import UTC, datetime

from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.word_groups import WordGroup, WordSource
from gwannae.storage import synonyms
from gwannae.storage.database import Database
from tests.builders import OFFICER

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SPORTS = WordGroup(
    head="체육용품",
    same=("스포츠용품",),
    items=(("족구공",), ("셔틀콕", "배드민턴공")),
    broader=("기념품",),
    avoid=("용품점",),
    endings=("공",),
    kind=PurchaseKind.GOODS,
    source=WordSource.CITY,
)
KITES = WordGroup(head="연", items=(("방패연",),), source=WordSource.OFFICIAL)


def test_groups_come_back_as_they_were_put_in(database: Database) -> None:
    with database.write() as tx:
        assert synonyms.read_groups(tx) == (0, [])
        assert synonyms.replace_groups(tx, "city", [SPORTS, KITES]) == 0
        assert synonyms.read_groups(tx) == (1, [SPORTS, KITES])
        assert synonyms.origins(tx) == [(WordSource.CITY, "city", 1), (WordSource.OFFICIAL, "city", 1)]


def test_loading_a_kind_of_file_again_replaces_that_kind_alone(database: Database) -> None:
    with database.write() as tx:
        synonyms.replace_groups(tx, "city", [SPORTS])
        synonyms.replace_groups(tx, "ksic_index", [KITES, KITES])
        assert synonyms.replace_groups(tx, "ksic_index", [KITES]) == 2
        assert synonyms.read_groups(tx) == (3, [SPORTS, KITES])
        assert synonyms.replace_groups(tx, "city", []) == 1
        assert synonyms.read_groups(tx) == (4, [KITES])


def test_a_synonym_holds_once_and_moves_the_counter(database: Database) -> None:
    with database.write() as tx:
        added, fresh = synonyms.add_synonym(tx, "족구 공", "체육용품", OFFICER, NOW)
        again, second = synonyms.add_synonym(tx, "족구공", "체육 용품", OFFICER, NOW)
        assert (fresh, second, again) == (True, False, added)
        assert (added.word, added.means, added.added_at, added.added_by) == ("족구 공", "체육용품", NOW, OFFICER)
        assert synonyms.words_version(tx) == 1
        assert synonyms.read_groups(tx)[1] == [
            WordGroup(head="체육용품", items=(("족구 공",),), source=WordSource.OFFICE)
        ]


def test_a_removed_synonym_keeps_its_number_for_ever(database: Database) -> None:
    with database.write() as tx:
        first, _ = synonyms.add_synonym(tx, "족구공", "체육용품", OFFICER, NOW)
        assert synonyms.remove_synonym(tx, first.id, NOW) == first
        assert synonyms.remove_synonym(tx, first.id, NOW) is None
        assert synonyms.remove_synonym(tx, 987654, NOW) is None
        second, fresh = synonyms.add_synonym(tx, "족구공", "체육용품", OFFICER, NOW)
        assert fresh
        assert second.id != first.id
        assert synonyms.open_synonyms(tx) == [second]
        assert synonyms.words_version(tx) == 3


def test_the_latest_synonyms_come_first(database: Database) -> None:
    with database.write() as tx:
        for word in ("하나공", "둘공", "셋공"):
            synonyms.add_synonym(tx, word, "체육용품", OFFICER, NOW)
        assert [s.word for s in synonyms.open_synonyms(tx, limit=2)] == ["셋공", "둘공"]


def test_of_many_who_add_the_same_at_once_one_is_the_first(database: Database) -> None:
    answers: list[bool] = []

    def add() -> None:
        with database.write() as tx:
            answers.append(synonyms.add_synonym(tx, "족구공", "체육용품", OFFICER, NOW)[1])

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False] * 7 + [True]


def test_very_many_groups_are_kept_and_read(database: Database) -> None:
    many = [
        WordGroup(f"업종{n}", items=tuple((f"것{n}-{m}",) for m in range(10)), source=WordSource.OFFICIAL)
        for n in range(1_500)
    ]
    with database.write() as tx:
        synonyms.replace_groups(tx, "ksic_index", many)
        assert synonyms.read_groups(tx)[1] == many
