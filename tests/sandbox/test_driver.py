"""What a person can do in the workspace, and what the bot hears of it."""

from __future__ import annotations

from typing import Any

import pytest

from gwannae.sandbox.controls import NotOnScreenError
from gwannae.sandbox.values import Message, OpenView
from tests.sandbox.fake_bot import (
    ANNA,
    BORA,
    CHAN,
    HALL,
    Heard,
    Scene,
    buttons,
    made_up_workspace,
    modal,
    scene,
    section,
    text_input,
)  # fmt: skip


def option(value: str, text: str | None = None) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": text or value}, "value": value}


def select(*values: str, block_id: str = "pick", **more: Any) -> dict[str, Any]:
    element = {"type": "static_select", "action_id": "choice", "options": [option(v) for v in values], **more}
    return {"type": "actions", "block_id": block_id, "elements": [element]}


def type_ahead(block_id: str = "vendor") -> dict[str, Any]:
    element = {"type": "external_select", "action_id": "vendor", "min_query_length": 1}
    return {
        "type": "input", "block_id": block_id, "label": {"type": "plain_text", "text": "업체"}, "element": element,
    }  # fmt: skip


async def opened(it: Scene, *blocks: dict[str, Any], **more: Any) -> OpenView:
    """A form on Anna's screen."""
    answer = await it.api("views.open", trigger_id=await it.trigger(ANNA), view=modal(*blocks, **more))
    assert answer["ok"], answer
    view = it.workspace.views.top(ANNA)
    assert view is not None
    return view


async def posted(it: Scene, *blocks: dict[str, Any]) -> Message:
    ts = (await it.api("chat.postMessage", channel=HALL, text="a", blocks=list(blocks)))["ts"]
    message = it.workspace.messages.find(HALL, ts)
    assert message is not None
    return message


# -- messages -------------------------------------------------------------------------------------------------------


async def test_a_button_of_a_message_tells_the_bot_where_what_and_who() -> None:
    async with scene() as it:
        message = await posted(it, buttons("more", "less"))
        await it.driver.press(BORA, message, "less")
        heard = it.bot.last
        assert heard["type"] == "block_actions"
        assert heard["user"]["id"] == BORA
        assert heard["container"] == {
            "type": "message", "message_ts": message.ts, "channel_id": HALL, "is_ephemeral": False,
        }  # fmt: skip
        (action,) = heard["actions"]
        assert (action["action_id"], action["block_id"], action["value"]) == ("less", "row", "value of less")
        assert heard["message"]["ts"] == message.ts


async def test_an_ephemeral_message_is_not_sent_back_with_its_button() -> None:
    async with scene() as it:
        it.bot.answer = lambda heard: {"text": "a", "blocks": [buttons("more")]} if heard.kind == "/find" else None
        (message,) = (await it.driver.command(ANNA, HALL, "/find")).shown
        await it.driver.press(ANNA, message, "more")
        assert it.bot.last["container"]["is_ephemeral"]
        assert "message" not in it.bot.last
        with pytest.raises(NotOnScreenError):
            await it.driver.press(BORA, message, "more")


async def test_a_button_that_is_gone_cannot_be_pressed_except_from_a_stale_window() -> None:
    async with scene() as it:
        message = await posted(it, buttons("more"))
        await it.api("chat.update", channel=HALL, ts=message.ts, text="b", blocks=[])
        with pytest.raises(NotOnScreenError):
            await it.driver.press(ANNA, message, "more")
        await it.driver.press(ANNA, message, "more", stale=True)
        assert it.bot.last["actions"][0]["action_id"] == "more"


async def test_what_was_chosen_in_a_message_comes_along_with_the_next_press() -> None:
    async with scene() as it:
        message = await posted(it, select("a", "b"), buttons("go"))
        await it.driver.choose(ANNA, message, "choice", "b")
        assert it.bot.last["actions"][0]["selected_option"]["value"] == "b"
        await it.driver.press(ANNA, message, "go")
        assert it.bot.last["state"]["values"]["pick"]["choice"]["selected_option"]["value"] == "b"
        await it.driver.press(BORA, message, "go")
        assert it.bot.last["state"]["values"]["pick"]["choice"]["selected_option"] is None


async def test_an_unknown_command_is_answered_by_slack_alone() -> None:
    async with scene() as it:
        answer = await it.driver.command(ANNA, HALL, "/nothing")
        assert answer.error == "unknown_command"
        assert it.bot.heard == []
        assert "/nothing 명령은 이 작업공간에 없습니다" in answer.shown[0].text


async def test_nobody_types_where_they_are_not() -> None:
    async with scene() as it:
        with pytest.raises(NotOnScreenError):
            await it.driver.command(CHAN, HALL, "/find")
        with pytest.raises(NotOnScreenError):
            await it.driver.say(ANNA, it.workspace.open_dm(BORA).id, "spy")


