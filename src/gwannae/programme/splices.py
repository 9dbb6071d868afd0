"""Long sequences with a few changes: as quick to make as a copy, where sorting anew takes a hundred times as long."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple, Protocol, TypeVar

NOWHERE = 0xFFFFFFFF  # where something stands now that was cut out


class _Growing(Protocol):
    """A list, an array, a bytearray."""

    def __getitem__(self, part: slice, /) -> Any: ...
    def extend(self, more: Any, /) -> None: ...


G = TypeVar("G", bound=_Growing)


class _Step(NamedTuple):
    """Before `begin` all is copied; the fresh ones of [first, last) follow, and the copy goes on at `until`."""

    begin: int
    until: int
    first: int
    last: int


class Splice:
    """Which elements of a sequence are cut out, and before which ones fresh ones are put. Made once for all sequences
    that run side by side.
    """

    __slots__ = ("_length", "_steps")

    def __init__(self, length: int, cut: Iterable[int], put: Sequence[int]) -> None:
        """`length` is the old sequence's, `cut` and `put` are indexes of it; `put` ascends (`length`: at the end)."""
        gone = set(cut)
        self._length = length
        self._steps: list[_Step] = []
        first = 0
        for at in sorted(gone.union(put)):
            last = first
            while last < len(put) and put[last] == at:
                last += 1
            self._steps.append(_Step(at, at + (at in gone), first, last))
            first = last

    def of(self, kept: G, fresh: Sequence[Any]) -> G:
        """A sequence with the changes; `fresh` are the elements to put, one for each of `put`."""
        made: G = kept[:0]
        at = 0
        for begin, until, first, last in self._steps:
            made.extend(kept[at:begin])
            made.extend(fresh[first:last])
            at = until
        made.extend(kept[at:])
        return made

    def moves(self) -> array[int]:
        """Where each element of the old sequence stands in the new one; NOWHERE for those that were cut out."""
        to, shift, at = array("I"), 0, 0
        for begin, until, first, last in self._steps:
            to.extend(range(at + shift, begin + shift))
            to.extend([NOWHERE] * (until - begin))
            shift += last - first - (until - begin)
            at = until
        to.extend(range(at + shift, self._length + shift))
        return to

    def fresh_places(self) -> Iterator[int]:
        """Where each of the fresh elements stands in the new sequence."""
        shift = 0
        for begin, until, first, last in self._steps:
            yield from range(begin + shift, begin + shift + last - first)
            shift += last - first - (until - begin)


def in_order(kept: Sequence[Any], cut: Iterable[int], fresh: Sequence[Any]) -> Splice:
    """How fresh elements, sorted, come into a sorted sequence; each before those that are equal to it."""
    return Splice(len(kept), cut, [bisect_left(kept, element) for element in fresh])


def where_is(wanted: int, numbers: array[int]) -> Iterator[int]:
    """The indexes at which a number stands."""
    at = -1
    with suppress(ValueError):
        while True:
            at = numbers.index(wanted, at + 1)
            yield at


def spliced_groups(
    starts: array[int], numbers: array[int], changes: Iterable[tuple[int, int, Sequence[Sequence[int]]]]
) -> tuple[array[int], array[int]]:
    """Groups of numbers in one run with some of them replaced. `starts` says where each group begins, and where the
    last one ends; `changes`, ascending, are which group is the first to go, how many go, and what comes instead.
    """
    to_starts, to_numbers = array("I"), array("I")

    def copy(first: int, last: int) -> None:
        shift = len(to_numbers) - starts[first]
        part = starts[first:last]
        to_starts.extend(map(shift.__add__, part) if shift else part)
        to_numbers.extend(numbers[starts[first] : starts[last]])

    at = 0
    for first, gone, groups in changes:
        copy(at, first)
        for group in groups:
            to_starts.append(len(to_numbers))
            to_numbers.extend(group)
        at = first + gone
    copy(at, len(starts) - 1)
    to_starts.append(len(to_numbers))
    return to_starts, to_numbers
