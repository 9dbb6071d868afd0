"""After a period has closed: nothing of it is touched until the programme office opens it, for some days and a reason.

The made-up city confirms each month; June closes on 2027-07-30 (Friday), ten days after the 20th.
"""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from gwannae.messages import ids
from gwannae.messages.report_purchase import button_value_of
from gwannae.programme.audit import AuditEvent
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.purchases import Purchase, PurchaseState
from gwannae.programme.working_days import OfficeDay
from gwannae.sandbox.requests_out import Reply
from gwannae.storage import affiliations, audit, office_days, purchases
from tests.bot import knocks
from tests.bot.reports import TITLE, a_report, kept, stored
from tests.front_door import LEAD, NEWCOMER, NOW, OFFICE, STAFF, TEAM, FrontDoor, text_of

LAST_OPEN = datetime.combine(date(2027, 7, 30), NOW.timetz())
REASON = "계약금액 정정 요청"


async def done(door: FrontDoor) -> None:
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0
    await door.driver.settle()


async def press(door: FrontDoor, user: str, action: str, value: str) -> str:
    """What stands on top of the person's screen after pressing, else their last message."""
    door.workspace.views.clear(user)
    await knocks.send(door, knocks.pressed(door, user, action, value))
    await done(door)
    top = door.workspace.views.top(user)
    return text_of(top) if top else text_of(door.direct_messages(user)[-1])


async def send_change(door: FrontDoor, purchase: Purchase, user: str = STAFF, **values: Any) -> Reply:
    key, changing = f"change-{door.clock.now}-{values}", (purchase.id, purchase.version)
    reply = await knocks.send(door, a_report(door, user, key=key, changing=changing, **values))
    await done(door)
    return reply


async def open_again(door: FrontDoor, user: str = OFFICE, key: str = "open-1", **values: Any) -> Reply:
    """The office's form, sent off. `purchase`: for which report."""
    purchase = values.pop("purchase", None)
    fields = {ids.REOPEN_DAYS: knocks.chosen(7), ids.REOPEN_REASON: REASON, **values}
    memo = f'{{"k":"{key}","p":{purchase.id if purchase else "null"}}}'
    reply = await knocks.send(door, knocks.submitted(door, user, ids.REOPEN_VIEW, fields, memo))
    await done(door)
    return reply


def now(door: FrontDoor, purchase: Purchase) -> Purchase:
    with door.toolkit.database.read() as tx:
        found = purchases.purchase(tx, purchase.id)
    assert found is not None
    return found


async def closed(door: FrontDoor) -> Purchase:
    """A report of June, looked at on the first day on which it is closed."""
    purchase = await stored(door)
    door.clock.now = LAST_OPEN + timedelta(days=1)
    return purchase


def period(door: FrontDoor, code: str = "roads", key: str = "2027-06") -> dict[str, Any]:
    organisation = knocks.chosen(door.organisation(code).id)
    return {ids.REOPEN_ORGANISATION: organisation, ids.REOPEN_PERIOD: knocks.chosen(key)}


# -- closed ---------------------------------------------------------------------------------------------------------


async def test_on_the_last_open_day_everything_can_be_done(door: FrontDoor) -> None:
    purchase = await stored(door)
    door.clock.now = LAST_OPEN
    await send_change(door, purchase, **{ids.REPORT_AMOUNT: "31만원"})
    for action, state in ((ids.REPORT_CANCEL, PurchaseState.CANCELLED), (ids.REPORT_RESTORE, PurchaseState.REPORTED)):
        await press(door, STAFF, action, button_value_of(now(door, purchase)))
        assert now(door, purchase).state is state
    assert now(door, purchase).draft.amount == 310_000


async def test_a_holiday_that_the_office_adds_moves_the_last_open_day(door: FrontDoor) -> None:
    purchase = await stored(door)
    door.clock.now = LAST_OPEN
    with door.toolkit.database.write() as tx:
        office_days.say(tx, OfficeDay(LAST_OPEN.date(), True, "임시공휴일"), by=COMMAND_LINE, at=NOW)
    shown = await press(door, STAFF, ids.REPORT_CANCEL, button_value_of(purchase))
    assert "2027. 7. 29.(목)까지 고칠 수 있었습니다." in shown  # this city's due days move to the day before
    assert now(door, purchase) == purchase


