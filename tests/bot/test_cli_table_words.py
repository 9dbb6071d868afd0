"""A wrong city file, plan or setting is told of in plain Korean: file, place, what was expected, what is there."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import msgspec
import pytest

from gwannae.bot.cli_table_words import UNKNOWN, expected_words, fault_lines
from gwannae.bot.settings import read_settings, setting_names
from gwannae.readers import city_counting, city_file, city_results, city_score, city_year, plan_file
from gwannae.readers.city_file import CityFileError, parse_city
from tests.bot.command_line import CITY_FILE, run
from tests.readers.test_city_file import WRONG

GOOD = CITY_FILE.read_text(encoding="utf-8")
READERS = (city_counting, city_file, city_results, city_score, city_year, plan_file)


def told(content: bytes) -> list[str]:
    with pytest.raises(CityFileError) as raised:
        parse_city(content, "mine.toml")
    return [line.strip() for line in fault_lines(raised.value.faults)]


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ('name = "햇님시"\n', "name = 3\n", "name: 큰따옴표 안의 글이어야 합니다 (적힌 값: 3)"),
        ("due_day = 20", 'due_day = "20"', 'calendar.due_day: 따옴표 없는 정수여야 합니다 (적힌 값: "20")'),
        ("due_day = 20", "due_day = true", "calendar.due_day: 따옴표 없는 정수여야 합니다 (적힌 값: true)"),
        ("due_day = 20", "due_day = 31", "calendar.due_day: 28 이하인 정수여야 합니다 (적힌 값: 31)"),
        ("amount = 15_000_000", "amount = 0", "limits.1.amount: 1 이상인 정수여야 합니다 (적힌 값: 0)"),
        ('name = "햇님시"\n', 'name = ""\n', 'name: 비워 둘 수 없습니다 (적힌 값: "")'),
        (
            'name = "햇님시"\n',
            f'name = "{"긴" * 201}"\n',
            f'name: 길이가 200자 이하여야 합니다 (적힌 값: "{"긴" * 79})',
        ),
        ('["head_office", "factory"]', "[]", "local_rules.1.addresses: 비워 둘 수 없습니다 (적힌 값: [])"),
        (
            '["head_office", "factory"]',
            '"factory"',
            'local_rules.1.addresses: 대괄호 안의 목록이어야 합니다 (적힌 값: "factory")',
        ),
        (
            'days = ["07-10", "12-18"]',
            'days = ["07-10"]',
            'year_rules.1.council.days: 길이가 2개 이상이어야 합니다 (적힌 값: ["07-10"])',
        ),
        ("format = 1", "", "format: 꼭 있어야 하는데 빠졌습니다"),
        (
            'name = "햇님시"\n',
            'name = "햇님시"\nmayor = "아무개"\n',
            'mayor: 여기에 없는 이름입니다. 철자를 확인하거나 지워 주세요 (적힌 값: "아무개")',
        ),
        (
            "enacted = 2024-03-02",
            'enacted = "2024-03-02"',
            'ordinance.enacted: 따옴표와 시각 없이 2027-01-04처럼 적은 날짜여야 합니다 (적힌 값: "2024-03-02")',
        ),
        (
            "enacted = 2024-03-02",
            "enacted = 2024-03-02T09:00:00",
            "ordinance.enacted: 따옴표와 시각 없이 2027-01-04처럼 적은 날짜여야 합니다 (적힌 값: 2024-03-02T09:00:00)",
        ),
        (
            'due_on_holiday = "previous"',
            'due_on_holiday = "whenever"',
            "calendar.due_on_holiday: 이 가운데 하나여야 합니다: 'next', 'previous', 'as_is' (적힌 값: \"whenever\")",
        ),
        (
            'slack_user = "U0OFFICE"',
            'slack_user = "상생경제과"',
            'people.1.slack_user: Slack 사용자 ID(U0123처럼)의 꼴이어야 합니다 (적힌 값: "상생경제과")',
        ),
        (
            'programme_office = "상생경제과"',
            'programme_office = "없는과"',
            "파일 전체: programme_office는 부서·기관 가운데 하나의 name이어야 합니다",
        ),
    ],
)
def test_a_wrong_place_is_told_of_in_a_line(right: str, wrong: str, line: str) -> None:
    assert right in GOOD
    assert line in told(GOOD.replace(right, wrong, 1).encode())


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'name = "\xc7\xde"', "파일 전체: UTF-8로 저장한 파일이어야 합니다(메모장: 인코딩 UTF-8)"),
        (
            b"format = 1\nname = \n",
            "파일 전체: 2행 8열을 TOML로 읽지 못했습니다. 따옴표·등호·괄호를 확인해 주세요",
        ),
        (
            b"[format",
            "파일 전체: 끝까지 TOML로 읽지 못했습니다. 마지막 줄의 따옴표와 괄호가 닫혔는지 확인해 주세요",
        ),
    ],
)
def test_what_is_no_toml_is_told_of_with_line_and_column(content: bytes, line: str) -> None:
    assert told(content) == [line]


def test_the_words_for_an_unknown_reason_are_listed() -> None:
    rule = (
        '\n[[outside_reasons]]\nvalid_from = 2028-01-01\nsource = "계획"\n[outside_reasons.words]\npatents = ["특허"]\n'
    )
    [line] = told((GOOD + rule).encode())
    assert line.startswith("outside_reasons.2.words.patents: 이 가운데 하나여야 합니다: ")
    assert "'patent'" in line


@pytest.mark.parametrize(("right", "wrong"), [(case[0], case[1]) for case in WRONG])
def test_no_wrong_file_is_told_of_in_a_foreign_sentence(right: str, wrong: str) -> None:
    for line in told(GOOD.replace(right, wrong, 1).encode()):
        assert UNKNOWN not in line
        said = re.sub(r"\(적힌 값: .*|‘[^’]*’|'[^']*'|\"[^\"]*\"", "", line.partition(": ")[2])
        assert re.search("[가-힣]", said), line
        assert not re.search(r"[A-Za-z_]{2,} [A-Za-z_]{2,} [A-Za-z_]{2,}", said), line


def _phrases() -> Iterator[str]:
    """Every phrase with which a table of the readers refuses, made-up words where it takes some in."""
    for module in READERS:
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "ValueError":
                [phrase] = node.args
                if isinstance(phrase, ast.JoinedStr):
                    yield "".join(p.value if isinstance(p, ast.Constant) else "12" for p in phrase.values)  # type: ignore[misc]
                elif isinstance(phrase, ast.Constant):
                    yield str(phrase.value)


@pytest.mark.parametrize("phrase", sorted(set(_phrases())))
def test_every_phrase_of_the_readers_has_its_words(phrase: str) -> None:
    assert expected_words(phrase) != UNKNOWN
    assert re.search("[가-힣]", expected_words(phrase))


def _patterns(kind: Any) -> Iterator[str]:
    for part in get_args(kind):
        if isinstance(part, msgspec.Meta) and part.pattern:
            yield part.pattern
        yield from _patterns(part)
    if get_origin(kind) is Annotated:
        return
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        for inner in get_type_hints(kind, include_extras=True).values():
            yield from _patterns(inner)


@pytest.mark.parametrize("pattern", sorted({*_patterns(city_file._CityTable), *_patterns(plan_file._PlanTable)}))
def test_every_pattern_of_a_text_has_its_words(pattern: str) -> None:
    assert expected_words(f"Expected `str` matching regex '{pattern}'") != UNKNOWN


@pytest.mark.parametrize(
    ("city", "words"),
    [
        ("atlantis", ["atlantis", "이 가운데 하나나, ‘.toml’로 끝나는 파일의 경로여야 합니다: "]),
        (
            "/nowhere/mine.toml",
            ["/nowhere/mine.toml", "파일 전체: 파일을 찾지 못했습니다. 경로와 이름을 확인해 주세요"],
        ),
        ("/", ["이 가운데 하나나"]),
    ],
)
def test_a_city_file_that_is_not_there_is_told_of(city: str, words: list[str], tmp_path: Path) -> None:
    ended = run("--city", city, "standings")
    assert (ended.code, ended.out) == (2, "")
    assert all(word in ended.err for word in words), ended.err
    assert "No such file" not in ended.err


def test_a_folder_in_the_place_of_a_file_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").mkdir()
    ended = run("--city", str(tmp_path / "mine.toml"), "standings")
    assert "파일을 열지 못했습니다. 읽을 권한을 확인해 주세요" in ended.err


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("PORT", "0", "환경 변수의 PORT: 1부터 65535까지의 정수여야 합니다 (적힌 값: 0)"),
        ("PORT", "포트", "환경 변수의 PORT: 1부터 65535까지의 정수여야 합니다 (적힌 값: 포트)"),
        (
            "POSTS_PER_MINUTE",
            "80.5",
            "환경 변수의 POSTS_PER_MINUTE: 1부터 1200까지의 정수여야 합니다 (적힌 값: 80.5)",
        ),
    ],
)
def test_a_wrong_setting_is_told_of_with_where_it_is_written(name: str, value: str, line: str) -> None:
    ended = run("standings", **{name: value})
    assert (ended.code, ended.out) == (2, "")
    assert line in ended.err


def test_a_wrong_setting_of_the_file_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in setting_names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("POSTS_PER_MINUTE=0\nSLACK_BOT_TOKEN=xoxb-canary\n", encoding="utf-8")
    ended = run("standings")
    assert ".env 파일의 POSTS_PER_MINUTE: 1부터 1200까지의 정수여야 합니다 (적힌 값: 0)" in ended.err
    assert "canary" not in ended.err
    (tmp_path / ".env").write_text("PORT=4000\n", encoding="utf-8")
    assert read_settings().port == 4000


def test_a_plan_is_told_of_in_the_same_words(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text('year = "올해"\ngoal = 1\n', encoding="utf-8")
    ended = run("plan", "--record", str(file))
    assert 'year: 따옴표 없는 정수여야 합니다 (적힌 값: "올해")' in ended.err
    assert "goal: 여기에 없는 이름입니다." in ended.err
