"""The socket door: Slack's requests through a connection of ours, for a bot without a public address.

Written on aiohttp and not on the SDK's client, which tries a worn-out address again for ever, closes the old connection
before the new one is open, and with it the way of the answers that are still due.
"""

import asyncio
import contextlib
import json
import logging
from typing import Any

import aiohttp
from slack_bolt import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from gwannae.bot.answers import Answer
from gwannae.handlers.slack_refusals import NO_ANSWER, code_of

_LOG = logging.getLogger("gwannae.socket")

RETRY_FIRST, RETRY_MOST = 1.0, 60.0  # seconds between tries to open a connection
DIAL_SECONDS = 10
HEARTBEAT = 20.0  # seconds between pings; a connection whose pong does not come in half of it counts as lost
LINGER_SECONDS = 30.0  # Slack closes an old connection about 10 s after its warning
FINISH_SECONDS = 3.0  # every request has its answer by then, see `bot.answers`


class SocketDoor:
    """Keeps one connection open, however often Slack refreshes or drops it; closing drops no answer."""

    def __init__(
        self, answer: Answer, app_token: str, api_url: str, retry: tuple[float, float] = (RETRY_FIRST, RETRY_MOST)
    ) -> None:
        """`answer` is where payloads go; `retry` the first and the longest wait, in seconds, between two tries."""
        self._answer = answer
        self._app_token = app_token
        self._api_url = api_url
        self._retry = retry
        self._session: aiohttp.ClientSession | None = None
        self._current: aiohttp.ClientWebSocketResponse | None = None
        self._greeted = False
        self._closing = False
        self._keeper: asyncio.Task[None] | None = None
        self._old: set[asyncio.Task[Any]] = set()
        self._under_way: set[asyncio.Task[None]] = set()

    def open(self) -> None:
        """Begin to connect in the background, for Slack may be away at the start; returns at once."""
        self._keeper = asyncio.get_running_loop().create_task(self._keep_open(), name="socket")

    @property
    def is_connected(self) -> bool:
        """Whether requests can come in now."""
        return self._greeted and self._current is not None and not self._current.closed

    async def close(self) -> None:
        """Take nothing new, answer what is under way, then hang up."""
        self._closing = True
        if self._under_way:
            await asyncio.wait(tuple(self._under_way), timeout=FINISH_SECONDS)
        tasks = [*self._old, *self._under_way, *([self._keeper] if self._keeper else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()  # and with it every connection

    async def _keep_open(self) -> None:
        first, most = self._retry
        wait = first
        while True:
            try:
                reason = await self._connect_and_listen()
            except (SlackApiError, *NO_ANSWER) as error:
                reason = code_of(error)
                self._greeted = False
            if reason in ("warning", "refresh_requested"):
                wait = first
                continue  # the old connection lives on for a while; the next one takes over at once
            _LOG.warning("socket_lost", extra={"reason": reason, "retry_in": wait})
            await asyncio.sleep(wait)
            wait = min(wait * 2, most)

    async def _connect_and_listen(self) -> str:
        """Open a connection and take requests until it must be replaced; why that is, in Slack's word."""
        socket = await self._dial()
        self._current, self._greeted = socket, False
        try:
            reason = await self._listen(socket)
        except BaseException:
            await self._hang_up(socket)
            raise
        if reason in ("warning", "refresh_requested"):
            self._keep(self._old, self._linger(socket))
        else:
            await self._hang_up(socket)
        return reason

    async def _dial(self) -> aiohttp.ClientWebSocketResponse:
        """A connection at a fresh address: Slack's addresses are good for one try."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=DIAL_SECONDS))
        client = AsyncWebClient(base_url=self._api_url, session=self._session, retry_handlers=[])
        async with asyncio.timeout(DIAL_SECONDS):
            opened = await client.apps_connections_open(app_token=self._app_token)
            return await self._session.ws_connect(str(opened["url"]), heartbeat=HEARTBEAT)

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> str:
        """Take requests until Slack asks for another connection or the line is cut."""
        async for frame in socket:
            message = _read(frame)
            kind = message.get("type")
            if kind == "hello":
                self._greeted = True
                _LOG.info("socket_open")
            elif kind == "disconnect":
                return str(message.get("reason") or "unknown")
            elif "envelope_id" in message and not self._closing:  # left unanswered, Slack hands it out again
                self._keep(self._under_way, self._take(socket, message))
        return "closed"

    async def _linger(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Answer what still comes over a connection that is being replaced, until Slack closes it."""
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LINGER_SECONDS):
                    await self._listen(socket)
        finally:  # also at a stop: closing the session alone cuts the line and leaves the connection to the collector
            await self._hang_up(socket)

    async def _hang_up(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        with contextlib.suppress(TimeoutError, aiohttp.ClientError):
            async with asyncio.timeout(1):
                await socket.close()

    async def _take(self, socket: aiohttp.ClientWebSocketResponse, message: dict[str, Any]) -> None:
        payload = message.get("payload")
        headers = {
            f"x-slack-retry-{name}": str(message[field])
            for name, field in (("num", "retry_attempt"), ("reason", "retry_reason"))
            if message.get(field) is not None
        }
        response = await self._answer(payload if isinstance(payload, dict) else {}, headers)
        try:
            await socket.send_str(json.dumps(_envelope(str(message["envelope_id"]), response), ensure_ascii=False))
        except NO_ANSWER as error:  # the line was cut: Slack asks again elsewhere, and nothing is stored twice
            _LOG.warning("answer_not_sent", extra={"error": type(error).__name__})

    def _keep(self, tasks: set[asyncio.Task[Any]], work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        tasks.add(task)
        task.add_done_callback(tasks.discard)


def _read(frame: aiohttp.WSMessage) -> dict[str, Any]:
    try:
        message = json.loads(frame.data) if frame.type is aiohttp.WSMsgType.TEXT else {}
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}


def _envelope(envelope_id: str, response: BoltResponse) -> dict[str, Any]:
    """The answer as it goes over a socket; one that is not a 200 goes as a bare ack, for silence means failure."""
    body = response.body if response.status == 200 else ""
    if not body:
        return {"envelope_id": envelope_id}
    if response.first_headers().get("content-type", "").startswith("application/json"):
        return {"envelope_id": envelope_id, "payload": json.loads(body)}
    return {"envelope_id": envelope_id, "payload": {"text": body}}
