"""What Slack hands out and what wears out: trigger ids (3 s, once) and response addresses (30 minutes, five times)."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 30 * 60.0
RESPONSE_USES = 5
KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Trigger:
    user: str
    expires: float
    used: bool = False


@dataclass(frozen=True, slots=True)
class ResponsePass:
    """Where an answer goes: the channel and person of the interaction, and the message that was acted on, if any."""

    channel: str
    user: str
    message_ts: str | None
    expires: float
    uses_left: int = RESPONSE_USES


class Passes:
    """Both kinds, the newest `KEPT` of each."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._triggers: OrderedDict[str, Trigger] = OrderedDict()
        self._responses: OrderedDict[str, ResponsePass] = OrderedDict()

    def trigger(self, user: str) -> str:
        """A new trigger id for what this person has just done."""
        name = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._triggers[name] = Trigger(user, self._clock() + TRIGGER_SECONDS)
        while len(self._triggers) > KEPT:
            self._triggers.popitem(last=False)
        return name

    def use_trigger(self, name: str) -> tuple[str, str]:
        """`(user, "")`, or `("", code)` with Slack's code for a made-up, worn-out or late trigger id."""
        found = self._triggers.get(name)
        if found is None:
            return "", "invalid_trigger_id"
        if found.used:
            return "", "exchanged_trigger_id"
        if self._clock() > found.expires:
            return "", "expired_trigger_id"
        self._triggers[name] = replace(found, used=True)
        return found.user, ""

    def response(self, channel: str, user: str, message_ts: str | None) -> str:
        """A new token for a response address."""
        token = secrets.token_urlsafe(24)
        self._responses[token] = ResponsePass(channel, user, message_ts, self._clock() + RESPONSE_SECONDS)
        while len(self._responses) > KEPT:
            self._responses.popitem(last=False)
        return token

    def use_response(self, token: str) -> tuple[ResponsePass | None, str]:
        """`(pass, "")`, or `(None, code)`: `used_url` after five uses, `expired_url` after 30 minutes or unknown."""
        found = self._responses.get(token)
        if found is None or self._clock() > found.expires:
            return None, "expired_url"
        if found.uses_left == 0:
            return None, "used_url"
        self._responses[token] = replace(found, uses_left=found.uses_left - 1)
        return found, ""
