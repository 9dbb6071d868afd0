"""How the workspace calls the bot: signatures, patience, redelivery, and the passes it hands out."""

from __future__ import annotations

import hashlib
import hmac
import time
from typing import Any

import pytest

from gwannae.sandbox.requests_out import FORM
from gwannae.sandbox.workspace import SCOPES
from tests.sandbox.fake_bot import ANNA, BORA, BOT, HALL, Clock, Heard, buttons, made_up_workspace, scene, section


async def test_every_request_is_signed_as_slack_signs_it() -> None:
    async with scene() as it:
        await it.driver.command(ANNA, HALL, "/find", "인쇄 & <b>")
        heard = it.bot.heard[0]
        moment = heard.headers["x-slack-request-timestamp"]
        assert abs(int(moment) - time.time()) < 5
        signed = b"v0:" + moment.encode() + b":" + heard.body
        mac = hmac.new(it.workspace.signing_secret.encode(), signed, hashlib.sha256).hexdigest()
        assert heard.headers["x-slack-signature"] == f"v0={mac}"


async def test_a_command_carries_what_slack_sends() -> None:
    async with scene() as it:
        await it.driver.command(ANNA, HALL, "/find", "인쇄 & <b>")
        data = it.bot.last
        told = {name: data[name] for name in ("command", "text", "user_id", "channel_id", "channel_name", "team_id")}
        assert told == {
            "command": "/find", "text": "인쇄 & <b>", "user_id": ANNA, "channel_id": HALL, "channel_name": "전체",
            "team_id": "T0SANDBOX",
        }  # fmt: skip
        assert data["response_url"].startswith(f"{it.url}/response/")
        dm = it.workspace.open_dm(ANNA).id
        await it.driver.command(ANNA, dm, "/find")
        assert it.bot.last["channel_name"] == "directmessage"


async def test_raw_requests_reach_the_bot_as_they_are() -> None:
    async with scene() as it:
        body = b"command=%2Ffind"
        headers = it.driver.caller.headers_for(body, FORM, timestamp=1) | {"X-Slack-Signature": "v0=wrong"}
        reply = await it.driver.send_raw(body, headers)
        assert reply.status == 200
        assert it.bot.heard[0].headers["x-slack-signature"] == "v0=wrong"
        assert it.bot.heard[0].headers["x-slack-request-timestamp"] == "1"


@pytest.mark.parametrize(
    ("answer", "delay", "code"),
    [(None, 0.5, "operation_timeout"), (500, 0.0, "http_service_error"), (404, 0.0, "http_service_error")],
)
async def test_a_command_that_is_not_acknowledged_fails_in_sight_of_its_user_alone(
    answer: Any, delay: float, code: str
) -> None:
    async with scene(ack_seconds=0.1) as it:
        it.bot.answer, it.bot.delay = (lambda _heard: answer), delay
        result = await it.driver.command(ANNA, HALL, "/find", "인쇄")
        assert result.error == code
        assert [m.text for m in result.shown] == [f"/find 명령이 실패했습니다 ({code}). 잠시 뒤 다시 입력해 주세요."]
        assert it.workspace.messages.seen_by(BORA, HALL) == []


async def test_a_bot_that_is_not_there_is_a_failed_command() -> None:
    async with scene() as it:
        it.sandbox.connect(bot_url="http://127.0.0.1:9/slack/events")
        assert (await it.driver.command(ANNA, HALL, "/find")).error == "dispatch_failed"


@pytest.mark.parametrize(
    ("answer", "only_for"),
    [
        ("plain words", ANNA),
        ({"text": "words"}, ANNA),
        ({"text": "words", "response_type": "ephemeral", "blocks": [section("b")]}, ANNA),
        ({"text": "words", "response_type": "in_channel"}, None),
    ],
)
async def test_an_answer_in_the_acknowledgement_is_ephemeral_unless_it_says_in_channel(
    answer: Any, only_for: str | None
) -> None:
    async with scene() as it:
        it.bot.answer = lambda _heard: answer
        result = await it.driver.command(ANNA, HALL, "/find")
        assert [m.only_for for m in result.shown] == [only_for]
        assert result.error == ""


