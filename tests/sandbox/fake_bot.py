"""A bot that does what a test tells it, served beside the workspace over real HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import aiohttp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from gwannae.sandbox.app import Sandbox, build_sandbox
from gwannae.sandbox.driver import Driver
from gwannae.sandbox.values import Channel, Command, Person
from gwannae.sandbox.workspace import Workspace
from tests.serving import serve

ANNA, BORA, CHAN = "U0ANNA", "U0BORA", "U0CHAN"
HALL, ROOM, ELSEWHERE, OLD = "C0HALL", "C0ROOM", "C0ELSE", "C0OLD"
BOT = "U0GWANNAE"


@dataclass
class Heard:
    """One request as it reached the bot."""

    body: bytes
    headers: dict[str, str]

    @property
    def data(self) -> dict[str, Any]:
        """The command's fields, the interactive payload, or the event."""
        if self.headers["content-type"].startswith("application/json"):
            return dict(json.loads(self.body))
        fields = {name: values[0] for name, values in parse_qs(self.body.decode(), keep_blank_values=True).items()}
        return dict(json.loads(fields["payload"])) if "payload" in fields else fields

    @property
    def kind(self) -> str:
        return str(self.data.get("type") or self.data.get("command"))


@dataclass
class FakeBot:
    """`answer` decides the reply to each request: a dict (JSON), a text, an HTTP status, or None for an empty 200."""

    answer: Callable[[Heard], Any] = lambda _heard: None
    heard: list[Heard] = field(default_factory=list)
    delay: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def app(self) -> Starlette:
        return Starlette(routes=[Route("/slack/events", self._take, methods=["POST"])])

    @property
    def last(self) -> dict[str, Any]:
        return self.heard[-1].data

    async def _take(self, request: Request) -> Response:
        heard = Heard(await request.body(), dict(request.headers))
        self.heard.append(heard)
        if self.delay:
            await asyncio.sleep(self.delay)
        answer = self.answer(heard)
        if asyncio.iscoroutine(answer):
            answer = await answer
        if isinstance(answer, int):
            return Response(status_code=answer, headers=self.headers)
        if isinstance(answer, str):
            return PlainTextResponse(answer, headers=self.headers)
        return Response(headers=self.headers) if answer is None else JSONResponse(answer, headers=self.headers)


@dataclass
class Scene:
    """Everything a test needs: the workspace with its driver, the bot, and the Web API as the bot calls it."""

    sandbox: Sandbox
    bot: FakeBot
    url: str
    http: aiohttp.ClientSession

    @property
    def driver(self) -> Driver:
        return self.sandbox.driver

    @property
    def workspace(self) -> Workspace:
        return self.sandbox.workspace

    async def api(self, method: str, token: str | None = None, **params: Any) -> dict[str, Any]:
        """Call the Web API with JSON and the bot's token (or another; "" for none)."""
        token = self.workspace.bot_token if token is None else token
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with self.http.post(f"{self.url}/api/{method}", json=params, headers=headers) as response:
            return dict(await response.json())

    async def respond(self, response_url: str, **params: Any) -> tuple[int, dict[str, Any]]:
        """Post to a response address."""
        async with self.http.post(response_url, json=params) as response:
            return response.status, dict(await response.json())

    async def trigger(self, user: str = ANNA) -> str:
        """A fresh trigger id, got by typing a command."""
        await self.driver.command(user, HALL, "/find", "")
        return str(self.bot.last["trigger_id"])


class Clock:
    """A clock that a test can move."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def made_up_workspace(**more: Any) -> Workspace:
    return Workspace(
        name="가온시청",
        people=[
            Person(ANNA, "안나", "회계과 · 담당자", email="anna@example.test"),
            Person(BORA, "보라", "회계과 · 팀장"),
            Person(CHAN, "찬", "프로그램 담당"),
        ],
        channels=[
            Channel(HALL, "전체", "모두가 보는 채널", members=(ANNA, BORA, BOT)),
            Channel(ROOM, "회계과", members=(ANNA, BORA, BOT)),
            Channel(ELSEWHERE, "봇없음", members=(ANNA, BORA)),
            Channel(OLD, "옛채널", members=(ANNA, BOT), is_archived=True),
        ],
        commands=[Command("/find", "찾기", "[품목]"), Command("/report", "보고하기")],
        **more,
    )


@asynccontextmanager
async def scene(
    *,
    workspace: Workspace | None = None,
    ack_seconds: float = 3.0,
    redelivery_after: Sequence[float] = (0.0, 0.01, 0.02),
) -> AsyncIterator[Scene]:
    """The workspace and the fake bot, each on its own port."""
    bot = FakeBot()
    sandbox = build_sandbox(
        workspace or made_up_workspace(), ack_seconds=ack_seconds, redelivery_after=redelivery_after
    )
    async with serve(bot.app) as bot_url, serve(sandbox.app) as url, aiohttp.ClientSession() as http:
        sandbox.connect(bot_url=f"{bot_url}/slack/events", public_url=url)
        try:
            yield Scene(sandbox, bot, url, http)
        finally:
            await sandbox.close()


def section(text: str, block_id: str = "words") -> dict[str, Any]:
    return {"type": "section", "block_id": block_id, "text": {"type": "mrkdwn", "text": text}}


def buttons(*action_ids: str, block_id: str = "row") -> dict[str, Any]:
    elements = [
        {"type": "button", "action_id": name, "value": f"value of {name}", "text": {"type": "plain_text", "text": name}}
        for name in action_ids
    ]
    return {"type": "actions", "block_id": block_id, "elements": elements}


def text_input(block_id: str, *, optional: bool = False, **element: Any) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": block_id,
        "optional": optional,
        "label": {"type": "plain_text", "text": block_id},
        "element": {"type": "plain_text_input", "action_id": "text", **element},
    }


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": {"type": "plain_text", "text": "구매 보고"},
        "submit": {"type": "plain_text", "text": "보고"},
        "blocks": list(blocks) or [text_input("what")],
        **more,
    }
