"""Organisations, people, standings and care from the command line."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from gwannae.bot.start import toolkit_for
from gwannae.programme.organisations import Actor
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.verdict import Verdict
from gwannae.readers.city_file import read_city
from gwannae.storage import organisations, purchases, schema
from gwannae.storage.database import Database
from tests.bot.command_line import CITY_FILE, CommandLine
from tests.builders import a_draft, a_judgement
from tests.readers.files import csv_text, xlsx
from tests.serving import serve

AT = datetime(2027, 3, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def gwannae(sqlite_database: Database) -> CommandLine:
    return CommandLine(sqlite_database.url)


def by_name(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in rows}


def test_the_city_s_first_list_is_there_and_nothing_is_linked(gwannae: CommandLine) -> None:
    listed = gwannae("organisations", "list", "--json").json

    assert len(listed) == 5
    assert by_name(listed)["햇님예술재단"] == {
        "code": "arts",
        "name": "햇님예술재단",
        "kind": "institution",
        "parent": "economy",
        "channels": [],
    }
    assert gwannae("organisations", "list", "--unlinked", "--json").json == listed
    assert "길가꿈과" in gwannae("organisations", "list").out


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_sheet_adds_and_changes_organisations_and_links_channels(
    gwannae: CommandLine, tmp_path: Path, kind: str
) -> None:
    rows = (
        ("부서명", "코드", "구분", "상위부서", "채널"),
        ("길가꿈과", "", "", "상생경제과", "T0HAETNIM:C0ROADS"),
        ("꽃길공단", "", "", "햇님시", ""),
        ("나무과", "trees", "부서", "길가꿈과", ""),
    )
    path = tmp_path / f"부서.{kind}"
    path.write_bytes(csv_text(*rows).encode("cp949") if kind == "csv" else xlsx(rows))

    first = gwannae("organisations", "import", path, "--json")
    second = gwannae("organisations", "import", path, "--json")

    assert (first.code, first.json["added"], first.json["changed"]) == (0, 2, 1)
    assert (second.json["added"], second.json["changed"], second.json["unchanged"]) == (0, 0, 3)
    listed = by_name(gwannae("organisations", "list", "--json").json)
    assert (listed["길가꿈과"]["code"], listed["길가꿈과"]["parent"]) == ("roads", "economy")
    assert listed["길가꿈과"]["channels"] == [{"team": "T0HAETNIM", "channel": "C0ROADS"}]
    assert (listed["꽃길공단"]["kind"], listed["꽃길공단"]["parent"]) == ("corporation", None)
    assert (listed["나무과"]["code"], listed["나무과"]["parent"]) == ("trees", "roads")
    assert "길가꿈과" not in by_name(gwannae("organisations", "list", "--unlinked", "--json").json)


def test_columns_that_mean_nothing_here_are_named(gwannae: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "부서.csv"
    path.write_text(csv_text(("부서명", "구분", "층수"), ("나무과", "부서", "3")), encoding="utf-8")

    ended = gwannae("organisations", "import", path, "--json")

    assert (ended.code, ended.json["unknown_columns"]) == (0, ["층수"])
    assert "읽지 않은 열: 층수" in ended.err


def test_rows_of_a_sheet_that_cannot_be_taken_are_named(gwannae: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "부서.csv"
    rows = (
        ("부서명", "구분", "상위부서", "채널"),
        ("알쏭달쏭", "?", "", ""),
        ("", "부서", "", ""),
        ("풀잎과", "부서", "없는국", ""),
        ("꽃잎과", "부서", "알쏭달쏭", "C0FLOWER"),
    )
    path.write_text(csv_text(*rows), encoding="utf-8")

    ended = gwannae("organisations", "import", path, "--json")

    assert (ended.code, ended.json["added"]) == (1, 1)
    assert [(r["row"], r["code"]) for r in ended.json["refused"]] == [
        (2, "kind_unknown"),
        (3, "name_missing"),
        (4, "parent_unknown"),
    ]
    assert [(n["row"], n["code"]) for n in ended.json["notes"]] == [
        (5, "channel_without_team"),
        (5, "parent_left_out"),
    ]
    assert "2행은 받지 못했습니다" in ended.err


def test_a_file_without_a_header_is_one_sentence(gwannae: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "부서.csv"
    path.write_text("가,나\n다,라\n", encoding="utf-8")

    ended = gwannae("organisations", "import", path)

    assert (ended.code, "제목 줄을 찾지 못했습니다" in ended.err) == (2, True)


@pytest.mark.parametrize(
    ("role", "organisation", "stands"),
    [
        ("office", None, ("상생경제과", "office")),
        ("lead", "길가꿈과", ("길가꿈과", "lead")),
        ("staff", "arts", ("햇님예술재단", "staff")),
    ],
)
def test_a_person_is_given_a_role(
    gwannae: CommandLine, role: str, organisation: str | None, stands: tuple[str, str]
) -> None:
    where = ["--organisation", organisation] if organisation else []

    ended = gwannae("people", "add", "U0ANNA", "--role", role, *where, "--team", "T0HAETNIM")

    assert ended.code == 0, ended.err
    (person,) = gwannae("people", "list", "--json").json
    assert (person["organisation"], person["role"]) == stands
    assert (person["user"], person["team"], person["self_declared"]) == ("U0ANNA", "T0HAETNIM", False)
    assert "U0ANNA" in gwannae("people", "list").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("홍길동", "--role", "office", "--team", "T0A1"), "Slack 멤버 ID가 아닙니다"),
        (("U0ANNA", "--role", "office"), "어느 작업 공간인지"),
        (("U0ANNA", "--role", "office", "--team", "햇님"), "어느 작업 공간인지"),
        (("U0ANNA", "--role", "lead", "--team", "T0A1"), "--organisation에 적어 주세요"),
        (("U0ANNA", "--role", "lead", "--organisation", "없는과", "--team", "T0A1"), "찾지 못했습니다: 없는과"),
    ],
)
def test_a_role_that_cannot_be_given_is_one_sentence(
    gwannae: CommandLine, arguments: tuple[str, ...], words: str
) -> None:
    ended = gwannae("people", "add", *arguments)

    assert (ended.code, words in ended.err) == (2, True)
    assert gwannae("people", "list", "--json").json == []


def test_a_name_that_two_organisations_share_asks_for_a_code(gwannae: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "부서.csv"
    path.write_text(csv_text(("부서명", "코드"), ("나무과", "tree1"), ("나무과", "tree2")), encoding="utf-8")
    gwannae("organisations", "import", path)

    ended = gwannae("people", "add", "U0ANNA", "--role", "lead", "--organisation", "나무과", "--team", "T0A1")

    assert (ended.code, "tree1, tree2" in ended.err) == (2, True)


@pytest.fixture
def year(sqlite_database: Database) -> None:
    """길가꿈과 bought five times in 2027, one of them in doubt; 햇님교통공사 once, outside."""
    now = datetime(2027, 6, 15, 10, 0, tzinfo=read_city(str(CITY_FILE)).zone)
    bought = [
        ("roads", PurchaseKind.GOODS, Verdict.LOCAL, 1_000_000),
        ("roads", PurchaseKind.GOODS, Verdict.LOCAL, 1_000_000),
        ("roads", PurchaseKind.WORKS, Verdict.OUTSIDE, 4_000_000),
        ("roads", PurchaseKind.WORKS, Verdict.UNCONFIRMED, 7_000_000),
        ("transit", PurchaseKind.SERVICES, Verdict.OUTSIDE, 500_000),
    ]
    with (
        toolkit_for(read_city(str(CITY_FILE)), sqlite_database.url, lambda: now),
        sqlite_database.write() as tx,
    ):
        for code, kind, verdict, amount in bought:
            organisation = organisations.by_code(tx, code)
            assert organisation is not None
            draft = a_draft(organisation_id=organisation.id, kind=kind, amount=amount, contract_date=date(2027, 3, 4))
            reporter = Actor("T0HAETNIM", "U0STAFF")
            purchases.add(tx, draft, a_judgement(verdict=verdict), actor=reporter, self_declared=False, at=now)


@pytest.mark.usefixtures("year")
def test_standings_are_whole_numbers_with_the_text_that_is_shown(gwannae: CommandLine) -> None:
    ended = gwannae("standings", "--year", "2027", "--json")

    answer = ended.json
    assert (ended.code, answer["year"], answer["ranked"]) == (0, 2027, 2)
    assert answer["order"] == ["count_ratio", "amount_ratio"]
    first, second, *others = answer["organisations"]
    assert (first["rank"], first["code"], first["name"], first["kind"]) == (1, "roads", "길가꿈과", "division")
    assert first["count"] == {"local": 2, "total": 3, "percent_tenths": 667, "text": "66.7% (2/3)"}
    assert first["amount"]["local"] == 2_000_000
    assert first["amount"]["total"] == 6_000_000
    assert first["amount"]["text"].startswith("33.3% (")
    assert first["unconfirmed"] == {"count": 1, "amount": 7_000_000}
    assert list(first["by_kind"]) == ["goods", "services", "works"]
    assert first["by_kind"]["goods"]["count"]["text"] == "100.0% (2/2)"
    assert first["by_kind"]["services"]["count"]["percent_tenths"] is None
    assert first["by_kind"]["works"]["unconfirmed"]["count"] == 1
    assert (second["rank"], second["code"], second["count"]["percent_tenths"]) == (2, "transit", 0)
    assert {other["rank"] for other in others} == {None}
    assert not any(isinstance(number, float) for number in _numbers(answer))


@pytest.mark.usefixtures("year")
def test_standings_for_a_person_are_a_table(gwannae: CommandLine) -> None:
    ended = gwannae("standings", "--year", "2027")

    assert "66.7% (2/3)" in ended.out.splitlines()[1]
    assert "1건 7,000,000원" in ended.out.splitlines()[1]
    assert "2027년 · 순위가 있는 곳 2 / 5" in ended.err


def _numbers(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _numbers(one)
    else:
        yield value


def test_an_upgrade_makes_the_tables_and_the_second_finds_nothing_to_do(tmp_path: Path) -> None:
    gwannae = CommandLine(str(tmp_path / "deep" / "city.db"))

    first, second = gwannae("db", "upgrade"), gwannae("db", "upgrade")

    assert (first.code, second.code) == (0, 0)
    assert schema.HEAD in first.err
    assert "바꾼 것이 없습니다" in second.err


def test_a_backup_is_a_whole_database_and_never_replaces_a_file(gwannae: CommandLine, tmp_path: Path) -> None:
    gwannae("people", "add", "U0ANNA", "--role", "office", "--team", "T0A1")
    copy = tmp_path / "copy.db"

    ended = gwannae("db", "backup", copy)
    again = gwannae("db", "backup", copy)

    assert ended.code == 0, ended.err
    assert [p["user"] for p in CommandLine(str(copy))("people", "list", "--json").json] == ["U0ANNA"]
    assert (again.code, "이미 있습니다" in again.err) == (2, True)


@pytest.mark.parametrize("empty", [False, True])
def test_a_backup_of_nothing_is_refused_and_makes_no_file(tmp_path: Path, empty: bool) -> None:
    mistyped, copy = tmp_path / "mistyped.db", tmp_path / "copy.db"
    if empty:
        mistyped.touch()

    ended = CommandLine(str(mistyped))("db", "backup", copy)

    assert (ended.code, "백업할 데이터가 없습니다" in ended.err) == (2, True)
    assert mistyped.exists() is empty
    assert not copy.exists()


def lines(out: str) -> dict[str, tuple[str, str]]:
    """What the doctor found: state and words, by what was looked at."""
    found = (line.split(maxsplit=1) for line in out.splitlines())
    return {rest.split(":")[0]: (state, rest) for state, rest in found}


def test_the_doctor_says_what_is_missing_and_what_to_do_and_makes_nothing(tmp_path: Path) -> None:
    ended = CommandLine(str(tmp_path / "absent.db"))("doctor")

    found = lines(ended.out)
    assert ended.code == 1
    assert found["설정"][0] == "확인"
    assert "SLACK_BOT_TOKEN" in found["설정"][1]
    assert found["도시 파일"][0] == "정상"
    assert "gwannae db upgrade" in found["데이터베이스"][1]
    assert not (tmp_path / "absent.db").exists()


def test_the_doctor_names_an_old_database_and_holidays_that_nobody_confirmed(tmp_path: Path) -> None:
    city = tmp_path / "city.toml"
    text = CITY_FILE.read_text(encoding="utf-8")
    city.write_text(text.replace("until = 2027-12-31", "until = 2020-12-31"), encoding="utf-8")
    Database.open(str(tmp_path / "empty.db")).close()

    found = lines(CommandLine(str(tmp_path / "empty.db"), str(city))("doctor").out)

    assert found["공휴일"][0] == "확인"
    assert "holidays_confirmed_until" in found["공휴일"][1]
    assert found["데이터베이스"][0] == "확인"


def test_the_doctor_counts_anew_and_says_which_total_differs_and_how_to_mend_it(
    gwannae: CommandLine, sqlite_database: Database
) -> None:
    assert gwannae("organisations", "list", "--json").code == 0
    with sqlite_database.write() as tx:
        roads = organisations.by_code(tx, "roads")
        assert roads is not None
        draft = a_draft(organisation_id=roads.id, contract_date=date(2027, 3, 4), amount=1_100_000)
        purchases.add(tx, draft, a_judgement(), actor=Actor("T1", "U1"), self_declared=False, at=AT)
    assert lines(gwannae("doctor").out)["누계"] == ("정상", "누계: 실적을 다시 세어 본 것과 같습니다")
    with sqlite_database.write() as tx:
        tx.execute(text("UPDATE yearly_totals SET number = 7"))
        tx.execute(text("DROP TRIGGER purchases_into_totals_on_update"))

    state, says = lines(gwannae("doctor").out)["누계"]
    assert state == "확인"
    assert "장치가 데이터베이스에 없습니다" in says
    assert "길가꿈과 2027 물품 관내 누계 7건 1,100,000원, 실적 1건 1,100,000원" in says
    assert "gwannae db recount" in says

    assert "누계 1곳을 바로잡았습니다" in gwannae("db", "recount").err
    assert lines(gwannae("doctor").out)["누계"][0] == "정상"
    assert "바꾼 것이 없습니다" in gwannae("db", "recount").err


async def _auth_test(request: Request) -> JSONResponse:
    if request.headers["authorization"] == "Bearer xoxb-good":
        return JSONResponse({"ok": True, "team_id": "T0HAETNIM", "team": "햇님시청"})
    return JSONResponse({"ok": False, "error": "invalid_auth"})


@pytest.mark.parametrize(
    ("token", "state", "words"),
    [("xoxb-good", "정상", "햇님시청(T0HAETNIM)"), ("xoxb-bad", "확인", "invalid_auth")],
)
async def test_the_doctor_asks_slack_whether_the_token_works(
    gwannae: CommandLine, token: str, state: str, words: str
) -> None:
    import asyncio

    async with serve(Starlette(routes=[Route("/api/auth.test", _auth_test, methods=["POST"])])) as url:
        settings = {"SLACK_BOT_TOKEN": token, "SLACK_SIGNING_SECRET": "x", "SLACK_API_URL": f"{url}/api/"}
        ended = await asyncio.to_thread(lambda: gwannae("doctor", **settings))

    assert lines(ended.out)["Slack"][0] == state
    assert words in lines(ended.out)["Slack"][1]
    assert ended.code == (0 if state == "정상" else 1)


async def test_the_workspace_is_asked_of_slack_when_it_is_not_typed(gwannae: CommandLine) -> None:
    import asyncio

    async with serve(Starlette(routes=[Route("/api/auth.test", _auth_test, methods=["POST"])])) as url:
        settings = {"SLACK_BOT_TOKEN": "xoxb-good", "SLACK_API_URL": f"{url}/api"}
        ended = await asyncio.to_thread(lambda: gwannae("people", "add", "U0ANNA", "--role", "office", **settings))

    assert ended.code == 0, ended.err
    assert gwannae("people", "list", "--json").json[0]["team"] == "T0HAETNIM"


def test_slack_that_cannot_be_reached_is_a_finding(gwannae: CommandLine) -> None:
    ended = gwannae("doctor", SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET="x")

    assert (ended.code, "닿지 못했습니다" in lines(ended.out)["Slack"][1]) == (1, True)