async def test_an_empty_acknowledgement_shows_nothing() -> None:
    async with scene() as it:
        assert (await it.driver.command(ANNA, HALL, "/find")).shown == ()


async def test_a_wrong_answer_to_a_command_fails_and_is_kept_as_a_fault() -> None:
    async with scene() as it:
        it.bot.answer = lambda _heard: {"text": "a", "blocks": [{"type": "poem"}]}
        result = await it.driver.command(ANNA, HALL, "/find")
        assert result.error == "invalid_blocks"
        assert it.workspace.faults_seen[0].method == "/find (ack)"


# -- events ---------------------------------------------------------------------------------------------------------


async def test_an_event_that_is_taken_comes_once() -> None:
    async with scene() as it:
        await it.driver.say(ANNA, HALL, "안녕하세요 @관내봇")
        await it.driver.settle()
        assert [heard.data["event"]["type"] for heard in it.bot.heard] == ["app_mention"]
        event = it.bot.last
        assert event["event"]["text"] == f"안녕하세요 <@{BOT}>"
        assert event["authorizations"][0]["user_id"] == BOT
        assert "x-slack-retry-num" not in it.bot.heard[0].headers


@pytest.mark.parametrize(("status", "delay", "reason"), [(500, 0.0, "http_error"), (200, 0.3, "http_timeout")])
async def test_an_event_that_is_not_taken_comes_three_times_more(status: int, delay: float, reason: str) -> None:
    async with scene(ack_seconds=0.05) as it:
        it.bot.answer, it.bot.delay = (lambda _heard: status), delay
        await it.driver.say(ANNA, it.workspace.open_dm(ANNA).id, "안녕하세요")
        await it.driver.settle()
        tries = [(h.headers.get("x-slack-retry-num"), h.headers.get("x-slack-retry-reason")) for h in it.bot.heard]
        assert tries == [(None, None), ("1", reason), ("2", reason), ("3", reason)]
        assert len({heard.data["event_id"] for heard in it.bot.heard}) == 1


async def test_redelivery_ends_with_the_first_success() -> None:
    async with scene() as it:
        it.bot.answer = lambda _heard: 500 if len(it.bot.heard) < 2 else None
        await it.driver.open_home(ANNA)
        await it.driver.settle()
        assert len(it.bot.heard) == 2


async def test_the_bot_can_decline_redelivery() -> None:
    async with scene() as it:
        it.bot.answer, it.bot.headers = (lambda _heard: 500), {"X-Slack-No-Retry": "1"}
        await it.driver.open_home(ANNA)
        await it.driver.settle()
        assert len(it.bot.heard) == 1


async def test_only_subscribed_events_are_delivered() -> None:
    async with scene() as it:
        await it.driver.say(ANNA, HALL, "without a mention")
        await it.driver.settle()
        assert it.bot.heard == []
    async with scene(workspace=made_up_workspace(subscribed=["message.channels", "member_joined_channel"])) as it:
        await it.driver.say(ANNA, HALL, "without a mention")
        await it.driver.invite(ANNA, "C0ELSE", [BOT])
        await it.driver.settle()
        assert sorted(h.data["event"]["type"] for h in it.bot.heard) == ["member_joined_channel", "message"]


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ("app_mentions:read", {"message"}),
        ("im:history", {"app_mention"}),
        ("files:read", {"app_mention", "message"}),
    ],
)
async def test_an_event_is_delivered_only_where_its_scope_was_given(missing: str, told: set[str]) -> None:
    async with scene(workspace=made_up_workspace(scopes=SCOPES - {missing})) as it:
        await it.driver.say(ANNA, HALL, f"@{it.workspace.bot.name} hello")
        await it.driver.say(ANNA, it.workspace.open_dm(ANNA).id, "hello")
        if missing == "files:read":
            await it.driver.share_file(ANNA, it.workspace.open_dm(ANNA).id, "x.csv", b"a")
        await it.driver.settle()
        assert {h.data["event"]["type"] for h in it.bot.heard} == told


