"""The office's word is about a firm and a day: whoever names others afterwards gets a new verdict, the office hears of
it, and what it had said stays readable.
"""

from typing import Any

from gwannae.actions.rejudgement import rejudge as judge_by_word
from gwannae.messages import ids
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.purchases import Purchase
from gwannae.programme.rejudgement import RejudgeForm
from gwannae.programme.verdict import Verdict
from gwannae.sandbox.values import Message
from tests.bot import knocks
from tests.bot.reports import a_report, stored
from tests.bot.test_purchase_files import HEADER, contracts, drop, last, quiet
from tests.bot.test_purchase_files import press as press_last
from tests.bot.test_rejudgement import REASON, UNKNOWN, done, now, press, rejudge
from tests.front_door import OFFICE, ROADS, STAFF, FrontDoor, text_of

OTHER_DAY = {ids.REPORT_DATE: {"selected_date": "2027-06-10"}}


async def ruled(door: FrontDoor) -> Purchase:
    """A report that the office has judged by its word."""
    purchase = await stored(door, **UNKNOWN)
    await rejudge(door, purchase)
    return now(door, purchase)


async def change(door: FrontDoor, purchase: Purchase, key: str = "change-1", **values: Any) -> Purchase:
    payload = a_report(door, key=key, changing=(purchase.id, purchase.version), **{**UNKNOWN, **values})
    await knocks.send(door, payload)
    await done(door)
    return now(door, purchase)


def told(door: FrontDoor) -> list[Message]:
    """What the office's people were told of words that were overtaken."""
    return [m for m in door.direct_messages(OFFICE) if any(b["block_id"] == "overtaken" for b in m.blocks)]


async def test_another_day_is_judged_anew_and_everybody_can_see_why(door: FrontDoor) -> None:
    before = await ruled(door)
    after = await change(door, before, **OTHER_DAY)
    assert (before.judgement.verdict, after.judgement.verdict) == (Verdict.LOCAL, Verdict.UNCONFIRMED)
    assert after.judgement.ruling is None
    receipt = text_of(last(door))
    assert "총괄 부서의 판정(관내)은 고치기 전 내용에 대한 것이어서" in receipt
    assert "상생경제과에 알렸습니다" in receipt
    (message,) = told(door)
    shown = text_of(message)
    assert "다시 판정하신 보고가 그 뒤에 바뀌었습니다" in shown
    assert f"앞선 판정 *관내* · {REASON}" in shown
    assert "새 판정 *미확인*" in shown
    assert "계약일: 2027. 6. 14.(월) → 2027. 6. 10.(목)" in shown


async def test_the_window_and_the_history_still_show_the_offices_word(door: FrontDoor) -> None:
    after = await change(door, await ruled(door), **OTHER_DAY)
    why = await press(door, STAFF, ids.REPORT_WHY, after)
    assert "판정 *미확인*" in why
    assert f"총괄 부서의 앞선 판정 *관내*({REASON})은 고치기 전 내용에 대한 것입니다" in why
    history = await press(door, STAFF, ids.REPORT_HISTORY, after)
    assert f"사유: {REASON}" in history
    assert "판정: 관내 → 미확인" in history


async def test_the_office_judges_again_from_its_message(door: FrontDoor) -> None:
    after = await change(door, await ruled(door), **OTHER_DAY)
    await door.driver.press(OFFICE, told(door)[0], ids.REJUDGE_OPEN)
    assert "지금 판정 *미확인*" in text_of(door.form(OFFICE))
    await rejudge(door, after, key="ruling-2")
    judged = now(door, after)
    assert (judged.judgement.verdict, judged.judgement.overtaken) == (Verdict.LOCAL, None)
    assert "고치기 전 내용" not in await press(door, STAFF, ids.REPORT_WHY, judged)


async def test_what_the_word_was_not_about_leaves_it_in_force(door: FrontDoor) -> None:
    before = await ruled(door)
    after = await change(door, before, **{ids.REPORT_TITLE: "안내판", ids.REPORT_AMOUNT: "31만원"})
    assert after.judgement == before.judgement
    assert told(door) == []


async def test_changed_twice_the_word_is_still_told_of_but_the_office_only_once(door: FrontDoor) -> None:
    first = await change(door, await ruled(door), **OTHER_DAY)
    second = await change(door, first, key="change-2", **{ids.REPORT_DATE: {"selected_date": "2027-06-09"}})
    assert second.judgement.overtaken == first.judgement.overtaken is not None
    assert len(told(door)) == 1
    assert "고치기 전 내용" in text_of(last(door))


async def test_a_file_that_changes_it_does_the_same(door: FrontDoor) -> None:
    purchase = await ruled(door)
    row = (purchase.draft.title, "2027-06-12", "300,000", purchase.draft.firm.name, "", "물품")
    await drop(door, contracts(row, header=HEADER), channel=ROADS)
    await press_last(door, ids.IMPORT_ASK)
    await press_last(door, f"{ids.IMPORT_ANSWER}-0")  # the same contract
    await press_last(door, ids.IMPORT_CONFIRM)
    await quiet(door)
    after = now(door, purchase)
    assert (after.draft.contract_date.isoformat(), after.judgement.ruling) == ("2027-06-12", None)
    assert after.judgement.overtaken is not None
    assert "총괄 부서가 다시 판정했던 1건" in text_of(last(door))
    (message,) = told(door)
    assert f"앞선 판정 *관내* · {REASON}" in text_of(message)


async def test_the_command_lines_word_is_nobodys_name(door: FrontDoor) -> None:
    purchase = await stored(door, **UNKNOWN)
    form = RejudgeForm(purchase.id, 1, Verdict.LOCAL, REASON)
    judge_by_word(door.toolkit, COMMAND_LINE, form, "cli-1", door.clock())
    why = await press(door, STAFF, ids.REPORT_WHY, now(door, purchase))
    assert "다시 판정한 사람: 관리자(명령줄)" in why


async def test_taking_the_file_back_brings_the_word_back(door: FrontDoor) -> None:
    purchase = await ruled(door)
    row = (purchase.draft.title, "2027-06-12", "300,000", purchase.draft.firm.name, "", "물품")
    await drop(door, contracts(row, header=HEADER), channel=ROADS)
    for action in (ids.IMPORT_ASK, f"{ids.IMPORT_ANSWER}-0", ids.IMPORT_CONFIRM, ids.IMPORT_UNDO):
        await press_last(door, action)
    assert now(door, purchase).judgement == purchase.judgement
