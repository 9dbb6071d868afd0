"""Text objects, what may stand in mrkdwn, options and confirmation dialogues."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from . import limits
from .findings import Findings, Rule, boolean, check_object, items, one_of, step, string

_ANGLE = re.compile(r"<([^<>]*)>")
_BROADCAST = re.compile(r"!(?:channel|here|everyone|subteam)\b")
# Slack's own marks, https://docs.slack.dev/messaging/formatting-message-text
_WELL_FORMED = re.compile(
    r"(?:(?:https?://|mailto:)[^\s|]+(?:\|[^|\n]+)?"
    r"|@[UW][A-Z0-9]+"
    r"|\#[CG][A-Z0-9]+(?:\|[^|\n]*)?"
    r"|!date\^\d+\^[^|^\n]+(?:\^https?://[^\s|^]+)?\|[^|\n]+)"
)
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt);)")
_QUOTE_START = re.compile(r"^[ \t]*>+", re.MULTILINE)


def escaping_mistakes(text: str) -> Iterator[str]:
    """What is not escaped in mrkdwn: a firm named `<!channel>` must not ring the channel.

    Fine are the entities `&amp;` `&lt;` `&gt;`, Slack's own links, mentions of one person or channel, dates, and `>` at
    the start of a line (a quotation).
    """
    for inner in _ANGLE.findall(text):
        if _BROADCAST.match(inner):
            yield f"<{inner}> notifies a crowd: escape it"
        elif not _WELL_FORMED.fullmatch(inner):
            yield f"<{inner[:40]}> is no link, mention or date: escape < and >"
    if _BARE_AMPERSAND.search(text):
        yield "a bare & must be written &amp;"
    rest = _QUOTE_START.sub("", _ANGLE.sub(".", text))
    if "<" in rest or ">" in rest:
        yield "a bare < or > must be written &lt; or &gt;"


def check_mrkdwn(found: Findings, pointer: str, text: str) -> None:
    for mistake in escaping_mistakes(text):
        found.house(pointer, mistake)


def _text(maximum: int, kinds: tuple[str, ...]) -> Rule:
    fields = {"type": one_of(*kinds), "text": string(maximum), "emoji": boolean, "verbatim": boolean}

    def rule(found: Findings, pointer: str, value: object) -> None:
        if not check_object(found, pointer, value, fields, ("type", "text")):
            return
        assert isinstance(value, Mapping)
        kind, text = value.get("type"), value.get("text")
        if kind == "mrkdwn" and "emoji" in value:
            found.refuse(pointer, "invalid additional property: emoji (plain_text only)")
        if kind == "plain_text" and "verbatim" in value:
            found.refuse(pointer, "invalid additional property: verbatim (mrkdwn only)")
        if not isinstance(text, str):
            return
        found.text_sum += len(text)
        if text and not text.strip():
            found.house(step(pointer, "text"), "must not be blank")
        if kind == "mrkdwn":
            check_mrkdwn(found, step(pointer, "text"), text)

    return rule


def plain(maximum: int) -> Rule:
    """A text object that must be plain_text."""
    return _text(maximum, ("plain_text",))


def plain_or_mrkdwn(maximum: int) -> Rule:
    return _text(maximum, ("plain_text", "mrkdwn"))


CONFIRM_FIELDS: Mapping[str, Rule] = {
    "title": plain(limits.CONFIRM_TITLE),
    "text": plain_or_mrkdwn(limits.CONFIRM_TEXT),
    "confirm": plain(limits.CONFIRM_BUTTON),
    "deny": plain(limits.CONFIRM_BUTTON),
    "style": one_of("primary", "danger"),
}


def confirm(found: Findings, pointer: str, value: object) -> None:
    check_object(found, pointer, value, CONFIRM_FIELDS, ("title", "text", "confirm", "deny"))


def option(*, marked_up: bool = False, with_url: bool = False) -> Rule:
    """One option. `marked_up`: checkboxes and radio buttons take mrkdwn; `with_url`: overflow menus take a link."""
    text = plain_or_mrkdwn(limits.OPTION_TEXT) if marked_up else plain(limits.OPTION_TEXT)
    description = plain_or_mrkdwn(limits.OPTION_DESCRIPTION) if marked_up else plain(limits.OPTION_DESCRIPTION)
    fields: dict[str, Rule] = {"text": text, "value": string(limits.OPTION_VALUE), "description": description}
    if with_url:
        fields["url"] = string(limits.URL)

    def rule(found: Findings, pointer: str, value: object) -> None:
        check_object(found, pointer, value, fields, ("text", "value"))

    return rule


def options(maximum: int, *, minimum: int = 1, marked_up: bool = False, with_url: bool = False) -> Rule:
    """A list of options whose values differ."""
    each = items(option(marked_up=marked_up, with_url=with_url), minimum, maximum)

    def rule(found: Findings, pointer: str, value: object) -> None:
        each(found, pointer, value)
        refuse_repeats(found, pointer, value)

    return rule


def refuse_repeats(found: Findings, pointer: str, value: object) -> None:
    seen: set[str] = set()
    for index, item in enumerate(value if isinstance(value, list) else ()):
        key = item.get("value") if isinstance(item, Mapping) else None
        if isinstance(key, str):
            if key in seen:
                found.refuse(step(step(pointer, index), "value"), f"option value already exists: {key}")
            seen.add(key)


def option_groups(*, minimum: int = 1) -> Rule:
    fields: dict[str, Rule] = {
        "label": plain(limits.GROUP_LABEL),
        "options": options(limits.SELECT_OPTIONS, minimum=minimum),
    }

    def group(found: Findings, pointer: str, value: object) -> None:
        check_object(found, pointer, value, fields, ("label", "options"))

    each = items(group, minimum, limits.OPTION_GROUPS)

    def rule(found: Findings, pointer: str, value: object) -> None:
        each(found, pointer, value)
        groups = [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, list) else []
        for index, one in enumerate(groups):
            earlier = {key for previous in groups[:index] for key in _values(previous)}
            for key in sorted(earlier & _values(one)):
                found.refuse(step(pointer, index), f"option value already exists: {key}")

    return rule


def _values(group: Mapping[str, object]) -> set[str]:
    listed = group.get("options")
    entries = listed if isinstance(listed, list) else []
    return {str(entry["value"]) for entry in entries if isinstance(entry, Mapping) and "value" in entry}
