"""A whole year at the front door: a tick on each of its days for eight organisations, from the guidance to the points.

What one organisation got to read stands in `story_of_roads.txt`, read through by a person; the sum of the ledger holds
at the end of every month. `GWANNAE_UPDATE_STORY=1` writes the text anew.
"""

import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from gwannae.bot.app import Bot, build_desk
from gwannae.bot.http import build_asgi
from gwannae.bot.posting import build_poster
from gwannae.bot.serve import greet
from gwannae.bot.start import toolkit_for
from gwannae.handlers.posting import Poster
from gwannae.handlers.workspaces import Workspaces
from gwannae.messages import ids
from gwannae.messages.year_end import release_value
from gwannae.programme.dates import write_date
from gwannae.programme.ledger import PostState
from gwannae.programme.organisations import COMMAND_LINE, OrganisationKind, OrganisationSeed, Role
from gwannae.programme.posting_terms import PostingTerms
from gwannae.programme.results import Stage
from gwannae.programme.year_end import Release
from gwannae.programme.year_settings import SettingGroup
from gwannae.readers.city_file import read_city
from gwannae.sandbox.app import build_sandbox
from gwannae.sandbox.values import Channel, Message, OpenView
from gwannae.storage import affiliations, ledger, organisations, posting_state
from tests.bot import knocks
from tests.bot.reports import a_report, vendor_id
from tests.databases import SqliteTemplate
from tests.front_door import (
    CITY_FILE,
    LEAD,
    OFFICE,
    OTHER,
    ROADS,
    STAFF,
    TEAM,
    Clock,
    FrontDoor,
    a_workspace,
    registry,
    sow,
    text_of,
)  # fmt: skip
from tests.handlers.posting_stage import MemoryMark, rows_of
from tests.serving import serve

SEOUL = ZoneInfo("Asia/Seoul")
STORY = Path(__file__).with_name("story_of_roads.txt")
QUICK = PostingTerms(per_minute=60_000, between=0.0)
MORE = ("parks", "water", "library")
Act = Callable[[FrontDoor], Awaitable[None]]


@asynccontextmanager
async def a_city(url: str) -> AsyncIterator[tuple[FrontDoor, Poster]]:
    """Eight organisations, each with a channel; the holidays of the year after are confirmed as well."""
    made_up = read_city(str(CITY_FILE))
    city = replace(made_up, calendar=replace(made_up.calendar, holidays_confirmed_until=date(2028, 12, 31)))
    clock = Clock(datetime(2027, 1, 1, 9, 0, tzinfo=SEOUL))
    with toolkit_for(city, url, clock) as toolkit:
        sow(toolkit, registry())
        workspace = a_workspace(lambda: clock().timestamp())
        everyone = (*workspace.people, workspace.bot.user_id)
        with toolkit.database.write() as tx:
            seeds = [OrganisationSeed(code, f"햇님{code}과", OrganisationKind.DIVISION) for code in MORE]
            organisations.save_organisations(tx, seeds)
            for organisation in organisations.all_organisations(tx):
                if organisation.code != "roads":
                    channel = f"C0{organisation.code.upper()}"
                    workspace.channels[channel] = Channel(channel, organisation.name, members=everyone)
                    organisations.link_channel(tx, organisation.id, TEAM, channel, by=COMMAND_LINE, at=clock())
            economy = organisations.by_code(tx, "economy")
            assert economy is not None
            affiliations.add_affiliation(
                tx, TEAM, OTHER, economy.id, Role.PLANNING, self_declared=False, since=date(2027, 1, 1), by=COMMAND_LINE
            )
            posting_state.change(tx, started_at=clock())
        sandbox = build_sandbox(workspace, redelivery_after=(0.05, 0.1, 0.1))
        async with serve(sandbox.app) as slack_url:
            desk = build_desk(toolkit, Workspaces((sandbox.workspace.bot_token,), f"{slack_url}/api/"))
            async with serve(build_asgi(Bot(desk), desk, sandbox.workspace.signing_secret)) as bot_url:
                sandbox.connect(bot_url=f"{bot_url}/slack/events", public_url=slack_url)
                await greet(desk)
                poster = build_poster(toolkit, desk.workspaces, MemoryMark(), QUICK)
                yield FrontDoor(sandbox, toolkit, desk, clock, bot_url), poster
                await sandbox.close()


async def done(door: FrontDoor) -> None:
    await door.driver.settle()
    assert await door.desk.later.drain(10) == 0
    await door.driver.settle()


