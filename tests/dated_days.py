"""Days as tables of tests write them, with the weekday held against the calendar."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

WEEKDAYS = "월화수목금토일"
SEOUL = ZoneInfo("Asia/Seoul")


def day(written: str) -> date:
    """A day as "2027-04-30 금"."""
    text, weekday = written.split()
    read = date.fromisoformat(text)
    assert WEEKDAYS[read.weekday()] == weekday, f"{text} is a {WEEKDAYS[read.weekday()]}"
    return read


def moment(written: str) -> datetime:
    """A moment in Seoul as "2027-04-30 금 09:30"."""
    text, clock = written.rsplit(" ", 1)
    return datetime.combine(day(text), datetime.strptime(clock, "%H:%M").time(), SEOUL)  # noqa: DTZ007
