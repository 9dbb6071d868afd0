"""Trouble on demand: what a Slack that is slow, busy or broken does to the bot, planned ahead by a test."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import Literal

FaultKind = Literal["ratelimited", "http_500", "timeout", "lost_answer", "error"]


@dataclass(frozen=True, slots=True)
class PlannedFault:
    """What happens to one or more calls of `method` (a Web API method, or `response_url`).

    `ratelimited`: HTTP 429 with Retry-After of `retry_after` seconds. `http_500`: a server error. `error`: `ok: false`
    with `error`. `timeout`: nothing is done and no answer comes for `hold` seconds. `lost_answer`: the call is done,
    but its answer does not come for `hold` seconds, so that the bot cannot know.
    """

    method: str
    kind: FaultKind
    error: str = "fatal_error"
    times: int = 1
    retry_after: int = 1
    hold: float = 30.0


class FaultPlan:
    """Planned faults by method, used up in the order in which they were added."""

    def __init__(self) -> None:
        self._plans: dict[str, deque[PlannedFault]] = {}

    def add(
        self,
        method: str,
        *,
        kind: FaultKind,
        error: str = "fatal_error",
        times: int = 1,
        retry_after: int = 1,
        hold: float = 30.0,
    ) -> None:
        """Plan a fault for the next `times` calls of `method`."""
        planned = PlannedFault(method, kind, error, times, retry_after, hold)
        self._plans.setdefault(method, deque()).append(planned)

    def take(self, method: str) -> PlannedFault | None:
        """The fault for this call, if one is planned; it is used up."""
        plans = self._plans.get(method)
        if not plans:
            return None
        first = plans.popleft()
        if first.times > 1:
            plans.appendleft(replace(first, times=first.times - 1))
        return first

    def clear(self) -> None:
        self._plans.clear()

    @property
    def left(self) -> int:
        """How many planned faults have not happened yet."""
        return sum(planned.times for plans in self._plans.values() for planned in plans)
