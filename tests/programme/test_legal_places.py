"""A city's places from the names of all legal places: whatever kind of city it is."""

from __future__ import annotations

import pytest

from gwannae.programme.legal_places import CityUnknownError, places_of_city
from gwannae.programme.places import District, Places

NAMES = """경기도
경기도 가람시
경기도 가람시 누리구
경기도 가람시 누리구 해맑동
경기도 가람시 누리구 중앙동
경기도 가람시 다솜구
경기도 가람시 다솜구 별빛동
경기도 가람시 다솜구 율동
경기도 가람시 다솜구 나루동
경기도 두루시
경기도 두루시 중앙동
경기도 두루시 솔숲읍
경기도 두루시 솔숲읍 가람리
경기도 두루군
경기도 두루군 가람면
부산광역시
부산광역시 중구
부산광역시 중구 나루동1가
부산광역시 중구 윗솔동
부산광역시 바다군
부산광역시 바다군 바다읍
대전광역시
대전광역시 중구
충청남도
충청남도 두루시
충청남도 두루시 아랫솔면""".splitlines()


def test_a_city_with_districts() -> None:
    assert places_of_city(NAMES, "경기도 가람시", ["별빛로"]) == Places(
        province="경기도",
        province_aliases=("경기",),
        city="가람시",
        city_aliases=("가람",),
        districts=(
            District("누리구", ("누리",), ("해맑동", "중앙동")),
            District("다솜구", ("다솜",), ("별빛동", "율동", "나루동")),
        ),
        districts_name_the_city=True,
        # not 중앙동 (another city), not 율동 (a word), not 나루동 (부산 has 나루동1가)
        unique_neighbourhoods=("해맑동", "별빛동"),
        unique_roads=("별빛로",),
    )


def test_a_metropolitan_city_is_its_own_province_and_has_a_county() -> None:
    places = places_of_city(NAMES, "부산광역시")
    assert (places.province, places.city, places.city_aliases) == ("부산광역시", "부산광역시", ())
    assert places.province_aliases == ("부산", "부산직할시", "부산시")
    assert places.districts == (
        District("중구", (), ("나루동1가", "윗솔동")),
        District("바다군", ("바다",), ("바다읍",)),
    )
    assert not places.districts_name_the_city
    assert places.unique_neighbourhoods == ("윗솔동", "바다읍")


def test_a_city_and_a_county_without_districts() -> None:
    city = places_of_city(NAMES, "경기도 두루시")
    assert (city.districts, city.neighbourhoods) == ((), ("중앙동", "솔숲읍"))
    assert (city.districts_name_the_city, city.unique_neighbourhoods) == (False, ("솔숲읍",))
    county = places_of_city(NAMES, "두루군")
    assert (county.province, county.city, county.city_aliases) == ("경기도", "두루군", ("두루",))
    assert places_of_city(NAMES, "바다군").province == "부산광역시"


@pytest.mark.parametrize(
    ("city", "candidates"),
    [
        ("두루시", ("경기도 두루시", "충청남도 두루시")),
        ("강원도 두루시", ("경기도 두루군", "경기도 두루시", "충청남도 두루시")),
        ("가람", ("경기도 가람시",)),
        ("없는시", ()),
        ("", ()),
        ("경기도", ("경기도 가람시", "경기도 두루군", "경기도 두루시")),
        ("누리구", ()),
    ],
)
def test_a_name_of_no_city_or_of_several_is_refused_with_what_comes_near(
    city: str, candidates: tuple[str, ...]
) -> None:
    with pytest.raises(CityUnknownError) as raised:
        places_of_city(NAMES, city)
    assert raised.value.candidates == candidates
