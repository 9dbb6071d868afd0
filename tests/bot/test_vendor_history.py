"""What became of one firm stays readable: in the office's window and by `gwannae vendors history`."""

from datetime import date, datetime, timedelta

import pytest

from gwannae.messages import ids
from gwannae.programme.vendor_status import VendorState
from gwannae.sandbox.values import OpenView
from tests.bot import knocks
from tests.bot.command_line import CommandLine
from tests.bot.firm_over_time import HERE, NAME, NUMBER, THERE, answered, at, take_in
from tests.bot.reports import vendor_id
from tests.bot.test_vendor_card import buttons, press_in
from tests.front_door import OFFICE, STAFF, FrontDoor, text_of


def eventful(door: FrontDoor) -> None:
    """A firm that moved out, moved in again, and closed."""
    take_in(door, "2027-03-02", HERE)
    take_in(door, "2027-04-05", THERE, size="중견기업")
    take_in(door, "2027-05-06", HERE, size="중견기업")
    answered(door, "2027-05-07", VendorState.OPEN)
    answered(door, "2027-06-14", VendorState.CLOSED, date(2027, 6, 10))
    at(door, "2027-06-15")


async def card(door: FrontDoor, name: str = NAME, user: str = OFFICE) -> OpenView:
    """Open a firm's card, wherever an answer would show it."""
    await knocks.send(door, knocks.pressed(door, user, ids.VENDOR_DETAIL, str(vendor_id(door, name))))
    return door.form(user)


async def history_in(door: FrontDoor, name: str = NAME) -> OpenView:
    """Open the card, then the history."""
    await card(door, name)
    return await press_in(door, "이력", user=OFFICE)


async def test_the_office_reads_what_became_of_a_firm_the_newest_first(door: FrontDoor) -> None:
    eventful(door)
    said = text_of(await history_in(door))
    expected = [
        "*달빛인쇄* · 이력 5건",
        "2027. 6. 14. 10:00 · 휴폐업 확인(2027. 6. 10.): 폐업 · 근거: 국세청 · 명령줄",
        "2027. 5. 7. 10:00 · 휴폐업 확인: 계속사업자 · 근거: 국세청 · 명령줄",
        f"2027. 5. 6. 10:00 · 관내로 옮김(2027. 5. 6.): {THERE} → {HERE} · 근거: 명부.csv · 명령줄",
        f"2027. 4. 5. 10:00 · 관외로 옮김(2027. 4. 5.): {HERE} → {THERE} · 근거: 명부.csv · 명령줄",
        "규모 자료 바뀜: 중소기업·소상공인(기업규모: 소상공인) → 중소기업·소상공인 아님(기업규모: 중견기업)",
    ]
    places = [said.index(line) for line in expected]
    assert places == sorted(places)


async def test_what_the_office_corrects_and_retires_is_told_with_its_reason_and_by_whom(door: FrontDoor) -> None:
    await card(door, "가온인쇄")
    await press_in(door, "고치기", user=OFFICE)
    fixed = {"vendor-keep-name": "가온문화인쇄", "vendor-keep-reason": "등기로 *확인*"}
    await door.driver.submit(OFFICE, fixed)
    await door.driver.settle()
    door.clock.now += timedelta(minutes=1)
    await card(door, "가온문화인쇄")
    await press_in(door, "명부에서 내리기", user=OFFICE)
    await door.driver.submit(OFFICE, {"vendor-keep-day": "2027-06-14", "vendor-keep-reason": "폐업"})
    await door.driver.settle()
    found = vendor_id(door, "가온문화인쇄")
    told = CommandLine(door.toolkit.database.url)("vendors", "history", str(found), "--json")
    assert [(one["what"], one["source"], one["user_id"]) for one in told.json] == [
        ("place_ended", "폐업", OFFICE),
        ("retired", "폐업", OFFICE),
        ("renamed", "등기로 *확인*", OFFICE),
    ]
    assert told.json[0]["day"] == "2027-06-14"
    assert (told.json[2]["before"], told.json[2]["after"]) == ("가온인쇄", "가온문화인쇄")


async def test_a_firm_that_nothing_became_of_says_so(door: FrontDoor) -> None:
    assert "명부에 오른 뒤 바뀐 것이 없습니다." in text_of(await history_in(door, "가온인쇄"))


async def test_staff_are_offered_no_history_and_a_forged_press_is_refused(door: FrontDoor) -> None:
    assert "이력" not in buttons(await card(door, "가온인쇄", user=STAFF))
    await knocks.send(door, knocks.pressed(door, STAFF, ids.KEEP_HISTORY, str(vendor_id(door, "가온인쇄"))))
    assert "총괄 부서만" in text_of(door.form(STAFF))


async def test_a_long_history_fits_the_window_and_says_what_is_left_out(door: FrontDoor) -> None:
    take_in(door, "2027-01-04", HERE)
    for day in range(60):
        answered(door, (date(2027, 2, 1) + timedelta(days=day)).isoformat(), VendorState.OPEN)
    at(door, "2027-06-15")
    said = text_of(await history_in(door))
    assert "이력 60건" in said
    assert "앞선 20건은" in said


async def test_the_command_line_tells_all_of_it(door: FrontDoor) -> None:
    eventful(door)
    gwannae = CommandLine(door.toolkit.database.url)
    told = gwannae("vendors", "history", "123-45-67891")
    assert told.code == 0
    assert told.out.splitlines()[0] == "달빛인쇄 · 123-45-67891"
    assert len(told.out.splitlines()) == 6
    assert "관외로 옮김(2027. 4. 5.)" in told.out
    newest = gwannae("vendors", "history", NUMBER, "--json").json[0]
    moment = datetime.fromisoformat(newest.pop("at"))
    assert moment.astimezone(door.toolkit.city.zone).date() == date(2027, 6, 14)
    assert newest == {
        "what": "checked", "before": "", "after": "폐업", "day": "2027-06-10", "source": "국세청", "user_id": "cli",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        ("999", 1, "명부에 없습니다"),
        ("220-81-62517", 1, "명부에 없습니다"),
        ("123-45-67890", 2, "사업자등록번호가 아닙니다"),
        ("달빛", 2, "사업자등록번호가 아닙니다"),
        ("\x1b[31m" * 30, 2, "사업자등록번호가 아닙니다"),
    ],
)
async def test_a_number_of_nobody_is_answered(door: FrontDoor, number: str, code: int, words: str) -> None:
    told = CommandLine(door.toolkit.database.url)("vendors", "history", number)
    assert (told.code, told.out) == (code, "")
    assert words in told.err
    assert "\x1b" not in told.err


@pytest.mark.parametrize(
    ("today", "stale"), [("2027-06-06", False), ("2027-06-07", True)]
)  # the test's city looks again after 30 days
async def test_the_card_says_when_by_whom_and_from_what_a_firm_was_checked(
    door: FrontDoor, today: str, stale: bool
) -> None:
    take_in(door, "2027-03-02", HERE)
    answered(door, "2027-05-07", VendorState.OPEN)
    at(door, today)
    said = text_of(await card(door))
    assert "*국세청 상태* 계속사업자 · 2027. 5. 7. 확인(" in said
    assert ", 국세청, 명령줄)" in said
    (line,) = [line for line in said.splitlines() if line.startswith("*국세청 상태*")]
    assert ("다시 확인이 필요합니다" in line) is stale


async def test_a_firm_that_nobody_asked_about_says_so(door: FrontDoor) -> None:
    assert "*국세청 상태* 확인한 적 없음" in text_of(await card(door, "번호상사"))
