"""Firms that words led to, best first: by one word, by all of several, or by either of two readings.

Firms are places in the order in which they are shown; see `word_index`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import NamedTuple

from gwannae.programme.place_sets import PlaceSet, union
from gwannae.programme.search import MatchClass

Group = tuple[int, MatchClass, PlaceSet]  # rank, class, firms
Ranked = tuple[MatchClass, int, int]  # class, rank, place


class Guess(NamedTuple):
    """The words that were looked for in place of the one that was typed, best first."""

    typed: str
    words: tuple[str, ...]


class Met:
    """Firms that one word led to, by the class of the match."""

    __slots__ = ("_groups", "_instead", "_word", "everyone")

    def __init__(self, groups: Sequence[Group], word: str = "", instead: tuple[str, ...] = ()) -> None:
        """`groups` in any order; a lower rank is better, and of guesses it counts which guess it was. A place may stand
        in several groups; the best counts.
        """
        self._groups = sorted(groups, key=lambda group: group[0])
        self._word, self._instead = word, instead
        self.everyone: PlaceSet = union(places for _, _, places in groups)

    @classmethod
    def of(cls, match: MatchClass, places: PlaceSet) -> Met:
        """Firms that are met alike."""
        return cls([(int(match), match, places)])

    @property
    def guesses(self) -> tuple[Guess, ...]:
        """What was looked for instead of the word, if anything."""
        return (Guess(self._word, self._instead),) if self._instead else ()

    @property
    def by_name_alone(self) -> bool:
        """Whether firms have the word in their names, and nobody in an item."""
        return bool(self._groups) and all(match.is_of_name for _, match, _ in self._groups)

    def in_order(self, of: PlaceSet) -> Iterator[Ranked]:
        """Those of some firms, better classes first, then by place. Classes that nobody gets to cost nothing."""
        for rank, match, places in self.apart(of):
            yield from zip(repeat(match), repeat(rank), places)

    def apart(self, of: PlaceSet) -> Iterator[Group]:
        """Those of some firms by rank, each once and where it stands best."""
        for rank, match, places in self._groups:
            if best := places & of:
                yield rank, match, best
                of -= best
            if not of:
                return


class Joined:
    """Firms that several words led to: the worst of their matches counts, then the sum of them."""

    __slots__ = ("_mets", "everyone")

    def __init__(self, mets: Sequence[Met]) -> None:
        """At least one."""
        self._mets = mets
        by_size = sorted((met.everyone for met in mets), key=len)
        self.everyone: PlaceSet = by_size[0]
        for others in by_size[1:]:
            self.everyone &= others

    @property
    def guesses(self) -> tuple[Guess, ...]:
        """What was looked for instead of which word."""
        return tuple(guess for met in self._mets for guess in met.guesses)

    def in_order(self, of: PlaceSet) -> Iterator[Ranked]:
        """Those of some firms, best first."""
        alike: list[tuple[int, int, MatchClass, PlaceSet]] = [(0, 0, MatchClass(0), self.everyone & of)]
        for met in self._mets:
            alike = [
                (max(worst, rank), total + rank, max(match, other), both)
                for worst, total, match, places in alike
                for rank, other, both in met.apart(places)
            ]
        ranked: dict[tuple[int, int, MatchClass], list[PlaceSet]] = {}
        for worst, total, match, places in alike:
            ranked.setdefault((worst, total, match), []).append(places)
        for (_, total, match), sets in sorted(ranked.items(), key=lambda item: item[0]):
            yield from zip(repeat(match), repeat(total), union(sets))


class Either:
    """Firms that one reading of a query led to, then those that only another one led to."""

    __slots__ = ("_first", "_second", "everyone")

    def __init__(self, first: Met | Joined | Either, second: Met | Joined | Either) -> None:
        self._first, self._second = first, second
        self.everyone: PlaceSet = first.everyone | second.everyone

    @property
    def guesses(self) -> tuple[Guess, ...]:
        """What was looked for instead of which word."""
        return tuple(dict.fromkeys((*self._first.guesses, *self._second.guesses)))

    def in_order(self, of: PlaceSet) -> Iterator[Ranked]:
        """Those of some firms, best first."""
        yield from self._first.in_order(of)
        yield from self._second.in_order(of - self._first.everyone)


Firms = Met | Joined | Either
NOBODY = Met(())
