"""새해 열기 at the front door: the office goes through what is taken over, opens the year, and takes that back."""

import tomllib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from gwannae.actions import new_year as begin
from gwannae.messages import ids
from gwannae.messages import new_year as say
from gwannae.programme.audit import AuditEvent
from gwannae.programme.ledger import PostKey, PostKind
from gwannae.programme.new_year import Check, Line, NewYear, mark_of
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.year_settings import SettingGroup
from gwannae.readers.city_file import read_city
from gwannae.storage import audit, posting_state
from tests.bot import knocks
from tests.bot.clockwork import Clockwork
from tests.bot.reporting import home_of
from tests.databases import SqliteTemplate
from tests.front_door import CITY_FILE, LEAD, OFFICE, ROADS, FrontDoor, open_front_door, text_of

JANUARY = "2028-01-21T10:00:00+09:00"
NOTE = "2028년 날짜와 기준은 총괄 부서가 아직 확정하지 않아 지난해 것을 이어 씁니다. 바뀔 수 있습니다."


async def done(door: FrontDoor) -> None:
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0
    await door.driver.settle()


@pytest.fixture
async def january(sqlite_template: SqliteTemplate, tmp_path: Path) -> AsyncIterator[FrontDoor]:
    """Friday, the day after the points of 2027, which the bot has steered; the holidays of 2028 are confirmed."""
    city = read_city(str(CITY_FILE))
    confirmed = replace(city, calendar=replace(city.calendar, holidays_confirmed_until=date(2028, 12, 31)))
    async with open_front_door(sqlite_template.copy_to(tmp_path), city=confirmed) as door:
        with door.toolkit.database.write() as tx:
            posting_state.change(tx, started_at=datetime.fromisoformat("2027-01-04T09:00:00+09:00"))
        door.clock.now = datetime.fromisoformat(JANUARY).astimezone(city.zone)
        yield door
        await door.driver.settle()
        assert door.workspace.faults_seen == [], "a payload of ours broke a rule of Slack or of the house"


def state(door: FrontDoor, year: int = 2028) -> NewYear:
    found = begin.new_year(door.toolkit, COMMAND_LINE, year, door.clock())
    assert isinstance(found, NewYear)
    return found


def line(door: FrontDoor, key: str) -> Line:
    return next(one for one in state(door).lines if one.setting.key == key)


def value_for(door: FrontDoor, key: str) -> str:
    one = line(door, key)
    return say.line_value(2028, one.setting.group, one, 0)


async def press(door: FrontDoor, action: str, value: str, user: str = OFFICE) -> None:
    await knocks.send(door, knocks.pressed(door, user, action, value))
    await done(door)


def confirm_everything(door: FrontDoor) -> None:
    for one in state(door).lines:
        if one.check is Check.OPEN:
            value = say.read_line(say.line_value(2028, one.setting.group, one, 0))
            begin.confirm(door.toolkit, COMMAND_LINE, 2028, value[3], value[4], door.clock())


def events(door: FrontDoor) -> list[tuple[AuditEvent, str]]:
    with door.toolkit.database.read() as tx:
        return [(entry.event, entry.user_id) for entry in audit.entries(tx, subject="year:2028")]


