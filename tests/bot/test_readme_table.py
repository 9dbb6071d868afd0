"""The table "What you can type" of the README: each of its rows is tried at the front door."""

import re
from collections.abc import AsyncIterator
from itertools import cycle
from pathlib import Path

import pytest

from gwannae.programme.hangul import firm_key, search_key
from tests.bot.test_any_spelling import shelf_of_firms
from tests.bot.test_localvendor import firms, look_up
from tests.databases import SqliteTemplate
from tests.front_door import FrontDoor, open_front_door, text_of

README = Path(__file__).parents[2] / "README.md"
TOLD = "알려 드립니다"


def rows() -> list[tuple[str, str, bool]]:
    """What is typed, what it finds, and whether the answer tells that it looked for something else."""
    section = README.read_text(encoding="utf-8").partition("What you can type\n")[2].partition("\n## ")[0]
    found = []
    for line in section.splitlines():
        if line.startswith("| `"):
            typed, meant, why = (cell.strip() for cell in line.strip("|").split("|"))
            words = re.findall("`([^`]+)`", typed)
            found += [(word, item, TOLD in why) for word, item in zip(words, cycle(meant.split(", ")), strict=False)]
    return found


@pytest.fixture
async def town(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[FrontDoor]:
    url = sqlite_template.copy_to(tmp_path_factory.mktemp("readme"))
    async with open_front_door(url, shelf_of_firms()) as door:
        yield door


def test_the_table_is_there() -> None:
    assert len(rows()) > 30


@pytest.mark.parametrize(("typed", "meant", "told"), rows())
async def test_a_row_of_the_table_is_true(town: FrontDoor, typed: str, meant: str, told: bool) -> None:
    answer = await look_up(town, typed)
    first = next(firm for firm in shelf_of_firms() if firm.name == _unescaped(firms(answer)[0]))
    assert search_key(meant) in {firm_key(first.name), *map(search_key, first.items)}
    assert ("찾지 못해" in text_of(answer)) is told


def _unescaped(name: str) -> str:
    return name.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
