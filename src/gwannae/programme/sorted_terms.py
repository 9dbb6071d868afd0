"""Terms sorted with all their endings, so that any part of a term is found by bisection.

The list of endings has one entry for each distinct ending of a term (현수막제작, 수막제작, 막제작 …), in order;
beside it stand the ids of the terms that end so. All terms with a given part are then a slice, copied at memory speed.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from gwannae.programme.splices import Splice, spliced_groups
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


_Endings = Iterable[tuple[int, Sequence[str]]]  # of terms, by their ids


class SortedTerms:
    """An immutable sorted list of terms and one of all their endings, each with the terms' ids."""

    __slots__ = ("_ending_ids", "_ids", "_items", "_offsets", "_parts_of", "endings", "wholes")

    def __init__(self, terms: Iterable[tuple[int, str, bool]], parts_of: Callable[[str], list[str]]) -> None:
        """`terms` are (id, text, whether it is an item); `parts_of` gives the codes of a text by character."""
        ids, items, last = array("I"), bytearray(), array("I")
        numbers: dict[str, int] = {}
        endings, owners = array("I"), array("I")
        for term_id, text, is_item in terms:
            for ending in _endings(parts_of(text)):
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
        self._items = bytearray([items[at] for at in order])
        self._offsets, self._ending_ids = _grouped(rank, endings, owners)
        self._parts_of = parts_of

    def changed(self, gone: Iterable[tuple[int, str]], new: Iterable[tuple[int, str, bool]]) -> SortedTerms:
        """These terms without some, (id, text), and with others: in the time of a copy."""
        left = [(i, list(_endings(self._parts_of(text)))) for i, text in gone]
        spelt = [(list(_endings(self._parts_of(text))), i, is_item) for i, text, is_item in new]
        added = sorted((endings[-1], endings, i, is_item) for endings, i, is_item in spelt)
        made = SortedTerms((), self._parts_of)
        cut = [self._ids.index(i, bisect_left(self.wholes, endings[-1])) for i, endings in left]
        splice = Splice(len(self.wholes), cut, [bisect_left(self.wholes, code) for code, _, _, _ in added])
        made.wholes = splice.of(self.wholes, [code for code, _, _, _ in added])
        made._ids = splice.of(self._ids, [i for _, _, i, _ in added])
        made._items = splice.of(self._items, [is_item for _, _, _, is_item in added])
        self._change_endings(made, left, [(i, endings) for _, endings, i, _ in added])
        return made

    def _change_endings(self, made: SortedTerms, left: _Endings, added: _Endings) -> None:
        out, put = _by_ending(left), _by_ending(added)
        cut: list[int] = []
        fresh: list[str] = []
        at_fresh: list[int] = []
        groups: list[tuple[int, int, Sequence[Sequence[int]]]] = []
        for ending in sorted(out.keys() | put.keys()):
            at = bisect_left(self.endings, ending)
            stands = at < len(self.endings) and self.endings[at] == ending
            ids = list(self._owners(at, at + 1)) if stands else []
            for term_id in out.get(ending, ()):
                ids.remove(term_id)
            ids += put.get(ending, ())
            if ids and not stands:
                fresh.append(ending)
                at_fresh.append(at)
            elif stands and not ids:
                cut.append(at)
            groups.append((at, int(stands), (ids,) if ids else ()))
        made.endings = Splice(len(self.endings), cut, at_fresh).of(self.endings, fresh)
        made._offsets, made._ending_ids = spliced_groups(self._offsets, self._ending_ids, groups)

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


def _endings(parts: Sequence[str]) -> Iterator[str]:
    """What a text of some parts ends with, the whole of it last."""
    ending = ""
    for part in reversed(parts):
        ending = part + ending
        yield ending


def _by_ending(terms: _Endings) -> dict[str, list[int]]:
    found = defaultdict(list)
    for term_id, endings in terms:
        for ending in endings:
            found[ending].append(term_id)
    return found


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
