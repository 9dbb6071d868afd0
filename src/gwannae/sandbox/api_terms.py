"""What the Web API methods share: how Slack refuses, and how arguments are read."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from .payload_check import Fault
from .values import Channel, FaultSeen, Json
from .workspace import Workspace

HOUSE_RULE = "house_rule"
Row = TypeVar("Row")


class RefusedError(Exception):
    """`ok: false`, with Slack's error code and what else stands in the answer."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.answer: Json = {"ok": False, "error": code, **more}


def judge(workspace: Workspace, method: str, faults: Iterable[Fault]) -> None:
    """Keep every fault of a payload, and refuse it with the first code that is Slack's own."""
    slack_says = []
    for fault in faults:
        workspace.remember_fault(FaultSeen(method, fault.pointer, fault.code, fault.message))
        if fault.code != HOUSE_RULE:
            slack_says.append(fault)
    if slack_says:
        lines = [f"[ERROR] {fault.message} [json-pointer:{fault.pointer}]" for fault in slack_says]
        raise RefusedError(
            slack_says[0].code, errors=[f.message for f in slack_says], response_metadata={"messages": lines}
        )


def text_of(params: Json, name: str) -> str:
    """An argument as a text; absent and null are the empty text."""
    value = params.get(name)
    return "" if value is None else str(value)


def is_true(params: Json, name: str) -> bool:
    return text_of(params, name).lower() in {"1", "true"}


def number_of(params: Json, name: str, default: int, most: int) -> int:
    """A whole number from 1 to `most`; Slack refuses anything else as `invalid_limit`."""
    value = text_of(params, name) or str(default)
    if not value.isascii() or not value.isdigit() or int(value) < 1:
        raise RefusedError("invalid_limit")
    return min(int(value), most)


def place_of(workspace: Workspace, params: Json) -> Channel:
    """The conversation in the argument `channel`; a person's id stands for their direct messages."""
    channel = text_of(params, "channel")
    if channel in workspace.people:
        return workspace.open_dm(channel)
    place = workspace.place(channel)
    if place is None:
        raise RefusedError("channel_not_found")
    return place


def page(params: Json, rows: Sequence[Row], limit: int) -> tuple[list[Row], Json]:
    """One page of rows and the `response_metadata` that leads to the next."""
    cursor = text_of(params, "cursor")
    start = 0
    if cursor:
        try:
            start = int(base64.b64decode(cursor, validate=True).decode().removeprefix("at:"))
        except (binascii.Error, ValueError):
            raise RefusedError("invalid_cursor") from None
    end = start + limit
    following = base64.b64encode(f"at:{end}".encode()).decode() if end < len(rows) else ""
    return list(rows[start:end]), {"next_cursor": following}
