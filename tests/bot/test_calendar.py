"""연간 일정 at the front door: what comes next on Home, the year on a page, and its file."""

import pytest
from icalendar import Calendar

from gwannae.messages import ids
from tests.bot import knocks
from tests.bot.reporting import home_of
from tests.dated_days import moment
from tests.front_door import LEAD, NEWCOMER, OFFICE, ROADS, STAFF, FrontDoor, text_of


async def done(door: FrontDoor) -> None:
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0
    await door.driver.settle()


async def test_home_shows_everybody_the_days_that_lie_ahead(door: FrontDoor) -> None:
    for user in (STAFF, NEWCOMER, LEAD):
        home = text_of(await home_of(door, user))
        assert "2027. 6. 18.(금) 5월분 구매 보고 기한" in home
        assert ("2027. 7. 12.(월) 6월분 실적 확정 기한" in home) == (user == LEAD)
        assert "다음에 나갈 안내" not in home


async def test_home_shows_the_office_what_goes_out_next(door: FrontDoor) -> None:
    home = text_of(await home_of(door, OFFICE))
    assert "2027. 6. 16.(수) 10:00 · 5월분 구매 보고 기한 2027. 6. 18." in home
    assert "2027. 7. 5.(월) 10:00 · 상반기 실무협의회 자료 2027. 7. 9." in home
    assert "확인되지 않았습니다" not in home


@pytest.mark.parametrize("now", ["2027-07-01 목 10:00", "2028-01-03 월 10:00"])
async def test_home_tells_the_office_of_a_year_that_nobody_confirmed(door: FrontDoor, now: str) -> None:
    door.clock.now = moment(now)
    assert "2028년 공휴일이 아직 확인되지 않았습니다." in text_of(await home_of(door, OFFICE))
    assert "공휴일이 아직" not in text_of(await home_of(door, STAFF))


async def test_the_year_on_a_page(door: FrontDoor) -> None:
    await door.driver.command(STAFF, ROADS, "/gwannae", "일정")
    page = text_of(door.form(STAFF))
    assert "2027년 일정" in page
    assert "2027. 3. 19.(금) 2월분 구매 보고 기한 (2027. 3. 20.(토)에서 옮김: 토요일)" in page
    assert "2027. 12. 3.(금) 잠정 순위 (이의 2027. 12. 10.까지)" in page
    assert "가점" not in page
    await door.driver.command(OFFICE, ROADS, "/gwannae", "일정")
    page = text_of(door.form(OFFICE))
    assert "2027. 11. 17.(수) 10:00 · 마감 전 알림 2027. 11. 26. (7근무일 전)" in page
    assert "2027. 1. 15.(금) 10:00 · 2026년 성과지표 가점 자료" in page


async def test_the_page_opens_from_home(door: FrontDoor) -> None:
    await door.driver.press(STAFF, await home_of(door, STAFF), ids.CALENDAR_OPEN)
    assert "4분기" in text_of(door.form(STAFF))


async def test_a_year_that_nobody_confirmed_has_no_page(door: FrontDoor) -> None:
    door.clock.now = moment("2028-01-03 월 10:00")
    await door.driver.command(STAFF, ROADS, "/gwannae", "일정")
    assert "2028년 안내가 하나도 나가지 않습니다" in text_of(door.form(STAFF))


async def take_file(door: FrontDoor, user: str) -> list[bytes]:
    await knocks.send(door, knocks.pressed(door, user, ids.CALENDAR_FILE))
    await done(door)
    files = [file for message in door.direct_messages(user) for file in message.files]
    return [file.content for file in files if file.content is not None]


async def test_the_office_takes_the_year_as_a_file(door: FrontDoor) -> None:
    (content,) = await take_file(door, OFFICE)
    calendar = Calendar.from_ical(content)
    assert isinstance(calendar, Calendar)
    days = {str(event["UID"]): event["DTSTART"].dt for event in calendar.walk("VEVENT")}
    assert days["reminder-2027-05@haetnim.gwannae"].isoformat() == "2027-06-18"
    assert {day.year for day in days.values()} == {2027}  # nobody has confirmed 2028
    message = door.direct_messages(OFFICE)[-1]
    assert "2027년 일정입니다." in message.text


async def test_nobody_else_takes_the_file(door: FrontDoor) -> None:
    assert await take_file(door, STAFF) == []
    assert "총괄 부서만 할 수 있습니다" in door.direct_messages(STAFF)[-1].text


async def test_a_file_of_a_year_that_nobody_confirmed_is_not_made(door: FrontDoor) -> None:
    door.clock.now = moment("2028-01-03 월 10:00")
    assert await take_file(door, OFFICE) == []
    assert "2028년 공휴일이 아직 확인되지 않았습니다." in door.direct_messages(OFFICE)[-1].text


@pytest.mark.refused_payloads
async def test_who_gets_no_file_is_told(door: FrontDoor) -> None:
    door.workspace.faults.add("files.getUploadURLExternal", kind="error", error="internal_error", times=5)
    assert await take_file(door, OFFICE) == []
    assert "일정 파일을 보내지 못했습니다." in door.direct_messages(OFFICE)[-1].text