def report(title: str, day: str, amount: str, firm: str = "나래인쇄") -> Act:
    """A staff member of the road division reports a purchase from a firm of the registry, or from one far away."""

    async def act(door: FrontDoor) -> None:
        values = {
            ids.REPORT_TITLE: title,
            ids.REPORT_AMOUNT: amount,
            ids.REPORT_DATE: {"selected_date": day},
            ids.REPORT_FIRM: knocks.chosen(f"vendor:{vendor_id(door, firm)}"),
        }
        reply = await knocks.send(door, a_report(door, STAFF, key=title, **values))
        assert reply.body == "", reply.body
        await done(door)

    return act


def press(user: str, action: str, value: str) -> Act:
    """Somebody presses a button that carries this."""

    async def act(door: FrontDoor) -> None:
        await knocks.send(door, knocks.pressed(door, user, action, value))
        await done(door)

    return act


def press_newest(user: str, place: str, action: str) -> Act:
    """Somebody presses that button in the newest message of a place that has it."""

    async def act(door: FrontDoor) -> None:
        channel = door.workspace.open_dm(user).id if place == "dm" else place
        found = [m for m in door.workspace.messages.seen_by(user, channel) if _button(m, action) is not None]
        assert found, f"{door.clock()}: nothing to press"
        newest = found[-1]
        block = _button(newest, action)
        assert block is not None
        await door.driver.press(user, newest, action, block)
        await done(door)

    return act


def _elements(view: OpenView) -> list[dict[str, Any]]:
    return [element for block in view.blocks for element in block.get("elements", ())]


def _button(message: Message, action: str) -> str | None:
    for block in message.blocks:
        for element in (*block.get("elements", ()), block.get("accessory") or {}):
            if element.get("action_id") == action:
                return str(block["block_id"])
    return None


async def let_the_guidance_out(door: FrontDoor) -> None:
    await door.driver.command(OFFICE, ROADS, "/gwannae", "안내")
    await door.driver.press(OFFICE, door.form(OFFICE), ids.GUIDANCE_RELEASE)
    await done(door)
    door.workspace.views.clear(OFFICE)


async def object_to_the_result(door: FrontDoor) -> None:
    await press_newest(LEAD, ROADS, ids.OBJECT_OPEN)(door)
    view = door.form(LEAD)
    fields = {ids.OBJECT_SENTENCE: "‘먼 곳의 인쇄’는 관내 업체입니다", ids.OBJECT_EVIDENCE: "계약 27-31"}
    memo = str(view.body["private_metadata"])
    await knocks.send(door, knocks.submitted(door, LEAD, ids.OBJECT_VIEW, fields, memo))
    await done(door)
    door.workspace.views.clear(LEAD)


async def answer_the_objection(door: FrontDoor) -> None:
    fields = {ids.OBJECT_ACCEPTED: knocks.chosen("no"), ids.OBJECT_ANSWER: "계약일에 주소가 시 밖이었습니다"}
    await knocks.send(door, knocks.submitted(door, OFFICE, ids.OBJECT_ANSWER_VIEW, fields, "1"))
    await done(door)


async def write_the_decision_down(door: FrontDoor) -> None:
    memo = json.dumps({"k": "decision", "y": 2027, "p": ["으뜸", "버금"]})
    fields = {
        ids.AWARD_DAY: {"selected_date": "2027-12-14"},
        f"{ids.AWARD_WINNER}-0": knocks.chosen(door.organisation("roads").id),
        ids.AWARD_REASON: "두 비율이 모두 높습니다",
        ids.AWARD_MEMBERS: "위원장 외 4명",
    }
    await knocks.send(door, knocks.submitted(door, OFFICE, ids.AWARD_VIEW, fields, memo))
    await done(door)


def freeze(stage: Stage) -> Act:
    return press(OFFICE, ids.YEAR_END_FREEZE, f"2027:{stage.value}")


def let_out(what: Release, number: int) -> Act:
    return press(OFFICE, ids.YEAR_END_RELEASE, release_value(2027, what, number))


async def go_through_the_new_years_settings(door: FrontDoor) -> None:
    """Group by group: what carries no mark at once, what is marked one by one."""
    await door.driver.command(OFFICE, ROADS, "/gwannae", "새해")
    for group in SettingGroup:
        await door.driver.press(OFFICE, door.form(OFFICE), ids.NEW_YEAR_GROUP, f"new-year-group-{group.value}")
        await done(door)
        if any(b.get("action_id") == ids.NEW_YEAR_CONFIRM_ALL for b in _elements(door.form(OFFICE))):
            await door.driver.press(OFFICE, door.form(OFFICE), ids.NEW_YEAR_CONFIRM_ALL)
            await done(door)
        while marked := [b for b in _elements(door.form(OFFICE)) if b.get("action_id") == ids.NEW_YEAR_CONFIRM]:
            mark = str(marked[0]["value"]).split(":")[3]
            await door.driver.press(OFFICE, door.form(OFFICE), ids.NEW_YEAR_CONFIRM, f"new-year-row-{mark}")
            await done(door)
        await door.driver.press(OFFICE, door.form(OFFICE), ids.NEW_YEAR_OPEN)
        await done(door)


