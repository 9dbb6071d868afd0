"""A year in seconds: an event loop whose time jumps to whatever is waited for next, and storage in the same thread."""

import asyncio
import selectors
from collections.abc import Coroutine
from concurrent.futures import Executor, Future
from typing import Any, TypeVar

T = TypeVar("T")


class _Skipping(selectors.DefaultSelector):  # type: ignore[misc,valid-type]
    """Waits for nothing: when the loop would, its time is set forward."""

    def __init__(self) -> None:
        super().__init__()
        self.skipped = 0.0

    def select(self, timeout: float | None = None) -> Any:
        events = super().select(0)
        if not events and timeout is not None and timeout > 0:
            self.skipped += timeout
        return events


class SimulatedLoop(asyncio.SelectorEventLoop):
    """`time()` counts what was waited for; nothing is ever waited for in truth."""

    def __init__(self) -> None:
        self.skipping = _Skipping()
        super().__init__(self.skipping)

    def time(self) -> float:
        return self.skipping.skipped


class Inline(Executor):
    """Does the work where it is asked for, so that no time passes while a thread has it."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:
            future.set_exception(error)
        return future


def simulate(work: Coroutine[Any, Any, T], loop: SimulatedLoop) -> T:
    """Run it to its end."""
    try:
        return loop.run_until_complete(work)
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
