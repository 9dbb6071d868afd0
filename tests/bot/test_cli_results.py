"""`gwannae results`: the frozen results of a year, held against what the rows give now."""

from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest

from gwannae.actions.year_end import computed, freeze
from gwannae.bot.start import toolkit_for
from gwannae.programme.organisations import COMMAND_LINE, Actor
from gwannae.programme.results import Stage
from gwannae.programme.year_end import Frozen
from gwannae.readers.city_file import read_city
from gwannae.storage import organisations, purchases, results
from gwannae.storage.database import Database
from tests.bot.command_line import CommandLine
from tests.builders import a_draft, a_judgement
from tests.front_door import CITY_FILE

AT = datetime(2024, 12, 1, 9, 30, tzinfo=ZoneInfo("Asia/Seoul"))


def buy(database: Database, key: str) -> None:
    with database.write() as tx:
        roads = organisations.by_code(tx, "roads")
        assert roads is not None
        draft = a_draft(form_key=key, organisation_id=roads.id, contract_date=date(2024, 3, 4))
        purchases.add(tx, draft, a_judgement(), actor=Actor("T0A1", "U0LEAD"), self_declared=False, at=AT)


@pytest.fixture
def gwannae(sqlite_database: Database) -> CommandLine:
    """The command line on a database whose year 2024 was frozen with one purchase."""
    run = CommandLine(str(sqlite_database.url))
    assert run("organisations", "list", "--json").code == 0
    buy(sqlite_database, "A")
    with toolkit_for(read_city(str(CITY_FILE)), str(sqlite_database.url), lambda: AT) as toolkit:
        assert isinstance(freeze(toolkit, COMMAND_LINE, 2024, Stage.PRELIMINARY, AT), Frozen)
    return run


def test_a_result_that_still_holds_is_said_to_be_the_same(gwannae: CommandLine) -> None:
    ended = gwannae("results", "--year", "2024", "--json")
    assert ended.code == 0
    (found,) = ended.json["results"]
    assert (found["number"], found["stage"], found["same_today"], found["moved"]) == (1, "preliminary", True, [])
    assert found["content"]["format"] == "gwannae.result/1"
    assert "같음" in gwannae("results", "--year", "2024").out


def test_a_row_that_changed_names_its_organisation_and_ends_with_one(
    gwannae: CommandLine, sqlite_database: Database
) -> None:
    buy(sqlite_database, "B")
    ended = gwannae("results", "--year", "2024")
    assert ended.code == 1
    assert "다름: 길가꿈과" in ended.out


def test_a_year_without_a_result_says_so(gwannae: CommandLine) -> None:
    ended = gwannae("results", "--year", "2023")
    assert ended.code == 0
    assert "2023년에는 아직 결산이 없습니다." in ended.err


def test_a_pack_of_a_year_that_is_not_settled_is_refused_with_what_comes_first(
    gwannae: CommandLine, tmp_path: Path
) -> None:
    target = tmp_path / "근거.zip"
    ended = gwannae("results", "--year", "2024", "--pack", str(target))
    assert ended.code == 1
    assert "먼저 결산을 확정해 주세요" in ended.err
    assert not target.exists()


def test_a_settled_years_pack_becomes_a_new_file_and_no_old_one_is_touched(
    gwannae: CommandLine, sqlite_database: Database, tmp_path: Path
) -> None:
    with sqlite_database.write() as tx:
        result = computed(tx, read_city(str(CITY_FILE)), 2027, AT)
        results.add(tx, 1, Stage.FINAL, result, by=COMMAND_LINE, at=AT)
    target = tmp_path / "근거.zip"
    ended = gwannae("results", "--year", "2027", "--pack", str(target))
    assert ended.code == 0, ended.err
    assert "2027년 가점 근거 묶음" in ended.err
    assert "1-요약.hwpx" in ZipFile(target).namelist()
    assert gwannae("results", "--year", "2027", "--pack", str(target)).code == 2
