"""`/report-purchase` at the front door: the form, its errors, what is stored, and the receipt."""

import asyncio
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text as sql

from gwannae.programme.organisations import COMMAND_LINE, Role
from gwannae.programme.verdict import Verdict
from gwannae.sandbox import payloads
from gwannae.sandbox.form_fields import filled, grouped
from gwannae.sandbox.state_values import read_state
from gwannae.storage import affiliations, audit, organisations
from tests.bot.reporting import (
    VALUES,
    choose_unregistered,
    field,
    firm,
    home_of,
    initial,
    only,
    open_form,
    organisations_offered,
    receipts,
    report,
    stored,
    suggested,
)
from tests.bot.reports import readdress
from tests.front_door import LEAD, NEWCOMER, OFFICE, OTHER, PRINTERS, ROADS, SQUARE, STAFF, TEAM, FrontDoor, text_of

# -- the form -------------------------------------------------------------------------------------------------------


async def test_the_form_asks_in_the_order_of_a_persons_thought(door: FrontDoor) -> None:
    form = await open_form(door)
    assert form.body["title"]["text"] == "구매 보고"
    labels = [block["label"]["text"] for block in form.blocks if block["type"] == "input"]
    assert labels == [
        "무엇을 샀나요 (계약명)",
        "어디서 (업체)",
        "얼마 (계약금액, 부가세 포함)",
        "언제 (계약일)",
        "구분",
        "계약방법",
        "품목",
    ]
    assert "*길가꿈과* 이름으로 보고합니다." in text_of(form)


async def test_the_form_begins_with_today(door: FrontDoor) -> None:
    assert initial(await open_form(door), "date") == "2027-06-15"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("명함 인쇄", {"title": "명함 인쇄"}),
        ("명함 인쇄 30만원", {"title": "명함 인쇄", "amount": "300,000원"}),
        ("명함 30만 원 어제", {"title": "명함", "amount": "300,000원", "date": "2027-06-14"}),
        ("현수막 제작 30만원 어제 물품", {"title": "현수막 제작", "amount": "300,000원", "kind": "goods"}),
        ("청소 용역 1억 2천", {"title": "청소 용역", "amount": "120,000,000원", "kind": "services"}),
        ("6월 1일 복사용지 1,500천원", {"title": "복사용지", "amount": "1,500,000원", "date": "2027-06-01"}),
        ("복사용지 45000", {"title": "복사용지 45000", "amount": None, "date": "2027-06-15"}),
        ("<!channel> & <b>현수막</b>", {"title": "<!channel> & <b>현수막</b>"}),
        ("현" * 3000, {"title": "현" * 200}),
    ],
)
async def test_words_after_the_command_fill_the_form(door: FrontDoor, words: str, expected: dict[str, Any]) -> None:
    form = await open_form(door, words)
    assert {name: initial(form, name) for name in expected} == expected


# -- finding the firm -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("가온", "가온인쇄"),
        ("복사용지", "번호상사"),
        ("123-45-67891", "번호상사"),
        ("1234567891", "번호상사"),
        ("123-45", "번호상사"),
        ("１２３", "번호상사"),
        ("명함 나래", "나래인쇄"),
        ("먼데", "먼데인쇄"),
    ],
)
async def test_a_firm_is_found_by_name_item_or_number_as_it_is_typed(door: FrontDoor, typed: str, first: str) -> None:
    await open_form(door)
    assert (await suggested(door, typed))[0]["text"]["text"] == first


async def test_local_firms_come_first_and_say_what_tells_them_apart(door: FrontDoor) -> None:
    await open_form(door)
    offered = await suggested(door, "인쇄")
    assert sorted(o["text"]["text"] for o in offered[:7]) == sorted(PRINTERS)
    assert offered[0]["description"]["text"] == "솔숲구 · 인쇄, 명함, 책자 인쇄"
    assert [o["text"]["text"] for o in offered[-3:-1]] == ["아직인쇄", "먼데인쇄"]
    number = await suggested(door, "번호상사")
    assert number[0]["description"]["text"] == "솔숲구 · 123-45-67891 · 복사용지"


