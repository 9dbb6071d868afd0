"""From a word that no firm lists to the words of its trade."""

import pytest

from gwannae.programme.hangul import search_key
from gwannae.programme.meaning import MOST, Meaning, Widened, tries
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.word_groups import SynonymRefused, WordFault, WordGroup, WordSource, pair_fault, word_fault

PRINT = WordGroup(
    "인쇄",
    same=("인쇄물",),
    items=(("명함",), ("리플릿", "팸플릿"), ("책자",)),
    avoid=("인쇄회로",),
    kind=PurchaseKind.GOODS,
)
FOOD = WordGroup("식품", same=("먹거리",), items=(("김치",), ("두부",)))
RICE_CAKE = WordGroup("떡", same=("떡집",), items=(("백설기",), ("한과",)), broader=("식품",), endings=("떡",))
FLOWERS = WordGroup("꽃", same=("화원",), items=(("화환",), ("꽃다발",)), avoid=("불꽃",), endings=("꽃",))
GIFTS = WordGroup("기념품", items=(("한과",), ("수건",)))
CLEANING = WordGroup("청소", same=("환경미화",), items=(("유리창청소",),), avoid=("청소년",))
GROUPS = (PRINT, FOOD, RICE_CAKE, FLOWERS, GIFTS, CLEANING)


@pytest.fixture
def meaning() -> Meaning:
    return Meaning(GROUPS, version=7)


def steps(meaning: Meaning, text: str) -> list[tuple[int, list[str]]]:
    """Distance and words of each try for what was typed."""
    return [(one[0].distance, [w.word for w in one]) for one in tries(meaning, [search_key(w) for w in text.split()])]


def test_an_item_leads_to_its_trade_before_its_siblings(meaning: Meaning) -> None:
    assert steps(meaning, "명함") == [(1, ["인쇄", "인쇄물"]), (2, ["리플릿", "팸플릿", "책자"])]


def test_another_spelling_is_nearer_than_the_trade(meaning: Meaning) -> None:
    assert steps(meaning, "팸플릿")[:2] == [(0, ["리플릿"]), (1, ["인쇄", "인쇄물"])]


def test_the_name_of_a_trade_leads_to_its_other_names_then_to_what_it_sells(meaning: Meaning) -> None:
    assert steps(meaning, "인쇄물") == [(0, ["인쇄"]), (1, ["명함", "리플릿", "팸플릿", "책자"])]


def test_a_wider_trade_comes_last_and_is_not_gone_down_from(meaning: Meaning) -> None:
    assert steps(meaning, "백설기") == [(1, ["떡", "떡집"]), (2, ["한과"]), (3, ["식품", "먹거리"])]


def test_a_word_of_two_trades_leads_to_both(meaning: Meaning) -> None:
    assert steps(meaning, "한과")[0] == (1, ["떡", "떡집", "기념품"])


@pytest.mark.parametrize(
    ("typed", "first", "distance"),
    [
        ("행사용 화환", "화환", 1),
        ("축하화환", "화환", 1),
        ("기념떡", "떡", 1),
        ("명함제작", "명함", 0),
        ("명함제작업체", "명함", 0),
        ("명함 구매", "명함", 0),
        ("청소용역", "청소", 0),
        ("청소 용역", "청소", 0),
        ("화환집", "화환", 0),
    ],
)
def test_a_compound_is_read_by_its_deed_or_its_last_part(
    meaning: Meaning, typed: str, first: str, distance: int
) -> None:
    assert steps(meaning, typed)[0][0] == distance
    assert first in steps(meaning, typed)[0][1]


@pytest.mark.parametrize(
    "typed",
    [
        "불꽃",  # ends in 꽃 and is none
        "인쇄회로",
        "청소년",
        "도서관",
        "명함꽂이",  # begins with 명함 and is no print: a question back is better than an answer
        "용역",
        "업체",
        "",
        "ㅎㅅㅁ",
        "공사",
        "유지보수",
        "가" * 3000,
        "한과세트세트" * 40,
    ],
)
def test_a_word_that_says_nothing_known_leads_nowhere(meaning: Meaning, typed: str) -> None:
    assert steps(meaning, typed) == []


