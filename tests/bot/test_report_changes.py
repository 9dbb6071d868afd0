"""What becomes of a stored report at the front door: changed, cancelled, pressed too late, kept as it was judged."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text as sql

from gwannae.programme.facts import Fact
from gwannae.programme.organisations import Actor
from gwannae.programme.purchases import PurchaseState, PurchaseVersion
from gwannae.programme.verdict import Verdict
from gwannae.sandbox.app_answers import Submission
from gwannae.sandbox.values import Message
from gwannae.storage import audit, organisations, purchases
from tests.bot.reporting import (
    VALUES,
    choose_unregistered,
    firm,
    home_of,
    initial,
    only,
    open_form,
    receipts,
    report,
    stored,
)
from tests.bot.reports import readdress
from tests.front_door import LEAD, NEWCOMER, OFFICE, STAFF, FrontDoor, text_of


async def press(door: FrontDoor, message: Message, action: str, user: str = STAFF) -> None:
    """Press a button of a receipt, as it stands in that person's eyes."""
    await door.driver.press(user, message, action, stale=True)
    await door.driver.settle()


async def change(door: FrontDoor, message: Message, user: str = STAFF, **changes: Any) -> Submission:
    """Press 고치기, change some fields, send the form off."""
    await press(door, message, "report-change", user)
    sent = await door.driver.submit(user, {f"report-{name}": value for name, value in changes.items()})
    await door.driver.settle()
    return sent


def history(door: FrontDoor) -> list[PurchaseVersion]:
    """All versions of the one purchase."""
    with door.toolkit.database.read() as tx:
        return purchases.history(tx, only(door).id)


def move_away(door: FrontDoor, name: str) -> None:
    """The registry learns that a firm has left the city."""
    readdress(door, name, in_city=Fact.NO, text="부산광역시 어디구 9", district=None)


# -- changing -------------------------------------------------------------------------------------------------------


async def test_the_form_for_changing_holds_what_was_stored(door: FrontDoor) -> None:
    await report(door, item="명함")
    await press(door, receipts(door)[0], "report-change")
    form = door.form(STAFF)
    assert form.body["title"]["text"] == "보고 고치기"
    assert form.body["submit"]["text"] == "고치기"
    assert {name: initial(form, name) for name in ("title", "amount", "date", "kind", "method", "item")} == {
        "title": "명함 인쇄",
        "amount": "300,000원",
        "date": "2027-06-14",
        "kind": "goods",
        "method": "direct_single",
        "item": "명함",
    }
    assert initial(form, "firm") == f"vendor:{only(door).draft.firm.vendor_id}"


async def test_a_change_is_stored_with_its_history_and_a_new_receipt(door: FrontDoor) -> None:
    await report(door)
    assert (await change(door, receipts(door)[0], amount="45만원")).outcome == "closed"
    assert only(door).draft.amount == 450_000
    assert [v.draft.amount for v in history(door)] == [300_000, 450_000]
    assert receipts(door)[-1].text.startswith("보고를 고쳤습니다: 명함 인쇄 · 450,000원 · 2027. 6. 14.")
    assert "1번 고침" in text_of(receipts(door)[-1])
    assert "(450,000/450,000원)" in receipts(door)[-1].text
    with door.toolkit.database.read() as tx:
        events = [e.event.value for e in audit.entries(tx, subject=f"purchase:{only(door).id}")]
    assert events == ["purchase_changed", "purchase_reported"]


@pytest.mark.parametrize(
    ("name", "typed"), [("amount", "많이"), ("date", "2027-06-16"), ("date", "2026-12-31"), ("amount", "-1")]
)
async def test_a_wrong_change_is_said_at_its_field_and_changes_nothing(door: FrontDoor, name: str, typed: str) -> None:
    await report(door)
    sent = await change(door, receipts(door)[0], **{name: typed})
    assert list(sent.errors) == [f"report-{name}"]
    assert only(door).version == 1


async def test_the_same_change_twenty_times_at_once_changes_once(door: FrontDoor) -> None:
    await report(door)
    await press(door, receipts(door)[0], "report-change")
    sent = await asyncio.gather(*(door.driver.submit(STAFF, {"report-amount": "40만원"}) for _ in range(20)))
    await door.driver.settle()
    assert sorted(s.outcome for s in sent) == ["closed"] + ["updated"] * 19
    assert only(door).version == 2
    assert len(receipts(door)) == 2


