"""An earlier report once more: restored, copied into a new one, and its history as a person reads it."""

import asyncio
from datetime import timedelta

import pytest

from gwannae.messages import ids
from gwannae.messages.report_purchase import button_value_of
from gwannae.programme.organisations import Actor
from gwannae.programme.purchases import Purchase, PurchaseState
from gwannae.storage import audit, purchases
from tests.bot import knocks
from tests.bot.reporting import firm, home_of, initial, only, receipts, report, stored
from tests.front_door import LEAD, NEWCOMER, OFFICE, STAFF, TEAM, FrontDoor, text_of


async def press(door: FrontDoor, user: str, action: str, purchase: Purchase, version: int = 0) -> None:
    value = f"{purchase.id}:{version}" if version else button_value_of(purchase)
    await knocks.send(door, knocks.pressed(door, user, action, value))
    await done(door)


async def done(door: FrontDoor) -> None:
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0
    await door.driver.settle()


async def cancelled(door: FrontDoor) -> Purchase:
    await report(door)
    await door.driver.press(STAFF, receipts(door)[0], ids.REPORT_CANCEL)
    await done(door)
    assert only(door).state is PurchaseState.CANCELLED
    return only(door)


# -- restoring ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("user", [STAFF, LEAD, OFFICE])
async def test_a_cancelled_report_counts_again_once_it_is_restored(door: FrontDoor, user: str) -> None:
    purchase = await cancelled(door)
    await press(door, user, ids.REPORT_RESTORE, purchase)
    assert (only(door).state, only(door).version) == (PurchaseState.REPORTED, 3)
    assert only(door).judgement == purchase.judgement
    shown = text_of(door.direct_messages(user)[-1])
    assert "보고를 되살렸습니다" in shown
    assert "길가꿈과 2027년: 건수 100.0% (1/1)" in shown
    with door.toolkit.database.read() as tx:
        events = [e.event.value for e in audit.entries(tx, subject=f"purchase:{purchase.id}")]
    assert events[0] == "purchase_restored"


async def test_restoring_from_the_home_tab(door: FrontDoor) -> None:
    await cancelled(door)
    await door.driver.press(STAFF, await home_of(door, STAFF), ids.REPORT_RESTORE)
    await done(door)
    assert only(door).state is PurchaseState.REPORTED


async def test_pressed_twenty_times_at_once_it_is_restored_once(door: FrontDoor) -> None:
    purchase = await cancelled(door)
    pressed = [knocks.pressed(door, STAFF, ids.REPORT_RESTORE, button_value_of(purchase)) for _ in range(20)]
    await asyncio.gather(*(knocks.send(door, payload) for payload in pressed))
    await done(door)
    assert only(door).version == 3


async def test_an_old_button_restores_nothing_and_says_so(door: FrontDoor) -> None:
    purchase = await cancelled(door)
    await press(door, STAFF, ids.REPORT_RESTORE, purchase, version=1)
    assert only(door) == purchase
    assert "이미 취소된 보고입니다" in text_of(door.direct_messages(STAFF)[-1])


async def test_a_stranger_restores_nothing(door: FrontDoor) -> None:
    purchase = await cancelled(door)
    await press(door, NEWCOMER, ids.REPORT_RESTORE, purchase)
    assert only(door) == purchase


# -- 지난 건 복사 ------------------------------------------------------------------------------------------------------


async def test_a_copy_begins_a_new_report_with_all_that_stood_in_the_old_one(door: FrontDoor) -> None:
    await report(door, item="명함")
    door.clock.now += timedelta(days=3)
    await door.driver.press(STAFF, receipts(door)[0], ids.REPORT_COPY)
    form = door.form(STAFF)
    assert form.body["title"]["text"] == "구매 보고"
    assert {name: initial(form, name) for name in ("title", "amount", "date", "kind", "method", "item")} == {
        "title": "명함 인쇄",
        "amount": "300,000원",
        "date": "2027-06-18",
        "kind": "goods",
        "method": "direct_single",
        "item": "명함",
    }
    assert (await door.driver.submit(STAFF, {"report-amount": "35만원"})).outcome == "closed"
    await done(door)
    first, second = stored(door)
    assert (first.version, second.version) == (1, 1)
    assert (second.draft.amount, second.draft.firm, second.draft.item) == (350_000, first.draft.firm, "명함")


