"""What is no word leads to the help, and is not counted among the words that firms are missing for."""

import pytest

from gwannae.storage import missing_words
from tests.bot.test_localvendor import firms, look_up
from tests.bot.test_vendor_office import a_day_later, retire
from tests.front_door import FrontDoor

HELP = "무엇을 사시려는지 적어 주세요."


async def counted(door: FrontDoor) -> list[str]:
    await door.driver.settle()
    with door.toolkit.database.read() as tx:
        words, _ = missing_words.waiting(tx, door.clock().replace(month=1), 50)
    return [one.word for one in words]


@pytest.mark.parametrize("text", ["을를", "를을", "은는이가", "를 을", "을", "를", "에서", "까지 부터"])
async def test_particles_alone_are_answered_with_the_help(door: FrontDoor, text: str) -> None:
    answer = await look_up(door, text)
    assert HELP in answer.text
    assert firms(answer) == []
    assert await counted(door) == []


@pytest.mark.parametrize(
    "text",
    ["ㅏㅑ", "ㄱ", "ㅋㅋㅋ", "ㅎㄱ ㅏ", "or --", "' OR 1=1 --", "'; DROP TABLE vendors; --", "<script>", "../../x"],
)
async def test_noise_is_answered_and_not_counted(door: FrontDoor, text: str) -> None:
    assert (await look_up(door, text)).text
    assert await counted(door) == []


@pytest.mark.parametrize("text", ["드론방제", "LED", "가을꽃모종", "R&D", "ㄱ자앵글"])
async def test_what_may_be_a_thing_is_counted(door: FrontDoor, text: str) -> None:
    await look_up(door, text)
    assert len(await counted(door)) == 1


@pytest.mark.parametrize("text", ["번호상사", "㈜번호상사"])
async def test_the_name_of_a_retired_firm_is_not_counted(door: FrontDoor, text: str) -> None:
    await retire(door, "번호상사", KEEP_DAY="2027-06-01")
    a_day_later(door)
    await look_up(door, text)
    assert await counted(door) == []