async def test_a_second_window_with_an_older_form_changes_nothing_and_says_so(door: FrontDoor) -> None:
    await report(door)
    receipt = receipts(door)[0]
    await press(door, receipt, "report-change")
    older = door.form(STAFF)
    await change(door, receipt, amount="45만원")
    door.workspace.views.open(STAFF, older.body)
    sent = await door.driver.submit(STAFF, {"report-amount": "99만원"})
    await door.driver.settle()
    assert sent.outcome == "updated"
    assert text_of(door.form(STAFF)).endswith(
        "그 사이 이 보고가 바뀌어 아무것도 고치지 않았습니다. 지금 저장된 내용을 메시지로 보여 드립니다."
    )
    assert only(door).draft.amount == 450_000
    assert "450,000원" in receipts(door)[-1].text
    assert "그 사이 바뀐 보고입니다." in receipts(door)[-1].text


async def test_changing_from_the_home_tab_works_as_from_the_receipt(door: FrontDoor) -> None:
    await report(door)
    home = await home_of(door, STAFF)
    await door.driver.press(STAFF, home, "report-change")
    assert (await door.driver.submit(STAFF, {"report-title": "명함과 봉투"})).outcome == "closed"
    assert only(door).draft.title == "명함과 봉투"


async def test_an_unregistered_firm_can_be_changed_into_a_registered_one_and_back(door: FrontDoor) -> None:
    await open_form(door)
    await choose_unregistered(door, "새벽공방")
    await door.driver.submit(STAFF, {**VALUES, "report-firm-address": "부산광역시 어디구 1"})
    await door.driver.settle()
    await press(door, receipts(door)[0], "report-change")
    assert initial(door.form(STAFF), "firm-address") == "부산광역시 어디구 1"
    await door.driver.choose(STAFF, door.form(STAFF), "report-firm", await firm(door, "가온"))
    await door.driver.submit(STAFF)
    await door.driver.settle()
    assert only(door).judgement.verdict is Verdict.LOCAL
    await press(door, receipts(door)[-1], "report-change")
    await choose_unregistered(door, "새벽공방")
    await door.driver.submit(STAFF, {"report-firm-address": "부산광역시 어디구 1"})
    assert [v.judgement.verdict.value for v in history(door)] == ["outside", "local", "outside"]


# -- cancelling -----------------------------------------------------------------------------------------------------


async def test_a_cancelled_report_counts_nowhere_and_its_receipt_says_so(door: FrontDoor) -> None:
    await report(door)
    await press(door, receipts(door)[0], "report-cancel")
    (receipt,) = receipts(door)
    assert receipt.text.startswith("보고를 취소했습니다: 명함 인쇄")
    assert "길가꿈과 2027년: 관내·관외로 판정된 실적이 아직 없습니다" in receipt.text
    row = next(b for b in receipt.blocks if b["type"] == "actions")
    assert [e["action_id"] for e in row["elements"]] == ["report-restore", "report-history", "report-copy"]
    assert only(door).state is PurchaseState.CANCELLED
    assert [v.state.value for v in history(door)] == ["reported", "cancelled"]


async def test_cancelling_asks_first(door: FrontDoor) -> None:
    await report(door)
    row = next(b for b in receipts(door)[0].blocks if b["type"] == "actions")
    sure = next(e["confirm"] for e in row["elements"] if e["action_id"] == "report-cancel")
    assert sure["text"]["text"] == "이 보고를 취소합니다. 기록은 남고 집계에서는 빠집니다."


async def test_cancelling_twice_is_said_politely_and_cancels_once(door: FrontDoor) -> None:
    await report(door)
    receipt = receipts(door)[0]
    await press(door, receipt, "report-cancel")
    await press(door, receipt, "report-cancel")
    assert receipts(door)[0].text.startswith("이미 취소된 보고입니다: 명함 인쇄")
    assert only(door).version == 2


async def test_two_presses_on_cancel_at_once_cancel_once(door: FrontDoor) -> None:
    await report(door)
    receipt = receipts(door)[0]
    await asyncio.gather(*(door.driver.press(STAFF, receipt, "report-cancel", stale=True) for _ in range(5)))
    await door.driver.settle()
    assert only(door).version == 2
    assert "취소" in receipts(door)[0].text


