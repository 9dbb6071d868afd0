"""The socket door: Slack's requests through a connection of ours, for a bot without a public address."""

import asyncio
import contextlib
import time

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

RETRY_FIRST, RETRY_MOST = 1.0, 60.0  # seconds between tries to open the first connection
FINISH_SECONDS = 5.0


class SocketDoor:
    """Opens the socket in the background, for Slack may be away at the start, and closes it without dropping acks."""

    def __init__(self, app: AsyncApp, app_token: str, api_url: str) -> None:
        self._app = app
        self._app_token = app_token
        self._api_url = api_url
        self._handler: _CountingHandler | None = None
        self._opening: asyncio.Task[None] | None = None
        self._log = structlog.get_logger("gwannae.socket")

    def open(self) -> None:
        """Begin to connect; returns at once."""
        self._opening = asyncio.get_running_loop().create_task(self._connect(), name="socket")

    async def is_connected(self) -> bool:
        """Whether requests can come in now."""
        return self._handler is not None and await self._handler.client.is_connected()

    async def close(self) -> None:
        """Take nothing new, answer what is under way, then hang up."""
        if self._opening is not None:
            self._opening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._opening
        if self._handler is not None:
            await self._handler.finish(FINISH_SECONDS)
            await self._handler.close_async()  # type: ignore[no-untyped-call]

    async def _connect(self) -> None:
        web_client = AsyncWebClient(base_url=self._api_url, timeout=10)
        handler = _CountingHandler(self._app, self._app_token, web_client=web_client)
        self._handler = handler
        wait = RETRY_FIRST
        while True:
            try:
                await handler.connect_async()  # type: ignore[no-untyped-call]
            except Exception as error:  # any failure of the first connection is tried again; later ones are the SDK's
                self._log.warning("socket_not_open", error=type(error).__name__, retry_in=wait)
                await asyncio.sleep(wait)
                wait = min(wait * 2, RETRY_MOST)
            else:
                self._log.info("socket_open")
                return


class _CountingHandler(AsyncSocketModeHandler):
    """Knows how many requests are under way, so that none is dropped between arrival and ack."""

    _under_way = 0
    _finishing = False

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        if self._finishing:
            return  # unanswered, so Slack hands it to another connection or again
        self._under_way += 1
        try:
            started = time.time()
            response = await run_async_bolt_app(self.app, req)
            await send_async_response(client, req, response, started)
        finally:
            self._under_way -= 1

    async def finish(self, timeout: float) -> None:
        """Wait until nothing is under way any more."""
        self._finishing = True
        for _ in range(int(timeout / 0.02)):
            if not self._under_way:
                return
            await asyncio.sleep(0.02)
