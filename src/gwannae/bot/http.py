"""The HTTP door: signature first, then Bolt; health and readiness."""

import asyncio
import contextlib
import json
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl

from slack_bolt.adapter.starlette.async_handler import to_starlette_response
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from gwannae.bot.answers import Answer, build_answer
from gwannae.bot.app import Bot
from gwannae.bot.socket import SocketDoor
from gwannae.handlers.desk import Desk
from gwannae.storage.failures import DatabaseAwayError, DatabaseBusyError

_LOG = logging.getLogger("gwannae.http")

MAX_BODY = 1024 * 1024  # bytes; Slack's own requests stay far below
DRAIN_SECONDS = 5  # with the requests under way and the threads of the database, a stop stays below 10 s


def build_asgi(
    bot: Bot,
    desk: Desk,
    signing_secret: str,
    *,
    socket: SocketDoor | None = None,
    attend: Callable[[], Coroutine[Any, Any, None]] | None = None,
) -> Starlette:
    """The ASGI app of `gwannae serve`: Slack's door unless a socket stands for it; health; start and clean stop.

    `attend` runs beside it until the stop.
    """

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        attending = asyncio.get_running_loop().create_task(attend(), name="attend") if attend is not None else None
        if socket is not None:
            socket.open()
        yield
        if attending is not None:
            attending.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await attending
        if socket is not None:
            await socket.close()
        await close(desk)

    routes = health_routes(desk, socket)
    if socket is None:
        door = slack_door(build_answer(bot, desk), signing_secret)
        routes.append(Route("/slack/events", door, methods=["POST"]))
    return Starlette(routes=routes, lifespan=lifespan)


def slack_door(
    answer: Answer, signing_secret: str, wire_clock: Callable[[], float] = time.time
) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint for Slack's requests: nothing is parsed before the signature fits and is at most 5 minutes old.

    `wire_clock` gives seconds since 1970, against which the requests' time stamps are held.
    """
    verifier = SignatureVerifier(signing_secret, clock=_WireClock(wire_clock))  # type: ignore[arg-type]

    async def receive(request: Request) -> Response:
        body = await _read(request)
        if body is None:
            return PlainTextResponse("too large", status_code=413)
        if not _is_signed(verifier, body, request.headers):
            _LOG.warning("signature_refused")
            return PlainTextResponse("invalid signature", status_code=401)
        payload = _parse(body, request.headers.get("content-type", ""))
        if payload is None:
            _LOG.warning("unreadable_body")
            return PlainTextResponse("unreadable body", status_code=400)
        return to_starlette_response(await answer(payload, _retry_headers(request.headers)))

    return receive


def health_routes(desk: Desk, socket: SocketDoor | None = None) -> list[Route]:
    """`/healthz`: the process answers. `/readyz`: so does the database, and a socket, if any, is open."""

    async def healthz(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def readyz(_: Request) -> Response:
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(desk.toolkit.threads, desk.toolkit.database.ping)
        except (DatabaseAwayError, DatabaseBusyError) as error:
            return JSONResponse({"status": "database", "detail": error.detail}, status_code=503)
        if socket is not None and not socket.is_connected:
            return JSONResponse({"status": "socket"}, status_code=503)
        return JSONResponse({"status": "ok"})

    return [Route("/healthz", healthz), Route("/readyz", readyz)]


async def close(desk: Desk) -> None:
    """Finish what was promised after acks, then close the sessions to Slack."""
    cut = await desk.later.drain(DRAIN_SECONDS)
    if cut:
        _LOG.warning("cut_off_at_stop", extra={"tasks": cut})
    await desk.workspaces.close()


class _WireClock:
    """What the SDK's verifier asks for the time."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now

    def now(self) -> float:
        return self._now()


async def _read(request: Request) -> bytes | None:
    """The body; None as soon as it is longer than we would ever need, however long it was said to be."""
    said = request.headers.get("content-length", "")
    if said.isdecimal() and (len(said) > 9 or int(said) > MAX_BODY):
        return None
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > MAX_BODY:
                return None
    except ClientDisconnect:
        return b""  # nobody is there any more; what is left carries no valid signature
    return bytes(body)


def _is_signed(verifier: SignatureVerifier, body: bytes, headers: Mapping[str, str]) -> bool:
    timestamp, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
    try:
        return bool(verifier.is_valid(body=body, timestamp=timestamp, signature=signature))
    except (ValueError, TypeError):  # a time that is no number, a body that is no text, a signature beyond ASCII
        return False


def _parse(body: bytes, content_type: str) -> dict[str, Any] | None:
    """The payload: an event is JSON, all else a form, in which interactive payloads are JSON in the field `payload`."""
    text = body.decode()  # it was verified as text
    try:
        if content_type.startswith("application/json"):
            payload = json.loads(text)
        else:
            fields = dict(parse_qsl(text, keep_blank_values=True))
            payload = json.loads(fields["payload"]) if "payload" in fields and "command" not in fields else fields
    except (ValueError, RecursionError):
        return None
    return payload if isinstance(payload, dict) else None


def _retry_headers(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: headers[name] for name in ("x-slack-retry-num", "x-slack-retry-reason") if name in headers}
