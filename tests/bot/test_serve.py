"""`gwannae serve` as a process of its own: how it starts, stays, and stops."""

import asyncio
import os
import signal
import socket
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest

from gwannae.sandbox.app import Sandbox, build_sandbox
from gwannae.sandbox.requests_out import FORM, signature
from tests.bot.pretend_socket import APP_TOKEN, pretend_socket_slack
from tests.databases import SqliteTemplate
from tests.front_door import CITY_FILE, OFFICE, ROADS, TEAM, a_workspace
from tests.serving import serve

RUNNER = """
import sys
from gwannae.bot.serve import serve
from gwannae.bot.settings import read_settings
from gwannae.readers.city_file import read_city
serve(read_settings(), read_city(sys.argv[1]), host="127.0.0.1")
"""


@dataclass
class Served:
    """The process, and how to reach it."""

    process: asyncio.subprocess.Process
    url: str
    http: aiohttp.ClientSession
    file: Path
    secret: str

    async def status(self, path: str) -> int:
        try:
            async with self.http.get(self.url + path) as response:
                return response.status
        except aiohttp.ClientError:
            return 0

    async def until(self, path: str, status: int, seconds: float = 20.0) -> None:
        async with asyncio.timeout(seconds):
            while await self.status(path) != status:
                assert self.process.returncode is None, await self.words()
                await asyncio.sleep(0.05)

    async def command(self, name: str, text: str = "", user: str = "U0STAFF") -> Any:
        fields = {"command": name, "text": text, "team_id": TEAM, "user_id": user, "channel_id": ROADS}
        body = urlencode(fields).encode()
        moment = str(int(time.time()))
        headers = {
            "Content-Type": FORM,
            "X-Slack-Request-Timestamp": moment,
            "X-Slack-Signature": signature(self.secret, moment, body),
        }
        async with self.http.post(f"{self.url}/slack/events", data=body, headers=headers) as response:
            assert response.status == 200
            return await response.json(content_type=None)

    async def stop(self, number: int = signal.SIGTERM) -> float:
        """Send the signal; the seconds until the process was gone."""
        started = time.monotonic()
        self.process.send_signal(number)
        async with asyncio.timeout(20):
            await self.process.wait()
        return time.monotonic() - started

    async def words(self) -> str:
        """All that it wrote, once it has ended."""
        assert self.process.stderr is not None
        return (await self.process.stderr.read()).decode()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@asynccontextmanager
async def running(file: Path, settings: Mapping[str, str], secret: str = "") -> AsyncIterator[Served]:
    port = free_port()
    passed_on = {k: v for k, v in os.environ.items() if not k.startswith(("SLACK_", "GWANNAE_", "DATABASE_"))}
    environment = {**passed_on, "DATABASE_URL": f"sqlite:///{file}", "PORT": str(port), **settings}
    environment["GWANNAE_STATE"] = str(file.parent / "state")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", RUNNER, str(CITY_FILE), env=environment, cwd=file.parent, stderr=asyncio.subprocess.PIPE
    )
    try:
        async with aiohttp.ClientSession() as http:
            yield Served(process, f"http://127.0.0.1:{port}", http, file, secret)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@asynccontextmanager
async def a_slack() -> AsyncIterator[tuple[Sandbox, str]]:
    sandbox = build_sandbox(a_workspace())
    async with serve(sandbox.app) as url:
        sandbox.connect(public_url=url)
        yield sandbox, url
        await sandbox.close()


@pytest.fixture
def file(sqlite_template: SqliteTemplate, tmp_path: Path) -> Path:
    return Path(sqlite_template.copy_to(tmp_path).removeprefix("sqlite:///"))


def _office_people(file: Path) -> int:
    connection = sqlite3.connect(file)
    try:
        [(people,)] = connection.execute("SELECT count(*) FROM affiliations WHERE role = 'office'").fetchall()
    finally:
        connection.close()
    return int(people)


def _has_ticked(file: Path) -> bool:
    connection = sqlite3.connect(file)
    try:
        return connection.execute("SELECT ticked_at FROM posting_state").fetchall() not in ([], [(None,)])
    finally:
        connection.close()