async def test_the_office_goes_through_the_settings_by_hand_opens_the_year_and_takes_it_back(
    january: FrontDoor,
) -> None:
    door = january
    await door.driver.command(OFFICE, ROADS, "/gwannae", "새해")
    page = text_of(door.form(OFFICE))
    assert "2028년 새해 열기* · 아직 열지 않았습니다" in page
    assert "확인함 0 · 확인 전 24 · 파일에 반영 전 0" in page
    assert "*날짜와 기한* · 확인 0/13" in page
    for group in SettingGroup:
        await door.driver.press(OFFICE, door.form(OFFICE), ids.NEW_YEAR_GROUP, f"new-year-group-{group.value}")
        await done(door)
        if ids.NEW_YEAR_CONFIRM_ALL in str(door.form(OFFICE).blocks):
            await door.driver.press(OFFICE, door.form(OFFICE), ids.NEW_YEAR_CONFIRM_ALL)
            await done(door)
        for one in state(door).of(group):  # what asks for a look is confirmed one by one
            if one.check is Check.OPEN:
                block = f"new-year-row-{mark_of(one.setting)}"
                await door.driver.press(OFFICE, door.form(OFFICE), ids.NEW_YEAR_CONFIRM, block)
                await done(door)
                assert f"{one.setting.name}" in text_of(door.form(OFFICE)).splitlines()[1]
        await door.driver.press(OFFICE, door.form(OFFICE), ids.NEW_YEAR_OPEN)
        await done(door)
    assert "확인함 24 · 확인 전 0" in text_of(door.form(OFFICE))
    await door.driver.press(OFFICE, door.form(OFFICE), ids.NEW_YEAR_BEGIN)
    await done(door)
    page = text_of(door.form(OFFICE))
    assert "2028년을 열었습니다." in page
    assert f"2028. 1. 21.(금) <@{OFFICE}> 님이 열었습니다" in page
    assert begin.year_note(door.toolkit, 2028) is None
    await door.driver.press(OFFICE, door.form(OFFICE), ids.NEW_YEAR_TAKE_BACK)
    await done(door)
    assert "2028년을 연 것을 되돌렸습니다. 확인해 두신 것은 그대로 있습니다." in text_of(door.form(OFFICE))
    assert state(door).count(Check.CONFIRMED) == 24
    last, former = events(door)[:2]
    assert last == (AuditEvent.YEAR_OPENING_TAKEN_BACK, OFFICE)
    assert former == (AuditEvent.YEAR_OPENED, OFFICE)


async def test_what_asks_for_a_look_is_not_confirmed_with_the_others(january: FrontDoor) -> None:
    await press(january, ids.NEW_YEAR_CONFIRM_ALL, say.group_value(2028, SettingGroup.TARGETS))
    assert {one.check for one in state(january).of(SettingGroup.TARGETS)} == {Check.OPEN}
    shown = say.group_view(state(january), SettingGroup.TARGETS)
    assert "⚠ 확인 필요: 햇님시가 정한 비율" in str(shown)
    assert "⚠ 확인 필요: 본문을 본 지 오래되었습니다" in str(shown)


async def test_another_value_waits_for_the_file_and_the_year_does_not_open_before(january: FrontDoor) -> None:
    door = january
    await door.driver.command(OFFICE, ROADS, "/gwannae", "새해")
    await door.driver.press(OFFICE, door.form(OFFICE), ids.NEW_YEAR_GROUP, "new-year-group-dates")
    await done(door)
    closing = line(door, "year_rules.closing")
    block = f"new-year-row-{mark_of(closing.setting)}"
    await door.driver.press(OFFICE, door.form(OFFICE), ids.NEW_YEAR_CHANGE, block)
    await door.driver.submit(OFFICE, {"new-year-part-0": "11-29", "new-year-part-1": "12, 3"})
    await done(door)
    page = text_of(door.form(OFFICE))  # the page of the group, drawn anew
    assert "마감의 고칠 값을 적어 두었습니다. 도시 파일에 반영되면 적용됩니다." in page
    assert "→ 고칠 값: 날짜: 11-29 · 며칠 전에 알림(근무일): 12, 3" in page
    confirm_everything(door)
    await press(door, ids.NEW_YEAR_BEGIN, "2028")
    assert "도시 파일에 아직 반영되지 않은 값이 1가지 있어 열지 않았습니다" in door.direct_messages(OFFICE)[-1].text
    assert state(door).opening is None
    await press(door, ids.NEW_YEAR_FILE, "2028")
    (file,) = [f for m in door.direct_messages(OFFICE) for f in m.files]
    assert file.name == "haetnim-2028.toml"
    assert file.content is not None
    (rules,) = tomllib.loads(file.content.decode())["year_rules"]
    assert (rules["valid_from"], rules["closing"]) == (date(2028, 1, 1), {"day": "11-29", "countdown": [12, 3]})


