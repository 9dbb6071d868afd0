"""Words without a local firm: counted by day, listed since a day, marked; on both databases."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from gwannae.programme.missing import MissingState
from gwannae.storage import missing_items, missing_words
from gwannae.storage.database import Database, Transaction
from tests.builders import OFFICER

ZONE = ZoneInfo("Asia/Seoul")
NOW = datetime(2027, 6, 15, 10, 0, tzinfo=ZONE)
SINCE = NOW - timedelta(days=90)
TODAY = NOW.date()


def search(tx: Transaction, word: str, times: int = 1, day: date = TODAY) -> int:
    for _ in range(times):
        total = missing_words.count(tx, word, word.replace(" ", ""), day)
    return total


def listed(tx: Transaction, limit: int = 10) -> list[tuple[str, int, int, MissingState, int]]:
    words, _ = missing_words.waiting(tx, SINCE, limit)
    return [(w.word, w.searched, w.told, w.state, w.again) for w in words]


def test_look_ups_are_counted_over_days_and_spellings(database: Database) -> None:
    with database.write() as tx:
        assert search(tx, "드론 방제", 2, TODAY - timedelta(days=1)) == 2
        assert search(tx, "드론방제", 3) == 5
        assert search(tx, "오래된말", 9, TODAY - timedelta(days=91)) == 9
        assert listed(tx) == [("드론방제", 5, 0, MissingState.RECEIVED, 0)]


def test_a_press_counts_more_than_a_look_up_and_equals_stand_by_key(database: Database) -> None:
    with database.write() as tx:
        search(tx, "많이찾은말", 2)
        search(tx, "둘째말", 1)
        search(tx, "가장나중", 1)
        missing_items.add(tx, "알린말", "알린말", None, NOW)
        assert [word for word, *_ in listed(tx)] == ["알린말", "많이찾은말", "가장나중", "둘째말"]
        assert missing_words.waiting(tx, SINCE, 3)[1] == 1


def test_a_mark_is_kept_with_who_and_when(database: Database) -> None:
    with database.write() as tx:
        search(tx, "드론 방제")
        assert missing_words.mark(tx, "드론방제", MissingState.SEARCHING, OFFICER, NOW) == (
            "드론 방제",
            MissingState.RECEIVED,
        )
        (word,), _ = missing_words.waiting(tx, SINCE, 10)
        assert word.state is MissingState.SEARCHING
        assert word.mark is not None
        assert (word.mark.at, word.mark.by) == (NOW, OFFICER)
        assert missing_words.mark(tx, "드론방제", MissingState.SOLVED, OFFICER, NOW) == (
            "드론 방제",
            MissingState.SEARCHING,
        )


def test_a_word_that_nobody_missed_cannot_be_marked(database: Database) -> None:
    with database.write() as tx:
        assert missing_words.mark(tx, "없는말", MissingState.SOLVED, OFFICER, NOW) is None
        missing_items.add(tx, "알린 말", "알린말", None, NOW)
        assert missing_words.mark(tx, "알린말", MissingState.SOLVED, OFFICER, NOW) is not None


def test_a_solved_word_leaves_the_list_and_comes_back_when_it_is_missed_again(database: Database) -> None:
    with database.write() as tx:
        search(tx, "드론방제", 4)
        missing_words.mark(tx, "드론방제", MissingState.SOLVED, OFFICER, NOW)
        assert listed(tx) == []
        search(tx, "드론방제", 2)  # on the day itself: perhaps before
        assert listed(tx) == []
        search(tx, "드론방제", 1, TODAY + timedelta(days=1))
        missing_items.add(tx, "드론방제", "드론방제", None, NOW + timedelta(hours=1))
        assert listed(tx) == [("드론방제", 7, 1, MissingState.SOLVED, 2)]
        missing_words.mark(tx, "드론방제", MissingState.SEARCHING, OFFICER, NOW)
        assert listed(tx) == [("드론방제", 7, 1, MissingState.SEARCHING, 0)]


def test_what_was_solved_since_a_day_is_new_in_the_directory(database: Database) -> None:
    with database.write() as tx:
        for word in ("처음말", "나중말", "되돌린말", "지난해말"):
            search(tx, word)
        missing_words.mark(tx, "나중말", MissingState.SOLVED, OFFICER, NOW)
        missing_words.mark(tx, "처음말", MissingState.SOLVED, OFFICER, NOW - timedelta(days=3))
        missing_words.mark(tx, "지난해말", MissingState.SOLVED, OFFICER, NOW - timedelta(days=300))
        missing_words.mark(tx, "되돌린말", MissingState.SOLVED, OFFICER, NOW)
        missing_words.mark(tx, "되돌린말", MissingState.RECEIVED, OFFICER, NOW)
        assert [word for word, _ in missing_words.solved_since(tx, SINCE)] == ["처음말", "나중말"]
