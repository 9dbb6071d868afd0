"""`gwannae purchases export`: the year's purchases as a file, on both databases."""

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gwannae.actions.purchase_export import export_purchases
from gwannae.bot.start import toolkit_for
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.audit import AuditEvent
from gwannae.programme.organisations import COMMAND_LINE, Actor
from gwannae.programme.purchase_export import Exported, ExportFormat, ExportRequest, NotForPublication
from gwannae.readers.city_file import read_city
from gwannae.storage import audit, organisations, purchases
from gwannae.storage.database import Database
from tests.bot.command_line import CITY_FILE, CommandLine
from tests.bot.everybody import EVERYBODY, enters, organisation_id
from tests.builders import a_draft, a_judgement
from tests.databases import PostgresServer
from tests.front_door import NOW, TEAM, Clock

COLLEAGUE = Actor(TEAM, "U0COLLEAGUE")


@pytest.fixture
def gwannae(sqlite_database: Database) -> CommandLine:
    """The command line over three purchases of two divisions, the last one cancelled, and one of the year before."""
    sow(sqlite_database.url)
    return CommandLine(sqlite_database.url)


def sow(url: str) -> None:
    with toolkit_for(read_city(str(CITY_FILE)), url, Clock()) as toolkit, toolkit.database.write() as tx:
        for code, title, day in (
            ("roads", "안내판 제작", date(2027, 3, 4)),
            ("arts", "=공연 인쇄", date(2027, 2, 1)),
            ("arts", "취소한 것", date(2027, 2, 2)),
            ("roads", "지난해 것", date(2026, 12, 31)),
        ):
            organisation = organisations.by_code(tx, code)
            assert organisation is not None
            draft = a_draft(organisation_id=organisation.id, title=title, contract_date=day)
            kept = purchases.add(tx, draft, a_judgement(), actor=COLLEAGUE, self_declared=False, at=NOW)
            if title == "취소한 것":
                purchases.cancel(tx, kept.id, 1, actor=COLLEAGUE, at=NOW)


