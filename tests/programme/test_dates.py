from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from gwannae.programme.dates import (
    DateError,
    DateFault,
    read_date,
    write_ago,
    write_date,
    write_day,
    write_month,
    write_time,
)

TODAY = date(2027, 6, 15)  # a Tuesday
THE_14TH = date(2027, 6, 14)


@pytest.mark.parametrize(
    "text",
    [
        "2027-06-14",
        "2027-6-14",
        "2027.6.14.",
        "2027.06.14",
        "2027. 6. 14.(월)",
        "2027. 6. 14. (월요일)",
        "2027/6/14",
        "20270614",
        20270614,
        "'27.6.14.",
        "‘27. 6. 14.",
        "27.6.14",
        "27-06-14",
        "2027년 6월 14일",
        "2027년6월14일(월)",
        "27년 6월 14일",
        "6/14",
        "6월 14일",
        "6월 14일(월)",
        "어제",
        "２０２７．６．１４．",
        "2027-06-14 00:00:00",
        "2027-06-14T09:30:00",
        "2027. 6. 14. 14:05",
        46552,
        "46552",
        "46552.5",
        " 2027-06\u200b-14\n",
    ],
)
def test_the_same_day_is_read_from_every_way_of_writing_it(text: str | int) -> None:
    assert read_date(text, today=TODAY) == THE_14TH


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("오늘", date(2027, 6, 15)),
        ("금일", date(2027, 6, 15)),
        ("그제", date(2027, 6, 13)),
        ("그저께", date(2027, 6, 13)),
        ("6/15", date(2027, 6, 15)),
        ("6/16", date(2026, 6, 16)),
        ("12월 31일", date(2026, 12, 31)),
        ("2028-02-29", date(2028, 2, 29)),
        ("'98. 3. 2.", date(1998, 3, 2)),
        ("'45. 3. 2.", date(2045, 3, 2)),
        (20000, date(1954, 10, 3)),
        (80000, date(2119, 1, 11)),
    ],
)
def test_short_forms_are_completed_from_today(text: str | int, day: date) -> None:
    assert read_date(text, today=TODAY) == day


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", DateFault.EMPTY),
        (" \u200b", DateFault.EMPTY),
        ("2027-02-29", DateFault.IMPOSSIBLE),
        ("2027-13-01", DateFault.IMPOSSIBLE),
        ("20270631", DateFault.IMPOSSIBLE),
        ("0027-06-14", DateFault.IMPOSSIBLE),
        ("1899-12-31", DateFault.IMPOSSIBLE),
        ("2200-01-01", DateFault.IMPOSSIBLE),
        ("2/29", DateFault.IMPOSSIBLE),
        ("0/0", DateFault.IMPOSSIBLE),
        ("6.14.27", DateFault.UNREADABLE),
        ("06.14.27", DateFault.IMPOSSIBLE),
        ("2027. 6. 14.(화)", DateFault.IMPOSSIBLE),
        ("2027-6.14", DateFault.UNREADABLE),
        ("2027-06", DateFault.UNREADABLE),
        ("19999", DateFault.UNREADABLE),
        ("80001", DateFault.UNREADABLE),
        ("내일", DateFault.UNREADABLE),
        ("6월 중", DateFault.UNREADABLE),
        ("abc", DateFault.UNREADABLE),
        ("9" * 5000, DateFault.UNREADABLE),
        ("<!channel>", DateFault.UNREADABLE),
        (-5, DateFault.UNREADABLE),
    ],
)
def test_what_is_no_day_is_refused_with_its_reason(text: str | int, fault: DateFault) -> None:
    with pytest.raises(DateError) as refused:
        read_date(text, today=TODAY)
    assert refused.value.code is fault
    assert refused.value.text == str(text)


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2027, 1, 4), "2027. 1. 4.(월)"),
        (date(2027, 6, 14), "2027. 6. 14.(월)"),
        (date(2027, 6, 20), "2027. 6. 20.(일)"),
    ],
)
def test_a_day_is_written_with_its_weekday(day: date, written: str) -> None:
    assert write_date(day) == written


def test_every_day_of_four_years_is_read_back_from_what_was_written() -> None:
    for number in range(1461):
        day = date(2024, 1, 1) + timedelta(days=number)
        for text in (write_date(day), write_day(day), day.isoformat(), f"{day:%Y%m%d}", f"{day:'%y.%m.%d}"):
            assert read_date(text, today=TODAY) == day
        assert read_date((day - date(1899, 12, 30)).days, today=TODAY) == day


def test_a_month_and_day_alone_is_never_in_the_future_nor_a_year_old() -> None:
    for number in range(1461):
        today = date(2025, 1, 1) + timedelta(days=number)
        assert read_date(f"{today.month}/{today.day}", today=today) == today
        assert today - timedelta(days=366) < read_date("3월 1일", today=today) <= today


def test_day_month_and_time_are_written_as_offices_write_them() -> None:
    assert write_day(date(2027, 6, 14)) == "2027. 6. 14."
    assert write_month(date(2021, 3, 9)) == "2021. 3."
    assert write_time(datetime(2027, 6, 14, 14, 5)) == "14:05"  # noqa: DTZ001  # the zone is the caller's
    assert write_time(datetime(2027, 6, 14, 0, 0)) == "00:00"  # noqa: DTZ001


@pytest.mark.parametrize(
    ("then", "ago"),
    [
        (date(2027, 6, 15), "오늘"),
        (date(2027, 6, 14), "어제"),
        (date(2027, 6, 13), "2일 전"),
        (date(2027, 6, 9), "6일 전"),
        (date(2027, 6, 8), "1주 전"),
        (date(2027, 5, 25), "3주 전"),
        (date(2027, 5, 16), "4주 전"),
        (date(2027, 5, 15), "1개월 전"),
        (date(2027, 2, 15), "4개월 전"),
        (date(2026, 6, 16), "11개월 전"),
        (date(2026, 6, 15), "1년 전"),
        (date(2025, 6, 15), "2년 전"),
        (date(2027, 6, 16), "2027. 6. 16."),
    ],
)
def test_how_long_ago_is_told_in_the_unit_people_use(then: date, ago: str) -> None:
    assert write_ago(then, TODAY) == ago
