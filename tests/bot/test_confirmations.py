"""확정 at the front door: a lead's word for a period, once, for the rows that they saw; and who has not given it.

The made-up city confirms each month; the clock stands at 2027-06-15 (Tuesday), so January to May are over.
"""

import asyncio
from datetime import timedelta

import pytest

from gwannae.actions.confirmations import overview
from gwannae.messages import ids
from gwannae.messages.confirmations import button_value
from gwannae.programme.audit import AuditEvent
from gwannae.programme.confirmations import ConfirmationStatus, PeriodState
from gwannae.programme.organisations import COMMAND_LINE, Role
from gwannae.sandbox.values import OpenView
from gwannae.storage import affiliations, audit
from tests.bot import knocks
from tests.bot.reporting import home_of
from tests.bot.reports import TITLE, kept, stored
from tests.front_door import LEAD, NEWCOMER, OFFICE, OTHER, ROADS, STAFF, TEAM, FrontDoor, text_of

MAY = {ids.REPORT_DATE: {"selected_date": "2027-05-10"}}


async def done(door: FrontDoor) -> None:
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0
    await door.driver.settle()


def state(door: FrontDoor, key: str = "2027-05", code: str = "roads") -> PeriodState:
    found = overview(door.toolkit, 2027, door.clock())
    return next(s for o in found for s in o.states if (o.period.key, s.organisation.code) == (key, code))


async def window(door: FrontDoor, user: str) -> OpenView:
    door.workspace.views.clear(user)
    await door.driver.command(user, ROADS, "/gwannae", "확정")
    return door.form(user)


async def press(door: FrontDoor, user: str, value: str, action: str = ids.CONFIRM_PERIOD) -> str:
    """A button pressed in a message or a Home tab of long ago; what the person is told."""
    door.workspace.views.clear(user)
    await knocks.send(door, knocks.pressed(door, user, action, value))
    await done(door)
    top = door.workspace.views.top(user)
    return text_of(top) if top else door.direct_messages(user)[-1].text


def lead_of(door: FrontDoor, code: str, user: str) -> None:
    with door.toolkit.database.write() as tx:
        affiliations.add_affiliation(
            tx, TEAM, user, door.organisation(code).id, Role.LEAD,
            self_declared=False, since=door.toolkit.today, by=COMMAND_LINE,
        )  # fmt: skip


# -- a lead ---------------------------------------------------------------------------------------------------------


async def test_a_lead_confirms_a_period_in_the_window(door: FrontDoor) -> None:
    await stored(door, **MAY)
    shown = text_of(await window(door, LEAD))
    assert "*2027년 5월분* · 확정 전 · 1건 · 300,000원" in shown
    assert "*2027년 4월분* · 확정 전 · 실적 없음" in shown
    assert "6월분" not in shown
    await door.driver.press(LEAD, door.form(LEAD), ids.CONFIRM_PERIOD, "confirm-row-2027-05")
    await done(door)
    after = text_of(door.form(LEAD))
    assert "길가꿈과 2027년 5월분: 1건을 확정했습니다." in after
    assert f"2027. 6. 15.(화) 10:00 <@{LEAD}> 확정(1건)" in after
    assert state(door).status is ConfirmationStatus.CONFIRMED
    with door.toolkit.database.read() as tx:
        entry = audit.entries(tx)[0]
    assert (entry.event, entry.user_id) == (AuditEvent.CONFIRMED, LEAD)
    assert entry.detail == {"period": "2027-05", "number": 1, "rows": 1, "fingerprint": state(door).fingerprint}


async def test_nothing_bought_is_an_answer(door: FrontDoor) -> None:
    assert "실적 없음으로 확정했습니다" in await press(door, LEAD, button_value(state(door, "2027-04")))
    assert state(door, "2027-04").status is ConfirmationStatus.CONFIRMED


async def test_unconfirmed_rows_are_a_warning_and_no_wall(door: FrontDoor) -> None:
    unknown = {**MAY, ids.REPORT_FIRM_ADDRESS: "모름"}
    await stored(door, **unknown)
    view = await window(door, LEAD)
    row = next(b for b in view.blocks if b["block_id"] == "confirm-row-2027-05")
    assert "미확인 1건이 있습니다" in row["elements"][0]["confirm"]["text"]["text"]
    assert "미확인 1건이 있습니다" in await press(door, LEAD, button_value(state(door)))
    assert state(door).status is ConfirmationStatus.CONFIRMED


