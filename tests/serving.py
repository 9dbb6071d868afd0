"""Serves an ASGI app over real loopback HTTP inside a test."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp

PATIENCE = 1.0
"""Seconds that requests in flight get to end when the server stops."""


class _PromptServer(uvicorn.Server):
    """Uvicorn looks every 100 ms whether it should stop, and waits as long again; hundreds of tests cannot."""

    async def main_loop(self) -> None:
        await self.on_tick(0)
        while not self.should_exit:
            await asyncio.sleep(0.005)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for each in sockets or []:
            each.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        end = time.monotonic() + PATIENCE
        while (self.server_state.connections or self.server_state.tasks) and time.monotonic() < end:
            await asyncio.sleep(0.002)
        for task in self.server_state.tasks:
            task.cancel()
        await self.lifespan.shutdown()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave Ctrl-C to pytest."""
        yield


def free_port() -> socket.socket:
    """A socket that is bound to a free port of 127.0.0.1."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    return listener


@asynccontextmanager
async def serve(app: ASGIApp, listener: socket.socket | None = None) -> AsyncIterator[str]:
    """Serve `app` on a free port of 127.0.0.1 in this loop; gives its address, `http://127.0.0.1:<port>`.

    An app that must know its address beforehand comes with a bound `listener`.
    """
    listener = listener or free_port()
    server = _PromptServer(uvicorn.Config(app, log_level="error", access_log=False))
    task = asyncio.get_running_loop().create_task(server.serve(sockets=[listener]))
    port = listener.getsockname()[1]
    try:
        while not server.started:
            await asyncio.sleep(0.002)
            if task.done():
                await task
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await task
        listener.close()
