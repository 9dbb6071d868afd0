"""The HTTP door: who is let in, what is read before that, and that everybody who is let in gets an answer."""

import asyncio
import io
import json
import random
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
import pytest
from slack_bolt import BoltResponse
from starlette.applications import Starlette
from starlette.routing import Route

from gwannae.bot.app import Bot
from gwannae.bot.http import MAX_BODY, build_asgi, slack_door
from gwannae.messages.problems import NOT_FOR_US
from gwannae.sandbox.requests_out import FORM, JSON_TYPE, signature
from tests.bot import knocks
from tests.bot.reports import a_report, kept
from tests.front_door import ROADS, STAFF, FrontDoor, text_of
from tests.serving import serve

SECRET = "a-made-up-secret"
NOW = 1_810_000_000.0
BODY = b"command=%2Flocalvendor&text=%EC%9D%B8%EC%87%84&team_id=T0HAETNIM&user_id=U0STAFF"


@dataclass
class Counted:
    """A door behind which every payload is counted and nothing else happens."""

    url: str
    http: aiohttp.ClientSession
    taken: list[dict[str, Any]] = field(default_factory=list)

    async def post(self, body: Any, headers: Mapping[str, str]) -> int:
        async with self.http.post(self.url, data=body, headers=dict(headers)) as response:
            await response.read()
            return response.status

    async def post_signed(self, body: bytes, kind: str = FORM, at: float = NOW, **changes: str) -> int:
        return await self.post(body, {**headers(body, kind, at), **changes})


def headers(body: bytes, kind: str = FORM, at: float = NOW) -> dict[str, str]:
    moment = str(int(at))
    return {
        "Content-Type": kind,
        "X-Slack-Request-Timestamp": moment,
        "X-Slack-Signature": signature(SECRET, moment, body),
    }


@pytest.fixture
async def counted() -> AsyncIterator[Counted]:
    taken: list[dict[str, Any]] = []

    async def answer(body: dict[str, Any], _: Mapping[str, str]) -> BoltResponse:
        taken.append(body)
        return BoltResponse(status=200, body="")

    door = slack_door(answer, SECRET, lambda: NOW)
    app = Starlette(routes=[Route("/slack/events", door, methods=["POST"])])
    async with serve(app) as url, aiohttp.ClientSession() as http:
        yield Counted(f"{url}/slack/events", http, taken)


def mutated(chance: random.Random, text: bytes, alphabet: bytes) -> bytes:
    """The text with one to three small damages, never as it was."""
    while True:
        changed = bytearray(text)
        for _ in range(chance.randint(1, 3)):
            where = chance.randrange(len(changed) or 1)
            match chance.randrange(4):
                case 0 if changed:
                    changed[where] = chance.choice(alphabet)
                case 1:
                    changed.insert(where, chance.choice(alphabet))
                case 2 if changed:
                    del changed[where : where + chance.randint(1, 8)]
                case _:
                    changed += changed[where:]
        if bytes(changed) != text:
            return bytes(changed)


async def test_of_a_thousand_damaged_requests_none_is_let_in_and_none_is_read(counted: Counted) -> None:
    chance = random.Random(20270615)  # noqa: S311 - repeatable on purpose
    visible = bytes(range(0x21, 0x7F)) + bytes(
        range(0xA1, 0x100)
    )  # a header may hold both, and é breaks compare_digest
    right = headers(BODY)
    for number in range(1000):
        body, sent = BODY, dict(right)
        match number % 3:
            case 0:
                body = mutated(chance, BODY, bytes(range(256)))
            case 1:
                name = "X-Slack-Request-Timestamp"
                sent[name] = mutated(chance, right[name].encode(), b"0123456789+-_.eN" + visible).decode("latin-1")
            case 2:
                name = "X-Slack-Signature"
                sent[name] = mutated(chance, right[name].encode(), b"0123456789abcdef" * 8 + visible).decode("latin-1")
        raw = [(k.encode(), v.encode("latin-1")) for k, v in sent.items()]
        assert await _post_raw(counted, body, raw) == 401, (number, body, sent)
    assert counted.taken == []
    assert await counted.post(BODY, right) == 200
    assert len(counted.taken) == 1


