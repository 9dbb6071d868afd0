"""`python -m benchmarks.meaning QUESTIONS [VENDORS]`: the share of real questions that reach a right item.

QUESTIONS is JSON lines (q, match_any, avoid). The terms are those of the made-up registry; with VENDORS, a CSV file,
also everything that stands in its columns 대표업종, 대표품명 or 취급품목. Whole sentences are asked as typed.
"""

import argparse
import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from benchmarks import corpus
from gwannae.programme.function_words import FunctionWords
from gwannae.programme.hangul import search_key
from gwannae.programme.meaning import Meaning
from gwannae.programme.meant import find_meant
from gwannae.programme.planned_price import take_price
from gwannae.programme.query_words import read_words
from gwannae.programme.vocabulary import Vocabulary
from gwannae.readers.city_file import read_city
from gwannae.readers.word_file import shipped_words

FIRMS = 20_000
COLUMNS = ("대표업종", "대표품명", "취급품목")

Question = Mapping[str, Any]


class Reach:
    """A registry's terms, asked with and without meaning."""

    def __init__(self, terms: Iterable[str], city: str) -> None:
        self._terms = sorted({key for term in terms if (key := search_key(term))})
        self._vocabulary = Vocabulary(((n, term, True) for n, term in enumerate(self._terms)), 1)
        self._functions = FunctionWords(read_city(city).places)
        self._meaning = Meaning(shipped_words())

    def like(self, question: Question) -> set[str]:
        """A plain LIKE with the words as they were typed."""
        words = [search_key(word) for word in question["q"].split()]
        return {term for term in self._terms if all(word in term for word in words)}

    def words(self, question: Question) -> set[str]:
        """A plain LIKE with the words that matter."""
        words = read_words(take_price(question["q"])[0], self._functions, self._vocabulary).words
        together = "".join(words)
        every = {term for term in self._terms if words and all(word in term for word in words)}
        return every or {term for term in self._terms if together and together in term}

    def meaning(self, question: Question) -> set[str]:
        """The same, and where it finds nothing, what the words mean."""
        words = read_words(take_price(question["q"])[0], self._functions, self._vocabulary).words
        meant = None if self.words(question) else find_meant(self._meaning, words, self._places, bool)
        return self.words(question) or ({self._terms[at] for at in meant.terms} if meant else set())

    def _places(self, key: str) -> dict[int, int]:
        return {n: int(way.place) for n, way in self._vocabulary.literal(key).ways().items()}


def is_right(found: set[str], question: Question) -> bool:
    """Whether a right word is in what was found, and no wrong one."""

    def has(words: Iterable[str]) -> bool:
        return any(search_key(word) in term for word in words for term in found)

    return has(question["match_any"]) and not has(question["avoid"])


def main() -> None:
    """Print the three shares, and the items that were not reached."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.meaning", description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("vendors", type=Path, nargs="?")
    parser.add_argument("--city", default=str(corpus.CITY_FILE), help="whose name says nothing in a question")
    asked = parser.parse_args()
    questions = [json.loads(line) for line in asked.questions.read_text(encoding="utf-8").splitlines() if line]
    terms = [item for line in corpus.lines(FIRMS) for item in line.items]
    if asked.vendors:
        with asked.vendors.open(encoding="utf-8-sig", newline="") as file:
            terms += [row[column] for row in csv.DictReader(file) for column in COLUMNS if row.get(column)]
    reach = Reach(terms, asked.city)
    for name, find in (("LIKE", reach.like), ("words alone", reach.words), ("with meaning", reach.meaning)):
        right = [is_right(find(question), question) for question in questions]
        missed = sorted({q.get("item", q["q"]) for q, ok in zip(questions, right, strict=True) if not ok})
        print(f"{name}: {sum(right)}/{len(right)} ({100 * sum(right) / len(right):.1f}%)  missed: {', '.join(missed)}")


if __name__ == "__main__":
    main()
