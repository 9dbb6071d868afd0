"""The last listeners: what nobody else answered, and what went wrong. Nobody is left in silence."""

import json
import re
import secrets
from collections.abc import Mapping
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError

from gwannae.handlers.desk import Desk, actor_of
from gwannae.messages import problems as say
from gwannae.messages.blocks import ephemeral
from gwannae.programme.verdict import NoRuleError
from gwannae.storage.failures import DatabaseAwayError, DatabaseBusyError

Body = dict[str, Any]
_ANY = re.compile("")


def register_unknown(app: AsyncApp, desk: Desk) -> None:
    """The catch-alls; tie them after every feature."""

    @app.command(_ANY)
    async def unknown_command(ack: AsyncAck) -> None:
        await ack(**ephemeral(say.NOT_FOR_US))

    @app.action(_ANY)
    async def unknown_action(ack: AsyncAck, body: Body, action: Body) -> None:
        await ack()
        if action.get("type") == "button" and not action.get("url"):
            desk.respond(body, {**ephemeral(say.NOT_FOR_US), "replace_original": False})

    @app.options(_ANY)
    async def unknown_options(ack: AsyncAck) -> None:
        await ack(options=[])

    @app.view(_ANY)
    async def unknown_view(ack: AsyncAck) -> None:
        await ack(response_action="update", view=say.window(say.NOT_FOR_US))

    @app.event(_ANY)
    async def unknown_event(ack: AsyncAck) -> None:
        await ack()


def register_errors(app: AsyncApp, desk: Desk) -> None:
    """Answer 200 with a sentence in the shape of the payload; log the number that the person is told."""
    log = structlog.get_logger("gwannae.problems")

    @app.error
    async def last(error: Exception, body: Body) -> BoltResponse:
        number = secrets.token_hex(2).upper()
        sentence = _sentence(error)
        if sentence is None:
            log.error("unexpected", number=number, error=type(error).__name__, exc_info=error)
        else:
            log.warning("refused", number=number, error=type(error).__name__, detail=_detail(error))
        return _in_shape_of(body, desk, say.with_number(sentence or say.UNKNOWN, number))


def _sentence(error: Exception) -> str | None:
    if isinstance(error, DatabaseBusyError):
        return say.BUSY
    if isinstance(error, DatabaseAwayError):
        return say.AWAY
    if isinstance(error, NoRuleError):
        return say.NO_RULE
    if isinstance(error, SlackApiError):
        late = error.response.get("error") in ("expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id")
        return say.TOO_LATE if late else say.SLACK
    if isinstance(error, TimeoutError | ConnectionError):
        return say.SLACK
    return None


def _detail(error: Exception) -> str:
    if isinstance(error, SlackApiError):
        return str(error.response.get("error"))
    return str(getattr(error, "detail", ""))


def _in_shape_of(body: Mapping[str, Any], desk: Desk, sentence: str) -> BoltResponse:
    """Commands and forms are answered in the response itself, buttons through their response address."""
    kind = body.get("type")
    if "command" in body:
        return _json(ephemeral(sentence))
    if kind == "view_submission":
        asked = [b["block_id"] for b in body["view"]["blocks"] if b.get("type") == "input"]
        if asked:
            return _json({"response_action": "errors", "errors": {asked[0]: sentence}})
        return _json({"response_action": "update", "view": say.window(sentence)})
    if kind == "block_suggestion":
        return _json({"options": []})
    if kind == "block_actions":
        desk.respond(body, {**ephemeral(sentence), "replace_original": False})
    elif kind == "event_callback" and (body.get("event") or {}).get("channel_type") == "im":
        event = body["event"]
        desk.direct(actor_of({"team_id": body.get("team_id"), "user_id": event.get("user")}), {"text": sentence})
    return BoltResponse(status=200, body="")


def _json(answer: Mapping[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(answer, ensure_ascii=False))
