"""Work after the answer: tracked, told to the person when it fails, waited for when the bot stops."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from gwannae.handlers.slack_refusals import code_of

_LOG = logging.getLogger("gwannae.later")

Tell = Callable[[Exception], Awaitable[None]]


class Later:
    """What must not be lost is a row before the answer; what runs here may be lost in a crash, but not in silence."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def __call__(self, work: Coroutine[Any, Any, Any], *, name: str, tell: Tell | None = None) -> None:
        """Start `work` now and return at once. When it raises, `tell` is awaited with the exception."""
        task = asyncio.get_running_loop().create_task(self._run(work, name, tell), name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def drain(self, timeout: float) -> int:
        """Wait for all that is under way, and for what it starts; how many were cut off after `timeout` s."""
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        while self._tasks and loop.time() < end:
            await asyncio.wait(tuple(self._tasks), timeout=end - loop.time())
        cut = tuple(self._tasks)
        for task in cut:
            task.cancel()
        await asyncio.gather(*cut, return_exceptions=True)
        return len(cut)

    async def _run(self, work: Coroutine[Any, Any, Any], name: str, tell: Tell | None) -> None:
        try:
            await work
        except Exception as error:  # the last listener of work that has no request any more
            _LOG.warning("later_failed", extra={"work": name, "error": code_of(error)})
            if tell is not None:
                try:
                    await tell(error)
                except Exception as second:  # telling failed as well: the log is all that is left
                    _LOG.error("later_tell_failed", extra={"work": name, "error": code_of(second)})
