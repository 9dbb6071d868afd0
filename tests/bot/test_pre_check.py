"""Before buying, at the front door: firms, what one's own division paid before, limits, and "이대로 보고"."""

import pytest

from gwannae.sandbox.values import Message
from tests.bot import knocks
from tests.bot.reporting import initial, report
from tests.front_door import LEAD, NEWCOMER, OFFICE, OTHER, ROADS, SQUARE, STAFF, FrontDoor, text_of


async def ask(door: FrontDoor, words: str, user: str = STAFF, channel: str = ROADS) -> Message:
    answer = await door.driver.command(user, channel, "/localvendor", words)
    assert answer.error == ""
    return answer.shown[-1]


async def three_before(door: FrontDoor) -> None:
    """Name cards three times, once under a title alone, once cancelled besides, and something else."""
    await report(door, item="명함", amount="25만원", date="2027-02-01")
    await report(door, item="명 함", amount="40만원", date="2027-03-02", vendor="나래인쇄")
    await report(door, item="", title="직원 명함 제작", amount="30만원", date="2027-05-03", vendor="다솜인쇄")
    await report(door, item="책자 인쇄", title="명함집", amount="90만원", date="2027-06-01")


async def test_one_card_answers_what_to_know_before_buying(door: FrontDoor) -> None:
    await three_before(door)
    said = text_of(await ask(door, "명함 300만원"))
    assert "나래인쇄" in said
    assert "*길가꿈과의 지난 구매* 3건 · 250,000원~400,000원 · 마지막 2027. 5. 3. 300,000원(다솜인쇄)" in said
    assert "1인 견적 물품·용역 1,500만 원" in said
    assert "예정 금액이 부가세 포함이면 추정가격은 약 273만 원입니다(부가세 제외)." in said


async def test_once_bought_the_form_opens_with_item_title_and_amount(door: FrontDoor) -> None:
    card = await ask(door, "명함 300만원")
    await door.driver.press(STAFF, card, "report-planned")
    form = door.form(STAFF)
    assert {n: initial(form, n) for n in ("title", "item", "amount", "date")} == {
        "title": "명함", "item": "명함", "amount": "3,000,000원", "date": "2027-06-15",
    }  # fmt: skip


@pytest.mark.parametrize(("user", "channel"), [(OTHER, SQUARE), (NEWCOMER, ROADS), (OFFICE, SQUARE)])
async def test_nobody_sees_what_another_division_paid(door: FrontDoor, user: str, channel: str) -> None:
    await three_before(door)
    said = text_of(await ask(door, "명함 300만원", user, channel))
    assert "지난 구매" not in said
    assert "400,000" not in said


async def test_a_self_declared_member_sees_nothing_of_the_division_yet(door: FrontDoor) -> None:
    await three_before(door)
    option = {"text": {"type": "plain_text", "text": "길가꿈과"}, "value": str(door.organisation("roads").id)}
    await report(door, user=NEWCOMER, organisation=option)
    said = text_of(await ask(door, "명함 300만원", NEWCOMER))
    assert "소속이 확인된 뒤에 보입니다." in said
    assert "400,000" not in said


async def test_answers_with_an_amount_are_not_remembered_for_somebody_else(door: FrontDoor) -> None:
    await ask(door, "명함 300만원")
    await report(door, item="명함", amount="25만원")
    assert "*길가꿈과의 지난 구매* 1건 · 2027. 6. 14. 250,000원(가온인쇄)" in text_of(await ask(door, "명함 300만원"))
    assert "지난 구매" in text_of(await ask(door, "명함 300만원", LEAD))
    assert "지난 구매" not in text_of(await ask(door, "명함 300만원", OTHER))


async def test_nothing_bought_before_says_so_and_no_amount_asks_nothing(door: FrontDoor) -> None:
    assert "‘명함’ 구매는 아직 보고된 것이 없습니다." in text_of(await ask(door, "명함 300만원"))
    assert "지난 구매" not in text_of(await ask(door, "명함"))


@pytest.mark.parametrize("word", ["%", "_", "\\", "'; DROP TABLE purchases; --"])
async def test_signs_of_the_database_are_letters_like_others(door: FrontDoor, word: str) -> None:
    await report(door, item="", title="현수막 제작")
    assert "제작" not in text_of(await ask(door, f"인쇄{word} 300만원")).split("지난 구매")[-1]


@pytest.mark.parametrize("value", ["", "x", "-1:명함", "9" * 40 + ":", ":" + "가" * 1900])
async def test_a_forged_button_opens_a_form_without_an_amount(door: FrontDoor, value: str) -> None:
    reply = await knocks.send(door, knocks.pressed(door, STAFF, "report-planned", value))
    assert reply.status == 200
    assert initial(door.form(STAFF), "amount") is None


async def test_on_postgresql_the_same_is_paid(postgres_door: FrontDoor) -> None:
    await three_before(postgres_door)
    said = text_of(await ask(postgres_door, "명함 300만원"))
    assert "*길가꿈과의 지난 구매* 3건 · 250,000원~400,000원" in said
