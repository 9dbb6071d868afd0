"""Terms sorted with all their endings, so that any part of a term is found by bisection.

The list of endings has one entry for each distinct ending of a term (현수막제작, 수막제작, 막제작 …), in order;
beside it stand the ids of the terms that end so. All terms with a given part are then a slice, copied at memory speed.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import NamedTuple

from gwannae.programme.term_codes import AFTER_ALL, FIRST_OF_SYLLABLE

_LOOKED_AT = 1000  # terms; a beginning that more of them share is one key or two


class Span(NamedTuple):
    """Where a code stands in a sorted list: [first, whole) is the code itself, [whole, part) goes on within its last
    syllable, [part, last) goes on with another character.
    """

    first: int
    whole: int
    part: int
    last: int


def span(codes: list[str], code: str) -> Span:
    """Look a code up; all four places are equal where it is absent."""
    first = bisect_left(codes, code)
    last = bisect_left(codes, code + AFTER_ALL, first)
    whole = bisect_right(codes, code, first, last)
    return Span(first, whole, bisect_left(codes, code + FIRST_OF_SYLLABLE, whole, last), last)


class SortedTerms:
    """An immutable sorted list of terms and one of all their endings, each with the terms' ids."""

    __slots__ = ("_ending_ids", "_ids", "_items", "_offsets", "endings", "wholes")

    def __init__(self, terms: Iterable[tuple[int, str, bool]], parts_of: Callable[[str], list[str]]) -> None:
        """`terms` are (id, text, whether it is an item); `parts_of` gives the codes of a text by character."""
        ids, items, last = array("I"), bytearray(), array("I")
        numbers: dict[str, int] = {}
        endings, owners = array("I"), array("I")
        for term_id, text, is_item in terms:
            ending = ""
            for part in reversed(parts_of(text)):
                ending = part + ending
                endings.append(numbers.setdefault(ending, len(numbers)))
                owners.append(term_id)
            last.append(endings[-1])
            ids.append(term_id)
            items.append(is_item)
        self.endings = sorted(numbers)
        rank = array("I", bytes(4 * len(numbers)))
        for at, ending in enumerate(self.endings):
            rank[numbers[ending]] = at
        del numbers  # tens of megabytes, before more is made
        order = sorted(range(len(ids)), key=lambda at: rank[last[at]])
        self.wholes = [self.endings[rank[last[at]]] for at in order]  # the same texts, not others that read alike
        self._ids = array("I", [ids[at] for at in order])
        self._items = bytes([items[at] for at in order])
        self._offsets, self._ending_ids = _grouped(rank, endings, owners)

    def whole(self, code: str) -> array[int]:
        """Ids of the terms that are the code."""
        first = bisect_left(self.wholes, code)
        return self._ids[first : bisect_right(self.wholes, code, first)]

    def is_item(self, code: str) -> bool:
        """Whether the code is a whole item."""
        first = bisect_left(self.wholes, code)
        return any(self._items[first : bisect_right(self.wholes, code, first)])

    def starting(self, code: str) -> array[int]:
        """Ids of the terms that begin with the code and go on with another character."""
        at = span(self.wholes, code)
        return self._ids[at.part : at.last]

    def containing(self, code: str) -> array[int]:
        """Ids of the terms that have the code in them as complete characters; a term that has it twice comes twice."""
        at = span(self.endings, code)
        return self._owners(at.first, at.whole) + self._owners(at.part, at.last)

    def times(self, code: str) -> int:
        """How often the code stands in terms as complete characters."""
        at, offsets = span(self.endings, code), self._offsets
        return offsets[at.whole] - offsets[at.first] + offsets[at.last] - offsets[at.part]

    def starting_unfinished(self, code: str) -> array[int]:
        """Ids of the terms that begin with the code and go on within its last syllable."""
        at = span(self.wholes, code)
        return self._ids[at.whole : at.part]

    def ending_soon(self, code: str) -> array[int]:
        """Ids of the terms that begin with the code and end with the syllable that it ends in (among the first few)."""
        at = span(self.wholes, code)
        reach = range(at.whole, min(at.part, at.whole + _LOOKED_AT))
        rest = len(code)
        return array("I", [self._ids[i] for i in reach if max(self.wholes[i][rest:]) < FIRST_OF_SYLLABLE])

    def containing_unfinished(self, code: str) -> array[int]:
        """Ids of the terms that have the code in them, going on within its last syllable."""
        at = span(self.endings, code)
        return self._owners(at.whole, at.part)

    def _owners(self, first: int, last: int) -> array[int]:
        return self._ending_ids[self._offsets[first] : self._offsets[last]]


def _grouped(rank: array[int], endings: array[int], owners: array[int]) -> tuple[array[int], array[int]]:
    """The owners in the order of their endings, and where those of each ending begin (one more entry than endings)."""
    offsets = array("I", bytes(4 * (len(rank) + 1)))
    for number in endings:
        offsets[rank[number] + 1] += 1
    offsets = array("I", accumulate(offsets))
    free = offsets[:]
    grouped = array("I", bytes(4 * len(owners)))
    for number, owner in zip(endings, owners, strict=True):
        at = rank[number]
        grouped[free[at]] = owner
        free[at] += 1
    return offsets, grouped
