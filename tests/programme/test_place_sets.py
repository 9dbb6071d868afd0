"""Sets of firms answer alike, whether they hold few or many."""

import pytest

from gwannae.programme.place_sets import NOWHERE, PlaceCodes, PlaceSet, all_places, bitmap, union


def few(places: set[int]) -> PlaceSet:
    return PlaceSet(places)


def many(places: set[int]) -> PlaceSet:
    return PlaceSet(bits=bitmap(sorted(places)))


SOME = [{0}, {7, 8, 9}, {3, 4000}, set(range(0, 300, 7)), {n * n % 4093 for n in range(900)}, set()]


@pytest.mark.parametrize("one", [few, many])
@pytest.mark.parametrize("other", [few, many])
def test_two_sets_are_joined_cut_and_taken_apart(one: type, other: type) -> None:
    for a in SOME:
        for b in SOME:
            assert list(one(a) & other(b)) == sorted(a & b)
            assert list(one(a) | other(b)) == sorted(a | b)
            assert list(one(a) - other(b)) == sorted(a - b)
            assert list(union([one(a), other(b), few({5})])) == sorted(a | b | {5})


@pytest.mark.parametrize("kind", [few, many])
def test_a_set_knows_what_is_in_it(kind: type) -> None:
    for places in SOME:
        known = kind(places)
        assert (len(known), bool(known), list(known)) == (len(places), bool(places), sorted(places))
        assert {n for n in range(4100) if n in known} == places
        assert known.where(lambda place: place % 2 == 0) == {n for n in places if n % 2 == 0}
        assert known == many(places) == few(places)


@pytest.mark.parametrize("kind", [few, many])
def test_codes_are_counted_within_a_set(kind: type) -> None:
    codes = PlaceCodes(n % 3 for n in range(1000))
    for places in ({0, 3, 4}, set(range(1000)), set(range(5, 700, 4)), set()):
        assert [codes.count_in(kind(places), code) for code in range(4)] == [
            sum(place % 3 == code for place in places) for code in range(4)
        ]


def test_all_and_none() -> None:
    assert list(all_places(10)) == list(range(10))
    assert list(all_places(0)) == list(NOWHERE) == list(union([])) == []