@pytest.mark.parametrize("typed", ["", "   ", "없는업체", "<!channel>", "😀" * 40, "가" * 500, "12", "%", "'; DROP"])
async def test_whatever_is_typed_the_menu_answers(door: FrontDoor, typed: str) -> None:
    await open_form(door)
    offered = await suggested(door, typed)
    assert bool(offered) == bool(typed.strip())
    if typed.strip():
        assert offered[-1]["text"]["text"].endswith("명부에 없는 업체로 적기")


async def test_fields_for_an_unregistered_firm_come_and_go_and_what_was_typed_stays(door: FrontDoor) -> None:
    await open_form(door)
    door.driver.fill(STAFF, {"report-title": "안내판 수리", "report-amount": "50만원", "report-kind": "works"})
    form = await choose_unregistered(door, "새벽공방")
    assert initial(form, "firm-name") == "새벽공방"
    door.driver.fill(STAFF, {"report-firm-number": "123-45", "report-firm-address": "가람도 햇님시 물결구"})
    await door.driver.choose(STAFF, door.form(STAFF), "report-firm", await firm(door, "가온"))
    form = door.form(STAFF)
    assert field(form, "firm-name") is None
    sent = await door.driver.submit(STAFF, {**VALUES, "report-title": "안내판 수리", "report-amount": "50만원"})
    assert sent.outcome == "closed"
    assert (only(door).draft.title, only(door).draft.amount) == ("안내판 수리", 500_000)
    assert only(door).draft.firm.name == "가온인쇄"


async def test_another_unregistered_name_takes_the_place_of_the_first(door: FrontDoor) -> None:
    await open_form(door)
    await choose_unregistered(door, "새벽공빵")
    door.driver.fill(STAFF, {"report-firm-address": "부산광역시 어디구 1"})
    form = await choose_unregistered(door, "새벽공방")
    name = next(b for b in form.blocks if b["block_id"].startswith("report-firm-name"))
    assert name["element"]["initial_value"] == "새벽공방"
    assert (await door.driver.submit(STAFF, VALUES)).outcome == "closed"
    assert (only(door).draft.firm.name, only(door).draft.firm.address) == ("새벽공방", "부산광역시 어디구 1")


async def test_an_error_at_the_second_name_stands_at_its_field(door: FrontDoor) -> None:
    await open_form(door)
    await choose_unregistered(door, "새벽공빵")
    form = await choose_unregistered(door, "새벽공방")
    name = next(b["block_id"] for b in form.blocks if b["block_id"].startswith("report-firm-name"))
    sent = await door.driver.submit(STAFF, {**VALUES, name: "\u200b", "report-firm-address": "모름"})
    assert dict(sent.errors) == {name: "업체 이름을 적어 주세요."}


async def test_a_typed_number_that_nobody_has_goes_into_the_numbers_field(door: FrontDoor) -> None:
    await open_form(door)
    form = await choose_unregistered(door, "220-81-62517")
    assert initial(form, "firm-name") is None
    assert initial(form, "firm-number") == "220-81-62517"


async def test_the_proposed_organisation_stays_when_an_unregistered_firm_is_chosen(door: FrontDoor) -> None:
    await open_form(door, user=NEWCOMER)
    await choose_unregistered(door, "새벽공방", NEWCOMER)
    sent = await door.driver.submit(NEWCOMER, {**VALUES, "report-firm-address": "부산광역시 어디구 1"})
    assert sent.outcome == "closed"
    assert only(door).draft.organisation_id == door.organisation("roads").id


async def test_a_chosen_organisation_stays_when_an_unregistered_firm_is_chosen(door: FrontDoor) -> None:
    await open_form(door, user=NEWCOMER)
    arts = {"text": "햇님예술재단", "value": str(door.organisation("arts").id)}
    door.driver.fill(NEWCOMER, {"report-organisation": arts})
    await choose_unregistered(door, "새벽공방", NEWCOMER)
    await door.driver.submit(NEWCOMER, {**VALUES, "report-firm-address": "부산광역시 어디구 1"})
    assert only(door).draft.organisation_id == door.organisation("arts").id


