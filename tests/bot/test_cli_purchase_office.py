"""`gwannae purchases reopen` and `rejudge`, and `undo` of what has closed: what they do, say and end with."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gwannae.actions import purchase_import_work as long_part
from gwannae.actions import purchases_import as files
from gwannae.programme.audit import AuditEvent
from gwannae.programme.organisations import COMMAND_LINE, Actor
from gwannae.programme.periods import Period, period_at
from gwannae.programme.purchases import Purchase
from gwannae.programme.verdict import Verdict
from gwannae.storage import audit, organisations, purchases, reopenings
from gwannae.storage.database import Database
from tests.actions.importing import a_toolkit
from tests.bot.command_line import CommandLine
from tests.builders import a_draft, a_judgement
from tests.readers.files import csv_text

SEOUL = ZoneInfo("Asia/Seoul")
TODAY = datetime.now(SEOUL).date()  # the command line lives today
LONG_AGO = date(TODAY.year - 1, 3, 4)
AT = datetime(LONG_AGO.year, 3, 5, 9, 30, tzinfo=SEOUL)
STAFF = Actor("T0A1", "U0STAFF")
WHY = "등기부로 확인"


@pytest.fixture
def gwannae(sqlite_database: Database) -> CommandLine:
    """The command line on a database with one report of last year, whose number is 1."""
    run = CommandLine(str(sqlite_database.url))
    assert run("organisations", "list", "--json").code == 0
    with sqlite_database.write() as tx:
        roads = organisations.by_code(tx, "roads")
        assert roads is not None
        draft = a_draft(organisation_id=roads.id, contract_date=LONG_AGO)
        judged = a_judgement(verdict=Verdict.UNCONFIRMED)
        purchases.add(tx, draft, judged, actor=STAFF, self_declared=False, at=AT)
    return run


def stored(database: Database, number: int = 1) -> Purchase:
    with database.read() as tx:
        found = purchases.purchase(tx, number)
    assert found is not None
    return found


def events(database: Database) -> list[AuditEvent]:
    with database.read() as tx:
        return [e.event for e in audit.entries(tx, limit=10) if e.user_id == COMMAND_LINE.user_id]


def period(gwannae: CommandLine) -> Period:
    with a_toolkit(gwannae.database) as toolkit:
        return period_at(toolkit.city.cycles, LONG_AGO)


def test_a_period_is_opened_again_by_its_name(gwannae: CommandLine, sqlite_database: Database) -> None:
    key = period(gwannae).key
    done = gwannae(
        "purchases", "reopen", "--organisation", "길가꿈과", "--period", key, "--days", "3", "--reason", WHY, "--json"
    )
    assert (done.code, done.json["organisation"], done.json["period"], done.json["report"]) == (0, "roads", key, None)
    assert (done.json["since"], done.json["reason"]) == (TODAY.isoformat(), WHY)
    assert f"다시 열었습니다: 길가꿈과 {period(gwannae).label}" in done.err
    with sqlite_database.read() as tx:
        (opened,) = reopenings.open_on(tx, TODAY)
        assert reopenings.is_open(tx, opened.organisation.id, None, LONG_AGO, TODAY)
    assert (opened.until - opened.since).days == 3
    assert AuditEvent.REOPENED in events(sqlite_database)


def test_one_report_is_opened_again_and_the_one_to_tell_is_named(gwannae: CommandLine) -> None:
    done = gwannae("purchases", "reopen", "--report", "1", "--reason", WHY, "--json")
    assert (done.code, done.json["report"], done.json["to_tell"]) == (0, 1, [{"team": "T0A1", "user": "U0STAFF"}])
    assert "직접 알려 주세요: U0STAFF" in done.err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--reason", WHY), "--report 하나를"),
        (("--report", "1", "--organisation", "roads", "--period", "2026-Q1", "--reason", WHY), "--report 하나를"),
        (("--organisation", "roads", "--reason", WHY), "함께 적어 주세요"),
        (("--organisation", "없는과", "--period", "2026-Q1", "--reason", WHY), "찾지 못했습니다"),
        (("--organisation", "roads", "--period", "2999-Q1", "--reason", WHY), "지난 기간이 아닙니다"),
        (("--organisation", "roads", "--period", "봄", "--reason", WHY), "지난 기간이 아닙니다"),
        (("--report", "99", "--reason", WHY), "99번 보고를 찾지 못했습니다"),
        (("--report", "1", "--reason", "  "), "왜 다시 여는지"),
        (("--report", "1"), "--reason"),
        (("--report", "1", "--days", "61", "--reason", WHY), "--days"),
    ],
)
def test_what_cannot_be_opened_is_told_and_opens_nothing(
    gwannae: CommandLine, sqlite_database: Database, typed: tuple[str, ...], said: str
) -> None:
    ended = gwannae("purchases", "reopen", *typed)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    with sqlite_database.read() as tx:
        assert reopenings.open_on(tx, TODAY) == []


@pytest.mark.parametrize("word", ["관내", "local"])
def test_a_verdict_is_changed_with_its_reason(gwannae: CommandLine, sqlite_database: Database, word: str) -> None:
    done = gwannae("purchases", "rejudge", "1", "--verdict", word, "--reason", WHY, "--json")
    assert done.code == 0
    assert (done.json["before"], done.json["verdict"], done.json["version"]) == ("unconfirmed", "local", 2)
    assert "미확인 → 관내" in done.err
    assert "알리지 않았습니다: U0STAFF" in done.err
    after = stored(sqlite_database)
    assert after.judgement.ruling is not None
    assert (after.judgement.verdict, after.judgement.ruling.reason) == (Verdict.LOCAL, WHY)
    assert AuditEvent.PURCHASE_REJUDGED in events(sqlite_database)
    again = gwannae("purchases", "rejudge", "1", "--verdict", word, "--reason", WHY)
    assert (again.code, stored(sqlite_database).version) == (1, 2)
    assert "이미 관내입니다" in again.err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("99", "--verdict", "관내", "--reason", WHY), "99번 보고를 찾지 못했습니다"),
        (("1", "--verdict", "근처", "--reason", WHY), "‘근처’(이)라는 판정은 없습니다"),
        (("1", "--verdict", "관내", "--reason", " "), "왜 바꾸는지"),
        (("1", "--verdict", "관내"), "--reason"),
    ],
)
def test_what_cannot_be_judged_is_told_and_changes_nothing(
    gwannae: CommandLine, sqlite_database: Database, typed: tuple[str, ...], said: str
) -> None:
    ended = gwannae("purchases", "rejudge", *typed)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
    assert stored(sqlite_database).version == 1


def test_a_cancelled_report_keeps_its_verdict(gwannae: CommandLine, sqlite_database: Database) -> None:
    with sqlite_database.write() as tx:
        purchases.cancel(tx, 1, 1, actor=STAFF, at=AT)
    ended = gwannae("purchases", "rejudge", "1", "--verdict", "관내", "--reason", WHY)
    assert (ended.code, "취소된 보고" in ended.err) == (2, True)


def test_what_has_closed_is_taken_back_only_after_it_was_opened_again(gwannae: CommandLine) -> None:
    key = period(gwannae).key
    with a_toolkit(gwannae.database) as toolkit:
        noted = files.receive(toolkit, COMMAND_LINE, "cli:1", "지난해.csv", 1, AT).batch
        header = ("계약명", "계약일", "계약금액", "업체명", "구분")
        long_part.keep(toolkit, noted.id, csv_text(header, ("명함", str(LONG_AGO), "1,000", "새업체", "물품")).encode())
        for move in (None, files.confirm):
            if move is not None:
                move(toolkit, COMMAND_LINE, noted.id, AT)
            claimed = long_part.claim(toolkit, noted.id, "worker", AT)
            assert claimed is not None
            long_part.work(toolkit, claimed[0], "worker", AT)
        whose = toolkit.database
        with whose.read() as tx:
            code = next(o.code for o in organisations.all_organisations(tx) if o.id == 1)
    held = gwannae("purchases", "undo", str(noted.id))
    assert held.code == 2
    assert "실적 1건이 마감된 기간에 있습니다" in held.err
    assert f"gwannae purchases reopen --organisation {code} --period {key}" in held.err
    gwannae("purchases", "reopen", "--organisation", code, "--period", key, "--reason", WHY)
    assert gwannae("purchases", "undo", str(noted.id)).code == 0


def test_a_file_of_this_years_open_period_does_not_say_that_it_will_stay(gwannae: CommandLine, tmp_path: Path) -> None:
    header = ("계약명", "계약일", "계약금액", "업체명", "구분")
    file = tmp_path / "실적.csv"
    file.write_bytes(csv_text(header, ("명함", str(TODAY), "1,000", "새업체", "물품")).encode())
    dry = gwannae("purchases", "import", file, "--organisation", "roads", "--dry-run", "--json")
    assert (dry.json["staying"], "마감된 기간의 계약" in dry.err) == (0, False)
