"""Trouble behind the door: a database that is busy or gone, a Slack that refuses. Nothing lost, nobody in silence."""

import asyncio
import os
import re
import sqlite3
import time
from pathlib import Path
from typing import Any

import aiohttp
import psycopg
import pytest

from gwannae.handlers.desk import actor_of
from gwannae.messages import ids
from gwannae.messages import problems as say
from gwannae.messages.report_purchase import button_value_of
from gwannae.sandbox.faults import FaultKind
from gwannae.sandbox.requests_out import Reply
from tests import soaking
from tests.bot import knocks
from tests.bot.doors import open_door
from tests.bot.reports import TITLE, a_report, kept, stored
from tests.databases import PostgresServer, postgres_server
from tests.front_door import OFFICE, ROADS, STAFF, FrontDoor, open_front_door, text_of

SLACK_WAITS = 3.0


async def timed(door: FrontDoor, payload: Any) -> tuple[Reply, float]:
    started = time.monotonic()
    reply = await knocks.send(door, payload)
    return reply, time.monotonic() - started


def texts(door: FrontDoor, user: str = STAFF) -> list[str]:
    return [message.text for message in door.direct_messages(user)]


async def finished(door: FrontDoor) -> None:
    """All that was promised for after the answers is done."""
    await asyncio.sleep(0.01)  # an event goes its way in a task that has yet to begin
    await door.driver.settle()
    assert await door.desk.later.drain(10) == 0
    await door.driver.settle()


def is_numbered(text: str, sentence: str) -> bool:
    return re.fullmatch(rf"{re.escape(sentence)} \(문의 번호 [0-9A-F]{{4}}\)", text) is not None


# -- the database is busy ----------------------------------------------------------------------------------------------