async def open_the_new_year(door: FrontDoor) -> None:
    await door.driver.press(OFFICE, door.form(OFFICE), ids.NEW_YEAR_BEGIN)
    await done(door)
    assert "2028년을 열었습니다." in text_of(door.form(OFFICE))
    door.workspace.views.clear(OFFICE)


async def confirm_what_asks(door: FrontDoor) -> None:
    await press_newest(LEAD, "dm", ids.CONFIRM_PERIOD)(door)


# What people do, by day, before the tick; all else happens by itself.
ACTS: dict[date, tuple[Act, ...]] = {
    date(2027, 1, 5): (let_the_guidance_out,),
    date(2027, 1, 26): (report("책자 인쇄", "2027-01-25", "90만원"),),
    date(2027, 2, 24): (report("현수막 제작", "2027-02-23", "55만원"),),
    date(2027, 3, 12): (confirm_what_asks,),
    date(2027, 4, 19): (press_newest(LEAD, ROADS, ids.OWED_NOTHING),),
    date(2027, 5, 3): (report("먼 곳의 인쇄", "2027-04-30", "30만원", "먼데인쇄"),),
    date(2027, 5, 14): (confirm_what_asks,),
    date(2027, 6, 17): (press_newest(STAFF, ROADS, ids.OWED_SNOOZE),),
    date(2027, 6, 24): (report("안내판 교체", "2027-05-28", "80만원"),),
    date(2027, 7, 26): (report("늦은 책자", "2027-06-29", "70만원"),),
    date(2027, 7, 30): (report("명함", "2027-07-29", "20만원"),),
    date(2027, 8, 13): (confirm_what_asks,),
    date(2027, 8, 31): (report("명함 더", "2027-08-30", "20만원"),),
    date(2027, 9, 10): (confirm_what_asks,),
    date(2027, 12, 6): (freeze(Stage.PRELIMINARY), let_out(Release.PRELIMINARY, 1)),
    date(2027, 12, 7): (object_to_the_result,),
    date(2027, 12, 8): (answer_the_objection,),
    date(2027, 12, 13): (freeze(Stage.FINAL), let_out(Release.FINAL, 2)),
    date(2027, 12, 14): (write_the_decision_down,),
    date(2027, 12, 15): (let_out(Release.ANNOUNCEMENT, 1),),
    date(2028, 1, 18): (let_out(Release.BONUS_POINTS, 2),),
    date(2028, 1, 20): (go_through_the_new_years_settings, open_the_new_year),
}


def told(door: FrontDoor) -> list[str]:
    """What stands in the road division's channel and in its lead's direct messages, by day, each message's own text."""
    places = {f"#{door.workspace.channels[ROADS].name}": ROADS, "책임자에게": door.workspace.open_dm(LEAD).id}
    lines = []
    for name, channel in places.items():
        for message in door.workspace.messages.in_channel(channel):
            if message.user != door.workspace.bot.user_id or message.only_for:
                continue
            at = datetime.fromtimestamp(float(message.ts), SEOUL)
            mark = " (고침)" if message.edited else ""
            text = "\n    ".join(message.text.splitlines())
            # of one minute's posts whichever may go first: the channel's before the lead's here
            order = (at.replace(second=0, microsecond=0), channel != ROADS, float(message.ts))
            lines.append((order, f"{write_date(at.date())} {at:%H:%M} {name}{mark}\n    {text}"))
    return [line for _, line in sorted(lines)]


async def test_a_year_runs_by_itself_and_tells_one_organisation_this(
    sqlite_template: SqliteTemplate, tmp_path: Path
) -> None:
    async with a_city(sqlite_template.copy_to(tmp_path)) as (door, poster):
        day = date(2027, 1, 1)
        while day <= date(2028, 3, 17):
            door.clock.now = datetime.combine(day, time(10, 5), SEOUL)
            for act in ACTS.get(day, ()):
                await act(door)
            await poster.run()
            if day.day == 1:
                with door.toolkit.database.read() as tx:
                    assert ledger.total(tx).holds
            day += timedelta(days=1)
        await done(door)
        over = {post.state for post in rows_of(door.toolkit) if post.useful_until <= door.clock()}
        assert over == {PostState.SENT, PostState.SKIPPED}
        story = "\n\n".join(told(door)) + "\n"
        points = [m.text for m in door.direct_messages(OTHER)]
    assert any("2027년 지역상품 우선구매 가점" in text for text in points)
    if os.environ.get("GWANNAE_UPDATE_STORY"):
        STORY.write_text(story, "utf-8")
    assert story == STORY.read_text("utf-8")
