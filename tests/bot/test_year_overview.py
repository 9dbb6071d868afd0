"""한눈에: the office sees all organisations, in the order it chooses, and the rows of one; nobody else does."""

import pytest

from gwannae.messages import ids
from gwannae.programme.verdict import Verdict
from gwannae.programme.year_overview import Order
from tests.bot import knocks
from tests.bot.reporting import home_of
from tests.bot.test_scores import buy
from tests.front_door import LEAD, OFFICE, STAFF, FrontDoor, text_of

LOCAL, OUTSIDE, UNCONFIRMED = Verdict.LOCAL, Verdict.OUTSIDE, Verdict.UNCONFIRMED


def a_year(door: FrontDoor) -> None:
    """By count 햇님시의회 is first; by won 길가꿈과 has the lowest ratio, 햇님예술재단 the most outside."""
    buy(door, "assembly", (LOCAL, 500_000))
    buy(door, "roads", (LOCAL, 100_000), (LOCAL, 100_000), (OUTSIDE, 800_000), (UNCONFIRMED, 5_000))
    buy(door, "arts", (LOCAL, 5_000_000), (OUTSIDE, 2_000_000))


async def press(door: FrontDoor, user: str, action: str, value: str) -> str:
    door.workspace.views.clear(user)
    await knocks.send(door, knocks.pressed(door, user, action, value))
    await door.driver.settle()
    return text_of(door.form(user))


def names(shown: str) -> list[str]:
    every = ("햇님시의회", "길가꿈과", "햇님예술재단", "햇님교통공사", "상생경제과")
    return sorted((name for name in every if name in shown), key=shown.index)


async def test_the_office_sees_everybody_and_the_rows_of_one(door: FrontDoor) -> None:
    a_year(door)
    await door.driver.press(OFFICE, await home_of(door, OFFICE), ids.OVERVIEW_OPEN)
    await door.driver.settle()
    shown = text_of(door.form(OFFICE))
    assert "2027년 모든 부서·기관 5곳" in shown
    assert "순위: 건수 비율이 높은 순, 같으면 금액 비율" in shown
    assert names(shown)[:3] == ["햇님시의회", "길가꿈과", "햇님예술재단"]
    assert "2위 *길가꿈과* · 건수 66.7% (2/3) · 금액 20.0% (20/100만 원) · 미확인 1건" in shown
    rows = await press(door, OFFICE, ids.OVERVIEW_ROWS, str(door.organisation("roads").id))
    assert "*길가꿈과 2027년*" in rows
    assert rows.count("행사 안내문 인쇄") == 4
    assert "800,000원 · 관외 · 먼바다기획" in rows


@pytest.mark.parametrize(
    ("order", "first"),
    [
        (Order.RANK, "햇님시의회"),
        (Order.AMOUNT, "길가꿈과"),
        (Order.COUNT, "햇님예술재단"),
        (Order.EFFECTIVE, "길가꿈과"),
        (Order.OUTSIDE, "햇님예술재단"),
        (Order.UNCONFIRMED, "길가꿈과"),
        (Order.NAME, "길가꿈과"),
    ],
)
async def test_the_order_is_chosen(door: FrontDoor, order: Order, first: str) -> None:
    a_year(door)
    await press(door, OFFICE, ids.OVERVIEW_OPEN, "")
    label = {"type": "plain_text", "text": order.label, "emoji": False}
    option = {"text": label, "value": order.value}
    answer = await door.driver.choose(OFFICE, door.form(OFFICE), ids.OVERVIEW_ORDER, option)
    assert answer.error == ""
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0
    assert names(text_of(door.form(OFFICE)))[0] == first


@pytest.mark.parametrize("user", [STAFF, LEAD])
async def test_nobody_else_sees_them(door: FrontDoor, user: str) -> None:
    a_year(door)
    assert "한눈에" not in text_of(await home_of(door, user))
    for action, value in ((ids.OVERVIEW_OPEN, ""), (ids.OVERVIEW_ROWS, str(door.organisation("arts").id))):
        shown = await press(door, user, action, value)
        assert "총괄 부서" in shown
        assert "햇님예술재단" not in shown


async def test_a_number_that_is_nobodys_says_so(door: FrontDoor) -> None:
    assert "올해 볼 것이 없는" in await press(door, OFFICE, ids.OVERVIEW_ROWS, "9999999")
