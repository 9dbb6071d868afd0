"""Reads single fields of a submitted form; every field's action_id is its block_id."""

from collections.abc import Mapping
from datetime import date
from typing import Any

View = Mapping[str, Any]


def element(view: View, block_id: str) -> Mapping[str, Any]:
    """What Slack keeps of one field; empty where the form has no such field."""
    values = (view.get("state") or {}).get("values") or {}
    return (values.get(block_id) or {}).get(block_id) or {}


def text_of(view: View, block_id: str, key: str = "value") -> str | None:
    """What was typed (or, by `key`, the chosen day); None where nothing was."""
    value = element(view, block_id).get(key)
    return str(value) if value is not None else None


def choice_of(view: View, block_id: str) -> Mapping[str, Any] | None:
    """The chosen option, with its text and value."""
    option: Mapping[str, Any] | None = element(view, block_id).get("selected_option")
    return option


def chosen(view: View, block_id: str) -> str | None:
    """The chosen option's value."""
    option = choice_of(view, block_id)
    return str(option["value"]) if option else None


def day_of(view: View, block_id: str) -> date | None:
    """The chosen day; None where there is none."""
    try:
        return date.fromisoformat(text_of(view, block_id, "selected_date") or "")
    except ValueError:
        return None


def user_of(view: View, block_id: str) -> str | None:
    """The chosen person's user id."""
    return text_of(view, block_id, "selected_user")
