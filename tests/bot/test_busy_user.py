"""One user who never lets go of the key: everybody gets an answer, and nobody else waits long for it."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest

from gwannae.messages import ids
from tests.bot import knocks
from tests.bot.reports import a_report, kept
from tests.front_door import LEAD, STAFF, FrontDoor

BUSY = 200
SLACK_WAITS = 3.0  # seconds; on an idle machine the first look-up beside all 200 takes half of one
WORDS = (
    "인쇄",
    "인솨",
    "ㅇㅅ",
    "책자 인쇄 현수막 명함",
    "dlstho",
    "가" * 3000,
    "여성기업 인쇄",
    "없는 품목",
    "",
    "%_'\"",
)

Payloads = Callable[[FrontDoor], Iterator[Mapping[str, Any]]]


def commands(door: FrontDoor) -> Iterator[Mapping[str, Any]]:
    """Look-ups of every kind, forms opened and standings."""
    for number in range(BUSY):
        name = ("/report-purchase", "/local-standings")[number % 2] if number % 5 == 0 else "/localvendor"
        yield knocks.command(door, STAFF, name, WORDS[number % len(WORDS)])


def reports(door: FrontDoor) -> Iterator[Mapping[str, Any]]:
    """Forms sent off, each its own."""
    for number in range(BUSY):
        # by tender: what adds up from direct contracts would be held up to be looked at
        yield a_report(door, STAFF, key=f"busy-{number}", **{ids.REPORT_METHOD: knocks.chosen("open_bid")})


async def ask(door: FrontDoor, http: aiohttp.ClientSession, payload: Mapping[str, Any]) -> tuple[float, str]:
    """Hand something in; the seconds until its answer, and the answer."""
    form = dict(payload) if "command" in payload else {"payload": json.dumps(payload, ensure_ascii=False)}
    body = urlencode(form).encode()
    began = time.monotonic()
    async with http.post(f"{door.url}/slack/events", data=body, headers=knocks.form_headers(door, body)) as response:
        said = (await response.read()).decode()
        assert response.status == 200
    return time.monotonic() - began, said


@pytest.mark.parametrize("payloads", [commands, reports])
async def test_200_at_once_of_one_user_are_answered_and_keep_nobody_else_waiting(
    door: FrontDoor, payloads: Payloads
) -> None:
    waits: list[float] = []
    async with (  # a session each: the waiting for a free connection would be the test's own
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as busy,
        aiohttp.ClientSession() as other,
    ):
        flood = [asyncio.create_task(ask(door, busy, payload)) for payload in payloads(door)]
        while not all(task.done() for task in flood):
            seconds, said = await ask(door, other, knocks.command(door, LEAD, "/localvendor", "인쇄"))
            assert "‘인쇄’ 관내 업체 7곳" in said
            waits.append(seconds)
        answers = [said for _, said in await asyncio.gather(*flood)]
    assert max(waits) < SLACK_WAITS
    assert len(answers) == BUSY
    assert len(kept(door)) >= (answers.count("") if payloads is reports else 0)  # what was acknowledged is there
    assert all("errors" in said for said in answers if said) or payloads is commands
