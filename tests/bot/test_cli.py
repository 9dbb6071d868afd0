"""The command line itself: help, versions, wrong words, and errors that end as one sentence."""

import json
import os
import pty
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from gwannae import __version__
from gwannae.bot.cli_words import error_words
from gwannae.storage.backup import BackupFailedError
from gwannae.storage.database import Database, DatabaseAwayError, DatabaseBusyError, UnfitDatabaseError
from tests.bot.command_line import CITY_FILE, CommandLine, run

COMMANDS = (
    "",
    "demo",
    "serve",
    "vendors import",
    "vendors search",
    "organisations import",
    "organisations list",
    "people add",
    "people list",
    "standings",
    "schemes",
    "db upgrade",
    "db backup",
    "db recount",
    "doctor",
)


@pytest.fixture
def gwannae(sqlite_database: Database) -> CommandLine:
    return CommandLine(sqlite_database.url)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_korean_with_an_example(command: str) -> None:
    ended = run(*command.split(), "--help")

    assert ended.code == 0
    assert ended.err == ""
    assert ended.out.startswith(f"사용법: gwannae {command}".rstrip())
    assert "예)\n" in ended.out
    assert f"gwannae {command}".rstrip() in ended.out.split("예)\n")[1]
    assert not {"Usage", "Options", "Show this", "required", "default"} & set(ended.out.replace(":", " ").split())


def test_the_first_help_lists_every_command() -> None:
    lines = run("--help").out.splitlines()

    assert [c for c in COMMANDS if c and not any(line.startswith(f"  {c}  ") for line in lines)] == []


def test_the_version_is_the_package_s() -> None:
    assert run("--version").out == f"gwannae {__version__}\n"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("vendors",), "사용법: gwannae vendors"),
        (("vendors", "inport"), "없는 명령입니다: inport."),
        (("vendors", "import"), "FILE을(를) 적어 주세요."),
        (("vendors", "import", "a", "b"), "남는 말이 있습니다: b."),
        (("--json",), "없는 옵션입니다: --json."),
        (("--city", "seongnam"), "명령을 적어 주세요."),
        (("vendors", "search", "인쇄", "--jso"), "없는 옵션입니다: --jso."),
        (("people", "add", "U0AB", "--role", "king"), "--role에 쓸 수 없는 값입니다. office(총괄 부서)"),
        (("people", "add", "U0AB"), "--role을(를) 적어 주세요."),
        (("standings", "--year", "스물일곱"), "--year에 쓸 수 없는 값입니다."),
        (("demo", "--port", "99999"), "--port에 쓸 수 없는 값입니다."),
        (("--city",), "--city을(를) 어떻게 쓰는지 확인해 주세요."),
    ],
)
def test_a_command_typed_wrongly_is_answered_with_a_sentence_and_two(typed: tuple[str, ...], words: str) -> None:
    ended = run(*typed)

    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err
    assert "--help" in ended.err
    assert not {"Missing", "Got", "Invalid", "Error"} & set(ended.err.split())


def test_a_wrong_city_file_is_refused_with_its_place_and_what_was_expected(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(CITY_FILE.read_text(encoding="utf-8").replace("due_day = 20", "due_day = 45"), encoding="utf-8")

    ended = CommandLine(str(tmp_path / "x.db"), str(wrong))("standings")

    assert ended.code == 2
    assert all(part in ended.err for part in (str(wrong), "calendar.due_day: 28 이하", "45"))
    assert not (tmp_path / "x.db").exists()


def test_an_unknown_city_names_those_that_there_are(tmp_path: Path) -> None:
    ended = CommandLine(str(tmp_path / "x.db"), "atlantis")("standings")

    assert (ended.code, "seongnam" in ended.err) == (2, True)


@pytest.mark.parametrize(
    ("database", "words"),
    [
        ("mysql://u:geheim@h/d", "데이터베이스 주소를 읽지 못했습니다"),
        ("sqlite://", "데이터베이스 주소를 읽지 못했습니다"),
        ("postgresql://u:geheim@127.0.0.1:9/d", "데이터베이스에 닿지 못했습니다"),
    ],
)
def test_a_database_that_is_not_there_is_one_sentence_without_its_password(database: str, words: str) -> None:
    ended = CommandLine(database)("standings")

    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err
    assert "geheim" not in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (DatabaseBusyError("SQLITE_BUSY"), "잠시 뒤 다시 실행해 주세요"),
        (DatabaseAwayError("SQLITE_FULL"), "SQLITE_FULL"),
        (UnfitDatabaseError("synchronous_commit", "on", "off"), "synchronous_commit"),
        (FileExistsError("x"), "이미 있습니다"),
    ],
)
def test_what_may_go_wrong_with_a_database_has_a_sentence(error: Exception, words: str) -> None:
    assert words in (error_words(error) or "")


