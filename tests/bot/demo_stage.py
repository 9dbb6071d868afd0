"""The real demo, served for a browser, and what a person does in front of it."""

import asyncio
import shutil
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect, sync_playwright

from gwannae.bot.demo import Demo, build_demo, demo_city
from gwannae.bot.demo_clock import DemoClock
from gwannae.bot.demo_year import TEAM_ID, demo_organisations, sow
from gwannae.bot.start import toolkit_for
from gwannae.programme.purchases import Purchase
from gwannae.readers.city_file import read_city, shipped_cities
from gwannae.sandbox.workspace import Workspace
from gwannae.storage import purchases
from tests.serving import free_port, serve

T = TypeVar("T")

STAFF, LEAD, OFFICE, SECOND = "U0STAFF", "U0LEAD", "U0OFFICE", "U0SECOND"
NEWCOMER, INSTITUTION = "U0NEWCOMER", "U0INSTITUTION"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE = 5_000
"""Milliseconds that a person waits for what must come by itself."""
DESK, PHONE = (1280, 900), (375, 800)


@dataclass(frozen=True, slots=True)
class Stage:
    """The served demo: what the page knows (`workspace`), what is kept, and a way into the server's own thread."""

    address: str
    demo: Demo
    loop: asyncio.AbstractEventLoop

    @property
    def workspace(self) -> Workspace:
        return self.demo.sandbox.workspace

    def run(self, awaitable: Awaitable[T]) -> T:
        """Let something happen in the server's thread, and wait for it."""

        async def happen() -> T:
            return await awaitable

        return asyncio.run_coroutine_threadsafe(happen(), self.loop).result(timeout=10)

    def settle(self) -> None:
        """Wait until bot and workspace have nothing more to say to each other."""
        self.run(self.demo.sandbox.driver.settle())

    def clear_windows(self, user: str) -> None:
        """Put away what a test has left open: it would cover the page of the next one."""

        async def clear() -> None:
            self.workspace.views.clear(user)

        self.run(clear())

    def reports(self, user: str, title: str) -> list[Purchase]:
        """The stored purchases of this title that a person has reported."""
        with self.demo.toolkit.database.read() as tx:
            return [p for p in purchases.recent_of(tx, TEAM_ID, user, 10_000) if p.draft.title == title]

    def wait_for_reports(self, number: int, user: str, title: str) -> None:
        """Wait until that many are stored: the bot may still be at it when the page has given up."""
        end = time.monotonic() + PATIENCE / 1000
        while len(self.reports(user, title)) != number:
            assert time.monotonic() < end, f"‘{title}’ was not stored {number} times"
            time.sleep(0.02)

    def channel(self, position: int) -> str:
        """The id of one of the eight channels."""
        return demo_organisations(self.demo.toolkit.city)[position].channel_id


@contextmanager
def served_demo(folder: Path, clock: Callable[[], datetime] | None = None) -> Iterator[Stage]:
    """Sow the made-up year into a new file and serve bot and workspace on a free port, in a thread of its own. `clock`:
    what the bot goes by, in the place of the demo's.
    """
    city = demo_city(read_city(shipped_cities()[0]))
    listener = free_port()
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    hand = DemoClock(city)
    with toolkit_for(city, f"sqlite:///{folder / 'demo.db'}", clock or hand) as toolkit:
        sow(toolkit, TEAM_ID)
        demo = build_demo(toolkit, hand, address)
        ready, over = threading.Event(), asyncio.Event()
        loop = asyncio.new_event_loop()

        async def play() -> None:
            async with serve(demo.app, listener):
                ready.set()
                await over.wait()
                await demo.sandbox.close()

        def run() -> None:  # the runner also ends what is still under way when the play is over
            with asyncio.Runner(loop_factory=lambda: loop) as runner:
                runner.run(play())

        thread = threading.Thread(target=run, name="demo")
        thread.start()
        try:
            assert ready.wait(10), "the demo did not start"
            yield Stage(address, demo, loop)
        finally:
            loop.call_soon_threadsafe(over.set)
            thread.join(10)


