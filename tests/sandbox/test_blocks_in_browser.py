"""blocks.js and htmx in a real browser: type-ahead by keyboard and mouse, Enter, menus, links that also post."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

import gwannae.sandbox
from gwannae.sandbox.drawing import draw_blocks, draw_options
from tests.sandbox.block_kit import Json, actions, element, field, option

pytestmark = pytest.mark.browser
STATIC = Path(gwannae.sandbox.__file__).parent / "static"
FIRMS = ("가온인쇄", "나래인쇄", "다온기획")
SHELL = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/static/blocks.css">
<script src="/static/htmx.min.js"></script><script src="/static/blocks.js"></script><form>{}</form>"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("chromium-browser")
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


class Desk:
    """A page of blocks in the browser, and what the browser has asked and posted; requests are answered right here."""

    def __init__(self, browser: Browser, *blocks: Json) -> None:
        html = draw_blocks(blocks, surface="modal", container="v:V1", people={"U1": "김하나"}, zone=UTC)
        self.html = SHELL.format(html)
        self.asked: list[str] = []
        self.posted: list[dict[str, list[str]]] = []
        # Of the whole context, so that no new tab reaches the network either.
        context = browser.new_context()
        context.route("**/*", self._answer)
        self.page: Page = context.new_page()
        self.page.set_default_timeout(5_000)
        self.page.goto("http://desk.test/")

    def _answer(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        if address.path == "/":
            route.fulfill(body=self.html, content_type="text/html")
        elif address.path.startswith("/static/"):
            route.fulfill(path=STATIC / address.path.removeprefix("/static/"))
        elif address.path == "/ui/options":
            query = parse_qs(address.query, keep_blank_values=True)
            self.asked.append(query["value"][0])
            listed = [option(str(number), firm) for number, firm in enumerate(FIRMS) if query["value"][0] in firm]
            names = (query[name][0] for name in ("container", "block_id", "action_id"))
            route.fulfill(body=str(draw_options({"options": listed}, *names)), content_type="text/html")
        elif address.path == "/ui/action":
            self.posted.append(parse_qs(route.request.post_data or "", keep_blank_values=True))
            route.fulfill(status=204)
        else:
            route.abort()

    def held(self) -> tuple[str, str]:
        value, words = (self.page.locator(f"[name='{mark}|b|a']").input_value() for mark in "vt")
        return value, words


@pytest.fixture
def firm(browser: Browser) -> Iterator[Desk]:
    desk = Desk(browser, {**field("external_select"), "dispatch_action": True})
    yield desk
    desk.page.context.close()


def test_a_firm_is_found_and_chosen_by_keyboard(firm: Desk) -> None:
    box = firm.page.get_by_role("combobox")
    box.fill("인쇄")
    firm.page.get_by_role("option").nth(1).wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    box.press("ArrowDown")
    pointed = firm.page.locator("[aria-selected=true]")
    assert pointed.inner_text() == "나래인쇄"
    assert box.get_attribute("aria-activedescendant") == pointed.get_attribute("id")
    with firm.page.expect_response("**/ui/action"):
        box.press("Enter")
    assert firm.held() == ("1", "나래인쇄")
    assert firm.page.get_by_role("listbox").count() == 0
    assert firm.page.url == "http://desk.test/"
    assert [(held["type"], held["v|b|a"], held["t|b|a"]) for held in firm.posted] == [
        (["external_select"], ["1"], ["나래인쇄"])
    ]
    assert "value" not in firm.posted[0]


def test_a_firm_is_chosen_by_mouse_and_taken_back_by_emptying_the_field(firm: Desk) -> None:
    box = firm.page.get_by_role("combobox")
    box.fill("다온")
    with firm.page.expect_response("**/ui/action"):
        firm.page.get_by_role("option", name="다온기획").click()
    assert firm.held() == ("2", "다온기획")
    box.fill("")
    with firm.page.expect_response("**/ui/action"):
        box.blur()
    assert firm.held() == ("", "")
    assert [held["v|b|a"] for held in firm.posted] == [["2"], [""]]


def test_escape_closes_the_list_and_keeps_the_choice_before(firm: Desk) -> None:
    box = firm.page.get_by_role("combobox")
    box.fill("가온")
    firm.page.get_by_role("option", name="가온인쇄").click()
    box.fill("나래")
    firm.page.get_by_role("option", name="나래인쇄").wait_for()
    box.press("Escape")
    assert box.input_value() == "가온인쇄"
    assert firm.held() == ("0", "가온인쇄")
    assert box.get_attribute("aria-expanded") == "false"


@pytest.mark.parametrize("ask", ["click", "ArrowDown"])
def test_a_choice_that_is_there_unfolds_its_list_only_when_somebody_asks(browser: Browser, ask: str) -> None:
    desk = Desk(browser, field("external_select", initial_option=option("0", FIRMS[0])))
    box = desk.page.get_by_role("combobox")
    box.focus()
    desk.page.wait_for_timeout(300)  # longer than the page waits while somebody types
    assert desk.asked == []
    box.click() if ask == "click" else box.press(ask)
    desk.page.get_by_role("option", name=FIRMS[2]).wait_for()
    assert desk.asked == [""]
    desk.page.context.close()


def test_suggestions_for_what_is_no_longer_typed_cannot_be_chosen(firm: Desk) -> None:
    box = firm.page.get_by_role("combobox")
    box.focus()
    firm.page.get_by_role("option", name="다온기획").wait_for()
    box.press_sequentially("나래")
    assert firm.page.get_by_role("option", name="다온기획").count() == 0
    firm.page.get_by_role("option", name="나래인쇄").wait_for()
    assert firm.page.get_by_role("option").count() == 1


def test_a_list_is_asked_for_only_from_the_least_length_on(browser: Browser) -> None:
    desk = Desk(browser, field("external_select", min_query_length=2))
    box = desk.page.get_by_role("combobox")
    box.press_sequentially("인")
    desk.page.wait_for_timeout(300)
    assert desk.asked == []
    box.press_sequentially("쇄")
    desk.page.get_by_role("option").first.wait_for()
    assert desk.asked == ["인쇄"]
    desk.page.context.close()


def test_enter_in_a_field_tells_the_app_and_does_not_send_the_form(browser: Browser) -> None:
    desk = Desk(browser, {**field(), "dispatch_action": True})
    line = desk.page.get_by_role("textbox")
    line.fill("명함")
    with desk.page.expect_response("**/ui/action"):
        line.press("Enter")
    assert [held["v|b|a"] for held in desk.posted] == [["명함"]]
    assert desk.page.url == "http://desk.test/"
    desk.page.context.close()


def test_a_menu_closes_after_a_choice_and_a_link_also_posts(browser: Browser) -> None:
    link = element("button", action_id="u", url="https://example.org/")
    desk = Desk(browser, actions(element("overflow"), link, element("checkboxes", action_id="c")))
    desk.page.get_by_label("더 많은 작업").click()
    with desk.page.expect_response("**/ui/action"):
        desk.page.get_by_role("button", name="보기 1").click()
    assert not desk.page.get_by_role("button", name="보기 1").is_visible()
    with desk.page.expect_popup() as popup, desk.page.expect_response("**/ui/action"):
        desk.page.get_by_role("link").click()
    popup.value.close()
    with desk.page.expect_response("**/ui/action"):
        desk.page.get_by_label("보기 2").check()
    assert [held["action_id"] for held in desk.posted] == [["a"], ["u"], ["c"]]
    assert desk.posted[0]["selected_option"] == ["1"]
    assert desk.posted[2]["v|b|c"] == ["2"]
    desk.page.context.close()