async def test_a_year_rests_on_the_file_alone(january: FrontDoor) -> None:
    """A word changes nothing that goes out; the file does, and the word then holds without another press."""
    door = january
    closing = line(door, "year_rules.closing")
    typed = {"closing.day": "11-29", "closing.countdown": "10, 5, 1"}
    mark, seen = say.read_line(value_for(door, "year_rules.closing"))[3:]
    begin.change(door.toolkit, COMMAND_LINE, 2028, mark, seen, typed, door.clock())
    assert line(door, "year_rules.closing").setting == closing.setting
    rules = door.toolkit.city.year_rules
    after = replace(rules[-1], closing=replace(rules[-1].closing, day=29))
    with_file = replace(door.toolkit, city=replace(door.toolkit.city, year_rules=(*rules[:-1], after)))
    found = begin.new_year(with_file, COMMAND_LINE, 2028, door.clock())
    assert isinstance(found, NewYear)
    checks = {one.setting.key: one.check for one in found.lines}
    assert checks["year_rules.closing"] is Check.CONFIRMED


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"new-year-part-0": "11월 언젠가"}, "new-year-part-0", "지금 값처럼 적어 주세요: 11-30"),
        ({"new-year-part-0": "<!channel>"}, "new-year-part-0", "지금 값처럼 적어 주세요: 11-30"),
        ({"new-year-part-0": ""}, "new-year-part-0", "지금 값처럼 적어 주세요: 11-30"),
        ({"new-year-part-1": "열흘"}, "new-year-part-1", "지금 값처럼 적어 주세요: 10, 5, 1"),
        ({"new-year-part-1": "5, 5"}, "new-year-part-0", "서로 맞지 않습니다"),
        ({"new-year-part-0": "12-05"}, "new-year-part-0", "서로 맞지 않습니다"),
        ({"new-year-part-1": "99"}, "new-year-part-1", "지금 값처럼 적어 주세요"),
    ],
)
async def test_what_the_file_would_not_take_is_refused_at_its_field(
    january: FrontDoor, typed: dict[str, str], field: str, sentence: str
) -> None:
    fields = {"new-year-part-0": "11-30", "new-year-part-1": "10, 5, 1", **typed}
    memo = value_for(january, "year_rules.closing")
    reply = await knocks.send(january, knocks.submitted(january, OFFICE, ids.NEW_YEAR_CHANGE_VIEW, fields, memo))
    assert sentence in reply.json()["errors"][field]
    assert events(january) == []


async def test_a_press_on_a_value_that_the_file_has_changed_does_nothing(january: FrontDoor) -> None:
    value = value_for(january, "year_rules.closing").rpartition(":")[0] + ":000000000000"
    await press(january, ids.NEW_YEAR_CONFIRM, value)
    assert "그 사이 도시 파일의 값이 바뀌어" in january.direct_messages(OFFICE)[-1].text
    assert line(january, "year_rules.closing").check is Check.OPEN


@pytest.mark.parametrize(
    "value", ["", "x", "2028", "2028:dates", "9999:dates:0:x:y", "2026:dates:0:x:y", "2028:없음:0:a:b"]
)
@pytest.mark.parametrize(
    "action",
    [ids.NEW_YEAR_CONFIRM, ids.NEW_YEAR_CONFIRM_ALL, ids.NEW_YEAR_FORGET, ids.NEW_YEAR_CHANGE, ids.NEW_YEAR_GROUP],
)
async def test_what_a_button_never_carried_changes_nothing(january: FrontDoor, action: str, value: str) -> None:
    reply = await knocks.send(january, knocks.pressed(january, OFFICE, action, value))
    await done(january)
    assert reply.status == 200
    if not (action == ids.NEW_YEAR_CONFIRM_ALL and value == "2028:dates"):
        assert events(january) == []


