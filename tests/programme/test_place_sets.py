"""Sets of firms answer alike, whether they hold few or many."""

import pytest

from gwannae.programme.place_sets import NOWHERE, PlaceSet, all_places, union, where

SOME = [{0}, {7, 8, 9}, {3, 400_000}, set(range(0, 300, 7)), {n * n % 4093 for n in range(900)}, set()]


@pytest.mark.parametrize("a", SOME)
@pytest.mark.parametrize("b", SOME)
def test_two_sets_are_joined_cut_and_taken_apart(a: set[int], b: set[int]) -> None:
    one, other = PlaceSet(a), PlaceSet(b)
    assert list(one & other) == sorted(a & b)
    assert list(one | other) == sorted(a | b)
    assert list(one - other) == sorted(a - b)
    assert list(union([one, other, PlaceSet((5,))])) == sorted(a | b | {5})


@pytest.mark.parametrize("places", SOME)
def test_a_set_knows_what_is_in_it(places: set[int]) -> None:
    known = PlaceSet(places)
    assert (len(known), bool(known), list(known)) == (len(places), bool(places), sorted(places))
    assert {n for n in range(400_100) if n in known} == places
    assert list(where(known, lambda place: place % 2 == 0)) == [n for n in sorted(places) if n % 2 == 0]


def test_all_and_none() -> None:
    assert list(all_places(10)) == list(range(10))
    assert list(all_places(0)) == list(NOWHERE) == list(union([])) == []
