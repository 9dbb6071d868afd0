"""Small builders of Block Kit dicts. Every block has a block_id, every control an action_id, every text its bound.

Texts from people or files must come through `escape` before they enter mrkdwn; plain_text needs none.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from gwannae.programme.hangul import fold, shorten

Block = dict[str, Any]

SECTION_LIMIT = 3000
HEADER_LIMIT = 150
BUTTON_LIMIT = 75
OPTION_LIMIT = 75
PLACEHOLDER_LIMIT = 150
ALT_LIMIT = 2000
TITLE_LIMIT = 2000


@lru_cache(4096)  # the same items, districts and tags stand in every answer
def escape(text: str) -> str:
    """Make a foreign text safe inside mrkdwn: a firm named <!channel> must not ring the channel."""
    return fold_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_lines(text: str) -> str:
    """The same for a page of text: its line breaks and its runs of spaces stay."""
    return "\n".join(" ".join(escape(piece) for piece in line.split(" ")) for line in text.split("\n"))


def fold_line(text: str) -> str:
    """One line without control characters; letters, case and width stay as the source wrote them."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())


def plain(text: str, limit: int) -> Block:
    """A plain_text object, cut to a limit; Slack refuses an empty one, so an empty text becomes a dash."""
    return {"type": "plain_text", "text": shorten(fold_line(text), limit) or "–", "emoji": False}


def mrkdwn(text: str, limit: int = SECTION_LIMIT) -> Block:
    """A mrkdwn object; foreign parts of `text` must be escaped already."""
    return {"type": "mrkdwn", "text": shorten(text, limit) or "–", "verbatim": True}


def section(block_id: str, text: str, accessory: Block | None = None) -> Block:
    """A paragraph, with one control beside it if need be."""
    block: Block = {"type": "section", "block_id": block_id, "text": mrkdwn(text)}
    if accessory:
        block["accessory"] = accessory
    return block


def fields(block_id: str, pairs: Sequence[str]) -> Block:
    """Up to ten short texts in two columns."""
    return {"type": "section", "block_id": block_id, "fields": [mrkdwn(text, 2000) for text in pairs[:10]]}


def header(block_id: str, text: str) -> Block:
    """A title line."""
    return {"type": "header", "block_id": block_id, "text": plain(text, HEADER_LIMIT)}


def context(block_id: str, *texts: str) -> Block:
    """Small print: who sees this, what the figures leave out."""
    return {"type": "context", "block_id": block_id, "elements": [mrkdwn(text) for text in texts[:10]]}


def divider(block_id: str) -> Block:
    """A line."""
    return {"type": "divider", "block_id": block_id}


def picture(block_id: str, file_id: str, alt: str, title: str) -> Block:
    """A picture that was uploaded before; `alt` says what it shows."""
    return {
        "type": "image",
        "block_id": block_id,
        "slack_file": {"id": file_id},
        "alt_text": shorten(fold_line(alt), ALT_LIMIT),
        "title": plain(title, TITLE_LIMIT),
    }


def actions(block_id: str, elements: Sequence[Block]) -> Block:
    """A row of controls; at most 25."""
    return {"type": "actions", "block_id": block_id, "elements": list(elements)[:25]}


def button(
    action_id: str, text: str, value: str = "", *, style: str | None = None, confirm: Block | None = None
) -> Block:
    """A button. `value` (at most 2000 characters) comes back when it is pressed."""
    element: Block = {"type": "button", "action_id": action_id, "text": plain(text, BUTTON_LIMIT)}
    if value:
        element["value"] = value
    if style:
        element["style"] = style
    if confirm:
        element["confirm"] = confirm
    return element


def link_button(action_id: str, text: str, url: str) -> Block:
    """A button that opens an address (at most 3000 characters) in the browser; the bot is told of the press as well."""
    return {"type": "button", "action_id": action_id, "text": plain(text, BUTTON_LIMIT), "url": url}


def confirmation(title: str, text: str, yes: str, no: str = "그만두기") -> Block:
    """The question asked before something that is not undone by pressing again."""
    return {"title": plain(title, 100), "text": plain(text, 300), "confirm": plain(yes, 30), "deny": plain(no, 30)}


