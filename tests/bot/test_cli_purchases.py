"""`gwannae purchases import` and `undo`: what they store, say and end with."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text as sql

from gwannae.storage.database import Database
from tests.bot.command_line import CommandLine
from tests.readers.files import csv_text, xlsx
from tests.shared_data import shared_data_path

HEADER = ("계약명", "계약일", "계약금액", "업체명", "구분")
TODAY = datetime.now(ZoneInfo("Asia/Seoul")).date().isoformat()  # the command line lives today
ROWS = (("명함", TODAY, "1,000", "새업체", "물품"), ("책자", TODAY, "2,000", "새업체", "물품"))


@pytest.fixture
def gwannae(tmp_path: Path) -> CommandLine:
    return CommandLine(str(tmp_path / "gwannae.db"))


def a_file(folder: Path, *rows: tuple[str, ...], name: str = "실적.csv") -> Path:
    path = folder / name
    path.write_bytes(csv_text(HEADER, *(rows or ROWS)).encode("cp949"))
    return path


def counting(gwannae: CommandLine) -> int:
    database = Database.open(gwannae.database)
    with database.read() as tx:
        count = tx.execute(sql("SELECT count(*) FROM purchases WHERE state = 'reported'")).scalar_one()
    database.close()
    return int(count)


def test_a_file_is_stored_with_yes_and_taken_back_by_its_number(gwannae: CommandLine, tmp_path: Path) -> None:
    file = a_file(tmp_path)
    done = gwannae("purchases", "import", file, "--organisation", "길가꿈과", "--yes", "--json")
    assert (done.code, done.json["state"], done.json["new"], done.json["won"]) == (0, "confirmed", 2, 3_000)
    assert counting(gwannae) == 2
    again = gwannae("purchases", "import", file, "--organisation", "길가꿈과", "--yes")
    assert (again.code, counting(gwannae)) == (0, 2)
    assert "새로 집계할 것이 없어" in again.err
    undone = gwannae("purchases", "undo", str(done.json["import"]))
    assert (undone.code, counting(gwannae)) == (0, 0)
    assert gwannae("purchases", "undo", str(done.json["import"])).code == 2


def test_without_yes_nothing_counts_and_a_dry_run_keeps_nothing(gwannae: CommandLine, tmp_path: Path) -> None:
    file = a_file(tmp_path)
    dry = gwannae("purchases", "import", file, "--organisation", "roads", "--dry-run", "--json")
    assert (dry.code, dry.json["new"], dry.json["import"]) == (0, 2, None)
    plain = gwannae("purchases", "import", file, "--organisation", "roads")
    assert plain.code == 1
    assert "--yes" in plain.err
    assert counting(gwannae) == 0


def test_refused_and_doubtful_rows_are_named_and_the_rest_is_stored(gwannae: CommandLine, tmp_path: Path) -> None:
    rows = (*ROWS, ("펜", TODAY, "0", "새업체", "물품"), ("무엇", TODAY, "5", "새업체", ""))
    done = gwannae("purchases", "import", a_file(tmp_path, *rows), "--organisation", "roads", "--yes", "--json")
    assert (done.code, counting(gwannae)) == (1, 2)
    assert [(r["row"], r["code"]) for r in done.json["refused"]] == [(4, "amount_zero"), (5, "left_out")]
    assert done.json["refused_by"] == {"amount_zero": 1, "left_out": 1}
    assert "금액이 0원입니다 1줄" in done.err
    assert "4행: 금액이 0원입니다" in done.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "빈 파일입니다"),
        (b"%PDF-1.7", "읽을 수 있는 파일이 아닙니다"),
        (csv_text(("가", "나"), ("1", "2")).encode(), "제목 줄을 찾지 못했습니다"),
        (xlsx([("계약명", "계약일", "언제", "얼마")]), "필요한 열"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(
    gwannae: CommandLine, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "무엇.xlsx"
    path.write_bytes(content)
    for way in ("--yes", "--dry-run"):
        ended = gwannae("purchases", "import", path, "--organisation", "roads", way)
        assert ended.code == 2, ended
        assert said.split()[0] in ended.err


def test_an_organisation_that_nobody_knows_is_named(gwannae: CommandLine, tmp_path: Path) -> None:
    ended = gwannae("purchases", "import", a_file(tmp_path), "--organisation", "없는과")
    assert ended.code == 2
    assert "‘없는과’을(를) 찾지 못했습니다" in ended.err


@pytest.mark.shared_data
def test_a_public_contract_list_is_understood(gwannae: CommandLine) -> None:
    path = shared_data_path("contracts_public_institutions_a.xlsx")
    ended = gwannae("purchases", "import", path, "--organisation", "roads", "--dry-run", "--json")
    assert ended.json["rows"] == 200
    assert set(ended.json["columns"]) >= {"title", "date", "amount", "organisation", "firm", "kind"}


def test_what_should_be_looked_at_is_told_and_holds_nothing_up(gwannae: CommandLine, tmp_path: Path) -> None:
    header = (*HEADER, "계약방법")
    file = tmp_path / "실적.csv"
    file.write_bytes(csv_text(header, ("큰 구매 & 설치", TODAY, "16,501,000", "새업체", "물품", "수의 1인")).encode())
    done = gwannae("purchases", "import", file, "--organisation", "roads", "--yes", "--json")
    assert (done.code, done.json["state"], done.json["notes_count"]) == (0, "confirmed", len(done.json["notes"]))
    note = next(n for n in done.json["notes"] if n["code"] == "over_single_quote")
    assert (note["organisation"], note["row"], note["rows"]) == ("길가꿈과", 2, 1)
    assert note["text"] in done.err
    assert "‘큰 구매 & 설치’(새업체, 2행): 추정가격이 1인 견적" in done.err