@pytest.mark.parametrize("user", [STAFF, LEAD, OFFICE])
async def test_a_day_later_nothing_is_touched_and_the_next_step_is_a_button(door: FrontDoor, user: str) -> None:
    purchase = await closed(door)
    for action in (ids.REPORT_CHANGE, ids.REPORT_CANCEL):
        shown = await press(door, user, action, button_value_of(purchase))
        assert "2027년 6월분은 마감되었습니다" in shown
        assert "2027. 7. 30.(금)까지 고칠 수 있었습니다. 보고는 그대로 있습니다." in shown
        assert ("다시 열어 달라고 하기" in shown) == (user != OFFICE)
    reply = await send_change(door, purchase, user, **{ids.REPORT_AMOUNT: "1원"})
    assert "2027년 6월분은 마감되었습니다" in str(reply.json())
    assert now(door, purchase) == purchase


async def test_what_was_cancelled_in_time_is_not_restored_after(door: FrontDoor) -> None:
    purchase = await stored(door)
    await press(door, STAFF, ids.REPORT_CANCEL, button_value_of(purchase))
    door.clock.now = LAST_OPEN + timedelta(days=1)
    assert "마감되었습니다" in await press(door, STAFF, ids.REPORT_RESTORE, button_value_of(now(door, purchase)))
    assert now(door, purchase).state is PurchaseState.CANCELLED


async def test_a_missing_purchase_still_comes_in_late(door: FrontDoor) -> None:
    await closed(door)
    late = await stored(door, key="late", **{ids.REPORT_DATE: {"selected_date": "2027-06-01"}})
    assert late.draft.contract_date == date(2027, 6, 1)


async def test_a_row_is_not_moved_out_of_a_closed_period_but_into_one_for_it_was_missing_there(door: FrontDoor) -> None:
    june = await closed(door)
    july = await stored(door, key="july", **{ids.REPORT_DATE: {"selected_date": "2027-07-05"}})
    await send_change(door, june, **{ids.REPORT_DATE: {"selected_date": "2027-07-06"}})
    assert now(door, june) == june
    await send_change(door, july, **{ids.REPORT_DATE: {"selected_date": "2027-06-05"}})
    assert now(door, july).draft.contract_date == date(2027, 6, 5)
    await send_change(door, now(door, july), **{ids.REPORT_DATE: {"selected_date": "2027-07-05"}})
    assert now(door, july).draft.contract_date == date(2027, 6, 5)


async def test_a_stranger_learns_nothing_of_a_closed_report(door: FrontDoor) -> None:
    purchase = await closed(door)
    for action, value in ((ids.REPORT_CHANGE, button_value_of(purchase)), (ids.REOPEN_ASK, str(purchase.id))):
        shown = await press(door, NEWCOMER, action, value)
        assert "이 보고는 볼 수 없습니다" in shown
        assert TITLE not in shown


# -- asking ---------------------------------------------------------------------------------------------------------


async def test_who_asks_reaches_the_office_once_a_day(door: FrontDoor) -> None:
    purchase = await closed(door)
    first = await press(door, STAFF, ids.REOPEN_ASK, str(purchase.id))
    assert "상생경제과에 다시 열어 달라고 알렸습니다" in first
    assert "오늘 이미 상생경제과에 알렸습니다" in await press(door, STAFF, ids.REOPEN_ASK, str(purchase.id))
    [told] = door.direct_messages(OFFICE)
    assert f"<@{STAFF}> 님이 마감된 보고를 다시 열어 달라고 합니다: 길가꿈과 2027년 6월분" in told.text
    assert TITLE in text_of(told)
    door.clock.now += timedelta(days=1)
    await press(door, STAFF, ids.REOPEN_ASK, str(purchase.id))
    assert len(door.direct_messages(OFFICE)) == 2
    with door.toolkit.database.read() as tx:
        events = [e.event for e in audit.entries(tx, subject=f"purchase:{purchase.id}")]
    assert events.count(AuditEvent.REOPENING_ASKED) == 2


