"""One purchase, all counters: the receipt, the explanation, the page in Slack and the command, at their doors."""

from dataclasses import replace
from datetime import date

import pytest

from gwannae.programme.vendors import Certificate, CertificateKind
from gwannae.storage import vendor_update, vendors
from gwannae.storage.database import Database
from tests.bot.command_line import CommandLine
from tests.bot.reporting import home_of, only, receipts, report
from tests.front_door import NEWCOMER, ROADS, SQUARE, STAFF, FrontDoor, text_of


@pytest.fixture
def gwannae(door: FrontDoor) -> CommandLine:
    return CommandLine(door.toolkit.database.url)


async def test_the_receipt_names_every_scheme_once_and_the_certificate_that_ends(door: FrontDoor) -> None:
    await report(door, kind="services")
    assert "함께 집계: 여성기업, 중소기업제품 · 확인서가 25일 뒤 끝납니다." in receipts(door)[0].text


async def test_certificates_are_frozen_with_the_verdict_whatever_becomes_of_the_firm(door: FrontDoor) -> None:
    await report(door, kind="services")
    held = only(door).judgement.certificates
    assert held == (Certificate(CertificateKind.WOMEN, "W-1", date(2025, 1, 1), date(2027, 7, 10)),)
    with door.toolkit.database.write() as tx:
        firm_id = only(door).draft.firm.vendor_id
        vendor = vendors.vendor(tx, firm_id or 0)
        assert vendor is not None
        vendor_update.correct_vendor(tx, replace(vendor, certificates=()), at=door.clock(), reason="반납")
    (receipt,) = receipts(door)
    await door.driver.press(STAFF, receipt, "report-why")
    said = text_of(door.form(STAFF))
    assert "함께 집계: 여성기업 · 여성기업 확인서 W-1(2025. 1. 1.부터 2027. 7. 10.까지) · 「햇님시 여성기업" in said
    assert "함께 집계: 중소기업제품 · 중소기업·소상공인으로 확인" in said


async def test_a_certificate_that_had_ended_on_the_contract_date_counts_nowhere(door: FrontDoor) -> None:
    door.clock.now = door.clock.now.replace(month=7, day=12)
    await report(door, date="2027-07-12")
    assert "여성기업" not in receipts(door)[0].text
    assert only(door).judgement.certificates == ()


@pytest.mark.parametrize("way", ["home", "standings"])
async def test_the_page_shows_rate_base_figures_and_source_own_first(door: FrontDoor, way: str) -> None:
    await report(door)
    await report(door, vendor="나래인쇄", amount="700,000원")
    if way == "home":
        await door.driver.press(STAFF, await home_of(door, STAFF), "schemes-open")
    else:
        answer = await door.driver.command(STAFF, ROADS, "/local-standings")
        await door.driver.press(STAFF, answer.shown[-1], "schemes-open")
    said = text_of(door.form(STAFF))
    assert said.index("길가꿈과 2027년") < said.index("모든 부서·기관 2027년")
    assert "*여성기업* · 목표 4% · 기준: 물품·용역 구매" in said
    assert "금액 30.0% (30/100만 원) · 건수 50.0% (1/2)" in said
    assert "「햇님시 여성기업 지원 조례」 제5조 기준(2026. 11. 2. 확인)" in said
    assert "*녹색제품* · 정해진 비율 없음 · 기준: 물품 구매" in said


async def test_who_belongs_nowhere_sees_the_figures_of_all(door: FrontDoor) -> None:
    answer = await door.driver.command(NEWCOMER, SQUARE, "/local-standings")
    await door.driver.press(NEWCOMER, answer.shown[-1], "schemes-open")
    said = text_of(door.form(NEWCOMER))
    assert "모든 부서·기관 2027년" in said
    assert "아직 이 기준에 드는 구매가 없습니다." in said


async def test_the_command_prints_the_same_as_json(door: FrontDoor, gwannae: CommandLine) -> None:
    await report(door)
    ended = gwannae("schemes", "--year", "2027", "--organisation", "길가꿈과", "--json")
    assert (ended.code, ended.json["organisation"]) == (0, "roads")
    women = next(s for s in ended.json["schemes"] if s["code"] == "women")
    assert women["rate"] == 400
    assert women["base"] == ["goods", "services"]
    assert women["amount"] == {"counted": 300_000, "base": 300_000, "missing": 0}
    assert women["percent_tenths"] == 1000
    assert (women["law"], women["checked_on"]) == ("「햇님시 여성기업 지원 조례」 제5조", "2026-11-02")
    other = gwannae("schemes", "--year", "2027", "--organisation", "arts", "--json")
    assert {s["amount"]["base"] for s in other.json["schemes"]} == {0}


def test_the_command_prints_a_table_and_refuses_an_organisation_that_is_not_there(sqlite_database: Database) -> None:
    gwannae = CommandLine(sqlite_database.url)
    ended = gwannae("schemes", "--year", "2027")
    assert ended.code == 0
    assert "여성기업" in ended.out
    assert "2027년 · 모든 부서·기관 · 제도 3가지" in ended.err
    assert gwannae("schemes", "--organisation", "없는과").code == 2