def rows(content: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"), newline="")))


def test_a_workbook_of_the_year_is_written_and_said(gwannae: CommandLine, tmp_path: Path) -> None:
    target = tmp_path / "실적.xlsx"
    ended = gwannae("purchases", "export", "--year", "2027", "--out", target)
    assert (ended.code, ended.out) == (0, "")
    assert "구매 실적 3건을 내보냈습니다" in ended.err
    sheet = load_workbook(target, data_only=True)["구매 실적"]
    assert [[cell.value for cell in row][1:3] for row in sheet.iter_rows(min_row=4, max_row=6)] == [
        ["길가꿈과", "안내판 제작"],
        ["햇님예술재단", "=공연 인쇄"],
        ["햇님예술재단", "취소한 것"],
    ]


def test_without_a_name_the_file_names_itself(
    gwannae: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    gwannae("purchases", "export", "--year", "2027")
    gwannae("purchases", "export", "--year", "2027", "--organisation", "길가꿈과", "--format", "csv")
    gwannae("purchases", "export", "--year", "2027", "--organisation", "roads", "--format", "ocds")
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix in (".xlsx", ".csv", ".json")) == [
        "2027년_구매실적_전체.xlsx",
        "purchases-2027-haetnim-roads.csv",
        "purchases-2027-haetnim-roads.json",
    ]


def test_one_organisation_goes_out_alone(gwannae: CommandLine) -> None:
    ended = gwannae(
        "purchases", "export", "--year", "2027", "--organisation", "길가꿈과", "--format", "csv", "--out", "-"
    )
    assert [row["title"] for row in rows(ended.out)] == ["안내판 제작"]
    assert "구매 실적 1건을 내보냈습니다." in ended.err


def test_a_release_package_goes_out(gwannae: CommandLine) -> None:
    package = gwannae("purchases", "export", "--year", "2027", "--format", "ocds", "--out", "-").json
    assert package["uri"] == "https://data.haetnim.example/contracts/haetnim-all-2027.json"
    assert [release["ocid"][:20] for release in package["releases"]] == ["ocds-haet01-haetnim-"] * 3


def test_a_file_that_is_there_stays_as_it_is(gwannae: CommandLine, tmp_path: Path) -> None:
    target = tmp_path / "실적.csv"
    target.write_text("내 것", encoding="utf-8")
    ended = gwannae("purchases", "export", "--year", "2027", "--format", "csv", "--out", target)
    assert ended.code == 2
    assert "이미 있습니다" in ended.err
    assert target.read_text(encoding="utf-8") == "내 것"


@pytest.mark.parametrize(
    ("typed", "said", "code"),
    [
        (("--year", "2027", "--organisation", "없는과"), "부서·기관을 찾지 못했습니다: 없는과", 2),
        (("--year", "1999"), "--year에 쓸 수 없는 값입니다", 2),
        ((), "--year을(를) 적어 주세요", 2),
        (("--year", "2027", "--format", "pdf"), "--format에 쓸 수 없는 값입니다", 2),
        (("--year", "2031", "--format", "ocds", "--out", "-"), "공개할 파일을 만들지 않았습니다", 1),
        (("--year", "2027", "--out", "없는폴더/실적.xlsx"), "파일을 쓰지 못했습니다", 2),
    ],
)
def test_what_cannot_be_is_said(
    gwannae: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...], said: str, code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = gwannae("purchases", "export", *typed)
    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err


def test_a_city_without_a_prefix_publishes_nothing(sqlite_database: Database, tmp_path: Path) -> None:
    whole = CITY_FILE.read_text(encoding="utf-8")
    begin = whole.index("[publication]")
    private = tmp_path / "private.toml"
    private.write_text(whole[:begin] + whole[whole.index("[standings]") :], encoding="utf-8")
    gwannae = CommandLine(sqlite_database.url, str(private))
    ended = gwannae("purchases", "export", "--year", "2027", "--format", "ocds", "--out", "-")
    assert (ended.code, ended.out) == (2, "")
    assert "[publication]" in ended.err


def test_every_file_is_written_down(gwannae: CommandLine) -> None:
    gwannae("purchases", "export", "--year", "2027", "--format", "csv", "--out", "-")
    with toolkit_for(read_city(str(CITY_FILE)), gwannae.database, Clock()) as toolkit, toolkit.database.read() as tx:
        entry = audit.entries(tx, limit=1)[0]
    assert (entry.event, entry.subject) == (AuditEvent.PURCHASES_EXPORTED, "purchases")
    assert entry.detail == {"year": 2027, "format": "csv", "rows": 3}


def test_on_postgresql_it_is_the_same(postgres: PostgresServer, gwannae: CommandLine) -> None:
    with postgres.fresh() as url:
        sow(url)
        there = CommandLine(url)("purchases", "export", "--year", "2027", "--format", "csv", "--out", "-")
        here = gwannae("purchases", "export", "--year", "2027", "--format", "csv", "--out", "-")
        assert there.out == here.out
        assert there.code == 0


@pytest.mark.parametrize("form", ExportFormat)
@pytest.mark.parametrize("who", EVERYBODY)
def test_a_lead_has_the_own_organisations_office_and_planning_all_others_none(
    sqlite_database: Database, who: str, form: ExportFormat
) -> None:
    sow(sqlite_database.url)
    with toolkit_for(read_city(str(CITY_FILE)), sqlite_database.url, Clock()) as toolkit:
        actor = enters(toolkit, who)
        for organisation, may in (
            (organisation_id(toolkit, "roads"), who in ("lead", "office", "planning")),
            (organisation_id(toolkit, "arts"), who in ("another's lead", "office", "planning")),
            (None, who in ("office", "planning")),
        ):
            out = io.BytesIO()
            outcome = export_purchases(toolkit, actor, ExportRequest(2027, organisation, form), out, NOW)
            assert isinstance(outcome, Exported) == may
            assert isinstance(outcome, NotAllowed) == (not may)
            assert bool(out.getvalue()) == may
            with toolkit.database.read() as tx:
                entry = audit.entries(tx, limit=1)[0]
            assert entry.event is (AuditEvent.PURCHASES_EXPORTED if may else AuditEvent.REFUSED)
            assert (entry.user_id, entry.detail.get("deed", "export")) == (actor.user_id, "export")


def test_an_organisation_that_is_gone_and_a_city_that_does_not_publish_are_told_apart(
    sqlite_database: Database,
) -> None:
    with toolkit_for(read_city(str(CITY_FILE)), sqlite_database.url, Clock()) as toolkit:
        gone = export_purchases(toolkit, COMMAND_LINE, ExportRequest(2027, 999, ExportFormat.CSV), io.BytesIO(), NOW)
        quiet = replace(toolkit, city=replace(toolkit.city, publication=None))
        asked = ExportRequest(2027, None, ExportFormat.OCDS)
        assert gone == Impossible("gone")
        assert export_purchases(quiet, COMMAND_LINE, asked, io.BytesIO(), NOW) == NotForPublication()


def test_the_help_says_how_the_csv_is_read_back(gwannae: CommandLine) -> None:
    shown = gwannae("purchases", "export", "--help").out
    assert "작은따옴표" in shown
    assert "gwannae purchases export --year 2027" in shown
    assert "export" in gwannae("purchases", "--help").out
