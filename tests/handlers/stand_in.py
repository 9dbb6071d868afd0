"""A stand-in for Slack over real HTTP, in a thread of its own: it lives on while the bot is killed.

It takes a post at a moment of its own inside the call, whether or not the client still lives, as Slack does with a
request that arrived whole.
"""

import asyncio
import random
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TEAM = "T0HAETNIM"
ANSWERS_IN = 0.02


@dataclass
class StandIn:
    """`shares`: how often which fault: "mute", "429", "500", "500_after", "reset", "internal_error". `messages`: key of
    each message by channel, in order.
    """

    url: str = ""
    shares: Mapping[str, float] = field(default_factory=dict)
    retry_after: int = 1
    messages: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    posts: int = 0
    looks: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    early: int = 0  # calls inside a Retry-After
    _limited_until: float = 0.0
    _stamp: int = 0
    _random: random.Random = field(default_factory=lambda: random.Random(5))  # noqa: S311

    def counts(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for messages in list(self.messages.values()):
            for message in messages:
                key = message["metadata"]["event_payload"]["key"]
                found[key] = found.get(key, 0) + 1
        return found

    async def auth(self, _: web.Request) -> web.Response:
        return web.json_response({"ok": True, "team_id": TEAM, "user_id": "U0BOT", "bot_id": "B0BOT", "team": "t"})

    async def post(self, request: web.Request) -> web.StreamResponse:
        now = asyncio.get_running_loop().time()
        said = await request.json()
        self.posts += 1
        if now < self._limited_until:
            self.early += 1
        fault = self._fault()
        if fault == "429":
            self._limited_until = now + self.retry_after
            headers = {"Retry-After": str(self.retry_after)}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
        if fault == "500":
            return web.Response(status=500, text="upstream connect error")
        before = self._random.random() * ANSWERS_IN
        await asyncio.sleep(before)
        ts = self._take(said)
        await asyncio.sleep(ANSWERS_IN - before)
        if fault == "mute":
            await asyncio.sleep(20)
        if fault == "reset":
            assert request.transport is not None
            request.transport.abort()
        if fault == "500_after":
            return web.Response(status=500, text="upstream connect error")
        if fault == "internal_error":
            return web.json_response({"ok": False, "error": "internal_error"})
        return web.json_response({"ok": True, "channel": said["channel"], "ts": ts})

    async def history(self, request: web.Request) -> web.Response:
        self.looks += 1
        given = {**request.query, **(await request.post())}
        await asyncio.sleep(ANSWERS_IN)
        newest = list(reversed(self.messages.get(str(given["channel"]), [])))
        return web.json_response({"ok": True, "messages": newest, "has_more": False})

    def _take(self, said: Mapping[str, Any]) -> str:
        self._stamp += 1
        ts = f"{1_800_000_000 + self._stamp}.000100"
        self.messages.setdefault(said["channel"], []).append({"ts": ts, "metadata": said["metadata"]})
        return ts

    def _fault(self) -> str:
        at = self._random.random()
        for name, share in self.shares.items():
            if at < share:
                self.faults[name] = self.faults.get(name, 0) + 1
                return name
            at -= share
        return ""


@contextmanager
def stand_in(**given: Any) -> Iterator[StandIn]:
    """Serve one until the block ends."""
    slack = StandIn(**given)
    loop = asyncio.new_event_loop()
    started = threading.Event()

    async def serve() -> web.AppRunner:
        app = web.Application()
        app.router.add_route("*", "/api/auth.test", slack.auth)
        app.router.add_post("/api/chat.postMessage", slack.post)
        app.router.add_route("*", "/api/conversations.history", slack.history)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        assert site._server is not None
        slack.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}/api/"
        return runner

    def run() -> None:
        asyncio.set_event_loop(loop)
        runner = loop.run_until_complete(serve())
        started.set()
        loop.run_forever()
        with suppress(Exception):
            loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=run, name="stand-in", daemon=True)
    thread.start()
    started.wait(10)
    try:
        yield slack
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
