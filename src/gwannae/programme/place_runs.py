"""The places of the firms of each term, in little memory, and ready to be joined for thousands of terms at once."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice, repeat
from operator import sub

from gwannae.programme.place_sets import PlaceSet, union
from gwannae.programme.splices import NOWHERE, spliced_groups, where_is

_LEAST_OF_MANY = 64  # firms from which on the set of a term is kept


class PlaceRuns:
    """The places of each term in one run of numbers, and those of terms with few firms apart, ready to be joined: most
    words are met in hundreds of terms, of one firm each.

    What many firms have is kept as a set once somebody asked for it: all of these take less than the run does.
    """

    __slots__ = ("_few", "_kept", "_many", "_places", "_starts")

    def __init__(self, by_term: Iterable[tuple[int, Iterable[int]]]) -> None:
        starts, places = array("I"), array("I")
        for term_id, mine in by_term:
            starts.extend(repeat(len(places), term_id + 1 - len(starts)))
            places.extend(mine)
        starts.append(len(places))
        self._hold(starts, places)

    def _hold(self, starts: array[int], places: array[int]) -> None:
        self._starts, self._places = starts, places
        counts = list(map(sub, islice(starts, 1, None), starts))
        self._many = {term_id for term_id, count in enumerate(counts) if count >= _LEAST_OF_MANY}
        kept, size = memoryview(places).cast("B"), places.itemsize
        self._few = [
            bytes(kept[at * size : (at + count) * size]) if 0 < count < _LEAST_OF_MANY else b""
            for at, count in zip(starts, counts, strict=False)
        ]
        self._kept: dict[int, PlaceSet] = {}

    def changed(self, moves: array[int], new: Mapping[int, Sequence[int]]) -> tuple[PlaceRuns, set[int]]:
        """The places after firms have moved, without those that stand nowhere, and with `new` ones by term. Also the
        terms with which another firm stands than before, or which one left.
        """
        starts, places = self._starts, array("I", map(moves.__getitem__, self._places))
        touched = set(new)
        for at in where_is(NOWHERE, places):
            touched.add(bisect_right(starts, at) - 1)
        last = len(starts) - 1
        changes: list[tuple[int, int, Sequence[Sequence[int]]]] = []
        for term_id in sorted(touched):
            if term_id < last:
                standing = [place for place in places[starts[term_id] : starts[term_id + 1]] if place != NOWHERE]
                changes.append((term_id, 1, [[*standing, *new.get(term_id, ())]]))
        end = max(touched, default=-1) + 1
        changes.append((last, 0, [new.get(term_id, ()) for term_id in range(last, end)]))
        made = PlaceRuns(())
        made._hold(*spliced_groups(starts, places, changes))
        return made, touched

    def has(self, term_id: int) -> bool:
        """Whether a term stands with any firm."""
        return term_id < len(self._starts) - 1 and self._starts[term_id] < self._starts[term_id + 1]

    def __len__(self) -> int:
        """One more than the last term id that is known."""
        return len(self._few)

    def reach(self, count: int) -> None:
        """Know of as many term ids; those added stand with no firm."""
        self._few += repeat(b"", count - len(self._few))

    def term_ids(self) -> list[int]:
        """The terms that stand with any firm."""
        return [term_id for term_id in range(len(self._starts) - 1) if self.has(term_id)]

    def of(self, term_ids: Sequence[int]) -> PlaceSet:
        """The places of all of those terms together."""
        sets = [self.of_one(term_id) for term_id in self._many.intersection(term_ids)]
        if few := b"".join(map(self._few.__getitem__, term_ids)):
            sets.append(PlaceSet(array("I", few)))
        return sets[0] if len(sets) == 1 else union(sets)

    def of_one(self, term_id: int) -> PlaceSet:
        """The places of one term."""
        if (known := self._kept.get(term_id)) is not None:
            return known
        found = PlaceSet(self._places[self._starts[term_id] : self._starts[term_id + 1]])
        if len(found) >= _LEAST_OF_MANY:
            self._kept[term_id] = found
        return found
