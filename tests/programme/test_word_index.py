"""From words to firms: which are met, in which order, and which reading of a question wins."""

from collections.abc import Mapping, Sequence
from functools import partial

import pytest

from gwannae.programme import term_layer, vocabulary
from gwannae.programme.met import Firms as AnyFirms
from gwannae.programme.met import Guess
from gwannae.programme.place_sets import NOWHERE, PlaceSet
from gwannae.programme.plain_terms import PlainTerms
from gwannae.programme.query_words import Asked
from gwannae.programme.search import Field, MatchClass
from gwannae.programme.word_index import CROWDED, WordIndex
from gwannae.programme.word_search import Found, WordSearch

Firms = Mapping[int, tuple[str, Sequence[str]]]  # place -> name, items


def an_index(firms: Firms, gone: Sequence[str] = (), crowded: int = CROWDED) -> WordIndex:
    """An index of made-up firms; `gone` are terms that stand with nobody any more."""
    by_field = {
        Field.NAME: {place: [name] for place, (name, _) in firms.items()},
        Field.ITEM: {place: items for place, (_, items) in firms.items()},
    }
    texts = dict.fromkeys(text for terms in by_field.values() for mine in terms.values() for text in mine)
    numbers = {text: n for n, text in enumerate((*texts, *gone), start=1)}
    lists = {
        field: [(n, [place for place, mine in terms.items() if text in mine]) for text, n in numbers.items()]
        for field, terms in by_field.items()
    }
    return WordIndex([(n, text) for text, n in numbers.items()], lists, 1, crowded)


FIRMS: Firms = {
    0: ("가온상사", ("현수막", "책자인쇄")),
    1: ("현수막나라", ("명함",)),
    2: ("나래상사", ("현수막제작", "명함")),
    3: ("다솜현수막", ("간판",)),
    4: ("라온상사", ("친환경현수막",)),
    5: ("현수막", ("천막",)),
    6: ("마루상사", ("책자", "인쇄")),
}
INDEX = an_index(FIRMS)


def ranked(firms: AnyFirms) -> list[tuple[MatchClass, int, int]]:
    return list(firms.in_order(firms.everyone))


def in_order(word: str) -> list[tuple[str, int]]:
    return [(match.name, place) for match, _, place in ranked(INDEX.met(word))]


def test_a_whole_item_stands_before_a_name_and_a_beginning_before_a_part() -> None:
    assert in_order("현수막") == [
        ("ITEM_EXACT", 0),
        ("NAME_EXACT", 5),
        ("ITEM_PREFIX", 2),
        ("NAME_PREFIX", 1),
        ("ITEM_SUBSTRING", 4),
        ("NAME_SUBSTRING", 3),
    ]


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("ㅎㅅㅁ", ("ITEM_INITIALS", 0)),
        ("현수ㅁ", ("ITEM_UNFINISHED", 0)),
        ("gustnakr", ("ITEM_OTHER_KEYBOARD", 0)),
        ("현스막", ("ITEM_SLIP", 0)),
        ("현스막나라", ("NAME_SLIP", 1)),
    ],
)
def test_each_way_of_typing_has_its_class(word: str, first: tuple[str, int]) -> None:
    assert in_order(word)[0] == first


def test_a_better_guess_stands_before_a_worse_one_whatever_its_place() -> None:
    index = an_index({0: ("가", ("인새공예",)), 1: ("나", ("인쇄",)), 2: ("다", ("칼라인쇄",))})
    met = index.met("인솨")
    (guess,) = met.guesses
    assert guess.typed == "인솨"
    assert guess.words[0] == "인쇄"
    assert [place for _, _, place in ranked(met)][:2] == [1, 2]


def test_each_firm_comes_once_at_its_best() -> None:
    index = an_index({0: ("현수막", ("현수막", "현수막현수막", "새현수막"))})
    assert [(match.name, place) for match, _, place in ranked(index.met("현수막"))] == [("ITEM_EXACT", 0)]
    assert [place for _, _, place in ranked(index.met("ㅎㅅㅁ"))] == [0]


def test_a_firm_must_meet_every_word_and_is_as_good_as_its_worst() -> None:
    joined = INDEX.met_by_all(("현수막", "상사"))
    assert set(joined.everyone) == {0, 2, 4}
    assert [(match.name, place) for match, _, place in ranked(joined)] == [
        ("NAME_SUBSTRING", 0),
        ("NAME_SUBSTRING", 2),
        ("NAME_SUBSTRING", 4),
    ]
    assert ranked(joined) == ranked(INDEX.met_by_all(("상사", "현수막")))


