"""What the clock posts, over real HTTP into the pretend workspace; and the office's window of it."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gwannae.actions import posting_trouble
from gwannae.actions.city import seed_people
from gwannae.actions.toolkit import Toolkit
from gwannae.bot.posting import build_poster
from gwannae.bot.start import toolkit_for
from gwannae.handlers.posting import Poster
from gwannae.handlers.timed_kinds import TIMED_KINDS, TimedKind
from gwannae.messages import ids
from gwannae.programme.ledger import PlannedPost, PostKey, PostKind, PostState, SkipReason
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.posting_terms import PostingTerms
from gwannae.storage import organisations, posting_state
from tests.bot import knocks
from tests.bot.command_line import CommandLine
from tests.bot.doors import open_door
from tests.bot.test_manifest import SCOPES
from tests.databases import SqliteTemplate
from tests.front_door import LEAD, NOW, OFFICE, ROADS, SQUARE, STAFF, TEAM, FrontDoor, text_of
from tests.handlers.posting_stage import MemoryMark, rows_of

# Half a second for a call, a fifth to settle; the rest as the bot has it.
QUICK = PostingTerms(time_limit=0.5, lease=5.0, settle=0.2, between=0.01, reading=0.01, per_minute=6000)

DIGEST = [kind for kind in TIMED_KINDS if kind.kind is PostKind.TROUBLE_DIGEST]  # what is not of a feature


def plan(recipients: Sequence[str] = ("channel",)) -> Any:
    def planned(toolkit: Toolkit, now: datetime) -> list[PlannedPost]:
        return [
            PlannedPost(PostKey(PostKind.REMINDER, "2027-05", "roads", one), NOW, NOW + timedelta(days=9))
            for one in recipients
        ]

    return planned


def reminder(recipients: Sequence[str] = ("channel",)) -> TimedKind:
    return TimedKind(
        PostKind.REMINDER, plan(recipients), lambda *_: "5월 실적", lambda v: {"text": f"{v}을 알려 주세요."}
    )


def poster_of(door: FrontDoor, *kinds: TimedKind) -> Poster:
    return build_poster(door.toolkit, door.desk.workspaces, MemoryMark(), QUICK, [*kinds, *DIGEST])


def begin(door: FrontDoor) -> None:
    with door.toolkit.database.write() as tx:
        posting_state.change(tx, started_at=NOW - timedelta(days=1))


def texts(door: FrontDoor, channel: str) -> list[str]:
    return [m.text for m in door.workspace.messages.in_channel(channel)]


async def until_settled(door: FrontDoor, poster: Poster) -> None:
    door.clock.now += timedelta(minutes=2)
    await poster.run()
    await asyncio.sleep(QUICK.settle)
    await poster.run()


async def test_a_post_stands_in_the_channel_once_with_nothing_but_its_key_beside_it(door: FrontDoor) -> None:
    begin(door)
    await poster_of(door, reminder()).run()
    await poster_of(door, reminder()).run()
    [message] = door.workspace.messages.in_channel(ROADS)
    assert message.text == "5월 실적을 알려 주세요."
    assert message.metadata == {
        "event_type": "gwannae_post",
        "event_payload": {"key": "reminder/2027-05/roads/channel/1"},
    }


async def test_the_leads_message_comes_as_a_direct_message(door: FrontDoor) -> None:
    begin(door)
    await poster_of(door, reminder(("lead",))).run()
    assert [m.text for m in door.direct_messages(LEAD)] == ["5월 실적을 알려 주세요."]


@pytest.mark.parametrize("recipient", ["channel", "lead"])
async def test_a_lost_answer_is_looked_for_and_nothing_is_sent_again(hasty: FrontDoor, recipient: str) -> None:
    begin(hasty)
    hasty.workspace.faults.add("chat.postMessage", kind="lost_answer", hold=2.0)
    poster = poster_of(hasty, reminder((recipient,)))
    await poster.run()
    [row] = rows_of(hasty.toolkit)
    assert (row.state, row.look_first) == (PostState.FAILED, True)
    await until_settled(hasty, poster)
    [row] = rows_of(hasty.toolkit)
    assert row.state is PostState.SENT
    calls = [c.method for c in hasty.workspace.calls if c.method in ("chat.postMessage", "conversations.history")]
    assert calls == ["chat.postMessage", "conversations.history"]


@pytest.mark.parametrize("kind", ["timeout", "http_500"])
async def test_what_was_not_taken_is_sent_after_the_look(hasty: FrontDoor, kind: Any) -> None:
    begin(hasty)
    hasty.workspace.faults.add("chat.postMessage", kind=kind, hold=2.0)
    poster = poster_of(hasty, reminder())
    await poster.run()
    await until_settled(hasty, poster)
    assert len(texts(hasty, ROADS)) == 1
    assert [row.state for row in rows_of(hasty.toolkit)] == [PostState.SENT]


@pytest.mark.parametrize("error", ["internal_error", "fatal_error"])
async def test_an_error_after_which_a_part_may_be_done_is_a_doubt(hasty: FrontDoor, error: str) -> None:
    begin(hasty)
    hasty.workspace.faults.add("chat.postMessage", kind="error", error=error)
    await poster_of(hasty, reminder()).run()
    assert [(row.problem, row.look_first) for row in rows_of(hasty.toolkit)] == [(error, True)]


async def test_without_the_scopes_for_history_a_person_is_asked(
    sqlite_template: SqliteTemplate, tmp_path: Path
) -> None:
    scopes = SCOPES - {"channels:history", "groups:history", "im:history"}
    async with open_door(sqlite_template.copy_to(tmp_path), scopes=scopes, patience=0.5) as door:
        begin(door)
        door.workspace.faults.add("chat.postMessage", kind="lost_answer", hold=2.0)
        poster = poster_of(door, reminder())
        await poster.run()
        await until_settled(door, poster)
        assert [(row.state, row.problem) for row in rows_of(door.toolkit)] == [(PostState.ASKING, "missing_scope")]
        await door.driver.command(OFFICE, SQUARE, "/gwannae", "발송")
        assert "도착했는지 관내봇이 알 수 없습니다" in text_of(door.form(OFFICE))
        [row] = rows_of(door.toolkit)
        await knocks.send(door, knocks.pressed(door, OFFICE, ids.POSTING_ARRIVED, str(row.id)))
        assert [row.state for row in rows_of(door.toolkit)] == [PostState.SENT]
        assert len(texts(door, ROADS)) == 1


async def test_without_the_scope_for_direct_messages_a_lost_one_asks_a_person(
    sqlite_template: SqliteTemplate, tmp_path: Path
) -> None:
    async with open_door(sqlite_template.copy_to(tmp_path), scopes=SCOPES - {"im:write"}, patience=0.5) as door:
        begin(door)
        door.workspace.faults.add("chat.postMessage", kind="lost_answer", hold=2.0)
        poster = poster_of(door, reminder(("lead",)))
        await poster.run()
        await until_settled(door, poster)
        assert [row.state for row in rows_of(door.toolkit)] == [PostState.ASKING]


async def test_a_channel_in_trouble_is_told_to_the_office_in_one_digest(door: FrontDoor) -> None:
    begin(door)
    door.workspace.channels[ROADS] = replace(door.workspace.channels[ROADS], is_archived=True)
    poster = poster_of(door, reminder())
    await poster.run()
    assert door.direct_messages(OFFICE) == []
    for _ in range(3):
        door.clock.now += timedelta(minutes=20)
        await poster.run()
    [digest] = door.direct_messages(OFFICE)
    said = text_of(digest)
    assert "보내지 못한 것이 1곳 있습니다." in said
    assert "길가꿈과" in said
    assert "보관되었습니다" in said
    found = posting_trouble.overview(door.toolkit, NOW).total
    assert (found.planned, found.sent, found.waiting, found.holds) == (2, 1, 1, True)


async def test_the_office_tries_it_on_a_channel_begins_pauses_corrects_and_takes_back(door: FrontDoor) -> None:
    poster = poster_of(door, reminder())
    await door.driver.command(OFFICE, SQUARE, "/gwannae", "발송")
    assert "시험 채널이 정해지지 않아" in text_of(door.form(OFFICE))
    await knocks.send(door, knocks.pressed(door, OFFICE, ids.POSTING_TEST_CHANNEL, ROADS))
    await poster.run()
    [rehearsed] = texts(door, ROADS)
    assert rehearsed.startswith("[시험] 5월 실적")

    await knocks.send(door, knocks.pressed(door, OFFICE, ids.POSTING_PAUSE, "all:"))
    await knocks.send(door, knocks.pressed(door, OFFICE, ids.POSTING_START))
    poster = poster_of(door, reminder())
    await poster.run()
    assert len(texts(door, ROADS)) == 1
    await knocks.send(door, knocks.pressed(door, OFFICE, ids.POSTING_RESUME, "all:"))
    await poster.run()
    assert texts(door, ROADS)[1:] == ["5월 실적을 알려 주세요."]

    value = f"{PostKind.REMINDER.value}:2027-05"
    other = replace(reminder(), say=lambda _: {"text": "고쳤습니다."})
    await knocks.send(door, knocks.pressed(door, OFFICE, ids.POSTING_CORRECT, value))
    await poster_of(door, other).run()
    assert texts(door, ROADS) == ["[시험] 고쳤습니다.", "고쳤습니다."]
    await knocks.send(door, knocks.pressed(door, OFFICE, ids.POSTING_WITHDRAW, value))
    await poster_of(door, other).run()
    assert texts(door, ROADS) == []


async def test_the_windows_menu_pauses_one_kind_and_lets_it_go_on(door: FrontDoor) -> None:
    begin(door)
    await door.driver.command(OFFICE, SQUARE, "/gwannae", "발송")
    for words in ("멈추었습니다.", "다시 보냅니다."):
        await door.driver.choose(OFFICE, door.form(OFFICE), ids.POSTING_KIND, "kind:reminder")
        await door.driver.settle()
        assert words in text_of(door.form(OFFICE))


async def test_the_windows_menu_lets_one_organisation_wait_by_its_name(door: FrontDoor) -> None:
    begin(door)
    roads = str(door.organisation("roads").id)
    await door.driver.command(OFFICE, SQUARE, "/gwannae", "발송")
    await door.driver.choose(OFFICE, door.form(OFFICE), ids.POSTING_ORGANISATION, roads)
    await door.driver.settle()
    assert "멈춤: 길가꿈과 (" in text_of(door.form(OFFICE))
    with door.toolkit.database.read() as tx:
        assert [(pause.what, pause.value) for pause in posting_state.pauses(tx)] == [("organisation", "roads")]
    await door.driver.choose(OFFICE, door.form(OFFICE), ids.POSTING_ORGANISATION, roads)
    await door.driver.settle()
    assert "다시 보냅니다." in text_of(door.form(OFFICE))
    with door.toolkit.database.read() as tx:
        assert posting_state.pauses(tx) == []


@pytest.mark.parametrize("value", ["", "0", "999999", "roads", "<!channel>"])
async def test_an_organisation_that_there_is_not_lets_nothing_wait(door: FrontDoor, value: str) -> None:
    begin(door)
    chosen = {"action_id": ids.POSTING_ORGANISATION, "block_id": "posting-organisations", "type": "static_select"}
    option = {"text": {"type": "plain_text", "text": "–"}, "value": value}
    payload = knocks.pressed(door, OFFICE, "", actions=[{**chosen, "selected_option": option, "action_ts": "1.1"}])
    await knocks.send(door, payload)
    await door.driver.settle()
    with door.toolkit.database.read() as tx:
        assert posting_state.pauses(tx) == []


async def test_a_second_installation_on_the_workspace_is_refused_until_the_first_has_gone(
    door: FrontDoor, sqlite_url: str
) -> None:
    """With a database of its own, it would post everything a second time."""
    every = 0.2
    with toolkit_for(door.toolkit.city, sqlite_url, door.clock) as other:
        with other.database.write() as tx:
            roads = organisations.by_code(tx, "roads")
            assert roads is not None
            organisations.link_channel(tx, roads.id, TEAM, ROADS, by=COMMAND_LINE, at=NOW)
            posting_state.change(tx, started_at=NOW, installation="")
        other_office = seed_people(other, TEAM, NOW)
        assert other_office
        begin(door)
        kinds = [reminder(), *DIGEST]
        first, second = (
            build_poster(toolkit, door.desk.workspaces, MemoryMark(), QUICK, kinds, guard_every=every)
            for toolkit in (door.toolkit, other)
        )
        await first.run()
        await second.run()
        assert len(texts(door, ROADS)) == 1
        for _ in range(3):
            await asyncio.sleep(every)
            await first.run()
            await second.run()
        assert len(texts(door, ROADS)) == 1
        assert posting_trouble.overview(other, NOW).other_since == NOW
        assert posting_trouble.overview(door.toolkit, NOW).other_since is None
        for _ in range(4):  # the first is gone
            await asyncio.sleep(every)
            await second.run()
        assert posting_trouble.overview(other, NOW).other_since is None
        assert len(texts(door, ROADS)) == 2


async def test_staff_see_no_window(door: FrontDoor) -> None:
    await door.driver.command(STAFF, ROADS, "/gwannae", "발송")
    assert "총괄 부서만" in text_of(door.form(STAFF))


async def test_on_postgresql_a_post_stands_there_once(postgres_door: FrontDoor) -> None:
    begin(postgres_door)
    await poster_of(postgres_door, reminder()).run()
    await poster_of(postgres_door, reminder()).run()
    assert texts(postgres_door, ROADS) == ["5월 실적을 알려 주세요."]


def test_the_command_line_shows_what_would_go_out_and_writes_nothing(
    sqlite_template: SqliteTemplate, tmp_path: Path
) -> None:
    gwannae = CommandLine(sqlite_template.copy_to(tmp_path))
    ended = gwannae("tick", "--now", "2027-01-04T09:30+09:00", "--dry-run", "--json")
    assert [one["key"] for one in ended.json] == ["guidance/2027//office/1/rehearsal"]
    assert ended.code == 0
    assert "2027-01-04 09:30에 나갈 것 0건, 나가지 않을 것 1건. 보낸 것은 없습니다." in ended.err
    assert gwannae("tick", "--now", "gestern").code == 2
    needs = gwannae("tick")
    assert (needs.code, "SLACK_BOT_TOKEN" in needs.err) == (2, True)


async def test_one_tick_from_the_command_line_ends_with_the_sum(
    door: FrontDoor, sqlite_template: SqliteTemplate, tmp_path: Path
) -> None:
    gwannae = CommandLine(sqlite_template.copy_to(tmp_path))
    settings = {
        "SLACK_BOT_TOKEN": door.workspace.bot_token,
        "SLACK_API_URL": door.desk.workspaces.api_url,
        "GWANNAE_STATE": str(tmp_path / "state"),
    }
    ended = await asyncio.to_thread(lambda: gwannae("tick", "--now", "2027-05-10T10:00", "--json", **settings))
    assert ended.code == 0, ended.err
    assert (ended.json["sent"], ended.json["asking"], ended.json["started"]) == (0, 0, False)
    assert ended.json["planned"] == ended.json["waiting"] > 0  # before 시작 all of it waits for a test channel


def test_the_doctor_looks_at_what_the_clock_posts(sqlite_template: SqliteTemplate, tmp_path: Path) -> None:
    said = CommandLine(sqlite_template.copy_to(tmp_path))("doctor").out
    assert "발송: 시작 전이고 시험 채널도 없습니다." in said
    assert "정상  발송 장부: 예정한 것 0 = 보냄 0" in said


def test_reasons_are_words_that_a_person_reads() -> None:
    assert all(reason.label.endswith(("서", ")")) for reason in SkipReason)
