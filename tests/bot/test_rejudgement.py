"""미확인 and 다시 판정 at the front door: what has no verdict stays in sight, and the office's word changes one."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from gwannae.actions.confirmations import overview
from gwannae.messages import ids
from gwannae.messages.confirmations import button_value
from gwannae.messages.report_purchase import button_value_of
from gwannae.programme.audit import AuditEvent
from gwannae.programme.confirmations import ConfirmationStatus, PeriodState
from gwannae.programme.purchases import Purchase
from gwannae.programme.verdict import Verdict
from gwannae.sandbox.requests_out import Reply
from gwannae.storage import audit, purchases
from tests.bot import knocks
from tests.bot.reporting import home_of
from tests.bot.reports import TITLE, kept, stored
from tests.front_door import LEAD, NEWCOMER, OFFICE, ROADS, STAFF, FrontDoor, text_of

UNKNOWN = {ids.REPORT_FIRM_ADDRESS: "모름"}
REASON = "등기부 등본으로 소재지 확인"


async def done(door: FrontDoor) -> None:
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0
    await door.driver.settle()


async def rejudge(
    door: FrontDoor,
    purchase: Purchase,
    verdict: str = "local",
    user: str = OFFICE,
    key: str = "ruling-1",
    **values: Any,
) -> Reply:
    fields = {ids.REJUDGE_VERDICT: knocks.chosen(verdict), ids.REJUDGE_REASON: REASON, **values}
    memo = f'{{"k":"{key}","p":{purchase.id},"v":{purchase.version}}}'
    reply = await knocks.send(door, knocks.submitted(door, user, ids.REJUDGE_VIEW, fields, memo))
    await done(door)
    return reply


async def press(door: FrontDoor, user: str, action: str, purchase: Purchase) -> str:
    door.workspace.views.clear(user)
    await knocks.send(door, knocks.pressed(door, user, action, button_value_of(purchase)))
    await done(door)
    return text_of(door.form(user))


def now(door: FrontDoor, purchase: Purchase) -> Purchase:
    with door.toolkit.database.read() as tx:
        found = purchases.purchase(tx, purchase.id)
    assert found is not None
    return found


async def test_what_has_no_verdict_is_in_the_offices_sight_until_it_is_solved(door: FrontDoor) -> None:
    assert "미확인인 보고가 없습니다" in await listed(door)
    purchase = await stored(door, **UNKNOWN)
    await stored(door, OFFICE, key="arts", organisation="arts", **UNKNOWN)
    await stored(door, key="clear")
    shown = await listed(door)
    assert "*미확인 2건*" in shown
    assert "*길가꿈과* · 1건 · 300,000원" in shown
    assert "먼데광고의 주소를 읽지 못해 소재지 확인이 필요합니다" in shown
    assert "*미확인 2건*\n길가꿈과 1건, 햇님예술재단 1건" in text_of(await home_of(door, OFFICE))
    door.clock.now += timedelta(days=900)
    assert "*미확인 2건*" in await listed(door), "it does not go away with its year"
    await rejudge(door, purchase)
    assert "*미확인 1건*" in await listed(door)


async def listed(door: FrontDoor) -> str:
    door.workspace.views.clear(OFFICE)
    await door.driver.command(OFFICE, ROADS, "/gwannae", "미확인")
    return text_of(door.form(OFFICE))


async def test_the_office_gives_a_verdict_by_hand(door: FrontDoor) -> None:
    purchase = await stored(door, **UNKNOWN)
    await listed(door)
    await door.driver.press(OFFICE, door.form(OFFICE), ids.REPORT_WHY)
    await door.driver.press(OFFICE, door.form(OFFICE), ids.REJUDGE_OPEN)
    form = door.form(OFFICE)
    options = next(b for b in form.blocks if b["block_id"] == ids.REJUDGE_VERDICT)["element"]["options"]
    assert [o["value"] for o in options] == ["local", "outside"]
    await door.driver.submit(OFFICE, {ids.REJUDGE_VERDICT: "local", ids.REJUDGE_REASON: REASON})
    await done(door)
    assert "판정을 바꾸었습니다: 미확인 → 관내. 보고하신 분께 알렸습니다." in text_of(door.form(OFFICE))
    assert now(door, purchase).judgement.verdict is Verdict.LOCAL
    told = door.direct_messages(STAFF)[-1]
    assert "상생경제과에서 판정을 바꾸었습니다: 미확인 → 관내" in told.text
    assert REASON in told.text


async def test_reason_and_signer_stand_in_the_grounds_beside_the_old_verdict(door: FrontDoor) -> None:
    purchase = await stored(door, **UNKNOWN)
    await rejudge(door, purchase)
    for user in (STAFF, LEAD, OFFICE):
        shown = await press(door, user, ids.REPORT_WHY, purchase)
        assert f"판정 *관내* · 총괄 부서가 2027. 6. 15. 다시 판정했습니다: {REASON}" in shown
        assert f"다시 판정한 사람: <@{OFFICE}>" in shown
        assert "앞선 판정 *미확인* · 먼데광고의 주소를 읽지 못해" in shown
        assert ("판정 바꾸기" in shown) == (user == OFFICE)
        history = await press(door, user, ids.REPORT_HISTORY, purchase)
        assert f"*다시 판정* · 2027. 6. 15.(화) 10:00 · <@{OFFICE}>\n• 판정: 미확인 → 관내\n• 사유: {REASON}" in history
    with door.toolkit.database.read() as tx:
        entry = audit.entries(tx, subject=f"purchase:{purchase.id}")[0]
    assert (entry.event, entry.user_id) == (AuditEvent.PURCHASE_REJUDGED, OFFICE)
    assert entry.detail == {"version": 2, "before": "unconfirmed", "verdict": "local", "reason": REASON}


async def test_a_corrected_title_keeps_the_offices_word_and_another_day_is_judged_anew(door: FrontDoor) -> None:
    purchase = await stored(door, **UNKNOWN)
    await rejudge(door, purchase)
    changed = await stored(door, key="title", changing=(purchase.id, 2), **UNKNOWN, **{ids.REPORT_TITLE: "새 이름"})
    assert (changed.judgement.verdict, changed.draft.title) == (Verdict.LOCAL, "새 이름")
    moved = {ids.REPORT_DATE: {"selected_date": "2027-06-13"}}
    changed = await stored(door, key="day", changing=(purchase.id, 3), **UNKNOWN, **moved)
    assert (changed.judgement.verdict, changed.judgement.ruling) == (Verdict.UNCONFIRMED, None)


async def test_a_closed_and_confirmed_period_hinders_no_new_verdict_but_asks_for_a_new_word(door: FrontDoor) -> None:
    purchase = await stored(door, **UNKNOWN, **{ids.REPORT_DATE: {"selected_date": "2027-05-10"}})

    def may() -> PeriodState:
        found = overview(door.toolkit, 2027, door.clock())
        return next(s for o in found for s in o.states if (o.period.key, s.organisation.code) == ("2027-05", "roads"))

    await knocks.send(door, knocks.pressed(door, LEAD, ids.CONFIRM_PERIOD, button_value(may())))
    assert may().status is ConfirmationStatus.CONFIRMED
    door.clock.now += timedelta(days=60)
    await rejudge(door, purchase)
    assert now(door, purchase).judgement.verdict is Verdict.LOCAL
    assert may().status is ConfirmationStatus.CHANGED


async def test_one_form_twenty_times_changes_once_and_tells_once(door: FrontDoor) -> None:
    purchase = await stored(door, **UNKNOWN)
    before = len(door.direct_messages(STAFF))
    replies = await asyncio.gather(*(rejudge(door, purchase) for _ in range(20)))
    assert sum("두 번 바꾸지 않았습니다" in str(r.json()) for r in replies) == 19
    assert now(door, purchase).version == 2
    assert len(door.direct_messages(STAFF)) == before + 1


@pytest.mark.parametrize(
    ("verdict", "values", "block", "sentence"),
    [
        ("local", {ids.REJUDGE_REASON: "  "}, ids.REJUDGE_REASON, "왜 바꾸는지 적어 주세요."),
        ("maybe", {}, ids.REJUDGE_VERDICT, "무엇으로 판정할지 골라 주세요."),
        ("unconfirmed", {}, ids.REJUDGE_VERDICT, "지금 판정과 같습니다. 다른 판정을 골라 주세요."),
    ],
)
async def test_what_the_form_lacks_is_said_at_its_field(
    door: FrontDoor, verdict: str, values: dict[str, Any], block: str, sentence: str
) -> None:
    purchase = await stored(door, **UNKNOWN)
    reply = await rejudge(door, purchase, verdict, **values)
    assert reply.json() == {"response_action": "errors", "errors": {block: sentence}}
    assert now(door, purchase) == purchase


async def test_a_form_that_comes_too_late_changes_nothing(door: FrontDoor) -> None:
    purchase = await stored(door, **UNKNOWN)
    await stored(door, key="title", changing=(purchase.id, 1), **UNKNOWN, **{ids.REPORT_TITLE: "새 이름"})
    assert "그 사이 이 보고가 바뀌어" in str((await rejudge(door, purchase)).json())
    assert kept(door)[0].judgement.verdict is Verdict.UNCONFIRMED


async def test_the_office_alone_changes_verdicts_and_sees_the_list(door: FrontDoor) -> None:
    purchase = await stored(door, **UNKNOWN)
    for user in (STAFF, LEAD, NEWCOMER):
        assert "총괄 부서만 할 수 있습니다" in str((await rejudge(door, purchase, user=user, key=user)).json())
        assert "총괄 부서만 할 수 있습니다" in await press(door, user, ids.REJUDGE_OPEN, purchase)
        door.workspace.views.clear(user)
        await door.driver.command(user, ROADS, "/gwannae", "미확인")
        assert TITLE not in text_of(door.form(user))
    assert now(door, purchase) == purchase


async def test_a_long_list_fits_into_the_window(door: FrontDoor) -> None:
    for number in range(60):
        await stored(door, key=f"many-{number}", **UNKNOWN, **{ids.REPORT_AMOUNT: "1,000원"})
    shown = await listed(door)
    assert "*미확인 60건*" in shown
    assert "20건이 더 있습니다" in shown
