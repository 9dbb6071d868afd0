"""What has changed in the workspace, numbered, so that an open page can catch up from any number."""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from dataclasses import dataclass
from typing import Literal

Kind = Literal["said", "edited", "removed", "modal", "home", "faults", "places", "toast", "clock"]


@dataclass(frozen=True, slots=True)
class Change:
    """`channel` and `ts` for messages, `user` for what belongs to one person (None: to everyone who may see it)."""

    number: int
    kind: Kind
    channel: str = ""
    ts: str = ""
    user: str | None = None


class Changes:
    """A bounded log with waiting readers. `epoch` tells two runs of the program apart."""

    def __init__(self, keep: int = 2_000) -> None:
        self.epoch = secrets.token_hex(4)
        self.number = 0
        self.closed = False
        self._log: deque[Change] = deque(maxlen=keep)
        self._waiting: set[asyncio.Event] = set()

    def add(self, kind: Kind, *, channel: str = "", ts: str = "", user: str | None = None) -> int:
        """Write a change down, wake all readers, and return its number."""
        self.number += 1
        self._log.append(Change(self.number, kind, channel, ts, user))
        self._wake()
        return self.number

    def since(self, number: int) -> list[Change] | None:
        """The changes after `number`, oldest first; None where the log no longer reaches back that far."""
        if number > self.number:
            return None
        if number < self.number and (not self._log or self._log[0].number > number + 1):
            return None
        return [change for change in self._log if change.number > number]

    async def wait(self, number: int, seconds: float) -> bool:
        """Wait until there is something after `number`. False after `seconds` of quiet, or when closed."""
        if self.number > number or self.closed:
            return not self.closed
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            await asyncio.wait_for(event.wait(), seconds)
        except TimeoutError:
            return False
        finally:
            self._waiting.discard(event)
        return not self.closed

    def close(self) -> None:
        """Send every reader home; used when the program stops."""
        self.closed = True
        self._wake()

    def _wake(self) -> None:
        for event in self._waiting:
            event.set()