# -- errors at their fields -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("amount", "많이", "금액을 읽지 못했습니다. 예) 1,200,000 또는 120만원"),
        ("amount", "30만원쯤", "금액을 읽지 못했습니다. 예) 1,200,000 또는 120만원"),
        ("amount", "10^15", "금액을 읽지 못했습니다. 예) 1,200,000 또는 120만원"),
        ("amount", "'; DROP TABLE purchases; --", "금액을 읽지 못했습니다. 예) 1,200,000 또는 120만원"),
        ("amount", "<script>", "금액을 읽지 못했습니다. 예) 1,200,000 또는 120만원"),
        ("amount", "0", "금액은 0보다 커야 합니다. 취소된 계약은 보고하지 않으셔도 됩니다."),
        ("amount", "0원", "금액은 0보다 커야 합니다. 취소된 계약은 보고하지 않으셔도 됩니다."),
        ("amount", "-300,000", "금액은 0보다 커야 합니다. 취소된 계약은 보고하지 않으셔도 됩니다."),
        ("amount", "△30만원", "금액은 0보다 커야 합니다. 취소된 계약은 보고하지 않으셔도 됩니다."),
        ("amount", "1000000000000000", "금액이 너무 큽니다. 단위를 다시 확인해 주세요."),
        ("date", "2027-06-16", "계약일이 오늘(2027. 6. 15.)보다 뒤입니다."),
        ("date", "2028-01-01", "계약일이 오늘(2027. 6. 15.)보다 뒤입니다."),
        (
            "date",
            "2026-12-31",
            "2027. 1. 1.부터의 구매만 보고할 수 있습니다. 더 앞선 구매는 총괄 부서에 알려 주세요.",
        ),
        ("title", "\u3164\u200b", "계약명을 적어 주세요."),
    ],
)
async def test_an_error_stands_at_its_field_and_nothing_is_stored(
    door: FrontDoor, name: str, typed: str, sentence: str
) -> None:
    sent = await report(door, **{name: typed})
    assert (sent.outcome, dict(sent.errors)) == ("errors", {f"report-{name}": sentence})
    assert stored(door) == []
    assert receipts(door) == []


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("firm-number", "123-45", "사업자등록번호는 숫자 10자리입니다. 다시 확인해 주세요."),
        ("firm-number", "숫자아님", "사업자등록번호는 숫자 10자리입니다. 다시 확인해 주세요."),
        ("firm-number", "123-45-67890", "사업자등록번호의 끝자리가 맞지 않습니다. 다시 확인해 주세요."),
        ("firm-address", "\u200b", "업체 소재지를 적어 주세요. 모르면 ‘모름’이라고 적어도 됩니다."),
    ],
)
async def test_an_error_of_an_unregistered_firm_stands_at_its_field(
    door: FrontDoor, name: str, typed: str, sentence: str
) -> None:
    await open_form(door)
    await choose_unregistered(door, "새벽공방")
    values = {**VALUES, "report-firm-address": "부산광역시 어디구 1", f"report-{name}": typed}
    sent = await door.driver.submit(STAFF, values)
    assert dict(sent.errors) == {f"report-{name}": sentence}


async def test_all_errors_are_shown_at_once_and_the_corrected_form_is_stored(door: FrontDoor) -> None:
    sent = await report(door, amount="많이", date="2027-12-01")
    assert set(sent.errors) == {"report-amount", "report-date"}
    again = await door.driver.submit(STAFF, {"report-amount": "삼십만원정", "report-date": "2027-06-15"})
    assert again.outcome == "closed"
    assert only(door).draft.amount == 300_000


@pytest.mark.parametrize(
    ("typed", "won"),
    [
        ("30만원", 300_000),
        ("1,500천원", 1_500_000),
        ("2천5백만 원", 25_000_000),
        ("1억2천", 120_000_000),
        ("삼십만원정", 300_000),
        ("１，２００，０００", 1_200_000),
        ("1", 1),
    ],
)
async def test_an_amount_is_understood_as_people_write_it(door: FrontDoor, typed: str, won: int) -> None:
    assert (await report(door, amount=typed, method="open_bid")).outcome == "closed"
    assert only(door).draft.amount == won


