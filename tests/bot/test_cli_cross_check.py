"""`gwannae purchases cross-check`: a published list beside the reports, as an officer types it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gwannae.actions.cross_check import check_list
from gwannae.bot.start import toolkit_for
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.audit import AuditEvent
from gwannae.programme.contracts import Contract
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.purchases import Firm
from gwannae.readers.city_file import read_city
from gwannae.storage import audit, organisations, purchases
from gwannae.storage.database import Database
from gwannae.storage.purchase_listing import listing
from tests.bot.command_line import CITY_FILE, CommandLine
from tests.bot.everybody import EVERYBODY, enters, organisation_id
from tests.builders import a_draft, a_judgement
from tests.databases import PostgresServer
from tests.front_door import NOW, Clock
from tests.readers.files import csv_text
from tests.readers.pretend_services import (
    KEY,
    PretendServices,
    a_contract_entry,
    gate_refusal,
    instead,
    pretend_services,
)

HEADER = ("계약명", "계약일자", "계약금액", "부서명", "계약상대자", "사업자등록번호")
REPORTS = (
    ("roads", "안내판 제작", 300_000, date(2027, 3, 4), False),
    ("roads", "현수막", 500_000, date(2027, 3, 8), False),
    ("arts", "공연 인쇄", 700_000, date(2027, 4, 1), False),
    ("arts", "취소한 것", 900_000, date(2027, 4, 2), True),
)
PUBLISHED = (
    ("안내판 제작", "2027-03-05", "300,000", "햇님시 길가꿈과", "(주)가온광고", ""),
    ("현수막", "2027-03-08", "550,000", "길가꿈과", "가온광고", ""),
    ("잊은 것", "2027-05-01", "80,000", "길가꿈과", "나래상사", ""),
    ("모르는 곳의 것", "2027-05-01", "10,000", "없는과", "다솜", ""),
    ("지난해 것", "2026-05-01", "10,000", "길가꿈과", "다솜", ""),
    ("별도", "2027-05-01", "별도", "길가꿈과", "다솜", ""),
    ("정산 전", "2027-05-01", "0", "길가꿈과", "다솜", ""),
)


def sow(url: str) -> None:
    with toolkit_for(read_city(str(CITY_FILE)), url, Clock()) as toolkit, toolkit.database.write() as tx:
        for code, title, amount, day, cancelled in REPORTS:
            organisation = organisations.by_code(tx, code)
            assert organisation is not None
            draft = a_draft(
                organisation_id=organisation.id, title=title, amount=amount, contract_date=day, firm=Firm("가온광고")
            )
            kept = purchases.add(tx, draft, a_judgement(), actor=COMMAND_LINE, self_declared=False, at=NOW)
            if cancelled:
                purchases.cancel(tx, kept.id, 1, actor=COMMAND_LINE, at=NOW)


@pytest.fixture
def gwannae(sqlite_database: Database) -> CommandLine:
    sow(sqlite_database.url)
    return CommandLine(sqlite_database.url)


@pytest.fixture
def published(tmp_path: Path) -> Path:
    path = tmp_path / "계약현황.csv"
    path.write_bytes(csv_text(HEADER, *PUBLISHED).encode("cp949"))
    return path


@pytest.fixture
def services() -> Iterator[PretendServices]:
    with pretend_services() as running:
        yield running


def titles(rows: list[dict[str, Any]]) -> list[str]:
    return [row["title"] for row in rows]


def test_what_is_missing_on_either_side_and_what_differs_is_told_by_organisation(
    gwannae: CommandLine, published: Path
) -> None:
    ended = gwannae("purchases", "cross-check", published, "--year", "2027", "--json")
    found = ended.json
    assert (ended.code, found["published"], found["reported"], found["agreed"]) == (1, 4, 3, 1)
    assert (found["other_years"], found["without_amount"]) == (1, 1)
    assert found["unread"] == [{"row": 7, "column": "amount", "value": "별도"}]
    by_name = {one["name"]: one for one in found["organisations"]}
    assert sorted(by_name) == ["길가꿈과", "없는과", "햇님예술재단"]
    assert titles(by_name["길가꿈과"]["missing_here"]) == ["잊은 것"]
    [different] = by_name["길가꿈과"]["different_amount"]
    assert (different["published"]["amount"], different["reported"]["amount"]) == (550_000, 500_000)
    assert titles(by_name["햇님예술재단"]["missing_there"]) == ["공연 인쇄"]
    assert titles(by_name["없는과"]["missing_here"]) == ["모르는 곳의 것"]


def test_it_is_said_kindly_and_with_what_to_do(gwannae: CommandLine, published: Path) -> None:
    said = gwannae("purchases", "cross-check", published, "--year", "2027").out
    for words in (
        "공개 목록 4건 · 보고된 실적 3건 · 맞는 것 1건",
        "길가꿈과 (맞는 것 1건)",
        "1건은 공개 목록에만 있습니다. 보고를 잊으셨다면 지금 하시면 됩니다.",
        "목록 4행 잊은 것 · 80,000원 · 2027. 5. 1. · 나래상사",
        "1건은 보고에만 있습니다. 공개 대상이 아니거나 아직 올라가지 않았을 수 있으니 확인만 해 주세요.",
        "보고 2번 현수막 · 500,000원 · 2027. 3. 8. · 가온광고 · 목록 3행에는 550,000원",
        "7행은 금액을 읽지 못해 견주지 않았습니다: 별도",
        "다른 해의 계약 1건은 견주지 않았습니다.",
    ):
        assert words in said
    assert "위법" not in said
    assert "누락" not in said


def test_one_organisation_is_held_against_its_own_rows(gwannae: CommandLine, published: Path, tmp_path: Path) -> None:
    found = gwannae("purchases", "cross-check", published, "--year", "2027", "--organisation", "arts", "--json").json
    assert (found["published"], found["reported"], found["elsewhere"]) == (0, 1, 4)
    nameless = tmp_path / "우리것.csv"
    nameless.write_text(csv_text(HEADER, ("공연 인쇄", "2027-04-01", "700000", "", "가온광고", "")), encoding="utf-8")
    ended = gwannae("purchases", "cross-check", nameless, "--year", "2027", "--organisation", "arts")
    assert (ended.code, "다른 것이 없습니다." in ended.out) == (0, True)


def test_records_that_look_alike_are_asked_about(gwannae: CommandLine, tmp_path: Path) -> None:
    twice = tmp_path / "목록.csv"
    rows = [("광고물", day, "300000", "길가꿈과", "가온광고", "") for day in ("2027-03-03", "2027-03-05")]
    twice.write_text(csv_text(HEADER, *rows), encoding="utf-8")
    ended = gwannae("purchases", "cross-check", twice, "--year", "2027", "--organisation", "roads")
    assert "1건은 같은 계약인지 알려 주세요" in ended.out
    assert "목록 2행 광고물 · 300,000원 · 2027. 3. 3. · 가온광고 / 목록 3행" in ended.out


def test_every_check_is_written_down_and_changes_nothing(gwannae: CommandLine, published: Path) -> None:
    gwannae("purchases", "cross-check", published, "--year", "2027")
    with (
        toolkit_for(read_city(str(CITY_FILE)), gwannae.database, Clock()) as toolkit,
        toolkit.database.snapshot() as tx,
    ):
        entry = audit.entries(tx, limit=1)[0]
        assert len(list(listing(tx, date(2027, 1, 1), date(2027, 12, 31)))) == len(REPORTS)
    assert (entry.event, entry.subject) == (AuditEvent.PURCHASES_CROSS_CHECKED, "purchases")
    assert entry.detail == {"year": 2027, "agreed": 1, "published": 4}


def test_on_postgresql_it_is_the_same(gwannae: CommandLine, published: Path, postgres: PostgresServer) -> None:
    with postgres.fresh() as url:
        sow(url)
        typed = ("purchases", "cross-check", published, "--year", "2027", "--json")
        assert CommandLine(url)(*typed).json == gwannae(*typed).json


def test_the_procurement_service_is_a_list_too(gwannae: CommandLine, services: PretendServices) -> None:
    services.contracts = [
        a_contract_entry("R1", "안내판 제작", "300000", "2027-03-04", "가온광고", dmndInsttNm="가람도 햇님시"),
        a_contract_entry("R2", "공연 인쇄", "710000", "2027-04-01", "가온광고", dmndInsttNm="햇님예술재단",
                         dmndInsttCd="9990002"),
    ]  # fmt: skip
    settings = {"G2B_SERVICE_KEY": KEY, "G2B_CONTRACTS_API_URL": services.contracts_url}
    ended = gwannae("purchases", "cross-check", "--from", "g2b", "--year", "2027", "--json", **settings)
    found = ended.json
    assert (ended.code, found["published"], found["agreed"]) == (1, 2, 1)
    arts = next(one for one in found["organisations"] if one["name"] == "햇님예술재단")
    assert [pair["published"]["amount"] for pair in arts["different_amount"]] == [710_000]


def test_a_service_that_stops_in_the_middle_compares_nothing(gwannae: CommandLine, services: PretendServices) -> None:
    services.troubles = {3: instead(gate_refusal("22"))}
    settings = {"G2B_SERVICE_KEY": KEY, "G2B_CONTRACTS_API_URL": services.contracts_url}
    ended = gwannae("purchases", "cross-check", "--from", "g2b", "--year", "2027", **settings)
    assert (ended.code, ended.out) == (2, "")
    assert "횟수를 다 썼습니다" in ended.err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--year", "2027"), "FILE과 --from 가운데 하나만"),
        (("없는파일.csv", "--year", "2027"), "파일을 찾지 못했습니다"),
        (("--from", "g2b", "--year", "2027"), "G2B_SERVICE_KEY 설정이 없어"),
        (("빈.csv", "--from", "g2b", "--year", "2027"), "FILE과 --from 가운데 하나만"),
        (("제목없음.csv", "--year", "2027"), "있어야 하는 열: 계약명, 계약금액."),
        (("제목없음.csv",), "--year을(를) 적어 주세요"),
    ],
)
def test_what_cannot_be_is_said(
    gwannae: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("제목없음.csv").write_text("가,나\n1,2\n", encoding="utf-8")
    ended = gwannae("purchases", "cross-check", *typed)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


def test_a_city_without_codes_cannot_ask_the_service(sqlite_database: Database, tmp_path: Path) -> None:
    private = tmp_path / "private.toml"
    whole = CITY_FILE.read_text(encoding="utf-8")
    private.write_text(whole.replace('g2b_institutions = ["9990001", "9990002"]\n', ""), encoding="utf-8")
    gwannae = CommandLine(sqlite_database.url, str(private))
    ended = gwannae("purchases", "cross-check", "--from", "g2b", "--year", "2027", G2B_SERVICE_KEY=KEY)
    assert (ended.code, "g2b_institutions" in ended.err) == (2, True)


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_lead_checks_the_own_organisation_office_and_planning_all_others_none(
    sqlite_database: Database, who: str
) -> None:
    with toolkit_for(read_city(str(CITY_FILE)), sqlite_database.url, Clock()) as toolkit:
        actor = enters(toolkit, who)
        for organisation, may in (
            (organisation_id(toolkit, "roads"), who in ("lead", "office", "planning")),
            (None, who in ("office", "planning")),
        ):
            outcome = check_list(toolkit, actor, [Contract(1, "가", 1)], 2027, organisation, NOW)
            assert isinstance(outcome, NotAllowed) == (not may)
            with toolkit.database.read() as tx:
                entry = audit.entries(tx, limit=1)[0]
            assert entry.event is (AuditEvent.PURCHASES_CROSS_CHECKED if may else AuditEvent.REFUSED)