async def test_a_command_is_known_only_where_its_scope_was_given() -> None:
    async with scene(workspace=made_up_workspace(scopes=SCOPES - {"commands"})) as it:
        answer = await it.driver.command(ANNA, HALL, "/find")
        assert (answer.error, it.bot.heard) == ("unknown_command", [])


# -- response addresses ---------------------------------------------------------------------------------------------


async def _address(it: Any) -> str:
    await it.driver.command(ANNA, HALL, "/find")
    return str(it.bot.last["response_url"])


async def test_a_response_address_works_five_times() -> None:
    async with scene() as it:
        address = await _address(it)
        answers = [await it.respond(address, text=f"answer {i}") for i in range(6)]
        assert [status for status, _ in answers] == [200] * 5 + [404]
        assert answers[5][1]["error"] == "used_url"
        assert len(it.workspace.messages.seen_by(ANNA, HALL)) == 5


async def test_a_response_address_works_for_half_an_hour() -> None:
    clock = Clock()
    async with scene(workspace=made_up_workspace(clock=clock)) as it:
        address = await _address(it)
        clock.now += 30 * 60 - 1
        assert (await it.respond(address, text="in time"))[0] == 200
        clock.now += 2
        assert await it.respond(address, text="late") == (404, {"ok": False, "error": "expired_url"})
        assert (await it.respond(f"{it.url}/response/made-up", text="a"))[1]["error"] == "expired_url"


async def test_what_comes_through_a_response_address_is_ephemeral_unless_it_says_in_channel() -> None:
    async with scene() as it:
        address = await _address(it)
        await it.respond(address, text="quiet")
        await it.respond(address, text="aloud", response_type="in_channel")
        assert [m.text for m in it.workspace.messages.seen_by(BORA, HALL)] == ["aloud"]
        assert [m.text for m in it.workspace.messages.seen_by(ANNA, HALL)] == ["quiet", "aloud"]


async def test_a_response_address_needs_no_invitation() -> None:
    async with scene() as it:
        await it.driver.command(ANNA, "C0ELSE", "/find")
        status, _ = await it.respond(it.bot.last["response_url"], text="shared", response_type="in_channel")
        assert status == 200
        assert [m.text for m in it.workspace.messages.seen_by(BORA, "C0ELSE")] == ["shared"]


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"response_type": "in_channel"}, "no_text"),
        ({"text": "a", "blocks": [{"type": "poem"}]}, "invalid_blocks"),
        ({"text": "a", "blocks": {}}, "invalid_blocks_format"),
    ],
)
async def test_a_wrong_payload_at_a_response_address_is_refused(payload: dict[str, Any], code: str) -> None:
    async with scene() as it:
        status, answer = await it.respond(await _address(it), **payload)
        assert (status, answer["error"]) == (400, code)


async def test_the_message_of_a_button_can_be_replaced_and_deleted_by_its_response_address() -> None:
    async with scene() as it:
        it.bot.answer = lambda heard: {"text": "a", "blocks": [buttons("more")]} if heard.kind == "/find" else None
        (message,) = (await it.driver.command(ANNA, HALL, "/find")).shown
        await it.driver.press(ANNA, message, "more")
        address = it.bot.last["response_url"]
        await it.respond(address, text="page two", replace_original=True)
        (replaced,) = it.workspace.messages.seen_by(ANNA, HALL)
        assert (replaced.ts, replaced.text, replaced.blocks) == (message.ts, "page two", ())
        await it.respond(address, text="", delete_original=True)
        assert it.workspace.messages.seen_by(ANNA, HALL) == []
        status, answer = await it.respond(address, text="too late", replace_original=True)
        assert (status, answer["error"]) == (400, "message_not_found")


async def test_settle_waits_for_what_the_bot_does_later() -> None:
    async with scene() as it:

        async def later(heard: Heard) -> None:
            await it.api("chat.postMessage", channel=HALL, text="done")

        it.bot.answer = later
        await it.driver.say(ANNA, it.workspace.open_dm(ANNA).id, "hello")
        await it.driver.settle()
        assert [m.text for m in it.workspace.messages.seen_by(ANNA, HALL)] == ["done"]
        assert [call.method for call in it.workspace.calls] == ["chat.postMessage"]
