"""files.*: a file comes in three steps: an address is asked for, the bytes are sent there, the file is shared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .api_chat import writable
from .api_terms import RefusedError, text_of
from .shared_files import SharedFile
from .values import Json
from .workspace import Workspace


def get_upload_url(workspace: Workspace, params: Json) -> Json:
    name, length = text_of(params, "filename"), text_of(params, "length")
    if not name or not length.isascii() or not length.isdigit() or int(length) < 1:
        raise RefusedError("invalid_arguments")
    file, token = workspace.files.promise(name, int(length))
    return {"upload_url": f"{workspace.public_url}/upload/{token}", "file_id": file.id}


def complete_upload(workspace: Workspace, params: Json) -> Json:
    """Shares one message with all the files. The id of a person is no channel here, unlike for chat.postMessage."""
    given = params.get("files")
    if not isinstance(given, list) or not given or not all(isinstance(one, dict) for one in given):
        raise RefusedError("invalid_arguments")
    channel = text_of(params, "channel_id")
    if channel in workspace.people:
        raise RefusedError("channel_not_found")
    place = writable(workspace, {"channel": channel}) if channel else None
    shared = [_shared(workspace, one, place.id if place else "") for one in given]
    if place is not None:
        workspace.say(
            place.id,
            workspace.bot.user_id,
            text_of(params, "initial_comment"),
            thread_ts=text_of(params, "thread_ts") or None,
            files=tuple(shared),
        )
    return {"files": [{"id": file.id, "title": file.title} for file in shared]}


def permalink_of(workspace: Workspace, file: SharedFile) -> str:
    """The address of a file's page."""
    return f"{workspace.public_url}/files/{file.id}"


def _shared(workspace: Workspace, one: dict[str, Any], channel: str) -> SharedFile:
    file = workspace.files.share(text_of(one, "id"), channel, text_of(one, "title"))
    if file is None:
        raise RefusedError("file_not_found")
    return file


METHODS: Mapping[str, Callable[[Workspace, Json], Json]] = {
    "files.getUploadURLExternal": get_upload_url,
    "files.completeUploadExternal": complete_upload,
}