async def test_from_asking_to_the_change_by_hand(door: FrontDoor) -> None:
    purchase = await closed(door)
    await door.driver.command(STAFF, "C0ROADS", "/gwannae")
    await press(door, STAFF, ids.REPORT_CHANGE, button_value_of(purchase))
    await door.driver.press(STAFF, door.form(STAFF), ids.REOPEN_ASK)
    await done(door)
    await door.driver.press(OFFICE, door.direct_messages(OFFICE)[-1], ids.REOPEN_OPEN)
    await door.driver.submit(OFFICE, {ids.REOPEN_REASON: REASON})
    await done(door)
    assert "‘안내판 제작’ 보고를 다시 열었습니다. 2027. 8. 6.(금)까지 고칠 수 있습니다." in text_of(door.form(OFFICE))
    told = door.direct_messages(STAFF)[-1]
    assert f"사유: {REASON}" in told.text
    door.workspace.views.clear(STAFF)
    await door.driver.press(STAFF, told, ids.REPORT_CHANGE)
    await door.driver.submit(STAFF, {ids.REPORT_AMOUNT: "29만원"})
    await done(door)
    assert now(door, purchase).draft.amount == 290_000


# -- opening --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "open_on_last"), [(1, True), (7, True), (30, True)])
async def test_one_report_is_open_for_so_many_days_and_then_closed_by_itself(
    door: FrontDoor, days: int, open_on_last: bool
) -> None:
    purchase = await closed(door)
    other = await stored(door, key="other", **{ids.REPORT_DATE: {"selected_date": "2027-06-13"}})
    await open_again(door, purchase=purchase, **{ids.REOPEN_DAYS: knocks.chosen(days)})
    door.clock.now += timedelta(days=days - 1)
    await send_change(door, purchase, **{ids.REPORT_AMOUNT: "31만원"})
    assert (now(door, purchase).version == 2) == open_on_last
    await send_change(door, other, **{ids.REPORT_AMOUNT: "31만원"})
    assert now(door, other) == other, "the other report of the period stays closed"
    door.clock.now += timedelta(days=1)
    await send_change(door, now(door, purchase), **{ids.REPORT_AMOUNT: "32만원"})
    assert now(door, purchase).version == 2


async def test_a_whole_period_of_one_organisation_is_opened_and_no_other(door: FrontDoor) -> None:
    purchase = await closed(door)
    may = await stored(door, key="may", **{ids.REPORT_DATE: {"selected_date": "2027-05-10"}})
    arts = await stored(door, OFFICE, key="arts", organisation="arts")
    await open_again(door, **period(door))
    for row, version in ((purchase, 2), (may, 1), (arts, 1)):
        await send_change(door, row, OFFICE, **{ids.REPORT_AMOUNT: "31만원"})
        assert now(door, row).version == version


async def test_from_one_report_the_office_opens_its_organisations_whole_period(door: FrontDoor) -> None:
    purchase = await closed(door)
    other = await stored(door, key="other", **{ids.REPORT_DATE: {"selected_date": "2027-06-13"}})
    reply = await open_again(door, purchase=purchase, **{ids.REOPEN_SCOPE: knocks.chosen("all")})
    assert "길가꿈과 2027년 6월분을 다시 열었습니다" in str(reply.json())
    await send_change(door, other, **{ids.REPORT_AMOUNT: "31만원"})
    assert now(door, other).version == 2


async def test_a_year_that_takes_no_more_late_reports_takes_them_where_it_was_opened(door: FrontDoor) -> None:
    door.clock.now += timedelta(days=365)
    old = {ids.REPORT_DATE: {"selected_date": "2027-06-14"}}
    refused = await knocks.send(door, a_report(door, key="late-1", **old))
    assert "2028. 1. 1.부터의 구매만 보고할 수 있습니다" in str(refused.json())
    await open_again(door, **period(door))
    assert (await stored(door, key="late-2", **old)).draft.contract_date == date(2027, 6, 14)
    for day in ("2027-05-31", "2027-07-01"):
        await knocks.send(door, a_report(door, key=f"late-{day}", **{ids.REPORT_DATE: {"selected_date": day}}))
        await knocks.send(door, a_report(door, OFFICE, key=f"arts-{day}", organisation="arts", **old))
    assert len(kept(door)) == 1
    assert kept(door, OFFICE) == []


