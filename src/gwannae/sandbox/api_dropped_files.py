"""What the bot asks about files that people dropped, and the door behind which their bytes are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from mimetypes import guess_type

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from .api_files import permalink_of
from .api_terms import RefusedError, text_of
from .values import Json
from .workspace import Workspace

_SIGN_IN = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to this workspace</body></html>"


def files_info(workspace: Workspace, params: Json) -> Json:
    """One file, as Slack describes it, also one that the app has sent; a deleted one is not found."""
    own = workspace.files.get(text_of(params, "file"))
    if own is not None and own.content is not None:
        link = permalink_of(workspace, own)
        described = {"id": own.id, "name": own.name, "title": own.title, "size": own.length, "permalink": link}
        return {
            "file": {
                **described,
                "mode": "hosted",
                "mimetype": guess_type(own.name)[0] or "",
                "channels": list(own.channels),
            },
            "comments": [],
        }
    file = workspace.dropped.get(text_of(params, "file"))
    if file is None or file.mode == "tombstone":
        raise RefusedError("file_not_found" if file is None else "file_deleted")
    return {"file": workspace.dropped.described(file, workspace.public_url), "comments": []}


async def hand_out(workspace: Workspace, request: Request) -> Response:
    """A file's bytes for the app's token. Anybody else gets the sign-in page, with 200, as from Slack."""
    file_id, said = request.path_params["file_id"], request.headers.get("authorization", "")
    workspace.dropped.fetched.append((file_id, said))
    if said != f"Bearer {workspace.bot_token}" or "files:read" not in workspace.scopes:
        return HTMLResponse(_SIGN_IN)
    file = workspace.dropped.get(file_id)
    if file is None or file.mode != "hosted":
        return Response(status_code=404)
    # never as a page of this origin, whatever it holds
    headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
    return Response(file.content, media_type="application/octet-stream", headers=headers)


METHODS: Mapping[str, Callable[[Workspace, Json], Json]] = {"files.info": files_info}