def test_an_unknown_thing_with_a_deed_is_looked_for_without_the_deed(meaning: Meaning) -> None:
    assert steps(meaning, "드론방제용역") == [(0, ["드론방제"])]
    assert steps(meaning, "봉황새 유지보수") == [(0, ["봉황새"])]


def test_the_word_itself_is_never_among_the_words_instead(meaning: Meaning) -> None:
    for group in GROUPS:
        for word in group.words():
            found = meaning.widen(search_key(word))
            assert search_key(word) not in [w.key for w in found]
            assert len({w.key for w in found}) == len(found)
            assert [w.distance for w in found] == sorted(w.distance for w in found)


def test_a_long_group_is_cut_off() -> None:
    many = WordGroup("문구", items=tuple((f"품목{n}번",) for n in range(150)))
    assert len(Meaning([many]).widen("문구")) == MOST


def test_the_offices_word_comes_first_and_reaches_on_through_what_it_means() -> None:
    office = WordGroup("명함", items=(("이름쪽지",),), source=WordSource.OFFICE)
    found = steps(Meaning([office, *GROUPS]), "이름쪽지")
    assert found[:2] == [(0, ["명함"]), (1, ["인쇄", "인쇄물"])]


def test_the_offices_word_works_for_a_thing_that_no_group_has() -> None:
    office = WordGroup("족구", items=(("족구공",),), source=WordSource.OFFICE)
    meaning = Meaning([office])
    assert steps(meaning, "족구공") == [(0, ["족구"])]
    assert steps(meaning, "족구") == [(1, ["족구공"])]
    assert steps(meaning, "행사용족구공")[0] == (1, ["족구공", "족구"])


def test_an_official_class_gives_its_name_and_never_its_hundreds_of_things() -> None:
    official = WordGroup("문방구", items=(("연필",), ("지우개",)), source=WordSource.OFFICIAL)
    meaning = Meaning([official])
    assert steps(meaning, "연필") == [(2, ["문방구"])]
    assert steps(meaning, "문방구") == []


@pytest.mark.parametrize(
    ("key", "avoid", "term", "fits"),
    [
        ("꽃", (), "꽃다발", True),
        ("꽃", (), "불꽃놀이", False),  # one syllable only at the beginning
        ("인쇄", ("인쇄회로",), "디지털인쇄물", True),
        ("인쇄", ("인쇄회로",), "인쇄회로기판", False),
        ("인쇄회로", ("인쇄회로",), "인쇄회로", True),  # the very word is meant
        ("pc", (), "pc", True),
        ("pc", (), "pcb", False),
        ("ups", (), "ups장치", True),
        ("ups", (), "groups", False),
        ("cctv", (), "지능형cctv", True),
        ("화환", (), "꽃", False),
    ],
)
def test_where_in_a_term_a_word_counts(key: str, avoid: tuple[str, ...], term: str, fits: bool) -> None:
    assert Widened(key, key, key, 1, avoid).fits(term) is fits


def test_wrong_hits_of_a_typed_word_are_known_too(meaning: Meaning) -> None:
    assert meaning.avoided("인쇄") == ("인쇄회로",)
    assert meaning.avoided("모르는말") == ()


def test_the_kind_of_a_word_is_its_groups(meaning: Meaning) -> None:
    assert meaning.kinds("명함") == {PurchaseKind.GOODS}
    assert meaning.kinds("화환") == frozenset()
    assert meaning.version == 7


@pytest.mark.parametrize(
    ("word", "fault"),
    [
        ("족구공", None),
        ("CCTV", None),
        ("", WordFault.EMPTY),
        (" · ", WordFault.EMPTY),
        ("\u200b", WordFault.EMPTY),
        ("가" * 41, WordFault.TOO_LONG),
        ("용역", WordFault.TOO_GENERAL),
        (" 물 품 ", WordFault.TOO_GENERAL),
    ],
)
def test_which_words_can_be_given_a_meaning(word: str, fault: WordFault | None) -> None:
    assert word_fault(word) is fault


def test_a_pair_names_the_word_at_fault() -> None:
    assert pair_fault("족구공", "체육용품") is None
    assert pair_fault("", "체육용품") == SynonymRefused("word", WordFault.EMPTY)
    assert pair_fault("족구공", "업체") == SynonymRefused("means", WordFault.TOO_GENERAL)
    assert pair_fault("LED 조명", "led조명") == SynonymRefused("means", WordFault.SAME)
