"""Slack's limits and the house rules: at the limit a payload passes, one over it is refused at the right place."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from gwannae.sandbox.payload_check import (
    Fault,
    check_message,
    check_options,
    check_response,
    check_submission_answer,
    check_view,
)
from tests.sandbox.block_kit import (
    ELEMENTS,
    Json,
    actions,
    confirm,
    element,
    field,
    home,
    image,
    many,
    message,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    raw,
    rich,
    section,
    table,
)


def seen(faults: list[Fault]) -> set[tuple[str, str]]:
    return {(fault.pointer, fault.code) for fault in faults}


def context(*elements: Json) -> Json:
    return {"type": "context", "block_id": "b", "elements": list(elements)}


def header(text: Json) -> Json:
    return {"type": "header", "block_id": "b", "text": text}


def groups(count: int, label: str = "묶음") -> list[Json]:
    return [{"label": plain(label), "options": [option(str(number))]} for number in range(count)]


def asking(**more: Any) -> Json:
    return actions(element("button", confirm={**confirm(), **more}))


def buttons(count: int) -> list[Json]:
    return [element("button", action_id=f"a{number}") for number in range(count)]


def with_text(block: Callable[[str], Json]) -> Callable[[int], Json]:
    return lambda length: block("가" * length)


# name, what is built for a number, the limit, where the fault is. Each is tried at the limit and one over.
BLOCK_LIMITS: list[tuple[str, Callable[[int], Json], int, str]] = [
    ("section text", with_text(lambda t: section(text=mrkdwn(t))), 3000, "/text/text"),
    ("fields", lambda n: section(fields=[mrkdwn()] * n), 10, "/fields"),
    ("field text", with_text(lambda t: section(fields=[plain(t)])), 2000, "/fields/0/text"),
    ("header text", with_text(lambda t: header(plain(t))), 150, "/text/text"),
    ("context elements", lambda n: context(*[mrkdwn()] * n), 10, "/elements"),
    ("context text", with_text(lambda t: context(mrkdwn(t))), 3000, "/elements/0/text"),
    ("actions elements", lambda n: actions(*buttons(n)), 25, "/elements"),
    ("block_id", with_text(lambda t: section(block_id=t)), 255, "/block_id"),
    ("action_id", with_text(lambda t: actions(element("button", action_id=t))), 255, "/elements/0/action_id"),
    ("button text", with_text(lambda t: actions(element("button", text=plain(t)))), 75, "/elements/0/text/text"),
    ("button value", with_text(lambda t: actions(element("button", value=t))), 2000, "/elements/0/value"),
    ("button url", with_text(lambda t: actions(element("button", url=t))), 3000, "/elements/0/url"),
    (
        "button label for screen readers",
        with_text(lambda t: actions(element("button", accessibility_label=t))),
        75,
        "/elements/0/accessibility_label",
    ),
    ("select options", lambda n: actions(element("static_select", options=options(n))), 100, "/elements/0/options"),
    (
        "options of a multiple menu",
        lambda n: actions(element("multi_static_select", options=options(n))),
        100,
        "/elements/0/options",
    ),
    (
        "option text",
        with_text(lambda t: actions(element("static_select", options=[option(text=t)]))),
        75,
        "/elements/0/options/0/text/text",
    ),
    (
        "option value",
        with_text(lambda t: actions(element("static_select", options=[option(t)]))),
        150,
        "/elements/0/options/0/value",
    ),
    (
        "option description",
        with_text(lambda t: actions(element("static_select", options=[{**option(), "description": plain(t)}]))),
        75,
        "/elements/0/options/0/description/text",
    ),
    (
        "option url",
        with_text(lambda t: actions(element("overflow", options=[{**option(), "url": t}]))),
        3000,
        "/elements/0/options/0/url",
    ),
    (
        "placeholder",
        with_text(lambda t: actions(element("external_select", placeholder=plain(t)))),
        150,
        "/elements/0/placeholder/text",
    ),
    ("overflow options", lambda n: actions(element("overflow", options=options(n))), 5, "/elements/0/options"),
    ("checkboxes", lambda n: actions(element("checkboxes", options=options(n))), 10, "/elements/0/options"),
    ("radio buttons", lambda n: actions(element("radio_buttons", options=options(n))), 10, "/elements/0/options"),
    ("confirm title", with_text(lambda t: asking(title=plain(t))), 100, "/elements/0/confirm/title/text"),
    ("confirm text", with_text(lambda t: asking(text=plain(t))), 300, "/elements/0/confirm/text/text"),
    ("confirm button", with_text(lambda t: asking(confirm=plain(t))), 30, "/elements/0/confirm/confirm/text"),
    ("deny button", with_text(lambda t: asking(deny=plain(t))), 30, "/elements/0/confirm/deny/text"),
    ("image url", with_text(lambda t: image(image_url=t)), 3000, "/image_url"),
    ("alt text", with_text(lambda t: image(alt_text=t)), 2000, "/alt_text"),
    ("image title", with_text(lambda t: image(title=plain(t))), 2000, "/title/text"),
    (
        "alt text of a small image",
        with_text(
            lambda t: section(accessory={"type": "image", "image_url": "https://example.org/a.png", "alt_text": t})
        ),
        2000,
        "/accessory/alt_text",
    ),
    ("input label", with_text(lambda t: {**field(), "label": plain(t)}), 2000, "/label/text"),
    ("input hint", with_text(lambda t: {**field(), "hint": plain(t)}), 2000, "/hint/text"),
    ("max_length", lambda n: field(max_length=n), 3000, "/element/max_length"),
    ("min_length", lambda n: field(min_length=n, max_length=3000), 3000, "/element/min_length"),
    (
        "initial text",
        with_text(lambda t: field(initial_value=t, max_length=3000)),
        3000,
        "/element/initial_value",
    ),
    ("initial text against max_length", with_text(lambda t: field(initial_value=t)), 100, "/element/initial_value"),
    ("files of a field", lambda n: field("file_input", max_files=n), 10, "/element/max_files"),
    ("selected items", lambda n: field("multi_users_select", max_selected_items=n), 100, "/element/max_selected_items"),
    (
        "file id",
        with_text(lambda t: {"type": "file", "block_id": "b", "external_id": t, "source": "remote"}),
        255,
        "/external_id",
    ),
    ("rich text indent", lambda n: points(indent=n), 8, "/elements/0/indent"),
]


def points(**more: Any) -> Json:
    line = {"type": "rich_text_section", "elements": [{"type": "text", "text": "점"}]}
    one = {"type": "rich_text_list", "style": "bullet", "elements": [line], **more}
    return {"type": "rich_text", "block_id": "b", "elements": [one]}


@pytest.mark.parametrize(("name", "build", "limit", "place"), BLOCK_LIMITS, ids=[row[0] for row in BLOCK_LIMITS])
def test_a_block_at_its_limit_passes_and_one_over_is_refused(
    name: str, build: Callable[[int], Json], limit: int, place: str
) -> None:
    assert check_message(message(build(limit))) == []
    assert seen(check_message(message(build(limit + 1)))) == {(f"/blocks/0{place}", "invalid_blocks")}


def test_groups_of_options_at_their_limit_pass_and_one_over_is_refused() -> None:
    def menu(listed: list[Json]) -> Json:
        kept = {name: content for name, content in element("static_select").items() if name != "options"}
        return message(actions({**kept, "option_groups": listed}))

    place = "/blocks/0/elements/0/option_groups"
    assert check_message(menu(groups(100))) == []
    assert seen(check_message(menu(groups(101)))) == {(place, "invalid_blocks")}
    assert check_message(menu(groups(1, "가" * 75))) == []
    assert seen(check_message(menu(groups(1, "가" * 76)))) == {(f"{place}/0/label/text", "invalid_blocks")}


MESSAGE_LIMITS: list[tuple[str, Callable[[int], Json], int, str, str]] = [
    ("blocks of a message", lambda n: message(*many(n, section)), 50, "/blocks", "invalid_blocks"),
    ("text of a message", lambda n: {"text": "가" * n}, 40_000, "/text", "msg_too_long"),
    (
        "text of all blocks",
        lambda n: message(*many(4, lambda: section(text=plain("가" * 2400))), section(text=plain("가" * (n - 9600)))),
        10_000,
        "/blocks",
        "msg_blocks_too_long",
    ),
    ("rows of a table", lambda n: message(table(rows=n)), 100, "/blocks/0/rows", "invalid_blocks"),
    ("columns of a table", lambda n: message(table(1, n)), 20, "/blocks/0/rows/0", "invalid_blocks"),
    (
        "tables of a message",
        lambda n: message(*many(n, table)),
        1,
        "/blocks/1",
        "invalid_blocks",
    ),
    (
        "column settings",
        lambda n: message({**table(), "column_settings": [None] * n}),
        20,
        "/blocks/0/column_settings",
        "invalid_blocks",
    ),
]


@pytest.mark.parametrize(
    ("name", "build", "limit", "place", "code"), MESSAGE_LIMITS, ids=[row[0] for row in MESSAGE_LIMITS]
)
def test_a_message_at_its_limit_passes_and_one_over_is_refused(
    name: str, build: Callable[[int], Json], limit: int, place: str, code: str
) -> None:
    assert check_message(build(limit)) == []
    assert seen(check_message(build(limit + 1))) == {(place, code)}


def test_a_table_holds_10000_characters_and_not_one_more() -> None:
    assert check_message(message(table(10, 10, "가" * 100))) == []
    over = table(10, 10, "가" * 100)
    over["rows"][3][4] = raw("가" * 101)
    assert ("/blocks/0/rows", "invalid_blocks") in seen(check_message(message(over)))


def test_markdown_is_counted_over_the_whole_message() -> None:
    def blocks(first: int, second: int) -> Json:
        return message(*({"type": "markdown", "block_id": f"m{n}", "text": "가" * n} for n in (first, second)))

    assert "invalid_blocks" not in {fault.code for fault in check_message(blocks(5999, 6001))}
    assert ("/blocks/1", "invalid_blocks") in seen(check_message(blocks(5999, 6002)))


VIEW_LIMITS: list[tuple[str, Callable[[int], Json], int, str]] = [
    ("blocks of a form", lambda n: modal(*many(n, section)), 100, "/blocks"),
    ("blocks of a Home tab", lambda n: home(*many(n, section)), 100, "/blocks"),
    ("title", lambda n: modal(title=plain("가" * n)), 24, "/title/text"),
    ("submit", lambda n: modal(submit=plain("가" * n)), 24, "/submit/text"),
    ("close", lambda n: modal(close=plain("가" * n)), 24, "/close/text"),
    ("private_metadata", lambda n: modal(private_metadata="가" * n), 3000, "/private_metadata"),
    ("callback_id", lambda n: modal(callback_id="가" * n), 255, "/callback_id"),
    ("external_id", lambda n: home(external_id="가" * n), 255, "/external_id"),
]


@pytest.mark.parametrize(("name", "build", "limit", "place"), VIEW_LIMITS, ids=[row[0] for row in VIEW_LIMITS])
def test_a_view_at_its_limit_passes_and_one_over_is_refused(
    name: str, build: Callable[[int], Json], limit: int, place: str
) -> None:
    assert check_view(build(limit)) == []
    assert seen(check_view(build(limit + 1))) == {(place, "invalid_arguments")}


def without(holder: Json, name: str) -> Json:
    return {key: content for key, content in holder.items() if key != name}


# name, block, place below /blocks/0
WRONG_BLOCKS: list[tuple[str, Any, str]] = [
    ("no object", "section", ""),
    ("null", None, ""),
    ("no type", without(section(), "type"), ""),
    ("type that is no text", section(type=["section"]), ""),
    ("unknown type", section(type="sektion"), ""),
    ("unknown field", section(texts=[]), ""),
    ("neither text nor fields", without(section(), "text"), ""),
    ("empty text", section(text=mrkdwn("")), "/text/text"),
    ("no fields in the list", section(fields=[]), "/fields"),
    ("text that is no object", section(text="글"), "/text"),
    ("text of an unknown kind", section(text={"type": "text", "text": "글"}), "/text/type"),
    ("text that is a number", section(text=mrkdwn(3)), "/text/text"),  # type: ignore[arg-type]
    ("unknown field in a text", section(text={**mrkdwn(), "colour": "red"}), "/text"),
    ("emoji in mrkdwn", section(text={**mrkdwn(), "emoji": True}), "/text"),
    ("verbatim in plain text", section(text={**plain(), "verbatim": True}), "/text"),
    ("expand that is no boolean", section(expand="yes"), "/expand"),
    ("mrkdwn in a header", header(mrkdwn()), "/text/type"),
    ("header without text", without(header(plain()), "text"), ""),
    ("empty context", context(), "/elements"),
    ("button in a context", context(element("button")), "/elements/0"),
    ("empty actions", actions(), "/elements"),
    ("text field in actions", actions(element("plain_text_input")), "/elements/0"),
    (
        "image in actions",
        actions({"type": "image", "image_url": "https://example.org/a", "alt_text": "글"}),
        "/elements/0",
    ),
    ("text field beside a section", section(accessory=element("plain_text_input")), "/accessory"),
    ("button in an input block", {**field(), "element": element("button")}, "/element"),
    ("overflow menu in an input block", {**field(), "element": element("overflow")}, "/element"),
    ("unknown element", actions({"type": "slider", "action_id": "a"}), "/elements/0"),
    ("unknown field in an element", actions(element("button", colour="red")), "/elements/0"),
    ("block_id that is no text", section(block_id=7), "/block_id"),
    ("style that does not exist", actions(element("button", style="default")), "/elements/0/style"),
    ("button without text", actions(without(element("button"), "text")), "/elements/0"),
    ("mrkdwn on a button", actions(element("button", text=mrkdwn())), "/elements/0/text/type"),
    ("menu without options", actions(without(element("static_select"), "options")), "/elements/0"),
    ("menu with no option", actions(element("static_select", options=[])), "/elements/0/options"),
    ("overflow menu with no option", actions(element("overflow", options=[])), "/elements/0/options"),
    ("menu with options and groups", actions(element("static_select", option_groups=groups(1))), "/elements/0"),
    ("boxes without options", actions(without(element("checkboxes"), "options")), "/elements/0"),
    (
        "option without value",
        actions(element("static_select", options=[{"text": plain()}])),
        "/elements/0/options/0",
    ),
    (
        "link in an option of a menu",
        actions(element("static_select", options=[{**option(), "url": "https://example.org"}])),
        "/elements/0/options/0",
    ),
    (
        "mrkdwn in an option of a menu",
        actions(element("static_select", options=[{"text": mrkdwn(), "value": "1"}])),
        "/elements/0/options/0/text/type",
    ),
    (
        "option value twice",
        actions(element("static_select", options=[option("같음"), option("같음", "둘")])),
        "/elements/0/options/1/value",
    ),
    (
        "option value twice over groups",
        actions(without(element("static_select", option_groups=[*groups(1), *groups(1)]), "options")),
        "/elements/0/option_groups/1",
    ),
    (
        "initial option from elsewhere",
        actions(element("static_select", initial_option=option("밖"))),
        "/elements/0/initial_option",
    ),
    (
        "initial option in other words",
        actions(element("radio_buttons", initial_option=option("0", "다른 말"))),
        "/elements/0/initial_option",
    ),
    (
        "initial option of boxes from elsewhere",
        actions(element("checkboxes", initial_options=[options(1)[0], option("밖")])),
        "/elements/0/initial_options/1",
    ),
    ("date in other figures", actions(element("datepicker", initial_date="2031-2-3")), "/elements/0/initial_date"),
    ("time in other figures", actions(element("timepicker", initial_time="9:30")), "/elements/0/initial_time"),
    ("image without description", without(image(), "alt_text"), ""),
    ("image with an empty description", image(alt_text=""), "/alt_text"),
    ("image without a source", without(image(), "image_url"), ""),
    ("image with two sources", image(slack_file={"id": "F1"}), ""),
    ("input without label", without(field(), "label"), ""),
    ("input without element", without(field(), "element"), ""),
    ("mrkdwn in a label", {**field(), "label": mrkdwn()}, "/label/type"),
    ("max_length of none", field(max_length=0), "/element/max_length"),
    ("max_length that is true", field(max_length=True), "/element/max_length"),
    ("min_length over max_length", field(min_length=101), "/element/min_length"),
    ("number field without its kind", {**field(), "element": {"type": "number_input", "action_id": "a"}}, "/element"),
    ("number that is none", field("number_input", min_value="많이"), "/element/min_value"),
    (
        "unknown trigger",
        field(dispatch_action_config={"trigger_actions_on": ["on_blur"]}),
        "/element/dispatch_action_config/trigger_actions_on/0",
    ),
    ("confirm without title", actions(element("button", confirm=without(confirm(), "title"))), "/elements/0/confirm"),
    ("confirm with mrkdwn title", asking(title=mrkdwn()), "/elements/0/confirm/title/type"),
    ("table without rows", without(table(), "rows"), ""),
    ("table of no rows", {**table(), "rows": []}, "/rows"),
    ("table with an empty row", {**table(), "rows": [[]]}, "/rows/0"),
    ("table with an empty cell", {**table(), "rows": [[raw("")]]}, "/rows/0/0/text"),
    (
        "table with an empty rich cell",
        {**table(), "rows": [[{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]}]]},
        "/rows/0/0/elements",
    ),
    ("table with a text object in a cell", {**table(), "rows": [[mrkdwn()]]}, "/rows/0/0"),
    (
        "table with an unknown alignment",
        {**table(), "column_settings": [{"align": "middle"}]},
        "/column_settings/0/align",
    ),
    ("rich text without parts", {"type": "rich_text", "block_id": "b", "elements": []}, "/elements"),
    (
        "rich text with an unknown part",
        {"type": "rich_text", "block_id": "b", "elements": [{"type": "text", "text": "글"}]},
        "/elements/0",
    ),
    (
        "rich text list without style",
        {"type": "rich_text", "block_id": "b", "elements": [without(points()["elements"][0], "style")]},
        "/elements/0",
    ),
    ("file that is not remote", {"type": "file", "block_id": "b", "external_id": "1", "source": "local"}, "/source"),
    ("alert in a message", {"type": "alert", "block_id": "b"}, ""),
]


@pytest.mark.parametrize(("name", "block", "place"), WRONG_BLOCKS, ids=[row[0] for row in WRONG_BLOCKS])
def test_a_wrong_block_is_refused_at_its_place(name: str, block: Any, place: str) -> None:
    assert seen(check_message(message(block))) == {(f"/blocks/0{place}", "invalid_blocks")}


PLACES = {
    "section": lambda one: section(accessory=one),
    "actions": actions,
    "input": lambda one: {**field(), "element": one},
}
ONLY_IN_INPUT = {
    "plain_text_input",
    "number_input",
    "email_text_input",
    "url_text_input",
    "rich_text_input",
    "file_input",
}
NEVER_IN_INPUT = {"button", "overflow"}


@pytest.mark.parametrize("kind", sorted(ELEMENTS))
@pytest.mark.parametrize("place", sorted(PLACES))
def test_an_element_stands_only_where_slack_allows_it(kind: str, place: str) -> None:
    forbidden = kind in (NEVER_IN_INPUT if place == "input" else ONLY_IN_INPUT)
    codes = {fault.code for fault in check_message(message(PLACES[place](element(kind))))}
    assert codes == ({"invalid_blocks"} if forbidden else set())


@pytest.mark.parametrize(
    ("block", "surfaces"),
    [
        (table(), {"message"}),
        ({"type": "file", "block_id": "b", "external_id": "1", "source": "remote"}, {"message"}),
        ({"type": "markdown", "block_id": "b", "text": "글"}, {"message"}),
        ({"type": "alert", "block_id": "b"}, {"modal"}),
        ({"type": "context_actions", "block_id": "b"}, {"message"}),
        ({"type": "video", "block_id": "b"}, {"message", "modal", "home"}),
        (section(), {"message", "modal", "home"}),
        (field(), {"message", "modal", "home"}),
        ({"type": "divider", "block_id": "b"}, {"message", "modal", "home"}),
        (points(), {"message", "modal", "home"}),
        (image(), {"message", "modal", "home"}),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else "",
)
def test_a_block_stands_only_on_its_surfaces(block: Json, surfaces: set[str]) -> None:
    passed = {
        "message": not check_message(message(block)),
        "modal": not check_view(modal(block)),
        "home": not check_view(home(block)),
    }
    assert {surface for surface, fine in passed.items() if fine} == surfaces


def test_ids_must_differ() -> None:
    twice = message(section(), section())
    assert seen(check_message(twice)) == {("/blocks/1/block_id", "invalid_blocks")}
    same = message(actions(element("button"), element("button")))
    assert seen(check_message(same)) == {("/blocks/0/elements/1/action_id", "invalid_blocks")}
    apart = message(actions(element("button")), {**actions(element("button")), "block_id": "c"})
    assert check_message(apart) == []


def test_only_one_element_has_the_focus() -> None:
    first = field(focus_on_load=True)
    second = {**field("static_select", focus_on_load=True), "block_id": "c"}
    assert check_view(modal(first)) == []
    assert seen(check_view(modal(first, second))) == {("/blocks/1/element/focus_on_load", "invalid_arguments")}


WRONG_VIEWS: list[tuple[str, Any, set[str]]] = [
    ("no object", [], {""}),
    ("no type", without(modal(), "type"), {"/type"}),
    ("unknown type", modal(type="dialog"), {"/type"}),
    ("no title", without(modal(), "title"), {""}),
    ("empty title", modal(title=plain("")), {"/title/text"}),
    ("mrkdwn title", modal(title=mrkdwn()), {"/title/type"}),
    ("no blocks", without(modal(), "blocks"), {""}),
    ("blocks that are no list", {**modal(), "blocks": {}}, {"/blocks"}),
    ("input without submit", without(modal(field()), "submit"), {""}),
    ("unknown field", modal(colour="red"), {""}),
    ("title on a Home tab", home(title=plain()), {""}),
    ("clear_on_close that is no boolean", modal(clear_on_close="true"), {"/clear_on_close"}),
]


@pytest.mark.parametrize(("name", "view", "places"), WRONG_VIEWS, ids=[row[0] for row in WRONG_VIEWS])
def test_a_wrong_view_is_refused_at_its_place(name: str, view: Any, places: set[str]) -> None:
    assert seen(check_view(view)) == {(place, "invalid_arguments") for place in places}


def test_a_form_without_fields_needs_no_submit_and_a_home_tab_never_does() -> None:
    assert check_view(without(modal(section()), "submit")) == []
    assert check_view(home(field())) == []


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({}, {("/text", "no_text")}),
        ({"text": ""}, {("/text", "no_text")}),
        ({"text": "", "blocks": []}, {("/text", "no_text")}),
        ({"text": "글"}, set()),
        ({"text": 3}, {("/text", "invalid_arguments")}),
        ({"text": "글", "blocks": {}}, {("/blocks", "invalid_blocks_format")}),
        ({"text": "글", "blocks": "[{"}, {("/blocks", "invalid_blocks_format")}),
        ({"text": "글", "blocks": json.dumps([section()])}, set()),
        ({"blocks": [section()]}, {("/text", "house_rule")}),
        ({"text": "  ", "blocks": [section()]}, {("/text", "house_rule")}),
        ({"text": "글", "attachments": [{"text": "옛것"}]}, {("/attachments", "house_rule")}),
    ],
)
def test_a_message_needs_a_text_and_a_list_of_blocks(payload: Json, expected: set[tuple[str, str]]) -> None:
    assert seen(check_message(payload)) == expected


@pytest.mark.parametrize(
    ("metadata", "places"),
    [
        ({"event_type": "receipt", "event_payload": {"id": 1}}, []),
        ('{"event_type": "receipt", "event_payload": {}}', []),
        ([], [""]),
        ("{", [""]),
        ({"event_payload": {}}, ["/event_type"]),
        ({"event_type": "", "event_payload": {}}, ["/event_type"]),
        ({"event_type": "receipt", "event_payload": "1"}, ["/event_payload"]),
        ({"event_type": "receipt", "event_payload": {}, "more": 1}, ["/more"]),
    ],
)
def test_metadata_has_a_type_and_an_object(metadata: Any, places: list[str]) -> None:
    faults = check_message({"text": "글", "metadata": metadata})
    assert seen(faults) == {(f"/metadata{place}", "invalid_metadata_format") for place in places}


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("가온 &amp; 나래 &lt;주&gt;", True),
        ("<https://example.org/?a=1&amp;b=2|누리집> <mailto:a@example.org|편지>", True),
        ("<@U0ABC> <#C0ABC|회계> <!date^1700000000^{date}|그날>", True),
        ("> 인용\n>>> 더", True),
        ("<!channel>", False),
        ("<!here|여기>", False),
        ("<!everyone>", False),
        ("<!subteam^S1|모두>", False),
        ("가온 & 나래", False),
        ("&copy;", False),
        ("3 < 4", False),
        ("4 > 3", False),
        ("<주>가온", False),
        ("<javascript:alert(1)|누리집>", False),
        ("<https://example.org|이름", False),
        ("<@u0abc>", False),
        ("`<!channel>`", False),
        ("<!date^어제^{date}|그날>", False),
    ],
)
def test_mrkdwn_must_be_escaped(text: str, fine: bool) -> None:
    inside = seen(check_message(message(section(text=mrkdwn(text)))))
    beside = seen(check_message({"text": text}))
    assert inside == (set() if fine else {("/blocks/0/text/text", "house_rule")})
    assert beside == (set() if fine else {("/text", "house_rule")})


def test_plain_text_needs_no_escaping() -> None:
    assert check_message(message(section(text=plain("3 < 4 & <!channel>")))) == []


@pytest.mark.parametrize(
    ("block", "place"),
    [
        (without(section(), "block_id"), ""),
        ({"type": "divider"}, ""),
        (actions(without(element("button"), "action_id")), "/elements/0"),
        ({**field(), "element": without(element("plain_text_input"), "action_id")}, "/element"),
        (section(text=plain("   ")), "/text/text"),
        ({**table(), "rows": [[raw(), raw()], [raw()]]}, "/rows"),
        (
            {
                "type": "rich_text",
                "block_id": "b",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "broadcast", "range": "here"}]}],
            },
            "/elements/0/elements/0",
        ),
        (
            {
                "type": "rich_text",
                "block_id": "b",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "usergroup", "usergroup_id": "S1"}]}],
            },
            "/elements/0/elements/0",
        ),
    ],
)
def test_what_slack_lets_pass_and_the_house_does_not(block: Json, place: str) -> None:
    assert seen(check_message(message(block))) == {(f"/blocks/0{place}", "house_rule")}


def test_a_rich_cell_may_hold_a_mention_alone() -> None:
    mention = {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U1"}]}],
    }
    assert check_message(message({**table(), "rows": [[mention, rich()]]})) == []


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({}, set()),
        ({"text": "글"}, set()),
        ({"text": "글", "response_type": "in_channel", "replace_original": False, "blocks": [section()]}, set()),
        ({"delete_original": True}, set()),
        ({"delete_original": False}, {("/text", "no_text")}),
        ({"response_type": "ephemeral"}, {("/text", "no_text")}),
        ({"text": "글", "response_type": "channel"}, {("/response_type", "invalid_arguments")}),
        ({"text": "글", "replace_original": "true"}, {("/replace_original", "invalid_arguments")}),
        ({"text": "글", "respone_type": "ephemeral"}, {("/respone_type", "house_rule")}),
        ({"text": "글", "blocks": [section(type="x")]}, {("/blocks/0", "invalid_blocks")}),
        ({"blocks": [section()]}, {("/text", "house_rule")}),
        (
            {"text": "글", "blocks": many(5, lambda: section(text=plain("가" * 2001)))},
            {("/blocks", "house_rule")},
        ),
    ],
)
def test_an_answer_to_a_command_is_judged(payload: Json, expected: set[tuple[str, str]]) -> None:
    assert seen(check_response(payload)) == expected


@pytest.mark.parametrize(
    ("payload", "places"),
    [
        ({}, []),
        ("", []),
        ({"response_action": "clear"}, []),
        ({"response_action": "errors", "errors": {"b": "다시 적어 주세요."}}, []),
        ({"response_action": "update", "view": modal()}, []),
        ({"response_action": "push", "view": modal(field())}, []),
        ([1], [""]),
        ({"errors": {"b": "글"}}, ["/response_action"]),
        ({"response_action": "close"}, ["/response_action"]),
        ({"response_action": ["errors"]}, ["/response_action"]),
        ({"response_action": "errors"}, [""]),
        ({"response_action": "errors", "errors": {}}, ["/errors"]),
        ({"response_action": "errors", "errors": {"b": ""}}, ["/errors/b"]),
        ({"response_action": "errors", "errors": {"": "글"}}, ["/errors/"]),
        ({"response_action": "errors", "errors": {"a/b~": None}}, ["/errors/a~1b~0"]),
        ({"response_action": "errors", "errors": {"없음": "글"}}, ["/errors/없음"]),
        ({"response_action": "update"}, [""]),
        ({"response_action": "update", "view": modal(title=plain("가" * 25))}, ["/view/title/text"]),
        ({"response_action": "clear", "view": modal()}, ["/view"]),
    ],
)
def test_an_answer_to_a_form_is_judged(payload: Any, places: list[str]) -> None:
    assert seen(check_submission_answer(payload, {"b", "a/b~", ""})) == {
        (place, "invalid_arguments") for place in places
    }


@pytest.mark.parametrize(
    ("payload", "places"),
    [
        ({"options": []}, []),
        ({"options": options(100)}, []),
        ({"option_groups": groups(2)}, []),
        ({"option_groups": []}, []),
        ({"options": options(101)}, ["/options"]),
        ({"options": [option(text="가" * 76)]}, ["/options/0/text/text"]),
        ({"options": [option("가" * 151)]}, ["/options/0/value"]),
        ({"options": [option(), option()]}, ["/options/1/value"]),
        ({"options": None}, ["/options"]),
        ({}, [""]),
        ({"options": [], "option_groups": []}, [""]),
        ({"options": [], "more": 1}, [""]),
        ([], [""]),
    ],
)
def test_suggestions_are_judged(payload: Any, places: list[str]) -> None:
    assert seen(check_options(payload)) == {(place, "invalid_arguments") for place in places}


@pytest.mark.parametrize("check", [check_message, check_response, check_view, check_submission_answer, check_options])
@pytest.mark.parametrize("junk", [None, 1, "글", [], [[]], {"a": {"b": []}}, float("nan")])
def test_no_json_however_odd_breaks_a_check(check: Callable[[Any], list[Fault]], junk: Any) -> None:
    odd: list[Any] = [
        {"type": junk},
        {"type": "section", "text": junk, "fields": junk, "accessory": junk, "block_id": junk},
    ]
    odd += [{"type": kind, "elements": junk, "rows": junk, "element": junk} for kind in ("actions", "table", "input")]
    odd += [{"type": "actions", "elements": [element(kind, options=junk, initial_option=junk)]} for kind in ELEMENTS]
    payload = {"text": junk, "blocks": odd, "metadata": junk, "type": "modal", "title": junk, "options": junk}
    assert check({**payload, "response_action": "update", "view": payload, "option_groups": [junk, {"options": junk}]})