@pytest.mark.parametrize("action", ["report-change", "report-cancel"])
async def test_an_old_receipt_does_nothing_and_turns_into_what_is_stored_now(door: FrontDoor, action: str) -> None:
    await report(door)
    old = receipts(door)[0]
    await change(door, old, amount="45만원")
    await press(door, old, action)
    assert only(door).version == 2
    assert only(door).state is PurchaseState.REPORTED
    shown = next(m for m in receipts(door) if m.ts == old.ts)
    assert shown.text.startswith("그 사이 바뀐 보고입니다. 아무것도 하지 않았습니다: 명함 인쇄 · 450,000원")
    await press(door, shown, "report-cancel")
    assert only(door).state is PurchaseState.CANCELLED


async def test_an_old_button_upon_a_cancelled_report_says_that_it_is_cancelled(door: FrontDoor) -> None:
    await report(door)
    old = receipts(door)[0]
    await press(door, old, "report-cancel")
    await press(door, old, "report-change")
    assert text_of(door.form(STAFF)).endswith(
        "이미 취소된 보고입니다. 집계에서 빠져 있습니다. 다시 필요하면 [되살리기]를 눌러 주세요."
    )


async def test_a_form_that_was_open_while_the_report_was_cancelled_changes_nothing(door: FrontDoor) -> None:
    await report(door)
    receipt = receipts(door)[0]
    await press(door, receipt, "report-change")
    with door.toolkit.database.write() as tx:
        purchase = only(door)
        purchases.cancel(tx, purchase.id, 1, actor=_lead(door), at=door.clock())
    sent = await door.driver.submit(STAFF, {"report-amount": "1원"})
    assert sent.outcome == "updated"
    assert "이미 취소된 보고입니다." in text_of(door.form(STAFF))
    assert only(door).draft.amount == 300_000


def _lead(door: FrontDoor) -> Actor:
    return Actor(door.workspace.team_id, LEAD)


# -- other people ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ["report-change", "report-cancel", "report-why"])
async def test_other_peoples_buttons_do_nothing_and_tell_nothing(door: FrontDoor, action: str) -> None:
    await report(door, title="비밀 계약")
    copied = door.workspace.say("C0SQUARE", door.workspace.bot.user_id, "x", blocks=receipts(door)[0].blocks)
    await press(door, copied, action, NEWCOMER)
    if action == "report-cancel":
        said = door.workspace.messages.seen_by(NEWCOMER, "C0SQUARE")[-1]
        assert said.only_for == NEWCOMER
        words = said.text
    else:
        words = text_of(door.form(NEWCOMER))
    assert "이 보고는 볼 수 없습니다." in words
    assert "비밀" not in words
    assert only(door).version == 1


@pytest.mark.parametrize("user", [LEAD, OFFICE])
async def test_the_lead_and_the_office_may_correct_a_report_and_the_history_says_who(
    door: FrontDoor, user: str
) -> None:
    await report(door)
    copied = door.workspace.say("C0SQUARE", door.workspace.bot.user_id, "x", blocks=receipts(door)[0].blocks)
    assert (await change(door, copied, user, amount="31만원")).outcome == "closed"
    assert [v.changed_by_user for v in history(door)] == [STAFF, user]
    assert only(door).reporter_user == STAFF
    assert only(door).draft.organisation_id == door.organisation("roads").id


@pytest.mark.parametrize("value", ["", "abc", "1", "1:", ":1", "-1:1", "9" * 40 + ":1", "999999:1"])
async def test_a_button_that_is_not_ours_is_answered_kindly(door: FrontDoor, value: str) -> None:
    block = {
        "type": "actions",
        "block_id": "row",
        "elements": [
            {
                "type": "button",
                "action_id": "report-why",
                "text": {"type": "plain_text", "text": "x"},
                **({"value": value} if value else {}),
            }
        ],
    }
    message = door.workspace.say("C0SQUARE", door.workspace.bot.user_id, "x", blocks=[block])
    await press(door, message, "report-why")
    assert "이 보고는 볼 수 없습니다." in text_of(door.form(STAFF))


# -- frozen verdicts ------------------------------------------------------------------------------------------------