def option(text: str, value: str, description: str = "") -> Block:
    """One choice of a menu; `value` at most 150 characters."""
    choice: Block = {"text": plain(text, OPTION_LIMIT), "value": value}
    if description:
        choice["description"] = plain(description, OPTION_LIMIT)
    return choice


def static_select(action_id: str, placeholder: str, options: Sequence[Block], initial: str | None = None) -> Block:
    """A menu of at most 100 choices; `initial` is the value of the one chosen at first."""
    element: Block = {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, PLACEHOLDER_LIMIT),
        "options": list(options)[:100],
    }
    chosen = next((o for o in element["options"] if o["value"] == initial), None)
    if chosen:
        element["initial_option"] = chosen
    return element


def multi_select(action_id: str, placeholder: str, options: Sequence[Block], initial: Sequence[str] = ()) -> Block:
    """A menu of at most 100 choices of which several may be chosen; `initial` are values of those chosen at first."""
    element = {**static_select(action_id, placeholder, options), "type": "multi_static_select"}
    if chosen := [o for o in element["options"] if o["value"] in initial]:
        element["initial_options"] = chosen
    return element


def external_select(action_id: str, placeholder: str, initial: Block | None = None, least: int = 1) -> Block:
    """A menu whose choices the bot is asked for while the person types."""
    element: Block = {
        "type": "external_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, PLACEHOLDER_LIMIT),
        "min_query_length": least,
    }
    if initial:
        element["initial_option"] = initial
    return element


def users_select(action_id: str, placeholder: str) -> Block:
    """A menu of the workspace's people."""
    return {
        "type": "users_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, PLACEHOLDER_LIMIT),
    }


def text_input(action_id: str, *, initial: str = "", placeholder: str = "", limit: int = 200) -> Block:
    """A line to type in."""
    element: Block = {"type": "plain_text_input", "action_id": action_id, "max_length": limit}
    if initial:
        element["initial_value"] = initial[:limit]
    if placeholder:
        element["placeholder"] = plain(placeholder, PLACEHOLDER_LIMIT)
    return element


def datepicker(action_id: str, initial: str | None = None) -> Block:
    """A day; `initial` as 2027-06-15."""
    element: Block = {"type": "datepicker", "action_id": action_id, "placeholder": plain("날짜 고르기", 150)}
    if initial:
        element["initial_date"] = initial
    return element


def input_block(
    block_id: str,
    label: str,
    element: Block,
    *,
    hint: str = "",
    optional: bool = False,
    dispatch: bool = False,
) -> Block:
    """A field of a form."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, 2000),
        "element": element,
        "optional": optional,
    }
    if hint:
        block["hint"] = plain(hint, 2000)
    if dispatch:
        block["dispatch_action"] = True
    return block


def table(block_id: str, rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> Block:
    """A table; the first row is its head, columns in `right` stand to the right. Empty cells become a dash."""
    width = max(len(row) for row in rows)
    return {
        "type": "table",
        "block_id": block_id,
        "column_settings": [{"align": "right" if i in right else "left", "is_wrapped": i == 1} for i in range(width)],
        "rows": [[{"type": "raw_text", "text": fold_line(cell) or "–"} for cell in row] for row in rows[:100]],
    }


def modal(
    callback_id: str,
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str | None = None,
    close: str = "닫기",
    memo: str = "",
) -> Block:
    """A form or a page over the conversation; `memo` (at most 3000 characters) comes back with it."""
    view: Block = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title, 24),
        "close": plain(close, 24),
        "blocks": list(blocks)[:100],
    }
    if submit:
        view["submit"] = plain(submit, 24)
    if memo:
        view["private_metadata"] = memo
    return view


def message(text: str, blocks: Sequence[Block] = ()) -> Mapping[str, Any]:
    """A message: `text` alone must be enough (notifications, screen readers); foreign parts escaped."""
    answer: Block = {"text": text}
    if blocks:
        answer["blocks"] = list(blocks)[:50]
    return answer


def ephemeral(text: str, blocks: Sequence[Block] = ()) -> dict[str, Any]:
    """An answer that only the asker sees."""
    return {"response_type": "ephemeral", **message(text, blocks)}


def tags(labels: Sequence[str]) -> str:
    """Small tags: `여성기업` `직접생산`."""
    return " ".join(f"`{escape(label)}`" for label in labels)


def key(text: str) -> str:
    """A text as people compare it; used for the quoted word of a query."""
    return escape(fold(text))