async def test_what_a_person_writes_is_escaped_as_slack_stores_it() -> None:
    async with scene() as it:
        message = await it.driver.say(ANNA, HALL, "<!channel> & @보라 보세요")
        assert message.text == "&lt;!channel&gt; &amp; <@U0BORA> 보세요"


async def test_the_line_of_the_message_box_is_a_command_an_invitation_or_a_message() -> None:
    async with scene() as it:
        await it.driver.type_line(ANNA, HALL, "/find 인쇄 명함")
        assert (it.bot.last["command"], it.bot.last["text"]) == ("/find", "인쇄 명함")
        await it.driver.type_line(ANNA, "C0ELSE", "/invite @관내봇")
        assert it.workspace.bot.user_id in it.workspace.channels["C0ELSE"].members
        await it.driver.type_line(ANNA, HALL, "안녕하세요")
        assert it.workspace.messages.seen_by(BORA, HALL)[-1].text == "안녕하세요"


# -- forms ----------------------------------------------------------------------------------------------------------


async def test_a_form_that_is_acknowledged_closes_and_carries_its_values() -> None:
    async with scene() as it:
        await opened(it, text_input("what"), text_input("why", optional=True, initial_value="first"))
        result = await it.driver.submit(ANNA, {"what": "명함"})
        assert result.outcome == "closed"
        assert not result.is_open
        assert it.workspace.views.top(ANNA) is None
        view = it.bot.last["view"]
        assert it.bot.last["type"] == "view_submission"
        assert {name: held["text"]["value"] for name, held in view["state"]["values"].items()} == {
            "what": "명함", "why": "first",
        }  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "delay", "code"),
    [
        (None, 0.5, "operation_timeout"),
        (500, 0.0, "http_service_error"),
        ({"response_action": "dance"}, 0.0, "invalid_arguments"),
        ({"response_action": "errors", "errors": {"nowhere": "a"}}, 0.0, "invalid_arguments"),
        ({"response_action": "update", "view": {"type": "modal", "blocks": []}}, 0.0, "invalid_arguments"),
    ],
)
async def test_a_form_without_a_good_answer_stays_open_with_what_was_typed(
    answer: Any, delay: float, code: str
) -> None:
    async with scene(ack_seconds=0.15) as it:
        view = await opened(it, text_input("what"))
        it.bot.answer, it.bot.delay = (lambda _heard: answer), delay
        result = await it.driver.submit(ANNA, {"what": "명함"})
        assert (result.outcome, result.code) == ("refused", code)
        kept = it.workspace.views.top(ANNA)
        assert kept is not None
        assert kept.id == view.id
        assert code in kept.trouble
        assert ("v|what|text", "명함") in kept.form


async def test_errors_stand_at_their_fields_and_the_form_stays_open() -> None:
    async with scene() as it:
        await opened(it, text_input("amount"))
        it.bot.answer = lambda _heard: {"response_action": "errors", "errors": {"amount": "금액을 읽지 못했습니다."}}
        result = await it.driver.submit(ANNA, {"amount": "삼십만원정"})
        assert result.outcome == "errors"
        assert result.errors == {"amount": "금액을 읽지 못했습니다."}
        kept = it.workspace.views.top(ANNA)
        assert kept is not None
        assert dict(kept.errors) == result.errors


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        (None, "필수 항목입니다. 입력해 주세요."),
        ("", "필수 항목입니다. 입력해 주세요."),
        ("가" * 11, "10자까지 적을 수 있습니다."),
    ],
)
async def test_slacks_client_refuses_an_empty_or_too_long_field_without_asking_the_bot(
    typed: str | None, error: str
) -> None:
    async with scene() as it:
        await opened(it, text_input("what", max_length=10))
        asked = len(it.bot.heard)
        result = await it.driver.submit(ANNA, {"what": typed})
        assert (result.by_client, result.errors) == (True, {"what": error})
        assert len(it.bot.heard) == asked


async def test_a_submitted_form_can_be_updated_stacked_and_cleared() -> None:
    async with scene() as it:
        first = await opened(it, text_input("what", initial_value="a"))
        next_view = modal(text_input("next", initial_value="b"), callback_id="next")
        it.bot.answer = lambda _heard: {"response_action": "push", "view": next_view}
        assert (await it.driver.submit(ANNA)).outcome == "pushed"
        assert len(it.workspace.views.stack(ANNA)) == 2
        it.bot.answer = lambda _heard: {"response_action": "update", "view": modal(section("done"))}
        assert (await it.driver.submit(ANNA)).outcome == "updated"
        top = it.workspace.views.top(ANNA)
        assert top is not None
        assert (top.blocks[0]["type"], top.body["root_view_id"]) == ("section", first.id)
        it.bot.answer = lambda _heard: {"response_action": "clear"}
        assert (await it.driver.submit(ANNA)).outcome == "cleared"
        assert it.workspace.views.stack(ANNA) == []


