"""The pretend Slack's Web API: what it does, and the code with which it refuses."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from tests.sandbox.fake_bot import (
    ANNA,
    BORA,
    BOT,
    CHAN,
    ELSEWHERE,
    HALL,
    OLD,
    ROOM,
    Clock,
    buttons,
    made_up_workspace,
    modal,
    scene,
    section,
    text_input,
)  # fmt: skip


def button_block(text: str) -> dict[str, Any]:
    button = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": text}}
    return {"type": "actions", "block_id": "b", "elements": [button]}


@pytest.mark.parametrize(
    ("method", "params", "code"),
    [
        ("chat.sing", {}, "unknown_method"),
        ("chat.postMessage", {"text": "a"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "C0NOWHERE", "text": "a"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "D0ANNA", "text": "a"}, "channel_not_found"),
        ("chat.postMessage", {"channel": ELSEWHERE, "text": "a"}, "not_in_channel"),
        ("chat.postMessage", {"channel": OLD, "text": "a"}, "is_archived"),
        ("chat.postMessage", {"channel": HALL}, "no_text"),
        ("chat.postMessage", {"channel": HALL, "text": "a", "blocks": {"type": "section"}}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": HALL, "text": "a", "blocks": "not json"}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": HALL, "text": "a", "blocks": [{"type": "poem"}]}, "invalid_blocks"),
        ("chat.postMessage", {"channel": HALL, "text": "a", "blocks": [section("가" * 3001)]}, "invalid_blocks"),
        ("chat.postMessage", {"channel": HALL, "text": "a", "blocks": [button_block("가" * 76)]}, "invalid_blocks"),
        ("chat.postMessage", {"channel": HALL, "text": "a", "blocks": [buttons("x", "x")]}, "invalid_blocks"),
        (
            "chat.postMessage",
            {"channel": HALL, "text": "a", "blocks": [section("b", f"s{i}") for i in range(51)]},
            "invalid_blocks",
        ),
        ("chat.postEphemeral", {"channel": HALL, "user": CHAN, "text": "a"}, "user_not_in_channel"),
        ("chat.postEphemeral", {"channel": HALL, "user": "U0NOBODY", "text": "a"}, "user_not_in_channel"),
        ("chat.update", {"channel": HALL, "ts": "1.000001", "text": "a"}, "message_not_found"),
        ("chat.delete", {"channel": HALL, "ts": "1.000001"}, "message_not_found"),
        ("views.open", {"trigger_id": "1.2.abc", "view": modal()}, "invalid_trigger_id"),
        ("views.open", {"trigger_id": "1.2.abc"}, "invalid_arguments"),
        ("views.open", {"trigger_id": "1.2.abc", "view": {"type": "home", "blocks": []}}, "invalid_arguments"),
        ("views.update", {"view_id": "V0NONE", "view": modal()}, "not_found"),
        ("views.update", {"view": modal()}, "invalid_arguments"),
        ("views.publish", {"user_id": ANNA, "view": modal()}, "invalid_arguments"),
        ("views.publish", {"user_id": "U0NOBODY", "view": {"type": "home", "blocks": []}}, "invalid_arguments"),
        (
            "views.publish",
            {"user_id": ANNA, "view": {"type": "home", "blocks": [section("a", f"s{i}") for i in range(101)]}},
            "invalid_arguments",
        ),
        ("conversations.info", {"channel": "C0NOWHERE"}, "channel_not_found"),
        ("conversations.open", {"users": "U0NOBODY"}, "user_not_found"),
        ("conversations.open", {}, "users_list_not_supplied"),
        ("conversations.history", {"channel": ELSEWHERE}, "not_in_channel"),
        ("conversations.members", {"channel": HALL, "limit": "many"}, "invalid_limit"),
        ("conversations.members", {"channel": HALL, "cursor": "???"}, "invalid_cursor"),
        ("conversations.list", {"types": "secret"}, "invalid_types"),
        ("users.info", {"user": "U0NOBODY"}, "user_not_found"),
        ("users.lookupByEmail", {"email": "nobody@example.test"}, "users_not_found"),
    ],
)
async def test_what_slack_refuses_is_refused_with_slacks_code(method: str, params: dict[str, Any], code: str) -> None:
    async with scene() as it:
        answer = await it.api(method, **params)
        assert (answer["ok"], answer["error"]) == (False, code)


async def test_a_refused_block_is_pointed_at_and_kept_as_a_fault() -> None:
    async with scene() as it:
        answer = await it.api("chat.postMessage", channel=HALL, text="a", blocks=[section("b"), {"type": "poem"}])
        assert "[json-pointer:/blocks/1" in answer["response_metadata"]["messages"][0]
        assert [fault.code for fault in it.workspace.faults_seen] == ["invalid_blocks"]
        assert it.workspace.messages.in_channel(HALL) == []


async def test_a_broken_house_rule_is_posted_and_still_kept_as_a_fault() -> None:
    async with scene() as it:
        answer = await it.api("chat.postMessage", channel=HALL, blocks=[section("no plain text beside it")])
        assert answer["ok"]
        assert {fault.code for fault in it.workspace.faults_seen} == {"house_rule"}


@pytest.mark.parametrize(("token", "code"), [("", "not_authed"), ("xoxb-another", "invalid_auth")])
async def test_a_missing_or_wrong_token_is_refused(token: str, code: str) -> None:
    async with scene() as it:
        assert (await it.api("auth.test", token=token))["error"] == code


async def test_a_missing_scope_is_named_with_what_is_there() -> None:
    async with scene(workspace=made_up_workspace(scopes=["commands", "users:read"])) as it:
        answer = await it.api("chat.postMessage", channel=HALL, text="a")
        assert answer == {
            "ok": False, "error": "missing_scope", "needed": "chat:write", "provided": "commands,users:read",
        }  # fmt: skip


async def test_json_form_and_query_are_all_understood() -> None:
    async with scene() as it:
        bearer = {"Authorization": f"Bearer {it.workspace.bot_token}"}
        form = {"channel": HALL, "text": "form", "blocks": '[{"type": "divider", "block_id": "d"}]'}
        async with it.http.post(f"{it.url}/api/chat.postMessage", data=form, headers=bearer) as response:
            assert (await response.json())["message"]["blocks"][0]["type"] == "divider"
        in_form = {"token": it.workspace.bot_token, "channel": HALL, "text": "token in the form"}
        async with it.http.post(f"{it.url}/api/chat.postMessage", data=in_form) as response:
            assert (await response.json())["ok"]
        url = f"{it.url}/api/conversations.info?channel={HALL}&include_num_members=1"
        async with it.http.get(url, headers=bearer) as response:
            assert (await response.json())["channel"]["num_members"] == 3
            assert "chat:write" in response.headers["X-OAuth-Scopes"]


@pytest.mark.parametrize(("body", "code"), [("{", "invalid_json"), ("[]", "json_not_object")])
async def test_a_body_that_is_no_json_object_is_refused(body: str, code: str) -> None:
    async with scene() as it:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {it.workspace.bot_token}"}
        async with it.http.post(f"{it.url}/api/auth.test", data=body, headers=headers) as response:
            assert (await response.json())["error"] == code


async def test_time_stamps_rise_and_are_unique_though_the_clock_stands_still_or_jumps_back() -> None:
    clock = Clock()
    async with scene(workspace=made_up_workspace(clock=clock)) as it:
        stamps = [(await it.api("chat.postMessage", channel=HALL, text="a"))["ts"] for _ in range(3)]
        clock.now -= 3600
        stamps.append((await it.api("chat.postMessage", channel=HALL, text="a"))["ts"])
        assert stamps[0] == "1800000000.000000"
        assert sorted(set(stamps)) == stamps


async def test_an_update_without_blocks_keeps_them_and_an_empty_list_removes_them() -> None:
    async with scene() as it:
        ts = (await it.api("chat.postMessage", channel=HALL, text="a", blocks=[section("b")]))["ts"]
        kept = await it.api("chat.update", channel=HALL, ts=ts, text="c")
        assert kept["message"]["blocks"][0]["block_id"] == "words"
        gone = await it.api("chat.update", channel=HALL, ts=ts, text="d", blocks=[])
        assert gone["message"]["blocks"] == []
        assert it.workspace.messages.in_channel(HALL)[0].text == "d"


async def test_an_ephemeral_message_can_neither_be_updated_nor_read_back() -> None:
    async with scene() as it:
        ts = (await it.api("chat.postEphemeral", channel=HALL, user=ANNA, text="only for you"))["message_ts"]
        assert (await it.api("chat.update", channel=HALL, ts=ts, text="b"))["error"] == "message_not_found"
        assert (await it.api("conversations.history", channel=HALL))["messages"] == []
        assert [m.text for m in it.workspace.messages.seen_by(ANNA, HALL)] == ["only for you"]
        assert it.workspace.messages.seen_by(BORA, HALL) == []


async def test_somebody_elses_message_can_be_neither_changed_nor_deleted() -> None:
    async with scene() as it:
        ts = (await it.driver.say(ANNA, HALL, "mine")).ts
        assert (await it.api("chat.update", channel=HALL, ts=ts, text="b"))["error"] == "cant_update_message"
        assert (await it.api("chat.delete", channel=HALL, ts=ts))["error"] == "cant_delete_message"


async def test_history_gives_metadata_only_when_asked_and_pages_newest_first() -> None:
    async with scene() as it:
        metadata = {"event_type": "reminder", "event_payload": {"period": "2027-05"}}
        await it.api("chat.postMessage", channel=HALL, text="first", metadata=metadata)
        await it.api("chat.postMessage", channel=HALL, text="second")
        page = await it.api("conversations.history", channel=HALL, limit=1, include_all_metadata=True)
        assert [m["text"] for m in page["messages"]] == ["second"]
        assert page["has_more"]
        cursor = page["response_metadata"]["next_cursor"]
        rest = await it.api("conversations.history", channel=HALL, limit=1, cursor=cursor, include_all_metadata=True)
        assert rest["messages"][0]["metadata"] == metadata
        assert not rest["has_more"]
        plain = await it.api("conversations.history", channel=HALL)
        assert "metadata" not in plain["messages"][1]


async def test_a_message_to_a_person_goes_to_their_direct_messages() -> None:
    async with scene() as it:
        channel = (await it.api("conversations.open", users=ANNA))["channel"]["id"]
        assert channel.startswith("D")
        assert (await it.api("chat.postMessage", channel=ANNA, text="receipt"))["channel"] == channel
        assert [m.text for m in it.workspace.messages.seen_by(ANNA, channel)] == ["receipt"]
        assert (await it.api("conversations.info", channel=channel))["channel"]["user"] == ANNA


async def test_people_team_and_channels_can_be_asked_for() -> None:
    async with scene() as it:
        assert (await it.api("auth.test"))["user_id"] == BOT
        assert (await it.api("team.info"))["team"]["name"] == "가온시청"
        person = (await it.api("users.info", user=ANNA, include_locale=True))["user"]
        assert (person["real_name"], person["locale"]) == ("안나", "ko-KR")
        assert (await it.api("users.lookupByEmail", email="Anna@example.test"))["user"]["id"] == ANNA
        assert [user["id"] for user in (await it.api("users.list"))["members"]] == [ANNA, BORA, CHAN, BOT]
        names = [c["name"] for c in (await it.api("conversations.list", exclude_archived=True))["channels"]]
        assert names == ["전체", "회계과", "봇없음"]
        assert (await it.api("conversations.members", channel=ROOM))["members"] == [ANNA, BORA, BOT]


async def test_a_trigger_opens_one_form_within_three_seconds() -> None:
    clock = Clock()
    async with scene(workspace=made_up_workspace(clock=clock)) as it:
        trigger = await it.trigger()
        clock.now += 2.9
        assert (await it.api("views.open", trigger_id=trigger, view=modal()))["ok"]
        assert (await it.api("views.open", trigger_id=trigger, view=modal()))["error"] == "exchanged_trigger_id"
        late = await it.trigger()
        clock.now += 3.1
        assert (await it.api("views.open", trigger_id=late, view=modal()))["error"] == "expired_trigger_id"


async def test_forms_stack_up_to_three() -> None:
    async with scene() as it:
        opened = (await it.api("views.open", trigger_id=await it.trigger(), view=modal()))["view"]
        second = (await it.api("views.push", trigger_id=await it.trigger(), view=modal()))["view"]
        third = (await it.api("views.push", trigger_id=await it.trigger(), view=modal()))["view"]
        assert (third["root_view_id"], third["previous_view_id"]) == (opened["id"], second["id"])
        fourth = await it.api("views.push", trigger_id=await it.trigger(), view=modal())
        assert fourth["error"] == "push_limit_reached"


async def test_a_form_is_updated_by_id_or_external_id_unless_its_hash_is_old() -> None:
    async with scene() as it:
        view = modal(external_id="report-1")
        opened = (await it.api("views.open", trigger_id=await it.trigger(), view=view))["view"]
        other = await it.api("views.push", trigger_id=await it.trigger(), view=view)
        assert other["error"] == "duplicate_external_id"
        changed = modal(text_input("else"), external_id="report-1")
        updated = await it.api("views.update", external_id="report-1", hash=opened["hash"], view=changed)
        assert updated["view"]["blocks"][0]["block_id"] == "else"
        raced = await it.api("views.update", view_id=opened["id"], hash=opened["hash"], view=changed)
        assert raced["error"] == "hash_conflict"


async def test_a_home_tab_keeps_its_id() -> None:
    async with scene() as it:
        home = {"type": "home", "blocks": [section("hello")]}
        first = (await it.api("views.publish", user_id=ANNA, view=home))["view"]
        second = (await it.api("views.publish", user_id=ANNA, view=home, hash=first["hash"]))["view"]
        assert first["id"] == second["id"]
        assert it.workspace.views.home(BORA) is None


async def test_planned_trouble_comes_in_order_and_then_ends() -> None:
    async with scene() as it:
        it.workspace.faults.add("chat.postMessage", kind="ratelimited", retry_after=7, times=2)
        it.workspace.faults.add("chat.postMessage", kind="http_500")
        it.workspace.faults.add("chat.postMessage", kind="error", error="channel_not_found")
        seen = []
        for _ in range(5):
            headers = {"Authorization": f"Bearer {it.workspace.bot_token}"}
            body = {"channel": HALL, "text": "a"}
            async with it.http.post(f"{it.url}/api/chat.postMessage", json=body, headers=headers) as response:
                answer = await response.json() if response.status != 500 else {}
                seen.append((response.status, response.headers.get("Retry-After"), answer.get("error")))
        assert seen == [
            (429, "7", "ratelimited"),
            (429, "7", "ratelimited"),
            (500, None, None),
            (200, None, "channel_not_found"),
            (200, None, None),
        ]
        assert len(it.workspace.messages.in_channel(HALL)) == 1
        assert it.workspace.faults.left == 0


@pytest.mark.parametrize(("kind", "posted"), [("timeout", 0), ("lost_answer", 1)])
async def test_an_answer_that_never_comes_leaves_nothing_or_everything_done(kind: Any, posted: int) -> None:
    async with scene() as it:
        it.workspace.faults.add("chat.postMessage", kind=kind, hold=20)
        headers = {"Authorization": f"Bearer {it.workspace.bot_token}"}
        timeout = aiohttp.ClientTimeout(total=0.1)
        body = {"channel": HALL, "text": "a"}
        with pytest.raises(TimeoutError):
            await it.http.post(f"{it.url}/api/chat.postMessage", json=body, headers=headers, timeout=timeout)
        await it.driver.settle()
        assert len(it.workspace.messages.in_channel(HALL)) == posted
