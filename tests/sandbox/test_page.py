"""The page: what each person sees, what the browser may send, and how an open page keeps up."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from gwannae.sandbox.app import build_sandbox
from gwannae.sandbox.values import Channel, Person
from gwannae.sandbox.workspace import Workspace
from tests.sandbox.fake_bot import (
    ANNA,
    BORA,
    BOT,
    CHAN,
    HALL,
    ROOM,
    Scene,
    buttons,
    made_up_workspace,
    modal,
    scene,
    section,
    text_input,
)  # fmt: skip
from tests.serving import serve


async def page(it: Scene, user: str, at: str = HALL) -> str:
    async with it.http.get(f"{it.url}/", params={"as": user, "at": at}) as response:
        assert response.status == 200
        return await response.text()


async def post(it: Scene, path: str, **form: Any) -> int:
    async with it.http.post(f"{it.url}/ui/{path}", data=form) as response:
        return response.status


class Stream:
    """An open page's stream of events."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response

    async def event(self, seconds: float = 3.0) -> dict[str, str]:
        """The next event, its lines of data joined."""
        fields: dict[str, list[str]] = {}
        async with asyncio.timeout(seconds):
            while True:
                line = (await self._response.content.readline()).decode()
                if not line:
                    raise EOFError
                if line == "\n" and "event" in fields:
                    return {name: "\n".join(values) for name, values in fields.items()}
                name, _, value = line.rstrip("\n").partition(": ")
                if name in ("id", "event", "data"):
                    fields.setdefault(name, []).append(value)


@asynccontextmanager
async def stream(it: Scene, user: str, at: str = HALL, seen: str | None = None) -> AsyncIterator[Stream]:
    if seen is None:
        html = await page(it, user, at)
        found = re.search(r"seen=([0-9a-f]+-\d+)", html)
        assert found
        seen = found[1]
    params = {"as": user, "at": at, "seen": seen}
    async with it.http.get(f"{it.url}/ui/stream", params=params) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        await response.content.readline()
        yield Stream(response)


# -- who sees what --------------------------------------------------------------------------------------------------


async def test_a_person_sees_their_own_ephemeral_messages_and_nobody_elses() -> None:
    async with scene() as it:
        await it.api("chat.postMessage", channel=HALL, text="for all")
        await it.api("chat.postEphemeral", channel=HALL, user=ANNA, text="for Anna alone")
        annas, boras = await page(it, ANNA), await page(it, BORA)
        assert "for all" in annas
        assert "for Anna alone" in annas
        assert "나에게만 보이는 메시지" in annas
        assert "for all" in boras
        assert "for Anna alone" not in boras
        assert "나에게만 보이는 메시지" not in boras


async def test_a_place_that_is_not_theirs_gives_way_to_one_that_is() -> None:
    async with scene() as it:
        receipts = it.workspace.open_dm(ANNA).id
        await it.api("chat.postMessage", channel=receipts, text="Anna's receipt")
        assert "receipt" in await page(it, ANNA, receipts)
        assert "receipt" not in await page(it, BORA, receipts)
        assert "모두가 보는 채널" not in await page(it, CHAN, HALL)


async def test_the_page_says_that_all_is_made_up_which_day_it_is_and_who_one_is() -> None:
    workspace = made_up_workspace(today="2027. 6. 15.(화)", notice="모두 지어낸 것입니다.")
    async with scene(workspace=workspace) as it:
        html = await page(it, ANNA)
        for words in (
            "관내봇 모의 작업공간",
            "2027. 6. 15.(화)",
            "모두 지어낸 것입니다.",
            "회계과 · 담당자",
            'lang="ko"',
        ):
            assert words in html
        others = set(re.findall(r"/ui/acting-as\?as=(\w+)", html))
        assert others == {BORA, CHAN}


async def test_acting_as_somebody_else_stays_in_the_same_place_where_they_may() -> None:
    async with scene() as it:
        for user, at, where in ((BORA, ROOM, ROOM), (CHAN, ROOM, it.workspace.open_dm(CHAN).id)):
            url = f"{it.url}/ui/acting-as?as={user}&at={at}"
            async with it.http.get(url, allow_redirects=False) as response:
                assert response.headers["location"] == f"/?as={user}&at={where}"


