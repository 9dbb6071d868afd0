"""What Slack's refusals mean for us: its code, however broken the answer, and whether the deed may have been done."""

from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

BLOCKS_REFUSED = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"})
TOO_LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})

# Slack's pages say of the first two that a part of the deed may have been done.
_UNCERTAIN = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})

NO_ANSWER = (aiohttp.ClientError, TimeoutError, OSError)
"""What is raised when Slack did not answer, or when its answer did not reach us."""


def code_of(error: Exception) -> str:
    """Slack's error code; `http_500` where a page came instead of JSON (the SDK itself stumbles over those)."""
    if not isinstance(error, SlackApiError):
        return type(error).__name__
    answer: Any = getattr(error.response, "data", error.response)
    if isinstance(answer, Mapping) and answer.get("error"):
        return str(answer["error"])
    return f"http_{getattr(error.response, 'status_code', None) or getattr(error.response, 'status', 0)}"


def may_be_done(error: Exception) -> bool:
    """Whether Slack may have done what it did not confirm: then nothing is sent a second time."""
    if isinstance(error, aiohttp.ClientConnectorError):
        return False  # no connection, so nothing was sent
    if isinstance(error, SlackApiError):
        code = code_of(error)
        return code in _UNCERTAIN or code.startswith("http_5")
    return isinstance(error, NO_ANSWER)
