"""Outside needs a reason, at the front door: asked in the form or after, kept, drafted as message and file, listed."""

import io
import zipfile
from typing import Any

import pytest

from gwannae.messages import ids
from gwannae.programme.outside_reasons import OutsideReason, ReasonCode
from gwannae.sandbox.app_answers import Submission
from gwannae.sandbox.shared_files import SharedFile
from gwannae.storage import audit, missing_items, outside_reasons
from tests.bot import knocks
from tests.bot.reporting import (
    VALUES,
    choose_unregistered,
    field,
    firm,
    home_of,
    initial,
    only,
    open_form,
    receipts,
    report,
    stored,
)
from tests.front_door import LEAD, NOW, OFFICE, OTHER, ROADS, STAFF, FrontDoor, text_of

OUTSIDE = "먼데인쇄"
PRINTERS = {f"{first}인쇄" for first in ("가온", "나래", "다솜", "라온", "마루", "바다", "사랑")}
BIG = "600,000원"
ASKED = "관외 업체입니다. 사유를 적어 주시면 사유서 초안을 만들어 드립니다."


async def done(door: FrontDoor) -> None:
    await door.driver.settle()
    assert await door.desk.later.drain(10) == 0
    await door.driver.settle()


async def send(door: FrontDoor, user: str = STAFF, **values: Any) -> Submission:
    sent = await door.driver.submit(user, {name.replace("_", "-"): value for name, value in values.items()})
    await done(door)
    return sent


async def choose(door: FrontDoor, name: str) -> None:
    await door.driver.choose(STAFF, door.form(STAFF), "report-firm", await firm(door, name))


def reason_of(door: FrontDoor) -> OutsideReason | None:
    with door.toolkit.database.read() as tx:
        return outside_reasons.latest(tx, only(door).id)


def files_of(door: FrontDoor, user: str = STAFF) -> list[SharedFile]:
    return [file for message in door.direct_messages(user) for file in message.files]


def words_in(file: SharedFile) -> str:
    from hwpx import HwpxDocument

    assert file.content is not None
    return str(HwpxDocument.open(io.BytesIO(file.content)).text.plain())


# -- in the form ----------------------------------------------------------------------------------------------------


async def test_the_fields_come_with_an_outside_firm_and_go_with_a_local_one(door: FrontDoor) -> None:
    await open_form(door)
    door.driver.fill(STAFF, {"report-title": "명함 인쇄", "report-item": "명함"})
    await choose(door, OUTSIDE)
    form = door.form(STAFF)
    assert field(form, "title") is not None
    said = text_of(form)
    assert ASKED in said
    named = said.split("검토한 관내 업체(‘명함’, 2027. 6. 15.): ")[1].split(" 외 2곳.")[0].split(", ")
    assert len(PRINTERS.intersection(named)) == 5
    assert initial(form, "title") == "명함 인쇄"
    await choose(door, "가온인쇄")
    assert ids.REASON_CODE not in {b["block_id"] for b in door.form(STAFF).blocks}


async def test_given_in_the_form_it_is_kept_with_the_firms_that_were_looked_at(door: FrontDoor) -> None:
    await open_form(door)
    values = {**VALUES, "report-amount": BIG, "report-item": "명함"}
    door.driver.fill(STAFF, values)
    await choose(door, OUTSIDE)
    sent = await send(door, reason_code="price", reason_sentence="관내 견적이 두 배였습니다.")
    assert sent.outcome == "closed"
    reason = reason_of(door)
    assert reason is not None
    assert (reason.code, reason.sentence, reason.user_id) == (ReasonCode.PRICE, "관내 견적이 두 배였습니다.", STAFF)
    assert reason.given_at == NOW
    assert (reason.looked.word, reason.looked.day, reason.looked.found) == ("명함", NOW.date(), 7)
    assert len(PRINTERS.intersection(c.name for c in reason.looked.candidates)) == 5
    assert ASKED not in text_of(receipts(door)[0])


