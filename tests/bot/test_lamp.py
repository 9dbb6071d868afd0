"""The lamp at the front door: a form that is held up once, nothing lost, stored when it is sent again."""

from gwannae.programme.purchases import Purchase
from gwannae.sandbox.app_answers import Submission
from gwannae.storage import audit
from tests.bot.reporting import choose_unregistered, firm, initial, only, open_form, receipts, report, stored
from tests.front_door import NEWCOMER, ROADS, STAFF, FrontDoor, text_of

BIG = "1,650만 1천원"  # 15,001,000 without VAT, where a single quote is good up to 15,000,000


async def send(door: FrontDoor, user: str = STAFF, **changes: str) -> Submission:
    """Send the form on top once more."""
    sent = await door.driver.submit(user, {f"report-{name}": value for name, value in changes.items()})
    await door.driver.settle()
    return sent


async def reported(door: FrontDoor, **changes: str) -> Purchase:
    """Report something that is not held up."""
    assert (await report(door, **changes)).outcome == "closed"
    return stored(door)[-1]


async def test_a_form_that_passes_a_limit_comes_back_with_law_day_and_both_amounts(door: FrontDoor) -> None:
    sent = await report(door, amount=BIG, item="명함")
    assert sent.outcome == "updated"
    assert stored(door) == []
    form = door.form(STAFF)
    said = text_of(form)
    assert "검토 필요 · 확인이 필요합니다" in said
    assert "아직 저장하지 않았습니다." in said
    assert "계약금액 16,501,000원(부가세 포함) · 추정가격 약 15,000,909원(부가세 제외)" in said
    assert (
        "추정가격이 1인 견적 물품·용역 1,500만 원보다 큽니다. 검토 필요 · "
        "햇님시 계약 사무 지침 제3조 기준, 2026. 11. 2. 확인"
    ) in said
    assert form.body["submit"]["text"] == "그대로 보고"
    assert {n: initial(form, n) for n in ("title", "amount", "item", "method")} == {
        "title": "명함 인쇄", "amount": BIG, "item": "명함", "method": "direct_single",
    }  # fmt: skip


async def test_sent_again_it_is_stored_once_and_what_was_shown_is_written_down(door: FrontDoor) -> None:
    await report(door, amount=BIG)
    assert (await send(door)).outcome == "closed"
    assert only(door).draft.amount == 16_501_000
    assert len(receipts(door)) == 1
    with door.toolkit.database.read() as tx:
        (entry,) = [e for e in audit.entries(tx, subject=f"purchase:{only(door).id}") if e.event == "purchase_reported"]
    assert entry.detail["looked_at"] == ["no_direct_contract", "over_single_quote"]


async def test_a_limit_that_the_city_file_lacks_says_so(door: FrontDoor) -> None:
    await report(door, amount="1,100만원", kind="works", method="direct_quotes")
    said = text_of(door.form(STAFF))
    assert "2027. 6. 14.의 공사 수의계약 기준 금액이 도시 설정에 없어 견주지 못했습니다. 확인이 필요합니다." in said
    assert (await send(door)).outcome == "closed"


async def test_below_what_anybody_asks_about_nothing_is_held_up(door: FrontDoor) -> None:
    await reported(door, amount="1,099만원", kind="works", method="direct_quotes")


async def test_mended_after_the_look_it_is_stored_and_other_findings_are_shown_again(door: FrontDoor) -> None:
    await report(door, amount="1,100만원", method="direct_quotes")  # no limit is known
    assert (await send(door, amount=BIG, method="direct_single")).outcome == "updated"  # now one is passed as well
    assert "1,500만 원보다 큽니다" in text_of(door.form(STAFF))
    assert (await send(door, amount="30만원")).outcome == "closed"
    assert only(door).draft.amount == 300_000


async def test_a_wrong_field_is_still_named_after_the_look(door: FrontDoor) -> None:
    await report(door, amount=BIG)
    sent = await send(door, amount="많이")
    assert set(sent.errors) == {"report-amount"}
    assert (await send(door, amount=BIG)).outcome == "closed"


