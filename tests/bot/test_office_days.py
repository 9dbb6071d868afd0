"""쉬는 날 정하기 at the front door: the office says that a day is off, and the plan follows at once."""

from datetime import date
from typing import Any

import pytest

from gwannae.actions.calendar import send_windows
from gwannae.messages import ids
from gwannae.programme.audit import AuditEvent
from gwannae.programme.working_days import OfficeDay
from gwannae.sandbox.requests_out import Reply
from gwannae.storage import audit, office_days
from tests.bot import knocks
from tests.bot.reporting import home_of
from tests.front_door import LEAD, NOW, OFFICE, ROADS, STAFF, FrontDoor, text_of


async def done(door: FrontDoor) -> None:
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0
    await door.driver.settle()


async def save(
    door: FrontDoor, day: str = "2027-06-18", kind: str = "off", name: str = "임시공휴일", user: str = OFFICE
) -> Reply:
    values = {ids.DAYS_DAY: {"selected_date": day}, ids.DAYS_KIND: knocks.chosen(kind), ids.DAYS_NAME: name}
    reply = await knocks.send(door, knocks.submitted(door, user, ids.DAYS_VIEW, values))
    await done(door)
    return reply


def said(door: FrontDoor) -> list[OfficeDay]:
    with door.toolkit.database.read() as tx:
        return office_days.every_day(tx)


def may_send(door: FrontDoor) -> bool:
    with door.toolkit.database.read() as tx:
        return send_windows(tx, door.toolkit.city).may_send(door.clock())


def shown(reply: Reply) -> Any:
    view = reply.json()["view"]
    return view["blocks"][0]["text"]["text"]


async def test_the_office_adds_a_holiday_and_takes_it_back_by_hand(door: FrontDoor) -> None:
    await door.driver.command(OFFICE, ROADS, "/gwannae", "휴일")
    await door.driver.submit(
        OFFICE, {ids.DAYS_DAY: "2027-06-18", ids.DAYS_KIND: "off", ids.DAYS_NAME: " 임시  공휴일 "}
    )
    await done(door)
    page = text_of(door.form(OFFICE))
    assert "2027. 6. 18.(금)을 쉬는 날(임시 공휴일)로 정했습니다." in page
    assert "2027년 5월분 구매 보고 기한: 2027. 6. 18.(금) → 2027. 6. 17.(목)" in page
    assert said(door) == [OfficeDay(date(2027, 6, 18), True, "임시 공휴일")]
    assert "2027. 6. 17.(목) 5월분 구매 보고 기한" in text_of(await home_of(door, STAFF))

    await door.driver.press(OFFICE, door.form(OFFICE), ids.DAYS_MORE)
    await done(door)
    assert "2027. 6. 18.(금) 쉬는 날(임시 공휴일)" in text_of(door.form(OFFICE))
    await door.driver.press(OFFICE, door.form(OFFICE), ids.DAYS_TAKE_BACK)
    await done(door)
    assert "2027. 6. 17.(목) → 2027. 6. 18.(금)" in text_of(door.form(OFFICE))
    assert said(door) == []
    with door.toolkit.database.read() as tx:
        last, first = audit.entries(tx, subject="calendar")
    detail = {"day": "2027-06-18", "off": True, "name": "임시 공휴일"}
    assert (first.event, first.user_id, first.detail) == (AuditEvent.OFFICE_DAY_SET, OFFICE, detail)
    assert (last.event, last.user_id, last.detail) == (AuditEvent.OFFICE_DAY_TAKEN_BACK, OFFICE, detail)


async def test_a_day_off_that_is_added_on_the_day_itself_stops_what_was_to_go_out(door: FrontDoor) -> None:
    assert may_send(door)
    await save(door, day=NOW.date().isoformat())
    assert not may_send(door)