async def test_a_form_that_is_held_up_keeps_the_reason_that_was_typed(door: FrontDoor) -> None:
    await open_form(door)
    door.driver.fill(STAFF, {**VALUES, "report-amount": "1,700만원"})
    await choose(door, OUTSIDE)
    assert (await send(door, reason_code="patent", reason_sentence="특허 공법입니다.")).outcome == "updated"
    form = door.form(STAFF)
    assert ASKED in text_of(form)
    assert (await send(door)).outcome == "closed"
    reason = reason_of(door)
    assert reason is not None
    assert (reason.code, reason.sentence) == (ReasonCode.PATENT, "특허 공법입니다.")


@pytest.mark.parametrize(
    ("values", "at", "said"),
    [
        ({"reason_code": "price"}, "reason-sentence", "까닭을 한 문장으로 적어 주세요."),
        ({"reason_sentence": "값이 쌉니다"}, "reason-code", "사유를 골라 주세요."),
    ],
)
async def test_half_a_reason_is_named_at_its_field(door: FrontDoor, values: dict[str, str], at: str, said: str) -> None:
    await open_form(door)
    door.driver.fill(STAFF, VALUES)
    await choose(door, OUTSIDE)
    errors = (await send(door, **values)).errors
    assert list(errors) == [at]
    assert errors[at].startswith(f"{said} 나중에 적으시려면")
    assert stored(door) == []


async def test_a_reason_for_a_firm_that_is_local_after_all_is_not_kept(door: FrontDoor) -> None:
    """A forged form, or a firm that moved in while the form was open."""
    await open_form(door)
    door.driver.fill(STAFF, VALUES)
    await choose(door, OUTSIDE)
    local = await firm(door, "가온인쇄")
    sent = await send(door, report_firm=local, reason_code="price", reason_sentence="값")
    assert sent.outcome == "closed"
    assert reason_of(door) is None


# -- after storing --------------------------------------------------------------------------------------------------


async def test_left_empty_it_is_asked_by_the_receipt_and_answered_there(door: FrontDoor) -> None:
    await report(door, vendor=OUTSIDE, amount=BIG, item="스티커")
    (receipt,) = receipts(door)
    assert ASKED in receipt.text
    await door.driver.press(STAFF, receipt, "reason-open")
    said = text_of(door.form(STAFF))
    assert "명함 인쇄" in said
    assert "‘스티커’로 찾은 관내 업체가 명부에 없습니다(2027. 6. 15.). 함께 남겨 둡니다." in said
    assert (
        await send(door, reason_code="no_local_firm", reason_sentence="스티커 업체가 없습니다.")
    ).outcome == "closed"
    reason = reason_of(door)
    assert reason is not None
    assert reason.looked.candidates == ()
    with door.toolkit.database.read() as tx:
        assert missing_items.top(tx, NOW.replace(day=1), 5) == [("스티커", 1)]
        events = [e.event.value for e in audit.entries(tx, subject=f"purchase:{only(door).id}")]
    assert events == ["outside_reason_given", "purchase_reported"]


async def test_the_draft_comes_as_a_message_and_as_a_file(door: FrontDoor) -> None:
    await report(door, vendor=OUTSIDE, amount=BIG, item="명함", title="<!channel> & 명함")
    await door.driver.press(STAFF, receipts(door)[0], "reason-open")
    await send(door, reason_code="patent", reason_sentence="<@U0LEAD> 특허 & 공법")
    message = next(m for m in door.direct_messages(STAFF) if "관외 업체 구매 사유서 초안" in m.text)
    said = text_of(message)
    for line in (
        "부서·기관: 길가꿈과",
        "계약명: &lt;!channel&gt; &amp; 명함",
        "계약금액: 600,000원(부가가치세 포함)",
        "1. 관련: 「햇님시 지역상품 우선구매 조례」",
        "가. 사유: 특허·특정 공법",
        "나. 내용: &lt;@U0LEAD&gt; 특허 &amp; 공법",
        "이 사유의 구매는 실질 비율의 분모에서 빠집니다(2027년 햇님시 추진계획 5쪽).",
        "결재를 받아 주세요.",
    ):
        assert line in said, line
    (file,) = files_of(door)
    assert file.name == f"관외구매사유서_{only(door).id}.hwpx"
    assert file.content is not None
    archive = zipfile.ZipFile(io.BytesIO(file.content))
    assert archive.read("mimetype") == b"application/hwp+zip"
    written = words_in(file)
    for line in ("관외 업체 구매 사유서", "<!channel> & 명함", "나. 내용: <@U0LEAD> 특허 & 공법"):
        assert line in written, line
    assert sum(name in written for name in PRINTERS) == 5
    assert "○○" not in written


