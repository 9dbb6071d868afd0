"""The last listener: what nobody else answered, and what went wrong. Nobody is left in silence."""

import json
import logging
import secrets
from collections.abc import Mapping
from traceback import extract_tb
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk.errors import SlackApiError

from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.slack_refusals import NO_ANSWER, TOO_LATE, code_of
from gwannae.handlers.workspaces import UnknownWorkspaceError
from gwannae.messages import problems as say
from gwannae.messages.blocks import ephemeral
from gwannae.programme.verdict import NoRuleError
from gwannae.storage.failures import DatabaseAwayError, DatabaseBusyError

_LOG = logging.getLogger("gwannae.problems")

Payload = Mapping[str, Any]

# Events in which somebody speaks to the bot and waits for an answer.
_SPOKEN = frozenset({"message", "app_mention", "file_shared"})


class TooSlowError(Exception):
    """The answer was not ready in Slack's three seconds."""


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie the last listener. Bolt must be told to raise for what no listener takes."""

    @app.error
    async def last(error: Exception, body: dict[str, Any]) -> BoltResponse:
        return answer(error, body, desk)


def answer(error: Exception, body: Payload, desk: Desk) -> BoltResponse:
    """A 200 (over a socket anything else is silence) with the sentence in the shape of the payload.

    What went wrong is logged under a number that the person is told.
    """
    if isinstance(error, BoltUnhandledRequestError):
        _LOG.info("unknown_request", extra={"kind": _kind(body)})
        return _in_shape_of(body, desk, say.NOT_FOR_US) if _waits(body) else _nothing()
    return _in_shape_of(body, desk, say.with_number(*note(error)))


def note(error: Exception) -> tuple[str, str]:
    """Log what went wrong; the sentence for it, and the number that finds it in the log."""
    number = secrets.token_hex(2).upper()
    sentence = _sentence(error)
    if sentence is None:
        # where, but not the error's own words: they may quote what somebody typed
        _LOG.error("unexpected", extra={"number": number, "error": type(error).__name__, "where": _where(error)})
    else:
        _LOG.warning("refused", extra={"number": number, "error": type(error).__name__, "detail": _detail(error)})
    return sentence or say.UNKNOWN, number


def _sentence(error: Exception) -> str | None:
    for kinds, sentence in _SENTENCES:
        if isinstance(error, kinds):
            return sentence
    if isinstance(error, SlackApiError):
        return say.TOO_LATE if code_of(error) in TOO_LATE else say.SLACK
    return None


_SENTENCES: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    (DatabaseBusyError, say.BUSY),
    (DatabaseAwayError, say.AWAY),
    (NoRuleError, say.NO_RULE),
    (UnknownWorkspaceError, say.NO_WORKSPACE),
    (TooSlowError, say.SLOW),
    (NO_ANSWER, say.NO_ANSWER),
)


def _detail(error: Exception) -> str:
    return code_of(error) if isinstance(error, SlackApiError) else str(getattr(error, "detail", ""))


def _where(error: BaseException) -> list[str]:
    frames = extract_tb(error.__traceback__)[-8:]
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]


def _kind(body: Payload) -> str:
    return str(body.get("type") or ("command" if "command" in body else "unknown"))[:40]


def _waits(body: Payload) -> bool:
    """Whether somebody looks at the screen for what will come of an unknown request."""
    if body.get("type") == "event_callback":
        return False
    pressed: Payload = next(iter(body.get("actions") or ()), {})
    return body.get("type") != "block_actions" or (pressed.get("type") == "button" and not pressed.get("url"))


def _in_shape_of(body: Payload, desk: Desk, sentence: str) -> BoltResponse:
    """Commands and forms are answered in the response itself, buttons and shortcuts through their response address."""
    kind = body.get("type")
    if "command" in body and kind is None:
        return _json(ephemeral(sentence))
    if kind == "view_submission":
        view = body.get("view") or {}
        asked = [block["block_id"] for block in view.get("blocks") or () if block.get("type") == "input"]
        if asked:
            return _json({"response_action": "errors", "errors": {asked[0]: sentence}})
        return _json({"response_action": "update", "view": say.window(sentence)})
    if kind == "block_suggestion":
        return _json({"options": []})
    if kind in ("block_actions", "message_action", "shortcut", "interactive_message"):
        desk.respond(body, {**ephemeral(sentence), "replace_original": False})
    elif kind == "event_callback":
        event = body.get("event") or {}
        speaker = event.get("user") or event.get("user_id")  # the latter where a file was dropped
        if event.get("type") in _SPOKEN and speaker and not event.get("bot_id"):
            desk.direct(actor_of({"team_id": body.get("team_id"), "user_id": speaker}), {"text": sentence})
    return _nothing()


def _json(content: Payload) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(content, ensure_ascii=False))


def _nothing() -> BoltResponse:
    return BoltResponse(status=200, body="")