@contextmanager
def launched_browser() -> Iterator[Browser]:
    """Chromium as it is installed. Without one a test fails: nobody must think that the page was looked at."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail("No browser found. Run: sudo apt-get update && sudo apt-get install -y chromium fonts-nanum")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


class Visitor:
    """Somebody in front of the page, with a browser of their own; `troubles` is what the browser complained of."""

    def __init__(self, stage: Stage, browser: Browser, user: str, size: tuple[int, int] = DESK) -> None:
        self.stage, self.user = stage, user
        self.troubles: list[str] = []
        self.context: BrowserContext = browser.new_context(
            locale="ko-KR",
            viewport={"width": size[0], "height": size[1]},
            has_touch=size == PHONE,
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(PATIENCE)
        self.page = self.another_tab()

    def another_tab(self) -> Page:
        page = self.context.new_page()
        page.on("console", self._overheard)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        return page

    def _overheard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(message.text)

    # -- looking ------------------------------------------------------------------------------------------------
    def go(self, at: str = "", page: Page | None = None) -> "Visitor":
        """Open a channel, `home`, or without a place what opens for this person."""
        (page or self.page).goto(f"{self.stage.address}/?as={self.user}&at={at}")
        return self

    def go_to_messages(self) -> "Visitor":
        """Open the direct messages with the bot."""
        return self.go(self.stage.workspace.open_dm(self.user).id)

    @property
    def line(self) -> Locator:
        return self.page.locator("#line")

    @property
    def last(self) -> Locator:
        """The newest message of the place."""
        return self.page.locator("#messages > .said").last

    @property
    def window(self) -> Locator:
        """The form or window that is open."""
        return self.page.locator("#modal[open]")

    @property
    def unread(self) -> Locator:
        """The mark beside the bot's direct messages."""
        return self.page.locator("#places a", has_text=self.stage.workspace.bot.name).locator(".badge")

    def focused(self) -> str:
        """The words of what has the focus."""
        return str(
            self.page.evaluate(
                "(one => one.getAttribute('aria-label') || one.innerText || one.id)(document.activeElement)"
            )
        )

    # -- doing --------------------------------------------------------------------------------------------------
    def say(self, words: str) -> Locator:
        """Write into the message box and send it; gives the newest message, once there is a new one."""
        before = self.page.locator("#messages > .said").count()
        self.line.fill(words)
        self.line.press("Enter")
        expect(self.page.locator("#messages > .said")).to_have_count(before + 1)
        return self.last

    def command(self, words: str) -> Locator:
        """Write a command that opens a window; gives the window."""
        self.line.fill(words)
        self.line.press("Enter")
        expect(self.window).to_be_visible()
        return self.window

    def press(self, name: str, within: Locator | None = None) -> None:
        """Press a button by its exact words."""
        (within or self.page).get_by_role("button", name=name, exact=True).first.click()

    def close_window(self) -> None:
        """Close the only open window by its button, and see it gone: what lies under it cannot be used before."""
        self.press("닫기", self.window.locator(".sheet-foot"))
        expect(self.window).to_have_count(0)

    def tab_to(self, words: str, key: str = "Tab") -> None:
        """Go by the tabulator until the focus is on what begins with these words."""
        for _ in range(60):
            self.page.keyboard.press(key)
            if self.focused().startswith(words):
                return
        raise AssertionError(f"the keyboard does not get to ‘{words}’")

    def fill_report(self, title: str, amount: str, firm: str = "") -> None:
        """Fill the open form "구매 보고"; a firm is looked for and chosen with the mouse."""
        self.window.get_by_label("무엇을 샀나요").fill(title)
        if firm:
            self.window.get_by_label("어디서").fill(firm)
            self.window.get_by_role("option", name=firm).first.click()
        self.window.get_by_label("얼마").fill(amount)
        self.window.get_by_label("구분").select_option(label="물품")
        self.window.get_by_label("계약방법").select_option(index=1)

    def report(self, title: str, amount: str = "30만원", firm: str = "종이고래인쇄") -> None:
        """Report a purchase from the message box, and see the form close."""
        self.command("/report-purchase")
        self.fill_report(title, amount, firm)
        self.press("보고", self.window)
        expect(self.window).to_have_count(0)


@contextmanager
def entrance(stage: Stage, browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Lets people in, each with a browser of their own; at the end nothing may have gone wrong on anybody's page."""
    visitors: list[Visitor] = []

    def let_in(user: str, size: tuple[int, int] = DESK) -> Visitor:
        visitors.append(Visitor(stage, browser, user, size))
        return visitors[-1]

    yield let_in
    stage.settle()
    for visitor in visitors:
        visitor.context.close()
        stage.clear_windows(visitor.user)
    assert [trouble for visitor in visitors for trouble in visitor.troubles] == []
    assert stage.workspace.faults_seen == []