def test_what_many_firms_sell_is_found_like_what_few_sell() -> None:
    firms: Firms = {
        n: (f"가온{n:04d}", ("책상", "의자") if n % 3 else ("책상", "사무용책상", f"침대{n}")) for n in range(900)
    }
    index = an_index(firms)
    for _ in range(2):  # what many have is kept for the next who asks
        assert set(index.met("책상").everyone) == set(firms)
        assert [place for _, _, place in ranked(index.met("책상"))] == list(firms)
        both = index.met_by_all(("책상", "의자"))
        assert set(both.everyone) == {n for n in firms if n % 3}
        assert [place for _, _, place in ranked(both)] == [n for n in firms if n % 3]
        assert [place for _, _, place in ranked(index.met_by_all(("침대", "책상")))] == [n for n in firms if not n % 3]
        assert set(index.met_by_all(("침대450", "책상")).everyone) == {450}


def test_terms_that_stand_with_nobody_are_unknown() -> None:
    index = an_index(FIRMS, gone=("인솨", "드론"))
    assert not index.vocabulary.knows("드론")
    assert index.met("인솨").guesses == (Guess("인솨", ("인쇄",)),)


def test_names_are_no_items() -> None:
    assert INDEX.vocabulary.is_item("현수막제작")
    assert not INDEX.vocabulary.is_item("현수막나라")


# -- readings of a question -----------------------------------------------------------------------------------------


def found(*attempts: tuple[str, ...], fitting: set[int] | None = None) -> Found:
    let_through = PlaceSet(fitting) if fitting else None
    asked = Asked(attempts[0], attempts)
    return WordSearch(INDEX, asked, lambda firms: firms & (let_through or firms)).best()


def test_the_first_reading_that_finds_a_firm_wins() -> None:
    answer = found(("드론방제", "현수막"), ("현수막",))
    assert (answer.words, answer.left_out) == (("현수막",), True)
    assert found(("현수막",), ("명함",)).words == ("현수막",)


def test_a_reading_whose_firms_do_not_fit_gives_way_to_one_whose_firms_do() -> None:
    assert found(("현수막", "명함"), ("명함",), fitting={6}).fitting == NOWHERE
    assert found(("명함", "현수막"), ("현수막",), fitting={4}).words == ("현수막",)


def test_where_no_firm_fits_the_best_reading_that_found_any_is_told() -> None:
    answer = found(("없는말",), ("명함",), fitting={0})
    assert (answer.words, answer.fitting, set(answer.firms.everyone)) == (("명함",), NOWHERE, {1, 2})


def test_joined_and_parted_words_find_the_same_firms() -> None:
    joined, parted = found(("책자인쇄",), ("책자", "인쇄")), found(("책자", "인쇄"))
    assert list(joined.fitting) == list(parted.fitting) == [0, 6]
    for answer in (joined, parted):
        assert [place for _, _, place in ranked(answer.firms)] == [0, 6]
        assert not answer.left_out


def test_a_guess_counts_only_where_the_words_taken_apart_find_nobody() -> None:
    index = an_index({0: ("가온", ("책자", "인쇄")), 1: ("나래", ("책자인새",))})
    asked = Asked(("책자인쇄",), (("책자인쇄",), ("책자", "인쇄")))
    answer = WordSearch(index, asked, lambda firms: firms).best()
    assert (answer.firms.guesses, set(answer.fitting)) == ((), {0})
    assert set(index.met("책자인쇄").everyone) == {1}
    assert found(("현스막",)).firms.guesses == (Guess("현스막", ("현수막",)),)


def test_words_as_they_stand_are_no_guesses() -> None:
    asked = Asked(("현스막",), (("현스막",),))
    search = WordSearch(INDEX, asked, lambda firms: firms)
    assert set(search.best().fitting) == {0, 1, 2, 3, 4, 5}
    assert search.as_they_stand().fitting == NOWHERE


def test_no_words_find_nobody() -> None:
    search = WordSearch(INDEX, Asked((), ()), lambda firms: firms)
    assert (search.best().fitting, search.as_they_stand().fitting) == (NOWHERE, NOWHERE)


def test_every_class_has_its_own_name() -> None:
    assert len({match.name for match in MatchClass}) == 30


def test_what_was_looked_up_ahead_changes_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    as_of_many = partial(PlainTerms, few=0, crowded=2)
    monkeypatch.setattr(vocabulary, "PlainTerms", as_of_many)
    monkeypatch.setattr(term_layer, "PlainTerms", as_of_many)
    plain, ahead = an_index(FIRMS), an_index(FIRMS, crowded=2)
    ahead.met("ㅎㅅㅁ")  # so that 초성 are ready to be asked by

    assert sum(1 for _ in ahead.prepare()) > 10

    assert {"현수", "상사"} <= ahead._ready.keys()
    assert {"ㅎㅅ", "ㅎㅅㅁ"} <= ahead._ready_initials.keys()
    parts = {text[at : at + size] for _, text, _ in plain.vocabulary for size in (1, 2, 3) for at in range(len(text))}
    for word in {*parts, "ㅎㅅ", "ㅅㅁ", "ㅎㅅㅁ", "현수ㅁ", "인솨", "없음"}:
        assert ranked(ahead.met(word)) == ranked(plain.met(word)), word
        assert ahead.at_the_end_of_names(word) == plain.at_the_end_of_names(word), word
