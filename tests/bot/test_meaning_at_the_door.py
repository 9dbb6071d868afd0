"""A word that no firm lists finds the firms of its trade, and what leads nowhere becomes work for the office."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from gwannae.actions.meanings import CHECK_EVERY
from gwannae.actions.missing_words import missing_list
from gwannae.actions.words import add_synonym
from gwannae.programme.missing import MissingList
from gwannae.programme.organisations import COMMAND_LINE
from tests.bot.test_any_spelling import a_firm
from tests.bot.test_localvendor import firms, look_up, press
from tests.databases import SqliteTemplate
from tests.front_door import FrontDoor, open_front_door, text_of


async def test_another_word_for_the_same_thing_finds_its_firms_and_says_so(door: FrontDoor) -> None:
    answer = await look_up(door, "걸개")

    assert "‘걸개’로는 찾지 못해 같은 말인 ‘현수막’ 업체를 보여 드립니다." in text_of(answer)
    assert firms(answer) == firms(await look_up(door, "현수막"))


async def test_a_word_of_a_trade_finds_the_trade_before_a_word_that_only_looks_like_it(door: FrontDoor) -> None:
    answer = await look_up(door, "리플렛")

    assert "가까운 ‘인쇄’ 업체를 보여 드립니다." in text_of(answer)


async def test_what_the_office_adds_works_at_once(door: FrontDoor) -> None:
    assert "찾지 못했습니다" in text_of(await look_up(door, "홍보두루미"))
    now = door.clock()
    await door.toolkit.work(add_synonym, COMMAND_LINE, "홍보두루미", "현수막", now)
    await asyncio.sleep(CHECK_EVERY)  # a process looks at the database that often

    assert "‘현수막’ 업체를 보여 드립니다" in text_of(await look_up(door, "홍보두루미"))


@pytest.mark.parametrize("typed", ["점자 명함", "점자명함", "점자 명함 업체 추천해줘"])
async def test_what_the_office_says_of_several_words_comes_before_some_of_them(door: FrontDoor, typed: str) -> None:
    assert "‘명함’ 결과를 보여 드립니다" in text_of(await look_up(door, "점자 명함"))
    await door.toolkit.work(add_synonym, COMMAND_LINE, "점자 명함", "복사용지", door.clock())
    await asyncio.sleep(CHECK_EVERY)

    answer = await look_up(door, typed)

    assert "으로는 찾지 못해 같은 말인 ‘복사용지’" in text_of(answer)
    assert firms(answer) == firms(await look_up(door, "복사용지"))


async def test_what_the_office_says_and_nobody_has_leaves_what_was_found(door: FrontDoor) -> None:
    before = firms(await look_up(door, "점자 명함"))
    await door.toolkit.work(add_synonym, COMMAND_LINE, "점자 명함", "점자프린터", door.clock())
    await asyncio.sleep(CHECK_EVERY)

    assert firms(await look_up(door, "점자 명함")) == before != []


async def test_a_look_up_without_a_local_firm_is_counted_by_its_word(door: FrontDoor) -> None:
    with door.toolkit.database.write():  # somebody else writes meanwhile: counting waits, who asks does not
        for _ in range(2):
            await look_up(door, "드론 방제")
        await door.driver.settle()
    assert await door.desk.later.drain(5) == 0  # nothing of it passes through Slack, so that its quiet says little
    now = door.clock()
    listed = await door.toolkit.work(missing_list, COMMAND_LINE, now - timedelta(days=1), now)

    assert isinstance(listed, MissingList)
    assert [(word.word, word.searched) for word in listed.words] == [("드론 방제", 2)]


@pytest.fixture
async def few(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[FrontDoor]:
    """A town of few trades, whose items look like words of trades that it has not."""
    some = [
        a_firm("가온가구", "테이블", "조립식 책장"),
        a_firm("나래데이터", "회사사무", "데이터베이스"),
        a_firm("다솜빵집", "샌드위치"),
        a_firm("라온조명", "조명", "가로수 조명"),
        a_firm("마루블록", "보도블록", "운동기구"),
        a_firm("바른모터스", "차량정비", "버스임차"),
        a_firm("새암사무기", "사무기기"),
        a_firm("이사가는게광고", "꿀"),
        a_firm("무지개달팽이사인", "꿀"),
    ]
    async with open_front_door(sqlite_template.copy_to(tmp_path_factory.mktemp("few")), some) as door:
        yield door
        await door.driver.settle()
        assert door.workspace.faults_seen == []


@pytest.mark.parametrize("typed", ["이불", "이사", "이사 용역", "샌드위치패널", "교구", "컨테이너"])
async def test_a_word_of_a_trade_that_the_city_lacks_is_no_slip_and_no_sum_of_its_parts(
    few: FrontDoor, typed: str
) -> None:
    assert "찾지 못했습니다" in text_of(await look_up(few, typed))


async def test_a_known_word_in_names_by_chance_is_found_by_those_who_ask_for_it(few: FrontDoor) -> None:
    answer = await look_up(few, "이사 용역")
    assert "‘이사 용역’에 맞는 업체를 명부에서 찾지 못했습니다." in answer.text

    answer = await look_up(few, "이사")
    assert "이름에 ‘이사’가 든 업체는 있습니다." in text_of(answer)
    assert sorted(firms(await press(few, answer, "‘이사’ 그대로 찾기"))) == ["무지개달팽이사인", "이사가는게광고"]


async def test_a_name_that_ends_in_its_trade_says_what_the_firm_does(
    sqlite_template: SqliteTemplate, tmp_path: Path
) -> None:
    some = [a_firm("가온이사"), a_firm("나래이사무구", "책상"), a_firm("다솜운수", "사다리차")]
    async with open_front_door(sqlite_template.copy_to(tmp_path), some) as door:
        assert firms(await look_up(door, "이사")) == ["가온이사"]
        assert firms(await look_up(door, "나래이사")) == ["나래이사무구"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("조명기구", "라온조명"),
        ("조명 기구", "라온조명"),
        ("가로수 정비", "라온조명"),
        ("복합기 임차", "새암사무기"),
        ("샌드위차", "다솜빵집"),
    ],
)
async def test_the_thing_leads_and_what_is_done_with_it_never_alone(few: FrontDoor, typed: str, found: str) -> None:
    assert firms(await look_up(few, typed)) == [found]
