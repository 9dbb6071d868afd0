"""되돌리기 of a file after its period has closed: held back like any other correction, until the office opens it again.

The made-up city confirms each month; June closes on 2027-07-30 (Friday).
"""

from datetime import date, datetime, timedelta

import pytest

from gwannae.messages import ids
from gwannae.programme.audit import AuditEvent
from gwannae.programme.purchases import PurchaseState
from gwannae.storage import audit
from tests.bot import knocks
from tests.bot.reporting import stored
from tests.bot.test_purchase_files import PAPER, contracts, drop, last, press, quiet
from tests.front_door import LEAD, NOW, OFFICE, ROADS, STAFF, FrontDoor, text_of

LAST_OPEN = datetime.combine(date(2027, 7, 30), NOW.timetz())
JULY = ("게시판 제작", "2027-07-05", "150,000", "번호상사", "123-45-67891", "물품")


async def confirmed(door: FrontDoor, *rows: tuple[str, ...]) -> None:
    await drop(door, contracts(*rows), channel=ROADS)
    await press(door, ids.IMPORT_CONFIRM)
    assert len(stored(door)) == len(rows)


async def undo(door: FrontDoor, user: str = STAFF) -> str:
    """What stands on top of the screen after the press, else the last message."""
    door.workspace.views.clear(user)
    await knocks.send(door, knocks.pressed(door, user, ids.IMPORT_UNDO, "1"))
    await quiet(door)
    top = door.workspace.views.top(user)
    return text_of(top) if top else text_of(last(door, user))


async def open_again(door: FrontDoor, purchase_id: int | None) -> None:
    fields = {ids.REOPEN_DAYS: knocks.chosen(7), ids.REOPEN_REASON: "잘못된 파일"}
    if purchase_id is None:
        fields[ids.REOPEN_ORGANISATION] = knocks.chosen(door.organisation("roads").id)
        fields[ids.REOPEN_PERIOD] = knocks.chosen("2027-06")
    memo = f'{{"k":"open-{purchase_id}","p":{purchase_id or "null"}}}'
    await knocks.send(door, knocks.submitted(door, OFFICE, ids.REOPEN_VIEW, fields, memo))
    await quiet(door)


async def test_on_the_last_open_day_a_file_is_taken_back(door: FrontDoor) -> None:
    await confirmed(door, PAPER)
    door.clock.now = LAST_OPEN
    assert "되돌렸습니다" in await undo(door)
    assert [p.state for p in stored(door)] == [PurchaseState.CANCELLED]


@pytest.mark.parametrize("user", [STAFF, LEAD, OFFICE])
async def test_a_day_later_all_of_it_stays_and_the_next_step_is_a_button(door: FrontDoor, user: str) -> None:
    door.clock.now = datetime.combine(date(2027, 7, 10), NOW.timetz())
    await confirmed(door, PAPER, JULY)
    door.clock.now = LAST_OPEN + timedelta(days=1)
    shown = await undo(door, user)
    assert "되돌리지 않았습니다" in shown
    assert "실적 1건이 마감된 기간에 있습니다" in shown
    assert "길가꿈과 2027년 6월분은 2027. 7. 30.(금)까지 되돌릴 수 있었습니다" in shown
    assert "실적은 그대로 있습니다" in shown
    assert ("다시 열어 달라고 하기" in shown) == (user != OFFICE)
    assert ("상생경제과" in shown) == (user != OFFICE)
    assert [p.state for p in stored(door)] == [PurchaseState.REPORTED] * 2
    assert "확정했습니다" in last(door).text


async def test_whom_to_ask_is_one_press_away_and_what_is_opened_again_can_be_taken_back(door: FrontDoor) -> None:
    await confirmed(door, PAPER)
    door.clock.now = LAST_OPEN + timedelta(days=1)
    await undo(door)
    await door.driver.press(STAFF, door.form(STAFF), ids.REOPEN_ASK)
    await quiet(door)
    assert "기간 전체를 열어" in text_of(last(door, OFFICE))
    await open_again(door, None)
    assert "되돌렸습니다" in await undo(door)
    assert [p.state for p in stored(door)] == [PurchaseState.CANCELLED]


async def test_one_opened_row_opens_a_file_of_one_row_but_not_of_two(door: FrontDoor) -> None:
    await confirmed(door, PAPER, (*PAPER[:1], "2027-06-08", "310,000", *PAPER[3:]))
    first, second = stored(door)
    door.clock.now = LAST_OPEN + timedelta(days=1)
    await open_again(door, first.id)
    assert "실적 1건이 마감된 기간에 있습니다" in await undo(door)
    await open_again(door, second.id)
    assert "되돌렸습니다" in await undo(door)


async def test_what_was_corrected_since_hinders_nobody(door: FrontDoor) -> None:
    """It would stay as it is anyway."""
    door.clock.now = datetime.combine(date(2027, 7, 10), NOW.timetz())
    await confirmed(door, PAPER, JULY)
    june = stored(door)[0]
    await knocks.send(door, knocks.pressed(door, STAFF, ids.REPORT_CANCEL, f"{june.id}:1"))
    await quiet(door)
    door.clock.now = LAST_OPEN + timedelta(days=1)
    await undo(door)
    assert [p.state for p in stored(door)] == [PurchaseState.CANCELLED] * 2
    with door.toolkit.database.read() as tx:
        events = [entry.event for entry in audit.entries(tx, limit=10)]
    assert AuditEvent.PURCHASES_IMPORT_UNDONE in events


async def test_the_same_on_postgresql(postgres_door: FrontDoor) -> None:
    await confirmed(postgres_door, PAPER)
    postgres_door.clock.now = LAST_OPEN + timedelta(days=1)
    assert "되돌리지 않았습니다" in await undo(postgres_door)
    await open_again(postgres_door, None)
    assert "되돌렸습니다" in await undo(postgres_door)


async def test_before_it_is_confirmed_a_late_file_says_that_it_will_stay(door: FrontDoor) -> None:
    door.clock.now = LAST_OPEN + timedelta(days=1)
    await drop(door, contracts(PAPER, JULY), channel=ROADS)
    assert "1건은 마감된 기간의 계약입니다" in text_of(last(door))
    await press(door, ids.IMPORT_CONFIRM)
    assert "되돌리지 않았습니다" in await undo(door)