async def test_who_has_a_channel_of_their_own_is_shown_that_when_they_are_chosen_and_home_stays_home() -> None:
    people = [Person(ANNA, "Anna", channel=ROOM), Person(BORA, "Bora", channel="C0GONE")]
    channels = [Channel(HALL, "hall", members=(ANNA, BORA)), Channel(ROOM, "room", members=(ANNA, BORA))]
    async with scene(workspace=Workspace(name="Hall", people=people, channels=channels, commands=[])) as it:
        assert "#</span>room" in await page(it, ANNA, "")
        assert "#</span>hall" in await page(it, BORA, "")
        for user, at, where in ((ANNA, HALL, ROOM), (ANNA, "home", "home"), (BORA, ROOM, HALL)):
            url = f"{it.url}/ui/acting-as?as={user}&at={at}"
            async with it.http.get(url, allow_redirects=False) as response:
                assert response.headers["location"] == f"/?as={user}&at={where}"


async def test_an_empty_place_offers_the_examples_that_it_was_given_as_words() -> None:
    workspace = made_up_workspace(examples=['/find "<b>"'])
    async with scene(workspace=workspace) as it:
        assert 'data-fill="/find &#34;&lt;b&gt;&#34;"' in await page(it, ANNA)
    async with scene() as it:
        assert "data-fill" not in await page(it, ANNA)


async def test_what_is_unread_is_counted_until_it_is_looked_at() -> None:
    async with scene() as it:
        await page(it, ANNA, HALL)
        await it.api("chat.postMessage", channel=ROOM, text="one")
        await it.api("chat.postMessage", channel=ROOM, text="two")
        assert "새 메시지 </span>2" in await page(it, ANNA, HALL)
        await page(it, ANNA, ROOM)
        assert "새 메시지" not in await page(it, ANNA, HALL)


async def test_markup_in_names_and_words_stays_words() -> None:
    evil = "<script>alert(1)</script>"
    workspace = Workspace(
        name=evil, people=[Person(ANNA, evil, evil)], channels=[Channel(HALL, evil, evil, (ANNA, BOT))], commands=[],
        notice=evil, today=evil,
    )  # fmt: skip
    async with scene(workspace=workspace) as it:
        await it.driver.say(ANNA, HALL, evil)
        await it.driver.command(ANNA, HALL, evil)
        await it.api("chat.postMessage", channel=HALL, text=evil)
        workspace.toast(ANNA, evil)
        assert evil not in await page(it, ANNA)


async def test_a_fault_of_the_bot_is_on_everybodys_page_until_it_is_cleared() -> None:
    async with scene() as it:
        await it.api("chat.postMessage", channel=HALL, text="a", blocks=[{"type": "poem"}])
        assert "/blocks/0" in await page(it, BORA)
        assert await post(it, "faults/clear") == 204
        assert "/blocks/0" not in await page(it, BORA)


# -- what the browser sends -----------------------------------------------------------------------------------------


async def test_the_message_box_sends_commands_and_messages() -> None:
    async with scene() as it:
        assert await post(it, "say", **{"as": ANNA}, at=HALL, text="/find 인쇄") == 204
        assert it.bot.last["text"] == "인쇄"
        await post(it, "say", **{"as": ANNA}, at=HALL, text="안녕하세요")
        await post(it, "say", **{"as": ANNA}, at=HALL, text="   ")
        await post(it, "say", **{"as": CHAN}, at=HALL, text="not a member")
        assert [m.text for m in it.workspace.messages.seen_by(BORA, HALL)] == ["안녕하세요"]


async def test_a_button_of_a_message_on_the_page_reaches_the_bot() -> None:
    async with scene() as it:
        ts = (await it.api("chat.postMessage", channel=HALL, text="a", blocks=[buttons("more")]))["ts"]
        assert f"m:{HALL}:{ts}" in await page(it, ANNA)
        form = {"as": ANNA, "container": f"m:{HALL}:{ts}", "block_id": "row", "action_id": "more", "type": "button"}
        assert await post(it, "action", **form) == 204
        assert it.bot.last["actions"][0]["value"] == "value of more"
        heard = len(it.bot.heard)
        await post(it, "action", **{**form, "as": CHAN})
        await post(it, "action", **{**form, "action_id": "made-up"})
        assert len(it.bot.heard) == heard
        assert "화면이 그사이 바뀌었습니다" in it.workspace.toasts[ANNA]


