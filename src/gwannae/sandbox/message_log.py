"""The messages of every channel, in order, bounded, with the rule of who sees which."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace

from .changes import Changes
from .values import Message

Clock = Callable[[], float]


class MessageLog:
    """Up to `keep` messages a channel; the oldest go first."""

    def __init__(self, changes: Changes, clock: Clock, keep: int = 500) -> None:
        self._changes = changes
        self._clock = clock
        self._keep = keep
        self._channels: dict[str, deque[Message]] = {}
        self._touched: dict[tuple[str, str], int] = {}
        self._last_micros = 0

    def next_ts(self) -> str:
        """A time stamp as Slack writes it: seconds, six digits, never twice, always rising even if the clock jumps."""
        self._last_micros = max(self._last_micros + 1, int(self._clock() * 1_000_000))
        return f"{self._last_micros // 1_000_000}.{self._last_micros % 1_000_000:06d}"

    def add(self, message: Message) -> Message:
        log = self._channels.setdefault(message.channel, deque())
        log.append(message)
        if len(log) > self._keep:
            gone = log.popleft()
            self._touched.pop((gone.channel, gone.ts), None)
        self._mark(message, "said")
        return message

    def find(self, channel: str, ts: str) -> Message | None:
        return next((m for m in self._channels.get(channel, ()) if m.ts == ts), None)

    def change(self, old: Message, new: Message) -> Message:
        """Put `new` in the place of `old` (same channel and ts)."""
        log = self._channels[old.channel]
        log[log.index(old)] = new
        self._mark(new, "edited")
        return new

    def remove(self, message: Message) -> None:
        self._channels[message.channel].remove(message)
        self._touched.pop((message.channel, message.ts), None)
        self._changes.add("removed", channel=message.channel, ts=message.ts, user=message.only_for)

    def in_channel(self, channel: str) -> list[Message]:
        """All messages of the channel, oldest first, those for one person included."""
        return list(self._channels.get(channel, ()))

    def seen_by(self, user: str, channel: str) -> list[Message]:
        """What this person sees in the channel, oldest first."""
        return [m for m in self._channels.get(channel, ()) if m.only_for in (None, user)]

    def touched_since(self, number: int, channel: str, user: str) -> list[Message]:
        """What this person sees in the channel that is new or was changed after change `number`."""
        return [m for m in self.seen_by(user, channel) if self._touched.get((m.channel, m.ts), 0) > number]

    def _mark(self, message: Message, kind: str) -> None:
        number = self._changes.add(
            "said" if kind == "said" else "edited", channel=message.channel, ts=message.ts, user=message.only_for
        )
        self._touched[(message.channel, message.ts)] = number


def edited(message: Message, text: str, blocks: tuple[dict[str, object], ...] | None) -> Message:
    """The message with a new text; blocks stay unless given (an empty tuple removes them), as with chat.update."""
    return replace(message, text=text, blocks=message.blocks if blocks is None else blocks, edited=True)