async def test_a_firm_that_moves_away_later_changes_no_stored_verdict(door: FrontDoor) -> None:
    await report(door)
    move_away(door, "가온인쇄")
    await press(door, receipts(door)[0], "report-why")
    assert "판정 *관내* · 가온인쇄의 본점이 2020. 3.부터 솔숲구에 있습니다" in text_of(door.form(STAFF))
    assert only(door).judgement.verdict is Verdict.LOCAL


async def test_a_report_is_not_moved_to_an_organisation_that_was_closed_meanwhile(door: FrontDoor) -> None:
    roads, transit = (door.organisation(code) for code in ("roads", "transit"))
    await report(door, user=OFFICE, organisation={"text": roads.name, "value": str(roads.id)})
    with door.toolkit.database.write() as tx:
        organisations.set_active(tx, transit.id, active=False)
    chosen = {"text": transit.name, "value": str(transit.id)}
    sent = await change(door, receipts(door, OFFICE)[0], OFFICE, organisation=chosen)
    assert dict(sent.errors) == {"report-organisation": "그 사이 없어진 부서·기관입니다. 다시 골라 주세요."}
    assert (only(door).draft.organisation_id, only(door).version) == (roads.id, 1)


async def test_a_changed_title_leaves_the_verdict_as_it_was_although_the_firm_moved(door: FrontDoor) -> None:
    await report(door)
    move_away(door, "가온인쇄")
    assert (await change(door, receipts(door)[0], title="명함 인쇄 1차", amount="31만원")).outcome == "closed"
    assert only(door).judgement.verdict is Verdict.LOCAL
    assert only(door).draft.firm.address == "가람도 햇님시 솔숲구 볕뉘로 1"
    assert only(door).draft.title == "명함 인쇄 1차"


async def test_a_changed_title_leaves_the_verdict_as_it_was_although_the_firm_is_registered_now(
    door: FrontDoor,
) -> None:
    await open_form(door)
    await choose_unregistered(door, "새벽공방")
    number = {"report-firm-number": "220-81-62517", "report-firm-address": "가람도 햇님시 솔숲구 1"}
    await door.driver.submit(STAFF, {**VALUES, **number})
    await door.driver.settle()
    with door.toolkit.database.write() as tx:
        tx.execute(sql("UPDATE vendors SET business_number = '2208162517' WHERE name = '가온인쇄'"))
    await change(door, receipts(door)[0], title="다른 이름")
    assert (only(door).judgement.verdict, only(door).draft.firm.name) == (Verdict.UNCONFIRMED, "새벽공방")


async def test_a_report_upon_a_firm_that_closed_can_still_be_corrected_and_stays_as_judged(door: FrontDoor) -> None:
    await report(door)
    with door.toolkit.database.write() as tx:
        tx.execute(sql("DELETE FROM vendors WHERE name = '가온인쇄'"))
    assert (await change(door, receipts(door)[0], title="명함 인쇄 1차")).outcome == "closed"
    assert only(door).judgement.verdict is Verdict.LOCAL
    assert only(door).draft.firm.name == "가온인쇄"
    assert "판정 관내" in receipts(door)[-1].text


async def test_another_day_is_judged_anew_by_what_is_known_today(door: FrontDoor) -> None:
    await report(door)
    move_away(door, "가온인쇄")
    await change(door, receipts(door)[0], date="2027-06-01")
    assert only(door).judgement.verdict is Verdict.OUTSIDE
    assert only(door).judgement.judged_for == date(2027, 6, 1)


async def test_another_firm_is_judged_anew(door: FrontDoor) -> None:
    await report(door)
    await press(door, receipts(door)[0], "report-change")
    await door.driver.submit(STAFF, {"report-firm": await firm(door, "먼데")})
    assert only(door).judgement.verdict is Verdict.OUTSIDE
    assert only(door).draft.firm.name == "먼데인쇄"


async def test_the_year_that_a_report_counts_in_is_its_contracts(door: FrontDoor) -> None:
    await report(door)
    door.clock.now += timedelta(days=365)
    await press(door, receipts(door)[0], "report-why")
    assert "기준일: 2027. 6. 14.(계약일)" in text_of(door.form(STAFF))
    await press(door, receipts(door)[0], "report-change")
    assert "2027년 6월분은 마감되었습니다" in text_of(door.form(STAFF))
    assert stored(door)[0].version == 1