async def _post_raw(counted: Counted, body: bytes, sent: list[tuple[bytes, bytes]]) -> int:
    """Through a bare socket: an HTTP library would refuse to send some of these headers."""
    host, _, port = counted.url.removeprefix("http://").partition("/")[0].partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    lines = [b"POST /slack/events HTTP/1.1", b"Host: x", b"Connection: close", b"Content-Length: %d" % len(body)]
    lines += [name + b": " + value for name, value in sent]
    writer.write(b"\r\n".join(lines) + b"\r\n\r\n" + body)
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return int(answer.split(b" ", 2)[1])


@pytest.mark.parametrize(
    ("seconds", "status"), [(-301, 401), (-300, 200), (-299, 200), (0, 200), (299, 200), (301, 401), (86_400, 401)]
)
async def test_a_request_counts_for_five_minutes(counted: Counted, seconds: int, status: int) -> None:
    assert await counted.post_signed(BODY, at=NOW + seconds) == status


@pytest.mark.parametrize("missing", ["X-Slack-Request-Timestamp", "X-Slack-Signature"])
async def test_a_request_without_its_headers_is_refused(counted: Counted, missing: str) -> None:
    sent = headers(BODY)
    del sent[missing]
    assert await counted.post(BODY, sent) == 401


@pytest.mark.parametrize("moment", ["", "soon", "1e9", "-1", "９", "0x6be2", "1" * 5000])
async def test_a_time_stamp_that_is_no_moment_is_refused(counted: Counted, moment: str) -> None:
    encoded = moment.encode()
    sent = [
        (b"Content-Type", FORM.encode()),
        (b"X-Slack-Request-Timestamp", encoded),
        (b"X-Slack-Signature", signature(SECRET, moment, BODY).encode()),
    ]
    assert await _post_raw(counted, BODY, sent) == 401


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"text=\xff\xfe", FORM),
        (b"\xff", JSON_TYPE),
    ],
)
async def test_a_body_that_is_no_text_is_refused_although_rightly_signed(
    counted: Counted, body: bytes, kind: str
) -> None:
    assert await counted.post_signed(body, kind) == 401


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", JSON_TYPE),
        (b"[]", JSON_TYPE),
        (b"null", JSON_TYPE),
        (b'"text"', JSON_TYPE),
        (b"[" * 100_000, JSON_TYPE),
        (b"payload=%7B", FORM),
        (b"payload=[1]", FORM),
    ],
)
async def test_a_signed_body_that_is_no_payload_is_refused_without_a_fault(
    counted: Counted, body: bytes, kind: str
) -> None:
    assert await counted.post_signed(body, kind) == 400
    assert counted.taken == []


async def test_a_body_of_two_mebibytes_is_refused(counted: Counted) -> None:
    body = b"text=" + b"a" * 2 * 1024 * 1024
    assert await counted.post(io.BytesIO(body), headers(body)) == 413
    assert counted.taken == []


async def test_a_body_without_a_length_is_read_no_further_than_the_bound(counted: Counted) -> None:
    handed_out = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal handed_out
        for _ in range(400):
            handed_out += 65_536
            yield b"a" * 65_536

    try:
        status = await counted.post(endless(), headers(b""))
    except aiohttp.ClientError:  # the door was shut while we were still talking
        status = 413
    assert status == 413
    assert handed_out < 16 * MAX_BODY  # what lies in the buffers of two sockets, not the 25 MiB on offer
    assert counted.taken == []


async def test_only_posts_to_the_one_path_are_taken(counted: Counted) -> None:
    async with counted.http.get(counted.url) as response:
        assert response.status == 405
    async with counted.http.post(f"{counted.url}/other", data=BODY, headers=headers(BODY)) as response:
        assert response.status == 404
    assert counted.taken == []


async def test_a_command_whose_words_hold_payload_comes_in_whole(counted: Counted) -> None:
    body = urlencode({"command": "/localvendor", "text": "payload payload=1", "team_id": "T"}).encode()
    assert await counted.post_signed(body) == 200
    assert counted.taken == [{"command": "/localvendor", "text": "payload payload=1", "team_id": "T"}]


async def test_a_hostile_text_comes_in_as_it_was_typed(counted: Counted) -> None:
    text = "인쇄 <!channel> '; DROP TABLE vendors; -- \x00 🖨️ " + "가" * 3000
    body = f"command=%2Flocalvendor&text={quote(text)}".encode()
    assert await counted.post_signed(body) == 200
    assert counted.taken[0]["text"] == text


# -- behind the door -------------------------------------------------------------------------------------------------