async def test_a_firm_that_the_registry_lacks_is_asked_after_storing(door: FrontDoor) -> None:
    await open_form(door)
    await choose_unregistered(door, "새벽공방")
    values = {f"report-{n}": v for n, v in {"title": "안내판", "firm-address": "부산광역시 어디구 1"}.items()}
    door.driver.fill(STAFF, {**VALUES, **values, "report-amount": BIG})
    assert (await send(door)).outcome == "closed"
    assert ASKED in receipts(door)[0].text


async def test_below_the_amount_of_the_citys_rule_nobody_is_asked(door: FrontDoor) -> None:
    await report(door, vendor=OUTSIDE)
    assert ASKED not in receipts(door)[0].text


async def test_an_answer_can_be_mended_and_the_first_stays_readable(door: FrontDoor) -> None:
    await report(door, vendor=OUTSIDE, amount=BIG)
    await door.driver.press(STAFF, receipts(door)[0], "reason-open")
    await send(door, reason_code="price", reason_sentence="처음 사유")
    draft = next(m for m in door.direct_messages(STAFF) if "사유서 초안 ·" in m.text and not m.files)
    await door.driver.press(STAFF, draft, "reason-open")
    assert "2027. 6. 15.에 적은 사유를 고칩니다. 앞의 사유도 남습니다." in text_of(door.form(STAFF))
    await send(door, reason_sentence="고친 사유")
    with door.toolkit.database.read() as tx:
        assert [r.sentence for r in outside_reasons.history(tx, only(door).id)] == ["고친 사유", "처음 사유"]
    await door.driver.press(STAFF, receipts(door)[0], "report-why")
    assert "관외 사유: 가격·성능 차이 · 고친 사유" in text_of(door.form(STAFF))


async def test_the_same_form_twice_gives_one_reason(door: FrontDoor) -> None:
    await report(door, vendor=OUTSIDE, amount=BIG)
    memo = f'{{"k":"form-7","p":{only(door).id}}}'
    values = {ids.REASON_CODE: knocks.chosen("price"), ids.REASON_SENTENCE: "값"}
    for _ in range(3):
        reply = await knocks.send(door, knocks.submitted(door, STAFF, ids.REASON_VIEW, values, memo))
        assert reply.status == 200
    await done(door)
    with door.toolkit.database.read() as tx:
        assert len(outside_reasons.history(tx, only(door).id)) == 1


@pytest.mark.parametrize(("user", "may"), [(STAFF, True), (LEAD, True), (OFFICE, True), (OTHER, False)])
async def test_who_may_change_the_report_gives_its_reason(door: FrontDoor, user: str, may: bool) -> None:
    await report(door, vendor=OUTSIDE, amount=BIG)
    memo = f'{{"k":"form-8","p":{only(door).id}}}'
    values = {ids.REASON_CODE: knocks.chosen("price"), ids.REASON_SENTENCE: "값"}
    reply = await knocks.send(door, knocks.submitted(door, user, ids.REASON_VIEW, values, memo))
    await done(door)
    assert (reason_of(door) is not None) is may
    if not may:
        assert "이 보고는 볼 수 없습니다." in str(reply.json())


@pytest.mark.parametrize("value", ["", "0", "999", "x", "9" * 40])
async def test_a_forged_button_tells_nothing(door: FrontDoor, value: str) -> None:
    reply = await knocks.send(door, knocks.pressed(door, STAFF, "reason-open", value))
    assert reply.status == 200
    assert "이 보고는 볼 수 없습니다." in text_of(door.form(STAFF))


