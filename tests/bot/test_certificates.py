"""Certificates that end soon: the office's list at the front door, and the city's own numbers of days."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from gwannae.messages import ids
from gwannae.programme.vendors import Certificate, CertificateKind
from gwannae.storage import vendor_import
from gwannae.storage.database import Database
from tests.bot import knocks
from tests.bot.command_line import CITY_FILE, CommandLine
from tests.bot.test_home import home_of
from tests.bot.test_words import done, from_home
from tests.builders import a_vendor
from tests.front_door import NOW, OFFICE, STAFF, FrontDoor, text_of
from tests.readers.files import csv_text

GREEN = CertificateKind.GREEN


def certify(door: FrontDoor, count: int, first: date = date(2027, 6, 20)) -> None:
    """Firms whose certificates end one a day."""
    made = [
        a_vendor(
            name=f"보람상사{n:02}",
            business_number=None,
            certificates=(Certificate(GREEN, f"녹-{n:02}", None, first + timedelta(days=n)),),
        )
        for n in range(count)
    ]
    with door.toolkit.database.write() as tx:
        vendor_import.insert_vendors(tx, made, at=door.clock())
        vendor_import.end_import(tx, as_of=date(2027, 6, 1), at=door.clock())


async def test_the_office_finds_what_ends_under_the_nearest_warning(door: FrontDoor) -> None:
    certify(door, 1)
    certify(door, 1, first=date(2027, 8, 1))
    said = text_of(await from_home(door, OFFICE, ids.CERTIFICATES_OPEN))
    assert "*60일 안에 끝나는 인증 3건* · 2027. 6. 15. 기준" in said
    assert "*보람상사00* · 녹색제품 · 녹-00\n2027. 6. 20.까지 · 5일 남음" in said
    assert "*가온인쇄* · 여성기업 · W-1\n2027. 7. 10.까지 · 25일 남음" in said
    assert said.index("*30일 안*") < said.index("*가온인쇄*") < said.index("*60일 안*") < said.index("2027. 8. 1.까지")
    home = door.workspace.views.home(OFFICE)
    assert home is not None
    assert "끝나는 인증 3건" in text_of(home)


async def test_a_firm_of_the_list_opens_in_full(door: FrontDoor) -> None:
    window = await from_home(door, OFFICE, ids.CERTIFICATES_OPEN)
    await door.driver.press(OFFICE, window, ids.VENDOR_DETAIL)
    assert "*30일 안에 끝남*(25일 남음)" in text_of(door.form(OFFICE))


async def test_a_long_list_is_paged_there_and_back(door: FrontDoor) -> None:
    certify(door, 40)
    first = await from_home(door, OFFICE, ids.CERTIFICATES_OPEN)
    assert "더 보기 (26건)" in text_of(first)
    await door.driver.press(OFFICE, first, ids.CERTIFICATES_MORE)
    await done(door)
    second = door.form(OFFICE)
    assert "보람상사15" in text_of(second)
    assert "보람상사00" not in text_of(second)
    await door.driver.press(OFFICE, second, ids.CERTIFICATES_BACK)
    await done(door)
    assert text_of(door.form(OFFICE)) == text_of(first)


async def test_an_empty_list_says_so(door: FrontDoor) -> None:
    door.clock.now = NOW.replace(year=2028)
    said = text_of(await from_home(door, OFFICE, ids.CERTIFICATES_OPEN))
    assert "*60일 안에 끝나는 인증 0건*" in said
    assert "곧 끝나는 인증이 없습니다." in said


async def test_nobody_but_the_office_has_the_list(door: FrontDoor) -> None:
    assert "끝나는 인증" not in await home_of(door, STAFF)
    replied = await knocks.send(door, knocks.pressed(door, STAFF, ids.CERTIFICATES_OPEN))
    assert replied.status == 200
    await done(door)
    assert "이 일은 총괄 부서만 할 수 있습니다." in text_of(door.form(STAFF))
    assert "W-1" not in text_of(door.form(STAFF))


async def test_the_list_works_on_postgresql_as_well(postgres_door: FrontDoor) -> None:
    assert "*가온인쇄* · 여성기업 · W-1" in text_of(await from_home(postgres_door, OFFICE, ids.CERTIFICATES_OPEN))


# -- the command line -----------------------------------------------------------------------------------------------


@pytest.fixture
def gwannae(sqlite_database: Database, tmp_path: Path) -> CommandLine:
    """The command line over two firms whose certificates end in 20 and in 50 days."""
    gwannae = CommandLine(sqlite_database.url)
    today = datetime.now(NOW.tzinfo).date()
    head = ("상호", "소재지", "취급품목", "인증현황", "인증번호", "유효기간")
    rows = [
        ("달빛인쇄", "가람도 햇님시 솔숲구 은하로 12", "명함", "여성기업", "제1호", f"~{today + timedelta(days=20)}"),
        ("별빛가구", "가람도 햇님시 솔숲구 은하로 13", "책상", "녹색제품", "제2호", f"~{today + timedelta(days=50)}"),
    ]
    sheet = tmp_path / "명부.csv"
    sheet.write_text(csv_text(head, *rows), encoding="utf-8")
    assert gwannae("vendors", "import", sheet).code == 0
    return gwannae


def test_the_command_line_lists_what_ends(gwannae: CommandLine) -> None:
    ended = gwannae("vendors", "certificates", "--json")
    assert ended.code == 0
    assert [(e["name"], e["certificate"], e["number"], e["days_left"]) for e in ended.json] == [
        ("달빛인쇄", "여성기업", "제1호", 20),
        ("별빛가구", "녹색제품", "제2호", 50),
    ]
    assert "60일 안에 끝나는 인증은 2건입니다." in ended.err
    near = gwannae("vendors", "certificates", "--within", "30")
    assert "달빛인쇄" in near.out
    assert "별빛가구" not in near.out
    assert gwannae("vendors", "certificates", "--within", "0", "--json").json == []


def test_the_days_are_the_citys(gwannae: CommandLine, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    table = "[registry]\ncertificate_warn_days = [40, 7]\n"
    own.write_text(CITY_FILE.read_text(encoding="utf-8").replace("[registry]\n", table), encoding="utf-8")
    ended = CommandLine(gwannae.database, str(own))("vendors", "certificates", "--json")
    assert [e["name"] for e in ended.json] == ["달빛인쇄"]
    assert "40일 안에 끝나는 인증은 1건입니다." in ended.err


@pytest.mark.parametrize("within", ["-1", "3651", "열흘", "1e3"])
def test_a_number_of_days_that_is_none_is_refused(gwannae: CommandLine, within: str) -> None:
    assert gwannae("vendors", "certificates", "--within", within).code == 2