@pytest.mark.parametrize("day", ["2027-01-01", "2027-06-15"])
async def test_the_first_day_of_the_year_and_today_are_days_that_can_be_reported(door: FrontDoor, day: str) -> None:
    assert (await report(door, date=day)).outcome == "closed"


async def test_a_firm_that_went_while_the_form_was_open_is_said_at_its_field(door: FrontDoor) -> None:
    await open_form(door)
    chosen = await firm(door, "가온")
    with door.toolkit.database.write() as tx:
        tx.execute(sql("DELETE FROM vendors WHERE name = '가온인쇄'"))
    sent = await door.driver.submit(STAFF, {**VALUES, "report-firm": chosen})
    assert dict(sent.errors) == {
        "report-firm": "그 사이 명부에서 빠진 업체입니다. 다시 골라 주세요. 다른 칸은 그대로 있습니다."
    }
    assert stored(door) == []


@pytest.mark.parametrize("value", ["vendor:999999", "vendor:-1", "vendor:", "vendor:9" + "9" * 30, "x", "vendor:abc"])
async def test_a_forged_choice_of_a_firm_is_refused_at_its_field(door: FrontDoor, value: str) -> None:
    sent = await report(door, firm={"text": "가온인쇄", "value": value})
    assert list(sent.errors) == ["report-firm"]
    assert stored(door) == []


# -- what is stored, and the receipt --------------------------------------------------------------------------------


async def test_the_receipt_says_what_was_stored_why_and_where_the_division_stands(door: FrontDoor) -> None:
    await report(door)
    (receipt,) = receipts(door)
    said = [b["text"]["text"] for b in receipt.blocks if b["type"] == "section"]
    assert said == [
        "*보고를 저장했습니다* · 명함 인쇄 · 300,000원 · 2027. 6. 14.",
        (
            "판정 *관내* · 가온인쇄의 본점이 2020. 3.부터 솔숲구에 있습니다(중소기업·소상공인 확인).\n"
            "함께 집계: 여성기업 · 확인서가 25일 뒤 끝납니다."
        ),
        "길가꿈과 2027년: 건수 100.0% (1/1) · 금액 100.0% (300,000/300,000원) · 1위",
    ]
    buttons = [e["text"]["text"] for b in receipt.blocks for e in b.get("elements", ()) if e["type"] == "button"]
    assert buttons == ["고치기", "취소", "판정 근거", "이력", "지난 건 복사"]


async def test_the_receipts_text_alone_says_the_same(door: FrontDoor) -> None:
    await report(door)
    assert receipts(door)[0].text == (
        "보고를 저장했습니다: 명함 인쇄 · 300,000원 · 2027. 6. 14.\n"
        "판정 관내 · 가온인쇄의 본점이 2020. 3.부터 솔숲구에 있습니다(중소기업·소상공인 확인).\n"
        "함께 집계: 여성기업 · 확인서가 25일 뒤 끝납니다.\n"
        "길가꿈과 2027년: 건수 100.0% (1/1) · 금액 100.0% (300,000/300,000원) · 1위"
    )


async def test_a_certificate_that_ends_today_is_said_to_end_today(door: FrontDoor) -> None:
    door.clock.now = door.clock.now.replace(month=7, day=10)
    await report(door, date="2027-07-09")
    assert "함께 집계: 여성기업 · 확인서가 오늘 끝납니다." in receipts(door)[0].text


async def test_a_certificate_that_ends_in_a_long_time_is_not_warned_of(door: FrontDoor) -> None:
    door.clock.now = door.clock.now.replace(month=2, day=1)
    await report(door, date="2027-02-01")
    assert "함께 집계: 여성기업\n" in receipts(door)[0].text