@pytest.mark.parametrize("command", [("vendors", "search", "인쇄"), ("db", "upgrade"), ("doctor",)])
def test_a_database_of_a_later_version_is_one_sentence(
    gwannae: CommandLine, sqlite_database: Database, command: tuple[str, ...]
) -> None:
    with sqlite_database.write() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    ended = gwannae(*command)

    assert ended.code == 2 or command == ("doctor",)
    assert "데이터베이스의 표(9999)가 이 버전의 관내봇보다 새것입니다" in ended.err + ended.out
    assert "예상하지 못한" not in ended.err


def test_what_nobody_expected_has_no_sentence_of_its_own() -> None:
    assert error_words(ZeroDivisionError()) is None


def test_an_error_is_a_sentence_and_debug_shows_it_whole(gwannae: CommandLine, tmp_path: Path) -> None:
    target = tmp_path / "no such folder" / "copy.db"

    ended = gwannae("db", "backup", target)

    assert ended.code == 2
    assert "백업하지 못했습니다" in ended.err
    assert "Traceback" not in ended.err
    with pytest.raises(BackupFailedError):
        gwannae("--debug", "db", "backup", target)


def test_a_setting_that_cannot_be_read_is_named(gwannae: CommandLine) -> None:
    ended = gwannae("standings", PORT="drei")

    assert (ended.code, "PORT" in ended.err) == (2, True)


def test_serve_names_all_missing_settings_at_once(gwannae: CommandLine) -> None:
    ended = gwannae("serve")

    assert ended.code == 2
    assert "SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET" in ended.err


def test_a_port_that_is_taken_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        ended = run("--city", str(CITY_FILE), "demo", "--port", str(port))

    assert (ended.code, ended.out) == (2, "")
    assert f"{port}번 포트를 쓸 수 없습니다" in ended.err


def test_the_default_database_folder_is_made_when_it_is_needed(tmp_path: Path) -> None:
    ended = run("--city", str(CITY_FILE), "db", "upgrade", XDG_DATA_HOME=str(tmp_path / "data"), HOME=str(tmp_path))

    assert ended.code == 0
    assert len(list(tmp_path.rglob("gwannae.db"))) == 1


def test_the_console_entry_starts_without_anything_heavy() -> None:
    code = "import json, sys, gwannae.bot.cli; print(json.dumps(sorted(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    heavy = {"sqlalchemy", "msgspec", "slack_bolt", "slack_sdk", "rich.table", "python_calamine", "uvicorn", "aiohttp"}
    assert set(json.loads(ran.stdout)) & heavy == set()


def test_the_real_script_speaks_utf_8_and_returns_the_exit_code(tmp_path: Path) -> None:
    script = Path(sys.executable).with_name("gwannae")
    command = [script, "--city", CITY_FILE, "--database", tmp_path / "x.db", "vendors", "search", "인쇄"]

    ran = subprocess.run([str(part) for part in command], capture_output=True, timeout=60, check=False)

    assert ran.returncode == 1
    assert ran.stdout == b""
    assert "‘인쇄’에 맞는 업체를 찾지 못했습니다." in ran.stderr.decode()


def test_a_bar_is_drawn_for_a_terminal_and_for_nobody_else(tmp_path: Path) -> None:
    script = Path(sys.executable).with_name("gwannae")
    sheet = tmp_path / "v.csv"
    sheet.write_text("상호,품목\n" + "".join(f"달빛{n}호,명함\n" for n in range(600)), encoding="utf-8")
    command = [script, "--city", CITY_FILE, "--database", tmp_path / "x.db", "vendors", "import", sheet, "--json"]
    master, terminal = pty.openpty()

    ran = subprocess.run(
        [str(part) for part in command], stdout=subprocess.PIPE, stderr=terminal, timeout=60, check=False
    )
    os.close(terminal)
    drawn = _read_all(master)

    assert ran.returncode == 0
    assert json.loads(ran.stdout)["new"] == 600
    assert "읽는 중" in drawn or "저장하는 중" in drawn
    piped = subprocess.run([str(part) for part in command], capture_output=True, timeout=60, check=False)
    assert "는 중" not in piped.stderr.decode()


def _read_all(master: int) -> str:
    pieces = []
    try:
        while piece := os.read(master, 65_536):
            pieces.append(piece)
    except OSError:  # the other end is closed: that is the end
        pass
    os.close(master)
    return b"".join(pieces).decode()
