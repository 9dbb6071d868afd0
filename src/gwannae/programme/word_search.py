"""Which firms a question leads to: its readings are tried in turn until one of them finds somebody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from gwannae.programme.function_words import SOFT
from gwannae.programme.met import NOBODY, Either, Firms, Joined, Met
from gwannae.programme.place_sets import NOWHERE, PlaceSet
from gwannae.programme.query_words import Asked
from gwannae.programme.word_index import WordIndex

Fitting = Callable[[PlaceSet], PlaceSet]


@dataclass(frozen=True, slots=True)
class Found:
    """The firms that a reading of the question led to, and those of them that fit; `words` are that reading's.

    `left_out`: the words of the question together led to nobody, so some of them were given up (more than 제작 or 납품,
    which a firm of the thing need not say).
    """

    firms: Firms
    fitting: PlaceSet
    words: tuple[str, ...]
    left_out: bool = False


class WordSearch:
    """The readings of one question over one index. Each word is looked up once, however many readings have it."""

    __slots__ = ("_asked", "_fitting", "_index", "_known")

    def __init__(self, index: WordIndex, asked: Asked, fitting: Fitting) -> None:
        """`fitting` keeps of some firms those that the filters of the question let through."""
        self._index = index
        self._asked = asked
        self._fitting = fitting
        self._known: dict[str, Met] = {}

    def best(self) -> Found:
        """The firms of the best reading that finds any which fit; else of the best that finds any; else nobody."""
        unfitting: Found | None = None
        for found in self._readings():
            if found.fitting:
                return found
            if found.firms.everyone:
                unfitting = unfitting or found
        return unfitting or Found(NOBODY, NOWHERE, self._asked.words)

    def as_they_stand(self) -> Found:
        """The firms that have all words of the question in them, whatever else they may mean."""
        words = self._asked.words
        mets = [self._index.met_as_it_stands(word) for word in words]
        return self._found(Joined(mets) if mets else NOBODY, words)

    def _readings(self) -> Iterator[Found]:
        first = self._first_ways()
        if first:
            yield self._either(first)
        said = {word for words in first[-1:] for word in words} - SOFT
        for words in self._asked.attempts:
            if words not in first:
                yield self._found(self._by_all(words), words, left_out=not said.issubset(words))

    def _first_ways(self) -> list[tuple[str, ...]]:
        """All words of the question: as one term if there is one (책자인쇄), as typed, and taken apart."""
        attempts = self._asked.attempts
        if len(attempts) == len(self._asked.words) == 1:
            return list(attempts)
        typed = "".join(self._asked.words)
        ways = [words for words in attempts[:2] if words == self._asked.words or "".join(words) == typed]
        if len(self._asked.words) > 1 and self._index.vocabulary.is_whole(typed):
            ways.insert(0, (typed,))
        return ways

    def _either(self, ways: Sequence[tuple[str, ...]]) -> Found:
        """The firms of several ways to write the same; a way that had to guess counts only where no other does."""
        if len(ways) == 1:
            return self._found(self._by_all(ways[0]), ways[0])
        led = [(led_to, words) for words in ways if (led_to := self._by_all(words)).everyone]
        stated = [each for each in led if not each[0].guesses] or led[:1]
        if not stated:
            return self._found(NOBODY, ways[0])
        firms: Firms = stated[0][0]
        for other, _ in stated[1:]:
            firms = Either(firms, other)
        return self._found(firms, stated[0][1])

    def _found(self, firms: Firms, words: tuple[str, ...], *, left_out: bool = False) -> Found:
        return Found(firms, self._fitting(firms.everyone), words, left_out)

    def _by_all(self, words: tuple[str, ...]) -> Met | Joined:
        for word in words:
            if word not in self._known:
                self._known[word] = self._index.met(word)
        mets = [self._known[word] for word in words]
        return mets[0] if len(mets) == 1 else Joined(mets)
