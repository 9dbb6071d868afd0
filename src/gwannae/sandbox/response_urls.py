"""Answers through a response address: a new message, or the message that was acted on changed or removed."""

from __future__ import annotations

from dataclasses import replace

from .api_terms import RefusedError, is_true, judge, text_of
from .passes import ResponsePass
from .payload_check import check_response
from .values import Json, Message
from .view_desk import with_block_ids
from .workspace import Workspace


def respond(workspace: Workspace, token: str, params: Json) -> tuple[int, Json]:
    """Do what the bot posted to `/response/<token>`: `(HTTP status, answer)`.

    404 with `used_url` or `expired_url` for an address that is worn out; 400 with Slack's code for a bad payload.
    Without `response_type` only the asker sees it; `replace_original` and `delete_original` concern the message whose
    control was used, and nothing else.
    """
    given, code = workspace.passes.use_response(token)
    if given is None:
        return 404, {"ok": False, "error": code}
    try:
        _do(workspace, given, params)
    except RefusedError as refusal:
        return 400, refusal.answer
    return 200, {"ok": True}


def say_answer(workspace: Workspace, channel: str, user: str, params: Json) -> Message:
    """A new message from an answer's payload, which has been checked; only for the asker unless it says in_channel."""
    in_channel = text_of(params, "response_type") == "in_channel"
    return workspace.say(
        channel,
        workspace.bot.user_id,
        text_of(params, "text"),
        blocks=params.get("blocks") or (),
        only_for=None if in_channel else user,
        thread_ts=text_of(params, "thread_ts") or None,
        metadata=params.get("metadata") or None,
    )


def _do(workspace: Workspace, given: ResponsePass, params: Json) -> None:
    original = workspace.messages.find(given.channel, given.message_ts) if given.message_ts else None
    judge(workspace, "response_url", check_response(params))
    if is_true(params, "delete_original"):
        if original is not None:
            workspace.messages.remove(original)
        return
    if is_true(params, "replace_original") and given.message_ts:
        if original is None:
            raise RefusedError("message_not_found")
        blocks = tuple(with_block_ids(params.get("blocks") or ()))
        changed = replace(original, text=text_of(params, "text"), blocks=blocks, edited=original.only_for is None)
        workspace.messages.change(original, changed)
        return
    say_answer(workspace, given.channel, given.user, params)
