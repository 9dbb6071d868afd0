"""Firms off the list: the office finds them again, in its list, by name or number, and at the command line."""

from datetime import UTC, date, datetime, timedelta

import pytest

from gwannae.messages import ids
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.storage import vendor_import, vendor_retirements
from gwannae.storage.database import Database
from tests.bot import knocks
from tests.bot.command_line import CommandLine
from tests.bot.reports import vendor_id
from tests.bot.test_localvendor import firms, look_up
from tests.bot.test_vendor_card import buttons, open_card, press_in
from tests.bot.test_vendor_office import a_day_later, add, merge, retire, send
from tests.builders import a_vendor
from tests.front_door import OFFICE, STAFF, FrontDoor, text_of

NOW = datetime(2027, 6, 15, 9, tzinfo=UTC)


async def open_list(door: FrontDoor) -> str:
    await knocks.send(door, knocks.pressed(door, OFFICE, ids.RETIRED_OPEN))
    return text_of(door.form(OFFICE))


async def test_a_retired_firm_is_put_back_from_the_list_months_later(door: FrontDoor) -> None:
    await retire(door, "가온", KEEP_DAY="2027-06-01")
    await door.driver.close_view(OFFICE)
    door.clock.now += timedelta(days=90)
    said = await open_list(door)
    assert "*명부에서 내린 업체 1곳*" in said
    assert "*가온인쇄*" in said
    assert "2027. 6. 1.부터 명부에서 내림 · 사유: 폐업" in said
    await press_in(door, "명부에 다시 올리기", OFFICE)
    assert "가온인쇄를 명부에 다시 올렸습니다." in await send(door, OFFICE, {ids.KEEP_REASON: "잘못 내림"})
    await door.driver.close_view(OFFICE)
    assert "명부에서 내린 업체가 없습니다." in text_of(door.form(OFFICE))
    assert firms(await look_up(door, "가온")) == ["가온인쇄"]


async def test_the_list_says_where_a_merged_record_went(door: FrontDoor) -> None:
    await merge(door, "가온", "번호상사")
    said = await open_list(door)
    assert "*번호상사*" in said
    assert "가온인쇄에 합침" in said
    shown = buttons(door.form(OFFICE))
    assert "명부에 다시 올리기" not in shown
    assert shown["지금 기록 보기"]["value"] == str(vendor_id(door, "가온인쇄"))


async def test_the_last_retired_is_first_and_the_list_turns_its_pages(door: FrontDoor) -> None:
    firms_made = [a_vendor(name=f"내림{n:02}", business_number=None, items=("떡",)) for n in range(17)]
    with door.toolkit.database.write() as tx:
        made = vendor_import.insert_vendors(tx, firms_made, at=door.clock())
        for n, made_id in enumerate(made):
            at = door.clock.now + timedelta(minutes=n)
            vendor_retirements.retire(tx, made_id, date(2027, 6, 1), "폐업", by=COMMAND_LINE, at=at)
    said = await open_list(door)
    assert "*명부에서 내린 업체 17곳*" in said
    assert said.index("내림16") < said.index("내림15") < said.index("내림02")
    assert "내림01" not in said
    later = text_of(await press_in(door, "더 보기 (2곳)", OFFICE))
    assert later.index("내림01") < later.index("내림00")
    assert "내림02" not in later
    assert "내림16" in text_of(await press_in(door, "처음으로", OFFICE))


def test_the_command_line_lists_them(sqlite_database: Database) -> None:
    gwannae = CommandLine(sqlite_database.url)
    with sqlite_database.write() as tx:
        kept, other = vendor_import.insert_vendors(
            tx, [a_vendor(name="가온"), a_vendor(name="나래", business_number=None)], at=NOW
        )
        vendor_retirements.retire(tx, other, date(2027, 6, 1), "두 번 오름", by=COMMAND_LINE, at=NOW, merged_into=kept)
    ended = gwannae("vendors", "retired")
    assert ended.code == 0
    assert all(word in ended.out for word in ("2027-06-01", "나래", "두 번 오름", "가온"))
    assert "명부에서 내린 업체는 1곳입니다." in ended.err
    [firm] = gwannae("vendors", "retired", "--json").json
    assert (firm["vendor_id"], firm["merged_into"], firm["day"]) == (other, kept, "2027-06-01")


