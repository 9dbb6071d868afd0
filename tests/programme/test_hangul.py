from __future__ import annotations

import unicodedata

import pytest

from gwannae.programme.hangul import firm_key, fold, josa, search_key, shorten


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Ａ４  용지\t\n", "a4 용지"),
        ("㈜가온\u200b인쇄", "(주)가온인쇄"),
        (unicodedata.normalize("NFD", "가온 인쇄"), "가온 인쇄"),
        ("ﾊﾝｺ", "ハンコ"),
        ("Straße", "strasse"),
        ("ㅎㅅㅁ", "ㅎㅅㅁ"),
        ("ㄱㅏ", "ㄱㅏ"),
        ("가ㄳ", "가ㄳ"),
        ("ﾡﾢ", "ㄱㄲ"),
        ("인쇄\u3164\ufe0f\u0000\x07", "인쇄"),
        ("\ud800인쇄", "인쇄"),
        ("", ""),
    ],
)
def test_a_text_is_folded_into_one_spelling(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("A4 용지(80g), 복사용", "a4용지80g복사용"),
        ("떡·한과 / 폐백", "떡한과폐백"),
        ("<!channel>", "channel"),
        ("100%", "100"),
        ("★★", ""),
    ],
)
def test_a_search_key_keeps_letters_digits_and_hangul(text: str, key: str) -> None:
    assert search_key(text) == key


@pytest.mark.parametrize(
    "name",
    [
        "가온인쇄",
        "㈜가온인쇄",
        "가온인쇄㈜",
        "(주)가온인쇄",
        "（주） 가온인쇄",
        "( 주 )가온 인쇄",
        "주)가온인쇄",
        "주식회사 가온인쇄",
        "주식회사가온인쇄",
        "가온인쇄주식회사",
        "가온인쇄 (유)",
        "유한회사 가온인쇄",
        "(사)가온인쇄",
        "사단법인 가온인쇄",
        "(재) 가온인쇄",
        "재단법인가온인쇄",
        "농업회사법인 주식회사 가온인쇄",
        "농업회사법인주식회사가온인쇄",
        "농업회사법인㈜가온인쇄",
    ],
)
def test_a_firm_has_one_key_whatever_its_company_form(name: str) -> None:
    assert firm_key(name) == "가온인쇄"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("가온협동조합", "가온협동조합"),
        ("가온주식회사 둘째지점", "가온둘째지점"),
        ("한주식회사랑", "한주식회사랑"),
        ("주)", "주"),
        ("㈜", "주"),
        ("주식회사", "주식회사"),
        ("주식회사 (주)", "주식회사주"),
        ("★", "★"),
        ("", ""),
    ],
)
def test_a_firm_key_keeps_the_name_and_is_never_empty_for_want_of_one(name: str, key: str) -> None:
    assert firm_key(name) == key


@pytest.mark.parametrize(
    ("word", "pair", "particle"),
    [
        ("업체", "은/는", "는"),
        ("현수막", "은/는", "은"),
        ("명함", "이/가", "이"),
        ("인쇄", "이/가", "가"),
        ("인쇄", "을/를", "를"),
        ("책", "과/와", "과"),
        ("서울", "으로/로", "로"),
        ("부산", "으로/로", "으로"),
        ("제주", "으로/로", "로"),
        ("‘드론 방제’", "을/를", "를"),
        ("**현수막**", "을/를", "을"),
        ("가온인쇄(주)", "은/는", "는"),
        ("3", "을/를", "을"),
        ("2", "을/를", "를"),
        ("1", "으로/로", "로"),
        ("6", "으로/로", "으로"),
        ("10", "이/가", "이"),
        ("1,000", "을/를", "을"),
        ("1,000,000,000,000", "을/를", "를"),
        ("0", "이/가", "이"),
        ("62.5%", "은/는", "는"),
        ("A4", "을/를", "를"),
        ("LED", "을/를", "를"),
        ("URL", "으로/로", "로"),
        ("LCM", "은/는", "은"),
        ("PDF", "은/는", "는"),
        ("Excel", "으로/로", "로"),
        ("Slack", "이/가", "이"),
        ("ㄱ", "을/를", "을"),
        ("ㄹ", "으로/로", "로"),
        ("ㅏ", "을/를", "를"),
        ("漢", "을/를", "을(를)"),
        ("", "은/는", "은(는)"),
        ("!!", "으로/로", "(으)로"),
    ],
)
def test_a_particle_follows_how_the_word_is_read(word: str, pair: str, particle: str) -> None:
    assert josa(word, pair) == particle


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("가온인쇄", 4, "가온인쇄"),
        ("가온인쇄", 3, "가온…"),
        ("가온 인쇄", 4, "가온…"),
        ("가온인쇄", 1, "…"),
        ("가온인쇄", 0, ""),
        ("가온인쇄", -1, ""),
        ("", 0, ""),
        ("가나😀다라", 5, "가나😀…"),
        ("가나😀다라", 4, "가나…"),
        ("ae\u0301xyz", 3, "a…"),
        ("가👩\u200d🏭나다라마", 5, "가…"),
        ("가👍🏽나다라마", 4, "가…"),
        (unicodedata.normalize("NFD", "각각각"), 5, unicodedata.normalize("NFD", "각") + "…"),
    ],
)
def test_a_text_is_shortened_between_characters_only(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


def test_a_shortened_text_never_exceeds_its_limit_in_characters_or_utf_16() -> None:
    text = "가온😀인쇄 e\u0301👍🏽" * 20
    for limit in range(len(text) + 50):
        short = shorten(text, limit)
        assert len(short.encode("utf-16-le")) // 2 <= limit or short == ""