async def test_a_report_that_was_cancelled_meanwhile_needs_none(door: FrontDoor) -> None:
    await report(door, vendor=OUTSIDE, amount=BIG)
    receipt = receipts(door)[0]
    await door.driver.press(STAFF, receipt, "reason-open")
    await door.driver.press(STAFF, receipt, "report-cancel")
    sent = await send(door, reason_code="price", reason_sentence="값")
    assert sent.outcome == "updated"
    assert "지금 관외로 집계되지 않아 사유가 필요하지 않습니다." in text_of(door.form(STAFF))
    assert reason_of(door) is None


async def test_a_file_that_could_not_be_sent_is_said_and_the_reason_stands(door: FrontDoor) -> None:
    await report(door, vendor=OUTSIDE, amount=BIG)
    await door.driver.press(STAFF, receipts(door)[0], "reason-open")
    door.workspace.faults.add("files.getUploadURLExternal", kind="error", error="internal_error")
    await send(door, reason_code="price", reason_sentence="값")
    assert reason_of(door) is not None
    assert files_of(door) == []
    assert "사유서 파일만 보내지 못했습니다." in door.direct_messages(STAFF)[-1].text


# -- what waits -----------------------------------------------------------------------------------------------------


async def test_home_lists_what_waits_for_each_and_the_window_all_of_it(door: FrontDoor) -> None:
    for number in range(5):
        await report(door, vendor=OUTSIDE, amount=BIG, title=f"명함 {number}", date=f"2027-06-{14 - number:02}")
    await report(door, vendor="가온인쇄", amount=BIG)
    for user in (STAFF, LEAD, OFFICE):
        home = await home_of(door, user)
        said = text_of(home)
        assert "*관외 사유를 적을 구매 5건*" in said
        assert "명함 4 · 600,000원 · 2027. 6. 10. · 먼데인쇄" in said
        await door.driver.press(user, home, "reason-list")
        assert text_of(door.form(user)).count("먼데인쇄") == 5
    assert "관외 사유를 적을 구매" not in text_of(await home_of(door, OTHER))


async def test_from_the_list_it_is_answered_and_gone(door: FrontDoor) -> None:
    await report(door, vendor=OUTSIDE, amount=BIG)
    home = await home_of(door, LEAD)
    await door.driver.press(LEAD, home, "reason-open")
    await send(door, LEAD, reason_code="emergency", reason_sentence="급했습니다.")
    reason = reason_of(door)
    assert reason is not None
    assert reason.user_id == LEAD
    assert files_of(door, LEAD)
    await knocks.send(door, knocks.pressed(door, LEAD, "reason-list"))
    assert "사유를 적을 구매가 없습니다." in text_of(door.form(LEAD))


async def test_the_standings_show_both_ratios_with_what_the_second_leaves_out(door: FrontDoor) -> None:
    await report(door, vendor="가온인쇄", amount=BIG)
    for code in ("patent", "price"):
        await open_form(door)
        door.driver.fill(STAFF, {**VALUES, "report-amount": BIG})
        await choose(door, OUTSIDE)
        await send(door, reason_code=code, reason_sentence="까닭")
    answer = await door.driver.command(STAFF, ROADS, "/local-standings")
    said = text_of(answer.shown[-1])
    assert "건수 33.3% (1/3) · 금액 33.3% (60/180만 원)" in said
    assert "실질(사유로 빠지는 관외 1건을 빼고): 건수 50.0% (1/2) · 금액 50.0% (60/120만 원)" in said


async def test_on_postgresql_a_reason_is_asked_given_and_gone(postgres_door: FrontDoor) -> None:
    door = postgres_door
    await report(door, vendor=OUTSIDE, amount=BIG, item="명함")
    await door.driver.press(STAFF, receipts(door)[0], "reason-open")
    assert (await send(door, reason_code="price", reason_sentence="값이 두 배")).outcome == "closed"
    reason = reason_of(door)
    assert reason is not None
    assert reason.looked.found == 7
    assert len(files_of(door)) == 1
    assert "관외 사유를 적을 구매" not in text_of(await home_of(door, STAFF))
