"""Slack's blocks as HTML, for the page of the pretend workspace.

What cannot be drawn (a block that we do not use, or one of the wrong shape) becomes a box that says so. The controls
speak to the page through htmx: see templates/blocks/elements.html for what they send.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, tzinfo
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, UndefinedError
from markupsafe import Markup

from . import limits
from .canvas import Canvas, Choice, dom_id
from .findings import Surface
from .mrkdwn import Reading, unescaped

BLOCKS = frozenset(
    {"section", "header", "context", "divider", "actions", "image", "input", "table", "rich_text", "file"}
)
_SELECTS = frozenset({"static_select", "users_select", "conversations_select", "channels_select"})
_MULTI = frozenset({"multi_static_select", "multi_users_select", "multi_conversations_select", "multi_channels_select"})
_PICKERS = frozenset({"datepicker", "timepicker"})
_LINES = frozenset({"plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input"})

# Element type -> the macro that draws it.
ELEMENTS: Mapping[str, str] = {
    "button": "button",
    "overflow": "overflow",
    "external_select": "combobox",
    "checkboxes": "boxes",
    "radio_buttons": "boxes",
    "image": "picture",
    "file_input": "file",
    **dict.fromkeys(_SELECTS, "menu"),
    **dict.fromkeys(_MULTI, "boxes"),
    **dict.fromkeys(_PICKERS, "picker"),
    **dict.fromkeys(_LINES, "line"),
}
# A type-ahead list holds plain text alone.
_BARE = Reading({}, UTC)
# What a template or a helper raises on a block of the wrong shape.
_MISSHAPEN = (UndefinedError, KeyError, TypeError, AttributeError, ValueError, RecursionError)


def draw_blocks(
    blocks: Iterable[Any],
    *,
    surface: Surface,
    container: str,
    people: Mapping[str, str],
    zone: tzinfo,
    errors: Mapping[str, str] | None = None,
    state: Mapping[str, Any] | None = None,
) -> Markup:
    """The blocks of one message or view.

    `container` is handed back with every action, so that the page knows where it came from. `people` maps ids to names:
    U… and W… are people, C… and G… are channels; the menus of people and channels offer exactly these. Moments are
    shown in `zone`. `errors` maps a block_id to the sentence shown at its field; `state` has the shape of Slack's
    `state.values`, and what stands in it goes before the initial values.
    """
    canvas = Canvas(surface, container, Reading(people, zone), errors or {}, state or {}, _draw_element)
    drawn = Markup("").join(_draw_block(canvas, block) for block in blocks)
    return Markup("<div class='b-blocks b-on-{}'>{}</div>").format(surface, drawn)


def draw_options(options: Mapping[str, Any], container: str, block_id: str, action_id: str) -> Markup:
    """The items of an open type-ahead list, from the app's answer to a block_suggestion."""
    groups = options.get("option_groups") or [{"options": options.get("options") or []}]
    listed = [(_words(group.get("label")), _choices(group.get("options") or ())) for group in groups]
    prefix = dom_id(container, block_id, action_id)
    return _macro("options", "options")(listed, prefix)


def _choices(options: Iterable[Mapping[str, Any]]) -> list[Choice]:
    return [Choice.of(option, _BARE) for option in options]


def _words(text: Mapping[str, Any] | None) -> str | None:
    return None if text is None else unescaped(text["text"])


def _draw_block(canvas: Canvas, block: Any) -> Markup:
    kind = block.get("type") if isinstance(block, Mapping) else None
    try:
        if kind not in BLOCKS:
            raise ValueError(kind)
        return _macro("blocks", str(kind))(canvas, block)
    except _MISSHAPEN:
        return _broken("그릴 수 없는 블록", kind)


def _draw_element(canvas: Canvas, block: Mapping[str, Any], element: Mapping[str, Any], place: str) -> Markup:
    kind = element.get("type")
    try:
        return _macro("elements", ELEMENTS[str(kind)])(canvas, block, element, place)
    except _MISSHAPEN:
        return _broken("그릴 수 없는 요소", kind)


def _broken(words: str, kind: Any) -> Markup:
    return Markup("<div class='b-broken' role='alert'>{}: {}</div>").format(words, str(kind)[:100])


@cache
def _templates() -> Environment:
    folder = FileSystemLoader(Path(__file__).parent / "templates" / "blocks")
    made = Environment(loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals["limits"] = limits
    return made


def _macro(template: str, name: str) -> Callable[..., Markup]:
    """A macro of one of our templates; autoescape makes what it returns Markup."""
    found: Callable[..., Markup] = getattr(_templates().get_template(f"{template}.html").module, name)
    return found
