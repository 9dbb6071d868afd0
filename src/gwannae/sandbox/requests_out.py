"""How the workspace calls the bot: signed HTTP requests as Slack sends them, three seconds of patience, redelivery."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp

from .traffic import Traffic
from .values import Json

ACK_SECONDS = 3.0
REDELIVERY_AFTER = (0.0, 60.0, 300.0)
WAITED_FOR = 2.0
"""A redelivery that is due later than this many seconds does not keep `Driver.settle` waiting."""

FORM = "application/x-www-form-urlencoded"
JSON_TYPE = "application/json"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. `status` is None when nothing came; `error` is then Slack's code for it.

    `error` is "" for HTTP 200, `operation_timeout` past the time to answer, `dispatch_failed` without a connection,
    `http_service_error` for another status.
    """

    status: int | None
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    error: str = ""

    def json(self) -> Any:
        """The body as JSON; a body that is not JSON as the text it is."""
        try:
            return json.loads(self.body)
        except ValueError:
            return self.body


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's request signature, version 0: HMAC-SHA256 over `v0:timestamp:body`."""
    mac = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256)
    return f"v0={mac.hexdigest()}"


class Caller:
    """Sends requests to `bot_url`. `wire_clock` dates the signature; the bot compares it with its own clock.

    `redelivery_after` are the seconds before each further delivery of an event that was not answered with 2xx.
    """

    def __init__(
        self,
        *,
        bot_url: str,
        signing_secret: str,
        traffic: Traffic,
        ack_seconds: float = ACK_SECONDS,
        redelivery_after: Sequence[float] = REDELIVERY_AFTER,
        wire_clock: Callable[[], float] = time.time,
    ) -> None:
        self.bot_url = bot_url
        self.ack_seconds = ack_seconds
        self.redelivery_after = tuple(redelivery_after)
        self.wire_clock = wire_clock
        self._secret = signing_secret
        self._traffic = traffic
        self._session: aiohttp.ClientSession | None = None
        self._deliveries: set[asyncio.Task[None]] = set()

    # -- sending ------------------------------------------------------------------------------------------------
    async def send_form(self, fields: Mapping[str, str]) -> Reply:
        """A slash command."""
        return await self.send(urlencode(fields).encode(), self.headers_for(urlencode(fields).encode(), FORM))

    async def send_payload(self, payload: Json) -> Reply:
        """Something a person did with a control or a form: one form field `payload` with JSON in it."""
        return await self.send_form({"payload": json.dumps(payload, ensure_ascii=False)})

    def deliver(self, event: Json) -> None:
        """An event: sent in the background, and again (up to as often as `redelivery_after` says) until it is taken."""
        self._traffic.begun()
        task = asyncio.get_running_loop().create_task(self._deliver(json.dumps(event, ensure_ascii=False).encode()))
        self._deliveries.add(task)
        task.add_done_callback(self._deliveries.discard)

    async def send(self, body: bytes, headers: Mapping[str, str]) -> Reply:
        """These very bytes and headers, signed or not."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        timeout = aiohttp.ClientTimeout(total=self.ack_seconds)
        with self._traffic.one():
            try:
                async with self._session.post(
                    self.bot_url, data=body, headers=dict(headers), timeout=timeout, allow_redirects=False
                ) as response:
                    text = (await response.read()).decode("utf-8", "replace")
            except TimeoutError:
                return Reply(None, error="operation_timeout")
            except aiohttp.ClientError:
                return Reply(None, error="dispatch_failed")
        error = "" if response.status == 200 else "http_service_error"
        return Reply(response.status, text, {k.lower(): v for k, v in response.headers.items()}, error)

    def headers_for(self, body: bytes, content_type: str, timestamp: int | None = None) -> dict[str, str]:
        """The headers with which Slack would send this body, at another time where one is given."""
        moment = str(int(self.wire_clock()) if timestamp is None else timestamp)
        return {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": moment,
            "X-Slack-Signature": signature(self._secret, moment, body),
        }

    async def close(self) -> None:
        """Give up redeliveries that are still due and close the connections."""
        for task in list(self._deliveries):
            task.cancel()
        await asyncio.gather(*self._deliveries, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    # -- events -------------------------------------------------------------------------------------------------
    async def _deliver(self, body: bytes) -> None:
        reply = await self._send_event(body, {})
        for number, seconds in enumerate(self.redelivery_after, start=1):
            if _is_taken(reply):
                return
            await self._wait(seconds)
            reason = "http_timeout" if reply.error == "operation_timeout" else "http_error"
            retry = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
            reply = await self._send_event(body, retry)

    async def _send_event(self, body: bytes, retry: Mapping[str, str]) -> Reply:
        return await self.send(body, {**self.headers_for(body, JSON_TYPE), **retry})

    async def _wait(self, seconds: float) -> None:
        if seconds <= WAITED_FOR:
            with self._traffic.one():
                await asyncio.sleep(seconds)
        else:
            await asyncio.sleep(seconds)


def _is_taken(reply: Reply) -> bool:
    """Whether Slack would stop: any 2xx, or the app's word that it does not want the event again."""
    accepted = reply.status is not None and 200 <= reply.status < 300
    return accepted or reply.headers.get("x-slack-no-retry") == "1"