async def test_until_the_year_is_opened_its_posts_say_that_nobody_has_settled_it(january: FrontDoor) -> None:
    clock = Clockwork(january, [PostKind.REMINDER, PostKind.GUIDANCE, PostKind.CONFIRMATION])
    await clock.at("2028-02-16T10:00")
    (reminder,) = clock.channel(ROADS)
    assert reminder.text.endswith(NOTE)
    assert text_of(reminder).count(NOTE) == 2  # in the text and below the blocks
    assert january.direct_messages(LEAD)[-1].text.endswith(NOTE)


async def test_under_an_opened_and_settled_year_nothing_is_added_and_the_press_stays(january: FrontDoor) -> None:
    confirm_everything(january)
    await press(january, ids.NEW_YEAR_BEGIN, "2028")
    clock = Clockwork(january, [PostKind.REMINDER])
    await clock.at("2028-02-16T10:00")
    (reminder,) = clock.channel(ROADS)
    assert "2028년" not in reminder.text
    assert clock.state_of(PostKey(PostKind.REMINDER, "2028-01", "roads", "channel")) == "sent"
    await press(january, ids.NEW_YEAR_TAKE_BACK, "2028")
    assert "되돌릴 수 없습니다" in january.direct_messages(OFFICE)[-1].text
    assert state(january).opening is not None


async def test_an_opened_year_with_settings_that_nobody_confirmed_says_how_many(january: FrontDoor) -> None:
    await press(january, ids.NEW_YEAR_BEGIN, "2028")
    clock = Clockwork(january, [PostKind.REMINDER])
    await clock.at("2028-02-16T10:00")
    (reminder,) = clock.channel(ROADS)
    assert "2028년 기준 가운데 24가지는 총괄 부서가 아직 확인하고 있습니다." in reminder.text


async def test_in_the_year_in_which_the_office_began_nothing_is_added(door: FrontDoor) -> None:
    clock = Clockwork(door, [PostKind.REMINDER])
    await clock.at("2027-06-16T10:00")
    (reminder,) = clock.channel(ROADS)
    assert "확정하지 않아" not in text_of(reminder)


async def test_home_and_the_years_end_lead_to_the_new_year(january: FrontDoor) -> None:
    home = await home_of(january, OFFICE)
    assert "*2028년을 아직 열지 않았습니다.* 확인할 설정 24가지가 남아 있습니다." in text_of(home)
    assert "2028년을" not in text_of(await home_of(january, LEAD))


@pytest.mark.parametrize("year", ["2027", "2029", "9998", "0", "열"])
async def test_a_year_that_is_over_or_far_off_is_not_opened(january: FrontDoor, year: str) -> None:
    await press(january, ids.NEW_YEAR_BEGIN, year)
    assert "지금 다룰 수 없습니다" in january.direct_messages(OFFICE)[-1].text
    with january.toolkit.database.read() as tx:
        assert not [e for e in audit.entries(tx) if e.event is AuditEvent.YEAR_OPENED]


async def test_two_presses_open_the_year_once(january: FrontDoor) -> None:
    payloads: list[Any] = [knocks.pressed(january, OFFICE, ids.NEW_YEAR_BEGIN, "2028") for _ in range(2)]
    for payload in payloads:
        await knocks.send(january, payload)
    await done(january)
    assert [event for event, _ in events(january)] == [AuditEvent.YEAR_OPENED]
    assert "2028년은 이미 열려 있습니다." in january.direct_messages(OFFICE)[-1].text
    assert date(2028, 1, 21) == state(january).opening.at.astimezone(january.toolkit.city.zone).date()  # type: ignore[union-attr]