@pytest.mark.parametrize(
    ("vendor", "verdict", "reason"),
    [
        ("먼데인쇄", Verdict.OUTSIDE, "판정 관외 · 먼데인쇄의 소재지가 관외입니다."),
        (
            "아직인쇄",
            Verdict.UNCONFIRMED,
            "판정 미확인 · 아직인쇄의 소재지는 관내이지만 중소기업·소상공인인지 확인이 필요합니다.",
        ),
        ("안개간판", Verdict.UNCONFIRMED, "판정 미확인 · 안개간판의 주소를 읽지 못해 소재지 확인이 필요합니다."),
    ],
)
async def test_the_reason_stands_in_one_line(door: FrontDoor, vendor: str, verdict: Verdict, reason: str) -> None:
    await report(door, vendor=vendor)
    assert only(door).judgement.verdict is verdict
    assert reason in receipts(door)[0].text.split("\n")


async def test_an_unconfirmed_report_counts_on_neither_side_and_the_receipt_says_so(door: FrontDoor) -> None:
    await report(door, vendor="아직인쇄")
    assert receipts(door)[0].text.endswith(
        "길가꿈과 2027년: 관내·관외로 판정된 실적이 아직 없습니다\n"
        "미확인 1건은 확인될 때까지 어느 쪽에도 넣지 않았습니다."
    )


async def test_a_purchase_before_the_firm_came_into_the_city_is_outside(door: FrontDoor) -> None:
    readdress(door, "나래인쇄", since=date(2027, 5, 1))
    await report(door, vendor="나래인쇄")
    assert "나래인쇄의 소재지는 관내이지만 계약일까지 정해진 기간이 지나지 않았습니다." in receipts(door)[0].text


@pytest.mark.parametrize(
    ("address", "verdict", "reason"),
    [
        (
            "가람도 햇님시 솔숲구 볕뉘로 3",
            Verdict.UNCONFIRMED,
            "새벽공방의 주소는 관내로 적혀 있으나 업체 명부에 없어 확인이 필요합니다.",
        ),
        ("부산광역시 어디구 먼길 1", Verdict.OUTSIDE, "새벽공방의 소재지가 관외입니다."),
        ("모름", Verdict.UNCONFIRMED, "새벽공방의 주소를 읽지 못해 소재지 확인이 필요합니다."),
    ],
)
async def test_a_typed_address_can_make_a_firm_outside_but_never_local(
    door: FrontDoor, address: str, verdict: Verdict, reason: str
) -> None:
    await open_form(door)
    await choose_unregistered(door, "새벽공방")
    sent = await door.driver.submit(STAFF, {**VALUES, "report-firm-address": address})
    await door.driver.settle()
    assert sent.outcome == "closed"
    assert only(door).judgement.verdict is verdict
    assert reason in receipts(door)[0].text


async def test_a_typed_number_that_the_registry_knows_gives_that_firms_verdict(door: FrontDoor) -> None:
    await open_form(door)
    await choose_unregistered(door, "번호 상사라던데")
    await door.driver.submit(
        STAFF, {**VALUES, "report-firm-number": "１２３-４５-６７８９１", "report-firm-address": "모름"}
    )
    assert only(door).judgement.verdict is Verdict.LOCAL
    assert only(door).draft.firm.name == "번호상사"


async def test_a_firm_and_a_title_that_would_ring_are_only_text(door: FrontDoor) -> None:
    await report(door, vendor="광고", title="<!here> *굵게* & <b>")
    (receipt,) = receipts(door)
    assert "&lt;!here&gt; *굵게* &amp; &lt;b&gt;" in text_of(receipt)
    await door.driver.press(STAFF, receipt, "report-why")
    assert "&lt;!channel&gt; 광고 &amp; 디자인" in text_of(door.form(STAFF))


async def test_the_explanation_names_rule_day_address_and_size(door: FrontDoor) -> None:
    await report(door)
    await door.driver.press(STAFF, receipts(door)[0], "report-why")
    said = text_of(door.form(STAFF))
    assert "기준일: 2027. 6. 14.(계약일)" in said
    assert "2027년 햇님시 지역상품 우선구매 추진계획" in said
    assert "소재지(본점): 가람도 햇님시 솔숲구 볕뉘로 1 · 2020. 3. 1.부터" in said
    assert "규모: 중소기업·소상공인으로 확인 · 근거: 중소기업확인서" in said
    assert "구분: 물품 · 계약방법: 수의계약(1인 견적)" in said


