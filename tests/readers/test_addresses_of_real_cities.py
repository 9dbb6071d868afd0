"""Addresses against the official table of legal places: what lies in a city is read as inside, nothing else ever is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gwannae.programme.addresses import read_address
from gwannae.programme.facts import Fact
from gwannae.programme.legal_places import places_of_city
from gwannae.programme.places import Places
from gwannae.programme.provinces import PROVINCES
from gwannae.readers.city_file import read_city, shipped_cities
from gwannae.readers.legal_places import read_legal_places
from tests.shared_data import shared_data_path, shared_rows

pytestmark = pytest.mark.shared_data

SHORT = {name: province.short for province in PROVINCES for name in province.full_names}


@pytest.fixture(scope="module")
def names() -> tuple[str, ...]:
    return read_legal_places(shared_data_path("legal_dong_codes_all_cp949.txt.gz"))


@pytest.fixture(scope="module")
def city(names: tuple[str, ...]) -> str:
    """The one city whose vendors lie beside the checkout, as its own file names it."""
    row = next(row for row in shared_rows("seongnam_admin_legal_dong.csv") if row["시군구명"])
    return f"{row['시도명']} {row['시군구명'].split(' ')[0]}"


@pytest.fixture(scope="module")
def places(names: tuple[str, ...], city: str) -> Places:
    return places_of_city(names, city)


def shorter(name: str) -> Iterator[str]:
    """The ways in which people leave out parts of a legal place's name, down to its last word."""
    words = name.split(" ")
    yield " ".join([SHORT.get(words[0], words[0]), *words[1:]])
    for start in range(1, len(words)):
        yield " ".join(words[start:])
    if len(words) > 2 and len(words[1]) > 2:  # 중구 is never called 중
        yield " ".join([words[1][:-1], *words[2:]])
        yield " ".join([words[0], words[1][:-1], *words[2:]])
        yield f"{words[1]} {words[-1]}"
        yield f"{words[1][:-1]} {words[-1]}"
    if len(words) > 3 and len(words[2]) > 2:
        yield " ".join([words[1][:-1], words[2][:-1], *words[3:]])


def spelt(text: str) -> Iterator[str]:
    """The same with a lot, with a hill lot, without spaces."""
    yield from (text, f"{text} 123-4번지", f"{text} 산 12-3", text.replace(" ", ""))


def test_no_place_elsewhere_is_ever_read_as_inside(names: tuple[str, ...], city: str, places: Places) -> None:
    elsewhere = [name for name in names if name not in city and not name.startswith(f"{city} ")]
    assert len(elsewhere) > 15_000
    wrong = [
        text
        for name in elsewhere
        for form in (name, *shorter(name))
        for text in spelt(form)
        if read_address(text, places).in_city is Fact.YES
    ]
    assert wrong == []


@pytest.mark.parametrize("file", ["place_names_like_seongnam_a.csv", "neighbour_legal_dong.csv"])
def test_look_alikes_are_outside_by_their_full_name(file: str, places: Places) -> None:
    for row in shared_rows(file):
        name = row["법정동명"]
        assert read_address(name, places).in_city is Fact.NO, name
        short = " ".join([SHORT.get(name.split(" ")[0], name.split(" ")[0]), *name.split(" ")[1:]])
        assert read_address(short, places).in_city is Fact.NO, short


def test_a_road_alone_stays_unknown_where_no_road_is_known_to_be_the_citys_own(places: Places) -> None:
    roads = [row["도로명"] for row in shared_rows("seongnam_road_names_from_merchants.csv")]
    assert len(roads) > 500
    assert [road for road in roads if read_address(f"{road} 12", places).in_city is not Fact.UNKNOWN] == []


def test_the_shipped_file_names_as_unique_what_the_table_says_is(places: Places) -> None:
    shipped = next(c.places for c in map(read_city, shipped_cities()) if c.places.city == places.city)
    assert set(shipped.unique_neighbourhoods) == set(places.unique_neighbourhoods)
    known = {row["도로명"] for row in shared_rows("seongnam_road_names_from_merchants.csv")}
    assert set(shipped.unique_roads) <= known


MUTATIONS = {
    "as it is": lambda a: a,
    "no spaces": lambda a: a.replace(" ", ""),
    "two spaces": lambda a: a.replace(" ", "  "),
    "full-width digits": lambda a: a.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"}),
    "postcode before": lambda a: f"(13494) {a}",
    "old postcode before": lambda a: f"[463-824]{a}",
    "named postcode before": lambda a: f"우편번호: 13494, {a}",
    "postcode behind": lambda a: f"{a} (우)13494",
    "in brackets": lambda a: f"({a})",
    "labelled": lambda a: f"도로명주소: {a}",
    "foreign building": lambda a: f"{a} 광주빌딩 3층",
    "foreign tower": lambda a: f"{a}, 서울타워 B동 지하1층",
    "foreign bank": lambda a: f"{a} (부산은행 옆)",
    "foreign kitchen": lambda a: f"{a} 강원도 막국수",
    "without province": lambda a: a.split(" ", 1)[1] if a.startswith("경기") else a,
}


@pytest.mark.parametrize("mutation", MUTATIONS)
@pytest.mark.parametrize(
    ("file", "column"),
    [("vendors_seongnam_merchants_a.csv.gz", "주소"), ("vendors_seongnam_medical_a.csv", "도로명주소")],
)
def test_the_citys_vendors_are_read_as_inside_however_spelt(
    file: str, column: str, mutation: str, places: Places
) -> None:
    addresses = [MUTATIONS[mutation](row[column]) for row in shared_rows(file)]
    missed = [address for address in addresses if read_address(address, places).in_city is not Fact.YES]
    print(*missed, sep="\n")  # noqa: T201  # pytest shows it where the next line fails
    assert len(missed) <= len(addresses) * 0.001


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_no_firm_of_another_province_is_read_as_inside(mutation: str, places: Places) -> None:
    addresses = [MUTATIONS[mutation](row["소재지"]) for row in shared_rows("policy_companies_busan_a.csv")]
    assert [a for a in addresses if read_address(a, places).in_city is Fact.YES] == []


OTHER_CITIES = ["수원시", "경기도 광주시", "광주광역시", "부산광역시", "세종특별자치시", "울주군"]


@pytest.mark.parametrize("other", OTHER_CITIES)
def test_any_city_is_loaded_from_the_table_and_knows_its_own(other: str, names: tuple[str, ...]) -> None:
    places = places_of_city(names, other)
    own = places.city if places.city == places.province else f"{places.province} {places.city}"
    inside = [name for name in names if name.startswith(f"{own} ")]
    outside = [name for name in names if name != own and not name.startswith(f"{own} ") and name != places.province]
    assert len(inside) > 30
    for name in inside:
        for text in (name, f"{name} 123-4번지", name.replace(" ", ""), name.removeprefix(places.province).strip()):
            if text.startswith(places.city) or places.province in text:
                assert read_address(text, places).in_city is Fact.YES, text
    assert [name for name in outside if read_address(name, places).in_city is not Fact.NO] == []
    short = [text for name in outside for text in shorter(name)]
    assert [text for text in short if read_address(text, places).in_city is Fact.YES] == []
