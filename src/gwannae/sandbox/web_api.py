"""The Web API that the bot calls: unpacking, token, scopes, planned trouble; each method lives in an `api_*` file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from . import api_chat, api_dropped_files, api_files, api_reads, api_views
from .api_terms import RefusedError
from .trouble import cause
from .values import Call, Json
from .workspace import Workspace

Method = Callable[[Workspace, Json], Json]

METHODS: Mapping[str, Method] = {
    **api_chat.METHODS,
    **api_views.METHODS,
    **api_reads.METHODS,
    **api_files.METHODS,
    **api_dropped_files.METHODS,
}

SCOPES: Mapping[str, tuple[str, ...]] = {
    "chat.postMessage": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "chat.update": ("chat:write",),
    "chat.delete": ("chat:write",),
    "files.info": ("files:read",),
    "conversations.open": ("channels:manage", "groups:write", "im:write", "mpim:write"),
    "conversations.info": ("channels:read", "groups:read", "im:read", "mpim:read"),
    "conversations.members": ("channels:read", "groups:read", "im:read", "mpim:read"),
    "conversations.list": ("channels:read", "groups:read", "im:read", "mpim:read"),
    "conversations.history": ("channels:history", "groups:history", "im:history", "mpim:history"),
    "files.getUploadURLExternal": ("files:write",),
    "files.completeUploadExternal": ("files:write",),
    "users.info": ("users:read",),
    "users.list": ("users:read",),
    "users.lookupByEmail": ("users:read.email",),
    "team.info": ("team:read",),
}
"""Any one of the scopes is enough. Methods that are not named here need none."""

JSON_FIELDS = frozenset({"blocks", "view", "metadata", "attachments", "files"})


async def answer_call(workspace: Workspace, method: str, request: Request) -> Response:
    """Answer one call of the bot the way Slack does, and keep it in `workspace.calls`."""
    with workspace.traffic.one():
        try:
            params = await read_params(request)
        except RefusedError as refusal:
            return _answer(workspace, method, {}, refusal.answer)
        planned = workspace.faults.take(method)
        if planned is not None:
            if planned.kind != "lost_answer":  # that one is done, and kept when it is done
                workspace.calls.append(Call(method, params, {"ok": False, "error": planned.kind}))
            return await cause(planned, request, lambda: _do(workspace, method, request, params))
        return _do(workspace, method, request, params)


def _do(workspace: Workspace, method: str, request: Request, params: Json) -> Response:
    return _answer(workspace, method, params, perform(workspace, method, request, params))


def perform(workspace: Workspace, method: str, request: Request, params: Json) -> Json:
    """Check the caller, do what was asked, and give Slack's answer; a refusal is an answer, too."""
    try:
        if method not in METHODS:
            raise RefusedError("unknown_method", req_method=method)
        if method != "api.test":
            _check_token(workspace, request, params)
            _check_scopes(workspace, method)
        return {"ok": True, **METHODS[method](workspace, params)}
    except RefusedError as refusal:
        return refusal.answer


async def read_params(request: Request) -> Json:
    """The arguments of a call: a JSON object, a form (lists and objects in it as JSON texts), or a query string."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method == "GET":
        return _decoded(dict(request.query_params))
    if kind == "application/json":
        try:
            body = json.loads(await request.body() or b"{}")
        except ValueError:
            raise RefusedError("invalid_json") from None
        if not isinstance(body, dict):
            raise RefusedError("json_not_object")
        return _decoded(body)
    form = await request.form()
    return _decoded({**dict(request.query_params), **dict(form.items())})


def _decoded(params: Json) -> Json:
    """Fields that hold JSON, decoded; a text that is not JSON stays a text, for the payload check to refuse."""
    decoded = dict(params)
    for name in JSON_FIELDS & params.keys():
        if isinstance(params[name], str):
            try:
                decoded[name] = json.loads(params[name])
            except ValueError:
                continue
    return decoded


def _check_token(workspace: Workspace, request: Request, params: Json) -> None:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    token = token.strip() if kind.lower() == "bearer" else str(params.get("token") or "")
    if not token:
        raise RefusedError("not_authed")
    if token != workspace.bot_token:
        raise RefusedError("invalid_auth")


def _check_scopes(workspace: Workspace, method: str) -> None:
    needed = SCOPES.get(method, ())
    if needed and not workspace.scopes.intersection(needed):
        provided = ",".join(sorted(workspace.scopes))
        raise RefusedError("missing_scope", needed=",".join(needed), provided=provided)


def _answer(
    workspace: Workspace,
    method: str,
    params: Json,
    answer: Json,
) -> JSONResponse:
    workspace.calls.append(Call(method, {k: v for k, v in params.items() if k != "token"}, answer))
    return JSONResponse(answer, headers={"X-OAuth-Scopes": ",".join(sorted(workspace.scopes))})
