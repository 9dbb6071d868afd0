"""views.*: forms that the bot opens on a person's screen, and Home tabs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .api_terms import RefusedError, judge, text_of
from .payload_check import check_view
from .values import Json, OpenView
from .view_desk import STACK
from .workspace import Workspace


def open_view(workspace: Workspace, params: Json) -> Json:
    view = _checked(workspace, "views.open", params, "modal")
    _check_external_id(workspace, view)
    user = _trigger_user(workspace, params)
    return {"view": workspace.views.open(user, view).body}


def push_view(workspace: Workspace, params: Json) -> Json:
    view = _checked(workspace, "views.push", params, "modal")
    _check_external_id(workspace, view)
    user = _trigger_user(workspace, params)
    stack = workspace.views.stack(user)
    if not stack:
        raise RefusedError("not_found")
    if len(stack) >= STACK:
        raise RefusedError("push_limit_reached")
    return {"view": workspace.views.push(user, view).body}


def update_view(workspace: Workspace, params: Json) -> Json:
    view_id, external_id = text_of(params, "view_id"), text_of(params, "external_id")
    if not view_id and not external_id:
        raise RefusedError("invalid_arguments")
    old = workspace.views.find(view_id, external_id)
    if old is None:
        raise RefusedError("not_found")
    view = _checked(workspace, "views.update", params, old.body["type"])
    _check_hash(params, old)
    _check_external_id(workspace, view, itself=old)
    return {"view": workspace.views.update(old, view).body}


def publish_view(workspace: Workspace, params: Json) -> Json:
    view = _checked(workspace, "views.publish", params, "home")
    user = text_of(params, "user_id")
    if user not in workspace.people:
        raise RefusedError("invalid_arguments")
    old = workspace.views.home(user)
    if old is not None:
        _check_hash(params, old)
    return {"view": workspace.views.publish(user, view).body}


def _checked(workspace: Workspace, method: str, params: Json, kind: str) -> Json:
    view = params.get("view")
    if not isinstance(view, dict) or view.get("type") != kind:
        words = f"must be a view of type {kind}"
        raise RefusedError(
            "invalid_arguments", response_metadata={"messages": [f"[ERROR] {words} [json-pointer:/view]"]}
        )
    judge(workspace, method, check_view(view))
    return view


def _trigger_user(workspace: Workspace, params: Json) -> str:
    user, code = workspace.passes.use_trigger(text_of(params, "trigger_id"))
    if code:
        raise RefusedError(code)
    return user


def _check_hash(params: Json, old: OpenView) -> None:
    given = text_of(params, "hash")
    if given and given != old.body["hash"]:
        raise RefusedError("hash_conflict")


def _check_external_id(workspace: Workspace, view: Json, itself: OpenView | None = None) -> None:
    external_id = view.get("external_id")
    found = workspace.views.find(external_id=external_id) if external_id else None
    if found is not None and (itself is None or found.id != itself.id):
        raise RefusedError("duplicate_external_id")


METHODS: Mapping[str, Callable[[Workspace, Json], Json]] = {
    "views.open": open_view,
    "views.push": push_view,
    "views.update": update_view,
    "views.publish": publish_view,
}
