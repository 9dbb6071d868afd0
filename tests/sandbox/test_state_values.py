"""What was typed and chosen reaches the app in the shapes in which Slack sends it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from starlette.datastructures import FormData, UploadFile

from gwannae.sandbox.state_values import action_payload, find_element, read_state
from tests.sandbox.block_kit import Json, actions, element, field, mrkdwn, option, options, plain, section


def sent(value: str, text: str) -> Json:
    return {"text": {"type": "plain_text", "text": text, "emoji": True}, "value": value}


# kind, what the element has besides, the fields, what Slack sends
TYPED: list[tuple[str, Json, dict[str, Any], Json]] = [
    ("plain_text_input", {}, {"v|b|a": "명함"}, {"value": "명함"}),
    ("plain_text_input", {}, {"v|b|a": "한 줄\r\n두 줄"}, {"value": "한 줄\n두 줄"}),
    ("plain_text_input", {}, {"v|b|a": ""}, {"value": None}),
    ("plain_text_input", {"initial_value": "처음"}, {"v|b|a": ""}, {"value": None}),
    ("plain_text_input", {"initial_value": "처음"}, {}, {"value": "처음"}),
    ("number_input", {}, {"v|b|a": "12"}, {"value": "12"}),
    ("email_text_input", {}, {"v|b|a": "a@example.org"}, {"value": "a@example.org"}),
    ("url_text_input", {}, {"v|b|a": "https://example.org"}, {"value": "https://example.org"}),
    (
        "rich_text_input",
        {},
        {"v|b|a": "글"},
        {
            "rich_text_value": {
                "type": "rich_text",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "글"}]}],
            }
        },
    ),
    ("static_select", {}, {"v|b|a": "1"}, {"selected_option": sent("1", "보기 1")}),
    ("static_select", {}, {"v|b|a": ""}, {"selected_option": None}),
    ("static_select", {}, {"v|b|a": "남의 것"}, {"selected_option": None}),
    ("static_select", {"initial_option": options(2)[1]}, {}, {"selected_option": sent("1", "보기 1")}),
    ("static_select", {}, {"v|b|a": ["0", "2"]}, {"selected_option": sent("2", "보기 2")}),
    ("radio_buttons", {}, {"p|b|a": "1", "v|b|a": "2"}, {"selected_option": sent("2", "보기 2")}),
    ("radio_buttons", {"initial_option": options(1)[0]}, {"p|b|a": "1"}, {"selected_option": None}),
    ("external_select", {}, {"v|b|a": "17", "t|b|a": "가온인쇄"}, {"selected_option": sent("17", "가온인쇄")}),
    ("external_select", {}, {"v|b|a": "", "t|b|a": ""}, {"selected_option": None}),
    ("users_select", {}, {"v|b|a": "U1"}, {"selected_user": "U1"}),
    ("users_select", {"initial_user": "U2"}, {}, {"selected_user": "U2"}),
    ("conversations_select", {}, {"v|b|a": "C1"}, {"selected_conversation": "C1"}),
    ("channels_select", {}, {"v|b|a": ""}, {"selected_channel": None}),
    ("datepicker", {}, {"v|b|a": "2031-05-06"}, {"selected_date": "2031-05-06"}),
    ("datepicker", {}, {"v|b|a": "2031-02-30"}, {"selected_date": None}),
    ("datepicker", {}, {"v|b|a": "20310506"}, {"selected_date": None}),
    ("datepicker", {}, {}, {"selected_date": "2031-02-03"}),
    ("timepicker", {}, {"v|b|a": "10:05"}, {"selected_time": "10:05"}),
    ("timepicker", {}, {"v|b|a": "25:00"}, {"selected_time": None}),
    (
        "checkboxes",
        {},
        {"p|b|a": "1", "v|b|a": ["0", "2"]},
        {"selected_options": [sent("0", "보기 0"), sent("2", "보기 2")]},
    ),
    ("checkboxes", {"initial_options": options(1)}, {"p|b|a": "1"}, {"selected_options": []}),
    ("checkboxes", {"initial_options": options(1)}, {}, {"selected_options": [sent("0", "보기 0")]}),
    ("multi_static_select", {}, {"v|b|a": ["1", "남의 것"]}, {"selected_options": [sent("1", "보기 1")]}),
    ("multi_users_select", {}, {"v|b|a": ["U1", "U2"]}, {"selected_users": ["U1", "U2"]}),
    ("multi_users_select", {"initial_users": ["U3"]}, {"p|b|a": "1"}, {"selected_users": []}),
    ("multi_conversations_select", {}, {}, {"selected_conversations": []}),
    ("multi_channels_select", {}, {"v|b|a": "C1"}, {"selected_channels": ["C1"]}),
]


@pytest.mark.parametrize(("kind", "more", "fields", "expected"), TYPED)
def test_a_field_becomes_what_slack_sends(kind: str, more: Json, fields: dict[str, Any], expected: Json) -> None:
    blocks = [field(kind, **more)]
    pairs = [(name, one) for name, held in fields.items() for one in ([held] if isinstance(held, str) else held)]
    wanted = {"b": {"a": {"type": kind, **expected}}}
    assert read_state(blocks, fields) == wanted
    assert read_state(blocks, FormData(pairs)) == wanted


def test_every_block_that_holds_a_value_is_there_and_no_other() -> None:
    blocks = [
        section(accessory=element("static_select")),
        {
            **actions(element("button", action_id="x"), element("datepicker"), element("overflow", action_id="y")),
            "block_id": "c",
        },
        {**field(), "block_id": "d"},
        {"type": "divider", "block_id": "e"},
    ]
    values = read_state(blocks, {})
    assert {block: set(held) for block, held in values.items()} == {"b": {"a"}, "c": {"a"}, "d": {"a"}}


def test_an_uploaded_file_is_no_text() -> None:
    form = FormData([("v|b|a", UploadFile(file=BytesIO(b"x"), filename="x"))])
    assert read_state([field()], form)["b"]["a"] == {"type": "plain_text_input", "value": None}


def test_an_option_comes_back_with_its_description_and_its_kind_of_text() -> None:
    offered = {"text": mrkdwn("*하나*"), "value": "1", "description": plain("더")}
    held = read_state([field("checkboxes", options=[offered])], {"p|b|a": "1", "v|b|a": "1"})
    assert held["b"]["a"]["selected_options"] == [
        {
            "text": {"type": "mrkdwn", "text": "*하나*", "verbatim": False},
            "value": "1",
            "description": {"type": "plain_text", "text": "더", "emoji": True},
        }
    ]


def test_an_element_is_found_by_its_ids_in_every_kind_of_block() -> None:
    button, menu, line = element("button"), element("static_select"), element("plain_text_input")
    blocks = [
        section(accessory=button),
        {**actions(element("button", action_id="x"), menu), "block_id": "c"},
        {**field(), "block_id": "d", "element": line},
    ]
    assert find_element(blocks, "b", "a") == button
    assert find_element(blocks, "c", "a") == menu
    assert find_element(blocks, "d", "a") == line
    assert find_element(blocks, "c", "z") is None
    assert find_element(blocks, "z", "a") is None


def groups() -> Json:
    listed = [{"label": plain("묶음"), "options": [option("7", "일곱")]}]
    return {"type": "static_select", "action_id": "a", "option_groups": listed}


BASE = {"action_id": "a", "block_id": "b", "action_ts": "12.3"}
ACTIONS: list[tuple[Json, dict[str, Any], Json]] = [
    (
        element("button", text=plain("상세"), value="17", style="primary"),
        {"value": "다른 값"},
        {"text": {"type": "plain_text", "text": "상세", "emoji": True}, "value": "17", "style": "primary"},
    ),
    (
        {"type": "button", "action_id": "a", "text": plain("열기"), "url": "https://example.org"},
        {},
        {"text": {"type": "plain_text", "text": "열기", "emoji": True}, "url": "https://example.org"},
    ),
    (element("overflow"), {"selected_option": "1"}, {"selected_option": sent("1", "보기 1")}),
    (
        element("static_select", initial_option=options(1)[0]),
        {"v|b|a": "2"},
        {
            "selected_option": sent("2", "보기 2"),
            "initial_option": sent("0", "보기 0"),
            "placeholder": {"type": "plain_text", "text": "고르기", "emoji": True},
        },
    ),
    (groups(), {"v|b|a": "7"}, {"selected_option": sent("7", "일곱")}),
    (
        {"type": "external_select", "action_id": "a"},
        {"v|b|a": "17", "t|b|a": "가온인쇄"},
        {"selected_option": sent("17", "가온인쇄")},
    ),
    (
        {"type": "external_select", "action_id": "a"},
        {"value": ["17"], "text": ["가온인쇄"]},
        {"selected_option": sent("17", "가온인쇄")},
    ),
    ({"type": "datepicker", "action_id": "a"}, {"value": "2031-01-02"}, {"selected_date": "2031-01-02"}),
    ({"type": "users_select", "action_id": "a"}, {"v|b|a": "U1"}, {"selected_user": "U1"}),
    ({"type": "multi_users_select", "action_id": "a"}, {"value": []}, {"selected_users": []}),
    ({"type": "plain_text_input", "action_id": "a"}, {"v|b|a": "글"}, {"value": "글"}),
    (
        {"type": "checkboxes", "action_id": "a", "options": options(2), "initial_options": options(1)},
        {"p|b|a": "1"},
        {"selected_options": [], "initial_options": [sent("0", "보기 0")]},
    ),
]


@pytest.mark.parametrize(("one", "fields", "expected"), ACTIONS)
def test_an_action_becomes_what_slack_sends(one: Json, fields: dict[str, Any], expected: Json) -> None:
    action = action_payload(one, {"block_id": "b", **fields}, "12.3")
    assert action == {"type": one["type"], **BASE, **expected}


def test_an_overflow_menu_refuses_what_it_does_not_offer() -> None:
    with pytest.raises(ValueError, match="no such option"):
        action_payload(element("overflow"), {"block_id": "b", "selected_option": "99"}, "1.0")


def test_without_a_block_id_the_caller_adds_it() -> None:
    assert "block_id" not in action_payload(element("button"), {}, "1.0")
