"""Terms as they are written, held against a look at every term."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from gwannae.programme.plain_terms import PlainTerms
from gwannae.programme.vocabulary import Vocabulary


def brute_force(terms: dict[int, str], word: str) -> tuple[set[int], set[int], set[int]]:
    """What a word meets: whole, at the beginning, further inside."""
    whole = {i for i, text in terms.items() if text == word}
    start = {i for i, text in terms.items() if text.startswith(word)} - whole
    return whole, start, {i for i, text in terms.items() if word in text} - start - whole


# few, longest, crowded
BY_PAIRS, BY_THREES, TOLD_APART, SOME_TOLD_APART = (0, 2, 1000), (0, 3, 1000), (0, 2, 1), (0, 2, 12)
ACROSS, ACROSS_BY_THREES, ONE_TEXT = (40, 2, 3), (40, 3, 3), (1000, 2, 1)
WAYS = pytest.mark.parametrize(
    "ways",
    [BY_PAIRS, BY_THREES, TOLD_APART, SOME_TOLD_APART, ACROSS, ACROSS_BY_THREES, ONE_TEXT],
    ids=["pairs", "threes", "told apart", "some told apart", "across the border", "across by threes", "one text"],
)


@WAYS
@pytest.mark.parametrize("seed", range(40))
def test_a_word_meets_exactly_the_terms_that_hold_it_and_each_once(seed: int, ways: tuple[int, int, int]) -> None:
    rng = random.Random(seed)  # noqa: S311 - the same every run, on purpose
    letters = "가나다라a1" if seed % 2 else "가나"
    texts = {"".join(rng.choices(letters, k=rng.randint(1, 7))) for _ in range(rng.randint(1, 120))}
    terms = dict(enumerate(rng.sample(sorted(texts), len(texts)), start=1))
    plain = PlainTerms(((i, text, i % 3 == 0) for i, text in terms.items()), *ways)
    steps = sum(1 for _ in plain.prepare())
    assert steps or ways != TOLD_APART or max(map(len, texts)) == 1
    words = {"".join(rng.choices(letters, k=rng.randint(1, 4))) for _ in range(60)} | set(list(texts)[:20])
    for word in words | {"없", letters}:
        found = plain.find(word)
        assert tuple(map(set, found)) == brute_force(terms, word), word
        assert sum(map(len, found)) == len(set().union(*found)), word
        assert plain.knows(word) == any(word in text for text in texts)
        assert plain.ends(word) == any(text.endswith(word) for text in texts)
        assert set(plain.ending(word)) == {i for i, text in terms.items() if text.endswith(word)}, word
        assert plain.is_whole(word) == (word in texts)
        assert plain.is_item(word) == any(text == word and i % 3 == 0 for i, text in terms.items())
        assert plain.starting(word, 3) == sorted(text for text in texts if text.startswith(word))[:3]


@WAYS
@pytest.mark.parametrize("seed", range(10))
def test_changed_terms_are_met_as_if_they_had_been_read_anew(seed: int, ways: tuple[int, int, int]) -> None:
    rng = random.Random(seed)  # noqa: S311
    texts = sorted({"".join(rng.choices("가나다", k=rng.randint(1, 5))) for _ in range(120)})
    standing = {n: (text, n % 3 == 0) for n, text in enumerate(texts) if rng.random() < 0.5}
    plain = PlainTerms(((i, *term) for i, term in standing.items()), *ways)
    for _ in range(6):
        gone = rng.sample(sorted(standing), rng.randint(0, min(20, len(standing))))
        new = {n: (texts[n], n % 2 == 0) for n in rng.sample(range(len(texts)), 15) if n not in standing or n in gone}
        standing = {i: term for i, term in standing.items() if i not in gone} | new
        plain = plain.changed(gone, [(i, *term) for i, term in new.items()])
        if rng.random() < 0.5:
            list(plain.prepare())
        terms = {i: text for i, (text, _) in standing.items()}
        assert list(plain) == sorted(((i, *term) for i, term in standing.items()), key=lambda term: term[1])
        for word in {"".join(rng.choices("가나다", k=rng.randint(1, 4))) for _ in range(40)}:
            found = plain.find(word)
            assert tuple(map(set, found)) == brute_force(terms, word), word
            assert sum(map(len, found)) == len(set().union(*found)), word
            assert plain.knows(word) == any(word in text for text in terms.values())
            assert plain.ends(word) == any(text.endswith(word) for text in terms.values())
            assert plain.is_item(word) == any((word, True) == term for term in standing.values())


def test_terms_come_back_as_they_were_given() -> None:
    terms = [(7, "나", True), (3, "가", False), (9, "가나", True)]
    assert list(PlainTerms(terms)) == [(3, "가", False), (9, "가나", True), (7, "나", True)]
    assert len(PlainTerms(terms)) == 3


@pytest.mark.parametrize("few", [0, 1000])
def test_a_word_never_meets_across_the_end_of_a_term(few: int) -> None:
    assert not any(PlainTerms([(1, "가나", True), (2, "다라", True)], few).find("나다"))


@pytest.mark.parametrize("few", [0, 1000])
def test_an_empty_list_meets_nothing(few: int) -> None:
    nothing = PlainTerms([], few)
    assert not any(nothing.find("가"))
    assert not any(ask("가") for ask in (nothing.knows, nothing.is_item, nothing.is_whole, nothing.ends))


def test_words_as_they_stand_do_without_the_sorted_endings() -> None:
    words = Vocabulary([(1, "현수막", True), (2, "현수막제작", True), (3, "하인솨마을", False)], 1)
    for word in ("현수막", "현수", "수막", "막", "제작"):
        assert words.settles(word, words.literal(word)), word
    assert words.knows("수막제")
    assert words.near("현수막걸이") == ("현수막", "현수막제작")
    assert (words._terms._by_code, words._terms._by_initials) == (None, None)


@pytest.mark.parametrize("word", ["없는말", "ㅎㅅㅁ", "현수ㅁ", "인솨", ""])
def test_words_that_may_stand_by_chance_or_not_at_all_are_not_settled(word: str) -> None:
    words = Vocabulary([(1, "현수막", True), (3, "하인솨마을", False)], 1)
    assert not words.settles(word, words.literal(word))


def test_many_threads_at_once_share_one_sorted_list() -> None:
    words = Vocabulary(((n, f"품목{n}", True) for n in range(2000)), 1)
    with ThreadPoolExecutor(8) as threads:
        lists = list(threads.map(lambda _: words._terms.by_code, range(16)))
    assert len({id(made) for made in lists}) == 1


@pytest.mark.parametrize("is_prepared", [False, True])
def test_common_words_are_the_short_ones_that_stand_in_many_terms(*, is_prepared: bool) -> None:
    texts = [f"현수막{letter}" for letter in "가나다라마바사"] + ["간판", "현수교", "막현수"]
    plain = PlainTerms(((n, text, True) for n, text in enumerate(texts)), few=0, crowded=5)
    if is_prepared:
        list(plain.prepare())
    expected = ["현", "수", "현수", "막", "수막", *(["현수막"] if is_prepared else [])]
    assert sorted(plain.common(7)) == sorted(expected)
    assert plain.common(9)[0] in {"현", "수", "현수"}
    assert PlainTerms(((n, text, True) for n, text in enumerate(texts))).common(1) == []
