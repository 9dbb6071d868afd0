"""A Slack of the ledger's five calls in memory, over any clock, that can do everything a Slack in trouble does."""

import asyncio
import random
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gwannae.handlers.posting_slack import Outcome, OutcomeKind, Sighting
from gwannae.programme.ledger import Place, PostKey

LIMITED_SECONDS = 5.0


@dataclass
class Stood:
    """A message: when it was taken, and from when the history shows it."""

    ts: str
    key: str
    text: str
    seen_from: float


@dataclass(frozen=True)
class Called:
    """One call: what, where, when, and what came of it."""

    method: str
    channel: str
    key: str
    at: float
    outcome: OutcomeKind
    code: str


@dataclass
class PretendSlack:
    """`now` gives its own seconds. `faults` are used up in turn by posts: "mute" (taken, never answered), "lost" (not
    taken, never answered), "500", "500_after", "429", "late:<seconds>" (taken so much later), or Slack's error code.
    """

    now: Callable[[], float]
    answers_in: float = 0.02
    time_limit: float = 15.0
    history_lag: float = 0.0
    faults: deque[str] = field(default_factory=deque)
    channel_states: dict[str, str] = field(default_factory=dict)  # channel: Slack's error code
    unreadable: set[str] = field(default_factory=set)
    channels: dict[str, list[Stood]] = field(default_factory=dict)
    calls: list[Called] = field(default_factory=list)
    limited_until: float = 0.0
    within_limit: int = 0  # calls inside a Retry-After
    per_minute: int = 0  # 0: it does not count
    recent: deque[float] = field(default_factory=deque)
    last_in: dict[str, float] = field(default_factory=dict)
    chance: Callable[[], str] | None = None
    _stamp: int = 0

    def standing(self, key: str) -> list[Stood]:
        return [m for messages in self.channels.values() for m in messages if m.key == key]

    def counts(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for messages in self.channels.values():
            for message in messages:
                found[message.key] = found.get(message.key, 0) + 1
        return found

    async def post(self, place: Place, message: Mapping[str, Any], key: PostKey) -> Outcome:
        began = self.now()
        # Slack goes on with what arrived, whether or not the caller still lives.
        outcome = await asyncio.shield(asyncio.ensure_future(self._post(place, str(message.get("text", "")), key)))
        self.calls.append(Called("chat.postMessage", place.channel_id, key.spelled, began, outcome.kind, outcome.code))
        return outcome

    async def _post(self, place: Place, text: str, key: PostKey) -> Outcome:
        if self.now() < self.limited_until:
            self.within_limit += 1
            return self._limited()
        if (code := self.channel_states.get(place.channel_id)) is not None:
            return Outcome(OutcomeKind.REFUSED, code)
        if self._is_too_fast(place.channel_id):
            return self._limited()
        fault = self.faults.popleft() if self.faults else (self.chance() if self.chance else "")
        name, _, seconds = fault.partition(":")
        if name == "429":
            return self._limited(float(seconds or LIMITED_SECONDS))
        if name == "500":
            return Outcome(OutcomeKind.DOUBTFUL, "http_500")
        if name in ("lost", "late"):
            if seconds:
                asyncio.get_running_loop().call_later(float(seconds), self._take, place, text, key)
            await asyncio.sleep(self.time_limit)
            return Outcome(OutcomeKind.DOUBTFUL, "TimeoutError")
        await asyncio.sleep(self.answers_in / 2)
        stood = self._take(place, text, key)
        await asyncio.sleep(self.time_limit if name == "mute" else self.answers_in / 2)
        return Outcome(OutcomeKind.DOUBTFUL, name) if name else Outcome(OutcomeKind.DONE, place=place, ts=stood.ts)

    def _take(self, place: Place, text: str, key: PostKey) -> Stood:
        self._stamp += 1
        stood = Stood(f"1.{self._stamp:06}", key.spelled, text, self.now() + self.history_lag)
        self.channels.setdefault(place.channel_id, []).append(stood)
        return stood

    def _limited(self, seconds: float = LIMITED_SECONDS) -> Outcome:
        self.limited_until = max(self.limited_until, self.now() + seconds)
        return Outcome(OutcomeKind.LIMITED, "ratelimited", wait=max(self.limited_until - self.now(), 1.0))

    def _is_too_fast(self, channel: str) -> bool:
        if not self.per_minute:
            return False
        now = self.now()
        while self.recent and self.recent[0] <= now - 60.0:
            self.recent.popleft()
        last = self.last_in.get(channel, -1e9)
        self.last_in[channel] = now
        self.recent.append(now)
        return len(self.recent) > self.per_minute or now - last < 1.0

    async def update(self, place: Place, ts: str, message: Mapping[str, Any]) -> Outcome:
        await asyncio.sleep(self.answers_in)
        found = [m for m in self.channels.get(place.channel_id, []) if m.ts == ts]
        if not found:
            return Outcome(OutcomeKind.REFUSED, "message_not_found")
        found[0].text = str(message.get("text", ""))
        return Outcome(OutcomeKind.DONE, place=place, ts=ts)

    async def delete(self, place: Place, ts: str) -> Outcome:
        await asyncio.sleep(self.answers_in)
        self.channels[place.channel_id] = [m for m in self.channels.get(place.channel_id, []) if m.ts != ts]
        return Outcome(OutcomeKind.DONE, place=place, ts=ts)

    async def link(self, place: Place, ts: str) -> str:
        await asyncio.sleep(self.answers_in)
        return f"https://haetnim.invalid/{place.channel_id}/{ts}"

    async def find(self, place: Place, key: PostKey, *, every: bool = False) -> Sighting:
        await asyncio.sleep(self.answers_in)
        outcome = Outcome(OutcomeKind.DONE)
        if place.channel_id in self.unreadable:
            outcome = Outcome(OutcomeKind.REFUSED, "channel_not_found")
        shown = [
            m.ts
            for m in self.channels.get(place.channel_id, [])
            if m.key == key.spelled and m.seen_from <= self.now() and outcome.kind is OutcomeKind.DONE
        ]
        self.calls.append(
            Called("conversations.history", place.channel_id, key.spelled, self.now(), outcome.kind, outcome.code)
        )
        return Sighting(outcome, place, tuple(shown))


def by_chance(shares: Mapping[str, float], seed: int) -> Callable[[], str]:
    """Faults by their shares: `{"mute": 0.05}` is one post in twenty."""
    random_ = random.Random(seed)  # noqa: S311

    def one() -> str:
        at = random_.random()
        for name, share in shares.items():
            if at < share:
                return name
            at -= share
        return ""

    return one
