from __future__ import annotations

import random
import unicodedata

import pytest

from gwannae.programme.addresses import AddressEvidence, AddressReading, read_address
from gwannae.programme.facts import Fact
from gwannae.programme.places import District, Places

# A city that does not exist, in a province that does.
GARAM = Places(
    province="경기도",
    province_aliases=("경기",),
    city="가람시",
    city_aliases=("가람",),
    districts=(
        District("누리구", ("누리",), ("누리동", "해맑동", "해맑1동", "두루동")),
        District("다솜구", ("다솜",), ("다솜동", "별빛동", "두루동")),
    ),
    districts_name_the_city=True,
)
YES, NO, UNKNOWN = Fact.YES, Fact.NO, Fact.UNKNOWN
E = AddressEvidence


@pytest.mark.parametrize(
    ("text", "district", "read"),
    [
        ("경기도 가람시 누리구 해맑로 12", "누리구", "경기도 가람시 누리구"),
        ("경기 가람시 다솜구 별빛동 3-4", "다솜구", "경기 가람시 다솜구"),
        ("경기도가람시누리구해맑동12", "누리구", "경기도가람시누리구"),
        ("경기가람시 다솜구", "다솜구", "경기가람시 다솜구"),
        ("경기 가람 누리 해맑로 12", "누리구", "경기 가람 누리"),
        ("경기도 가람 다솜구 12", "다솜구", "경기도 가람 다솜구"),
        ("경기가람다솜구 별빛동", "다솜구", "경기가람다솜구"),
        ("가람시 누리구 해맑로 12, 3층 (해맑동, 서울빌딩)", "누리구", "가람시 누리구"),
        ("가람시누리구 해맑로 12", "누리구", "가람시누리구"),
        ("가람 누리구 해맑로", "누리구", "가람 누리구"),
        ("(13494) 경기도 가람시 누리구 해맑로 12", "누리구", "경기도 가람시 누리구"),
        ("[13494] 경기도 가람시 누리구 해맑로 12", "누리구", "경기도 가람시 누리구"),
        ("13494 경기도 가람시 누리구", "누리구", "경기도 가람시 누리구"),
        ("13494경기도 가람시 누리구", "누리구", "경기도 가람시 누리구"),
        ("우)463-824 경기도 가람시 누리구", "누리구", "경기도 가람시 누리구"),
        ("(우 13494) 경기도 가람시 누리구", "누리구", "경기도 가람시 누리구"),
        ("주소: 경기도 가람시 누리구", "누리구", "경기도 가람시 누리구"),
        ("대한민국 경기도 가람시 누리구", "누리구", "경기도 가람시 누리구"),
        ("(경기도 가람시 누리구 해맑로 12)", "누리구", "경기도 가람시 누리구"),
        ("경기도 경기도 가람시 누리구", "누리구", "경기도 경기도 가람시 누리구"),
        ("경기도 가람시 가람시 누리구", "누리구", "경기도 가람시 가람시 누리구"),
        ("경기도　가람시　누리구　해맑로　１２", "누리구", "경기도 가람시 누리구"),
        ("경기도, 가람시, 누리구", "누리구", "경기도, 가람시, 누리구"),
        ("경기도\u200b 가람시\n누리구", "누리구", "경기도 가람시 누리구"),
        (unicodedata.normalize("NFD", "경기도 가람시 누리구 해맑로"), "누리구", "경기도 가람시 누리구"),
        ("경기도 가람시 해맑동 12", "누리구", "경기도 가람시"),
        ("경기도 가람시 가람대로 12 (별빛동)", "다솜구", "경기도 가람시"),
        ("경기도 가람시 두루동 12", None, "경기도 가람시"),
        ("경기도 가람시 가람대로 12", None, "경기도 가람시"),
        ("경기도 가람시가람대로 12", None, "경기도 가람시"),
        ("경기도 가람시", None, "경기도 가람시"),
        ("가람시", None, "가람시"),
        ("가람", None, "가람"),
        ("가람 별빛동 1", "다솜구", "가람"),
        ("경기도 가람시 누리구 해맑로 12 / 공장: 경기도 가람시 다솜구", "누리구", "경기도 가람시 누리구"),
        ("우: 13494, 경기도 가람시 누리구", "누리구", "경기도 가람시 누리구"),
        ("(우:13494) 경기도 가람시 누리구", "누리구", "경기도 가람시 누리구"),
        ("우편번호13494 경기도 가람시 누리구", "누리구", "경기도 가람시 누리구"),
        ("경기도 (13494) 가람시 누리구", "누리구", "경기도 가람시 누리구"),
        ("경기도 가람시 누리구 해맑동 12 (우)463-824", "누리구", "경기도 가람시 누리구"),
        ("사업장주소: 가람시 누리구", "누리구", "가람시 누리구"),
        ("한국 경기도 가람시 누리구", "누리구", "경기도 가람시 누리구"),
        ("경기도/가람시/누리구/해맑동", "누리구", "경기도 가람시 누리구"),
        ("가람 시 누리 구 해맑동", "누리구", "가람시 누리구"),
        ("겅기도 가람시 누리구 해맑로 12", "누리구", "경기도 가람시 누리구"),
        ("경기도가람시누리구해맑1동12", "누리구", "경기도가람시누리구"),
        ("경기도가람시누리구자전거2길12", "누리구", "경기도가람시누리구"),
        ("가람시누리구청계산로12", None, "가람시"),
        ("가람시 누리구 해맑로 12 서울타워 3층", "누리구", "가람시 누리구"),
        ("가람시 누리구 해맑로 12 광주빌딩 B동 지하1층", "누리구", "가람시 누리구"),
        ("가람시 누리구 해맑로 12 3층 서울OK치과 대구 식당", "누리구", "가람시 누리구"),
        ("가람시 누리구 해맑로 12 강원도 막국수", "누리구", "가람시 누리구"),
        ("가람시 누리구 해맑동 산 12-3번지 서울특별시의회 앞", "누리구", "가람시 누리구"),
    ],
)
def test_the_city_by_its_name_is_in_the_city(text: str, district: str | None, read: str) -> None:
    assert read_address(text, GARAM) == AddressReading(YES, district, E.CITY_NAMED, read)


