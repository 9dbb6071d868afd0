"""Filters of a look-up by menu and chip, and a planned price in the words; at the front door."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from gwannae.sandbox.values import Json, Message
from tests.bot.test_any_spelling import SMALL
from tests.bot.test_localvendor import firms, labels, look_up, press
from tests.builders import a_vendor, an_address
from tests.databases import SqliteTemplate
from tests.front_door import LEAD, PRINTERS, SQUARE, STAFF, FrontDoor, open_front_door, text_of


def menus(message: Message) -> dict[str, Json]:
    """The menus of an answer by their action id."""
    return {
        element["action_id"]: element
        for block in message.blocks
        for element in block.get("elements", ())
        if element.get("type") == "static_select"
    }


def chips(message: Message) -> list[str]:
    return [label for label in labels(message) if label.endswith("×")]


async def choose(door: FrontDoor, message: Message, action_id: str, label: str) -> Message:
    """Choose in a menu by the words of the choice; the message as it stands afterwards."""
    options = menus(message)[action_id]["options"]
    value = next(o["value"] for o in options if o["text"]["text"] == label)
    answer = await door.driver.choose(STAFF, message, action_id, value, "localvendor-filters")
    assert answer.error == ""
    await door.driver.settle()
    found = door.workspace.messages.find(message.channel, message.ts)
    assert found is not None
    return found


async def test_an_answer_offers_every_district_and_certificate_and_all(door: FrontDoor) -> None:
    answer = await look_up(door, "인쇄")
    district = menus(answer)["localvendor-district"]
    assert [o["text"]["text"] for o in district["options"]] == ["구: 전체", "솔숲구", "물결구"]
    assert district["initial_option"]["text"]["text"] == "구: 전체"
    certificate = menus(answer)["localvendor-certificate"]
    assert [o["text"]["text"] for o in certificate["options"]][:3] == ["인증: 전체", "여성기업", "장애인기업"]
    assert len(certificate["options"]) == 14
    assert chips(answer) == []


async def test_a_choice_narrows_the_answer_and_shows_a_chip_that_takes_it_off(door: FrontDoor) -> None:
    answer = await look_up(door, "인쇄")
    narrowed = await choose(door, answer, "localvendor-certificate", "여성기업")
    assert firms(narrowed) == ["가온인쇄"]
    assert "‘인쇄 여성기업’ 관내 업체 1곳" in narrowed.text
    assert chips(narrowed) == ["여성기업 ×"]
    wide = await press(door, narrowed, "여성기업 ×")
    assert "‘인쇄’ 관내 업체 7곳" in wide.text
    assert chips(wide) == []


async def test_two_filters_are_two_chips_and_each_goes_alone(door: FrontDoor) -> None:
    answer = await choose(door, await look_up(door, "인쇄"), "localvendor-district", "솔숲구")
    answer = await choose(door, answer, "localvendor-certificate", "여성기업")
    assert chips(answer) == ["솔숲구 ×", "여성기업 ×"]
    assert firms(answer) == ["가온인쇄"]
    assert "‘인쇄 여성기업’" in (await press(door, answer, "솔숲구 ×")).text


@pytest.mark.parametrize(
    ("words", "shown", "without"),
    [
        ("솔숲 인쇄", ["솔숲구 ×"], "‘인쇄’ 관내 업체 7곳"),
        ("인쇄 솔숲구", ["솔숲구 ×"], "‘인쇄’ 관내 업체 7곳"),
        ("여성기업확인서 인쇄", ["여성기업 ×"], "‘인쇄’ 관내 업체 7곳"),
        ("솔숲 인쇄 여성기업", ["솔숲구 ×", "여성기업 ×"], "‘인쇄 여성기업’ 관내 업체 1곳"),
    ],
)
async def test_filters_among_the_words_are_chips_as_well(
    door: FrontDoor, words: str, shown: list[str], without: str
) -> None:
    answer = await look_up(door, words)
    assert chips(answer) == shown
    assert without in (await press(door, answer, shown[0])).text


@pytest.fixture
async def two_districts(sqlite_template: SqliteTemplate, tmp_path: Path) -> AsyncIterator[FrontDoor]:
    """A printer in each of two districts, and one in neither."""
    since = date(2020, 3, 1)
    some = [
        a_vendor(
            name=name,
            business_number=None,
            items=("인쇄",),
            size=SMALL,
            addresses=(an_address(district=district, since=since),),
        )
        for name, district in (("숲인쇄", "솔숲구"), ("물인쇄", "물결구"), ("들인쇄", None))
    ]
    async with open_front_door(sqlite_template.copy_to(tmp_path), some) as door:
        yield door


async def test_firms_of_any_of_several_districts_are_found_and_each_is_a_chip(two_districts: FrontDoor) -> None:
    answer = await look_up(two_districts, "솔숲 인쇄 물결구")
    assert "‘솔숲 인쇄 물결구’ 관내 업체 2곳" in answer.text
    assert sorted(firms(answer)) == ["물인쇄", "숲인쇄"]
    assert chips(answer) == ["솔숲구 ×", "물결구 ×"]
    assert "initial_option" not in menus(answer)["localvendor-district"]

    one = await press(two_districts, answer, "솔숲구 ×")
    assert firms(one) == ["물인쇄"]
    assert chips(one) == ["물결구 ×"]


async def test_the_menu_puts_one_district_in_the_place_of_several(two_districts: FrontDoor) -> None:
    answer = await choose(
        two_districts, await look_up(two_districts, "솔숲 인쇄 물결"), "localvendor-district", "솔숲구"
    )
    assert firms(answer) == ["숲인쇄"]
    assert chips(answer) == ["솔숲구 ×"]


async def test_a_menu_replaces_the_district_of_the_words(door: FrontDoor) -> None:
    answer = await look_up(door, "솔숲 인쇄")
    assert menus(answer)["localvendor-district"]["initial_option"]["text"]["text"] == "솔숲구"
    moved = await choose(door, answer, "localvendor-district", "물결구")
    assert "‘인쇄 물결구’에 맞는 업체를 명부에서 찾지 못했습니다." in moved.text
    assert chips(moved) == ["물결구 ×"]
    assert "‘인쇄’ 관내 업체 7곳" in (await choose(door, moved, "localvendor-district", "구: 전체")).text


async def test_all_takes_every_certificate_off(door: FrontDoor) -> None:
    answer = await choose(door, await look_up(door, "인쇄 여성기업"), "localvendor-certificate", "직접생산")
    assert chips(answer) == ["여성기업 ×", "직접생산 ×"]
    assert "‘인쇄’ 관내 업체 7곳" in (await choose(door, answer, "localvendor-certificate", "인증: 전체")).text


async def test_a_filter_survives_paging_and_the_shared_copy(door: FrontDoor) -> None:
    answer = await choose(door, await look_up(door, "인쇄"), "localvendor-district", "솔숲구")
    second = await press(door, answer, "더 보기 (2곳)")
    assert chips(second) == ["솔숲구 ×"]
    assert sorted(firms(answer) + firms(second)) == sorted(PRINTERS)
    await press(door, second, "채널에 공유")
    shared = door.workspace.messages.seen_by(LEAD, SQUARE)[0]
    assert "‘인쇄 솔숲구’" in shared.text
    assert chips(shared) == []
    assert menus(shared) == {}


async def test_a_filter_survives_the_change_of_sides(door: FrontDoor) -> None:
    answer = await choose(door, await look_up(door, "인쇄"), "localvendor-district", "솔숲구")
    beside = await press(door, answer, "미확인 1곳 보기")
    assert firms(beside) == ["아직인쇄"]
    assert chips(beside) == ["솔숲구 ×"]
    assert firms(await press(door, beside, "솔숲구 ×")) == ["아직인쇄", "먼데인쇄"]


async def test_taking_off_the_only_thing_that_was_asked_asks_for_a_word(door: FrontDoor) -> None:
    answer = await look_up(door, "여성기업")
    assert "적어 주세요" in (await press(door, answer, "여성기업 ×")).text


async def test_a_number_names_one_firm_and_has_nothing_to_narrow(door: FrontDoor) -> None:
    answer = await look_up(door, "123-45-67891")
    assert menus(answer) == {}
    assert firms(answer) == ["번호상사"]


async def test_a_query_too_long_for_a_menu_keeps_its_chips(door: FrontDoor) -> None:
    answer = await look_up(door, f"솔숲 인쇄 {'가' * 190}")
    assert menus(answer) == {}
    assert chips(answer) == ["솔숲구 ×"]


@pytest.mark.parametrize("value", ["", "x", "{}", '{"q": 1}', '{"q":"인쇄","s":"local","o":"99999999999999"}', "[]"])
async def test_a_choice_that_is_not_ours_is_answered_all_the_same(door: FrontDoor, value: str) -> None:
    answer = await look_up(door, "인쇄")
    replied = await door.driver.press(STAFF, answer, "localvendor-more", "localvendor-row", value)
    assert replied.error == ""
    await door.driver.settle()


# -- a planned price ------------------------------------------------------------------------------------------------


async def test_an_amount_says_what_to_look_at_and_never_who_is_found(door: FrontDoor) -> None:
    plain = await look_up(door, "인쇄")
    answer = await look_up(door, "500만원 이하 인쇄")
    assert firms(answer) == firms(plain)
    said = text_of(answer)
    assert "*예정 금액 500만 원* · 업체 목록은 금액으로 거르지 않습니다." in said
    assert "검토 필요" in said
    assert "1인 견적 물품·용역 1,500만 원 · 햇님시 계약 사무 지침 제3조 기준, 2026. 11. 2. 확인" in said
    assert "가능합니다" not in said
    assert "예정 금액이 이 금액보다" not in said


async def test_an_amount_above_a_limit_is_marked(door: FrontDoor) -> None:
    assert "*예정 금액이 이 금액보다 큽니다*" in text_of(await look_up(door, "인쇄 2천만 원 정도"))


async def test_an_amount_stays_on_the_next_page_and_beside_a_filter(door: FrontDoor) -> None:
    answer = await press(door, await look_up(door, "인쇄 500만원"), "더 보기 (2곳)")
    assert "예정 금액 500만 원" in text_of(answer)
    narrowed = await choose(door, await look_up(door, "인쇄 500만원"), "localvendor-certificate", "여성기업")
    assert firms(narrowed) == ["가온인쇄"]
    assert "예정 금액 500만 원" in text_of(narrowed)


async def test_without_an_amount_nothing_is_said_of_limits(door: FrontDoor) -> None:
    assert "예정 금액" not in text_of(await look_up(door, "인쇄"))


async def test_the_menus_work_on_postgresql_as_well(postgres_door: FrontDoor) -> None:
    answer = await choose(postgres_door, await look_up(postgres_door, "인쇄"), "localvendor-certificate", "여성기업")
    assert firms(answer) == ["가온인쇄"]


async def test_many_filters_at_once_stay_within_slacks_limits(door: FrontDoor) -> None:
    every = "여성기업 장애인기업 사회적기업 마을기업 자활기업 창업기업 녹색제품"
    answer = await look_up(door, f"솔숲 {every} 500만원 인쇄")
    assert len(chips(answer)) == 8