async def test_a_locked_database_is_said_in_time_in_the_shape_of_each_payload(
    sqlite_door: FrontDoor, sqlite_file: Path
) -> None:
    door = sqlite_door
    mine = await stored(door)
    before = texts(door)
    other = sqlite3.connect(sqlite_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        sent = await asyncio.gather(
            timed(door, a_report(door, key="form-2")),
            timed(door, knocks.pressed(door, STAFF, ids.REPORT_CANCEL, button_value_of(mine))),
            timed(door, knocks.direct_message(door, OFFICE, "인쇄")),
        )
    finally:
        other.execute("ROLLBACK")
        other.close()
    await finished(door)
    assert [reply.status for reply, _ in sent] == [200, 200, 200]
    assert max(seconds for _, seconds in sent) < SLACK_WAITS
    form = sent[0][0].json()
    assert form["response_action"] == "errors"  # so the form stays, and all that was typed in it
    [(field, sentence)] = form["errors"].items()
    assert field == ids.REPORT_TITLE
    assert is_numbered(sentence, say.BUSY)
    assert [t for t in texts(door) if t not in before and is_numbered(t, say.BUSY)]
    assert [t for t in texts(door, OFFICE) if is_numbered(t, say.BUSY)]
    assert [purchase.id for purchase in kept(door)] == [mine.id]
    assert (await knocks.send(door, a_report(door, key="form-2"))).body == ""
    assert len(kept(door)) == 2


async def test_a_locked_postgresql_is_said_in_time_also_to_those_who_only_read(postgres: PostgresServer) -> None:
    with postgres.fresh() as url:
        async with open_front_door(url) as door:
            report = a_report(door)
            with psycopg.connect(url) as other:
                other.execute("LOCK TABLE organisations, vendors, registry_state, purchases IN ACCESS EXCLUSIVE MODE")
                form = await timed(door, report)
                command = await timed(door, knocks.command(door, STAFF, "/local-standings"))
                asked = {"type": "block_suggestion", **knocks.person(door, STAFF), "block_id": "x", "value": "길"}
                options = await timed(door, {**asked, "action_id": ids.REPORT_ORGANISATION})
                other.rollback()
            assert max(seconds for _, seconds in (form, command, options)) < SLACK_WAITS
            assert is_numbered(next(iter(form[0].json()["errors"].values())), say.BUSY)
            assert command[0].json()["response_type"] == "ephemeral"
            assert is_numbered(command[0].json()["text"], say.BUSY)
            assert options[0].json() == {"options": []}
            assert (await knocks.send(door, report)).body == ""


async def test_several_waits_in_one_request_end_before_slack_gives_up(
    sqlite_door: FrontDoor, sqlite_file: Path
) -> None:
    door = sqlite_door
    waiting = asyncio.Event()

    async def hold_all_threads() -> None:
        loop = asyncio.get_running_loop()
        holds = [loop.run_in_executor(door.toolkit.threads, time.sleep, 3.2) for _ in range(8)]
        waiting.set()
        await asyncio.gather(*holds)

    held = asyncio.create_task(hold_all_threads())
    await waiting.wait()
    reply, seconds = await timed(door, a_report(door))
    assert seconds < SLACK_WAITS
    assert is_numbered(reply.json()["errors"][ids.REPORT_TITLE], say.SLOW)
    await held
    assert (await knocks.send(door, a_report(door))).status == 200
    assert len(kept(door)) == 1  # whether or not the first one was stored after all


# -- the database is gone ----------------------------------------------------------------------------------------------


async def ready(door: FrontDoor) -> int:
    async with aiohttp.ClientSession() as http, http.get(f"{door.url}/readyz") as response:
        return response.status


async def test_a_removed_file_is_said_and_work_resumes_when_it_is_back(
    sqlite_door: FrontDoor, sqlite_file: Path
) -> None:
    door, aside = sqlite_door, sqlite_file.with_suffix(".aside")
    report = a_report(door)
    os.rename(sqlite_file, aside)
    reply, seconds = await timed(door, report)
    assert seconds < SLACK_WAITS
    assert is_numbered(reply.json()["errors"][ids.REPORT_TITLE], say.AWAY)
    look_up = await knocks.send(door, knocks.command(door, STAFF, "/localvendor", "인쇄"))
    assert is_numbered(look_up.json()["text"], say.AWAY)
    assert await ready(door) == 503
    os.rename(aside, sqlite_file)
    assert await ready(door) == 200
    assert (await knocks.send(door, a_report(door))).body == ""
    with sqlite3.connect(sqlite_file) as looked_at:  # in the file that stands there, not in one that is gone
        assert looked_at.execute("SELECT count(*) FROM purchases").fetchone() == (1,)
    looked_at.close()


async def test_a_backup_put_back_in_the_files_place_is_written_to_from_then_on(
    sqlite_door: FrontDoor, sqlite_file: Path
) -> None:
    await stored(sqlite_door, key="before")
    backup = sqlite_file.with_suffix(".backup")
    with sqlite3.connect(sqlite_file) as source, sqlite3.connect(backup) as target:
        source.backup(target)
    source.close()
    target.close()
    for side_file in sqlite_file.parent.glob(f"{sqlite_file.name}-*"):
        side_file.unlink()
    os.replace(backup, sqlite_file)
    assert (await knocks.send(sqlite_door, a_report(sqlite_door, key="after"))).body == ""
    looked_at = sqlite3.connect(sqlite_file)
    assert looked_at.execute("SELECT form_key FROM purchases ORDER BY id").fetchall() == [("before",), ("after",)]
    looked_at.close()


async def test_a_stopped_postgresql_is_said_and_work_resumes_when_it_is_back() -> None:
    with postgres_server() as server:
        server.make_template()
        with server.fresh() as url:
            async with open_front_door(url) as door:
                report = a_report(door)
                server.stop()
                reply, seconds = await timed(door, report)
                look_up, _ = await timed(door, knocks.command(door, STAFF, "/local-standings"))
                not_ready = await ready(door)
                server.start()
                assert seconds < SLACK_WAITS
                assert is_numbered(reply.json()["errors"][ids.REPORT_TITLE], say.AWAY)
                assert is_numbered(look_up.json()["text"], say.AWAY)
                assert not_ready == 503
                assert await ready(door) == 200
                assert (await knocks.send(door, report)).body == ""
                assert len(kept(door)) == 1


AWAY_FOR, RESUMES_WITHIN = 5.0, 30.0  # seconds; a soak keeps the database away for a minute


@pytest.mark.soak
@pytest.mark.timeout(300)
async def test_while_the_database_is_away_nothing_is_posted_and_nothing_of_a_fault_is_shown() -> None:
    with postgres_server() as server:
        server.make_template()
        with server.fresh() as url:
            async with open_front_door(url) as door:
                report = a_report(door)
                server.stop()
                began = time.monotonic()
                shown = []
                while time.monotonic() - began < (60.0 if soaking.SECONDS else AWAY_FOR):
                    shown.append(await knocks.send(door, report))
                    shown.append(await knocks.send(door, knocks.command(door, STAFF, "/local-standings")))
                    await knocks.send(door, knocks.direct_message(door, STAFF, "인쇄"))
                posted = [call for call in door.workspace.calls if call.method == "chat.postMessage"]
                server.start()
                back = time.monotonic()
                while (await knocks.send(door, report)).body != "":
                    assert time.monotonic() - back < RESUMES_WITHIN
                    await asyncio.sleep(0.1)
                assert len(shown) > 2
                for reply in shown:
                    said = reply.json()
                    text = said["text"] if "text" in said else said["errors"][ids.REPORT_TITLE]
                    assert is_numbered(text, say.AWAY), text
                assert all(is_numbered(str(call.params["text"]), say.AWAY) for call in posted), "no post without a row"
                assert len(kept(door)) == 1


# -- Slack refuses a form ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "code", "sentence"),
    [
        ("ratelimited", "", say.SLACK),
        ("http_500", "", say.SLACK),
        ("timeout", "", say.NO_ANSWER),
        ("error", "channel_not_found", say.SLACK),
        ("error", "invalid_auth", say.SLACK),
        ("error", "expired_trigger_id", say.TOO_LATE),
        ("error", "invalid_trigger_id", say.TOO_LATE),
    ],
)
async def test_a_form_that_slack_does_not_open_is_explained_in_time(
    door: FrontDoor, kind: FaultKind, code: str, sentence: str
) -> None:
    door.workspace.faults.add("views.open", kind=kind, error=code)
    reply, seconds = await timed(door, knocks.command(door, STAFF, "/report-purchase"))
    assert seconds < SLACK_WAITS
    assert reply.json()["response_type"] == "ephemeral"
    assert is_numbered(reply.json()["text"], sentence)
    assert await door.driver.command(STAFF, ROADS, "/report-purchase")
    assert door.form(STAFF).body["callback_id"] == ids.REPORT_VIEW