async def test_the_same_item_is_added_up_with_this_one(door: FrontDoor) -> None:
    await reported(door, amount="800만원", item="명함", date="2027-01-05")
    await reported(door, amount="700만원", item="명 함", vendor="나래인쇄")
    assert (await report(door, amount="200만원", item="명함", vendor="다솜인쇄")).outcome == "updated"
    said = text_of(door.form(STAFF))
    assert (
        "같은 품목(명함)의 수의계약: 최근 12개월 2건 1,500만 원, 이번 건을 더하면 "
        "1,700만 원(추정가격 약 1,545만 원)입니다. 합산 검토 필요 · "
        "「햇님시 계약 사무 지침」 제4조 기준, 2026. 11. 2. 확인"
    ) in said
    assert (await send(door)).outcome == "closed"
    assert len(stored(door)) == 3


async def test_the_same_firm_is_added_up_whatever_was_bought(door: FrontDoor) -> None:
    await reported(door, amount="900만원", item="명함")
    await report(door, amount="800만원", item="책자 인쇄")
    assert "같은 업체의 수의계약: 최근 12개월 1건 900만 원" in text_of(door.form(STAFF))


async def test_a_firm_that_the_registry_lacks_is_added_up_too(door: FrontDoor) -> None:
    for _ in range(2):
        await open_form(door)
        await choose_unregistered(door, "새벽공방")
        values = {"title": "안내판", "firm-address": "부산광역시 어디구 1", "amount": "900만원", "kind": "goods"}
        sent = await send(door, **values, method="direct_single")
    assert sent.outcome == "updated"
    assert "같은 업체의 수의계약" in text_of(door.form(STAFF))
    assert initial(door.form(STAFF), "firm-address") == "부산광역시 어디구 1"
    assert (await send(door)).outcome == "closed"


async def test_who_only_says_to_belong_there_sees_no_sums_of_the_division(door: FrontDoor) -> None:
    await reported(door, amount="900만원", item="명함")
    roads = str(door.organisation("roads").id)
    option = {"text": {"type": "plain_text", "text": "길가꿈과"}, "value": roads}
    sent = await report(door, user=NEWCOMER, amount="800만원", item="명함", organisation=option)
    assert sent.outcome == "updated"
    said = text_of(door.form(NEWCOMER))
    assert "같은 품목(명함)의 수의계약이 더 있습니다. 금액은 소속이 확인된 뒤에 보입니다." in said
    assert "900만" not in said
    assert (await send(door, NEWCOMER)).outcome == "closed"


async def test_another_firm_after_the_look_is_looked_at_anew(door: FrontDoor) -> None:
    await open_form(door)
    await choose_unregistered(door, "새벽공방")
    values = {"title": "안내판", "firm-address": "부산광역시 어디구 1", "amount": BIG, "kind": "goods"}
    assert (await send(door, **values, method="direct_single")).outcome == "updated"
    await door.driver.choose(STAFF, door.form(STAFF), "report-firm", await firm(door, "가온인쇄"))
    assert door.form(STAFF).body["submit"]["text"] == "보고"
    assert (await send(door)).outcome == "updated"


async def test_a_change_is_held_up_only_where_the_deal_changes(door: FrontDoor) -> None:
    await report(door, amount=BIG)
    await send(door)
    await door.driver.press(STAFF, receipts(door)[0], "report-change")
    assert (await send(door, title="명함 인쇄(추가)")).outcome == "closed"
    await door.driver.press(STAFF, receipts(door)[-1], "report-change")
    assert (await send(door, amount="1,700만원")).outcome == "updated"
    form = door.form(STAFF)
    assert form.body["submit"]["text"] == "그대로 고치기"
    assert "같은 업체" not in text_of(form)  # the purchase is not added to itself
    assert (await send(door)).outcome == "closed"
    assert only(door).draft.amount == 17_000_000


async def test_nobody_is_told_that_they_may_or_that_it_is_against_the_law(door: FrontDoor) -> None:
    await reported(door, amount="900만원", item="명함")
    await report(door, amount=BIG, item="명함")
    said = text_of(door.form(STAFF))
    assert not [word for word in ("가능합니다", "위법", "불법", "위반") if word in said]
    assert "판단은 계약 담당 부서와 상의해 주세요." in said


async def test_on_postgresql_it_is_held_up_and_stored(postgres_door: FrontDoor) -> None:
    door = postgres_door
    await reported(door, amount="900만원", item="명함")
    assert (await report(door, amount="800만원", item="명함", channel=ROADS)).outcome == "updated"
    assert "같은 품목(명함)의 수의계약: 최근 12개월 1건 900만 원" in text_of(door.form(STAFF))
    assert (await send(door)).outcome == "closed"
    assert len(stored(door)) == 2
