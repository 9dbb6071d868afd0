"""Lets a planned fault happen to a call of the bot."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from .faults import PlannedFault


async def cause(planned: PlannedFault, request: Request, do: Callable[[], object]) -> Response:
    """The answer of a Slack in trouble. `do` is what the call would have done; only a lost answer does it."""
    if planned.kind == "ratelimited":
        headers = {"Retry-After": str(planned.retry_after)}
        return JSONResponse({"ok": False, "error": "ratelimited"}, status_code=429, headers=headers)
    if planned.kind == "error":
        return JSONResponse({"ok": False, "error": planned.error})
    if planned.kind == "http_500":
        return Response("upstream connect error", status_code=500, media_type="text/plain")
    if planned.kind == "lost_answer":
        do()
    await _hold(request, planned.hold)
    return Response(status_code=504)


async def _hold(request: Request, seconds: float) -> None:
    """Keep the caller waiting, as long as it does wait."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not await request.is_disconnected():
        await asyncio.sleep(0.02)
