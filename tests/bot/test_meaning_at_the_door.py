"""A word that no firm lists finds the firms of its trade, and what leads nowhere becomes work for the office."""

import asyncio
from datetime import timedelta

from gwannae.actions.meanings import CHECK_EVERY
from gwannae.actions.missing_words import missing_list
from gwannae.actions.words import add_synonym
from gwannae.programme.missing import MissingList
from gwannae.programme.organisations import COMMAND_LINE
from tests.bot.test_localvendor import firms, look_up
from tests.front_door import FrontDoor, text_of


async def test_another_word_for_the_same_thing_finds_its_firms_and_says_so(door: FrontDoor) -> None:
    answer = await look_up(door, "걸개")

    assert "‘걸개’로는 찾지 못해 같은 말인 ‘현수막’ 업체를 보여 드립니다." in text_of(answer)
    assert firms(answer) == firms(await look_up(door, "현수막"))


async def test_a_word_of_a_trade_finds_the_trade_before_a_word_that_only_looks_like_it(door: FrontDoor) -> None:
    answer = await look_up(door, "리플렛")

    assert "가까운 ‘인쇄’ 업체를 보여 드립니다." in text_of(answer)


async def test_what_the_office_adds_works_at_once(door: FrontDoor) -> None:
    assert "찾지 못했습니다" in text_of(await look_up(door, "홍보깃대"))
    now = door.clock()
    await door.toolkit.work(add_synonym, COMMAND_LINE, "홍보깃대", "현수막", now)
    await asyncio.sleep(CHECK_EVERY)  # a process looks at the database that often

    assert "‘현수막’ 업체를 보여 드립니다" in text_of(await look_up(door, "홍보깃대"))


async def test_a_look_up_without_a_local_firm_is_counted_by_its_word(door: FrontDoor) -> None:
    for _ in range(2):
        await look_up(door, "드론 방제")
    await door.driver.settle()
    now = door.clock()
    listed = await door.toolkit.work(missing_list, COMMAND_LINE, now - timedelta(days=1), now)

    assert isinstance(listed, MissingList)
    assert [(word.word, word.searched) for word in listed.words] == [("드론 방제", 2)]
