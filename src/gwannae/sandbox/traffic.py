"""What is on its way between workspace and bot, so that a test can wait for quiet instead of sleeping."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Traffic:
    """Counts calls in both directions while they run."""

    def __init__(self) -> None:
        self.in_flight = 0
        self._last = time.monotonic()

    @contextmanager
    def one(self) -> Iterator[None]:
        """Around one call."""
        self.in_flight += 1
        try:
            yield
        finally:
            self.in_flight -= 1
            self._last = time.monotonic()

    def begun(self) -> None:
        """Something is about to go its way, in a task that has yet to begin."""
        self._last = time.monotonic()

    async def quiet(self, quiet: float, timeout: float) -> None:
        """Return after `quiet` seconds without any call; TimeoutError when that does not come within `timeout`."""
        end = time.monotonic() + timeout
        while self.in_flight or time.monotonic() - self._last < quiet:
            if time.monotonic() > end:
                raise TimeoutError(f"the bot was not quiet within {timeout} s: {self.in_flight} call(s) in flight")
            await asyncio.sleep(0.005)