async def test_a_cancelled_report_can_be_copied_and_is_judged_anew(door: FrontDoor) -> None:
    purchase = await cancelled(door)
    await press(door, STAFF, ids.REPORT_COPY, purchase)
    await door.driver.submit(STAFF, {})
    await done(door)
    assert [p.state for p in stored(door)] == [PurchaseState.CANCELLED, PurchaseState.REPORTED]


async def test_what_a_person_may_not_look_at_cannot_be_copied(door: FrontDoor) -> None:
    await report(door)
    await press(door, NEWCOMER, ids.REPORT_COPY, only(door))
    shown = text_of(door.form(NEWCOMER))
    assert "이 보고는 볼 수 없습니다" in shown
    assert "명함" not in shown


# -- 이력 -------------------------------------------------------------------------------------------------------------


async def test_the_history_says_who_did_what_when_and_what_changed(door: FrontDoor) -> None:
    await report(door)
    door.clock.now += timedelta(minutes=5)
    await press(door, LEAD, ids.REPORT_CHANGE, only(door))
    await door.driver.submit(LEAD, {"report-amount": "45만원", "report-firm": await firm(door, "먼데", LEAD)})
    await done(door)
    await press(door, STAFF, ids.REPORT_CANCEL, only(door))
    await press(door, STAFF, ids.REPORT_RESTORE, only(door))
    await press(door, STAFF, ids.REPORT_HISTORY, only(door))
    said = [b["text"]["text"] for b in door.form(STAFF).blocks if b["type"] == "section"]
    assert said[0] == f"*명함 인쇄* · 보고 번호 {only(door).id}"
    assert said[1] == f"*되살림* · 2027. 6. 15.(화) 10:05 · <@{STAFF}>"
    assert said[2] == f"*취소* · 2027. 6. 15.(화) 10:05 · <@{STAFF}>"
    assert said[3].split("\n") == [
        f"*고침* · 2027. 6. 15.(화) 10:05 · <@{LEAD}>",
        "• 업체: 가온인쇄 → 먼데인쇄",
        "• 업체 소재지: 가람도 햇님시 솔숲구 볕뉘로 1 → 부산광역시 어디구 먼길 1",
        "• 계약금액: 300,000원 → 450,000원",
        "• 판정: 관내 → 관외",
    ]
    assert said[4] == f"*보고* · 2027. 6. 15.(화) 10:00 · <@{STAFF}>"


async def test_foreign_words_do_no_harm_in_the_history(door: FrontDoor) -> None:
    await report(door, title="<!channel> *굵게*")
    await press(door, STAFF, ids.REPORT_CHANGE, only(door))
    await door.driver.submit(STAFF, {"report-title": "<@U0LEAD> & 끝"})
    await done(door)
    await press(door, STAFF, ids.REPORT_HISTORY, only(door))
    assert "&lt;!channel&gt; *굵게* → &lt;@U0LEAD&gt; &amp; 끝" in text_of(door.form(STAFF))


async def test_a_very_long_history_fits_into_the_window(door: FrontDoor) -> None:
    await report(door)
    with door.toolkit.database.write() as tx:
        purchase = only(door)
        for version in range(1, 81):
            draft = purchase.draft
            purchases.change(
                tx, purchase.id, version, draft, purchase.judgement, actor=Actor(TEAM, LEAD), at=door.clock()
            )
    await press(door, STAFF, ids.REPORT_HISTORY, only(door))
    shown = text_of(door.form(STAFF))
    assert "앞선 21번의 이력은 총괄 부서에 물어보세요." in shown
    assert "바뀐 내용 없이 다시 저장했습니다." in shown


async def test_who_may_not_look_at_a_report_reads_nothing_of_its_history(door: FrontDoor) -> None:
    await report(door)
    await press(door, NEWCOMER, ids.REPORT_HISTORY, only(door))
    assert "이 보고는 볼 수 없습니다" in text_of(door.form(NEWCOMER))
    assert "명함" not in text_of(door.form(NEWCOMER))
