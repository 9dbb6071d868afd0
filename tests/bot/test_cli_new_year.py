"""`gwannae new-year`: the same as in Slack, on the terminal, in the year that it is."""

import tomllib
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from gwannae.programme.new_year import year_worked_on
from gwannae.storage.database import Database
from tests.bot.command_line import CommandLine

YEAR = str(year_worked_on(datetime.now(ZoneInfo("Asia/Seoul")).date()))


@pytest.fixture
def gwannae(sqlite_database: Database) -> CommandLine:
    """The command line on an empty programme."""
    return CommandLine(str(sqlite_database.url))


def check(gwannae: CommandLine, key: str) -> str:
    shown = gwannae("new-year", "show", "--json").json
    return str(next(one["check"] for one in shown["settings"] if one["key"] == key))


def test_what_a_year_takes_over_is_shown_with_its_source_and_ends_with_one_while_it_is_open(
    gwannae: CommandLine,
) -> None:
    ended = gwannae("new-year", "show", "--json")
    assert ended.code == 1
    assert (str(ended.json["year"]), ended.json["opened_at"]) == (YEAR, None)
    assert {one["group"] for one in ended.json["settings"]} == {"dates", "weights", "targets", "limits"}
    assert all(one["check"] == "open" for one in ended.json["settings"])
    table = gwannae("new-year", "show")
    assert "year_rules.closing" in table.out
    assert f"{YEAR}년을 아직 열지 않았습니다. 확인 0/" in table.err


def test_a_setting_is_confirmed_changed_and_taken_back(gwannae: CommandLine) -> None:
    assert gwannae("new-year", "confirm", "year_rules.closing").code == 0
    assert check(gwannae, "year_rules.closing") == "confirmed"
    ended = gwannae("new-year", "change", "year_rules.closing", "closing.day=11-29")
    assert (ended.code, check(gwannae, "year_rules.closing")) == (0, "waiting")
    refused = gwannae("new-year", "open")
    assert refused.code == 2
    assert "도시 파일에 아직 반영되지 않은 값이 1가지" in refused.err
    (table,) = tomllib.loads(gwannae("new-year", "file").out)["year_rules"]
    assert table["closing"]["day"] == "11-29"
    assert gwannae("new-year", "forget", "year_rules.closing").code == 0
    assert check(gwannae, "year_rules.closing") == "open"
    assert "파일에 넣을 것이 없습니다" in gwannae("new-year", "file").err


def test_a_year_is_opened_once_and_taken_back(gwannae: CommandLine) -> None:
    assert f"{YEAR}년을 열었습니다. 확인하지 않은 설정" in gwannae("new-year", "open").err
    again = gwannae("new-year", "open")
    assert (again.code, "이미 열려 있습니다" in again.err) == (2, True)
    assert gwannae("new-year", "undo").code == 0
    assert gwannae("new-year", "undo").code == 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("confirm", "없는것"), "‘없는것’(이)라는 설정이 없습니다"),
        (("change", "year_rules.closing", "closing.day"), "항목=값으로 적어 주세요"),
        (("change", "year_rules.closing", "closing.nothing=1"), "항목: closing.day, closing.countdown"),
        (("change", "year_rules.closing", "closing.day=13-45"), "넣을 수 없는 값입니다"),
        (("show", "--year", "2001"), "지금 다룰 수 없습니다"),
        (("open", "--year", "2001"), "지금 다룰 수 없습니다"),
    ],
)
def test_what_cannot_be_done_is_said_and_ends_with_two(
    gwannae: CommandLine, typed: tuple[str, ...], sentence: str
) -> None:
    ended = gwannae("new-year", *typed)
    assert ended.code == 2
    assert sentence in ended.err
