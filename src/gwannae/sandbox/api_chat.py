"""chat.*: what the bot says, changes and takes back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from .api_terms import RefusedError, judge, place_of, text_of
from .message_log import edited
from .payload_check import check_message
from .shared_files import SharedFile
from .values import Channel, Json, Message
from .view_desk import with_block_ids
from .workspace import Workspace


def message_json(workspace: Workspace, message: Message, *, with_metadata: bool = False) -> Json:
    """A message as Slack hands it out."""
    said: Json = {"type": "message", "ts": message.ts, "user": message.user, "text": message.text}
    if message.user == workspace.bot.user_id:
        said |= {"bot_id": workspace.bot.bot_id, "app_id": workspace.bot.app_id, "team": workspace.team_id}
        said["blocks"] = list(message.blocks)
    if message.thread_ts:
        said["thread_ts"] = message.thread_ts
    if message.files:
        said["files"] = [{"id": f.id, "name": f.name, "title": f.title, "size": f.length} for f in message.files]
    if message.dropped:
        said["files"] = [*said.get("files", ()), *message.dropped]
    if message.edited:
        said["edited"] = {"user": message.user, "ts": message.ts}
    if with_metadata and message.metadata:
        said["metadata"] = message.metadata
    return said


def post_message(workspace: Workspace, params: Json) -> Json:
    place = writable(workspace, params)
    judge(workspace, "chat.postMessage", check_message(params))
    message = workspace.say(
        place.id,
        workspace.bot.user_id,
        text_of(params, "text"),
        blocks=params.get("blocks") or (),
        thread_ts=text_of(params, "thread_ts") or None,
        metadata=params.get("metadata") or None,
        files=_linked(workspace, params, place.id),
    )
    said = message_json(workspace, message, with_metadata=True)
    return {"channel": place.id, "ts": message.ts, "message": said}


def _linked(workspace: Workspace, params: Json, channel: str) -> tuple[SharedFile, ...]:
    """The app's own files whose address stands in its message: by that they are shared where it is posted.

    So says a maintainer of Slack's (slackapi/bolt-python, issue 1018): for a file that was sent without a channel.
    """
    said = json.dumps([params.get("text"), params.get("blocks")])
    named = dict.fromkeys(re.findall(rf"{re.escape(workspace.public_url)}/files/(F[0-9A-Z]+)", said))
    shared = (workspace.files.share(file_id, channel, "") for file_id in named)
    return tuple(file for file in shared if file is not None)


def post_ephemeral(workspace: Workspace, params: Json) -> Json:
    place = writable(workspace, params)
    user = text_of(params, "user")
    if user not in place.members:
        raise RefusedError("user_not_in_channel")
    judge(workspace, "chat.postEphemeral", check_message(params))
    blocks = params.get("blocks") or ()
    message = workspace.say(place.id, workspace.bot.user_id, text_of(params, "text"), blocks=blocks, only_for=user)
    return {"message_ts": message.ts}


def update(workspace: Workspace, params: Json) -> Json:
    """Blocks and metadata that are not given stay; an empty list or object takes them away."""
    message = _own_message(workspace, params, "cant_update_message")
    judged = params if "blocks" in params else {**params, "blocks": list(message.blocks)}
    judge(workspace, "chat.update", check_message(judged))
    blocks = tuple(with_block_ids(params["blocks"] or ())) if "blocks" in params else None
    text = text_of(params, "text") if "text" in params else message.text
    changed = edited(message, text, blocks)
    if "metadata" in params:
        changed = replace(changed, metadata=params["metadata"] or None)
    workspace.messages.change(message, changed)
    said = message_json(workspace, changed, with_metadata=True)
    return {"channel": message.channel, "ts": message.ts, "text": text, "message": said}


def delete(workspace: Workspace, params: Json) -> Json:
    message = _own_message(workspace, params, "cant_delete_message")
    workspace.messages.remove(message)
    return {"channel": message.channel, "ts": message.ts}


def permalink(workspace: Workspace, params: Json) -> Json:
    """The address of a message; `message_not_found` where there is none."""
    place = place_of(workspace, params)
    ts = text_of(params, "message_ts")
    if workspace.messages.find(place.id, ts) is None:
        raise RefusedError("message_not_found")
    address = f"https://{workspace.domain}.slack.com/archives/{place.id}/p{ts.replace('.', '')}"
    return {"channel": place.id, "permalink": address}


def writable(workspace: Workspace, params: Json) -> Channel:
    """The conversation, if the bot may write there."""
    place = place_of(workspace, params)
    if place.is_archived:
        raise RefusedError("is_archived")
    if workspace.bot.user_id not in place.members:
        if place.is_private:
            raise RefusedError("channel_not_found")
        if "chat:write.public" not in workspace.scopes:
            raise RefusedError("not_in_channel")
    return place


def _own_message(workspace: Workspace, params: Json, refusal: str) -> Message:
    """The bot's own message; one that only one person sees cannot be found again by its time, as with Slack."""
    place = place_of(workspace, params)
    message = workspace.messages.find(place.id, text_of(params, "ts"))
    if message is None or message.only_for is not None:
        raise RefusedError("message_not_found")
    if message.user != workspace.bot.user_id:
        raise RefusedError(refusal)
    return message


METHODS: Mapping[str, Callable[[Workspace, Json], Json]] = {
    "chat.postMessage": post_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.update": update,
    "chat.delete": delete,
    "chat.getPermalink": permalink,
}
