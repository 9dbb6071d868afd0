"""One path through each feature on PostgreSQL; all else is looked at on SQLite."""

import asyncio
from datetime import timedelta

from gwannae.messages import ids
from gwannae.programme.organisations import Role
from gwannae.programme.purchases import PurchaseState
from gwannae.programme.verdict import Verdict
from gwannae.storage import affiliations, organisations
from tests.bot import knocks
from tests.bot.reports import TITLE, a_report, kept, stored
from tests.front_door import LEAD, NEWCOMER, OFFICE, ROADS, SQUARE, STAFF, TEAM, FrontDoor, text_of


async def done(door: FrontDoor) -> None:
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0
    await door.driver.settle()


async def test_a_firm_is_found(postgres_door: FrontDoor) -> None:
    answer = await postgres_door.driver.command(STAFF, ROADS, "/localvendor", "인쇄")
    assert "7곳" in answer.shown[0].text


async def test_what_is_missing_reaches_the_office(postgres_door: FrontDoor) -> None:
    answer = await postgres_door.driver.command(STAFF, ROADS, "/localvendor", "드론 방제")
    await postgres_door.driver.press(STAFF, answer.shown[0], ids.VENDOR_MISSING)
    await done(postgres_door)
    assert "드론 방제" in text_of(postgres_door.direct_messages(OFFICE)[-1])


async def test_a_purchase_is_reported_once_changed_and_cancelled(postgres_door: FrontDoor) -> None:
    door = postgres_door
    first = await stored(door, key="form-1")
    again = await stored_again(door)
    assert "이미 저장된 보고입니다" in again
    assert len(kept(door)) == 1
    changed = await stored(door, key="form-2", changing=(first.id, first.version), **{ids.REPORT_AMOUNT: "31만원"})
    assert (changed.id, changed.draft.amount) == (first.id, 310_000)
    await done(door)
    await door.driver.press(STAFF, door.direct_messages(STAFF)[-1], ids.REPORT_CANCEL)
    await done(door)
    assert kept(door)[0].state is PurchaseState.CANCELLED


async def test_a_setting_of_the_year_is_confirmed_and_the_year_opened_and_taken_back(postgres_door: FrontDoor) -> None:
    door = postgres_door
    await door.driver.command(OFFICE, ROADS, "/gwannae", "새해")
    await door.driver.press(OFFICE, door.form(OFFICE), ids.NEW_YEAR_GROUP, "new-year-group-dates")
    await done(door)
    await door.driver.press(OFFICE, door.form(OFFICE), ids.NEW_YEAR_CONFIRM_ALL)
    await done(door)
    await door.driver.press(OFFICE, door.form(OFFICE), ids.NEW_YEAR_OPEN)
    await done(door)
    for action, said in ((ids.NEW_YEAR_BEGIN, "2027년을 열었습니다."), (ids.NEW_YEAR_TAKE_BACK, "되돌렸습니다")):
        await door.driver.press(OFFICE, door.form(OFFICE), action)
        await done(door)
        assert said in text_of(door.form(OFFICE))


async def test_a_period_is_confirmed_closed_and_opened_again(postgres_door: FrontDoor) -> None:
    door = postgres_door
    first = await stored(door, **{ids.REPORT_DATE: {"selected_date": "2027-05-10"}})
    await door.driver.command(LEAD, ROADS, "/gwannae", "확정")
    await door.driver.press(LEAD, door.form(LEAD), ids.CONFIRM_PERIOD, "confirm-row-2027-05")
    await done(door)
    assert "1건을 확정했습니다" in text_of(door.form(LEAD))
    door.clock.now += timedelta(days=30)
    await knocks.send(door, knocks.pressed(door, STAFF, ids.REPORT_CANCEL, f"{first.id}:1"))
    assert "2027년 5월분은 마감되었습니다" in text_of(door.form(STAFF))
    fields = {ids.REOPEN_DAYS: knocks.chosen(7), ids.REOPEN_REASON: "정정"}
    memo = f'{{"k":"open-1","p":{first.id}}}'
    await knocks.send(door, knocks.submitted(door, OFFICE, ids.REOPEN_VIEW, fields, memo))
    for action in (ids.REPORT_CANCEL, ids.REPORT_RESTORE, ids.REPORT_CANCEL):
        await knocks.send(door, knocks.pressed(door, STAFF, action, f"{first.id}:{kept(door)[0].version}"))
    assert (kept(door)[0].state, kept(door)[0].version) == (PurchaseState.CANCELLED, 4)
    await door.driver.close_view(LEAD)
    await door.driver.command(LEAD, ROADS, "/gwannae", "확정")
    assert "*2027년 5월분* · 다시 확정 필요 · 실적 없음" in text_of(door.form(LEAD))