@pytest.mark.parametrize(
    ("text", "district", "read"),
    [
        ("누리구 해맑로 12", "누리구", "누리구"),
        ("누리구해맑동 12", "누리구", "누리구"),
        ("경기도 다솜구 별빛로 1", "다솜구", "경기도 다솜구"),
        ("누리 해맑동 12", "누리구", "누리"),
        ("누리해맑동 12", "누리구", "누리"),
    ],
)
def test_a_district_alone_names_the_city_where_no_other_city_has_one_like_it(
    text: str, district: str, read: str
) -> None:
    assert read_address(text, GARAM) == AddressReading(YES, district, E.DISTRICT_NAMED, read)


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("서울특별시 강남구 역삼동 1", E.OTHER_PROVINCE),
        ("서울 강남구", E.OTHER_PROVINCE),
        ("서울 강남 테헤란로 1", E.OTHER_PROVINCE),
        ("서울시 강남구", E.OTHER_PROVINCE),
        ("서울강남구 역삼동", E.OTHER_PROVINCE),
        ("서울특별시강남구역삼동", E.OTHER_PROVINCE),
        ("부산직할시 해운대구", E.OTHER_PROVINCE),
        ("전라북도 전주시 완산구", E.OTHER_PROVINCE),
        ("전북특별자치도 전주시", E.OTHER_PROVINCE),
        ("전북 전주시", E.OTHER_PROVINCE),
        ("강원도 춘천시", E.OTHER_PROVINCE),
        ("강원특별자치도 춘천시", E.OTHER_PROVINCE),
        ("세종 한누리대로 1", E.OTHER_PROVINCE),
        ("세종특별자치시한누리대로 1", E.OTHER_PROVINCE),
        ("제주 서귀포시", E.OTHER_PROVINCE),
        ("충북 가람시 누리구 해맑로 12", E.OTHER_PROVINCE),
        ("서울특별시 가람시 누리구", E.OTHER_PROVINCE),
        ("부산광역시 누리구 해맑동", E.OTHER_PROVINCE),
        ("서울특별시 가람로 12", E.OTHER_PROVINCE),
        ("대구광역시 중구 가람동", E.OTHER_PROVINCE),
        ("광주광역시 북구", E.OTHER_PROVINCE),
        ("경기도 용인시 수지구", E.OTHER_CITY),
        ("경기도 용인시 가람동 12", E.OTHER_CITY),
        ("경기도용인시수지구풍덕천동", E.OTHER_CITY),
        ("경기 양평군 가람면", E.OTHER_CITY),
        ("경기도 가람시흥시 누리로", E.OTHER_CITY),
        ("경기도 새가람시 누리구", E.OTHER_CITY),
        ("새가람시 누리구 해맑로", E.OTHER_CITY),
        ("경기도 광주시 오포읍", E.OTHER_CITY),
        ("용인시 수지구", E.OTHER_CITY),
        ("용인 수지구 풍덕천동", E.OTHER_CITY),
        ("경기 용인 수지구", E.OTHER_CITY),
        ("해운대구 우동", E.OTHER_CITY),
        ("중구 명동길 1", E.OTHER_CITY),
        ("제주시 연동", E.OTHER_CITY),
        ("광주시 오포읍", E.OTHER_CITY),
        ("부산진구 가람로 1", E.OTHER_CITY),
        ("시흥시 가람로 1", E.OTHER_CITY),
    ],
)
def test_another_province_or_city_by_name_is_outside(text: str, evidence: AddressEvidence) -> None:
    reading = read_address(text, GARAM)
    assert (reading.in_city, reading.district, reading.evidence) == (NO, None, evidence)
    assert reading.read
    assert text.startswith(reading.read)