async def test_the_audit_log_knows_who_reported(door: FrontDoor) -> None:
    await report(door)
    with door.toolkit.database.read() as tx:
        (entry,) = audit.entries(tx, subject=f"purchase:{only(door).id}")
    assert (entry.event.value, entry.user_id) == ("purchase_reported", STAFF)


# -- once and only once ---------------------------------------------------------------------------------------------


async def test_the_same_form_twenty_times_at_once_is_one_row_and_one_receipt(door: FrontDoor) -> None:
    await open_form(door)
    values = {**VALUES, "report-firm": await firm(door, "가온")}
    sent = await asyncio.gather(*(door.driver.submit(STAFF, values) for _ in range(20)))
    await door.driver.settle()
    assert sorted(s.outcome for s in sent) == ["closed"] + ["updated"] * 19
    assert len(stored(door)) == 1
    assert len(receipts(door)) == 1


async def test_a_retried_delivery_is_told_that_it_was_stored_and_shows_the_report(door: FrontDoor) -> None:
    form = await open_form(door)
    fields = filled(form.blocks, form.form, {**VALUES, "report-firm": await firm(door, "가온")})
    payload = payloads.view_submission(door.workspace, form, read_state(form.blocks, grouped(fields)), "")
    first = await door.driver.caller.send_payload(payload)
    again = await door.driver.caller.send_payload(payload)
    await door.driver.settle()
    assert first.body == ""
    answer = again.json()
    assert answer["response_action"] == "update"
    assert answer["view"]["blocks"][0]["text"]["text"] == (
        "이미 저장된 보고입니다. 두 번 집계되지 않습니다.\n명함 인쇄 · 300,000원 · 2027. 6. 14."
    )
    assert len(stored(door)) == len(receipts(door)) == 1


async def test_the_second_press_offers_to_show_the_report(door: FrontDoor) -> None:
    await open_form(door)
    values = {**VALUES, "report-firm": await firm(door, "가온")}
    stale = door.form(STAFF)
    await door.driver.submit(STAFF, values)
    door.workspace.views.open(STAFF, {**stale.body, "private_metadata": stale.body["private_metadata"]})
    sent = await door.driver.submit(STAFF, values)
    assert sent.outcome == "updated"
    await door.driver.press(STAFF, door.form(STAFF), "report-show")
    assert "판정 *관내* · 가온인쇄의 본점이" in text_of(door.form(STAFF))


async def test_two_people_reporting_at_once_have_a_row_and_a_receipt_each(door: FrontDoor) -> None:
    await open_form(door)
    await open_form(door, user=LEAD)
    values = {**VALUES, "report-firm": await firm(door, "가온")}
    sent = await asyncio.gather(door.driver.submit(STAFF, values), door.driver.submit(LEAD, values))
    await door.driver.settle()
    assert [s.outcome for s in sent] == ["closed", "closed"]
    assert {p.reporter_user for p in stored(door)} == {STAFF, LEAD}
    assert (len(receipts(door)), len(receipts(door, LEAD))) == (1, 1)


async def test_a_copied_form_key_of_somebody_else_tells_nothing_of_their_report(door: FrontDoor) -> None:
    form = await open_form(door)
    await door.driver.submit(STAFF, {**VALUES, "report-firm": await firm(door, "가온"), "report-title": "비밀 계약"})
    await open_form(door, user=LEAD)
    door.workspace.views.open(LEAD, {**door.form(LEAD).body, "private_metadata": form.body["private_metadata"]})
    sent = await door.driver.submit(LEAD, {**VALUES, "report-firm": await firm(door, "가온", LEAD)})
    assert sent.outcome == "errors"
    assert "비밀" not in str(sent.errors)
    assert len(stored(door)) == 1
    assert receipts(door, LEAD) == []


