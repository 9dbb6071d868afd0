"""A small pretend Slack for Socket Mode: hands out addresses, speaks over WebSockets, keeps what comes back."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

APP_TOKEN = "xapp-made-up"
AT_MOST = 10


@dataclass
class Line:
    """One connection: what the bot has sent over it."""

    socket: web.WebSocketResponse
    received: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return not self.socket.closed


class PretendSocketSlack:
    """`refusals` are the errors with which the next calls of apps.connections.open are answered."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.refusals: list[str] = []
        self.opened = 0
        self.tickets: set[str] = set()
        self.tokens: list[str] = []
        self.at_most = AT_MOST
        self.without_hello = False
        self._numbers = itertools.count(1)
        self._heard = asyncio.Event()
        self.url = ""

    # -- served -------------------------------------------------------------------------------------------------
    async def open_connection(self, request: web.Request) -> web.Response:
        self.opened += 1
        self._heard.set()
        self.tokens.append(request.headers.get("Authorization", ""))
        if self.refusals:
            error = self.refusals.pop(0)
            if error == "http_500":
                return web.Response(status=500, text="upstream connect error")
            return web.json_response({"ok": False, "error": error})
        ticket = f"ticket-{next(self._numbers)}"
        self.tickets.add(ticket)
        return web.json_response({"ok": True, "url": f"{self.url.replace('http', 'ws')}/link/?ticket={ticket}"})

    async def link(self, request: web.Request) -> web.StreamResponse:
        """An address is good for one connection."""
        ticket = request.query.get("ticket", "")
        if ticket not in self.tickets:
            return web.Response(status=404)
        self.tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len([line for line in self.lines if line.is_open]) >= self.at_most:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        line = Line(socket)
        self.lines.append(line)
        if not self.without_hello:
            await socket.send_json({"type": "hello", "num_connections": 1})
        self._heard.set()
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                line.received.append(json.loads(frame.data))
                self._heard.set()
        self._heard.set()
        return socket

    # -- what Slack does ----------------------------------------------------------------------------------------
    @property
    def line(self) -> Line:
        """The newest connection."""
        return self.lines[-1]

    async def deliver(
        self, kind: str, payload: Mapping[str, Any], *, line: Line | None = None, envelope: str = "", retry: int = 0
    ) -> str:
        """Hand something over; gives its envelope id."""
        envelope = envelope or f"envelope-{next(self._numbers)}"
        message = {"type": kind, "envelope_id": envelope, "payload": dict(payload), "accepts_response_payload": True}
        if retry:
            message |= {"retry_attempt": retry, "retry_reason": "timeout"}
        await (line or self.line).socket.send_json(message)
        return envelope

    async def ask(self, kind: str, payload: Mapping[str, Any], **more: Any) -> Any:
        """Hand something over and wait for its answer: the payload of the ack, None for a bare one."""
        line = more.get("line") or self.line
        envelope = await self.deliver(kind, payload, **more)
        return (await self.answer_to(envelope, line)).get("payload")

    async def answer_to(self, envelope: str, line: Line | None = None) -> dict[str, Any]:
        lines = [line] if line else self.lines

        def found() -> dict[str, Any] | None:
            answers = (a for each in lines for a in each.received if a.get("envelope_id") == envelope)
            return next(answers, None)

        await self.until(lambda: found() is not None)
        answer = found()
        assert answer is not None
        return answer

    async def until(self, holds: Any, seconds: float = 5.0) -> None:
        """Wait for something to be so."""
        async with asyncio.timeout(seconds):
            while not holds():
                self._heard.clear()
                try:
                    await asyncio.wait_for(self._heard.wait(), 0.02)
                except TimeoutError:
                    continue

    async def disconnect(self, reason: str, line: Line | None = None) -> None:
        """Say that this connection will end."""
        await (line or self.line).socket.send_json({"type": "disconnect", "reason": reason})


@asynccontextmanager
async def pretend_socket_slack(web_api: str = "") -> AsyncIterator[PretendSocketSlack]:
    """Serve it. Methods other than apps.connections.open are passed on to `web_api`, such as a sandbox's `…/api/`."""
    import aiohttp

    slack = PretendSocketSlack()
    session = aiohttp.ClientSession()

    async def pass_on(request: web.Request) -> web.Response:
        headers = {k: v for k, v in request.headers.items() if k.lower() in ("authorization", "content-type")}
        url = f"{web_api}{request.match_info['method']}"
        async with session.post(url, data=await request.read(), headers=headers) as response:
            return web.Response(body=await response.read(), status=response.status, content_type=response.content_type)

    app = web.Application()
    app.router.add_post("/api/apps.connections.open", slack.open_connection)
    app.router.add_get("/link/", slack.link)
    app.router.add_post("/api/{method}", pass_on)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    slack.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield slack
    finally:
        for line in slack.lines:
            await line.socket.close()
        await session.close()
        await runner.cleanup()
