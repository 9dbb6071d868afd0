"""The shapes in which Slack tells an app what somebody did."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from .api_chat import message_json
from .values import Json, Message, OpenView
from .workspace import Workspace

TOKEN = "not-used-verify-the-signature"  # noqa: S105  Slack's old verification token: present, and worth nothing


def command_form(
    workspace: Workspace, user: str, channel: str, name: str, text: str, trigger_id: str, response_url: str
) -> dict[str, str]:
    """The form fields of a slash command."""
    place = workspace.place(channel)
    assert place is not None
    return {
        "token": TOKEN,
        "team_id": workspace.team_id,
        "team_domain": workspace.domain,
        "channel_id": channel,
        "channel_name": "directmessage" if place.is_im else place.name,
        "user_id": user,
        "user_name": user.lower(),
        "command": name,
        "text": text,
        "api_app_id": workspace.bot.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def _head(workspace: Workspace, kind: str, user: str) -> Json:
    return {
        "type": kind,
        "team": {"id": workspace.team_id, "domain": workspace.domain},
        "user": {
            "id": user,
            "username": user.lower(),
            "name": user.lower(),
            "team_id": workspace.team_id,
        },
        "api_app_id": workspace.bot.app_id,
        "token": TOKEN,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def view_json(view: OpenView, values: Json) -> Json:
    """The view with what the person has set in it."""
    return {**view.body, "state": {"values": values}}


def message_actions(
    workspace: Workspace,
    user: str,
    message: Message,
    actions: Sequence[Json],
    values: Json,
    trigger_id: str,
    response_url: str,
) -> Json:
    """A control of a message was used."""
    is_ephemeral = message.only_for is not None
    place = workspace.place(message.channel)
    assert place is not None
    # Slack does not send back a message that only one person sees; the container is all there is of it.
    shown = {} if is_ephemeral else {"message": message_json(workspace, message, with_metadata=True)}
    return {
        **_head(workspace, "block_actions", user),
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": is_ephemeral,
        },
        "trigger_id": trigger_id,
        "channel": {"id": place.id, "name": "directmessage" if place.is_im else place.name},
        **shown,
        "state": {"values": values},
        "response_url": response_url,
        "actions": list(actions),
    }


def view_actions(workspace: Workspace, view: OpenView, actions: Sequence[Json], values: Json, trigger_id: str) -> Json:
    """A control of a form or of the Home tab was used."""
    return {
        **_head(workspace, "block_actions", view.user),
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": trigger_id,
        "view": view_json(view, values),
        "actions": list(actions),
    }


def view_submission(workspace: Workspace, view: OpenView, values: Json, trigger_id: str) -> Json:
    """A form was sent off."""
    return {
        **_head(workspace, "view_submission", view.user),
        "trigger_id": trigger_id,
        "view": view_json(view, values),
        "response_urls": [],
    }


def view_closed(workspace: Workspace, view: OpenView, is_cleared: bool) -> Json:
    """A form was put away without sending it."""
    return {
        **_head(workspace, "view_closed", view.user),
        "view": view_json(view, {}),
        "is_cleared": is_cleared,
    }


def block_suggestion(
    workspace: Workspace, user: str, held: Message | OpenView, block_id: str, action_id: str, typed: str, values: Json
) -> Json:
    """Somebody types in a menu whose options the app supplies."""
    payload = {
        **_head(workspace, "block_suggestion", user),
        "action_id": action_id,
        "block_id": block_id,
        "value": typed,
    }
    if isinstance(held, OpenView):
        where = {"container": {"type": "view", "view_id": held.id}, "view": view_json(held, values)}
    else:
        place = workspace.place(held.channel)
        assert place is not None
        where = {
            "container": {
                "type": "message",
                "message_ts": held.ts,
                "channel_id": held.channel,
                "is_ephemeral": held.only_for is not None,
            },
            "channel": {"id": place.id, "name": "directmessage" if place.is_im else place.name},
            "message": message_json(workspace, held),
        }
    return {**payload, **where}


def event_callback(workspace: Workspace, event: Mapping[str, Any]) -> Json:
    """An event in its envelope, under a new event id."""
    moment = workspace.clock()
    return {
        "token": TOKEN,
        "team_id": workspace.team_id,
        "api_app_id": workspace.bot.app_id,
        "event": {"event_ts": f"{moment:.6f}", **event},
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(6).upper()}",
        "event_time": int(moment),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.team_id,
                "user_id": workspace.bot.user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
    }