async def test_over_http_it_serves_says_when_its_database_is_gone_and_stops_cleanly(file: Path) -> None:
    async with a_slack() as (slack, url):
        secret = slack.workspace.signing_secret
        settings = {
            "SLACK_BOT_TOKEN": slack.workspace.bot_token,
            "SLACK_SIGNING_SECRET": secret,
            "SLACK_API_URL": f"{url}/api/",
        }
        async with running(file, settings, secret) as bot:
            await bot.until("/readyz", 200)
            assert await bot.status("/healthz") == 200
            assert "지역상품" in str(await bot.command("/gwannae"))
            async with asyncio.timeout(10):
                while not _office_people(file):
                    await asyncio.sleep(0.02)  # the city file's people get their roles once Slack has named the team
                while not _has_ticked(file):
                    await asyncio.sleep(0.02)
            aside = file.with_suffix(".aside")
            file.rename(aside)
            assert await bot.status("/readyz") == 503
            assert await bot.status("/healthz") == 200
            aside.rename(file)
            assert await bot.status("/readyz") == 200

            # a stop while somebody waits: the database is held, the answer comes after the signal, and it is an answer
            other = sqlite3.connect(file, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            waiting = asyncio.create_task(bot.command("/gwannae", "부서", user="U0STAFF"))
            await asyncio.sleep(0.3)
            assert not waiting.done()
            seconds = await bot.stop()
            answer = await waiting
            other.execute("ROLLBACK")
            other.close()
            assert "문의 번호" in str(answer)
            assert seconds < 10
            assert bot.process.returncode == 0, await bot.words()
            log = await bot.words()
            assert "Traceback" not in log
            assert all(line.startswith("{") for line in log.splitlines()), log
            assert slack.workspace.bot_token not in log
            assert secret not in log


async def test_through_a_socket_it_serves_and_stops_cleanly_with_an_answer_under_way(file: Path) -> None:
    async with a_slack() as (sandbox, url), pretend_socket_slack(f"{url}/api/") as slack:
        settings = {
            "SLACK_BOT_TOKEN": sandbox.workspace.bot_token,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_API_URL": f"{slack.url}/api/",
        }
        slack.refusals = ["internal_error"]
        async with running(file, settings) as bot:
            await bot.until("/readyz", 200)
            body = {"command": "/gwannae", "text": "", "team_id": TEAM, "user_id": OFFICE, "channel_id": ROADS}
            assert "지역상품" in str(await slack.ask("slash_commands", body))
            other = sqlite3.connect(file, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            refused = {**body, "text": "부서", "user_id": "U0STAFF"}
            envelope = await slack.deliver("slash_commands", refused)
            await asyncio.sleep(0.3)
            seconds = await bot.stop()
            other.execute("ROLLBACK")
            other.close()
            assert "문의 번호" in str(await slack.answer_to(envelope))
            assert seconds < 10
            assert bot.process.returncode == 0, await bot.words()
            assert APP_TOKEN not in await bot.words()


async def test_with_slack_away_it_starts_all_the_same_and_ends_at_once(file: Path) -> None:
    settings = {
        "SLACK_BOT_TOKEN": "xoxb-made-up",
        "SLACK_SIGNING_SECRET": "made-up",
        "SLACK_API_URL": "http://127.0.0.1:9/api/",
    }
    async with running(file, settings, "made-up") as bot:
        await bot.until("/readyz", 200)
        assert "문의 번호" in str(await bot.command("/gwannae"))
        assert await bot.stop(signal.SIGINT) < 5
        assert bot.process.returncode == 0
        assert "token_not_accepted" in await bot.words()


async def test_a_port_that_something_else_uses_is_told_in_a_sentence(file: Path) -> None:
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        port = other.getsockname()[1]
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            "from gwannae.bot.service import main; import sys; sys.argv[1:] = ['serve']; main()",
            env={
                **os.environ,
                "DATABASE_URL": f"sqlite:///{file}",
                "GWANNAE_CITY": str(CITY_FILE),
                "GWANNAE_STATE": str(file.parent / "state"),
                "PORT": str(port),
                "SLACK_BOT_TOKEN": "xoxb-made-up",
                "SLACK_SIGNING_SECRET": "made-up",
                "SLACK_API_URL": "http://127.0.0.1:9/api/",
            },
            cwd=file.parent,
            stderr=asyncio.subprocess.PIPE,
        )
        _, said = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 2
    assert said.decode().splitlines()[-1].startswith(f"{port}번 포트를 쓸 수 없습니다.")