@asynccontextmanager
async def raw(door: FrontDoor) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(f"{door.url}/") as http:
        yield http


async def test_the_same_submission_replayed_to_the_byte_is_stored_once(door: FrontDoor) -> None:
    body = urlencode({"payload": json.dumps(a_report(door), ensure_ascii=False)}).encode()
    sent = knocks.form_headers(door, body)
    replies = [await door.driver.send_raw(body, sent) for _ in range(3)]
    assert [reply.status for reply in replies] == [200, 200, 200]
    await door.driver.settle()
    assert len(kept(door)) == 1
    assert len(door.direct_messages(STAFF)) == 1
    assert "이미 저장된 보고입니다" in json.dumps(replies[2].json(), ensure_ascii=False)


async def test_the_same_event_replayed_to_the_byte_is_answered_once(door: FrontDoor) -> None:
    body = json.dumps(knocks.direct_message(door, STAFF, "인쇄"), ensure_ascii=False).encode()
    sent = door.sandbox.caller.headers_for(body, JSON_TYPE)
    for _ in range(3):
        assert (await door.driver.send_raw(body, sent)).status == 200
    await door.driver.settle()
    assert len(door.direct_messages(STAFF)) == 1


async def test_a_rotated_signing_secret_takes_effect_and_a_form_that_was_open_meanwhile_is_not_lost(
    door: FrontDoor,
) -> None:
    body = urlencode({"payload": json.dumps(a_report(door), ensure_ascii=False)}).encode()
    rotated = "the-secret-after-that-one"
    async with serve(build_asgi(Bot(door.desk), door.desk, rotated)) as url, aiohttp.ClientSession() as http:

        async def sent(secret: str) -> int:
            moment = str(int(time.time()))
            marks = {"X-Slack-Request-Timestamp": moment, "X-Slack-Signature": signature(secret, moment, body)}
            headers = {"Content-Type": FORM, **marks}
            async with http.post(f"{url}/slack/events", data=body, headers=headers) as response:
                return response.status

        assert await sent(door.workspace.signing_secret) == 401
        assert kept(door) == []
        assert await sent(rotated) == 200
        assert await sent(rotated) == 200
        assert len(kept(door)) == 1


async def test_retries_of_an_event_are_answered_once(door: FrontDoor) -> None:
    body = json.dumps(knocks.direct_message(door, STAFF, "인쇄"), ensure_ascii=False).encode()
    for number in range(4):
        sent = door.sandbox.caller.headers_for(body, JSON_TYPE)
        retry = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": "http_timeout"} if number else {}
        assert (await door.driver.send_raw(body, {**sent, **retry})).status == 200
    await door.driver.settle()
    assert len(door.direct_messages(STAFF)) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"bot_id": "B0GWANNAE"},
        {"user": "U0GWANNAE"},
        {"bot_id": "B0OTHER", "subtype": "bot_message"},
        {"subtype": "message_changed"},
        {"user": None},
    ],
)
async def test_what_no_person_has_said_is_not_answered(door: FrontDoor, changes: dict[str, Any]) -> None:
    reply = await knocks.send(door, knocks.direct_message(door, STAFF, "인쇄", **changes))
    await door.driver.settle()
    assert (reply.status, reply.body) == (200, "")
    assert [call.method for call in door.workspace.calls if call.method == "chat.postMessage"] == []


async def test_slacks_question_for_the_address_is_answered(door: FrontDoor) -> None:
    reply = await knocks.send(door, {"type": "url_verification", "challenge": "made-up", "token": "x"})
    assert (reply.status, reply.json()) == (200, {"challenge": "made-up"})


async def test_slacks_check_of_the_certificate_is_answered(door: FrontDoor) -> None:
    assert (await knocks.send(door, {"ssl_check": "1", "token": "x"})).status == 200


async def test_an_unknown_command_is_answered_with_a_sentence(door: FrontDoor) -> None:
    reply = await knocks.send(door, knocks.command(door, STAFF, "/something-else"))
    assert reply.status == 200
    assert reply.json() == {"response_type": "ephemeral", "text": NOT_FOR_US}


@pytest.mark.parametrize("kind", ["block_actions", "shortcut", "message_action", "interactive_message"])
async def test_an_unknown_button_or_shortcut_is_answered_with_a_sentence(door: FrontDoor, kind: str) -> None:
    payload = knocks.pressed(door, STAFF, "from-long-ago", callback_id="from-long-ago", type=kind)
    reply = await knocks.send(door, payload)
    await door.driver.settle()
    assert (reply.status, reply.body) == (200, "")
    [said] = door.direct_messages(STAFF)
    assert said.text == NOT_FOR_US


