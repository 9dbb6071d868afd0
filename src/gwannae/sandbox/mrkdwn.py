"""Slack's mrkdwn as safe HTML, drawn as Slack draws it.

Bold, italic and strike need a word boundary on both sides, as in Slack: `*가온*입니다` stays as typed. That is a trap
for Korean, so the page shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from itertools import groupby

from markupsafe import Markup, escape

_WEEKDAYS = "월화수목금토일"
_BLOCK_CODE = re.compile(r"```(.+?)```", re.DOTALL)
_QUOTE = re.compile(r"(?:&gt;|>) ?")
_PIECE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|<(?P<angle>[^<>\n]+)>"
    r"|(?<![\w*])\*(?P<b>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])"
    r"|(?<![\w_])_(?P<i>[^\s_](?:[^_\n]*[^\s_])?)_(?![\w_])"
    r"|(?<![\w~])~(?P<s>[^\s~](?:[^~\n]*[^\s~])?)~(?![\w~])"
)
_STYLED = {
    "b": Markup("<strong>{}</strong>"),
    "i": Markup("<em>{}</em>"),
    "s": Markup("<del>{}</del>"),
}
_LINK = re.compile(r"https?://|mailto:|tel:", re.IGNORECASE)
_DATE = re.compile(r"!date\^(\d{1,11})\^([^|^]*)(?:\^([^|]*))?(?:\|(.*))?")


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read in place of ids and moments: names of people and channels by id, and the workspace's time zone."""

    people: Mapping[str, str]
    zone: tzinfo


def unescaped(text: str) -> str:
    """The three entities that Slack knows, once."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def draw_plain(text: str) -> Markup:
    """The text of a plain_text object: entities read once, line breaks kept, nothing else has a meaning."""
    return _lines(escape(unescaped(text)))


def to_html(text: str, reading: Reading) -> Markup:
    """mrkdwn as HTML; an unknown id is shown as it is."""
    # A leading line break inside ``` is not drawn, nor one that only ends the paragraph before it.
    parts = _BLOCK_CODE.split(text)
    drawn = []
    for index, part in enumerate(parts):
        if index % 2:
            drawn.append(Markup("<pre class='b-code-block'>{}</pre>").format(_code(part.strip("\n"))))
        else:
            inner = part.removeprefix("\n") if index else part
            inner = inner.removesuffix("\n") if index + 1 < len(parts) else inner
            drawn.append(_paragraphs(inner, reading))
    return Markup("").join(drawn)


def _paragraphs(text: str, reading: Reading) -> Markup:
    drawn = []
    for quoted, group in groupby(text.split("\n"), key=lambda line: _QUOTE.match(line) is not None):
        lines = [_QUOTE.sub("", line, count=1) if quoted else line for line in group]
        inner = Markup("<br>").join(_inline(line, reading) for line in lines)
        drawn.append(Markup("<blockquote class='b-quote'>{}</blockquote>").format(inner) if quoted else inner)
    return Markup("").join(drawn)


def _inline(text: str, reading: Reading) -> Markup:
    return Markup("").join(_pieces(text, reading))


def _pieces(text: str, reading: Reading) -> Iterator[Markup]:
    at = 0
    for match in _PIECE.finditer(text):
        yield escape(unescaped(text[at : match.start()]))
        at = match.end()
        kind, inner = match.lastgroup, match[str(match.lastgroup)]
        if kind == "code":
            yield Markup("<code class='b-code'>{}</code>").format(_code(inner))
        elif kind == "angle":
            yield _angle(inner, reading)
        else:
            yield _STYLED[str(kind)].format(_inline(inner, reading))
    yield escape(unescaped(text[at:]))


def _code(text: str) -> Markup:
    """Inside code, a link shows its words and nothing is clickable."""
    plain = re.sub(r"<(?:[^<>|]*\|)?([^<>]*)>", r"\1", text)
    return escape(unescaped(plain))


def _angle(inner: str, reading: Reading) -> Markup:
    target, _, label = inner.partition("|")
    if target[:1] in ("@", "#"):
        name = reading.people.get(target[1:]) or label or target[1:]
        return Markup("<span class='b-mention'>{}{}</span>").format(target[0], unescaped(name).lstrip("@#"))
    if date := _DATE.fullmatch(inner):
        return _date(date, reading.zone)
    if target.startswith("!"):
        return Markup("<span class='b-mention b-crowd'>@{}</span>").format(target[1:])
    if not _LINK.match(target):
        return escape(f"<{unescaped(inner)}>")
    return draw_link(unescaped(target), draw_plain(label or target))


def draw_link(url: str, words: Markup) -> Markup:
    """A link that opens a new tab; anything but http, https, mailto and tel stays words."""
    if not _LINK.match(url):
        return words
    return Markup("<a class='b-link' href='{}' target='_blank' rel='noopener noreferrer'>{}</a>").format(url, words)


def _date(match: re.Match[str], zone: tzinfo) -> Markup:
    seconds, pattern, url, fallback = match.groups()
    drawn = draw_date(int(seconds), unescaped(pattern), unescaped(fallback or ""), zone)
    return draw_link(unescaped(url), drawn) if url else drawn


def draw_date(seconds: int, pattern: str, fallback: str, zone: tzinfo) -> Markup:
    """A moment (Unix seconds) in Slack's date pattern; the fallback where the moment or the pattern cannot be read."""
    try:
        moment = datetime.fromtimestamp(seconds, UTC).astimezone(zone)
    except (OverflowError, ValueError, OSError):
        return escape(fallback)
    day = f"{moment.year}년 {moment.month}월 {moment.day}일"
    clock = f"{'오전' if moment.hour < 12 else '오후'} {moment.hour % 12 or 12}:{moment:%M}"
    tokens = {
        "date_num": f"{moment:%Y-%m-%d}",
        "date": day,
        "date_pretty": day,
        "date_short": day,
        "date_short_pretty": day,
        "date_long": f"{day} {_WEEKDAYS[moment.weekday()]}요일",
        "date_long_pretty": f"{day} {_WEEKDAYS[moment.weekday()]}요일",
        "time": clock,
        "time_secs": f"{clock}:{moment:%S}",
    }
    shown = re.sub(r"\{(\w+)\}", lambda token: tokens.get(token[1], token[0]), pattern)
    return Markup("<time datetime='{}'>{}</time>").format(moment.isoformat(), shown)


def _lines(text: Markup) -> Markup:
    return Markup("<br>").join(Markup(line) for line in text.split("\n"))  # noqa: S704 (the text is escaped already)