async def test_the_home_tab_of_a_lead_shows_what_to_confirm_until_it_is(door: FrontDoor) -> None:
    await stored(door, **MAY)
    home = await home_of(door, LEAD)
    assert "*확정해 주세요 5건*" in text_of(home)
    assert "길가꿈과 · *2027년 5월분* · 확정 전 · 1건 · 300,000원" in text_of(home)
    block = next(b["block_id"] for b in home.blocks if b["block_id"].startswith("home-confirm-row-"))
    await door.driver.press(LEAD, home, ids.CONFIRM_PERIOD, block)
    await done(door)
    assert "길가꿈과 2027년 5월분: 1건을 확정했습니다." in door.direct_messages(LEAD)[-1].text
    later = door.workspace.views.home(LEAD)
    assert later is not None
    assert "*확정해 주세요 4건*" in text_of(later)
    assert "확정해 주세요" not in text_of(await home_of(door, STAFF))


async def test_the_rows_of_a_period_can_be_looked_at_first(door: FrontDoor) -> None:
    await stored(door, **MAY)
    await window(door, LEAD)
    await door.driver.press(LEAD, door.form(LEAD), ids.CONFIRM_ROWS, "confirm-row-2027-05")
    shown = text_of(door.form(LEAD))
    assert "• 2027. 5. 10. · 안내판 제작 · 300,000원 · 먼데광고 · 관외" in shown
    assert state(door).fingerprint in shown


async def test_a_period_is_confirmed_only_once_it_is_over(door: FrontDoor) -> None:
    value = f"{door.organisation('roads').id}:2027-06:{'a' * 64}"
    assert "2027년 6월분은 아직 끝나지 않았습니다" in await press(door, LEAD, value)
    door.clock.now += timedelta(days=15)
    assert "그 사이 보고가 바뀌어" not in await press(door, LEAD, value)  # 30 June is still its last day
    door.clock.now += timedelta(days=1)
    assert "확정했습니다" in await press(door, LEAD, button_value(state(door, "2027-06")))


# -- once -----------------------------------------------------------------------------------------------------------


async def test_one_press_twenty_times_and_two_leads_at_once_make_one_confirmation(door: FrontDoor) -> None:
    await stored(door, **MAY)
    lead_of(door, "roads", OTHER)
    value = button_value(state(door))
    pressed = [knocks.pressed(door, user, ids.CONFIRM_PERIOD, value) for user in (LEAD, OTHER) for _ in range(10)]
    await asyncio.gather(*(knocks.send(door, payload) for payload in pressed))
    await done(door)
    latest = state(door).latest
    assert latest is not None
    assert latest.number == 1
    said = [m.text for user in (LEAD, OTHER) for m in door.direct_messages(user)]
    assert sum("확정했습니다" in text for text in said) == 1
    assert sum("이미 확정되어 있습니다. 두 번 확정하지 않았습니다." in text for text in said) == 19
    with door.toolkit.database.read() as tx:
        assert [e.event for e in audit.entries(tx)].count(AuditEvent.CONFIRMED) == 1


async def test_rows_that_the_lead_did_not_see_are_not_confirmed(door: FrontDoor) -> None:
    await stored(door, **MAY)
    seen = button_value(state(door))
    await stored(door, key="late", **MAY)
    assert "그 사이 보고가 바뀌어 확정하지 않았습니다" in await press(door, LEAD, seen)
    assert state(door).status is ConfirmationStatus.WAITING


FOREIGN = ["", "x", "1", "1:2027-05", "1:2027-13:a", "999:2027-05:a", "2:2027-Q2:a", "2:0000-01:a", "；:；:；"]
NOBODYS = [*FOREIGN, "2:2027-05:" + "a" * 999]


@pytest.mark.parametrize("value", NOBODYS)
async def test_values_that_are_nobodys_confirm_nothing(door: FrontDoor, value: str) -> None:
    said = await press(door, OFFICE, value)
    assert "확정했습니다" not in said
    assert "문의 번호" not in said
    await press(door, OFFICE, value, ids.CONFIRM_ROWS)
    assert all(s.latest is None for o in overview(door.toolkit, 2027, door.clock()) for s in o.states)


# -- changed after --------------------------------------------------------------------------------------------------