async def test_a_button_in_a_form_brings_what_was_typed_and_an_update_keeps_it() -> None:
    async with scene() as it:
        view = await opened(it, text_input("what"), buttons("outside"))
        it.driver.fill(ANNA, {"what": "현수막"})
        await it.driver.press(ANNA, view, "outside")
        heard = it.bot.last
        assert heard["container"] == {"type": "view", "view_id": view.id}
        assert heard["view"]["state"]["values"]["what"]["text"]["value"] == "현수막"
        changed = modal(text_input("what"), text_input("address", initial_value="가온로 1"))
        assert (await it.api("views.update", view_id=view.id, view=changed))["ok"]
        await it.driver.submit(ANNA)
        values = it.bot.last["view"]["state"]["values"]
        assert values["what"]["text"]["value"] == "현수막"
        assert values["address"]["text"]["value"] == "가온로 1"


async def test_a_type_ahead_gives_the_bots_options_and_the_chosen_one_is_submitted() -> None:
    async with scene() as it:
        view = await opened(it, type_ahead())
        suggestion = {"options": [option("v1", "가온인쇄"), option("v2", "나루인쇄")]}
        it.bot.answer = lambda heard: suggestion if heard.kind == "block_suggestion" else None
        found = await it.driver.options(ANNA, view, "vendor", "vendor", "인쇄")
        assert (it.bot.last["value"], it.bot.last["view"]["id"]) == ("인쇄", view.id)
        await it.driver.submit(ANNA, {"vendor": found["options"][1]})
        chosen = it.bot.last["view"]["state"]["values"]["vendor"]["vendor"]["selected_option"]
        assert (chosen["value"], chosen["text"]["text"]) == ("v2", "나루인쇄")


@pytest.mark.parametrize("answer", [500, "words", {"options": [{"value": "no text"}]}])
async def test_a_type_ahead_without_a_good_answer_offers_nothing(answer: Any) -> None:
    async with scene() as it:
        view = await opened(it, type_ahead())
        it.bot.answer = lambda _heard: answer
        found = await it.driver.options(ANNA, view, "vendor", "vendor", "인쇄")
        assert found["options"] == []
        assert found["error"]


@pytest.mark.parametrize("notify", [True, False])
async def test_closing_a_form_is_told_only_to_a_bot_that_asked_for_it(notify: bool) -> None:
    async with scene() as it:
        await opened(it, notify_on_close=notify)
        asked = len(it.bot.heard)
        await it.driver.close_view(ANNA)
        told = [heard.kind for heard in it.bot.heard[asked:]]
        assert told == (["view_closed"] if notify else [])
        assert it.workspace.views.top(ANNA) is None


async def test_one_persons_form_is_out_of_reach_for_another() -> None:
    async with scene() as it:
        view = await opened(it, text_input("what"), buttons("outside"))
        with pytest.raises(NotOnScreenError):
            await it.driver.press(BORA, view, "outside")
        with pytest.raises(NotOnScreenError):
            await it.driver.submit(BORA)


async def test_the_bot_hears_that_its_home_was_opened_and_its_buttons_work() -> None:
    async with scene() as it:

        async def publish(heard: Heard) -> None:
            if heard.kind == "event_callback":
                home = {"type": "home", "blocks": [section("안녕하세요"), buttons("report")]}
                await it.api("views.publish", user_id=heard.data["event"]["user"], view=home)

        it.bot.answer = publish
        await it.driver.open_home(ANNA)
        await it.driver.settle()
        home = it.workspace.views.home(ANNA)
        assert home is not None
        await it.driver.press(ANNA, home, "report")
        assert it.bot.last["view"]["type"] == "home"
        assert it.workspace.faults_seen == []


async def test_a_button_without_an_answer_says_so_to_the_one_who_pressed_it() -> None:
    async with scene() as it:
        message = await posted(it, buttons("more"))
        it.bot.answer = lambda _heard: 500
        assert (await it.driver.press(ANNA, message, "more")).error == "http_service_error"
        assert "다시 눌러 주세요" in it.workspace.toasts[ANNA]
        assert BORA not in it.workspace.toasts


async def test_memory_stays_bounded() -> None:
    workspace = made_up_workspace()
    for number in range(700):
        workspace.say(HALL, ANNA, str(number))
        workspace.passes.trigger(ANNA)
    assert len(workspace.messages.in_channel(HALL)) == 500
    assert workspace.messages.in_channel(HALL)[0].text == "200"