async def test_an_unknown_form_says_so_in_its_place(door: FrontDoor) -> None:
    reply = await knocks.send(door, knocks.submitted(door, STAFF, "from-long-ago", {"field": "text"}))
    assert reply.json() == {"response_action": "errors", "errors": {"field": NOT_FOR_US}}
    without_fields = await knocks.send(door, knocks.submitted(door, STAFF, "from-long-ago", {}))
    assert without_fields.json()["response_action"] == "update"


SILENT = {
    "an unknown menu chosen in": {"actions": [{"type": "static_select", "action_id": "x", "block_id": "y"}]},
    "a link opened": {"actions": [{"type": "button", "action_id": "x", "block_id": "y", "url": "https://example.org"}]},
}


@pytest.mark.parametrize("changes", SILENT.values(), ids=SILENT)
async def test_what_needs_no_sentence_is_taken_in_silence(door: FrontDoor, changes: dict[str, Any]) -> None:
    reply = await knocks.send(door, {**knocks.pressed(door, STAFF, "x"), **changes})
    await door.driver.settle()
    assert (reply.status, reply.body) == (200, "")
    assert door.direct_messages(STAFF) == []


async def test_an_unknown_menu_gets_no_options(door: FrontDoor) -> None:
    asked = {"type": "block_suggestion", **knocks.person(door, STAFF), "action_id": "x", "block_id": "y", "value": "가"}
    reply = await knocks.send(door, asked)
    assert (reply.status, reply.json()) == (200, {"options": []})


@pytest.mark.parametrize("kind", ["reaction_added", "team_join", "made_up_next_year"])
async def test_an_unknown_event_is_taken_in_silence(door: FrontDoor, kind: str) -> None:
    reply = await knocks.send(door, knocks.event(door, {"type": kind, "user": STAFF}))
    await door.driver.settle()
    assert (reply.status, reply.body) == (200, "")
    assert door.direct_messages(STAFF) == []


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"type": "view_closed", "view": {"callback_id": "x"}},
        {"type": "made_up_next_year"},
        {"type": "block_actions", "team": {"id": "T0HAETNIM"}, "user": {"id": STAFF}, "actions": []},
        {"type": "view_submission", "view": None, "team": {"id": "T0HAETNIM"}, "user": {"id": STAFF}},
        {"type": "block_actions", "user": STAFF, "team": "T0HAETNIM", "actions": [{"action_id": "x"}]},
        {"type": "event_callback", "event": "text", "team_id": "T0HAETNIM"},
        {"type": ["list"], "team": {"id": "T0HAETNIM"}},
    ],
)
async def test_a_payload_of_no_known_form_is_taken_without_a_fault(door: FrontDoor, payload: dict[str, Any]) -> None:
    body = urlencode({"payload": json.dumps(payload)}).encode()
    assert (await door.driver.send_raw(body, knocks.form_headers(door, body))).status == 200


async def test_another_workspace_is_told_that_the_bot_cannot_work_there(door: FrontDoor) -> None:
    foreign = {**knocks.command(door, STAFF, "/localvendor", "인쇄"), "team_id": "T0FOREIGN"}
    reply = await knocks.send(door, foreign)
    assert "관내봇이 아직 일할 수 없습니다" in reply.json()["text"]
    spoken = {**knocks.direct_message(door, STAFF, "인쇄"), "team_id": "T0FOREIGN", "authorizations": []}
    await knocks.send(door, spoken)
    await door.driver.settle()
    assert "chat.postMessage" not in {call.method for call in door.workspace.calls}


async def test_health_and_readiness_are_told_apart(door: FrontDoor) -> None:
    async with raw(door) as http, http.get("healthz") as alive, http.get("readyz") as ready:
        assert (alive.status, await alive.json()) == (200, {"status": "ok"})
        assert (ready.status, await ready.json()) == (200, {"status": "ok"})


async def test_the_first_visitor_from_slack_finds_a_firm(door: FrontDoor) -> None:
    answer = await door.driver.command(STAFF, ROADS, "/localvendor", "payload 인쇄")
    assert answer.error == ""
    assert "‘인쇄’ 관내 업체" in text_of(answer.shown[0])
