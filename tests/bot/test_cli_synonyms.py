"""`gwannae words load`, `list`, `show`, `unload`, as an officer types them."""

from pathlib import Path

import pytest

from gwannae.storage.database import Database
from tests.bot.command_line import CommandLine
from tests.readers.files import csv_text

INDEX = (("코드", "색인어", "세세분류명"), ("99991", "별솜사탕소매", "기타 솜사탕 소매업"), ("", "빈 부호", ""))
OUR = '[[group]]\nhead = "축구"\nitems = ["별똥공", ["달공", "달 축구공"]]\nbroader = ["체육용품"]\n'


@pytest.fixture
def gwannae(sqlite_database: Database) -> CommandLine:
    return CommandLine(sqlite_database.url)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    path = tmp_path / "색인어.csv"
    path.write_bytes(csv_text(*INDEX).encode("cp949"))
    return path


@pytest.fixture
def our(tmp_path: Path) -> Path:
    path = tmp_path / "우리시.toml"
    path.write_text(OUR, encoding="utf-8")
    return path


def test_the_shipped_words_are_there_without_any_file(gwannae: CommandLine) -> None:
    shown = gwannae("words", "show", "행사용", "화환", "--json")
    assert shown.code == 0
    assert "꽃" in [word for step in shown.json for word in step["words"]]
    assert "넣은 파일이 없습니다" in gwannae("words", "list").err


def test_files_are_loaded_listed_shown_and_taken_out(gwannae: CommandLine, index: Path, our: Path) -> None:
    loaded = gwannae("words", "load", index, our, "--json")
    assert loaded.code == 0
    assert loaded.json == [
        {"file": "색인어.csv", "origin": "ksic_index", "groups": 1, "words": 2},
        {"file": "우리시.toml", "origin": "city", "groups": 1, "words": 4},
    ]
    assert "쓸 낱말이 없는 1줄은 건너뛰었습니다" in loaded.err
    assert gwannae("words", "list", "--json").json == [
        {"origin": "city", "groups": 1},
        {"origin": "ksic_index", "groups": 1},
    ]
    steps = gwannae("words", "show", "별똥공", "--json").json
    assert steps[0]["words"] == ["축구"]
    assert "스포츠용품" in steps[-1]["words"]
    assert gwannae("words", "show", "별솜사탕", "--json").json[0]["words"] == ["솜사탕"]
    assert gwannae("words", "unload", "city").code == 0
    assert gwannae("words", "show", "별똥공").code == 1


def test_a_kind_of_file_that_is_loaded_again_replaces_the_one_before(gwannae: CommandLine, our: Path) -> None:
    gwannae("words", "load", our)
    assert "앞서 넣은 묶음 1개를 바꾸었습니다" in gwannae("words", "load", our).err
    assert gwannae("words", "list", "--json").json == [{"origin": "city", "groups": 1}]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("틀림.toml", '[[group]]\nhead = "업체"\nitems = ["공", 3]', "group 1 · items 2: 글자가 아닙니다 3"),
        ("틀림.toml", "head =", "UTF-8로 쓴 TOML이 아닙니다"),
        ("명부.csv", csv_text(("상호", "소재지"), ("가온", "솔숲구")), "아는 분류표의 제목 줄이 없습니다"),
        ("빈.csv", "", "빈 파일입니다"),
    ],
)
def test_a_file_that_cannot_be_taken_is_told_and_nothing_of_the_others_is_kept(
    gwannae: CommandLine, tmp_path: Path, our: Path, name: str, content: str, said: str
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    ended = gwannae("words", "load", our, path)
    assert ended.code == 2
    assert said in ended.err
    assert "바뀐 것은 없습니다." in ended.err
    assert gwannae("words", "list", "--json").json == []


def test_a_file_that_is_not_there_is_told(gwannae: CommandLine, tmp_path: Path) -> None:
    for name in ("none.toml", "none.csv"):
        ended = gwannae("words", "load", tmp_path / name)
        assert ended.code == 2
        assert "파일을 찾지 못했습니다" in ended.err


def test_a_name_that_was_never_loaded_is_told(gwannae: CommandLine) -> None:
    ended = gwannae("words", "unload", "ksic_tree")
    assert ended.code == 1
    assert "그런 이름으로 넣은 것이 없습니다" in ended.err


def test_a_word_that_leads_nowhere_ends_with_one(gwannae: CommandLine) -> None:
    ended = gwannae("words", "show", "모르는말")
    assert ended.code == 1
    assert "이어지는 낱말이 없습니다" in ended.err
