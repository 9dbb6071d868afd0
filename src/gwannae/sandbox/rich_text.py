"""Slack's rich text as safe HTML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from .mrkdwn import Reading, draw_date, draw_link

_STYLES = (
    ("code", Markup("<code class='b-code'>{}</code>")),
    ("bold", Markup("<strong>{}</strong>")),
    ("italic", Markup("<em>{}</em>")),
    ("strike", Markup("<del>{}</del>")),
    ("underline", Markup("<u>{}</u>")),
)
_MENTION = Markup("<span class='b-mention'>{}{}</span>")
_CROWD = Markup("<span class='b-mention b-crowd'>@{}</span>")


def draw_rich_text(value: Mapping[str, Any], reading: Reading) -> Markup:
    """A rich_text object, be it a block or a cell. ValueError: a part or a piece that Slack does not have."""
    return Markup("").join(_part(part, reading) for part in value["elements"])


def _part(part: Mapping[str, Any], reading: Reading) -> Markup:
    kind = part["type"]
    if kind == "rich_text_list":
        points = Markup("").join(Markup("<li>{}</li>").format(_words(point, reading)) for point in part["elements"])
        indent = min(int(part.get("indent", 0)), 8)
        if part["style"] == "ordered":
            start = int(part.get("offset", 0)) + 1
            return Markup("<ol class='b-list b-indent-{}' start='{}'>{}</ol>").format(indent, start, points)
        return Markup("<ul class='b-list b-indent-{}'>{}</ul>").format(indent, points)
    words = _words(part, reading)
    if kind == "rich_text_section":
        return Markup("<p class='b-paragraph'>{}</p>").format(words)
    if kind == "rich_text_preformatted":
        return Markup("<pre class='b-code-block'>{}</pre>").format(words)
    if kind == "rich_text_quote":
        return Markup("<blockquote class='b-quote'>{}</blockquote>").format(words)
    raise ValueError(kind)


def _words(holder: Mapping[str, Any], reading: Reading) -> Markup:
    return Markup("").join(_piece(piece, reading) for piece in holder["elements"])


def _piece(piece: Mapping[str, Any], reading: Reading) -> Markup:
    drawn = _bare(piece, reading)
    style = piece.get("style") or {}
    for name, frame in _STYLES:
        if style.get(name) is True:
            drawn = frame.format(drawn)
    return drawn


def _bare(piece: Mapping[str, Any], reading: Reading) -> Markup:
    match piece["type"]:
        case "text":
            return Markup("<br>").join(piece["text"].split("\n"))
        case "link":
            return draw_link(piece["url"], escape(piece.get("text") or piece["url"]))
        case "user":
            return _MENTION.format("@", reading.people.get(piece["user_id"], piece["user_id"]).lstrip("@"))
        case "channel":
            return _MENTION.format("#", reading.people.get(piece["channel_id"], piece["channel_id"]).lstrip("#"))
        case "usergroup":
            return _CROWD.format(piece["usergroup_id"])
        case "broadcast":
            return _CROWD.format(piece["range"])
        case "emoji":
            return escape(_emoji(piece))
        case "date":
            return draw_date(int(piece["timestamp"]), piece["format"], piece.get("fallback", ""), reading.zone)
        case "color":
            return escape(piece["value"])
    raise ValueError(piece["type"])


def _emoji(piece: Mapping[str, Any]) -> str:
    """The sign itself where its code points are given, else its name as it is typed."""
    points = str(piece.get("unicode", ""))
    try:
        return "".join(chr(int(point, 16)) for point in points.split("-"))
    except (ValueError, OverflowError):
        return f":{piece['name']}:"
