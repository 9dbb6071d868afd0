"""Long sequences with a few changes, held against making them anew."""

from __future__ import annotations

import random
from array import array
from collections.abc import Sequence

import pytest

from gwannae.programme.splices import NOWHERE, Splice, in_order, spliced_groups, where_is


@pytest.mark.parametrize("seed", range(30))
def test_a_sorted_sequence_with_changes_is_the_sorted_one_of_what_stands_then(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - the same every run, on purpose
    kept = sorted(rng.sample(range(1000), rng.randint(0, 30)))
    cut = rng.sample(range(len(kept)), rng.randint(0, len(kept)))
    left = [number for at, number in enumerate(kept) if at not in cut]
    fresh = sorted(rng.sample([n for n in range(1000) if n not in left], rng.randint(0, 10)))
    splice = in_order(kept, cut, fresh)

    made = splice.of(kept, fresh)

    assert made == sorted(left + fresh)
    assert splice.of(array("I", kept), fresh) == array("I", made)
    assert splice.of(bytearray(n % 256 for n in kept), [n % 256 for n in fresh]) == bytes(n % 256 for n in made)
    assert [made[place] for place in splice.fresh_places()] == fresh
    moves = splice.moves()
    assert {kept[at]: made[to] for at, to in enumerate(moves) if to != NOWHERE} == {n: n for n in left}
    assert [at for at, to in enumerate(moves) if to == NOWHERE] == sorted(cut)


def test_what_is_put_at_the_end_comes_after_all() -> None:
    assert Splice(2, [], [0, 2, 2]).of(["b", "c"], ["a", "d", "e"]) == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize("seed", range(20))
def test_groups_are_replaced_taken_out_and_added(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311

    def some() -> list[int]:
        return [rng.randrange(100) for _ in range(rng.randint(0, 4))]

    groups = [some() for _ in range(12)]
    changes: list[tuple[int, int, Sequence[Sequence[int]]]] = []
    wanted, at = [], 0
    while at < len(groups):
        if rng.random() < 0.4:
            gone, put = rng.randint(0, 1), [some() for _ in range(rng.randint(0, 2))]
            changes.append((at, gone, put))
            wanted += [*put, *groups[at + gone : at + 1]]
        else:
            wanted.append(groups[at])
        at += 1
    starts, numbers = _in_one_run(groups)

    assert spliced_groups(starts, numbers, changes) == _in_one_run(wanted)


def _in_one_run(groups: Sequence[Sequence[int]]) -> tuple[array[int], array[int]]:
    starts, numbers = array("I", [0]), array("I")
    for group in groups:
        numbers.extend(group)
        starts.append(len(numbers))
    return starts, numbers


def test_a_number_is_found_wherever_it_stands() -> None:
    assert list(where_is(7, array("I", [7, 1, 7, 7]))) == [0, 2, 3]
    assert list(where_is(9, array("I", [7]))) == []
