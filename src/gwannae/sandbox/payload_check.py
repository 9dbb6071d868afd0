"""Judges a payload as Slack would, and by our own house rules: pure functions on JSON, nothing is sent anywhere.

An empty list means: Slack takes it and the house rules hold. House rules (code "house_rule"): a plain text wherever
there are blocks; a block_id on every block and an action_id on every interactive element; everything in mrkdwn escaped;
no blank text; no mention that rings a crowd; no attachments; at most 10,000 characters over all blocks, also where
Slack does not count; rows of a table of one length.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from . import limits
from .check_blocks import check_blocks
from .check_texts import check_mrkdwn, option_groups, options, plain
from .findings import HOUSE_RULE, Fault, Findings, Rule, accept, boolean, check_object, step, string

__all__ = [
    "HOUSE_RULE",
    "Fault",
    "check_message",
    "check_options",
    "check_response",
    "check_submission_answer",
    "check_view",
]

_RESPONSE_FIELDS = frozenset(
    {
        "text",
        "blocks",
        "attachments",
        "response_type",
        "replace_original",
        "delete_original",
        "thread_ts",
        "mrkdwn",
        "parse",
        "link_names",
        "unfurl_links",
        "unfurl_media",
        "metadata",
    }
)


def check_message(payload: Mapping[str, object]) -> list[Fault]:
    """The arguments of chat.postMessage, chat.postEphemeral, chat.scheduleMessage or chat.update."""
    found = Findings("message", "invalid_blocks")
    blocks = _blocks_of(found, payload)
    text = payload.get("text")
    if not text and not blocks:
        found.refuse("/text", "neither text nor blocks", "no_text")
    _fallback(found, text, blocks)
    _judge_blocks(found, blocks, "msg_blocks_too_long")
    _metadata(found, payload.get("metadata"))
    return found.faults


def check_response(payload: Mapping[str, object]) -> list[Fault]:
    """What answers a slash command, or is posted to a response_url.

    An empty payload is a bare acknowledgement. Slack does not count the text of blocks here; the house does.
    """
    found = Findings("message", "invalid_blocks")
    if not payload:
        return []
    for name in sorted(set(payload) - _RESPONSE_FIELDS):
        found.house(step("", name), f"unknown field: {name}")
    if payload.get("response_type", "ephemeral") not in ("ephemeral", "in_channel"):
        found.refuse("/response_type", "must be ephemeral or in_channel", "invalid_arguments")
    for name in ("replace_original", "delete_original"):
        if not isinstance(payload.get(name, False), bool):
            found.refuse(step("", name), "must provide a boolean", "invalid_arguments")
    blocks = _blocks_of(found, payload)
    text = payload.get("text")
    if not text and not blocks and payload.get("delete_original") is not True:
        found.refuse("/text", "neither text nor blocks", "no_text")
    _fallback(found, text, blocks)
    _judge_blocks(found, blocks, HOUSE_RULE)
    _metadata(found, payload.get("metadata"))
    return found.faults


def _blocks_of(found: Findings, payload: Mapping[str, object]) -> list[object] | None:
    """The blocks, which may also come as JSON in a string; None when there are none or they are no list."""
    if payload.get("attachments"):
        found.house("/attachments", "attachments are not used here: use blocks")
    blocks = payload.get("blocks")
    if isinstance(blocks, str):
        try:
            blocks = json.loads(blocks)
        except ValueError:
            blocks = {}
    if blocks is None or isinstance(blocks, list):
        return blocks
    found.refuse("/blocks", "must be an array of blocks", "invalid_blocks_format")
    return None


def _fallback(found: Findings, text: object, blocks: list[object] | None) -> None:
    if text is not None and not isinstance(text, str):
        found.refuse("/text", "must provide a string", "invalid_arguments")
        return
    text = text or ""
    if len(text) > limits.MESSAGE_TEXT:
        found.refuse("/text", f"must be less than {limits.MESSAGE_TEXT + 1} characters", "msg_too_long")
    if blocks and not text.strip():
        found.house("/text", "blocks need a plain text for notifications and screen readers")
    check_mrkdwn(found, "/text", text)


def _judge_blocks(found: Findings, blocks: list[object] | None, too_long: str) -> None:
    if blocks is None:
        return
    check_blocks(found, "/blocks", blocks, limits.MESSAGE_BLOCKS)
    if found.text_sum > limits.BLOCKS_TEXT_SUM:
        found.refuse("/blocks", f"text of all blocks is over {limits.BLOCKS_TEXT_SUM} characters", too_long)


def _metadata(found: Findings, metadata: object) -> None:
    if metadata is None:
        return
    if isinstance(metadata, str):
        try:
            metadata = json.loads(metadata)
        except ValueError:
            metadata = ""
    if not isinstance(metadata, Mapping):
        found.refuse("/metadata", "must provide an object", "invalid_metadata_format")
        return
    event_type = metadata.get("event_type")
    if not isinstance(event_type, str) or not event_type:
        found.refuse("/metadata/event_type", "must be a string with content", "invalid_metadata_format")
    if not isinstance(metadata.get("event_payload"), Mapping):
        found.refuse("/metadata/event_payload", "must provide an object", "invalid_metadata_format")
    for name in sorted(set(metadata) - {"event_type", "event_payload", "entities"}):
        found.refuse(step("/metadata", name), f"unknown field: {name}", "invalid_metadata_format")


_VIEW_FIELDS: Mapping[str, Rule] = {
    "type": accept,
    "blocks": accept,
    "private_metadata": string(limits.PRIVATE_METADATA, 0),
    "callback_id": string(limits.ID, 0),
    "external_id": string(limits.ID, 0),
}
_MODAL_FIELDS: Mapping[str, Rule] = {
    **_VIEW_FIELDS,
    "title": plain(limits.VIEW_TITLE),
    "submit": plain(limits.VIEW_BUTTON),
    "close": plain(limits.VIEW_BUTTON),
    "clear_on_close": boolean,
    "notify_on_close": boolean,
    "submit_disabled": boolean,
}


def check_view(view: object) -> list[Fault]:
    """A modal (views.open, update, push) or a Home tab (views.publish); Slack answers invalid_arguments."""
    kind = view.get("type") if isinstance(view, Mapping) else None
    found = Findings("home" if kind == "home" else "modal", "invalid_arguments")
    _judge_view(found, "", view)
    return found.faults


def _judge_view(found: Findings, pointer: str, view: object) -> None:
    if not isinstance(view, Mapping):
        found.refuse(pointer, "must provide an object")
        return
    kind = view.get("type")
    if kind not in ("modal", "home"):
        found.refuse(step(pointer, "type"), "must be modal or home")
    home = kind == "home"
    required = ("blocks",) if home else ("title", "blocks")
    check_object(found, pointer, view, _VIEW_FIELDS if home else _MODAL_FIELDS, required)
    if "blocks" in view:
        check_blocks(found, step(pointer, "blocks"), view["blocks"], limits.VIEW_BLOCKS)
    if found.inputs and not home and "submit" not in view:
        found.refuse(pointer, "missing required field: submit (there are input blocks)")


def check_submission_answer(payload: object, input_blocks: Collection[str] | None = None) -> list[Fault]:
    """What answers a view_submission: nothing, errors, update, push or clear.

    `input_blocks`: the block_ids of the submitted view's input blocks; when given, an error at any other block is
    refused, as Slack does (the user would see no reason at all).
    """
    found = Findings("modal", "invalid_arguments")
    if not payload:
        return []
    if not isinstance(payload, Mapping):
        found.refuse("", "must provide an object")
        return found.faults
    action = payload.get("response_action")
    wanted = {"errors": "errors", "update": "view", "push": "view", "clear": None}
    if not isinstance(action, str) or action not in wanted:
        found.refuse("/response_action", f"must be a valid enum value: {', '.join(wanted)}")
        return found.faults
    content = wanted[action]
    if content is not None and content not in payload:
        found.refuse("", f"missing required field: {content}")
    for name in sorted(set(payload) - {"response_action", content}):
        found.refuse(step("", name), f"invalid additional property: {name}")
    if content == "view" and "view" in payload:
        _judge_view(found, "/view", payload["view"])
    if content == "errors" and "errors" in payload:
        _errors(found, payload["errors"], input_blocks)
    return found.faults


def _errors(found: Findings, errors: object, input_blocks: Collection[str] | None) -> None:
    if not isinstance(errors, Mapping) or not errors:
        found.refuse("/errors", "must be an object with at least one entry")
        return
    for block_id, sentence in errors.items():
        place = step("/errors", str(block_id))
        if not isinstance(block_id, str) or not block_id:
            found.refuse(place, "a block_id must be a string with content")
        elif input_blocks is not None and block_id not in input_blocks:
            found.refuse(place, "no input block with this block_id in the view")
        if not isinstance(sentence, str) or not sentence.strip():
            found.refuse(place, "an error must be a string with content")


def check_options(payload: object) -> list[Fault]:
    """What answers a block_suggestion: `options` or `option_groups`, which may be empty."""
    found = Findings("modal", "invalid_arguments")
    fields: Mapping[str, Rule] = {
        "options": options(limits.SELECT_OPTIONS, minimum=0),
        "option_groups": option_groups(minimum=0),
    }
    if check_object(found, "", payload, fields):
        assert isinstance(payload, Mapping)
        if ("options" in payload) == ("option_groups" in payload):
            found.refuse("", "must have exactly one of options, option_groups")
    return found.faults
