"""From the words of a query to the terms of a registry that they mean."""

from collections.abc import Collection, Mapping

import pytest

from gwannae.programme.meaning import Meaning, Widened
from gwannae.programme.meant import Meant, find_meant, terms_of
from gwannae.programme.word_groups import WordGroup

TERMS = ("인쇄회로기판", "디지털인쇄물", "책자인쇄", "불꽃놀이", "꽃배달", "식품", "pcb", "인쇄회로")
GROUPS = (
    WordGroup("인쇄", items=(("명함",), ("책자인쇄",)), avoid=("인쇄회로",)),
    WordGroup("꽃", items=(("화환",),), avoid=("불꽃",), endings=("꽃",)),
    WordGroup("떡", same=("떡집",), items=(("백설기",),), broader=("먹거리",)),
    WordGroup("먹거리", same=("식품",)),
    WordGroup("컴퓨터", same=("pc",)),
)


def places(key: str) -> Mapping[int, int]:
    return {at: 0 if term == key else 1 if term.startswith(key) else 2 for at, term in enumerate(TERMS) if key in term}


def anybody(terms: Collection[int]) -> bool:
    return bool(terms)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["명함"], Meant(("인쇄",), "명함", 1, {1: 2, 2: 2})),
        (["행사용", "화환"], Meant(("꽃",), "화환", 2, {4: 1})),
        (["백설기"], Meant(("식품",), "백설기", 3, {5: 0})),
        (["컴퓨터"], None),  # pc is no pcb
        (["도서관"], None),
        ([], None),
    ],
)
def test_the_nearest_words_that_some_firm_lists_are_taken(words: list[str], meant: Meant | None) -> None:
    assert find_meant(Meaning(GROUPS), words, places, anybody) == meant


def test_a_step_whose_terms_stand_with_no_firm_is_passed_over() -> None:
    def only_item_two(terms: Collection[int]) -> bool:
        return set(terms) == {2}

    assert find_meant(Meaning(GROUPS), ["명함"], places, only_item_two) == Meant(("책자인쇄",), "명함", 2, {2: 0})


def test_the_very_word_is_meant_even_where_it_is_a_wrong_hit_of_its_trade() -> None:
    assert terms_of(Widened("인쇄회로", "인쇄회로", "인쇄회로", 0, ("인쇄회로",)), places) == {7: 0}
