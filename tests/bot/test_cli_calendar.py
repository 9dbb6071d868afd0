"""`gwannae calendar` and `gwannae days-off`: the year for a person, for a machine and for other calendars."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar

from gwannae.storage import audit
from gwannae.storage.database import Database
from tests.bot.command_line import CITY_FILE, CommandLine


@pytest.fixture
def gwannae(sqlite_database: Database) -> CommandLine:
    """The command line on an empty city."""
    return CommandLine(str(sqlite_database.url))


@pytest.fixture
def lasting(sqlite_database: Database, tmp_path: Path) -> CommandLine:
    """The same for a city whose holidays are confirmed for as long as these tests will be run."""
    city = tmp_path / "lasting.toml"
    text = CITY_FILE.read_text(encoding="utf-8")
    city.write_text(text.replace("until = 2027-12-31", "until = 2099-12-31"), encoding="utf-8")
    return CommandLine(str(sqlite_database.url), str(city))


def workday() -> date:
    """A day to come that is no holiday: between 9 and 13 July of next year, from Monday to Friday."""
    year = datetime.now(UTC).year + 1
    return next(d for d in (date(year, 7, n) for n in range(9, 14)) if d.isoweekday() < 6)


def test_the_year_for_a_person_with_weekdays_and_why_a_day_moved(gwannae: CommandLine) -> None:
    ended = gwannae("calendar", "--year", "2027")
    assert ended.code == 0
    rows = [re.split(r" {2,}", line.strip()) for line in ended.out.splitlines()]
    assert rows[0] == ["안내가 나가는 때", "일정", "날짜", "옮긴 까닭"]
    assert [
        "2027. 3. 17.(수) 10:00", "2027년 2월분 구매 보고 기한", "2027. 3. 19.(금)", "2027. 3. 20.(토)에서: 토요일",
    ] in rows  # fmt: skip
    assert ["2027. 11. 17.(수) 10:00", "2027년 마감 전 알림 (7근무일 전)", "2027. 11. 26.(금)"] in [r[:3] for r in rows]
    assert ["2027. 1. 6.(수) 10:00", "2027년 지역상품 우선구매 안내", "2027. 1. 6.(수)"] in rows
    assert "2027년 일정 41건" in ended.err


def test_the_year_for_a_machine(gwannae: CommandLine) -> None:
    ended = gwannae("calendar", "--year", "2027", "--json")
    assert ended.code == 0
    found = ended.json
    assert (found["city"], found["year"], found["holidays_confirmed_until"]) == ("haetnim", 2027, "2027-12-31")
    assert len(found["weekly_digests"]) == 52
    march = next(o for o in found["occasions"] if (o["kind"], o["period"]) == ("reminder", "2027-02"))
    assert march == {
        "kind": "reminder",
        "period": "2027-02",
        "occurrence": 1,
        "label": "2027년 2월분 구매 보고 기한",
        "meant": "2027-03-20",
        "on": "2027-03-19",
        "weekday": "fri",
        "moved": [{"day": "2027-03-20", "cause": "weekend", "name": "토요일"}],
        "opens": "2027-03-17T10:00+09:00",
        "useful_until": "2027-03-20T00:00+09:00",
        "until": None,
    }


def test_the_year_for_other_calendars(gwannae: CommandLine, tmp_path: Path) -> None:
    target = tmp_path / "year.ics"
    ended = gwannae("calendar", "--year", "2027", "--ics", target)
    assert ended.code == 0
    assert str(target) in ended.err
    content = target.read_bytes()
    assert len(list(Calendar.from_ical(content).walk("VEVENT"))) > 25
    again = gwannae("calendar", "--year", "2027", "--ics", target)
    assert again.code == 2
    assert "이미 있습니다" in again.err
    assert target.read_bytes() == content


def test_a_file_on_standard_output_is_alone_there(gwannae: CommandLine) -> None:
    ended = gwannae("calendar", "--year", "2027", "--ics", "-")
    assert ended.code == 0
    assert ended.out.startswith("BEGIN:VCALENDAR")
    assert ended.out.rstrip().endswith("END:VCALENDAR")


def test_a_file_that_cannot_be_written_is_said(gwannae: CommandLine, tmp_path: Path) -> None:
    ended = gwannae("calendar", "--year", "2027", "--ics", tmp_path / "none" / "year.ics")
    assert ended.code == 2
    assert "파일을 쓰지 못했습니다" in ended.err


@pytest.mark.parametrize("year", ["2028", "2999"])
@pytest.mark.parametrize("form", [(), ("--json",), ("--ics", "-")])
def test_a_year_that_nobody_confirmed_is_refused_aloud(gwannae: CommandLine, year: str, form: tuple[str, ...]) -> None:
    ended = gwannae("calendar", "--year", year, *form)
    assert ended.code == 2
    assert ended.out == ""
    assert f"{year}년 공휴일이 아직 확인되지 않아" in ended.err
    assert "holidays_confirmed_until" in ended.err


@pytest.mark.parametrize("year", ["1999", "3000", "올해"])
def test_a_year_that_is_none_is_refused(gwannae: CommandLine, year: str) -> None:
    assert gwannae("calendar", "--year", year).code == 2


def test_a_day_off_is_added_listed_and_removed(lasting: CommandLine, sqlite_database: Database) -> None:
    day = workday()
    added = lasting("days-off", "add", day.isoformat(), " 임시  공휴일 ")
    assert added.code == 0
    assert "쉬는 날(임시 공휴일)로 정했습니다." in added.err
    assert lasting("days-off", "list", "--json").json == [{"day": day.isoformat(), "off": True, "name": "임시 공휴일"}]
    assert "임시 공휴일" in lasting("days-off", "list").out
    assert f"총괄 부서가 정한 날: {day.year}. 7. {day.day}." in lasting("calendar", "--year", str(day.year)).err
    assert lasting("calendar", "--year", str(day.year), "--json").json["office_days"][0]["name"] == "임시 공휴일"
    assert lasting("days-off", "remove", day.isoformat()).code == 0
    again = lasting("days-off", "remove", day.isoformat())
    assert (again.code, "아무것도 바꾸지 않았습니다" in again.err) == (1, True)
    assert "따로 정한 날이 없습니다" in lasting("days-off", "list").err
    with sqlite_database.read() as tx:
        assert [e.event.value for e in audit.entries(tx, subject="calendar")] == [
            "office_day_taken_back",
            "office_day_set",
        ]


def test_a_saturday_that_is_worked(lasting: CommandLine) -> None:
    day = next(d for d in (date(workday().year, 7, n) for n in range(8, 15)) if d.isoweekday() == 6)
    ended = lasting("days-off", "add", day.isoformat(), "대체 근무", "--worked")
    assert ended.code == 0
    assert lasting("days-off", "list", "--json").json[0]["off"] is False
    assert lasting("days-off", "add", day.isoformat(), "대체 근무", "--worked").code == 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("2020-01-02", "옛날"), "지난 날은 바꿀 수 없습니다"),
        (("어제", "임시공휴일"), "날짜에 쓸 수 없는 값입니다"),
        (("2027-02-30", "임시공휴일"), "날짜에 쓸 수 없는 값입니다"),
        (("2999-01-05", "임시공휴일"), "2년 뒤까지만"),
        ((workday().isoformat(), " "), "어떤 날인지 적어 주세요"),
        ((workday().isoformat(), "대체 근무", "--worked"), "이미 근무하는 날입니다"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(
    lasting: CommandLine, typed: tuple[str, ...], sentence: str
) -> None:
    ended = lasting("days-off", "add", *typed)
    assert ended.code == 2
    assert sentence in ended.err
    assert lasting("days-off", "list", "--json").json == []