# -- who reports for whom -------------------------------------------------------------------------------------------


async def test_a_given_affiliation_is_not_asked_wherever_the_command_is_typed(door: FrontDoor) -> None:
    for channel in (ROADS, SQUARE):
        assert "*길가꿈과* 이름으로 보고합니다." in text_of(await open_form(door, channel=channel))


async def test_a_linked_channel_proposes_its_organisation_to_somebody_unknown(door: FrontDoor) -> None:
    form = await open_form(door, user=NEWCOMER)
    assert initial(form, "organisation") == str(door.organisation("roads").id)
    assert "한 번 고르면 기억합니다." in text_of(form)


async def test_elsewhere_somebody_unknown_is_asked_once_and_remembered(door: FrontDoor) -> None:
    form = await open_form(door, user=NEWCOMER, channel=SQUARE)
    assert initial(form, "organisation") is None
    assert await organisations_offered(door, NEWCOMER, "예술") == ["햇님예술재단"]
    arts = {"text": "햇님예술재단", "value": str(door.organisation("arts").id)}
    await report(door, user=NEWCOMER, channel=SQUARE, organisation=arts)
    form = await open_form(door, user=NEWCOMER, channel=SQUARE)
    assert initial(form, "organisation") == str(door.organisation("arts").id)


async def test_a_self_declared_report_is_marked_and_seen_by_the_lead_and_the_office(door: FrontDoor) -> None:
    await report(door, user=NEWCOMER)
    assert only(door).self_declared
    assert "소속은 본인이 고른 것이며" in text_of(receipts(door, NEWCOMER)[0])
    for user in (LEAD, OFFICE):
        assert f"<@{NEWCOMER}> · 길가꿈과" in text_of(await home_of(door, user))
    await report(door)
    assert not stored(door)[-1].self_declared


async def test_a_self_declared_person_may_report_and_nothing_else(door: FrontDoor) -> None:
    await report(door)
    await report(door, user=NEWCOMER)
    theirs = receipts(door, STAFF)[0]
    purchase_id = stored(door)[0].id
    assert theirs
    for action in ("report-cancel", "report-change", "report-why"):
        door.workspace.say(
            ROADS, door.workspace.bot.user_id, "copied",
            blocks=[{"type": "actions", "block_id": "row", "elements": [
                {"type": "button", "action_id": action, "text": {"type": "plain_text", "text": "x"},
                 "value": f"{purchase_id}:1"}]}],
        )  # fmt: skip
        copied = door.workspace.messages.in_channel(ROADS)[-1]
        await door.driver.press(NEWCOMER, copied, action)
        await door.driver.settle()
    assert stored(door)[0].version == 1
    assert "이 보고는 볼 수 없습니다." in text_of(door.form(NEWCOMER))
    assert "명함" not in text_of(door.form(NEWCOMER))


async def test_what_was_taken_back_can_neither_be_used_nor_named_again(door: FrontDoor) -> None:
    await report(door, user=NEWCOMER)
    home = await home_of(door, LEAD)
    await open_form(door, user=NEWCOMER)
    await door.driver.press(LEAD, home, "affiliation-take-back")
    await door.driver.settle()
    sent = await door.driver.submit(NEWCOMER, {**VALUES, "report-firm": await firm(door, "가온", NEWCOMER)})
    assert list(sent.errors) == ["report-organisation"]
    assert "이 부서·기관의 이름으로는 보고할 수 없습니다." in sent.errors["report-organisation"]
    form = await open_form(door, user=NEWCOMER)
    assert initial(form, "organisation") is None
    assert "길가꿈과" not in await organisations_offered(door, NEWCOMER)
    assert len(stored(door)) == 1
    arts = {"text": "햇님예술재단", "value": str(door.organisation("arts").id)}
    assert (await report(door, user=NEWCOMER, organisation=arts)).outcome == "closed"


