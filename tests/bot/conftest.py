"""`door`: the bot behind its front door. What it sent is judged when the test ends. `sqlite_door` and `hasty` are for
trouble that is meant.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.doors import open_door
from tests.databases import PostgresServer, SqliteTemplate
from tests.front_door import FrontDoor, open_front_door


def pytest_configure(config: pytest.Config) -> None:
    """The mark for tests that make Slack refuse something on purpose."""
    config.addinivalue_line("markers", "refused_payloads: this test means a payload of the bot to be refused")


def _judge(request: pytest.FixtureRequest, door: FrontDoor) -> None:
    if request.node.get_closest_marker("refused_payloads") is None:
        assert door.workspace.faults_seen == [], "a payload of ours broke a rule of Slack or of the house"


@pytest.fixture
async def door(
    request: pytest.FixtureRequest, sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[FrontDoor]:
    """The bot on SQLite, with a small registry, one staff member, one lead and one linked channel."""
    url = sqlite_template.copy_to(tmp_path_factory.mktemp("door"))
    async with open_front_door(url) as opened:
        yield opened
        await opened.driver.settle()
        _judge(request, opened)


@pytest.fixture
async def postgres_door(request: pytest.FixtureRequest, postgres: PostgresServer) -> AsyncIterator[FrontDoor]:
    """The same on PostgreSQL, for one path through each feature."""
    with postgres.fresh() as url:
        async with open_front_door(url) as opened:
            yield opened
            await opened.driver.settle()
            _judge(request, opened)


@pytest.fixture
def sqlite_file(sqlite_template: SqliteTemplate, tmp_path: Path) -> Path:
    return Path(sqlite_template.copy_to(tmp_path).removeprefix("sqlite:///"))


@pytest.fixture
async def sqlite_door(sqlite_file: Path) -> AsyncIterator[FrontDoor]:
    async with open_front_door(f"sqlite:///{sqlite_file}") as door:
        yield door


@pytest.fixture
async def hasty(sqlite_file: Path) -> AsyncIterator[FrontDoor]:
    """A bot that waits half a second for the answer to a post, where the real one waits fifteen."""
    async with open_door(f"sqlite:///{sqlite_file}", patience=0.5) as door:
        yield door
