"""Posts under way in this process: how many, where, and which of them still wait for their moment to call."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from gwannae.actions.posting_places import Addressed
from gwannae.handlers.slack_refusals import code_of

_LOG = logging.getLogger("gwannae.posting")

# Posts that wait for their moment. More would take the workspace's next seconds in advance, and a channel with much to
# say would stand behind all of them again and again.
WAITING = 4
DOUBTED = 4  # posts that are being looked for

Send = Callable[[Addressed, Callable[[], None]], Awaitable[None]]


class Crew:
    """`send(post, calling)` brings one post to its end, and calls `calling` as it begins to speak to Slack."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.under_way: dict[asyncio.Task[None], tuple[str, bool]] = {}
        self._waiting: set[int] = set()
        self._moved = asyncio.Event()

    @property
    def places(self) -> set[str]:
        """The names of places that are being called."""
        return {name for name, _ in self.under_way.values()}

    def has_room(self, at_once: int, *, doubted: bool) -> bool:
        """Whether another one may begin."""
        if len(self.under_way) >= at_once:
            return False
        if doubted:
            return sum(was for _, was in self.under_way.values()) < DOUBTED
        return len(self._waiting) < WAITING

    def begin(self, name: str, post: Addressed, *, doubted: bool) -> None:
        """Begin with a post at that place."""
        if not doubted:
            self._waiting.add(post.post.id)
        self.under_way[asyncio.ensure_future(self._run(post))] = (name, doubted)

    async def moved(self) -> list[tuple[str, bool]]:
        """Wait until one has ended or begins to call; the places of those that have ended."""
        waker = asyncio.ensure_future(self._moved.wait())
        try:
            done, _ = await asyncio.wait((*self.under_way, waker), return_when=asyncio.FIRST_COMPLETED)
        finally:
            waker.cancel()
        self._moved.clear()
        return [self.under_way.pop(task) for task in tuple(self.under_way) if task in done]

    async def dismiss(self) -> None:
        """Stop all: what they were at is looked for by whoever goes on."""
        for task in self.under_way:
            task.cancel()
        await asyncio.gather(*self.under_way, return_exceptions=True)
        self.under_way.clear()

    async def _run(self, post: Addressed) -> None:
        def calling() -> None:
            self._waiting.discard(post.post.id)
            self._moved.set()

        try:
            await self._send(post, calling)
        except Exception as error:  # its lease runs out, and it is looked for
            _LOG.warning("post_left_to_its_lease", extra={"post": post.post.id, "error": code_of(error)})
        finally:
            calling()
