"""`gwannae score`: points of a year, one explained, and what the office adds."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.bot.command_line import CITY_FILE, CommandLine
from tests.readers.files import csv_text
from tests.scored_city import FORMULA

YEAR = datetime.now(ZoneInfo("Asia/Seoul")).year  # the command line lives today
DAY = f"{YEAR}-02-05"


@pytest.fixture
def gwannae(tmp_path: Path) -> CommandLine:
    city = tmp_path / "scored.toml"
    text = CITY_FILE.read_text(encoding="utf-8")
    city.write_text(text + FORMULA.replace("2027", str(YEAR), 1), encoding="utf-8")
    return CommandLine(str(tmp_path / "gwannae.db"), str(city))


def bought(gwannae: CommandLine, folder: Path) -> None:
    """길가꿈과 has bought twice from a firm that nobody knows: unconfirmed until the office says that it is local."""
    rows = (("명함", DAY, "1,000,000", "새업체", "물품"), ("책자", DAY, "3,000,000", "새업체", "물품"))
    file = folder / "실적.csv"
    file.write_bytes(csv_text(("계약명", "계약일", "계약금액", "업체명", "구분"), *rows).encode())
    assert gwannae("purchases", "import", file, "--organisation", "길가꿈과", "--yes").code == 0
    for number in (1, 2):
        done = gwannae("purchases", "rejudge", str(number), "--verdict", "관내", "--reason", "등기부로 확인")
        assert done.code == 0, done.err


def test_scores_are_shown_group_by_group(gwannae: CommandLine, tmp_path: Path) -> None:
    bought(gwannae, tmp_path)
    shown = gwannae("score", "show", "--year", str(YEAR), "--json")
    assert shown.code == 0
    division, other = shown.json["groups"]
    assert (division["group"], other["group"]) == ("부서·의회", "기관·공사")
    first = division["organisations"][0]
    assert (first["name"], first["rank"], first["hundredths"]) == ("길가꿈과", 1, 7_000)
    amount = first["parts"][0]
    assert (amount["part"], amount["points"], amount["hundredths"]) == ("effective_amount", 40, 4_000)
    assert amount["numerator"] == amount["denominator"] == 4_000_000 * 1_000
    assert [one["rank"] for one in division["organisations"][1:]] == [None, None]
    assert "산식" not in shown.out
    table = gwannae("score", "show")
    assert "70.00" in table.out
    assert "출처: 햇님시" in table.err


def test_what_the_office_adds_counts_is_replaced_and_is_taken_back(gwannae: CommandLine, tmp_path: Path) -> None:
    bought(gwannae, tmp_path)

    def total() -> int:
        answer = gwannae("score", "show", "--json").json["groups"][0]["organisations"][0]
        return int(answer["hundredths"])

    def add(*words: str) -> int:
        return gwannae("score", "add", "길가꿈과", "--evidence", "교육 결과 보고", *words).code

    assert add("--addition", "직무교육", "--points", "0.5") == 0
    assert total() == 7_050
    assert add("--addition", "직무교육", "--points", "1.25") == 0
    assert total() == 7_125
    assert add("--addition", "우수사례", "--points", "9") == 0
    assert total() == 7_300  # 3 points are the most
    assert add("--indirect", "청사 관리 위탁", "--won", "2500000") == 0
    assert total() == 7_425
    assert (
        "직무교육 1.25 + 우수사례 9.00 (최대 3점) = 3.00점 (만점까지만)" in gwannae("score", "explain", "길가꿈과").out
    )
    assert add("--addition", "우수사례", "--points", "0") == 0
    assert total() == 7_250


@pytest.mark.parametrize(
    "words",
    [
        ("--addition", "교육"),
        ("--addition", "교육", "--points", "1.234"),
        ("--addition", "교육", "--points", "-1"),
        ("--addition", "교육", "--points", "１"),
        ("--addition", "교육", "--indirect", "위탁", "--points", "1", "--won", "1"),
        ("--indirect", "위탁", "--points", "1"),
        (),
    ],
)
def test_what_is_not_whole_is_not_written_down(gwannae: CommandLine, words: tuple[str, ...]) -> None:
    refused = gwannae("score", "add", "길가꿈과", "--evidence", "근거", *words)
    assert refused.code == 2
    assert "적지 않았습니다" in refused.err


def test_a_year_without_a_formula_says_what_to_write(gwannae: CommandLine) -> None:
    refused = gwannae("score", "show", "--year", "2020")
    assert refused.code == 2
    assert "2020년의 산식이 없습니다" in refused.err
