"""Interactive elements and images: their fields, and the blocks in which they may stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from . import limits
from .check_rich_text import rich_text_value
from .check_texts import confirm, option, option_groups, options, plain
from .findings import Findings, Rule, accept, boolean, check_object, integer, items, object_of, one_of, step, string

_DATE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def _pattern(expected: re.Pattern[str], words: str) -> Rule:
    def rule(found: Findings, pointer: str, value: object) -> None:
        if not isinstance(value, str) or not expected.fullmatch(value):
            found.refuse(pointer, f"must be {words}")

    return rule


def _focus(found: Findings, pointer: str, value: object) -> None:
    boolean(found, pointer, value)
    if value is True:
        found.focused += 1
        if found.focused > 1:
            found.refuse(pointer, "only one element of a view can have focus_on_load")


_FOCUS: Mapping[str, Rule] = {"focus_on_load": _focus}
_ASK: Mapping[str, Rule] = {"confirm": confirm}
_HINT: Mapping[str, Rule] = {"placeholder": plain(limits.PLACEHOLDER)}
_TYPED: Mapping[str, Rule] = {
    **_FOCUS,
    **_HINT,
    "initial_value": string(limits.INPUT_LENGTH, 0),
    "dispatch_action_config": object_of(
        {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 1, 2)}
    ),
}
_MENU: Mapping[str, Rule] = {**_FOCUS, **_HINT, **_ASK}
_MULTI: Mapping[str, Rule] = {**_MENU, "max_selected_items": integer(1, limits.SELECT_OPTIONS)}
_LISTED: Mapping[str, Rule] = {"options": options(limits.SELECT_OPTIONS), "option_groups": option_groups()}
_FILTER = object_of(
    {
        "include": items(one_of("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    }
)
_QUERY: Mapping[str, Rule] = {"min_query_length": integer(0, limits.OPTION_VALUE)}
_ID = string(limits.ID)
_IDS = items(_ID, 1, limits.SELECT_OPTIONS)
_CONVERSATION: Mapping[str, Rule] = {"default_to_current_conversation": boolean, "filter": _FILTER}
IMAGE_FIELDS: Mapping[str, Rule] = {
    "image_url": string(limits.URL),
    "slack_file": object_of({"id": _ID, "url": string(limits.URL)}),
    "alt_text": string(limits.ALT_TEXT),
}


def one_image_source(found: Findings, pointer: str, value: Mapping[str, object]) -> None:
    if ("image_url" in value) == ("slack_file" in value):
        found.refuse(pointer, "must have exactly one of image_url, slack_file")


def _one_list(found: Findings, pointer: str, value: Mapping[str, object]) -> None:
    if ("options" in value) == ("option_groups" in value):
        found.refuse(pointer, "must have exactly one of options, option_groups")
    _initial_listed(found, pointer, value)


def _initial_listed(found: Findings, pointer: str, value: Mapping[str, object]) -> None:
    """Slack wants an initial option to be one of the options, letter by letter."""
    offered = list(listed_options(value))
    if "initial_option" in value and value["initial_option"] not in offered:
        found.refuse(step(pointer, "initial_option"), "must be one of the options")
    several = value.get("initial_options")
    for index, chosen in enumerate(several if isinstance(several, list) else ()):
        if chosen not in offered:
            found.refuse(step(step(pointer, "initial_options"), index), "must be one of the options")


def listed_options(element: Mapping[str, object]) -> Iterable[object]:
    """The options of an element, those in groups included."""
    for holder in (element, *_mappings(element.get("option_groups"))):
        listed = holder.get("options")
        yield from listed if isinstance(listed, list) else ()


def _mappings(value: object) -> Iterable[Mapping[str, object]]:
    return (entry for entry in value if isinstance(entry, Mapping)) if isinstance(value, list) else ()


def _lengths(found: Findings, pointer: str, value: Mapping[str, object]) -> None:
    low, high, initial = value.get("min_length"), value.get("max_length"), value.get("initial_value")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        found.refuse(step(pointer, "min_length"), "must not be greater than max_length")
    if isinstance(high, int) and isinstance(initial, str) and len(initial) > high:
        found.refuse(step(pointer, "initial_value"), "must not be longer than max_length")


Compare = Callable[[Findings, str, Mapping[str, object]], None]


@dataclass(frozen=True, slots=True)
class Element:
    """The fields of one element type (`type` and `action_id` apart), and the blocks in which it may stand."""

    places: frozenset[str]
    fields: Mapping[str, Rule]
    required: tuple[str, ...] = ()
    compare: Compare | None = None


_ANYWHERE = frozenset({"section", "actions", "input"})
_BUTTONS = frozenset({"section", "actions"})
_INPUT = frozenset({"input"})
_NUMERIC = _pattern(_NUMBER, "a number in a string")
_INITIAL_OPTIONS = items(option(), 1, limits.SELECT_OPTIONS)
_CHOICE = option(marked_up=True)

ELEMENTS: Mapping[str, Element] = {
    "button": Element(
        _BUTTONS,
        {
            **_ASK,
            "text": plain(limits.BUTTON_TEXT),
            "url": string(limits.URL),
            "value": string(limits.BUTTON_VALUE, 0),
            "style": one_of("primary", "danger"),
            "accessibility_label": string(limits.BUTTON_TEXT),
        },
        ("text",),
    ),
    "static_select": Element(_ANYWHERE, {**_MENU, **_LISTED, "initial_option": option()}, compare=_one_list),
    "external_select": Element(_ANYWHERE, {**_MENU, **_QUERY, "initial_option": option()}),
    "users_select": Element(_ANYWHERE, {**_MENU, "initial_user": _ID}),
    "conversations_select": Element(
        _ANYWHERE, {**_MENU, **_CONVERSATION, "initial_conversation": _ID, "response_url_enabled": boolean}
    ),
    "channels_select": Element(_ANYWHERE, {**_MENU, "initial_channel": _ID, "response_url_enabled": boolean}),
    "multi_static_select": Element(
        _ANYWHERE, {**_MULTI, **_LISTED, "initial_options": _INITIAL_OPTIONS}, compare=_one_list
    ),
    "multi_external_select": Element(_ANYWHERE, {**_MULTI, **_QUERY, "initial_options": _INITIAL_OPTIONS}),
    "multi_users_select": Element(_ANYWHERE, {**_MULTI, "initial_users": _IDS}),
    "multi_conversations_select": Element(_ANYWHERE, {**_MULTI, **_CONVERSATION, "initial_conversations": _IDS}),
    "multi_channels_select": Element(_ANYWHERE, {**_MULTI, "initial_channels": _IDS}),
    "overflow": Element(_BUTTONS, {**_ASK, "options": options(limits.OVERFLOW_OPTIONS, with_url=True)}, ("options",)),
    "datepicker": Element(_ANYWHERE, {**_MENU, "initial_date": _pattern(_DATE, "a date, YYYY-MM-DD")}),
    "timepicker": Element(
        _ANYWHERE, {**_MENU, "initial_time": _pattern(_TIME, "a time, HH:mm"), "timezone": string(limits.ID)}
    ),
    "datetimepicker": Element(
        frozenset({"actions", "input"}), {**_FOCUS, **_ASK, "initial_date_time": integer(0, 9_999_999_999)}
    ),
    "checkboxes": Element(
        _ANYWHERE,
        {
            **_FOCUS,
            **_ASK,
            "options": options(limits.CHOICES, marked_up=True),
            "initial_options": items(_CHOICE, 1, limits.CHOICES),
        },
        ("options",),
        _initial_listed,
    ),
    "radio_buttons": Element(
        _ANYWHERE,
        {**_FOCUS, **_ASK, "options": options(limits.CHOICES, marked_up=True), "initial_option": _CHOICE},
        ("options",),
        _initial_listed,
    ),
    "plain_text_input": Element(
        _INPUT,
        {
            **_TYPED,
            "multiline": boolean,
            "min_length": integer(0, limits.INPUT_LENGTH),
            "max_length": integer(1, limits.INPUT_LENGTH),
        },
        compare=_lengths,
    ),
    "number_input": Element(
        _INPUT,
        {
            **_TYPED,
            "is_decimal_allowed": boolean,
            "initial_value": _NUMERIC,
            "min_value": _NUMERIC,
            "max_value": _NUMERIC,
        },
        ("is_decimal_allowed",),
    ),
    "email_text_input": Element(_INPUT, _TYPED),
    "url_text_input": Element(_INPUT, _TYPED),
    "rich_text_input": Element(_INPUT, {**_TYPED, "initial_value": rich_text_value}),
    "file_input": Element(
        _INPUT,
        {"filetypes": items(string(limits.ID), 1, limits.ID), "max_files": integer(1, limits.INPUT_FILES)},
    ),
    "image": Element(frozenset({"section", "context"}), IMAGE_FIELDS, ("alt_text",), one_image_source),
}


def element_in(place: str) -> Rule:
    """The rule for an element that stands in a block of type `place`."""

    def rule(found: Findings, pointer: str, value: object) -> None:
        kind = value.get("type") if isinstance(value, Mapping) else None
        known = ELEMENTS.get(kind) if isinstance(kind, str) else None
        if known is None:
            found.refuse(pointer, f"unsupported type: {kind}")
            return
        assert isinstance(value, Mapping)
        if place not in known.places:
            found.refuse(pointer, f"{kind} is not allowed in a block of type {place}")
            return
        fields: dict[str, Rule] = {"type": accept, **known.fields}
        if kind != "image":
            fields["action_id"] = string(limits.ID)
            if "action_id" not in value:
                found.house(pointer, "an interactive element needs an action_id of ours")
        check_object(found, pointer, value, fields, known.required)
        if known.compare is not None:
            known.compare(found, pointer, value)

    return rule