async def test_a_report_that_is_refused_for_its_day_leaves_no_affiliation_behind(door: FrontDoor) -> None:
    door.clock.now += timedelta(days=365)
    await open_again(door, **period(door))
    late = {ids.REPORT_DATE: {"selected_date": "2027-08-02"}}
    reply = await knocks.send(door, a_report(door, NEWCOMER, key="late", **late))
    assert "2028. 1. 1.부터의 구매만 보고할 수 있습니다" in str(reply.json())
    with door.toolkit.database.read() as tx:
        assert affiliations.affiliations_of(tx, TEAM, NEWCOMER, door.toolkit.today) == ()


async def test_opening_is_written_down_with_its_reason(door: FrontDoor) -> None:
    purchase = await closed(door)
    await open_again(door, purchase=purchase)
    with door.toolkit.database.read() as tx:
        entry = audit.entries(tx, subject=f"purchase:{purchase.id}")[0]
    assert (entry.event, entry.user_id) == (AuditEvent.REOPENED, OFFICE)
    assert entry.detail == {"period": "2027-06", "days": 7, "reason": REASON}


async def test_the_same_form_twenty_times_opens_once_and_tells_once(door: FrontDoor) -> None:
    purchase = await closed(door)
    replies = await asyncio.gather(*(open_again(door, purchase=purchase) for _ in range(20)))
    assert sum("이미 열었습니다. 두 번 열지 않았습니다." in str(r.json()) for r in replies) == 19
    assert len(door.direct_messages(LEAD)) == 1


@pytest.mark.parametrize(
    ("changes", "block", "sentence"),
    [
        ({ids.REOPEN_REASON: " \u200b "}, ids.REOPEN_REASON, "왜 다시 여는지 적어 주세요."),
        ({ids.REOPEN_DAYS: knocks.chosen("0")}, ids.REOPEN_DAYS, "며칠 동안 열지 골라 주세요."),
        ({ids.REOPEN_DAYS: knocks.chosen("-3")}, ids.REOPEN_DAYS, "며칠 동안 열지 골라 주세요."),
        ({ids.REOPEN_DAYS: knocks.chosen("99999")}, ids.REOPEN_DAYS, "며칠 동안 열지 골라 주세요."),
        ({ids.REOPEN_PERIOD: knocks.chosen("2027-13")}, ids.REOPEN_PERIOD, "어느 기간을 열지 골라 주세요."),
        ({ids.REOPEN_ORGANISATION: knocks.chosen("x")}, ids.REOPEN_ORGANISATION, "부서·기관을 골라 주세요."),
    ],
)
async def test_what_the_form_lacks_is_said_at_its_field(
    door: FrontDoor, changes: dict[str, Any], block: str, sentence: str
) -> None:
    reply = await open_again(door, **{**period(door), **changes})
    assert reply.json() == {"response_action": "errors", "errors": {block: sentence}}


async def test_an_organisation_or_a_report_that_is_not_there_is_said(door: FrontDoor) -> None:
    purchase = await stored(door)
    gone = [
        await open_again(door, **{**period(door), ids.REOPEN_ORGANISATION: knocks.chosen(999)}),
        await open_again(door, purchase=Purchase(**{f: getattr(purchase, f) for f in purchase.__slots__} | {"id": 99})),
    ]
    assert all("그 사이 없어졌습니다" in str(reply.json()) for reply in gone)
    assert "그 사이 없어졌습니다" in await press(door, OFFICE, ids.REOPEN_OPEN, "99")


async def test_the_command_opens_the_form_for_the_office_alone(door: FrontDoor) -> None:
    await door.driver.command(OFFICE, "C0ROADS", "/gwannae", "마감")
    form = door.form(OFFICE)
    assert form.body["callback_id"] == ids.REOPEN_VIEW
    options = next(b for b in form.blocks if b["block_id"] == ids.REOPEN_PERIOD)["element"]["options"]
    assert [o["value"] for o in options[:2]] == ["2027-05", "2027-04"]
    await door.driver.command(LEAD, "C0ROADS", "/gwannae", "마감")
    assert "이 일은 총괄 부서만 할 수 있습니다" in text_of(door.form(LEAD))


async def test_who_is_named_by_nobody_opens_nothing(door: FrontDoor) -> None:
    purchase = await closed(door)
    for user in (STAFF, LEAD, NEWCOMER):
        await open_again(door, user, key=f"by-{user}", purchase=purchase)
    await send_change(door, purchase, **{ids.REPORT_AMOUNT: "1원"})
    assert now(door, purchase) == purchase
