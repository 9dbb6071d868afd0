"""Socket Mode: the same bot behind a connection of its own, however often Slack refreshes, refuses or drops it."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from slack_bolt import BoltResponse

from gwannae.bot.answers import build_answer
from gwannae.bot.app import Bot
from gwannae.bot.http import build_asgi
from gwannae.bot.socket import SocketDoor
from gwannae.messages import ids
from gwannae.messages.problems import NOT_FOR_US
from tests.bot import knocks
from tests.bot.pretend_socket import APP_TOKEN, PretendSocketSlack, pretend_socket_slack
from tests.bot.reports import a_report, kept
from tests.front_door import STAFF, FrontDoor
from tests.serving import serve

QUICK = (0.01, 0.05)  # seconds between tries, for a test


@asynccontextmanager
async def socket_door(
    slack: PretendSocketSlack, door: FrontDoor, retry: tuple[float, float] = QUICK
) -> AsyncIterator[SocketDoor]:
    """The bot of `door`, reached through a socket as well; stopped cleanly at the end."""
    answer = build_answer(Bot(door.desk), door.desk)
    opened = SocketDoor(answer, APP_TOKEN, f"{slack.url}/api/", retry)
    opened.open()
    try:
        yield opened
    finally:
        await opened.close()


@pytest.fixture
async def slack() -> AsyncIterator[PretendSocketSlack]:
    async with pretend_socket_slack() as pretend:
        yield pretend


async def connected(slack: PretendSocketSlack, opened: SocketDoor) -> None:
    await slack.until(lambda: opened.is_connected)


async def test_a_command_a_form_and_an_event_are_answered_through_a_socket(
    slack: PretendSocketSlack, door: FrontDoor
) -> None:
    async with socket_door(slack, door) as opened:
        await connected(slack, opened)
        assert slack.tokens == [f"Bearer {APP_TOKEN}"]
        found = await slack.ask("slash_commands", knocks.command(door, STAFF, "/localvendor", "인쇄"))
        assert "관내 업체" in found["text"]
        assert await slack.ask("interactive", a_report(door)) is None
        assert await slack.ask("events_api", knocks.direct_message(door, STAFF, "인쇄")) is None
        await door.driver.settle()
        assert await door.desk.later.drain(5) == 0
        assert len(kept(door)) == 1
        assert len(door.direct_messages(STAFF)) == 2


async def test_what_is_delivered_twice_has_effect_once(slack: PretendSocketSlack, door: FrontDoor) -> None:
    async with socket_door(slack, door) as opened:
        await connected(slack, opened)
        report, event = a_report(door), knocks.direct_message(door, STAFF, "인쇄")
        for number in range(3):
            await slack.ask("interactive", report, envelope=f"form-{number}", retry=number)
            await slack.ask("events_api", event, envelope=f"event-{number}", retry=number)
        assert await door.desk.later.drain(5) == 0
        assert len(kept(door)) == 1
        assert len(door.direct_messages(STAFF)) == 2


async def test_everything_gets_its_ack_also_what_nobody_knows_or_what_fails(
    slack: PretendSocketSlack, door: FrontDoor
) -> None:
    async with socket_door(slack, door) as opened:
        await connected(slack, opened)
        unknown = await slack.ask("slash_commands", knocks.command(door, STAFF, "/something-else"))
        assert unknown["text"] == NOT_FOR_US
        assert await slack.ask("events_api", knocks.event(door, {"type": "made_up"})) is None
        assert await slack.ask("interactive", {"type": "made_up"}) is None
        assert await slack.ask("interactive", knocks.pressed(door, STAFF, "from-long-ago")) is None
        door.clock.now = None  # type: ignore[assignment]
        failed = await slack.ask("slash_commands", knocks.command(door, STAFF, "/localvendor", "인쇄"))
        assert "문의 번호" in failed["text"]
        form = await slack.ask("interactive", knocks.submitted(door, STAFF, ids.REPORT_VIEW, {"x": "1"}, "not ours"))
        assert form["response_action"] == "errors"
        assert await door.desk.later.drain(5) == 0


async def test_lines_that_are_no_messages_of_slack_disturb_nothing(slack: PretendSocketSlack, door: FrontDoor) -> None:
    async with socket_door(slack, door) as opened:
        await connected(slack, opened)
        for nonsense in ("", "not json", "[]", "null", '{"type":"made_up"}', '{"envelope_id":"e","payload":[]}'):
            await slack.line.socket.send_str(nonsense)
        assert await slack.ask("slash_commands", knocks.command(door, STAFF, "/localvendor", "인쇄"))
        assert len(slack.lines) == 1


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_a_refreshed_connection_is_replaced_and_the_old_one_is_still_answered(
    slack: PretendSocketSlack, door: FrontDoor, reason: str
) -> None:
    async with socket_door(slack, door) as opened:
        await connected(slack, opened)
        old = slack.line
        await slack.disconnect(reason)
        await slack.until(lambda: len(slack.lines) == 2)
        assert old.is_open  # until Slack closes it
        on_old = await slack.ask("slash_commands", knocks.command(door, STAFF, "/localvendor", "인쇄"), line=old)
        on_new = await slack.ask("slash_commands", knocks.command(door, STAFF, "/localvendor", "현수막"))
        assert "인쇄" in on_old["text"]
        assert "현수막" in on_new["text"]
        await old.socket.close()
        await connected(slack, opened)
        assert len(slack.lines) == 2


async def test_a_connection_that_is_cut_is_opened_again_at_a_fresh_address(
    slack: PretendSocketSlack, door: FrontDoor
) -> None:
    async with socket_door(slack, door) as opened:
        await connected(slack, opened)
        for number in (2, 3):
            await slack.line.socket.close()
            await slack.until(lambda number=number: len(slack.lines) == number)
        await connected(slack, opened)
        assert await slack.ask("slash_commands", knocks.command(door, STAFF, "/localvendor", "인쇄"))
        assert slack.opened == 3


async def test_a_slack_that_refuses_at_first_is_asked_until_it_opens(
    slack: PretendSocketSlack, door: FrontDoor, caplog: pytest.LogCaptureFixture
) -> None:
    slack.refusals = ["ratelimited", "http_500", "internal_error", "invalid_auth"]
    async with socket_door(slack, door) as opened:
        assert not opened.is_connected
        await connected(slack, opened)
        assert slack.opened == 5
    reasons = [vars(record)["reason"] for record in caplog.records if record.msg == "socket_lost"]
    assert reasons == ["ratelimited", "http_500", "internal_error", "invalid_auth"]


async def test_a_slack_that_is_away_at_the_start_is_waited_for(door: FrontDoor) -> None:
    answer = build_answer(Bot(door.desk), door.desk)
    opened = SocketDoor(answer, APP_TOKEN, "http://127.0.0.1:9/api/", QUICK)
    opened.open()
    await asyncio.sleep(0.1)
    assert not opened.is_connected
    async with asyncio.timeout(1):
        await opened.close()


async def test_too_many_sockets_are_waited_out(slack: PretendSocketSlack, door: FrontDoor) -> None:
    slack.at_most = 0
    async with socket_door(slack, door) as opened:
        await slack.until(lambda: slack.opened >= 3)
        assert not opened.is_connected
        slack.at_most = 1
        await connected(slack, opened)


async def test_a_connection_without_a_greeting_is_not_ready(slack: PretendSocketSlack, door: FrontDoor) -> None:
    slack.without_hello = True
    answer = build_answer(Bot(door.desk), door.desk)
    opened = SocketDoor(answer, APP_TOKEN, f"{slack.url}/api/", QUICK)
    asgi = build_asgi(Bot(door.desk), door.desk, "", socket=opened)
    async with serve(asgi) as url, aiohttp.ClientSession() as http:
        await slack.until(lambda: len(slack.lines) == 1)
        async with http.get(f"{url}/readyz") as ready, http.get(f"{url}/healthz") as alive:
            assert (ready.status, await ready.json()) == (503, {"status": "socket"})
            assert alive.status == 200
        async with http.post(f"{url}/slack/events", data=b"x") as posted:
            assert posted.status == 404  # nobody knocks at a door that is not there
        await slack.line.socket.send_json({"type": "hello"})
        await connected(slack, opened)
        async with http.get(f"{url}/readyz") as ready:
            assert ready.status == 200


async def test_a_clean_stop_answers_what_is_under_way_and_takes_nothing_new(slack: PretendSocketSlack) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()
    taken: list[Mapping[str, Any]] = []

    async def slowly(body: dict[str, Any], _: Mapping[str, str]) -> BoltResponse:
        taken.append(body)
        begun.set()
        await may_end.wait()
        return BoltResponse(status=200, body={"text": "answered"})

    opened = SocketDoor(slowly, APP_TOKEN, f"{slack.url}/api/", QUICK)
    opened.open()
    await connected(slack, opened)
    envelope = await slack.deliver("slash_commands", {"command": "/slow"})
    await begun.wait()
    stopping = asyncio.create_task(opened.close())
    await asyncio.sleep(0)
    late = await slack.deliver("slash_commands", {"command": "/late"})
    await asyncio.sleep(0.05)
    may_end.set()
    await stopping
    assert (await slack.answer_to(envelope))["payload"] == {"text": "answered"}
    assert [a["envelope_id"] for a in slack.line.received] == [envelope]
    assert late not in taken
    assert len(taken) == 1
    assert not opened.is_connected


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_a_clean_stop_hangs_up_also_on_a_line_that_is_being_replaced(
    slack: PretendSocketSlack, door: FrontDoor, reason: str
) -> None:
    async with socket_door(slack, door) as opened:
        await connected(slack, opened)
        await slack.disconnect(reason)
        await slack.until(lambda: len(slack.lines) == 2)
        await connected(slack, opened)
    await slack.until(lambda: not any(line.is_open for line in slack.lines))
    assert [line.socket.close_code for line in slack.lines] == [1000, 1000]  # 1006: the line was cut


async def test_an_answer_of_another_status_goes_as_a_bare_ack(slack: PretendSocketSlack) -> None:
    async def refuses(_: dict[str, Any], __: Mapping[str, str]) -> BoltResponse:
        return BoltResponse(status=500, body={"error": "unhandled"})

    opened = SocketDoor(refuses, APP_TOKEN, f"{slack.url}/api/", QUICK)
    opened.open()
    await connected(slack, opened)
    assert await slack.ask("events_api", {"type": "event_callback"}) is None
    await opened.close()
