"""Small valid blocks, elements, views and messages for the tests to change in one place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Json = dict[str, Any]


def plain(text: str = "글") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "글") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str = "가", text: str = "하나") -> Json:
    return {"text": plain(text), "value": value}


def options(count: int) -> list[Json]:
    return [option(str(number), f"보기 {number}") for number in range(count)]


def confirm() -> Json:
    return {
        "title": plain("정말인가요"),
        "text": mrkdwn("되돌릴 수 있습니다."),
        "confirm": plain("예"),
        "deny": plain("아니요"),
    }


def raw(text: str = "칸") -> Json:
    return {"type": "raw_text", "text": text}


def rich(text: str = "칸") -> Json:
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}],
    }


ELEMENTS: dict[str, Json] = {
    "button": {"text": plain("누르기"), "value": "1"},
    "static_select": {"options": options(3), "placeholder": plain("고르기")},
    "external_select": {"min_query_length": 0, "placeholder": plain("찾기")},
    "users_select": {"placeholder": plain("사람")},
    "conversations_select": {"placeholder": plain("대화")},
    "channels_select": {"placeholder": plain("채널")},
    "multi_static_select": {"options": options(3), "max_selected_items": 2},
    "multi_users_select": {},
    "multi_conversations_select": {},
    "multi_channels_select": {},
    "overflow": {"options": options(2)},
    "datepicker": {"initial_date": "2031-02-03"},
    "timepicker": {"initial_time": "09:30"},
    "checkboxes": {"options": options(3)},
    "radio_buttons": {"options": options(3)},
    "plain_text_input": {"multiline": False, "max_length": 100},
    "number_input": {"is_decimal_allowed": False},
    "email_text_input": {},
    "url_text_input": {},
    "rich_text_input": {},
    "file_input": {"max_files": 1},
}


def element(kind: str, **more: Any) -> Json:
    return {"type": kind, "action_id": "a", **ELEMENTS[kind], **more}


def section(**more: Any) -> Json:
    return {"type": "section", "block_id": "b", "text": mrkdwn(), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "block_id": "b", "elements": list(elements)}


def field(kind: str = "plain_text_input", **more: Any) -> Json:
    """An input block; `more` goes into its element."""
    return {"type": "input", "block_id": "b", "label": plain("이름"), "element": element(kind, **more)}


def table(rows: int = 2, columns: int = 2, text: str = "칸") -> Json:
    return {"type": "table", "block_id": "b", "rows": [[raw(text) for _ in range(columns)] for _ in range(rows)]}


def image(**more: Any) -> Json:
    return {"type": "image", "block_id": "b", "image_url": "https://example.org/a.png", "alt_text": "막대 그림", **more}


def message(*blocks: Json) -> Json:
    return {"channel": "C1", "text": "글", "blocks": list(blocks)}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("제목"), "submit": plain("보내기"), "blocks": list(blocks), **more}


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks), **more}


def many(count: int, make: Callable[[], Json]) -> list[Json]:
    """`count` copies of a block, each with an id of its own."""
    return [{**make(), "block_id": f"b{number}"} for number in range(count)]
