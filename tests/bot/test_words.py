"""The office's words at the front door: synonyms, and the list of words without a local firm."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from gwannae.actions import missing_words as missing
from gwannae.actions import words as keep
from gwannae.messages import ids
from gwannae.programme.missing import MissingState
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.sandbox.values import OpenView
from gwannae.storage import synonyms
from tests.bot import knocks
from tests.front_door import NEWCOMER, OFFICE, STAFF, FrontDoor, text_of


async def done(door: FrontDoor) -> None:
    await asyncio.sleep(0.01)  # an event goes its way in a task that has yet to begin
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0
    await door.driver.settle()


async def from_home(door: FrontDoor, user: str, action: str) -> OpenView:
    """Open Home and press a button there."""
    await door.driver.open_home(user)
    await done(door)
    home = door.workspace.views.home(user)
    assert home is not None
    await door.driver.press(user, home, action)
    return door.form(user)


def kept(door: FrontDoor) -> list[tuple[str, str]]:
    with door.toolkit.database.read() as tx:
        return [(s.word, s.means) for s in synonyms.open_synonyms(tx)]


def miss(door: FrontDoor, word: str, times: int = 1) -> None:
    for _ in range(times):
        missing.count_unanswered(door.toolkit, word, door.clock(), uuid4().hex)


async def add(door: FrontDoor, word: str, means: str) -> None:
    await from_home(door, OFFICE, ids.SYNONYM_OPEN)
    await door.driver.submit(OFFICE, {ids.SYNONYM_WORD: word, ids.SYNONYM_MEANS: means})


async def test_the_office_adds_a_synonym_and_another_one(door: FrontDoor) -> None:
    await add(door, "족구공", "체육용품")
    assert "동의어를 추가했습니다. ‘족구공’을 찾으면 ‘체육용품’ 업체를 보여 드립니다." in text_of(door.form(OFFICE))
    await door.driver.press(OFFICE, door.form(OFFICE), ids.SYNONYM_MORE)
    await done(door)
    assert "족구공 → 체육용품 · 2027. 6. 15." in text_of(door.form(OFFICE))
    await door.driver.submit(OFFICE, {ids.SYNONYM_WORD: "족구 공", ids.SYNONYM_MEANS: "체육용품"})
    assert "이미 추가된 동의어입니다." in text_of(door.form(OFFICE))
    assert kept(door) == [("족구공", "체육용품")]


@pytest.mark.parametrize(
    ("word", "means", "field", "sentence"),
    [
        ("!!", "체육용품", ids.SYNONYM_WORD, "한글, 영문이나 숫자로 된 낱말을 적어 주세요. 예) 족구공"),
        ("족구공", "업체", ids.SYNONYM_MEANS, "뜻이 너무 넓어 모든 업체가 나옵니다."),
        ("족구공", "족구 공", ids.SYNONYM_MEANS, "찾는 말과 같은 말입니다."),
    ],
)
async def test_what_cannot_be_a_synonym_is_said_at_its_field(
    door: FrontDoor, word: str, means: str, field: str, sentence: str
) -> None:
    await from_home(door, OFFICE, ids.SYNONYM_OPEN)
    answer = await door.driver.submit(OFFICE, {ids.SYNONYM_WORD: word, ids.SYNONYM_MEANS: means})
    assert sentence in answer.errors[field]
    assert kept(door) == []


async def test_the_office_takes_a_synonym_out_and_a_stale_button_changes_nothing(door: FrontDoor) -> None:
    await add(door, "족구공", "체육용품")
    await door.driver.close_view(OFFICE)
    form = await from_home(door, OFFICE, ids.SYNONYM_OPEN)
    button = next(b["accessory"] for b in form.blocks if b.get("accessory"))
    await door.driver.press(OFFICE, form, ids.SYNONYM_REMOVE)
    await done(door)
    assert kept(door) == []
    assert "족구공 → 체육용품" not in text_of(door.form(OFFICE))
    await knocks.send(door, knocks.pressed(door, OFFICE, ids.SYNONYM_REMOVE, button["value"]))
    await done(door)
    assert "이미 빠진 동의어입니다." in door.direct_messages(OFFICE)[-1].text


async def test_a_word_with_signs_rings_no_channel(door: FrontDoor) -> None:
    await add(door, "<!channel> 공", "체육<b>용품")
    shown = text_of(door.form(OFFICE))
    assert "&lt;!channel&gt; 공" in shown
    assert "<!channel>" not in shown


async def test_the_list_shows_what_waits_and_the_office_marks_it(door: FrontDoor) -> None:
    miss(door, "드론 방제", 3)
    miss(door, "벌집 제거")
    page = await from_home(door, OFFICE, ids.MISSING_OPEN)
    shown = text_of(page)
    assert "관내 업체를 찾지 못한 말* · 2027. 3. 17.부터" in shown
    assert shown.index("1. *드론 방제* · 찾음 3번 · `접수`") < shown.index("2. *벌집 제거* · 찾음 1번 · `접수`")
    await door.driver.press(OFFICE, page, ids.MISSING_SEARCHING, "missing-row-1")
    await done(door)
    assert f"`발굴 중`\n2027. 6. 15. <@{OFFICE}> 님이 표시" in text_of(door.form(OFFICE))


async def test_a_solved_word_leaves_the_list(door: FrontDoor) -> None:
    miss(door, "드론 방제")
    page = await from_home(door, OFFICE, ids.MISSING_OPEN)
    buttons = [e for b in page.blocks for e in b.get("elements", ()) if e.get("action_id") == ids.MISSING_SOLVED]
    payload = knocks.pressed(door, OFFICE, ids.MISSING_SOLVED, buttons[0]["value"])
    for _ in range(2):  # a double click
        await knocks.send(door, payload)
    await done(door)
    assert "‘드론 방제’를 ‘해결’로 표시했습니다." in door.direct_messages(OFFICE)[-1].text
    await door.driver.close_view(OFFICE)
    assert "기다리는 말이 없습니다." in text_of(await from_home(door, OFFICE, ids.MISSING_OPEN))
    assert missing.found_since(door.toolkit, door.clock() - timedelta(days=1)) == ("드론 방제",)


async def test_a_word_of_the_list_is_given_a_meaning_at_once(door: FrontDoor) -> None:
    miss(door, "벌집 제거")
    page = await from_home(door, OFFICE, ids.MISSING_OPEN)
    await door.driver.press(OFFICE, page, ids.SYNONYM_OPEN)
    form = door.form(OFFICE)
    assert form.blocks[0]["element"]["initial_value"] == "벌집 제거"
    await door.driver.submit(OFFICE, {ids.SYNONYM_WORD: "벌집 제거", ids.SYNONYM_MEANS: "방역"})
    assert kept(door) == [("벌집 제거", "방역")]


@pytest.mark.parametrize("value", ["없는말", "!!", "가" * 1900])
async def test_a_button_of_nothing_known_says_so(door: FrontDoor, value: str) -> None:
    await knocks.send(door, knocks.pressed(door, OFFICE, ids.MISSING_SEARCHING, value))
    await done(door)
    assert "목록에 없는 말입니다." in door.direct_messages(OFFICE)[-1].text


@pytest.mark.parametrize("user", [STAFF, NEWCOMER])
async def test_nobody_but_the_office_opens_or_changes_anything(door: FrontDoor, user: str) -> None:
    miss(door, "드론 방제")
    keep.add_synonym(door.toolkit, COMMAND_LINE, "족구공", "체육용품", door.clock())
    for action, value in ((ids.SYNONYM_OPEN, ""), (ids.MISSING_OPEN, "")):
        await knocks.send(door, knocks.pressed(door, user, action, value))
        shown = text_of(door.form(user))
        assert "총괄 부서만 할 수 있습니다" in shown
        assert "족구공" not in shown
        assert "드론" not in shown
        await door.driver.close_view(user, whole_stack=True)
    await knocks.send(door, knocks.pressed(door, user, ids.SYNONYM_REMOVE, "1"))
    await knocks.send(door, knocks.pressed(door, user, ids.MISSING_SOLVED, "드론방제"))
    values = {ids.SYNONYM_WORD: "벌집", ids.SYNONYM_MEANS: "방역"}
    await knocks.send(door, knocks.submitted(door, user, ids.SYNONYM_VIEW, values))
    await done(door)
    assert kept(door) == [("족구공", "체육용품")]
    found = missing.missing_list(door.toolkit, COMMAND_LINE, door.clock() - timedelta(days=1), door.clock())
    assert [word.state for word in found.words] == [MissingState.RECEIVED]


async def test_a_long_list_fits_into_the_window(door: FrontDoor) -> None:
    for number in range(40):
        miss(door, f"<b>&{'긴' * 30}{number}", 1 + number % 3)
    page = await from_home(door, OFFICE, ids.MISSING_OPEN)
    assert "25개가 더 있습니다." in text_of(page)


async def test_the_same_on_postgresql(postgres_door: FrontDoor) -> None:
    miss(postgres_door, "드론 방제")
    await add(postgres_door, "족구공", "체육용품")
    assert kept(postgres_door) == [("족구공", "체육용품")]
    await postgres_door.driver.close_view(OFFICE)
    page = await from_home(postgres_door, OFFICE, ids.MISSING_OPEN)
    await postgres_door.driver.press(OFFICE, page, ids.MISSING_SEARCHING, "missing-row-1")
    await done(postgres_door)
    assert "`발굴 중`" in text_of(postgres_door.form(OFFICE))
