"""The fields of a form as a browser would post them, and what Slack's own client checks before it sends a form off.

`state_values` says how fields are named. A control without a field holds its initial value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from . import slack_words
from .controls import NotOnScreenError, controls
from .state_values import field_name, read_state
from .values import Fields, Json

Given: TypeAlias = str | Json | list[Any] | tuple[Any, ...] | None
"""What a test sets a control to: a text or value, an option (`{"text": …, "value": …}`), a list, None to empty it."""


def grouped(fields: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The pairs by name, in order."""
    by_name: dict[str, list[str]] = {}
    for name, value in fields:
        by_name.setdefault(name, []).append(value)
    return by_name


def control_fields(block_id: str, action_id: str, given: Given) -> Fields:
    """The pairs for one control, with the mark that it was on the screen."""
    pairs = [(field_name("p", block_id, action_id), "1")]
    for one in given if isinstance(given, list | tuple) else [given]:
        if isinstance(one, dict):
            text = one["text"]["text"] if isinstance(one["text"], dict) else one["text"]
            pairs.append((field_name("t", block_id, action_id), str(text)))
            pairs.append((field_name("v", block_id, action_id), str(one["value"])))
        elif one is not None:
            pairs.append((field_name("v", block_id, action_id), str(one)))
    return tuple(pairs)


def with_fields(before: Fields, new: Fields) -> Fields:
    """The fields, those of controls that stand in `new` replaced."""
    anew = {name[2:] for name, _ in new}
    return tuple(pair for pair in before if pair[0][2:] not in anew) + new


def filled(blocks: Iterable[Json], before: Fields, values: Mapping[str, Given]) -> Fields:
    """The fields with some controls set anew, each named by its block_id, or `block_id|action_id`."""
    there = list(controls(blocks))
    fields = before
    for name, given in values.items():
        block_id, _, action_id = name.partition("|")
        found = [e["action_id"] for where, e in there if where == block_id and action_id in ("", e["action_id"])]
        if not found:
            raise NotOnScreenError(name)
        fields = with_fields(fields, control_fields(block_id, found[0], given))
    return fields


def client_errors(blocks: list[Json], fields: Fields) -> dict[str, str]:
    """What Slack's client refuses by itself, as sentences by block_id: an empty required field, a wrong length."""
    errors = {}
    state = read_state(blocks, grouped(fields))
    for block in blocks:
        element = block.get("element")
        if block.get("type") != "input" or not isinstance(element, dict):
            continue
        held = state.get(block["block_id"], {}).get(element.get("action_id", ""), {})
        error = _error(block, element, next((held[key] for key in held if key != "type"), None))
        if error:
            errors[str(block["block_id"])] = error
    return errors


def _error(block: Json, element: Json, held: Any) -> str:
    if held in (None, "", []):
        return "" if block.get("optional") else slack_words.field_required()
    if not isinstance(held, str):
        return ""
    if len(held) < int(element.get("min_length") or 0):
        return slack_words.too_short(int(element["min_length"]))
    if len(held) > int(element.get("max_length") or 3000):
        return slack_words.too_long(int(element.get("max_length") or 3000))
    return ""
