"""Payloads as Slack would send them, made by hand: for buttons and forms that nobody was ever shown."""

import json
from collections.abc import Mapping
from typing import Any

from gwannae.sandbox import payloads
from gwannae.sandbox.requests_out import FORM, JSON_TYPE, Reply
from tests.front_door import ROADS, FrontDoor

Json = dict[str, Any]


def person(door: FrontDoor, user: str) -> Json:
    """The head of everything that a person does."""
    team = door.workspace.team_id
    return {"team": {"id": team, "domain": "made-up"}, "user": {"id": user, "team_id": team, "username": user.lower()}}


def command(door: FrontDoor, user: str, name: str, text: str = "", channel: str = ROADS) -> dict[str, str]:
    """The form fields of a slash command, whether the workspace knows it or not."""
    trigger, address = door.workspace.passes.trigger(user), response_url(door, user, channel)
    return payloads.command_form(door.workspace, user, channel, name, text, trigger, address)


def pressed(door: FrontDoor, user: str, action_id: str, value: str = "", **changes: Any) -> Json:
    """A button of a message was pressed, in the person's direct messages with the bot."""
    place = door.workspace.open_dm(user)
    return {
        "type": "block_actions",
        **person(door, user),
        "container": {"type": "message", "message_ts": "1.1", "channel_id": place.id, "is_ephemeral": True},
        "channel": {"id": place.id, "name": "directmessage"},
        "trigger_id": door.workspace.passes.trigger(user),
        "response_url": response_url(door, user, place.id),
        "actions": [{"type": "button", "action_id": action_id, "block_id": "row", "value": value, "action_ts": "1.1"}],
        **changes,
    }


def submitted(
    door: FrontDoor, user: str, callback_id: str, values: Mapping[str, Any], memo: str = "", view_id: str = "V1"
) -> Json:
    """A form was sent off. `values` by block_id: a text, or an element as Slack keeps it."""
    state = {name: {name: value if isinstance(value, dict) else {"value": value}} for name, value in values.items()}
    blocks = [{"type": "input", "block_id": name, "element": {"action_id": name}} for name in values]
    view = {
        "id": view_id, "type": "modal", "callback_id": callback_id, "private_metadata": memo, "hash": "1.abc",
        "blocks": blocks, "state": {"values": state},
    }  # fmt: skip
    trigger = door.workspace.passes.trigger(user)
    return {"type": "view_submission", **person(door, user), "trigger_id": trigger, "view": view, "response_urls": []}


def chosen(value: object) -> Json:
    """What Slack keeps of a menu."""
    return {"selected_option": {"text": {"type": "plain_text", "text": "–"}, "value": str(value)}}


def event(door: FrontDoor, inner: Mapping[str, Any]) -> Json:
    """An event in its envelope, under an id of its own."""
    return payloads.event_callback(door.workspace, inner)


def direct_message(door: FrontDoor, writer: str, text: str, **changes: Any) -> Json:
    """Somebody writes to the bot."""
    place = door.workspace.open_dm(writer)
    said = {"type": "message", "channel": place.id, "channel_type": "im", "user": writer, "text": text, "ts": "1.2"}
    return event(door, {**said, **changes})


def response_url(door: FrontDoor, user: str, channel: str) -> str:
    """A fresh response address."""
    return f"{door.workspace.public_url}/response/{door.workspace.passes.response(channel, user, None)}"


async def send(door: FrontDoor, payload: Mapping[str, Any]) -> Reply:
    """Hand a payload in, signed, in the form that its kind has: events as JSON, commands as a form, others in it."""
    caller = door.sandbox.caller
    if payload.get("type") in ("event_callback", "url_verification"):
        body = json.dumps(payload, ensure_ascii=False).encode()
        return await caller.send(body, caller.headers_for(body, JSON_TYPE))
    if "command" in payload or "ssl_check" in payload:
        return await caller.send_form(dict(payload))
    return await caller.send_payload(dict(payload))


def form_headers(door: FrontDoor, body: bytes) -> dict[str, str]:
    """Correct headers for a form's body."""
    return door.sandbox.caller.headers_for(body, FORM)
