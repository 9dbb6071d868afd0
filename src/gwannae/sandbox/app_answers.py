"""What the bot's answer in the body of its HTTP reply does: to a slash command, and to a form that was sent off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from . import slack_words
from .api_terms import RefusedError, judge
from .payload_check import check_response, check_submission_answer
from .requests_out import Reply
from .response_urls import say_answer
from .values import Json, OpenView
from .view_desk import STACK
from .workspace import Workspace

Outcome = Literal["closed", "errors", "updated", "pushed", "cleared", "refused"]


@dataclass(frozen=True, slots=True)
class Submission:
    """What became of a form that was sent off.

    `closed`, `cleared` (the whole stack), `updated`, `pushed`: as the bot said. `errors`: it stays open, with
    `errors` at its fields by block_id; `by_client` where Slack's client refused it and nothing was sent.
    `refused`: no answer, or one that Slack does not take; it stays open, `code` says why.
    """

    outcome: Outcome
    errors: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    by_client: bool = False
    status: int | None = None

    @property
    def is_open(self) -> bool:
        return self.outcome not in ("closed", "cleared")


def take_command_answer(workspace: Workspace, channel: str, user: str, name: str, reply: Reply) -> str:
    """Show what a slash command was answered with; gives Slack's code for a failure, or ""."""
    code = reply.error
    if not code:
        answer = reply.json()
        if answer in ("", None):
            return ""
        params: Json = answer if isinstance(answer, dict) else {"text": str(answer)}
        if not params:
            return ""
        try:
            judge(workspace, f"{name} (ack)", check_response(params))
            say_answer(workspace, channel, user, params)
            return ""
        except RefusedError as refusal:
            code = refusal.code
    workspace.slack_says(channel, user, slack_words.command_failed(name, code))
    return code


def take_submission_answer(workspace: Workspace, view: OpenView, reply: Reply) -> Submission:
    """Do with the form what the bot answered. Whatever goes wrong, the form stays open with what was typed in it."""
    if reply.error:
        return _refused(workspace, view, reply.error, reply.status)
    answer = reply.json()
    if answer in ("", None) or answer == {}:
        return _close(workspace, view, reply.status)
    if not isinstance(answer, dict):
        return _refused(workspace, view, "invalid_response", reply.status)
    try:
        fields = {block["block_id"] for block in view.blocks if block.get("type") == "input"}
        judge(workspace, "view_submission (ack)", check_submission_answer(answer, fields))
        return _do(workspace, view, answer, reply.status)
    except RefusedError as refusal:
        return _refused(workspace, view, refusal.code, reply.status)


def _do(workspace: Workspace, view: OpenView, answer: Json, status: int | None) -> Submission:
    action = answer.get("response_action")
    if action is None:
        return _close(workspace, view, status)
    if action == "errors":
        return _show_errors(workspace, view, answer["errors"], status)
    if action == "clear":
        workspace.views.clear(view.user)
        return Submission("cleared", status=status)
    if action in ("update", "push"):
        given = answer.get("view")
        if not isinstance(given, dict) or given.get("type") != "modal":
            raise RefusedError("invalid_arguments")
        if action == "update":
            workspace.views.update(view, given)
            return Submission("updated", status=status)
        if len(workspace.views.stack(view.user)) >= STACK:
            raise RefusedError("push_limit_reached")
        workspace.views.push(view.user, given)
        return Submission("pushed", status=status)
    raise RefusedError("invalid_arguments")


def _show_errors(workspace: Workspace, view: OpenView, errors: dict[str, str], status: int | None) -> Submission:
    workspace.views.put(replace(view, errors=tuple(errors.items()), trouble=""))
    return Submission("errors", errors, status=status)


def _close(workspace: Workspace, view: OpenView, status: int | None) -> Submission:
    workspace.views.close(view.user, view.id)
    return Submission("closed", status=status)


def _refused(workspace: Workspace, view: OpenView, code: str, status: int | None) -> Submission:
    workspace.views.put(replace(view, trouble=slack_words.submission_failed(code)))
    return Submission("refused", code=code, status=status)
