"""The year as an iCalendar file: read back by a reader, and looked at byte by byte."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from gwannae.documents.calendar_ics import calendar_ics
from gwannae.programme.calendar import Occasion, year_plan
from gwannae.programme.ledger import PostKind
from gwannae.programme.working_days import OfficeDay, WorkingDays
from gwannae.readers.city_file import read_city

CITY = read_city(str(Path(__file__).parent.parent / "cities" / "haetnim.toml"))
MADE = datetime(2027, 1, 4, 0, 30, tzinfo=UTC)


def plan(*office: OfficeDay) -> tuple[Occasion, ...]:
    return year_plan(CITY, WorkingDays(CITY.calendar, office), 2027)


def written(occasions: tuple[Occasion, ...]) -> bytes:
    return calendar_ics(occasions, city_code=CITY.code, city_name=CITY.name, made_at=MADE)


def events(content: bytes) -> dict[str, Any]:
    calendar = Calendar.from_ical(content)
    assert isinstance(calendar, Calendar)
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def test_every_day_of_the_year_is_a_whole_day_under_an_id_of_its_own() -> None:
    found = events(written(plan()))
    days = [o for o in plan() if o.kind not in (PostKind.OVERDUE, PostKind.CLOSING_COUNTDOWN)]
    assert len(found) == len(days)
    for one in days:
        event = found[f"{one.kind.value}-{one.period}@haetnim.gwannae"]
        assert (event["DTSTART"].dt, event["DTEND"].dt) == (one.on, one.on + timedelta(days=1))
        assert str(event["SUMMARY"]) == one.label
        assert event["DTSTAMP"].dt == MADE


@pytest.mark.parametrize(
    ("uid", "day", "summary", "words"),
    [
        (
            "reminder-2027-02@haetnim.gwannae",
            date(2027, 3, 19),
            "2027년 2월분 구매 보고 기한",
            "2027. 3. 20.(토)에서 옮긴 날입니다(토요일).\n안내는 2027. 3. 17.(수) 10:00부터 나갑니다.",
        ),
        (
            "preliminary_standings-2027@haetnim.gwannae",
            date(2027, 12, 3),
            "2027년 잠정 순위",
            (
                "2027. 12. 4.(토)에서 옮긴 날입니다(토요일).\n이의 신청은 2027. 12. 10.(금)까지입니다.\n"
                "안내는 2027. 12. 3.(금) 10:00부터 나갑니다."
            ),
        ),
    ],
)
def test_an_entry_says_what_it_is_and_why_it_moved(uid: str, day: date, summary: str, words: str) -> None:
    event = events(written(plan()))[uid]
    assert (event["DTSTART"].dt, str(event["SUMMARY"]), str(event["DESCRIPTION"])) == (day, summary, words)


def test_a_day_that_moves_keeps_its_id() -> None:
    before = events(written(plan()))["reminder-2027-05@haetnim.gwannae"]
    off = OfficeDay(date(2027, 6, 18), True, "임시공휴일")
    after = events(written(plan(off)))["reminder-2027-05@haetnim.gwannae"]
    assert (before["DTSTART"].dt, after["DTSTART"].dt) == (date(2027, 6, 18), date(2027, 6, 17))


def test_lines_are_folded_between_letters_and_end_as_the_standard_says() -> None:
    days = ["가나다라마바사아자차카타파하" * 4, "쉼표, 쌍반점; 역빗금\\ 그리고 줄"]
    office = [OfficeDay(date(2027, 6, 17 + n), True, name) for n, name in enumerate(days)]
    content = written(plan(*office))
    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert b"\n" not in b"".join(lines)
    for line in lines:
        assert len(line) <= 75
        line.decode()  # no letter is torn apart
    description = str(events(content)["reminder-2027-05@haetnim.gwannae"]["DESCRIPTION"])
    assert all(name in description for name in days)


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert written(plan()) == written(plan())
