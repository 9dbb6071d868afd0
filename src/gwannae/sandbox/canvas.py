"""What the block templates may ask: names and ids of fields, what they hold, and what is sent when they are used."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from .findings import Surface
from .mrkdwn import Reading, draw_link, draw_plain, to_html, unescaped
from .rich_text import draw_rich_text
from .state_values import STATEFUL, as_sent, field_name, initial_value

Json = Mapping[str, Any]


def dom_id(container: str, block_id: str, action_id: str) -> str:
    """An id that is safe in HTML and in a CSS selector whatever the app has called its blocks."""
    text = "\x00".join((container, block_id, action_id))
    return "b" + hashlib.blake2s(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def draw_text(text: Json, reading: Reading) -> Markup:
    """A text object of either kind."""
    return to_html(text["text"], reading) if text["type"] == "mrkdwn" else draw_plain(text["text"])


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen, in words that still have to be escaped for HTML."""

    value: str
    words: str
    description: str = ""
    url: str = ""
    # With its mrkdwn drawn, which only checkboxes and radio buttons have.
    drawn: str = ""
    drawn_description: str = ""

    @classmethod
    def of(cls, option: Json, reading: Reading) -> Choice:
        text, more = option["text"], option.get("description")
        return cls(
            option["value"],
            unescaped(text["text"]),
            unescaped(more["text"]) if more else "",
            option.get("url", ""),
            draw_text(text, reading),
            draw_text(more, reading) if more else Markup(""),
        )


@dataclass(frozen=True, slots=True)
class Canvas:
    """One message or view that is being drawn."""

    surface: Surface
    container: str
    reading: Reading
    errors: Mapping[str, str]
    state: Mapping[str, Any]
    draw_element: Callable[[Canvas, Json, Json, str], Markup]

    # -- words ------------------------------------------------------------------------------------------------------
    def text(self, text: Json) -> Markup:
        return draw_text(text, self.reading)

    def words(self, text: Json) -> str:
        """A text object as plain words, for an attribute or an option."""
        return unescaped(text["text"])

    def rich_text(self, value: Json) -> Markup:
        return draw_rich_text(value, self.reading)

    def is_link(self, url: str) -> bool:
        return draw_link(url, Markup("")) != ""

    def question(self, element: Json) -> str:
        """What is asked before an action; empty when nothing is."""
        ask = element.get("confirm")
        return f"{self.words(ask['title'])}\n\n{self.words(ask['text'])}" if ask else ""

    # -- elements ---------------------------------------------------------------------------------------------------
    def element(self, block: Json, element: Json, place: str) -> Markup:
        return self.draw_element(self, block, element, place)

    def name(self, mark: str, block: Json, element: Json) -> str:
        return field_name(mark, block["block_id"], element["action_id"])

    def dom(self, block: Json, element: Json) -> str:
        return dom_id(self.container, block["block_id"], element["action_id"])

    def where(self, block: Json) -> str:
        """The id under which the hint and the error of an input block are found."""
        return dom_id(self.container, block["block_id"], "")

    def described(self, block: Json) -> str:
        """The ids for aria-describedby of the field in an input block."""
        where = self.where(block)
        ids = [f"{where}-hint"] if "hint" in block else []
        return " ".join([*ids, f"{where}-error"] if block["block_id"] in self.errors else ids)

    def dispatches(self, block: Json, place: str) -> bool:
        """Whether a change is told to the app at once."""
        return place != "input" or block.get("dispatch_action") is True

    @property
    def include(self) -> str:
        """The fields that travel with an action: those of the form, or of the message."""
        return "closest form" if self.surface == "modal" else "closest .b-blocks"

    def sent(self, block: Json, element: Json, **more: str) -> str:
        """The JSON for hx-vals; what is None is left out."""
        values = {
            "container": self.container,
            "block_id": block["block_id"],
            "action_id": element["action_id"],
            "type": element["type"],
            **more,
        }
        return json.dumps({name: value for name, value in values.items() if value is not None}, ensure_ascii=False)

    # -- what can be chosen, and what is ------------------------------------------------------------------------------
    def choices(self, element: Json) -> list[tuple[str | None, list[Choice]]]:
        """(words of the group or None, its choices), in order."""
        kind = element["type"]
        if "users" in kind:
            return [(None, self._named("U", "W"))]
        if "conversations" in kind or "channels" in kind:
            return [(None, self._named("C", "G"))]
        groups = element.get("option_groups")
        if groups is not None:
            return [
                (self.words(group["label"]), [Choice.of(one, self.reading) for one in group["options"]])
                for group in groups
            ]
        return [(None, [Choice.of(one, self.reading) for one in element["options"]])]

    def _named(self, *initials: str) -> list[Choice]:
        return [
            Choice(key, name, drawn=escape(name))
            for key, name in self.reading.people.items()
            if key.startswith(initials)
        ]

    def held(self, block: Json, element: Json) -> Any:
        """What the element holds now, in the shape in which Slack sends it."""
        entry = (self.state.get(block["block_id"]) or {}).get(element["action_id"])
        key = STATEFUL[element["type"]]
        return entry[key] if entry is not None and key in entry else initial_value(element)

    def chosen(self, block: Json, element: Json) -> list[str]:
        """The values (or the text) that the element holds."""
        held = self.held(block, element)
        listed = held if isinstance(held, list) else [held]
        return [_value(one) for one in listed if one is not None]

    def chosen_words(self, block: Json, element: Json) -> str:
        """The words of the one option that the element holds."""
        held = as_sent(self.held(block, element))
        return self.words(held["text"]) if held else ""


def _value(held: Any) -> str:
    if not isinstance(held, Mapping):
        return str(held)
    if held.get("type") == "rich_text":
        return "\n".join(_texts(part) for part in held["elements"])
    return str(held["value"] if "value" in held else held["id"])  # a file is known by its id


def _texts(part: Json) -> str:
    """The bare words of rich text, for a field that cannot show more."""
    return "".join(piece.get("text", "") if "elements" not in piece else _texts(piece) for piece in part["elements"])
