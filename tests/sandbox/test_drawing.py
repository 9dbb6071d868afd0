"""Every block and element that we use is drawn, works as the page expects, and lets no typed text become HTML."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pytest

from gwannae.sandbox import drawing
from gwannae.sandbox.drawing import draw_blocks, draw_options
from gwannae.sandbox.state_values import read_state
from tests.sandbox.block_kit import (
    ELEMENTS,
    Json,
    actions,
    confirm,
    element,
    field,
    image,
    mrkdwn,
    option,
    options,
    plain,
    rich,
    section,
    table,
)

SEOUL = ZoneInfo("Asia/Seoul")
PEOPLE = {"U1": "김하나", "U2": "이두리", "C1": "가람과"}
BROKEN = "그릴 수 없는"
Tag = tuple[str, dict[str, str | None]]


class Reader(HTMLParser):
    """The start tags of a page with their attributes, and its words; it complains of tags that do not match."""

    VOID = ("input", "br", "hr", "img")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute of <{tag}> stands twice: {names}"
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str, **having: str) -> list[dict[str, str | None]]:
        wanted = {name.replace("_", "-"): value for name, value in having.items()}
        return [held for name, held in self.tags if name == tag and wanted.items() <= held.items()]

    def one(self, tag: str, **having: str) -> dict[str, str | None]:
        (found,) = self.all(tag, **having)
        return found


def draw(*blocks: Any, surface: Literal["message", "modal", "home"] = "message", **more: Any) -> Reader:
    return Reader(str(draw_blocks(blocks, surface=surface, container="m:C1:1.5", people=PEOPLE, zone=SEOUL, **more)))


def sent(held: dict[str, str | None]) -> Json:
    values: Json = json.loads(str(held["hx-vals"]))
    return values


def test_every_block_is_drawn() -> None:
    blocks: dict[str, Json] = {
        "section": section(fields=[mrkdwn("*칸*")], accessory=element("button")),
        "header": {"type": "header", "block_id": "b", "text": plain("머리")},
        "context": {"type": "context", "block_id": "b", "elements": [mrkdwn("작은 글"), small_image()]},
        "divider": {"type": "divider", "block_id": "b"},
        "actions": actions(element("button")),
        "image": image(title=plain("그림 제목")),
        "input": field(),
        "table": table(),
        "rich_text": {**rich("글월"), "block_id": "b"},
        "file": {"type": "file", "block_id": "b", "external_id": "F-1", "source": "remote"},
    }
    assert set(blocks) == drawing.BLOCKS
    for block in blocks.values():
        assert BROKEN not in draw(block).words
    page = draw(*blocks.values())
    for tag in ("h3", "hr", "table", "img", "button", "label"):
        assert page.all(tag)
    for words in ("칸", "머리", "작은 글", "누르기", "그림 제목", "이름", "글월", "F-1"):
        assert words in page.words


def small_image() -> Json:
    return {"type": "image", "image_url": "https://example.org/s.png", "alt_text": "작은 그림"}


@pytest.mark.parametrize("kind", sorted(ELEMENTS))
def test_every_element_is_drawn_where_it_may_stand(kind: str) -> None:
    assert kind in drawing.ELEMENTS
    in_input = kind not in ("button", "overflow")
    block = field(kind) if in_input else actions(element(kind))
    page = draw(block, surface="modal")
    assert BROKEN not in page.words
    if in_input:
        assert any(held.get("name") == "v|b|a" for _, held in page.tags)
    else:
        assert page.all("button", hx_post="/ui/action")


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ({"type": "video", "block_id": "b"}, "그릴 수 없는 블록: video"),
        ({"type": "<script>", "block_id": "b"}, "그릴 수 없는 블록: <script>"),
        ({"type": "__class__", "block_id": "b"}, "그릴 수 없는 블록: __class__"),
        ({"type": ["section"]}, "그릴 수 없는 블록: ['section']"),
        (None, "그릴 수 없는 블록: None"),
        ("글", "그릴 수 없는 블록: None"),
        ({"type": "section", "block_id": "b", "text": "글"}, "그릴 수 없는 블록: section"),
        ({"type": "header", "block_id": "b"}, "그릴 수 없는 블록: header"),
        ({"type": "table", "block_id": "b", "rows": 3}, "그릴 수 없는 블록: table"),
        ({"type": "rich_text", "block_id": "b", "elements": [{"type": "poem", "elements": []}]}, "블록: rich_text"),
        (actions({"type": "slider", "action_id": "a"}), "그릴 수 없는 요소: slider"),
        (actions({"type": "button", "action_id": "a"}), "그릴 수 없는 요소: button"),
    ],
)
def test_what_cannot_be_drawn_says_so_and_spares_the_rest(block: Any, words: str) -> None:
    page = draw(section(text=plain("앞")), block, section(text=plain("뒤")))
    assert words in page.words
    assert "앞" in page.words
    assert "뒤" in page.words
    assert page.one("div", **{"class": "b-broken"})["role"] == "alert"


def test_a_button_posts_where_it_stands_and_what_it_carries() -> None:
    held = draw(actions(element("button", value='{"n": "\'\\""}', style="primary"))).one("button")
    assert (held["type"], held["hx-post"], held["hx-swap"]) == ("button", "/ui/action", "none")
    assert sent(held) == {
        "container": "m:C1:1.5",
        "block_id": "b",
        "action_id": "a",
        "type": "button",
        "value": '{"n": "\'\\""}',
    }
    assert "b-primary" in str(held["class"])
    assert "hx-confirm" not in held


def test_a_button_in_a_form_takes_the_form_along_and_a_message_its_own_fields() -> None:
    assert draw(actions(element("button")), surface="modal").one("button")["hx-include"] == "closest form"
    assert draw(actions(element("button"))).one("button")["hx-include"] == "closest .b-blocks"


def test_a_button_asks_before_it_acts() -> None:
    held = draw(actions(element("button", style="danger", confirm=confirm()))).one("button")
    assert held["hx-confirm"] == "정말인가요\n\n되돌릴 수 있습니다."
    assert held["data-b-yes"] == "예"
    assert held["data-b-no"] == confirm()["deny"]["text"]
    assert "b-danger" in str(held["class"])


def test_a_button_with_an_address_is_a_link_that_also_posts() -> None:
    page = draw(actions(element("button", url="https://example.org/?a=1&b=2")))
    link = page.one("a")
    assert (link["href"], link["target"], link["rel"]) == (
        "https://example.org/?a=1&b=2",
        "_blank",
        "noopener noreferrer",
    )
    assert sent(page.one("span", hx_post="/ui/action"))["action_id"] == "a"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//example.org", "/ui"]
)
def test_an_address_that_is_no_web_address_is_never_a_link(url: str) -> None:
    menu = element("overflow", action_id="o", options=[{**option(), "url": url}])
    page = draw(actions(element("button", url=url), menu), image(image_url=url))
    assert page.all("a") == page.all("img") == []
    assert len(page.all("button")) == 2


def test_an_overflow_menu_posts_the_chosen_value() -> None:
    page = draw(actions(element("overflow")))
    assert [sent(held)["selected_option"] for held in page.all("button")] == ["0", "1"]
    assert page.one("summary")["aria-label"]


@pytest.mark.parametrize(
    "kind", ["static_select", "users_select", "channels_select", "conversations_select", "datepicker"]
)
def test_a_menu_posts_on_change_outside_a_form_and_not_in_it(kind: str) -> None:
    tag = "input" if kind == "datepicker" else "select"
    outside = draw(actions(element(kind))).one(tag, name="v|b|a")
    assert (outside["hx-post"], outside["hx-trigger"], outside["hx-swap"]) == ("/ui/action", "change", "none")
    assert sent(outside) == {"container": "m:C1:1.5", "block_id": "b", "action_id": "a", "type": kind}
    assert outside["aria-label"]
    assert "hx-post" not in draw(field(kind), surface="modal").one(tag, name="v|b|a")
    told = draw({**field(kind), "dispatch_action": True}, surface="modal").one(tag, name="v|b|a")
    assert told["hx-include"] == "closest form"


def test_a_menu_shows_its_groups_and_its_choice() -> None:
    listed = [{"label": plain("묶음"), "options": options(2)}]
    block = actions(
        {"type": "static_select", "action_id": "a", "option_groups": listed, "initial_option": options(2)[1]}
    )
    page = draw(block)
    assert page.one("optgroup")["label"] == "묶음"
    assert [held["value"] for held in page.all("option") if "selected" in held] == ["1"]


def test_menus_of_people_and_channels_offer_those_of_the_workspace() -> None:
    def offered(kind: str) -> list[str | None]:
        return [held["value"] for held in draw(actions(element(kind))).all("option")]

    assert offered("users_select") == ["", "U1", "U2"]
    assert offered("channels_select") == offered("conversations_select") == ["", "C1"]


@pytest.mark.parametrize(
    ("kind", "box"), [("checkboxes", "checkbox"), ("radio_buttons", "radio"), ("multi_users_select", "checkbox")]
)
def test_boxes_post_as_a_group_and_tell_that_they_were_shown(kind: str, box: str) -> None:
    page = draw(actions(element(kind)))
    assert page.one("input", type="hidden")["name"] == "p|b|a"
    assert {held["name"] for held in page.all("input", type=box)} == {"v|b|a"}
    assert page.one("div", hx_post="/ui/action")["hx-trigger"] == "change"


def test_a_form_field_has_its_label_hint_and_error() -> None:
    block = {**field(placeholder=plain("예) 명함")), "hint": plain("짧게"), "optional": True}
    page = draw(block, surface="modal", errors={"b": "금액을 읽지 못했습니다."})
    line = page.one("input", name="v|b|a")
    assert page.one("label")["for"] == line["id"]
    ids = {held["id"]: held for _, held in page.tags if "id" in held}
    assert [name for name in str(line["aria-describedby"]).split() if name in ids] == str(
        line["aria-describedby"]
    ).split()
    assert (line["aria-invalid"], line["placeholder"], line["maxlength"]) == ("true", "예) 명함", "100")
    assert page.one("p", role="alert")["id"] in str(line["aria-describedby"])
    for words in ("짧게", "(선택)", "금액을 읽지 못했습니다."):
        assert words in page.words


def test_a_required_field_says_so_and_an_optional_one_does_not() -> None:
    assert draw(field()).one("input", name="v|b|a")["aria-required"] == "true"
    page = draw({**field(), "optional": True})
    assert "aria-required" not in page.one("input", name="v|b|a")
    assert "(선택)" not in draw(field()).words


@pytest.mark.parametrize(
    ("config", "trigger"),
    [
        ({}, "b:entered"),
        ({"dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]}}, "b:entered"),
        (
            {"dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed", "on_character_entered"]}},
            "b:entered, input changed delay:250ms",
        ),
        ({"dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}, "input changed delay:250ms"),
    ],
)
def test_a_text_field_tells_the_app_when_it_asks_for_it(config: Json, trigger: str) -> None:
    page = draw({**field(**config), "dispatch_action": True}, surface="modal")
    line = page.one("input", name="v|b|a")
    assert line["hx-trigger"] == trigger
    assert ("data-b-enter" in line) == ("b:entered" in trigger)


def test_a_long_text_keeps_its_first_line_break() -> None:
    html = draw_blocks(
        [field(multiline=True, initial_value="\n둘째 줄")], surface="modal", container="v", people={}, zone=SEOUL
    )
    assert ">\n\n둘째 줄</textarea>" in html


def test_a_type_ahead_field_asks_for_options_and_keeps_its_choice() -> None:
    page = draw(field("external_select", initial_option=option("17", "가온인쇄")), surface="modal")
    box = page.one("input", role="combobox")
    assert (box["hx-get"], box["value"], box["data-b-least"]) == ("/ui/options", "가온인쇄", "0")
    assert "name" not in box
    unset = {**field(), "element": {"type": "external_select", "action_id": "a"}}
    assert draw(unset).one("input", role="combobox")["data-b-least"] == "3"
    assert sent(box)["action_id"] == "a"
    assert page.one("ul", role="listbox")["id"] == box["aria-controls"] == str(box["hx-target"])[1:]
    assert page.one("input", name="v|b|a")["value"] == "17"
    assert page.one("input", name="t|b|a")["value"] == "가온인쇄"
    assert "hx-post" not in page.one("input", name="v|b|a")
    told = draw({**field("external_select"), "dispatch_action": True}).one("input", name="v|b|a")
    assert (told["hx-post"], told["hx-trigger"]) == ("/ui/action", "b:chosen")


def test_suggestions_can_be_chosen_and_none_says_so() -> None:
    found = Reader(
        str(
            draw_options({"options": [{**option("1", "가온 &amp; 나래"), "description": plain("인쇄")}]}, "v", "b", "a")
        )
    )
    item = found.one("li", role="option")
    assert (item["data-b-value"], item["data-b-text"], item["id"]) == ("1", "가온 & 나래", item["id"])
    assert "인쇄" in found.words
    grouped = Reader(
        str(draw_options({"option_groups": [{"label": plain("관내"), "options": options(2)}]}, "v", "b", "a"))
    )
    assert "관내" in grouped.words
    assert len({held["id"] for held in grouped.all("li", role="option")}) == 2
    for empty in ({"options": []}, {"option_groups": []}, {"option_groups": [{"label": plain("빈"), "options": []}]}):
        assert "찾은 것이 없습니다" in Reader(str(draw_options(empty, "v", "b", "a"))).words


@pytest.mark.parametrize("kind", sorted(set(ELEMENTS) - {"button", "overflow"}))
def test_what_was_typed_stands_there_again_after_an_error(kind: str) -> None:
    typed = {
        "datepicker": "2031-05-06",
        "timepicker": "10:05",
        "users_select": "U2",
        "multi_users_select": "U2",
        "conversations_select": "C1",
        "channels_select": "C1",
        "multi_conversations_select": "C1",
        "multi_channels_select": "C1",
    }
    listed = kind in ("static_select", "multi_static_select", "checkboxes", "radio_buttons")
    value = typed.get(kind, "2" if listed else "다시 쓴 값")
    blocks = [field(kind)]
    form = {"v|b|a": value, "t|b|a": "고른 말"}
    page = draw(*blocks, surface="modal", state=read_state(blocks, form), errors={"b": "틀림"})
    shown = [h for _, h in page.tags if h.get("value") == value and {"selected", "checked"} & set(h)]
    shown += [
        h for h in page.all("input", name="v|b|a") if h.get("value") == value and h["type"] not in ("checkbox", "radio")
    ]
    assert len(shown) == 1 or value in page.words


def test_a_field_that_was_emptied_stays_empty_after_an_error() -> None:
    blocks = [field(initial_value="처음"), {**field("checkboxes", initial_options=options(1)), "block_id": "c"}]
    page = draw(*blocks, surface="modal", state=read_state(blocks, {"v|b|a": "", "p|c|a": "1"}))
    assert page.one("input", name="v|b|a")["value"] == ""
    assert not [held for held in page.all("input", type="checkbox") if "checked" in held]


def test_a_table_has_a_head_and_its_columns_their_alignment() -> None:
    settings = [{"align": "right"}, None, {"align": "center", "is_wrapped": True}]
    page = draw({**table(3, 4), "column_settings": settings})
    assert [held["class"] for held in page.all("th")] == ["b-right", "b-left", "b-center b-wrap", "b-left"]
    assert len(page.all("td")) == 8
    assert page.one("div", tabindex="0")["aria-label"] == "표"


def test_rich_text_is_drawn_with_its_styles() -> None:
    pieces = [
        {"type": "text", "text": "굵게", "style": {"bold": True, "italic": True}},
        {"type": "link", "url": "https://example.org", "text": "말"},
        {"type": "link", "url": "javascript:alert(1)", "text": "속임"},
        {"type": "user", "user_id": "U1"},
        {"type": "channel", "channel_id": "C1"},
        {"type": "usergroup", "usergroup_id": "S1"},
        {"type": "broadcast", "range": "here"},
        {"type": "emoji", "name": "tada", "unicode": "1f389"},
        {"type": "emoji", "name": "ours"},
        {"type": "date", "timestamp": 1_700_000_000, "format": "{date_num}", "fallback": "그날"},
        {"type": "color", "value": "#ff0000"},
    ]
    line = {"type": "rich_text_section", "elements": pieces}
    parts = [
        line,
        {"type": "rich_text_list", "style": "ordered", "offset": 2, "indent": 1, "elements": [line]},
        {"type": "rich_text_list", "style": "bullet", "elements": [line]},
        {"type": "rich_text_quote", "elements": pieces},
        {"type": "rich_text_preformatted", "elements": pieces[:1]},
    ]
    page = draw({"type": "rich_text", "block_id": "b", "elements": parts})
    for words in ("굵게", "말", "속임", "@김하나", "#가람과", "@S1", "@here", "🎉", ":ours:", "2023-11-15", "#ff0000"):
        assert words in page.words
    assert page.one("ol")["start"] == "3"
    assert {held["href"] for held in page.all("a")} == {"https://example.org"}
    assert len(page.all("strong")) == len(page.all("em")) == 5


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</textarea><svg onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]
ALLOWED_TAGS = {
    *("div", "span", "h3", "hr", "p", "br", "a", "img", "figure", "figcaption", "code", "pre", "strong", "em", "del"),
    *("u", "blockquote", "time", "ol", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "small", "details"),
    *("summary", "button", "form", "fieldset", "legend", "label", "input", "textarea", "select", "option", "optgroup"),
}


def poisoned(value: Any, poison: str, name: str = "") -> Any:
    """The same JSON with every text replaced that an app may choose freely."""
    if isinstance(value, dict):
        return {key: poisoned(content, poison, key) for key, content in value.items()}
    if isinstance(value, list):
        return [poisoned(content, poison, name) for content in value]
    fixed = ("type", "style", "align", "trigger_actions_on", "source", "range")
    return poison if isinstance(value, str) and name not in fixed else value


def everything() -> Iterator[Json]:
    yield section(fields=[mrkdwn(), plain()], accessory=element("button", confirm=confirm(), accessibility_label="글"))
    yield {"type": "header", "block_id": "b", "text": plain()}
    yield {"type": "context", "block_id": "b", "elements": [mrkdwn(), small_image()]}
    yield actions(element("button", url="https://example.org"), element("overflow", options=[{**option(), "url": "x"}]))
    yield image(title=plain())
    yield {**table(), "rows": [[{"type": "raw_text", "text": "글"}, rich()]]}
    yield {"type": "file", "block_id": "b", "external_id": "1", "source": "remote"}
    pieces = [
        {"type": "text", "text": "글"},
        {"type": "link", "url": "x", "text": "글"},
        {"type": "user", "user_id": "U"},
    ]
    pieces += [{"type": "emoji", "name": "x", "unicode": "x"}, {"type": "color", "value": "x"}]
    yield {"type": "rich_text", "block_id": "b", "elements": [{"type": "rich_text_quote", "elements": pieces}]}
    described = [{**option(), "description": plain()}]
    for kind in ELEMENTS:
        more: Json = {"placeholder": plain(), "confirm": confirm()}
        if "options" in ELEMENTS[kind]:
            more["options"] = described
        yield {**field(kind, **more), "hint": plain(), "dispatch_action": True}
        yield section(accessory=element(kind, **more))
    grouped = [{"label": plain(), "options": described}]
    yield actions({"type": "static_select", "action_id": "a", "option_groups": grouped})
    yield field("external_select", initial_option=option())
    yield field("plain_text_input", multiline=True, initial_value="글")
    yield {"type": "none", "block_id": "b"}


@pytest.mark.parametrize("poison", HOSTILE)
@pytest.mark.parametrize("surface", ["message", "modal", "home"])
def test_no_text_becomes_html(poison: str, surface: Literal["message", "modal", "home"]) -> None:
    people = {"U1": poison, "C1": poison, poison: poison}
    for block in everything():
        bad = poisoned(block, poison)
        html = str(
            draw_blocks([bad], surface=surface, container=poison, people=people, zone=SEOUL, errors={poison: poison})
        )
        page = Reader(html)
        assert {tag for tag, _ in page.tags} <= ALLOWED_TAGS
        assert not [name for _, held in page.tags for name in held if name.startswith("on")]
        assert "49" not in page.words
        assert all(str(held["src"]).startswith("https://") for held in page.all("img"))
    listed = poisoned({"option_groups": [{"label": plain(), "options": [option()]}]}, poison)
    items = Reader(str(draw_options(listed, poison, poison, poison)))
    assert {tag for tag, _ in items.tags} == {"li"}
    assert not [name for _, held in items.tags for name in held if name.startswith("on")]