@pytest.mark.parametrize(
    ("text", "evidence", "read"),
    [
        ("", E.EMPTY, ""),
        (" \u200b ", E.EMPTY, ""),
        ("누리동 12", E.NEIGHBOURHOOD_ONLY, "누리동"),
        ("해맑로 12", E.NEIGHBOURHOOD_ONLY, "해맑로"),
        ("가람동 12", E.NEIGHBOURHOOD_ONLY, "가람동"),
        ("가람로12번길 3", E.NEIGHBOURHOOD_ONLY, "가람로12번길"),
        ("가람대로 12", E.NEIGHBOURHOOD_ONLY, "가람대로"),
        ("경기도 가람대로 12", E.NEIGHBOURHOOD_ONLY, "가람대로"),
        ("가람시청로 12", E.NEIGHBOURHOOD_ONLY, "가람시청로"),
        ("경기도 가람시청로 12", E.NEIGHBOURHOOD_ONLY, "가람시청로"),
        ("가람면 누리리 3", E.NEIGHBOURHOOD_ONLY, "가람면"),
        ("경기도 해맑동 12", E.NEIGHBOURHOOD_ONLY, "해맑동"),
        ("대구로 12", E.NEIGHBOURHOOD_ONLY, "대구로"),
        ("세종대로 110", E.NEIGHBOURHOOD_ONLY, "세종대로"),
        ("서울시립대로 5", E.NEIGHBOURHOOD_ONLY, "서울시립대로"),
        ("강원도민로 5", E.NEIGHBOURHOOD_ONLY, "강원도민로"),
        ("다솜 12번길", E.UNREADABLE, ""),
        ("다솜 빌딩 3층", E.UNREADABLE, ""),
        ("가람 빌딩 3층", E.UNREADABLE, ""),
        ("세종 빌딩 3층", E.UNREADABLE, ""),
        ("서울빌딩 3층", E.UNREADABLE, ""),
        ("대구탕집", E.UNREADABLE, ""),
        ("가람시청", E.UNREADABLE, ""),
        ("경기도", E.UNREADABLE, ""),
        ("본점과 같음", E.UNREADABLE, ""),
        ("역시 모름", E.UNREADABLE, ""),
        ("13494", E.UNREADABLE, ""),
        ("abc", E.UNREADABLE, ""),
        ("<!channel>", E.UNREADABLE, ""),
        ("전기도민 가람시", E.UNREADABLE, ""),
        ("경기도 가람시청 12", E.UNREADABLE, ""),
        ("가람시청 3층", E.UNREADABLE, ""),
        ("누리구청", E.UNREADABLE, ""),
        ("경기도 가람시 수지구 12", E.CONFLICT, "경기도 가람시 수지구"),
        ("가람시 용인시", E.CONFLICT, "가람시 용인시"),
        ("경기도 서울특별시 강남구", E.CONFLICT, "경기도 서울특별시"),
        (
            "서울특별시 강남구 테헤란로 1 / 경기도 가람시 누리구",
            E.CONFLICT,
            "서울특별시 / 경기도 가람시 누리구",
        ),
        ("본점 서울 강남구, 공장 가람시 누리구", E.CONFLICT, "서울 / 가람시 누리구"),
        ("가람시 누리구 (본사: 부산광역시 중구)", E.CONFLICT, "가람시 누리구 / 부산광역시"),
    ],
)
def test_what_names_neither_or_both_stays_unknown(text: str, evidence: AddressEvidence, read: str) -> None:
    assert read_address(text, GARAM) == AddressReading(UNKNOWN, None, evidence, read)


