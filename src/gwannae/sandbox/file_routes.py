"""Where a file's bytes go in and out: the address for sending, and the link on the page."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from .trouble import cause
from .values import Call
from .workspace import Workspace

_PNG = b"\x89PNG\r\n\x1a\n"


def file_routes(workspace: Workspace) -> list[Route]:
    async def upload(request: Request) -> Response:
        """As Slack: the bare bytes, or a form with one file in it."""
        with workspace.traffic.one():
            content = await _content(request)
            planned = workspace.faults.take("upload")
            if planned is not None:
                return await cause(planned, request, lambda: keep(request, content))
            return keep(request, content)

    def keep(request: Request, content: bytes) -> Response:
        kept = workspace.files.receive(request.path_params["token"], content)
        workspace.calls.append(Call("upload", {"length": len(content)}, {"ok": kept}))
        return PlainTextResponse(f"OK - {len(content)}") if kept else PlainTextResponse("not expected", 400)

    async def download(request: Request) -> Response:
        """For who sees the channel; always as a file to save, so that nothing in it can act on the page."""
        file = workspace.files.get(request.path_params["file_id"])
        reader = request.query_params.get("as", "")
        if file is None or file.content is None or not any(workspace.may_see(reader, at) for at in file.channels):
            return PlainTextResponse("no such file", 404)
        disposition = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
        headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
        return Response(file.content, media_type="application/octet-stream", headers=headers)

    async def picture(request: Request) -> Response:
        """A picture that blocks show: sent by the app and shared in no channel, its id known to who got the message."""
        file = workspace.files.get(request.path_params["file_id"])
        if file is None or file.content is None or file.channels or not file.content.startswith(_PNG):
            return PlainTextResponse("no such picture", 404)
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
        return Response(file.content, media_type="image/png", headers=headers)

    return [
        Route("/pictures/{file_id}", picture),
        Route("/upload/{token}", upload, methods=["POST"]),
        Route("/files/{file_id}", download),
    ]


async def _content(request: Request) -> bytes:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body()
    async with request.form() as form:
        sent = next((part for part in form.values() if not isinstance(part, str)), None)
        return b"" if sent is None else await sent.read()
