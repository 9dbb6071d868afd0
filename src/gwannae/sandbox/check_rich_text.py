"""Rich text, as it stands in a block, in a cell of a table, or in a field."""

from __future__ import annotations

from collections.abc import Mapping

from . import limits
from .findings import Findings, Rule, accept, boolean, check_object, integer, items, object_of, one_of, step, string

_STYLE = object_of(dict.fromkeys(("bold", "italic", "strike", "code", "underline", "highlight"), boolean))
_LONG = limits.MESSAGE_TEXT
_ID = string(limits.ID)


def _counted(found: Findings, pointer: str, value: object) -> None:
    string(_LONG)(found, pointer, value)
    if isinstance(value, str):
        found.text_sum += len(value)


_INLINE: Mapping[str, tuple[Mapping[str, Rule], tuple[str, ...]]] = {
    "text": ({"text": _counted, "style": _STYLE}, ("text",)),
    "link": ({"url": string(limits.URL), "text": _counted, "unsafe": boolean, "style": _STYLE}, ("url",)),
    "emoji": ({"name": _ID, "unicode": _ID, "style": _STYLE}, ("name",)),
    "user": ({"user_id": _ID, "style": _STYLE}, ("user_id",)),
    "channel": ({"channel_id": _ID, "style": _STYLE}, ("channel_id",)),
    "usergroup": ({"usergroup_id": _ID, "style": _STYLE}, ("usergroup_id",)),
    "broadcast": ({"range": one_of("here", "channel", "everyone"), "style": _STYLE}, ("range",)),
    "date": (
        {
            "timestamp": integer(0, 9_999_999_999),
            "format": _ID,
            "url": string(limits.URL),
            "fallback": _ID,
            "style": _STYLE,
        },
        ("timestamp", "format"),
    ),
    "color": ({"value": _ID}, ("value",)),
}


def _inline(found: Findings, pointer: str, value: object) -> None:
    kind = value.get("type") if isinstance(value, Mapping) else None
    known = _INLINE.get(kind) if isinstance(kind, str) else None
    if known is None:
        found.refuse(pointer, f"unsupported type: {kind}")
        return
    if kind in ("broadcast", "usergroup"):
        found.house(pointer, f"{kind} notifies a crowd")
    fields, required = known
    check_object(found, pointer, value, {"type": accept, **fields}, required)


# The pieces of one paragraph. There is no documented ceiling on their number; the text sum is the one that bites.
_PIECES = items(_inline, 0, _LONG)
_BORDER = integer(0, 1)


def _section(found: Findings, pointer: str, value: object) -> None:
    check_object(found, pointer, value, {"type": one_of("rich_text_section"), "elements": _PIECES}, ("elements",))


_PARTS: Mapping[str, Mapping[str, Rule]] = {
    "rich_text_section": {"elements": _PIECES},
    "rich_text_preformatted": {"elements": _PIECES, "border": _BORDER, "language": _ID},
    "rich_text_quote": {"elements": _PIECES, "border": _BORDER},
    "rich_text_list": {
        "elements": items(_section, 1, _LONG),
        "style": one_of("bullet", "ordered"),
        "indent": integer(0, limits.RICH_TEXT_INDENT),
        "offset": integer(0, _LONG),
        "border": _BORDER,
    },
}


def _part(found: Findings, pointer: str, value: object) -> None:
    kind = value.get("type") if isinstance(value, Mapping) else None
    fields = _PARTS.get(kind) if isinstance(kind, str) else None
    if fields is None:
        found.refuse(pointer, f"unsupported type: {kind}")
        return
    required = ("elements", "style") if kind == "rich_text_list" else ("elements",)
    check_object(found, pointer, value, {"type": accept, **fields}, required)


RICH_TEXT_FIELDS: Mapping[str, Rule] = {"type": one_of("rich_text"), "elements": items(_part, 1, _LONG)}


def rich_text_value(found: Findings, pointer: str, value: object) -> None:
    """Rich text without a block_id: a cell, or the first content of a field."""
    check_object(found, pointer, value, RICH_TEXT_FIELDS, ("type", "elements"))


def cell(found: Findings, pointer: str, value: object) -> None:
    """One cell of a table; an empty one is refused by Slack."""
    kind = value.get("type") if isinstance(value, Mapping) else None
    before = found.text_sum
    if kind == "raw_text":
        check_object(found, pointer, value, {"type": accept, "text": _counted}, ("text",))
    elif kind == "rich_text":
        rich_text_value(found, pointer, value)
        if found.text_sum == before and not _has_mark(value):
            found.refuse(step(pointer, "elements"), "must be at least 1 character(s)")
    else:
        found.refuse(pointer, f"unsupported type: {kind}")


_MARKS = tuple(kind for kind in _INLINE if kind != "text")


def _has_mark(value: object) -> bool:
    """Whether a mention, an emoji, a date or a link without words is there to be seen."""
    if isinstance(value, Mapping):
        return value.get("type") in _MARKS or _has_mark(value.get("elements"))
    return isinstance(value, list) and any(_has_mark(entry) for entry in value)