async def test_a_late_or_changed_row_asks_for_a_new_word_and_a_change_taken_back_does_not(door: FrontDoor) -> None:
    purchase = await stored(door, **MAY)
    await press(door, LEAD, button_value(state(door)))
    for action, status in (
        (ids.REPORT_CANCEL, ConfirmationStatus.CHANGED),
        (ids.REPORT_RESTORE, ConfirmationStatus.CONFIRMED),
    ):
        await press(door, STAFF, f"{purchase.id}:{kept(door)[0].version}", action)
        assert state(door).status is status
    await stored(door, key="late", **MAY)
    assert state(door).status is ConfirmationStatus.CHANGED
    shown = text_of(await window(door, LEAD))
    assert "*2027년 5월분* · 다시 확정 필요 · 2건 · 600,000원" in shown
    assert "그 뒤 보고가 바뀌어 지금 내용은 확정되지 않았습니다. 다시 확정해 주세요." in shown
    assert "2건을 확정했습니다" in await press(door, LEAD, button_value(state(door)))
    latest = state(door).latest
    assert latest is not None
    assert (latest.number, latest.rows) == (2, 2)


async def test_an_old_period_that_was_opened_again_asks_for_a_new_word(door: FrontDoor) -> None:
    purchase = await stored(door, **MAY)
    await press(door, LEAD, button_value(state(door)))
    door.clock.now += timedelta(days=365)
    assert "2027년" not in text_of(await window(door, LEAD))
    fields = {ids.REOPEN_DAYS: knocks.chosen(7), ids.REOPEN_REASON: "정정"}
    await knocks.send(door, knocks.submitted(door, OFFICE, ids.REOPEN_VIEW, fields, f'{{"k":"k","p":{purchase.id}}}'))
    await press(door, STAFF, f"{purchase.id}:1", ids.REPORT_CANCEL)
    shown = text_of(await window(door, LEAD))
    assert "*2027년 5월분* · 다시 확정 필요 · 실적 없음" in shown


# -- the office and the planning office -------------------------------------------------------------------------------


async def test_the_office_sees_who_has_and_who_has_not(door: FrontDoor) -> None:
    await press(door, LEAD, button_value(state(door)))
    shown = text_of(await window(door, OFFICE))
    assert "*2027년 5월분* · 확정 1/5곳\n확정 전: 상생경제과, 햇님교통공사, 햇님시의회, 햇님예술재단" in shown
    home = await home_of(door, OFFICE)
    assert "*2027년 5월분* · 확정 1/5곳" in text_of(home)
    await door.driver.press(OFFICE, home, ids.CONFIRM_OPEN)
    assert door.form(OFFICE).body["callback_id"] == ids.CONFIRM_VIEW


async def test_the_office_looks_at_one_organisation_and_may_confirm_for_it(door: FrontDoor) -> None:
    await stored(door, **MAY)
    await window(door, OFFICE)
    await door.driver.choose(OFFICE, door.form(OFFICE), ids.CONFIRM_ORGANISATION, str(door.organisation("roads").id))
    await done(door)
    view = door.form(OFFICE)
    assert "*2027년 5월분* · 확정 전 · 1건" in text_of(view)
    await door.driver.press(OFFICE, view, ids.CONFIRM_PERIOD, "confirm-row-2027-05")
    await done(door)
    assert state(door).status is ConfirmationStatus.CONFIRMED


async def test_the_planning_office_reads_and_has_no_button_to_confirm(door: FrontDoor) -> None:
    await stored(door, **MAY)
    with door.toolkit.database.write() as tx:
        affiliations.add_affiliation(
            tx, TEAM, NEWCOMER, door.organisation("economy").id, Role.PLANNING,
            self_declared=False, since=door.toolkit.today, by=COMMAND_LINE,
        )  # fmt: skip
    await window(door, NEWCOMER)
    await door.driver.choose(
        NEWCOMER, door.form(NEWCOMER), ids.CONFIRM_ORGANISATION, str(door.organisation("roads").id)
    )
    await done(door)
    pressable = [e["action_id"] for b in door.form(NEWCOMER).blocks for e in b.get("elements", ()) if "action_id" in e]
    assert ids.CONFIRM_PERIOD not in pressable
    assert TITLE in await press(door, NEWCOMER, button_value(state(door)), ids.CONFIRM_ROWS)
    assert "책임자만 할 수 있습니다" in await press(door, NEWCOMER, button_value(state(door)))
    assert state(door).latest is None


@pytest.mark.parametrize("user", [STAFF, NEWCOMER, OTHER])
async def test_who_reads_no_results_sees_and_confirms_nothing(door: FrontDoor, user: str) -> None:
    await stored(door, **MAY)
    lead_of(door, "arts", OTHER)
    shown = text_of(await window(door, user))
    assert "길가꿈과" not in shown
    assert "책임자만 할 수 있습니다" in await press(door, user, button_value(state(door)))
    assert TITLE not in await press(door, user, button_value(state(door)), ids.CONFIRM_ROWS)
    assert state(door).latest is None
