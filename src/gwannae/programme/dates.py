"""Dates: how people and spreadsheets write them, and how Gwannae writes them. Today is always an argument."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from enum import StrEnum

from gwannae.programme.typed_text import plain

WEEKDAYS = "월화수목금토일"

_YEARS = range(1900, 2200)
_EXCEL_DAY_ZERO = date(1899, 12, 30)  # serials of the 1900 system, as every Excel since 1900-03-01 counts them
_EXCEL_SERIALS = range(20_000, 80_001)
_TWO_DIGITS_AHEAD = 20  # years; '45 read in 2027 is still to come (a term of validity), '98 is past

_DAYS_BEFORE = {"오늘": 0, "금일": 0, "어제": 1, "그제": 2, "그저께": 2}

_WEEKDAY = re.compile(r" ?\( ?([월화수목금토일])(?:요일)? ?\)$")
_CLOCK = re.compile(r"(?<=[0-9.일])[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?$")
_SEPARATED = re.compile(r"('? ?[0-9]{2}|[0-9]{4}) ?([-./]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,2}) ?\.?")
_SPELLED = re.compile(r"(?:('? ?[0-9]{2}|[0-9]{4}) ?년 ?)?([0-9]{1,2}) ?월 ?([0-9]{1,2}) ?일")
_EIGHT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_MONTH_DAY = re.compile(r"([0-9]{1,2}) ?/ ?([0-9]{1,2})")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")


class DateFault(StrEnum):
    """Why a text is not a date."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    IMPOSSIBLE = "impossible"


class DateError(ValueError):
    """A text that is not a date: `code` says why, `text` is what was given."""

    def __init__(self, code: DateFault, text: str) -> None:
        super().__init__(code.value, text)
        self.code = code
        self.text = text


def read_date(text: str | int, *, today: date) -> date:
    """Return the date written in `text`.

    Understands 2027-06-14, 2027. 6. 14.(월), 2027/6/14, 20270614, '27.6.14., 2027년 6월 14일, 오늘/어제/그제, a time
    behind a date (dropped), Excel serial numbers 20000–80000, and 6/14 or 6월 14일: of this year, or of last year
    where this year's is still to come.

    Raises:
        DateError: EMPTY, UNREADABLE, or IMPOSSIBLE (30 February; a weekday that does not fit; not 1900–2199).
    """
    given = str(text)
    typed = plain(given)
    if not typed:
        raise DateError(DateFault.EMPTY, given)
    if typed in _DAYS_BEFORE:
        return today - timedelta(days=_DAYS_BEFORE[typed])
    weekday = _WEEKDAY.search(typed)
    body = _CLOCK.sub("", _WEEKDAY.sub("", typed))
    try:
        found = _read_body(body, today)
    except ValueError:
        raise DateError(DateFault.IMPOSSIBLE, given) from None
    if found is None:
        raise DateError(DateFault.UNREADABLE, given)
    if found.year not in _YEARS or (weekday and WEEKDAYS[found.weekday()] != weekday[1]):
        raise DateError(DateFault.IMPOSSIBLE, given)
    return found


def _read_body(body: str, today: date) -> date | None:
    """Return the date, None where no form fits; ValueError where a form fits and no such day exists."""
    if eight := _EIGHT.fullmatch(body):
        return date(int(eight[1]), int(eight[2]), int(eight[3]))
    if separated := _SEPARATED.fullmatch(body):
        return date(_year(separated[1], today), int(separated[3]), int(separated[4]))
    if spelled := _SPELLED.fullmatch(body):
        if spelled[1] is None:
            return _latest(int(spelled[2]), int(spelled[3]), today)
        return date(_year(spelled[1], today), int(spelled[2]), int(spelled[3]))
    if month_day := _MONTH_DAY.fullmatch(body):
        return _latest(int(month_day[1]), int(month_day[2]), today)
    serial = _SERIAL.fullmatch(body)
    if serial and int(serial[1]) in _EXCEL_SERIALS:
        return _EXCEL_DAY_ZERO + timedelta(days=int(serial[1]))
    return None


def _year(written: str, today: date) -> int:
    digits = written.lstrip("' ")
    if len(digits) == 4:
        return int(digits)
    year = 2000 + int(digits)
    return year if year <= today.year + _TWO_DIGITS_AHEAD else year - 100


def _latest(month: int, day: int, today: date) -> date:
    """The last such day up to today: a purchase is reported after it was made."""
    if (month, day) > (today.month, today.day):
        return date(today.year - 1, month, day)
    return date(today.year, month, day)


def write_date(day: date) -> str:
    """Return "2027. 1. 4.(월)"."""
    return f"{write_day(day)}({WEEKDAYS[day.weekday()]})"


def write_day(day: date) -> str:
    """Return "2027. 6. 14."."""
    return f"{day.year}. {day.month}. {day.day}."


def write_month(day: date) -> str:
    """Return "2021. 3."."""
    return f"{day.year}. {day.month}."


def write_time(moment: datetime) -> str:
    """Return "14:05", in the time zone that `moment` is in."""
    return f"{moment.hour:02}:{moment.minute:02}"


def write_ago(then: date, today: date) -> str:
    """Return how long ago `then` was: "오늘", "어제", "5일 전", "3주 전", "4개월 전", "2년 전" (whole units).

    A day still to come (a clock was put back) is written as the day itself.
    """
    days = (today - then).days
    if days < 0:
        return write_day(then)
    if days < 2:
        return ("오늘", "어제")[days]
    if days < 7:
        return f"{days}일 전"
    months = (today.year - then.year) * 12 + today.month - then.month - (today.day < then.day)
    if months < 1:
        return f"{days // 7}주 전"
    return f"{months}개월 전" if months < 12 else f"{months // 12}년 전"
