"""Firms that words led to, best first: by one word, by all of several, or by either of two readings.

Firms are places in the order in which they are shown; see `word_index`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from typing import NamedTuple

from gwannae.programme.search import MatchClass

Places = Sequence[int]
Group = tuple[int, MatchClass, Sequence[Places]]  # rank, class, runs of ascending places
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
        self.everyone: set[int] = set(chain.from_iterable(chain.from_iterable(runs for _, _, runs in groups)))

    @classmethod
    def of(cls, match: MatchClass, places: Places) -> Met:
        """Firms that are met alike."""
        return cls([(int(match), match, [places])])

    @property
    def guesses(self) -> tuple[Guess, ...]:
        """What was looked for instead of the word, if anything."""
        return (Guess(self._word, self._instead),) if self._instead else ()

    def in_order(self) -> Iterator[Ranked]:
        """Better classes first, then by place. Classes that nobody gets to cost nothing."""
        seen: set[int] = set()
        for rank, match, runs in self._groups:
            alone = not seen and len(runs) == 1
            places = runs[0] if alone else sorted(set(chain.from_iterable(runs)) - seen)
            yield from zip(repeat(match), repeat(rank), places)
            seen.update(places)

    def ranks(self, of: set[int]) -> dict[int, tuple[int, MatchClass]]:
        """Rank and class of each of these firms."""
        best: dict[int, tuple[int, MatchClass]] = {}
        for rank, match, runs in reversed(self._groups):
            best.update(dict.fromkeys(of.intersection(chain.from_iterable(runs)), (rank, match)))
        return best


class Joined:
    """Firms that several words led to: the worst of their matches counts, then the sum of them."""

    __slots__ = ("_mets", "everyone")

    def __init__(self, mets: Sequence[Met]) -> None:
        self._mets = mets
        self.everyone: set[int] = set.intersection(*(met.everyone for met in mets))

    @property
    def guesses(self) -> tuple[Guess, ...]:
        """What was looked for instead of which word."""
        return tuple(guess for met in self._mets for guess in met.guesses)

    def in_order(self) -> Iterator[Ranked]:
        """Best first."""
        best = [met.ranks(self.everyone) for met in self._mets]
        alike: dict[tuple[tuple[int, MatchClass], ...], list[int]] = {}
        for place in self.everyone:
            alike.setdefault(tuple([ranks[place] for ranks in best]), []).append(place)
        ranked: dict[tuple[int, int, MatchClass], list[int]] = {}
        for ranks, places in alike.items():
            worst, total = max(rank for rank, _ in ranks), sum(rank for rank, _ in ranks)
            ranked.setdefault((worst, total, max(match for _, match in ranks)), []).extend(places)
        for (_, total, match), places in sorted(ranked.items()):
            yield from zip(repeat(match), repeat(total), sorted(places))


class Either:
    """Firms that one reading of a query led to, then those that only another one led to."""

    __slots__ = ("_first", "_second", "everyone")

    def __init__(self, first: Met | Joined | Either, second: Met | Joined | Either) -> None:
        self._first, self._second = first, second
        self.everyone: set[int] = first.everyone | second.everyone

    @property
    def guesses(self) -> tuple[Guess, ...]:
        """What was looked for instead of which word."""
        return tuple(dict.fromkeys((*self._first.guesses, *self._second.guesses)))

    def in_order(self) -> Iterator[Ranked]:
        """Best first."""
        yield from self._first.in_order()
        for ranked in self._second.in_order():
            if ranked[2] not in self._first.everyone:
                yield ranked


Firms = Met | Joined | Either
NOBODY = Met(())