async def test_the_list_is_read_from_postgresql_as_well(postgres_door: FrontDoor) -> None:
    await merge(postgres_door, "가온", "번호상사")
    a_day_later(postgres_door)
    await retire(postgres_door, "나래", KEEP_DAY="2027-06-01")
    said = await open_list(postgres_door)
    assert said.index("나래인쇄") < said.index("번호상사")


@pytest.mark.parametrize("words", ["가온인쇄", "㈜가온인쇄", "주식회사 가온인쇄"])
async def test_the_office_alone_finds_a_retired_firm_by_its_exact_name(door: FrontDoor, words: str) -> None:
    await retire(door, "가온", KEEP_DAY="2027-06-01")
    a_day_later(door)
    for _ in range(2):  # not from what was remembered for somebody else
        assert "명부에서 내림" not in text_of(await look_up(door, words, user=STAFF))
        answer = await look_up(door, words, user=OFFICE)
        assert "*가온인쇄*" in text_of(answer)
        assert "2027. 6. 1.부터 명부에서 내림" in text_of(answer)
    assert "명부에서 내림" not in text_of(await look_up(door, "가온인", user=OFFICE))


async def test_the_office_finds_a_retired_firm_by_its_number_and_puts_it_back(door: FrontDoor) -> None:
    await retire(door, "번호상사", KEEP_DAY="2027-06-01")
    a_day_later(door)
    assert "명부에서 내림" not in text_of(await look_up(door, "123-45-67891", user=STAFF))
    assert "*번호상사* · 123-45-67891" in text_of(await look_up(door, "123-45-67891", user=OFFICE))
    said = await add(door, KEEP_NAME="번호상사", KEEP_ITEMS="떡", KEEP_NUMBER="1234567891")
    assert "명부에서 내린 업체의 번호입니다. 홈의 [내린 업체]에서 찾아 [명부에 다시 올리기]를 눌러 주세요." in said
    assert "합치기" not in said


async def test_the_card_behind_the_form_shows_what_has_become_of_the_firm(door: FrontDoor) -> None:
    await retire(door, "가온", KEEP_DAY="2027-06-01")
    await press_in(door, "명부에 다시 올리기", OFFICE)
    assert "다시 올렸습니다" in await send(door, OFFICE, {ids.KEEP_REASON: "잘못 내림"})
    await door.driver.close_view(OFFICE)
    await door.driver.close_view(OFFICE)
    assert "명부에서 내리기" in buttons(door.form(OFFICE))


async def test_the_card_behind_a_retirement_offers_it_no_more(door: FrontDoor) -> None:
    await retire(door, "가온", KEEP_DAY="2027-06-01")
    await door.driver.close_view(OFFICE)
    card = door.form(OFFICE)
    assert "2027. 6. 1.부터 명부에서 내린 업체입니다." in text_of(card)
    assert "명부에 다시 올리기" in buttons(card)
    assert not {"명부에서 내리기", "고치기", "다른 기록과 합치기", "구매 보고"} & set(buttons(card))


async def test_the_list_is_behind_the_offices_buttons_of_a_card(door: FrontDoor) -> None:
    await open_card(door, user=OFFICE)
    assert "명부에서 내린 업체가 없습니다." in text_of(await press_in(door, "내린 업체", OFFICE))
    await open_card(door, user=STAFF)
    assert "내린 업체" not in buttons(door.form(STAFF))


async def test_the_list_is_the_offices_alone(door: FrontDoor) -> None:
    await retire(door, "가온", KEEP_DAY="2027-06-01")
    await knocks.send(door, knocks.pressed(door, STAFF, ids.RETIRED_OPEN))
    assert "총괄 부서만" in text_of(door.form(STAFF))
    assert "가온" not in text_of(door.form(STAFF))