async def test_a_form_that_slack_does_not_open_from_a_button_is_explained_beside_it(door: FrontDoor) -> None:
    await door.driver.command(STAFF, ROADS, "/gwannae")
    door.workspace.faults.add("views.open", kind="http_500")
    shown = await door.driver.press(STAFF, door.workspace.messages.seen_by(STAFF, ROADS)[-1], ids.REPORT_OPEN)
    assert shown.error == ""
    await finished(door)
    assert is_numbered(door.workspace.messages.seen_by(STAFF, ROADS)[-1].text, say.SLACK)


# -- Slack refuses a message -------------------------------------------------------------------------------------------


async def test_a_receipt_that_slack_holds_back_comes_once_when_it_lets_it_through(door: FrontDoor) -> None:
    door.workspace.faults.add("chat.postMessage", kind="ratelimited", retry_after=1)
    assert (await knocks.send(door, a_report(door))).body == ""
    started = time.monotonic()
    await finished(door)
    assert time.monotonic() - started >= 1.0  # never before the time that Slack named
    assert len(texts(door)) == 1
    assert len(kept(door)) == 1


@pytest.mark.parametrize("code", ["channel_not_found", "invalid_auth", "not_in_channel", "account_inactive"])
async def test_a_receipt_that_slack_refuses_costs_no_report_and_is_not_tried_again(
    door: FrontDoor, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    door.workspace.faults.add("chat.postMessage", kind="error", error=code)
    assert (await knocks.send(door, a_report(door))).body == ""
    await finished(door)
    assert len(kept(door)) == 1
    assert texts(door) == []
    [entry] = [vars(record) for record in caplog.records if record.msg == "later_failed"]
    assert (entry["work"], entry["error"], entry["levelname"]) == ("post", code, "WARNING")
    assert door.workspace.faults.left == 0


@pytest.mark.parametrize("kind", ["http_500", "timeout", "lost_answer"])
async def test_a_receipt_that_may_have_arrived_is_not_sent_again_but_spoken_of(
    hasty: FrontDoor, kind: FaultKind
) -> None:
    hasty.workspace.faults.add("chat.postMessage", kind=kind)
    assert (await knocks.send(hasty, a_report(hasty))).body == ""
    await finished(hasty)
    assert len(kept(hasty)) == 1
    receipts = [text for text in texts(hasty) if TITLE in text]
    assert len(receipts) == (1 if kind == "lost_answer" else 0)
    assert [text for text in texts(hasty) if text not in receipts] == [say.perhaps_not_sent()["text"]]


async def test_a_receipt_whose_blocks_slack_refuses_comes_once_as_text(door: FrontDoor) -> None:
    door.workspace.faults.add("chat.postMessage", kind="error", error="invalid_blocks")
    await knocks.send(door, a_report(door))
    await finished(door)
    [receipt] = door.direct_messages(STAFF)
    assert TITLE in receipt.text
    assert receipt.blocks == ()


async def test_blocks_that_slack_refuses_are_not_tried_for_ever(door: FrontDoor) -> None:
    door.workspace.faults.add("chat.postMessage", kind="error", error="invalid_blocks", times=5)
    await knocks.send(door, a_report(door))
    await finished(door)
    assert door.workspace.faults.left == 3
    assert len(kept(door)) == 1


@pytest.mark.parametrize("code", ["channel_not_found", "not_in_channel", "is_archived"])
async def test_who_posts_into_a_channel_in_vain_is_told(door: FrontDoor, code: str) -> None:
    door.workspace.faults.add("chat.postMessage", kind="error", error=code)
    actor = knocks.person(door, STAFF)
    door.desk.post(door.workspace.team_id, ROADS, {"text": "알림"}, reporter=actor_of(actor))
    await finished(door)
    assert texts(door) == [say.could_not_send()["text"]]


# -- Slack refuses an answer to a button -------------------------------------------------------------------------------


async def test_an_answer_that_slack_holds_back_comes_in_its_place(door: FrontDoor) -> None:
    mine = await stored(door)
    [receipt] = door.direct_messages(STAFF)
    door.workspace.faults.add("response_url", kind="ratelimited", retry_after=1)
    await door.driver.press(STAFF, receipt, ids.REPORT_CANCEL)
    await finished(door)
    [after] = door.direct_messages(STAFF)
    assert "보고를 취소했습니다" in text_of(after)
    assert kept(door)[0].version == mine.version + 1


@pytest.mark.parametrize("kind", ["http_500", "timeout"])
async def test_an_answer_that_slack_does_not_take_comes_as_a_direct_message(hasty: FrontDoor, kind: FaultKind) -> None:
    await stored(hasty)
    [receipt] = hasty.direct_messages(STAFF)
    hasty.workspace.faults.add("response_url", kind=kind)
    await hasty.driver.press(STAFF, receipt, ids.REPORT_CANCEL)
    await finished(hasty)
    assert len(texts(hasty)) == 2
    assert "보고를 취소했습니다" in texts(hasty)[1]


async def test_an_answer_through_a_worn_out_address_comes_as_a_direct_message(door: FrontDoor) -> None:
    mine = await stored(door)
    pressed = knocks.pressed(door, STAFF, ids.REPORT_CANCEL, button_value_of(mine))
    token = str(pressed["response_url"]).rpartition("/")[2]
    while door.workspace.passes.use_response(token)[0] is not None:
        pass
    await knocks.send(door, pressed)
    await finished(door)
    assert "보고를 취소했습니다" in texts(door)[-1]


async def test_an_answer_whose_blocks_slack_refuses_comes_as_text(door: FrontDoor) -> None:
    await stored(door)
    actor = knocks.pressed(door, STAFF, "any")
    door.desk.respond(actor, {"text": "답", "blocks": [{"type": "section", "block_id": "b", "text": {}}]})
    await finished(door)
    assert texts(door)[-1] == "답"
    door.workspace.forget_faults()


# -- nobody expected it ------------------------------------------------------------------------------------------------


async def test_the_unexpected_has_one_number_for_the_person_and_for_the_log(
    door: FrontDoor, caplog: pytest.LogCaptureFixture
) -> None:
    door.clock.now = None  # type: ignore[assignment]  # every look at the day fails
    reply = await knocks.send(door, knocks.command(door, STAFF, "/localvendor", "인쇄"))
    text = reply.json()["text"]
    assert is_numbered(text, say.UNKNOWN)
    [entry] = [vars(record) for record in caplog.records if record.msg == "unexpected"]
    assert f"문의 번호 {entry['number']}" in text
    assert entry["error"] == "AttributeError"
    assert any(place.startswith("localvendor.py:") for place in entry["where"])
    assert "Traceback" not in reply.body
    assert "AttributeError" not in reply.body


async def test_a_home_tab_that_cannot_be_gathered_says_so(door: FrontDoor) -> None:
    door.clock.now = "not a moment"  # type: ignore[assignment]
    await door.driver.open_home(STAFF)
    await finished(door)
    home = door.workspace.views.home(STAFF)
    assert home is not None
    assert is_numbered(home.blocks[0]["text"]["text"], say.UNKNOWN)


async def test_a_token_that_slack_refuses_is_said_and_asked_about_again(sqlite_file: Path) -> None:
    async with open_door(f"sqlite:///{sqlite_file}") as door:
        fresh = type(door.desk.workspaces)((door.workspace.bot_token,), f"{door.workspace.public_url}/api/")
        door.workspace.faults.add("auth.test", kind="error", error="invalid_auth")
        with pytest.raises(Exception, match="invalid_auth"):
            await fresh.authorize(door.workspace.team_id)
        door.workspace.faults.add("auth.test", kind="http_500")
        with pytest.raises(Exception, match="http_500"):
            await fresh.authorize(door.workspace.team_id)
        assert (await fresh.authorize(door.workspace.team_id)).bot_token == door.workspace.bot_token
        await fresh.close()