async def test_a_form_on_the_page_is_submitted_with_its_fields_and_shows_its_errors() -> None:
    async with scene() as it:
        trigger = await it.trigger()
        view = (await it.api("views.open", trigger_id=trigger, view=modal(text_input("amount"))))["view"]
        assert 'name="v|amount|text"' in await page(it, ANNA)
        it.bot.answer = lambda _heard: {"response_action": "errors", "errors": {"amount": "금액을 읽지 못했습니다."}}
        form = {"as": ANNA, "view_id": view["id"], "v|amount|text": "삼십만<b>"}
        await post(it, "view/submit", **form)
        html = await page(it, ANNA)
        assert "금액을 읽지 못했습니다." in html
        assert "삼십만&lt;b&gt;" in html
        it.bot.answer = lambda _heard: None
        await post(it, "view/submit", **form)
        assert it.workspace.views.top(ANNA) is None
        await post(it, "view/submit", **form)
        assert "화면이 그사이 바뀌었습니다" in it.workspace.toasts[ANNA]


async def test_closing_on_the_page_closes_only_the_form_that_was_shown() -> None:
    async with scene() as it:
        first = (await it.api("views.open", trigger_id=await it.trigger(), view=modal()))["view"]
        second = (await it.api("views.push", trigger_id=await it.trigger(), view=modal()))["view"]
        await post(it, "view/close", **{"as": ANNA}, view_id=first["id"])
        assert len(it.workspace.views.stack(ANNA)) == 2
        await post(it, "view/close", **{"as": ANNA}, view_id=second["id"])
        assert [view.id for view in it.workspace.views.stack(ANNA)] == [first["id"]]


async def test_a_type_ahead_list_is_drawn_for_the_page() -> None:
    async with scene() as it:
        element = {"type": "external_select", "action_id": "vendor", "min_query_length": 1}
        block = {"type": "input", "block_id": "v", "label": {"type": "plain_text", "text": "업체"}, "element": element}
        view = (await it.api("views.open", trigger_id=await it.trigger(), view=modal(block)))["view"]
        firm = {"text": {"type": "plain_text", "text": "가온 &lt;인쇄&gt;"}, "value": "v1"}
        it.bot.answer = lambda _heard: {"options": [firm]}
        params = {"as": ANNA, "container": f"v:{view['id']}", "block_id": "v", "action_id": "vendor", "value": "인"}
        async with it.http.get(f"{it.url}/ui/options", params=params) as response:
            html = await response.text()
        assert "가온 &lt;인쇄&gt;" in html
        assert it.bot.last["value"] == "인"
        async with it.http.get(f"{it.url}/ui/options", params={**params, "as": BORA}) as response:
            assert response.status == 409


async def test_opening_the_home_tab_tells_the_bot_and_draws_what_it_publishes() -> None:
    async with scene() as it:
        assert "홈을 준비하고 있습니다" in await page(it, ANNA, "home")
        await it.driver.settle()
        assert it.bot.last["event"]["type"] == "app_home_opened"
        await it.api("views.publish", user_id=ANNA, view={"type": "home", "blocks": [section("우리 부서")]})
        assert "우리 부서" in await page(it, ANNA, "home")
        assert "우리 부서" not in await page(it, BORA, "home")


# -- keeping up -----------------------------------------------------------------------------------------------------


async def test_an_open_page_gets_what_is_said_changed_and_removed_in_its_place() -> None:
    async with scene() as it, stream(it, ANNA) as events:
        ts = (await it.api("chat.postMessage", channel=HALL, text="first words"))["ts"]
        said = await events.event()
        assert said["event"] == "patch"
        assert 'hx-swap-oob="beforeend:#messages"' in said["data"]
        assert "first words" in said["data"]
        await it.api("chat.update", channel=HALL, ts=ts, text="second words")
        changed = await events.event()
        assert re.search(f'<li id="m-{ts.replace(".", "-")}"[^>]* hx-swap-oob="true">', changed["data"])
        assert "second words" in changed["data"]
        await it.api("chat.delete", channel=HALL, ts=ts)
        assert 'hx-swap-oob="delete"' in (await events.event())["data"]