def test_a_common_district_does_not_name_the_city() -> None:
    common = Places(
        "경상북도", "가람시", ("경북",), ("가람",), (District("남구", (), ("별빛동",)), District("북구")), False
    )
    assert read_address("남구 별빛동 1", common) == AddressReading(UNKNOWN, None, E.DISTRICT_NAMED, "남구")
    assert read_address("경북 남구 별빛동 1", common).in_city is UNKNOWN
    assert read_address("경북 가람시 남구 1", common) == AddressReading(YES, "남구", E.CITY_NAMED, "경북 가람시 남구")
    assert read_address("울산 남구 별빛동", common).in_city is NO
    assert read_address("서구 별빛동", common).in_city is NO


def test_a_metropolitan_city_is_its_own_province() -> None:
    metro = Places("가람광역시", "가람광역시", ("가람", "가람시"), (), (District("누리구"), District("중구")), False)
    for text in ("가람광역시 누리구 1", "가람시 누리구 1", "가람 누리구 1", "가람광역시누리구"):
        assert read_address(text, metro).in_city is YES, text
        assert read_address(text, metro).district == "누리구", text
    assert read_address("가람광역시 해운대구 1", metro).evidence is E.CONFLICT
    assert read_address("부산광역시 중구 1", metro).in_city is NO
    assert read_address("가람로 12", metro).in_city is UNKNOWN


def test_a_city_without_districts_in_a_made_up_province() -> None:
    small = Places("누리도", "다솜군", ("누리",), ("다솜",))
    assert read_address("누리도 다솜군 다솜읍 별빛로 1", small).in_city is YES
    assert read_address("누리 다솜군 다솜읍", small).in_city is YES
    assert read_address("누리도 한빛군 다솜면 1", small).evidence is E.OTHER_CITY
    assert read_address("경기도 다솜군", small).evidence is E.OTHER_PROVINCE
    assert read_address("다솜읍 1", small).in_city is UNKNOWN


def test_a_city_that_shares_its_short_name_with_a_province_is_told_apart() -> None:
    twin = Places("경기도", "광주시", ("경기",), ("광주",))
    assert read_address("경기도 광주시 오포읍", twin).in_city is YES
    assert read_address("경기 광주 오포읍", twin).in_city is YES
    assert read_address("광주시 오포읍", twin).in_city is YES
    assert read_address("광주광역시 북구", twin).in_city is NO
    assert read_address("광주 북구 용봉동", twin).in_city is NO
    assert read_address("광주 오포읍", twin).in_city is UNKNOWN
    assert read_address("광주시 북구 용봉동", twin).in_city is UNKNOWN


def test_a_metropolitan_city_that_shares_its_short_name_needs_a_part_of_its_own() -> None:
    north = District("북구", (), ("별빛동", "송정동"))
    twin = Places("광주광역시", "광주광역시", ("광주",), (), (north,), unique_neighbourhoods=("별빛동",))
    for text in ("광주광역시 해맑동", "광주 북구 해맑동", "광주광역시 북구", "광주 별빛동"):
        assert read_address(text, twin).in_city is YES, text
    assert read_address("광주 해맑동 12", twin).in_city is UNKNOWN
    assert read_address("광주 송정동 12", twin).in_city is UNKNOWN
    assert read_address("광주시 해맑동 12", twin).in_city is NO


def test_no_rubbish_around_a_foreign_address_makes_it_ours() -> None:
    chance = random.Random(5)  # noqa: S311
    pieces = ["가람로", "가람동", "누리동", "가람빌딩", "누리", "(", ")", ",", "12", "3층", "해맑1동", "가람", "다솜"]
    for start in ("서울특별시 중구", "충남 가람시", "경기도 용인시", "부산 누리구", "해운대구"):
        for _ in range(200):
            text = f"{start} {' '.join(chance.choices(pieces, k=chance.randint(0, 6)))}"
            reading = read_address(text, GARAM).in_city
            assert reading is NO or (start == "해운대구" and reading is UNKNOWN), text


def test_no_rubbish_is_ever_read_as_ours_or_breaks() -> None:
    chance = random.Random(6)  # noqa: S311
    signs = "가람시누리구동로길 12(),경기도서울광주<&\u200b"
    for _ in range(3000):
        text = "".join(chance.choices(signs, k=chance.randint(0, 20)))
        reading = read_address(text, GARAM)
        if reading.in_city is YES:
            assert any(name in reading.read for name in ("가람", "누리")), text
    assert read_address("가" * 100_000, GARAM).in_city is UNKNOWN
    assert read_address("가람시 " + "로" * 100_000, GARAM).in_city is YES