async def test_a_working_day_on_a_holiday_and_its_end(door: FrontDoor) -> None:
    reply = await save(door, day="2027-07-19", kind="worked", name="대체 근무")
    assert "근무하는 날(대체 근무)로 정했습니다." in shown(reply)
    # to call it off again is to take the word back: the calendar says the same by itself
    reply = await save(door, day="2027-07-19", kind="off", name="대체 휴일")
    assert "지정을 거두었습니다" in shown(reply)
    assert said(door) == []


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"day": "2027-06-14"}, ids.DAYS_DAY, "지난 날은 바꿀 수 없습니다."),
        ({"day": ""}, ids.DAYS_DAY, "날짜를 골라 주세요."),
        ({"day": "2027-02-30"}, ids.DAYS_DAY, "날짜를 골라 주세요."),
        ({"day": "2072-06-18"}, ids.DAYS_DAY, "2년 뒤까지만 정할 수 있습니다."),
        ({"day": "2027-06-19"}, ids.DAYS_DAY, "이미 쉬는 날입니다(토요일)."),
        ({"day": "2027-07-19"}, ids.DAYS_DAY, "이미 쉬는 날입니다(제헌절 대체 휴일)."),
        ({"day": "2027-06-18", "kind": "worked"}, ids.DAYS_DAY, "이미 근무하는 날입니다."),
        ({"kind": "perhaps"}, ids.DAYS_KIND, "쉬는 날인지 근무하는 날인지"),
        ({"name": " ​ "}, ids.DAYS_NAME, "어떤 날인지 적어 주세요."),
        ({"name": "가" * 61}, ids.DAYS_NAME, "60자까지"),
    ],
)
async def test_what_cannot_be_is_said_at_its_field_and_changes_nothing(
    door: FrontDoor, changes: dict[str, str], field: str, sentence: str
) -> None:
    reply = await save(door, **changes)
    assert sentence in reply.json()["errors"][field]
    assert said(door) == []


async def test_the_same_form_twice_is_one_word(door: FrontDoor) -> None:
    await save(door)
    reply = await save(door)
    assert "이미 그렇게 정해져 있습니다" in shown(reply)
    with door.toolkit.database.read() as tx:
        assert len(audit.entries(tx, subject="calendar")) == 1


async def test_a_day_of_a_year_that_nobody_confirmed_can_be_named_and_plans_nothing(door: FrontDoor) -> None:
    reply = await save(door, day="2028-04-12", name="국회의원 선거일")
    assert shown(reply).endswith("옮겨지는 일정은 없습니다.")
    assert [one.name for one in said(door)] == ["국회의원 선거일"]


async def test_a_name_that_would_ring_the_channel_does_not(door: FrontDoor) -> None:
    reply = await save(door, name="<!channel> & 휴일")
    assert "쉬는 날(&lt;!channel&gt; &amp; 휴일)" in shown(reply)


@pytest.mark.parametrize("user", [STAFF, LEAD])
async def test_nobody_else_sets_or_takes_back_a_day(door: FrontDoor, user: str) -> None:
    await save(door)
    reply = await save(door, day="2027-06-21", user=user)
    assert "총괄 부서만 할 수 있습니다" in shown(reply)
    await knocks.send(door, knocks.pressed(door, user, ids.DAYS_TAKE_BACK, "2027-06-18"))
    await done(door)
    assert [one.day for one in said(door)] == [date(2027, 6, 18)]
    await door.driver.command(user, ROADS, "/gwannae", "쉬는 날")
    assert "총괄 부서만 할 수 있습니다" in text_of(door.form(user))
    with door.toolkit.database.read() as tx:
        deeds = [e.detail["deed"] for e in audit.entries(tx) if e.event is AuditEvent.REFUSED]
    assert deeds == ["keep_calendar"] * 3


@pytest.mark.parametrize("value", ["", "어제", "2027-06-21", "2020-01-01", "0001-01-01"])
async def test_a_button_that_names_no_such_day_changes_nothing(door: FrontDoor, value: str) -> None:
    await save(door)
    await knocks.send(door, knocks.pressed(door, OFFICE, ids.DAYS_TAKE_BACK, value))
    await done(door)
    assert [one.day for one in said(door)] == [date(2027, 6, 18)]
    assert door.direct_messages(OFFICE)  # it was told, for a message has no form to change


async def test_on_postgres(postgres_door: FrontDoor) -> None:
    await save(postgres_door)
    await save(postgres_door, name="다른 이름")
    assert said(postgres_door) == [OfficeDay(date(2027, 6, 18), True, "다른 이름")]
