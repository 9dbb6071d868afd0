"""How many questions of procurement staff reach a right item through the shipped words, over real names of goods.

The vocabulary is what firms of another city registered as their trade and product; the shares are printed.
"""

import json
import sys
from collections.abc import Collection, Mapping

import pytest

from gwannae.programme.hangul import search_key
from gwannae.programme.meaning import Meaning
from gwannae.programme.meant import find_meant
from gwannae.readers.word_file import shipped_words
from tests.shared_data import shared_data_path, shared_rows

pytestmark = pytest.mark.shared_data

Question = Mapping[str, object]


@pytest.fixture(scope="module")
def terms() -> list[str]:
    firms = shared_rows("policy_companies_busan_a.csv")
    return sorted({search_key(firm[column]) for firm in firms for column in ("대표업종", "대표품명") if firm[column]})


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    lines = shared_data_path("procurement_queries_a.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def asked(question: Question) -> list[str]:
    """The words of a question without its filler: whole sentences name their item beside."""
    whole = question["type"] in ("keyword", "variant")
    return [search_key(word) for word in str(question["q"] if whole else question["item"]).split()]


def literally(terms: list[str], words: list[str]) -> set[str]:
    """What a plain LIKE finds: terms with all of the words, else with the words written together."""
    together = "".join(words)
    return {t for t in terms if all(w in t for w in words)} or {t for t in terms if together in t}


def by_meaning(terms: list[str], meaning: Meaning, words: list[str]) -> set[str]:
    def places(key: str) -> dict[int, int]:
        return {
            at: 0 if term == key else 1 if term.startswith(key) else 2 for at, term in enumerate(terms) if key in term
        }

    def anybody(found: Collection[int]) -> bool:
        return bool(found)

    meant = find_meant(meaning, words, places, anybody)
    return {terms[at] for at in meant.terms} if meant else set()


def is_right(found: set[str], question: Question) -> bool:
    def has(words: object) -> bool:
        assert isinstance(words, list)
        return any(search_key(word) in term for word in words for term in found)

    return has(question["match_any"]) and not has(question["avoid"])


def test_meaning_more_than_doubles_what_a_plain_look_up_reaches(
    terms: list[str], questions: list[Question], capsys: pytest.CaptureFixture[str]
) -> None:
    meaning = Meaning(shipped_words())
    plain = widened = 0
    for question in questions:
        words = asked(question)
        found = literally(terms, words)
        plain += is_right(found, question)
        widened += is_right(found or by_meaning(terms, meaning, words), question)
    with capsys.disabled():
        sys.stdout.write(f"\nplain LIKE {plain}/{len(questions)}, with meaning {widened}/{len(questions)}\n")
    assert widened >= 0.9 * len(questions)
    assert widened >= 2 * plain


def test_what_meaning_finds_is_of_the_trade_that_was_asked_for(terms: list[str], questions: list[Question]) -> None:
    meaning = Meaning(shipped_words())
    right = wrong = 0
    for question in {str(q["item"]): q for q in questions}.values():
        words = asked(question)
        found = set() if literally(terms, words) else by_meaning(terms, meaning, words)
        for term in found:
            is_right_term = is_right({term}, question)
            right, wrong = right + is_right_term, wrong + (not is_right_term)
    assert right >= 9 * wrong
