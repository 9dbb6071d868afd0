"""대리 at the front door: named by a lead for some days, does what a lead does but name others, ends by itself."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from gwannae.messages import ids
from gwannae.programme.audit import AuditEvent
from gwannae.programme.organisations import Affiliation, Role
from gwannae.sandbox.requests_out import Reply
from gwannae.storage import affiliations, audit, purchases
from gwannae.storage.database import Database
from tests.bot import knocks
from tests.bot.command_line import CommandLine
from tests.bot.reporting import home_of
from tests.bot.reports import a_report, stored
from tests.front_door import LEAD, NEWCOMER, OFFICE, OTHER, ROADS, STAFF, TEAM, FrontDoor, text_of


async def done(door: FrontDoor) -> None:
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0
    await door.driver.settle()


async def name(
    door: FrontDoor, user: str = LEAD, person: str = OTHER, first: str = "2027-06-18", last: str = "2027-06-20",
    key: str = "form-1", code: str = "roads",
) -> Reply:  # fmt: skip
    values = {
        ids.STAND_IN_ORGANISATION: knocks.chosen(door.organisation(code).id),
        ids.STAND_IN_PERSON: {"selected_user": person},
        ids.STAND_IN_FIRST: {"selected_date": first},
        ids.STAND_IN_LAST: {"selected_date": last},
    }
    reply = await knocks.send(door, knocks.submitted(door, user, ids.STAND_IN_VIEW, values, key))
    await done(door)
    return reply


def held(door: FrontDoor, day: str, person: str = OTHER) -> list[Affiliation]:
    with door.toolkit.database.read() as tx:
        found = affiliations.affiliations_of(tx, TEAM, person, date.fromisoformat(day))
    return [a for a in found if a.role is Role.STAND_IN]


def errors(reply: Reply) -> Any:
    return reply.json().get("errors")


async def test_a_lead_names_a_stand_in_by_hand(door: FrontDoor) -> None:
    await door.driver.command(LEAD, ROADS, "/gwannae", "담당")
    await door.driver.press(LEAD, door.form(LEAD), ids.STAND_IN_OPEN)
    roads = str(door.organisation("roads").id)
    await door.driver.submit(
        LEAD,
        {
            ids.STAND_IN_ORGANISATION: roads,
            ids.STAND_IN_PERSON: OTHER,
            ids.STAND_IN_FIRST: "2027-06-18",
            ids.STAND_IN_LAST: "2027-06-20",
        },
    )
    await done(door)
    said = "2027. 6. 18.(금)부터 2027. 6. 20.(일)까지입니다(마지막 날 포함)."
    assert f"<@{OTHER}> 님을 ‘길가꿈과’ 책임자 대리로 정했습니다. {said}" in text_of(door.form(LEAD))
    assert said in door.direct_messages(OTHER)[-1].text
    assert [bool(held(door, f"2027-06-{day}")) for day in (17, 18, 20, 21)] == [False, True, True, False]
    with door.toolkit.database.read() as tx:
        entry = audit.entries(tx)[0]
    assert (entry.event, entry.user_id) == (AuditEvent.STAND_IN_NAMED, LEAD)
    assert entry.detail == {"user": OTHER, "from": "2027-06-18", "last": "2027-06-20"}


async def test_the_role_begins_and_ends_by_itself(door: FrontDoor) -> None:
    purchase = await stored(door)
    await name(door)
    changed = 0
    for day, may in ((17, False), (18, True), (20, True), (21, False)):
        door.clock.now = door.clock.now.replace(day=day)
        with door.toolkit.database.read() as tx:
            now = purchases.purchase(tx, purchase.id)
        assert now is not None
        form = a_report(
            door, OTHER, key=f"by-{day}", changing=(now.id, now.version), **{ids.REPORT_AMOUNT: f"{day}만원"}
        )
        await knocks.send(door, form)
        await done(door)
        changed += may
        with door.toolkit.database.read() as tx:
            now = purchases.purchase(tx, purchase.id)
        assert now is not None
        assert now.version == 1 + changed, day


async def test_a_stand_in_sees_what_to_confirm_and_names_nobody(door: FrontDoor) -> None:
    await name(door, first="2027-06-15")
    home = await home_of(door, OTHER)
    assert "*길가꿈과* 책임자 대리 (2027. 6. 20.까지)" in text_of(home)
    assert "확정해 주세요 5건" in text_of(home)
    await door.driver.command(OTHER, ROADS, "/gwannae", "담당")
    assert "책임자만 할 수 있습니다" in text_of(door.form(OTHER))
    assert "책임자만 할 수 있습니다" in str((await name(door, OTHER, NEWCOMER, key="form-2")).json())
    assert held(door, "2027-06-18", NEWCOMER) == []


@pytest.mark.parametrize(
    ("first", "last", "block", "sentence"),
    [
        ("2027-06-14", "2027-06-20", ids.STAND_IN_FIRST, "지난 날부터 정할 수는 없습니다"),
        ("2027-06-20", "2027-06-18", ids.STAND_IN_LAST, "마지막 날이 첫날보다 앞입니다"),
        ("2027-06-18", "2028-06-18", ids.STAND_IN_LAST, "1년까지"),
        ("언제", "2027-06-20", ids.STAND_IN_FIRST, "첫날을 골라 주세요"),
        ("2027-06-18", "2027-02-30", ids.STAND_IN_LAST, "마지막 날을 골라 주세요"),
    ],
)
async def test_days_that_make_no_sense_are_said_at_their_field(
    door: FrontDoor, first: str, last: str, block: str, sentence: str
) -> None:
    found = errors(await name(door, first=first, last=last))
    assert sentence in found[block]
    assert held(door, "2027-06-18") == []


async def test_a_lead_needs_no_stand_in_of_themselves_and_nobody_stands_in_twice(door: FrontDoor) -> None:
    assert "이미 이곳의 책임자입니다" in errors(await name(door, person=LEAD))[ids.STAND_IN_PERSON]
    await name(door)
    again = await name(door, first="2027-06-20", last="2027-06-25", key="form-2")
    assert "이미 대리로 정해져 있습니다" in errors(again)[ids.STAND_IN_PERSON]
    assert errors(await name(door, first="2027-06-21", last="2027-06-25", key="form-3")) is None
    assert len(held(door, "2027-06-21")) == 1


async def test_one_form_twenty_times_names_once(door: FrontDoor) -> None:
    replies = await asyncio.gather(*(name(door) for _ in range(20)))
    assert sum("두 번 정하지 않았습니다" in str(r.json()) for r in replies) == 19
    assert len(held(door, "2027-06-18")) == 1
    assert len(door.direct_messages(OTHER)) == 1


@pytest.mark.parametrize("today", [15, 19])
async def test_a_lead_who_is_back_early_ends_it_and_takes_nothing_else(door: FrontDoor, today: int) -> None:
    await name(door)
    door.clock.now = door.clock.now.replace(day=today)
    await door.driver.command(LEAD, ROADS, "/gwannae", "담당")
    shown = text_of(door.form(LEAD))
    assert f"<@{OTHER}> · 길가꿈과 · 책임자 대리 · 2027. 6. 18.(금)부터 2027. 6. 20.(일)까지" in shown
    row = next(b for b in door.form(LEAD).blocks if b.get("accessory") and "책임자 대리" in b["text"]["text"])
    await knocks.send(door, knocks.pressed(door, LEAD, ids.LEAD_TAKE_BACK, row["accessory"]["value"]))
    await done(door)
    assert held(door, f"2027-06-{max(today, 18)}") == []
    with door.toolkit.database.read() as tx:
        assert affiliations.taken_back_from(tx, TEAM, OTHER) == frozenset()
    again = await knocks.send(door, knocks.pressed(door, LEAD, ids.LEAD_TAKE_BACK, row["accessory"]["value"]))
    await done(door)
    assert again.status == 200
    assert len([m for m in door.direct_messages(LEAD) if "거두었습니다" in m.text]) <= 1


@pytest.mark.parametrize("user", [STAFF, NEWCOMER])
async def test_who_leads_nobody_names_no_stand_in(door: FrontDoor, user: str) -> None:
    assert "책임자만 할 수 있습니다" in str((await name(door, user)).json())
    await knocks.send(door, knocks.pressed(door, user, ids.STAND_IN_OPEN))
    assert "책임자만 할 수 있습니다" in text_of(door.form(user))
    assert held(door, "2027-06-18") == []


async def test_the_office_names_stand_ins_of_all(door: FrontDoor) -> None:
    await name(door, OFFICE, code="arts")
    assert [a.organisation.code for a in held(door, "2027-06-18")] == ["arts"]
    door.clock.now += timedelta(days=3)
    await door.driver.command(OFFICE, ROADS, "/gwannae", "담당")
    assert f"<@{OTHER}> · 햇님예술재단 · 책임자 대리" in text_of(door.form(OFFICE))


def test_the_command_line_names_a_stand_in(sqlite_database: Database) -> None:
    gwannae = CommandLine(str(sqlite_database.url))
    first, last = date.today() + timedelta(days=1), date.today() + timedelta(days=3)  # noqa: DTZ011
    words = ["people", "stand-in", "U0ANNA", "--organisation", "roads", "--team", "T0A1"]
    ended = gwannae(*words, "--from", first.isoformat(), "--until", last.isoformat())
    assert (ended.code, f"{last}까지(그날 포함)" in ended.err) == (0, True)
    assert "이미 정해져 있습니다" in gwannae(*words, "--from", first.isoformat(), "--until", last.isoformat()).err
    wrong = gwannae(*words, "--from", last.isoformat(), "--until", first.isoformat())
    assert (wrong.code, "마지막 날이 첫날보다 앞입니다" in wrong.err) == (2, True)
    assert gwannae("people", "add", "U0ANNA", "--role", "stand_in", "--team", "T0A1").code == 2
    with sqlite_database.read() as tx:
        [held_then] = affiliations.affiliations_of(tx, "T0A1", "U0ANNA", last)
    assert (held_then.role, held_then.since, held_then.until) == (Role.STAND_IN, first, last + timedelta(days=1))