async def test_an_open_page_gets_nothing_that_is_for_others() -> None:
    async with scene() as it, stream(it, BORA) as events:
        await it.api("chat.postEphemeral", channel=HALL, user=ANNA, text="for Anna alone")
        await it.api("chat.postMessage", channel=it.workspace.open_dm(ANNA).id, text="Anna's receipt")
        await it.api("views.open", trigger_id=await it.trigger(ANNA), view=modal())
        await it.api("chat.postMessage", channel=HALL, text="for all")
        data = (await events.event())["data"]
        assert "for all" in data
        assert "Anna" not in data
        assert "구매 보고" not in data


async def test_an_open_page_gets_forms_toasts_faults_and_unread_marks() -> None:
    async with scene() as it, stream(it, ANNA) as events:
        await it.api("views.open", trigger_id=await it.trigger(ANNA), view=modal())
        assert 'id="modal-title"' in (await events.event())["data"]
        it.workspace.toast(ANNA, "잠시 뒤 다시")
        assert "잠시 뒤 다시" in (await events.event())["data"]
        await it.api("chat.postMessage", channel=HALL, text="a", blocks=[{"type": "poem"}])
        assert "fault-box" in (await events.event())["data"]
        await it.api("chat.postMessage", channel=ROOM, text="elsewhere")
        data = (await events.event())["data"]
        assert 'hx-swap-oob="innerHTML:#places"' in data
        assert "elsewhere" not in data


@pytest.mark.parametrize("seen", ["", "another-0", "nonsense"])
async def test_a_page_that_is_behind_gets_everything_at_once(seen: str) -> None:
    async with scene() as it:
        await it.api("chat.postMessage", channel=HALL, text="said meanwhile")
        async with stream(it, ANNA, seen=seen) as events:
            data = (await events.event())["data"]
            assert "said meanwhile" in data
            assert 'hx-swap-oob="innerHTML:#main"' in data


async def test_streams_end_when_the_workspace_closes() -> None:
    async with scene() as it, stream(it, ANNA) as events:
        it.workspace.changes.close()
        with pytest.raises(EOFError):
            await events.event()


# -- strangers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:1234", 200),
        ("127.0.0.1", 200),
        ("[::1]:80", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("", 421),
        ("[broken", 421),
    ],
)
async def test_only_this_machines_own_names_are_answered(host: str, status: int) -> None:
    async with scene() as it, it.http.get(f"{it.url}/?as={ANNA}&at={HALL}", headers={"Host": host}) as response:
        assert response.status == status


async def test_another_host_can_be_allowed() -> None:
    sandbox = build_sandbox(made_up_workspace(), allowed_hosts=["box.example"])
    headers = {"Host": "box.example:8080"}
    async with serve(sandbox.app) as url, aiohttp.ClientSession() as http, http.get(url, headers=headers) as response:
        assert response.status == 200
    await sandbox.close()


@pytest.mark.parametrize(
    ("origin", "status"), [("http://evil.example", 403), ("null", 403), ("http://127.0.0.1:1", 204)]
)
async def test_another_site_cannot_post(origin: str, status: int) -> None:
    async with scene() as it:
        form = {"as": ANNA, "at": HALL, "text": "hello"}
        async with it.http.post(f"{it.url}/ui/say", data=form, headers={"Origin": origin}) as response:
            assert response.status == status


async def test_nothing_inline_and_nothing_foreign_may_run() -> None:
    async with scene() as it:
        await it.api("chat.postMessage", channel=HALL, text="a", blocks=[buttons("more")])
        await it.api("views.open", trigger_id=await it.trigger(), view=modal())
        async with it.http.get(f"{it.url}/?as={ANNA}&at={HALL}") as response:
            assert response.headers["content-security-policy"].startswith("default-src 'self'")
            html = await response.text()
        assert not re.search(r"<[^>]+\s(?:on\w+|style)\s*=", html)
        assert not re.search(r"<script(?![^>]*\ssrc=)", html)
        for path in set(re.findall(r'(?:src|href)="(/static/[^"]+)"', html)):
            async with it.http.get(f"{it.url}{path}") as response:
                assert response.status == 200, path
