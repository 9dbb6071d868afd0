"""A query as it is understood, the vocabulary held against a brute force, and how hits are ranked."""

import random

import pytest

from gwannae.programme.places import District, Places
from gwannae.programme.search import (
    MAX_QUERY,
    MAX_WORDS,
    Field,
    Hit,
    MatchClass,
    Vocabulary,
    rank_hits,
    read_query,
    vendor_terms,
    words_alone,
)
from gwannae.programme.vendors import CertificateKind
from tests.builders import a_vendor

PLACES = Places(
    province="가람도",
    province_aliases=("가람",),
    city="햇님시",
    city_aliases=("햇님",),
    districts=(District("솔숲구", ("솔숲",), ("윗솔동",)), District("물결구", ("물결",), ("나루동",))),
    districts_name_the_city=False,
)
WOMEN, SOCIAL = CertificateKind.WOMEN, CertificateKind.SOCIAL


@pytest.mark.parametrize(
    ("typed", "words", "number", "district", "certificates"),
    [
        ("현수막", ("현수막",), None, None, ()),
        ("  현수막   제작 ", ("현수막", "제작"), None, None, ()),
        ("㈜가온인쇄", ("가온인쇄",), None, None, ()),
        ("LED 간판", ("led", "간판"), None, None, ()),
        ("ＬＥＤ", ("led",), None, None, ()),
        ("솔숲 떡", ("떡",), None, "솔숲구", ()),
        ("떡 솔숲구", ("떡",), None, "솔숲구", ()),
        ("솔숲 물결 떡", ("물결", "떡"), None, "솔숲구", ()),
        ("솔숲떡집", ("솔숲떡집",), None, None, ()),
        ("떡 여성기업", ("떡",), None, None, (WOMEN,)),
        ("떡 여성기업확인서 사회적기업", ("떡",), None, None, (WOMEN, SOCIAL)),
        ("여성기업 여성기업", (), None, None, (WOMEN,)),
        ("혁신디자인", ("혁신디자인",), None, None, ()),
        ("녹색 조경", ("녹색", "조경"), None, None, ()),
        ("여성기업인협회", ("여성기업인협회",), None, None, ()),
        ("123-45-67891", (), "1234567891", None, ()),
        ("123 45 67891", (), "1234567891", None, ()),
        ("１２３４５６７８９１", (), "1234567891", None, ()),
        ("현수막 123-45-67891", ("현수막",), "1234567891", None, ()),
        ("123456789", ("123456789",), None, None, ()),
        ("12345678910", ("12345678910",), None, None, ()),
        ("", (), None, None, ()),
        ("😀 % _ --", (), None, None, ()),
        ("<!channel>", ("channel",), None, None, ()),
    ],
)
def test_a_query_is_understood(
    typed: str, words: tuple[str, ...], number: str | None, district: str | None, certificates: tuple[object, ...]
) -> None:
    query = read_query(typed, PLACES)
    assert (query.words, query.business_number, query.district, query.certificates) == (
        words, number, district, certificates,
    )  # fmt: skip


@pytest.mark.parametrize("typed", ["", " ", "\u3164", "😀", "%", "''--"])
def test_a_query_that_asks_nothing_is_empty(typed: str) -> None:
    assert read_query(typed, PLACES).is_empty


def test_a_query_is_shown_as_it_was_typed_and_cut_where_no_person_types() -> None:
    assert read_query(" LED  간판 ", PLACES).text == "LED 간판"
    assert len(read_query("가" * 5000, PLACES).text) == MAX_QUERY
    assert len(read_query("가 나 " * 500, PLACES).words) == MAX_WORDS


def test_reading_what_a_query_shows_understands_the_same_again() -> None:
    for typed in ("솔숲 LED 여성기업", "１２３-４５-６７８９１", "㈜가온 인쇄", "가 " * 300):
        query = read_query(typed, PLACES)
        assert read_query(query.text, PLACES) == query


def test_for_a_type_ahead_a_district_is_a_word_like_any_other() -> None:
    assert words_alone("솔숲 여성기업").words == ("솔숲", "여성기업")
    assert words_alone("솔숲").district is None


def test_a_vendors_terms_are_its_items_and_its_name_without_the_company_form() -> None:
    vendor = a_vendor(name="(주)가온 인쇄", items=("책자 인쇄", "LED", "··"), trade="인쇄업")
    assert list(vendor_terms(vendor)) == [
        (Field.ITEM, "책자인쇄"),
        (Field.ITEM, "led"),
        (Field.NAME, "가온인쇄"),
    ]


