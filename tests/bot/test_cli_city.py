"""`gwannae city places`: the [places] part of a city file, from the official table to a file that is read."""

from pathlib import Path

import pytest

from gwannae.programme.addresses import read_address
from gwannae.programme.facts import Fact
from gwannae.readers.city_file import CityFileError, parse_city
from tests.bot.command_line import CITY_FILE, Ended, run

HEAD = "법정동코드\t법정동명\t폐지여부"
NAMES = (
    "가람도",
    "가람도 햇님시",
    "가람도 햇님시 솔숲구",
    "가람도 햇님시 솔숲구 윗솔동",
    "가람도 햇님시 솔숲구 중앙동",
    "가람도 햇님시 물결구",
    "가람도 햇님시 물결구 나루터동",
    "가람도 달님시",
    "가람도 달님시 중앙동",
    "누리도 달님시",
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "법정동코드.txt"
    path.write_bytes("\r\n".join([HEAD, *(f"1\t{name}\t존재" for name in NAMES)]).encode("cp949"))
    return path


def printed(ended: Ended) -> bytes:
    """The test's city file with its places exchanged for those that were printed."""
    before, rest = CITY_FILE.read_text(encoding="utf-8").split("[places]")
    return f"{before}{ended.out}\n[[local_rules]]{rest.split('[[local_rules]]', 1)[1]}".encode()


def test_what_is_printed_is_the_places_of_a_city_file(table: Path, tmp_path: Path) -> None:
    roads = tmp_path / "도로.csv"
    roads.write_text("도로명,건수\n솔숲역로,3\n솔숲역로12번길,1\n", encoding="utf-8")
    ended = run("city", "places", str(table), "--of", "햇님시", "--roads", str(roads))
    assert ended.code == 0
    assert "법정동코드.txt" in ended.out
    assert "2곳" in ended.err
    assert "다른 시에 없는 이름만" in ended.err
    places = parse_city(printed(ended), "햇님.toml").places
    assert (places.city, [d.name for d in places.districts]) == ("햇님시", ["솔숲구", "물결구"])
    assert places.unique_neighbourhoods == ("윗솔동", "나루터동")
    assert places.unique_roads == ("솔숲역로",)
    for text in ("윗솔동 3", "솔숲역로 12", "솔숲구 중앙동", "햇님시 중앙동"):
        assert read_address(text, places).in_city is Fact.YES, text
    assert read_address("중앙동 3", places).in_city is Fact.UNKNOWN


@pytest.mark.parametrize(
    ("city", "words"),
    [("달님시", "가람도 달님시, 누리도 달님시"), ("별님시", "하나로 정하지 못했습니다"), ("\x1b[31m", "못했습니다")],
)
def test_a_city_that_is_not_one_is_asked_for_again(table: Path, city: str, words: str) -> None:
    ended = run("city", "places", str(table), "--of", city)
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err
    assert "\x1b" not in ended.err


def test_another_file_is_refused_with_what_was_expected(tmp_path: Path) -> None:
    wrong = tmp_path / "다른.csv"
    wrong.write_text("도로명,건수\n솔숲로,3\n", encoding="utf-8")
    ended = run("city", "places", str(wrong), "--of", "햇님시")
    assert (ended.code, ended.out) == (2, "")
    assert "법정동명" in ended.err
    assert run("city", "places", str(tmp_path / "없다.txt"), "--of", "햇님시").code == 2


@pytest.mark.parametrize("key", ["neighbourhoods", "unique_neighbourhoods", "unique_roads"])
def test_the_new_keys_are_checked_like_all_others(key: str) -> None:
    with pytest.raises(CityFileError) as raised:
        parse_city(CITY_FILE.read_bytes().replace(b"[places]\n", f"[places]\n{key} = [3]\n".encode()), "city.toml")
    assert raised.value.faults[0].place == f"places.{key}.1"