async def test_a_verdict_is_given_by_the_offices_word_and_a_stand_in_named(postgres_door: FrontDoor) -> None:
    door = postgres_door
    first = await stored(door, **{ids.REPORT_FIRM_ADDRESS: "모름"})
    await door.driver.command(OFFICE, ROADS, "/gwannae", "미확인")
    await door.driver.press(OFFICE, door.form(OFFICE), ids.REPORT_WHY)
    await door.driver.press(OFFICE, door.form(OFFICE), ids.REJUDGE_OPEN)
    await door.driver.submit(OFFICE, {ids.REJUDGE_VERDICT: "local", ids.REJUDGE_REASON: "등기 확인"})
    await done(door)
    assert kept(door)[0].judgement.verdict is Verdict.LOCAL
    await knocks.send(door, knocks.pressed(door, STAFF, ids.REPORT_HISTORY, f"{first.id}:2"))
    assert "• 판정: 미확인 → 관내" in text_of(door.form(STAFF))
    values = {
        ids.STAND_IN_ORGANISATION: knocks.chosen(door.organisation("roads").id),
        ids.STAND_IN_PERSON: {"selected_user": NEWCOMER},
        ids.STAND_IN_FIRST: {"selected_date": "2027-06-15"},
        ids.STAND_IN_LAST: {"selected_date": "2027-06-15"},
    }
    form = knocks.submitted(door, LEAD, ids.STAND_IN_VIEW, values, "stand-in-1")
    await asyncio.gather(*(knocks.send(door, form) for _ in range(6)))
    await done(door)
    with door.toolkit.database.read() as tx:
        [held] = affiliations.affiliations_of(tx, TEAM, NEWCOMER, door.toolkit.today)
    assert held.role is Role.STAND_IN


async def stored_again(door: FrontDoor) -> str:
    reply = await knocks.send(door, a_report(door, key="form-1"))
    return str(reply.json())


async def test_the_standings_count_what_was_reported(postgres_door: FrontDoor) -> None:
    await stored(postgres_door)
    answer = await postgres_door.driver.command(STAFF, ROADS, "/local-standings")
    assert "길가꿈과" in text_of(answer.shown[0])
    assert "(0/1)" in text_of(answer.shown[0])


async def test_a_channel_is_linked_a_person_named_and_an_organisation_added(postgres_door: FrontDoor) -> None:
    door = postgres_door
    await door.driver.command(OFFICE, SQUARE, "/gwannae", "연결")
    await door.driver.submit(OFFICE, {ids.LINK_ORGANISATION: str(door.organisation("arts").id)})
    await door.driver.close_view(OFFICE)
    await door.driver.command(LEAD, ROADS, "/gwannae", "담당")
    roads = str(door.organisation("roads").id)
    await door.driver.submit(
        LEAD, {ids.LEAD_ORGANISATION: roads, ids.LEAD_PERSON: NEWCOMER, ids.LEAD_ROLE: Role.STAFF.value}
    )
    await door.driver.command(OFFICE, ROADS, "/gwannae", "부서")
    await door.driver.submit(OFFICE, {ids.ORGANISATION_NAME: "새물결과"})
    with door.toolkit.database.read() as tx:
        linked = organisations.organisation_of_channel(tx, TEAM, SQUARE)
        assert linked is not None
        assert linked.code == "arts"
        assert [a.role for a in affiliations.affiliations_of(tx, TEAM, NEWCOMER, door.toolkit.today)] == [Role.STAFF]
        assert organisations.by_name(tx, "새물결과")


async def test_the_home_tab_shows_a_persons_reports(postgres_door: FrontDoor) -> None:
    await stored(postgres_door)
    await postgres_door.driver.open_home(STAFF)
    await asyncio.sleep(0.01)
    await done(postgres_door)
    home = postgres_door.workspace.views.home(STAFF)
    assert home is not None
    assert TITLE in text_of(home)


async def test_a_direct_message_is_a_look_up_once_per_delivery(postgres_door: FrontDoor) -> None:
    spoken = knocks.direct_message(postgres_door, STAFF, "인쇄")
    for _ in range(3):
        await knocks.send(postgres_door, spoken)
    await done(postgres_door)
    assert len(postgres_door.direct_messages(STAFF)) == 1
