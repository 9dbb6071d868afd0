"""What a person has typed and chosen: from the fields of an HTML form to the shapes in which Slack sends it.

The fields, as `drawing` names them: `v|<block_id>|<action_id>` the value (several times for several choices),
`t|…` the words of a choice from an external menu, `p|…` "this group of boxes was on the screen" (boxes that are not
ticked send nothing, and then an initial choice must not come back). An element without any field was not on the screen
and has its initial value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
Form: TypeAlias = Mapping[str, Any]
"""A starlette FormData, or a mapping of names to one text or a list of texts."""

# Element type -> the key under which Slack sends what was typed or chosen.
TYPED: Mapping[str, str] = {
    "plain_text_input": "value",
    "number_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "rich_text_input": "rich_text_value",
}
ONE: Mapping[str, str] = {
    "static_select": "selected_option",
    "radio_buttons": "selected_option",
    "external_select": "selected_option",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
}
SEVERAL: Mapping[str, str] = {
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "file_input": "files",
}
STATEFUL: Mapping[str, str] = {**TYPED, **ONE, **SEVERAL}
_OPTIONS = frozenset({"static_select", "radio_buttons", "checkboxes", "multi_static_select"})


def field_name(mark: str, block_id: str, action_id: str) -> str:
    """The name of an element's field in the page's form; `mark` is `v`, `t` or `p`."""
    return f"{mark}|{block_id}|{action_id}"


def elements_of(block: Mapping[str, Any]) -> list[Json]:
    """The elements of a section, actions or input block that can be used, in order."""
    held: list[Any] = []
    match block.get("type"):
        case "section":
            held = [block.get("accessory")]
        case "input":
            held = [block.get("element")]
        case "actions":
            held = list(block.get("elements") or ())
    return [element for element in held if isinstance(element, dict) and element.get("action_id")]


def find_element(blocks: Iterable[Mapping[str, Any]], block_id: str, action_id: str) -> Json | None:
    """The element with these ids, as the app sent it; None when it is not (or no longer) there."""
    for block in blocks:
        if block.get("block_id") == block_id:
            return next((one for one in elements_of(block) if one["action_id"] == action_id), None)
    return None


def read_state(blocks: Iterable[Mapping[str, Any]], form: Form) -> dict[str, dict[str, Json]]:
    """The `state.values` of a view or message: for each element that holds a value, what Slack would send.

    An empty field is null (an empty list for boxes and multiple menus); no element is left out.
    """
    values: dict[str, dict[str, Json]] = {}
    for block in blocks:
        for element in elements_of(block):
            if element.get("type") in STATEFUL:
                block_id = str(block.get("block_id", ""))
                values.setdefault(block_id, {})[element["action_id"]] = _entry(element, block_id, form)
    return values


def action_payload(element: Mapping[str, Any], form_or_vals: Form, now_ts: str) -> Json:
    """The entry of `actions[]` in a block_actions payload; `now_ts` becomes `action_ts`.

    `form_or_vals`: either the fields of the page's request (the element's own fields, `block_id`, and for an overflow
    menu `selected_option`), or bare values: `value`, and `text` for a choice from an external menu, each one text or a
    list. Without a `block_id` the caller adds it. What a button carries is read from the element, not from the request.
    ValueError: no such option in the overflow menu.
    """
    kind, block_id = str(element["type"]), str(form_or_vals.get("block_id", ""))
    action: Json = {"type": kind, "action_id": element["action_id"], "action_ts": now_ts}
    if block_id:
        action["block_id"] = block_id
    for name in ("placeholder", "text", "confirm"):
        if name in element:
            action[name] = as_sent(element[name])
    action |= {name: element[name] for name in ("value", "style", "url") if name in element}
    action |= {name: as_sent(content) for name, content in element.items() if name.startswith("initial_")}
    if kind == "overflow":
        wanted = _field(form_or_vals, "selected_option") or _field(form_or_vals, "value") or [""]
        action["selected_option"] = _offered(element, wanted[-1])
        if action["selected_option"] is None:
            raise ValueError("no such option in this menu")
    elif kind in STATEFUL:
        action |= _entry(element, block_id, _own_fields(element, block_id, form_or_vals))
    return action


def _own_fields(element: Mapping[str, Any], block_id: str, given: Form) -> Form:
    value, words, shown = (field_name(mark, block_id, str(element["action_id"])) for mark in "vtp")
    if value in given or shown in given:
        return given
    return {value: _field(given, "value") or [], words: _field(given, "text") or []}


def as_sent(content: Any) -> Any:
    """A copy in which each text object has the field that Slack adds: `emoji` or `verbatim`."""
    if isinstance(content, list):
        return [as_sent(entry) for entry in content]
    if not isinstance(content, Mapping):
        return content
    sent = {name: as_sent(entry) for name, entry in content.items()}
    if sent.get("type") == "plain_text":
        sent.setdefault("emoji", True)
    elif sent.get("type") == "mrkdwn":
        sent.setdefault("verbatim", False)
    return sent


def _entry(element: Mapping[str, Any], block_id: str, form: Form) -> Json:
    kind, action_id = str(element["type"]), str(element["action_id"])
    chosen = _field(form, field_name("v", block_id, action_id))
    if chosen is None and _field(form, field_name("p", block_id, action_id)) is None:
        return {"type": kind, STATEFUL[kind]: initial_value(element)}
    values = [value for value in chosen or () if value]
    if kind in SEVERAL:
        if kind == "file_input":
            return {"type": kind, "files": [{"id": value} for value in values]}
        picked = [_offered(element, value) if kind in _OPTIONS else value for value in values]
        return {"type": kind, SEVERAL[kind]: [one for one in picked if one is not None]}
    # The last of several fields of one name is the newest.
    first = chosen[-1] if chosen else ""
    if not first:
        return {"type": kind, STATEFUL[kind]: None}
    if kind in _OPTIONS:
        return {"type": kind, "selected_option": _offered(element, first)}
    if kind == "external_select":
        words = (_field(form, field_name("t", block_id, action_id)) or [""])[-1] or first
        text = {"type": "plain_text", "text": words, "emoji": True}
        return {"type": kind, "selected_option": {"text": text, "value": first}}
    return {"type": kind, STATEFUL[kind]: _typed(kind, first)}


def _typed(kind: str, value: str) -> Any:
    if kind == "datepicker":
        return value if _reads(date.fromisoformat, value) and len(value) == len("2027-01-04") else None
    if kind == "timepicker":
        return value[:5] if _reads(time.fromisoformat, value) else None
    if kind == "rich_text_input":
        words = [{"type": "text", "text": _line_ends(value)}]
        return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": words}]}
    return _line_ends(value) if kind in TYPED else value


def _line_ends(text: str) -> str:
    """A form sends CRLF; Slack sends LF."""
    return text.replace("\r\n", "\n")


def _reads(reader: Any, value: str) -> bool:
    try:
        reader(value)
    except ValueError:
        return False
    return True


def initial_value(element: Mapping[str, Any]) -> Any:
    """What an element holds before anybody touched it: null, or an empty list for boxes and multiple menus."""
    kind = str(element["type"])
    key = STATEFUL[kind]
    name = "initial_value" if kind in TYPED else key.replace("selected_", "initial_")
    value = as_sent(element.get(name))
    return [] if value is None and kind in SEVERAL else value


def options_of(element: Mapping[str, Any]) -> Iterator[Json]:
    """The options of an element, those in groups included."""
    for holder in (element, *(element.get("option_groups") or ())):
        yield from holder.get("options") or ()


def _offered(element: Mapping[str, Any], value: str) -> Json | None:
    """The option with this value as Slack sends it back; None when the app did not offer it."""
    found = next((option for option in options_of(element) if option.get("value") == value), None)
    sent: Json | None = as_sent(found)
    return sent


def _field(form: Form, name: str) -> list[str] | None:
    """All values of a field; None when it is not in the form. An uploaded file is no text and is left out."""
    if name not in form:
        return None
    several = getattr(form, "getlist", None)
    values = several(name) if callable(several) else form[name]
    listed = [values] if isinstance(values, str) else values
    return [value for value in listed if isinstance(value, str)]
