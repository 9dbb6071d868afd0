"""Sets of firms by their place, as compressed bitmaps: joined, cut and counted in microseconds, however many they hold.

This is the one module that knows the library (CRoaring). The sets are immutable and iterate upwards.
"""

from collections.abc import Callable, Iterable

from pyroaring import FrozenBitMap as PlaceSet

__all__ = ["NOWHERE", "PlaceSet", "all_places", "union", "where"]

NOWHERE = PlaceSet()


def all_places(count: int) -> PlaceSet:
    """The places from 0 up to a number of them."""
    return PlaceSet(range(count))


def union(sets: Iterable[PlaceSet]) -> PlaceSet:
    """What is in any of them."""
    return NOWHERE.union(*sets)


def where(places: PlaceSet, holds: Callable[[int], bool]) -> PlaceSet:
    """Those places for which something holds."""
    return PlaceSet(filter(holds, places))
