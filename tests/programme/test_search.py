"""A query as it is understood, and the classes of its matches."""

import pytest

from gwannae.programme.places import District, Places
from gwannae.programme.search import (
    MAX_QUERY,
    MAX_WORDS,
    Field,
    MatchClass,
    match_class,
    read_query,
    vendor_terms,
    words_alone,
)
from gwannae.programme.vendors import CertificateKind
from gwannae.programme.word_matches import Kind, Place
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
    ("typed", "words", "number", "districts", "certificates"),
    [
        ("현수막", ("현수막",), None, (), ()),
        ("  현수막   제작 ", ("현수막", "제작"), None, (), ()),
        ("㈜가온인쇄", ("가온인쇄",), None, (), ()),
        ("LED 간판", ("led", "간판"), None, (), ()),
        ("ＬＥＤ", ("led",), None, (), ()),
        ("솔숲 떡", ("떡",), None, ("솔숲구",), ()),
        ("떡 솔숲구", ("떡",), None, ("솔숲구",), ()),
        ("솔숲 물결 떡 솔숲구", ("떡",), None, ("솔숲구", "물결구"), ()),
        ("솔숲떡집", ("솔숲떡집",), None, (), ()),
        ("떡 여성기업", ("떡",), None, (), (WOMEN,)),
        ("떡 여성기업확인서 사회적기업", ("떡",), None, (), (WOMEN, SOCIAL)),
        ("여성기업 여성기업", (), None, (), (WOMEN,)),
        ("여성기업 필요해 떡", ("필요해", "떡"), None, (), (WOMEN,)),
        ("떡 여성기업 확인이 필요한지", ("떡", "여성기업", "확인이", "필요한지"), None, (), ()),
        ("떡. 여성기업 필요 여부 포함해서", ("떡", "여성기업", "필요", "여부", "포함해서"), None, (), ()),
        ("떡 여성기업 여부", ("떡", "여성기업", "여부"), None, (), ()),
        ("혁신디자인", ("혁신디자인",), None, (), ()),
        ("녹색 조경", ("녹색", "조경"), None, (), ()),
        ("여성기업인협회", ("여성기업인협회",), None, (), ()),
        ("123-45-67891", (), "1234567891", (), ()),
        ("123 45 67891", (), "1234567891", (), ()),
        ("１２３４５６７８９１", (), "1234567891", (), ()),
        ("현수막 123-45-67891", ("현수막",), "1234567891", (), ()),
        ("123456789", ("123456789",), None, (), ()),
        ("12345678910", ("12345678910",), None, (), ()),
        ("", (), None, (), ()),
        ("😀 % _ --", (), None, (), ()),
        ("<!channel>", ("channel",), None, (), ()),
    ],
)
def test_a_query_is_understood(
    typed: str, words: tuple[str, ...], number: str | None, districts: tuple[str, ...], certificates: tuple[object, ...]
) -> None:
    query = read_query(typed, PLACES)
    assert (query.words, query.business_number, query.districts, query.certificates) == (
        words, number, districts, certificates,
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
    assert not words_alone("솔숲").districts


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


def test_what_is_left_beside_filters_keeps_its_order_and_its_full_stops() -> None:
    query = read_query("솔숲 현수막 업체. 여성기업 123-45-67891 비교용", PLACES)
    assert query.rest == "현수막 업체. 비교용"


@pytest.mark.parametrize(
    ("typed", "quoted"), [('"인솨"', True), ('"인솨 솔숲구"', True), ("인솨", False), ('"인솨', False), ('""', False)]
)
def test_quotation_marks_ask_for_the_words_as_they_stand(typed: str, quoted: bool) -> None:
    assert read_query(typed, PLACES).as_it_stands is quoted
    assert read_query(typed, PLACES).words == (("인솨",) if "인솨" in typed else ())


def test_each_kind_place_and_field_has_a_class_and_surer_ones_stand_first() -> None:
    classes = [match_class(where, kind, place) for kind in Kind for place in Place for where in Field]
    assert classes == sorted(MatchClass)
    assert {c for c in MatchClass if c.is_guess} == {
        match_class(where, kind, place)
        for kind in (Kind.OTHER_KEYBOARD, Kind.SLIP)
        for place in Place
        for where in Field
    }
    assert match_class(Field.NAME, Kind.SLIP, Place.START).name == "NAME_SLIP_PREFIX"
