"""A 동 or road that only one city has stands for the city where it is left out; every other name does not."""

from __future__ import annotations

import pytest

from gwannae.programme.addresses import AddressEvidence, AddressReading, read_address
from gwannae.programme.facts import Fact
from gwannae.programme.places import District, Places

GARAM = Places(
    province="경기도",
    province_aliases=("경기",),
    city="가람시",
    city_aliases=("가람",),
    districts=(
        District("누리구", ("누리",), ("해맑동", "중앙동")),
        District("다솜구", ("다솜",), ("별빛동",)),
    ),
    districts_name_the_city=True,
    unique_neighbourhoods=("해맑동", "별빛동"),
    unique_roads=("해맑역로", "별빛로"),
)
DONG, ROAD = AddressEvidence.NEIGHBOURHOOD_ONLY_HERE, AddressEvidence.ROAD_ONLY_HERE


@pytest.mark.parametrize(
    ("text", "district", "evidence", "read"),
    [
        ("해맑동 12", "누리구", DONG, "해맑동"),
        ("해맑동", "누리구", DONG, "해맑동"),
        ("해맑동12-3번지", "누리구", DONG, "해맑동"),
        ("해맑동 산 12-3", "누리구", DONG, "해맑동"),
        ("별빛동 12 B동 지하1층", "다솜구", DONG, "별빛동"),
        ("별빛동 12 서울빌딩 3층", "다솜구", DONG, "별빛동"),
        ("해맑2동 12", "누리구", DONG, "해맑2동"),
        ("해맑제2동 12", "누리구", DONG, "해맑제2동"),
        ("경기도 해맑동 12", "누리구", DONG, "경기도 해맑동"),
        ("경기도해맑동 12", "누리구", DONG, "경기도해맑동"),
        ("(13494) 해맑동 12", "누리구", DONG, "해맑동"),
        ("별빛로 12", None, ROAD, "별빛로"),
        ("별빛로12, 3층 (별빛동)", "다솜구", ROAD, "별빛로"),
        ("별빛로12번길 3", None, ROAD, "별빛로12번길"),
        ("별빛로 12번길 3", None, ROAD, "별빛로 12번길"),
        ("경기 해맑역로 166 대구타워", None, ROAD, "경기 해맑역로"),
        ("다솜 별빛로 3", "다솜구", AddressEvidence.DISTRICT_NAMED, "다솜"),
        ("가람시별빛로 3", None, AddressEvidence.CITY_NAMED, "가람시"),
    ],
)
def test_a_name_that_only_this_city_has_is_enough_and_the_reading_says_so(
    text: str, district: str | None, evidence: AddressEvidence, read: str
) -> None:
    assert read_address(text, GARAM) == AddressReading(Fact.YES, district, evidence, read)


@pytest.mark.parametrize(
    "text",
    [
        "중앙동 12",  # several cities have one
        "중앙1동 12",
        "해맑로 12",
        "새해맑동 12",
        "해맑동로 12",
        "해맑동77번길 12",  # a road of that name is not the 동
        "해맑역로수길 3",
        "용인 해맑동 12",  # some other city's short name
        "용인 별빛로 12",
        "카페 해맑동",
        "해맑동 12 (용인시 수지구)",
        "해맑동 12, 강남구",
        "별빛로 12 / 서울특별시 강남구 역삼동",
        "본점 서울빌딩 별빛로 12",
    ],
)
def test_a_shared_name_or_another_city_beside_it_stays_unknown(text: str) -> None:
    assert read_address(text, GARAM).in_city is Fact.UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "용인시 해맑동 12",
        "서울 해맑동",
        "강남구 별빛로 12",
        "경기도 용인시 별빛로 1",
        "충남 별빛동 3",
        "부산 별빛로 12",
    ],
)
def test_another_city_or_province_before_it_is_outside(text: str) -> None:
    assert read_address(text, GARAM).in_city is Fact.NO


def test_places_that_are_alike_are_equal_and_hash_alike() -> None:
    twin = Places("경기도", "가람시", unique_roads=("별빛로",))
    assert twin == Places("경기도", "가람시", unique_roads=("별빛로",))
    assert hash(twin) == hash(Places("경기도", "가람시"))
    assert read_address("별빛로 1", Places("경기도", "가람시")).in_city is Fact.UNKNOWN
    assert read_address("별빛로 1", twin).in_city is Fact.YES
