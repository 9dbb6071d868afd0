"""Blocks: which exist, on which surface, and what each may hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from . import limits
from .check_elements import IMAGE_FIELDS, element_in, one_image_source
from .check_rich_text import RICH_TEXT_FIELDS, cell
from .check_texts import plain, plain_or_mrkdwn
from .findings import Findings, Rule, accept, boolean, check_object, integer, items, one_of, step, string

Compare = Callable[[Findings, str, Mapping[str, object]], None]
_ALL = frozenset({"message", "modal", "home"})
_MESSAGE = frozenset({"message"})


@dataclass(frozen=True, slots=True)
class Block:
    """The fields of one block type (`type` and `block_id` apart), and the surfaces on which it may stand."""

    fields: Mapping[str, Rule]
    required: tuple[str, ...] = ()
    surfaces: frozenset[str] = _ALL
    compare: Compare | None = None


def _text_or_fields(found: Findings, pointer: str, value: Mapping[str, object]) -> None:
    if "text" not in value and "fields" not in value:
        found.refuse(pointer, "must have text or fields")


def _context_element(found: Findings, pointer: str, value: object) -> None:
    kind = value.get("type") if isinstance(value, Mapping) else None
    rule = element_in("context") if kind not in ("plain_text", "mrkdwn") else plain_or_mrkdwn(limits.CONTEXT_TEXT)
    rule(found, pointer, value)


def _count_input(found: Findings, _pointer: str, _value: Mapping[str, object]) -> None:
    found.inputs += 1


def _column(found: Findings, pointer: str, value: object) -> None:
    # null keeps a column's default where only a later one is set.
    if value is not None:
        check_object(found, pointer, value, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})


def _rows(found: Findings, pointer: str, value: object) -> None:
    before = found.text_sum
    items(items(cell, 1, limits.TABLE_COLUMNS), 1, limits.TABLE_ROWS)(found, pointer, value)
    if found.text_sum - before > limits.TABLE_TEXT_SUM:
        found.refuse(pointer, f"no more than {limits.TABLE_TEXT_SUM} characters allowed over all cells")
    widths = [len(row) for row in value if isinstance(row, list)] if isinstance(value, list) else []
    if len(set(widths)) > 1:
        found.house(pointer, "every row needs as many cells as the first")


def _one_table(found: Findings, pointer: str, _value: Mapping[str, object]) -> None:
    found.tables += 1
    if found.tables > limits.TABLES_A_MESSAGE:
        found.refuse(pointer, "only one table allowed in a message")


def _markdown_sum(found: Findings, pointer: str, value: Mapping[str, object]) -> None:
    text = value.get("text")
    found.markdown += len(text) if isinstance(text, str) else 0
    found.text_sum += len(text) if isinstance(text, str) else 0
    if found.markdown > limits.MARKDOWN_TEXT:
        found.refuse(pointer, f"no more than {limits.MARKDOWN_TEXT} characters of markdown allowed in a message")


BLOCKS: Mapping[str, Block] = {
    "section": Block(
        {
            "text": plain_or_mrkdwn(limits.SECTION_TEXT),
            "fields": items(plain_or_mrkdwn(limits.FIELD_TEXT), 1, limits.SECTION_FIELDS),
            "accessory": element_in("section"),
            "expand": boolean,
        },
        compare=_text_or_fields,
    ),
    "header": Block({"text": plain(limits.HEADER_TEXT), "level": integer(1, 4)}, ("text",)),
    "context": Block({"elements": items(_context_element, 1, limits.CONTEXT_ELEMENTS)}, ("elements",)),
    "divider": Block({}),
    "actions": Block({"elements": items(element_in("actions"), 1, limits.ACTIONS_ELEMENTS)}, ("elements",)),
    "image": Block({**IMAGE_FIELDS, "title": plain(limits.IMAGE_TITLE)}, ("alt_text",), compare=one_image_source),
    "input": Block(
        {
            "label": plain(limits.INPUT_LABEL),
            "element": element_in("input"),
            "hint": plain(limits.INPUT_HINT),
            "optional": boolean,
            "dispatch_action": boolean,
        },
        ("label", "element"),
        compare=_count_input,
    ),
    "table": Block(
        {"rows": _rows, "column_settings": items(_column, 0, limits.TABLE_COLUMNS)}, ("rows",), _MESSAGE, _one_table
    ),
    "rich_text": Block({"elements": RICH_TEXT_FIELDS["elements"]}, ("elements",)),
    "file": Block({"external_id": string(limits.ID), "source": one_of("remote")}, ("external_id", "source"), _MESSAGE),
    "markdown": Block({"text": string(limits.MARKDOWN_TEXT)}, ("text",), _MESSAGE, _markdown_sum),
}

# Slack knows these and we do not use them: only their place and their id are judged.
OTHER_BLOCKS: Mapping[str, frozenset[str]] = {
    "alert": frozenset({"modal"}),
    "call": _MESSAGE,
    "card": _MESSAGE,
    "carousel": _MESSAGE,
    "container": _ALL,
    "context_actions": _MESSAGE,
    "data_table": _MESSAGE,
    "data_visualization": _MESSAGE,
    "plan": _MESSAGE,
    "task_card": _MESSAGE,
    "video": _ALL,
}


def check_blocks(found: Findings, pointer: str, blocks: object, maximum: int) -> None:
    """Judge a list of blocks; `found.surface` says where they are to stand."""
    items(_block, 0, maximum)(found, pointer, blocks)


def _block(found: Findings, pointer: str, value: object) -> None:
    kind = value.get("type") if isinstance(value, Mapping) else None
    known = BLOCKS.get(kind) if isinstance(kind, str) else None
    elsewhere = OTHER_BLOCKS.get(kind) if isinstance(kind, str) else None
    surfaces = known.surfaces if known is not None else elsewhere
    if not isinstance(value, Mapping) or surfaces is None:
        found.refuse(pointer, f"unsupported type: {kind}")
        return
    if found.surface not in surfaces:
        found.refuse(pointer, f"{kind} is not allowed on surface {found.surface}")
    _block_id(found, pointer, value)
    if known is None:
        return
    fields: dict[str, Rule] = {"type": accept, "block_id": accept, **known.fields}
    check_object(found, pointer, value, fields, known.required)
    if known.compare is not None:
        known.compare(found, pointer, value)
    _repeated_action_ids(found, pointer, value)


def _block_id(found: Findings, pointer: str, value: Mapping[str, object]) -> None:
    if "block_id" not in value:
        # Slack makes one up, and then the state of the block cannot be found again.
        found.house(pointer, "a block needs a block_id of ours")
        return
    block_id = value["block_id"]
    string(limits.ID)(found, step(pointer, "block_id"), block_id)
    if isinstance(block_id, str):
        if block_id in found.block_ids:
            found.refuse(step(pointer, "block_id"), f"block_id already exists: {block_id}")
        found.block_ids.add(block_id)


def _repeated_action_ids(found: Findings, pointer: str, value: Mapping[str, object]) -> None:
    elements = value.get("elements")
    seen: set[str] = set()
    for index, element in enumerate(elements if isinstance(elements, list) else ()):
        action_id = element.get("action_id") if isinstance(element, Mapping) else None
        if isinstance(action_id, str):
            if action_id in seen:
                place = step(step(step(pointer, "elements"), index), "action_id")
                found.refuse(place, f"action_id already exists in this block: {action_id}")
            seen.add(action_id)
