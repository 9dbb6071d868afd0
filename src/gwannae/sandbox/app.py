"""Puts the pretend workspace together as one ASGI app: the page, the Web API, and the response addresses."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from .api_dropped_files import hand_out
from .api_terms import RefusedError
from .driver import Driver
from .file_routes import file_routes
from .guard import Guard
from .pages import Pages
from .requests_out import ACK_SECONDS, REDELIVERY_AFTER, Caller
from .response_urls import respond
from .trouble import cause
from .values import Call, Json
from .web_api import answer_call, read_params
from .workspace import Workspace


@dataclass(frozen=True, slots=True)
class Sandbox:
    """The parts that a caller needs: serve `app`, act through `driver`, look into `workspace`, `close` at the end."""

    app: Starlette
    workspace: Workspace
    driver: Driver
    caller: Caller

    def connect(self, *, bot_url: str | None = None, public_url: str | None = None) -> None:
        """Set addresses that are known only once both sides are being served."""
        if bot_url is not None:
            self.caller.bot_url = bot_url
        if public_url is not None:
            self.workspace.public_url = public_url.rstrip("/")

    async def close(self) -> None:
        """End the pages' streams, pending redeliveries and connections. Call it before the server stops."""
        self.workspace.changes.close()
        await self.caller.close()


def build_sandbox(
    workspace: Workspace,
    *,
    bot_url: str = "",
    public_url: str = "",
    ack_seconds: float = ACK_SECONDS,
    redelivery_after: Sequence[float] = REDELIVERY_AFTER,
    allowed_hosts: Iterable[str] = (),
    wire_clock: Callable[[], float] = time.time,
) -> Sandbox:
    """Build the app around a workspace.

    `bot_url` is the one address that gets commands, interactions and events (Bolt: `/slack/events`); `public_url`
    where this app is reached, for the addresses that it hands out. `allowed_hosts` are further names for the Host
    header beside localhost. `wire_clock` dates the signatures, in seconds since 1970.
    """
    caller = Caller(
        bot_url=bot_url,
        signing_secret=workspace.signing_secret,
        traffic=workspace.traffic,
        ack_seconds=ack_seconds,
        redelivery_after=redelivery_after,
        wire_clock=wire_clock,
    )
    workspace.public_url = public_url.rstrip("/")
    driver = Driver(workspace, caller)

    async def api(request: Request) -> Response:
        return await answer_call(workspace, request.path_params["method"], request)

    async def response(request: Request) -> Response:
        return await _answer_response(workspace, request)

    async def file(request: Request) -> Response:
        return await hand_out(workspace, request)

    app = Starlette(
        routes=[
            Route("/api/{method}", api, methods=["GET", "POST"]),
            Route("/response/{token}", response, methods=["POST"]),
            *file_routes(workspace),
            Route("/files-pri/{file_id}/{name}", file),
            Mount("/static", StaticFiles(directory=Path(__file__).parent / "static")),
            *Pages(workspace, driver).routes(),
        ],
        middleware=[Middleware(Guard, allowed_hosts=tuple(allowed_hosts))],
    )
    return Sandbox(app, workspace, driver, caller)


async def _answer_response(workspace: Workspace, request: Request) -> Response:
    token = request.path_params["token"]
    with workspace.traffic.one():
        try:
            params = await read_params(request)
        except RefusedError as refusal:
            return JSONResponse(refusal.answer, status_code=400)
        planned = workspace.faults.take("response_url")
        if planned is not None:
            return await cause(planned, request, lambda: _respond(workspace, token, params))
        return _respond(workspace, token, params)


def _respond(workspace: Workspace, token: str, params: Json) -> Response:
    status, answer = respond(workspace, token, params)
    workspace.calls.append(Call("response_url", params, answer))
    return JSONResponse(answer, status_code=status)
