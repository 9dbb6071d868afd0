"""The HTTP door: signature first, then Bolt; health and readiness."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import structlog
from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from gwannae.bot.socket import SocketDoor
from gwannae.handlers.desk import Desk
from gwannae.storage.failures import DatabaseAwayError, DatabaseBusyError

MAX_BODY = 1024 * 1024  # bytes; Slack's own requests stay far below
DRAIN_SECONDS = 10


def build_asgi(
    app: AsyncApp,
    desk: Desk,
    signing_secret: str,
    *,
    socket: SocketDoor | None = None,
    greet: Callable[[Desk], Coroutine[Any, Any, None]] | None = None,
) -> Starlette:
    """The ASGI app of `gwannae serve`: Slack's door unless a socket stands for it; health; start and clean stop."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        if socket is not None:
            socket.open()
        if greet is not None:
            desk.later(greet(desk), name="greet")
        yield
        if socket is not None:
            await socket.close()
        await close(desk)

    routes = health_routes(desk, socket)
    if socket is None:
        routes.append(Route("/slack/events", slack_door(app, signing_secret), methods=["POST"]))
    return Starlette(routes=routes, lifespan=lifespan)


def slack_door(app: AsyncApp, signing_secret: str) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint for Slack's requests: nothing is parsed before the signature fits and is at most 5 minutes old."""
    verifier = SignatureVerifier(signing_secret)
    log = structlog.get_logger("gwannae.http")

    async def receive(request: Request) -> Response:
        if int(request.headers.get("content-length") or 0) > MAX_BODY:
            return PlainTextResponse("too large", status_code=413)
        body = await request.body()
        if len(body) > MAX_BODY:
            return PlainTextResponse("too large", status_code=413)
        timestamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        if not _is_signed(verifier, body, timestamp, signature):
            log.warning("signature_refused", path=request.url.path)
            return PlainTextResponse("invalid signature", status_code=401)
        try:
            bolt_request = to_async_bolt_request(request, body)
        except ValueError:
            return PlainTextResponse("unreadable body", status_code=400)
        return to_starlette_response(await app.async_dispatch(bolt_request))

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
        if socket is not None and not await socket.is_connected():
            return JSONResponse({"status": "socket"}, status_code=503)
        return JSONResponse({"status": "ok"})

    return [Route("/healthz", healthz), Route("/readyz", readyz)]


async def close(desk: Desk) -> None:
    """Finish what was promised after acks, then close the session to Slack."""
    cut = await desk.later.drain(DRAIN_SECONDS)
    if cut:
        structlog.get_logger("gwannae.http").warning("cut_off_at_stop", tasks=cut)
    await desk.workspaces.close()


def _is_signed(verifier: SignatureVerifier, body: bytes, timestamp: str, signature: str) -> bool:
    try:
        return bool(verifier.is_valid(body=body, timestamp=timestamp, signature=signature))
    except (ValueError, UnicodeDecodeError):  # a timestamp that is no number, a body that is no text
        return False