def test_a_vendor_without_items_is_found_by_its_trade() -> None:
    assert (Field.ITEM, "인쇄업") in set(vendor_terms(a_vendor(items=(), trade="인쇄업")))
    assert [where for where, _ in vendor_terms(a_vendor(items=(), trade=None))] == [Field.NAME]


# -- the vocabulary -------------------------------------------------------------------------------------------------


def brute_force(terms: dict[int, str], word: str) -> dict[int, int]:
    """What a word meets, by looking at every term."""
    if not word:
        return {}
    return {i: 0 if text == word else 1 if text.startswith(word) else 2 for i, text in terms.items() if word in text}


@pytest.mark.parametrize("seed", range(40))
def test_a_word_meets_exactly_the_terms_that_hold_it(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - the same every run, on purpose
    letters = "가나다라a1" if seed % 2 else "가나"
    texts = {"".join(rng.choices(letters, k=rng.randint(1, 7))) for _ in range(rng.randint(1, 120))}
    terms = dict(enumerate(rng.sample(sorted(texts), len(texts)), start=1))
    vocabulary = Vocabulary(terms.items(), version=seed)
    words = {"".join(rng.choices(letters, k=rng.randint(1, 4))) for _ in range(60)} | set(list(texts)[:20])
    for word in words | {"", "없", letters}:
        assert dict(vocabulary.match(word)) == brute_force(terms, word), word


def test_a_word_never_meets_across_the_end_of_a_term() -> None:
    vocabulary = Vocabulary([(1, "가나"), (2, "다라")], version=1)
    assert dict(vocabulary.match("나다")) == {}


def test_an_empty_vocabulary_meets_nothing() -> None:
    vocabulary = Vocabulary([], version=1)
    assert (len(vocabulary), dict(vocabulary.match("가")), vocabulary.near("가나다")) == (0, {}, ())


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("현수막걸이", ("현수막", "현수막제작")),
        ("친환경현수막", ("현수막", "현수막제작")),
        ("현수기", ("현수막", "현수막제작")),
        ("드론", ()),
        ("드", ()),
        ("", ()),
    ],
)
def test_near_words_share_the_longest_beginning_or_ending(word: str, near: tuple[str, ...]) -> None:
    vocabulary = Vocabulary(enumerate(["현수막", "현수막제작", "명함", "떡"]), version=1)
    assert vocabulary.near(word) == near


def test_near_words_are_few_and_the_shortest_come_first() -> None:
    vocabulary = Vocabulary(enumerate(["인쇄물제작", "인쇄", "인쇄업", "인쇄용지", "특수인쇄"]), version=1)
    assert vocabulary.near("인쇄소옆집") == ("인쇄", "인쇄업", "인쇄용지")
    assert vocabulary.near("인쇄소", limit=1) == ("인쇄",)


# -- ranking --------------------------------------------------------------------------------------------------------


def test_a_whole_item_stands_before_a_name_and_a_beginning_before_a_part() -> None:
    postings = {
        (1, Field.NAME): 2,
        (2, Field.ITEM): 2,
        (3, Field.NAME): 1,
        (4, Field.ITEM): 1,
        (5, Field.NAME): 0,
        (6, Field.ITEM): 0,
    }
    assert [hit.vendor_id for hit in rank_hits([postings])] == [6, 5, 4, 3, 2, 1]


def test_a_vendor_must_meet_every_word_and_is_as_good_as_its_worst() -> None:
    first = {(1, Field.ITEM): 0, (2, Field.ITEM): 0, (3, Field.ITEM): 0}
    second = {(1, Field.NAME): 2, (2, Field.ITEM): 1}
    assert rank_hits([first, second]) == [
        Hit(2, MatchClass.ITEM_PREFIX, MatchClass.ITEM_EXACT + MatchClass.ITEM_PREFIX),
        Hit(1, MatchClass.NAME_SUBSTRING, MatchClass.ITEM_EXACT + MatchClass.NAME_SUBSTRING),
    ]


def test_the_order_of_words_changes_nothing() -> None:
    first = {(1, Field.ITEM): 0, (2, Field.NAME): 1}
    second = {(1, Field.NAME): 2, (2, Field.ITEM): 2}
    assert rank_hits([first, second]) == rank_hits([second, first])


def test_no_words_meet_nobody() -> None:
    assert rank_hits([]) == []
    assert rank_hits([{(1, Field.ITEM): 0}, {}]) == []