async def test_naming_another_organisation_replaces_the_first_and_one_may_go_back(door: FrontDoor) -> None:
    names = ("roads", "arts", "roads")
    for code in names:
        chosen = {"text": code, "value": str(door.organisation(code).id)}
        assert (await report(door, user=OTHER, channel=SQUARE, organisation=chosen)).outcome == "closed"
    with door.toolkit.database.read() as tx:
        held = affiliations.affiliations_of(tx, TEAM, OTHER, date(2027, 6, 15))
    assert [a.organisation.code for a in held] == ["roads"]


async def test_the_office_reports_for_any_organisation(door: FrontDoor) -> None:
    await open_form(door, user=OFFICE)
    assert len(await organisations_offered(door, OFFICE)) == 5
    transit = {"text": "햇님교통공사", "value": str(door.organisation("transit").id)}
    assert (await report(door, user=OFFICE, organisation=transit)).outcome == "closed"
    assert only(door).draft.organisation_id == door.organisation("transit").id
    assert not only(door).self_declared


async def test_a_forged_organisation_is_refused_to_somebody_with_a_given_one(door: FrontDoor) -> None:
    with door.toolkit.database.write() as tx:
        arts = organisations.by_code(tx, "arts")
        assert arts is not None
        affiliations.add_affiliation(
            tx, TEAM, STAFF, arts.id, Role.STAFF, self_declared=False, since=date(2027, 1, 4), by=COMMAND_LINE
        )
    await open_form(door)
    assert await organisations_offered(door, STAFF) == ["길가꿈과", "햇님예술재단"]
    forged = {"text": "햇님교통공사", "value": str(door.organisation("transit").id)}
    sent = await report(door, organisation=forged)
    assert list(sent.errors) == ["report-organisation"]
    assert stored(door) == []
    assert (await report(door, organisation={"text": "x", "value": str(arts.id)})).outcome == "closed"


@pytest.mark.parametrize("value", ["999999", "0", "-1", "x", "9" * 40])
async def test_an_organisation_that_does_not_exist_is_refused_at_its_field(door: FrontDoor, value: str) -> None:
    sent = await report(door, user=NEWCOMER, organisation={"text": "x", "value": value})
    assert list(sent.errors) == ["report-organisation"]
    assert stored(door) == []


async def test_an_organisation_that_was_closed_meanwhile_is_said_to_be_gone(door: FrontDoor) -> None:
    await open_form(door, user=NEWCOMER)
    with door.toolkit.database.write() as tx:
        organisations.set_active(tx, door.organisation("roads").id, active=False)
    sent = await door.driver.submit(NEWCOMER, {**VALUES, "report-firm": await firm(door, "가온", NEWCOMER)})
    assert dict(sent.errors) == {"report-organisation": "그 사이 없어진 부서·기관입니다. 다시 골라 주세요."}


async def test_an_affiliation_that_ended_while_the_form_was_open_is_said_on_the_form(door: FrontDoor) -> None:
    await open_form(door)
    with door.toolkit.database.write() as tx:
        (held,) = affiliations.affiliations_of(tx, TEAM, STAFF, date(2027, 6, 15))
        affiliations.end_affiliation(tx, held.id, date(2027, 6, 15))
        arts = organisations.by_code(tx, "arts")
        assert arts is not None
        affiliations.add_affiliation(
            tx, TEAM, STAFF, arts.id, Role.STAFF, self_declared=False, since=date(2027, 6, 15), by=COMMAND_LINE
        )
    sent = await door.driver.submit(STAFF, {**VALUES, "report-firm": await firm(door, "가온")})
    assert "이 부서·기관의 이름으로는 보고할 수 없습니다." in sent.errors["report-title"]


async def test_the_feature_works_on_postgresql_as_well(postgres_door: FrontDoor) -> None:
    door = postgres_door
    await open_form(door)
    values = {**VALUES, "report-firm": await firm(door, "가온")}
    sent = await asyncio.gather(*(door.driver.submit(STAFF, values) for _ in range(8)))
    await door.driver.settle()
    assert sorted(s.outcome for s in sent) == ["closed"] + ["updated"] * 7
    assert len(stored(door)) == len(receipts(door)) == 1
