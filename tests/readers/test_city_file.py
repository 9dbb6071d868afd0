"""City files: the shipped one and a made-up one are read; a wrong one is refused with place and what was expected."""

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest

from gwannae.programme.city import (
    City,
    HolidayRule,
    LimitKind,
    Publication,
    earliest_contract_date,
    limits_on,
    programme_year,
)
from gwannae.programme.organisations import OrganisationKind, Role
from gwannae.programme.outside_reasons import ReasonCode
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.standings import Measure
from gwannae.programme.vendors import AddressKind
from gwannae.programme.verdict import UnknownSize, rule_on
from gwannae.programme.working_days import year_to_confirm
from gwannae.programme.year_rules import USUAL_YEAR, MonthDay, SendRules, year_rules_of
from gwannae.readers.city_file import CityFileError, parse_city, read_city, shipped_cities

HAETNIM = Path(__file__).parent.parent / "cities" / "haetnim.toml"
GOOD = HAETNIM.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def haetnim() -> City:
    """The made-up city."""
    return read_city(str(HAETNIM))


@pytest.mark.parametrize("name", shipped_cities())
def test_every_shipped_city_can_be_read_and_agrees_with_itself(name: str) -> None:
    city = read_city(name)
    assert city.code == name
    assert city.programme_office in {o.name for o in city.organisations}
    assert {o.kind for o in city.organisations} == set(OrganisationKind)
    assert city.search_examples
    assert all(limit.law and limit.checked_on for limit in city.limits)
    assert rule_on(city.local_rules, date(2027, 1, 4)).source


def test_the_made_up_city_is_read_into_values(haetnim: City) -> None:
    assert (haetnim.name, str(haetnim.zone), haetnim.programme_office) == ("햇님시", "Asia/Seoul", "상생경제과")
    assert [d.name for d in haetnim.places.districts] == ["솔숲구", "물결구"]
    assert haetnim.standings_order == (Measure.COUNT_RATIO, Measure.AMOUNT_RATIO)
    assert haetnim.calendar.due_on_holiday is HolidayRule.PREVIOUS
    assert haetnim.calendar.extra_holidays == ((date(2027, 5, 21), "햇님시 시민의 날"),)
    assert [(p.slack_user, p.role) for p in haetnim.people] == [("U0OFFICE", Role.OFFICE)]
    assert next(o for o in haetnim.organisations if o.code == "arts").parent == "economy"
    assert haetnim.search_examples == ("현수막", "솔숲 떡")
    assert haetnim.publication == Publication("ocds-haet01", "https://data.haetnim.example/contracts/")


@pytest.mark.parametrize("name", shipped_cities())
def test_somebody_has_looked_at_the_holidays_that_every_shipped_city_needs_by_today(name: str) -> None:
    city = read_city(name)
    today = datetime.now(city.zone).date()
    year = year_to_confirm(city.calendar, today)
    assert year is None, (
        f"{name}.toml: nobody has confirmed the holidays of {year}. Hold what `gwannae calendar --year {year}` would "
        f"compute against the official list (월력요항), add what is missing to extra_holidays, and set "
        f"holidays_confirmed_until = {year}-12-31. Until then nothing timed goes out in {year}."
    )


def test_how_a_year_runs_is_read_into_values(haetnim: City) -> None:
    rules = year_rules_of(haetnim.year_rules, 2027)
    assert rules.valid_from == date(2026, 1, 1)
    assert (rules.guidance_working_day, rules.digest_weekday, rules.half_year_confirmation) == (3, 2, None)
    assert (rules.reminder_first_month, rules.reminder_last_month) == (3, 11)
    assert (rules.reminder_days_before, rules.overdue_days_after) == (2, 2)
    assert (rules.confirmation_working_day, rules.confirmation_days_before) == (8, 2)
    assert (rules.council, rules.council_days_before) == ((MonthDay(7, 10), MonthDay(12, 18)), 4)
    assert (rules.closing, rules.closing_countdown) == (MonthDay(11, 28), (7, 1))
    assert (rules.preliminary_standings, rules.objections_until) == (MonthDay(12, 4), MonthDay(12, 11))
    assert (rules.final_standings, rules.announcement) == (MonthDay(12, 14), MonthDay(12, 24))
    assert rules.bonus_points == MonthDay(1, 16)
    assert (rules.hand_over_months, rules.hand_over_working_day) == ((1,), 2)
    assert rules.send == SendRules(((time(10), time(11)), (time(14), time(16))), time(10, 30), 4)
    assert rules.source == "햇님시 2026년 추진계획"


@pytest.mark.parametrize(
    ("year", "guidance"), [(2025, USUAL_YEAR.guidance_working_day), (2026, 3), (2027, 3), (2028, 2), (2031, 2)]
)
def test_a_year_runs_by_the_rules_that_began_last(haetnim: City, year: int, guidance: int) -> None:
    assert year_rules_of(haetnim.year_rules, year).guidance_working_day == guidance


@pytest.mark.parametrize(
    ("day", "version", "addresses"),
    [
        ("2026-12-31 목", "2024-1", {AddressKind.HEAD_OFFICE, AddressKind.FACTORY}),
        ("2027-01-01 금", "2027-1", {AddressKind.HEAD_OFFICE}),
    ],
)
def test_a_rule_holds_from_its_day_on(haetnim: City, day: str, version: str, addresses: set[AddressKind]) -> None:
    rule = rule_on(haetnim.local_rules, date.fromisoformat(day.split()[0]))
    assert (rule.version, rule.addresses, rule.unknown_size) == (version, addresses, UnknownSize.UNCONFIRMED)


@pytest.mark.parametrize(
    ("day", "amounts"), [("2023-12-31", []), ("2024-01-01", [15_000_000]), ("2027-06-15", [15_000_000])]
)
def test_limits_are_those_in_force_on_a_day(haetnim: City, day: str, amounts: list[int]) -> None:
    found = limits_on(haetnim.limits, date.fromisoformat(day))
    assert [limit.amount for limit in found] == amounts
    assert all(limit.kind is LimitKind.SINGLE_QUOTE for limit in found)
    assert all(limit.applies_to == (PurchaseKind.GOODS, PurchaseKind.SERVICES) for limit in found)


def test_the_last_day_of_a_limit_is_its_own() -> None:
    ended = read(GOOD.replace('law = "햇님시', 'until = 2025-06-30\nlaw = "햇님시'))
    assert limits_on(ended.limits, date(2025, 6, 30))
    assert not limits_on(ended.limits, date(2025, 7, 1))


@pytest.mark.parametrize(
    ("late_days", "today", "earliest"),
    [
        (31, "2027-01-04", "2026-01-01"),  # Monday: December's purchases are being reported
        (31, "2027-01-31", "2026-01-01"),  # Sunday, the last day of it
        (31, "2027-02-01", "2027-01-01"),  # Monday: the year is closed
        (0, "2027-01-01", "2027-01-01"),
        (0, "2027-12-31", "2027-01-01"),
    ],
)
def test_last_years_purchases_can_be_reported_for_some_days(late_days: int, today: str, earliest: str) -> None:
    calendar = replace(read_city("seongnam").calendar, late_report_days=late_days)

    assert earliest_contract_date(calendar, date.fromisoformat(today)) == date.fromisoformat(earliest)


@pytest.mark.parametrize("day", ["2027-01-01", "2027-06-15", "2027-12-31"])
def test_the_programme_year_is_the_calendar_year(day: str) -> None:
    assert programme_year(date.fromisoformat(day)) == (date(2027, 1, 1), date(2027, 12, 31))


# -- wrong files ----------------------------------------------------------------------------------------------------


def read(text: str) -> City:
    """Read a file of this text."""
    return parse_city(text.encode(), "mine.toml")


# Each with what it is exchanged for, the place that is named, and what is expected there.
WRONG = [
    ("format = 1", "format = 2", "format", "<= 1"),
    ("format = 1", "", "format", "required"),
    ('code = "haetnim"', 'code = "햇님"', "code", "matching regex"),
    ('name = "햇님시"\n', 'name = ""\n', "name", "length >= 1"),
    ('name = "햇님시"\n', 'name = "햇님시"\nmayor = "아무개"\n', "mayor", "not permitted"),
    ('"Asia/Seoul"', '"Asia/Nowhere"', "time_zone", "a time zone name such as Asia/Seoul"),
    ('"Asia/Seoul"', '"../../etc/passwd"', "time_zone", "a time zone name such as Asia/Seoul"),
    ('programme_office = "상생경제과"', 'programme_office = "없는과"', "-", "the name of one of the organisations"),
    ("enacted = 2024-03-02", 'enacted = "옛날"', "ordinance.enacted", "date"),
    ("enacted = 2024-03-02", 'enacted = "2024-03-02"', "ordinance.enacted", "date"),
    ("[ordinance]", "[ordonance]", "ordinance", "required"),
    ("[ordinance]", "[ordonance]", "ordonance", "not permitted"),
    ("residency_months = 6", "residency_months = -1", "local_rules.1.residency_months", ">= 0"),
    ("residency_months = 6", 'residency_months = "여섯"', "local_rules.1.residency_months", "`int`"),
    ('"head_office", "factory"', '"head_office", "warehouse"', "local_rules.1.addresses.2", "'branch'"),
    ('["head_office", "factory"]', "[]", "local_rules.1.addresses", "length >= 1"),
    ('unknown_size = "unconfirmed"', 'unknown_size = "maybe"', "local_rules.1.unknown_size", "'unconfirmed'"),
    ("valid_from = 2027-01-01", "valid_from = 2024-03-02", "-", "valid_from of local_rules that differ"),
    ('version = "2027-1"', 'version = "2024-1"', "-", "versions of local_rules that differ"),
    ("amount = 15_000_000", "amount = 0", "limits.1.amount", ">= 1"),
    ("amount = 15_000_000", "amount = 1.5", "limits.1.amount", "`int`"),
    ('applies_to = ["goods", "services"]', 'applies_to = ["물품"]', "limits.1.applies_to.1", "'goods'"),
    (
        "valid_from = 2024-01-01",
        "valid_from = 2024-01-01\nuntil = 2023-12-31",
        "limits.1",
        "until on or after valid_from",
    ),
    ("due_day = 20", "due_day = 31", "calendar.due_day", "<= 28"),
    ('due_on_holiday = "previous"', 'due_on_holiday = "whenever"', "calendar.due_on_holiday", "'previous'"),
    ("award_first_month = 2", "award_first_month = 11", "calendar", "award_last_month not before"),
    ("holidays_confirmed_until = 2027-12-31", "", "calendar.holidays_confirmed_until", "required"),
    ("day = 2027-05-21", 'day = "5월"', "calendar.extra_holidays.1.day", "date"),
    ("valid_from = 2026-10-01", "valid_from = 2026-10-02", "cycles.1", "first day of a quarter"),
    ("valid_from = 2026-10-01", "valid_from = 2026-11-01", "cycles.1", "first day of a quarter"),
    ('confirm = "month"', 'confirm = "week"', "cycles.1.confirm", "'quarter'"),
    ("closes_after_days = 10", 'report = "year"', "cycles.1.report", "'quarter'"),
    ("closes_after_days = 10", 'report = "quarter"', "cycles.1", "report as often as confirm"),
    ("closes_after_days = 10", "closes_after_days = -1", "cycles.1.closes_after_days", ">= 0"),
    ("valid_from = 2026-01-01\nguidance", "valid_from = 2026-02-01\nguidance", "year_rules.1", "first of January"),
    ("valid_from = 2028-01-01", "valid_from = 2026-01-01", "-", "valid_from of year_rules that differ"),
    ("guidance_working_day = 3", "guidance_working_day = 13", "year_rules.1.guidance_working_day", "<= 12"),
    ("guidance_working_day = 3", "", "year_rules.1.guidance_working_day", "required"),
    ("last_month = 11", "last_month = 2", "year_rules.1.reminders", "last_month not before first_month"),
    ("overdue_days_after = 2", "overdue_days_after = 0", "year_rules.1.reminders.overdue_days_after", ">= 1"),
    ("working_day = 8,", "working_day = 20,", "year_rules.1.confirmation.working_day", "<= 12"),
    ("working_day = 8,", "half_year_day = 31,", "year_rules.1.confirmation.half_year_day", "<= 28"),
    ('days = ["07-10", "12-18"]', 'days = ["07-10"]', "year_rules.1.council.days", "length >= 2"),
    ('days = ["07-10", "12-18"]', 'days = ["12-18", "07-10"]', "year_rules.1.council", "the first and then of the"),
    ('day = "11-28"', 'day = "11-31"', "year_rules.1.closing.day", "a day that every year has"),
    ('day = "11-28"', 'day = "02-29"', "year_rules.1.closing.day", "a day that every year has"),
    ('day = "11-28"', 'day = "W01-1"', "year_rules.1.closing.day", "a day that every year has"),
    ('day = "11-28"', "day = 2027-11-28", "year_rules.1.closing.day", "a day that every year has"),
    ('day = "11-28"', 'day = "12-05"', "year_rules.1", "closing, preliminary_standings, objections_until"),
    ("countdown = [7, 1]", "countdown = [7, 0]", "year_rules.1.closing.countdown.2", ">= 1"),
    ("countdown = [7, 1]", "countdown = [7, 7]", "year_rules.1.closing", "countdown of days that differ"),
    ('objections_until = "12-11"', 'objections_until = "12-15"', "year_rules.1", "announcement in turn"),
    ('bonus_points = "01-16"', 'bonus_points = "1-16"', "year_rules.1.bonus_points", "a day that every year has"),
    ('bonus_points = "01-16"', 'bonus_points = "02-16"', "year_rules.1", "bonus_points in January"),
    ("months = [1]", "months = [1, 1]", "year_rules.1.hand_over", "months that differ"),
    ('digest = "tue"', 'digest = "sun"', "year_rules.1.digest", "one of 'mon', 'tue', 'wed', 'thu', 'fri'"),
    ('"10:00-11:00", ', '"11:00-10:00", ', "year_rules.1.send.windows.1", "a time until a later one"),
    ('"10:00-11:00", ', '"10:00-24:00", ', "year_rules.1.send.windows.1", "a time until a later one"),
    ('"10:00-11:00", ', '"10:00-15:00", ', "year_rules.1.send", "windows one after the other"),
    ('["10:00-11:00", "14:00-16:00"]', "[]", "year_rules.1.send.windows", "length >= 1"),
    ('eve_until = "10:30"', 'eve_until = "10:00"', "year_rules.1.send", "after the first window begins"),
    ('eve_until = "10:30"', "eve_until = 10:30:00", "year_rules.1.send.eve_until", 'a time as "HH:MM"'),
    ('eve_until = "10:30"', 'eve_until = "T1030"', "year_rules.1.send.eve_until", 'a time as "HH:MM"'),
    ("long_holiday_days = 4", "long_holiday_days = 0", "year_rules.1.send.long_holiday_days", ">= 1"),
    ('source = "햇님시 2026년 추진계획"', "", "year_rules.1.source", "required"),
    ('order = ["count_ratio", "amount_ratio"]', "order = []", "standings.order", "length >= 1"),
    ('order = ["count_ratio", "amount_ratio"]', 'order = ["luck"]', "standings.order.1", "'amount_ratio'"),
    ('ocid_prefix = "ocds-haet01"', 'ocid_prefix = "haet01"', "publication.ocid_prefix", "matching regex"),
    ("contracts/", "contracts", "publication.address", "matching regex"),
    ('code = "arts"', 'code = "roads"', "-", "organisation codes that differ"),
    ('name = "햇님예술재단"', 'name = "길가꿈과"', "-", "organisation names that differ"),
    ('kind = "institution"', 'kind = "club"', "organisations.4.kind", "'institution'"),
    ('parent = "economy"', 'parent = "nobody"', "-", "parents among the organisation codes"),
    ('slack_user = "U0OFFICE"', 'slack_user = "상생경제과"', "people.1.slack_user", "matching regex"),
    ('role = "office"', 'role = "lead"', "-", 'role "office" or "planning"'),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "place", "expected"), WRONG)
def test_a_wrong_file_is_refused_with_its_place_and_what_was_expected(
    right: str, wrong: str, place: str, expected: str
) -> None:
    assert right in GOOD
    with pytest.raises(CityFileError) as raised:
        read(GOOD.replace(right, wrong, 1))
    faults = {fault.place: fault.expected for fault in raised.value.faults}
    assert place in faults, faults
    assert expected in faults[place]
    assert str(raised.value).startswith("mine.toml: ")


def test_everything_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(CityFileError) as raised:
        read(GOOD.replace("due_day = 20", "due_day = 0").replace("amount = 15_000_000", "amount = -1"))
    assert {fault.place for fault in raised.value.faults} == {"calendar.due_day", "limits.1.amount"}


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01", b"name = ", b"PK\x03\x04", "name = '햇님시'".encode("cp949"), b"[" * 2000]
)
def test_what_is_no_toml_or_no_utf8_is_refused(content: bytes) -> None:
    with pytest.raises(CityFileError):
        parse_city(content, "mine.toml")


def test_a_byte_order_mark_does_no_harm() -> None:
    assert parse_city(b"\xef\xbb\xbf" + GOOD.encode(), "mine.toml").code == "haetnim"


@pytest.mark.parametrize("name", ["atlantis", "", "../haetnim", "seoul/../x", "."])
def test_a_city_that_is_not_shipped_is_refused_with_those_that_are(name: str) -> None:
    with pytest.raises(CityFileError) as raised:
        read_city(name)
    assert all(city in raised.value.faults[0].expected for city in shipped_cities())


def test_a_file_that_is_not_there_is_refused_by_its_path(tmp_path: Path) -> None:
    with pytest.raises(CityFileError) as raised:
        read_city(str(tmp_path / "mine.toml"))
    assert raised.value.path == str(tmp_path / "mine.toml")
    assert raised.value.faults[0].expected == "a file that is there"


TWICE = """
[[schemes]]
code = "women"
label = "여성기업 물품"
rate = 500
applies_to = ["goods"]
certificates = ["women"]
valid_from = 2026-01-01
law = "햇님시 조례 제5조"
checked_on = 2026-11-02
"""


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        (TWICE, "schemes of one code that meet in no kind on no day, not ['women']"),
        (TWICE.replace("goods", "works").replace('certificates = ["women"]', ""), "either certificates or by_size"),
        (TWICE.replace("goods", "works") + "by_size = true\n", "either certificates or by_size"),
        (TWICE.replace("goods", "works") + "until = 2025-12-31\n", "until on or after valid_from"),
        (TWICE.replace("goods", "works").replace("500", "10001"), "10000"),
    ],
)
def test_a_scheme_in_which_something_would_count_twice_or_by_nothing_is_refused(scheme: str, expected: str) -> None:
    with pytest.raises(CityFileError) as raised:
        read(GOOD + scheme)
    assert any(expected in fault.expected for fault in raised.value.faults), raised.value.faults


@pytest.mark.parametrize(
    "apart", [TWICE.replace("goods", "works"), TWICE.replace("2026-01-01", "2020-01-01") + "until = 2023-12-31\n"]
)
def test_entries_of_one_scheme_that_never_meet_are_taken(apart: str) -> None:
    assert [s.code for s in read(GOOD + apart).schemes].count("women") == 2


LATER = '\n[[outside_reasons]]\nvalid_from = 2028-01-01\nsource = "햇님시 추진계획"\n[outside_reasons.words]\n'


@pytest.mark.parametrize(
    "words",
    [
        'patent = ["특허 공법"]\nprice = ["특허공법"]\n',
        'patent = ["?!"]\n',
        'patents = ["특허"]\n',
    ],
)
def test_wordings_of_two_reasons_of_none_or_of_an_unknown_code_are_refused(words: str) -> None:
    with pytest.raises(CityFileError) as raised:
        read(GOOD + LATER + words)
    assert any("outside_reasons" in fault.place for fault in raised.value.faults), raised.value.faults


def test_wordings_are_those_of_their_rules_days() -> None:
    rules = read(GOOD + LATER + 'patent = ["신공법"]\n').outside_rules
    assert [ReasonCode.PATENT in rule.words and rule.words[ReasonCode.PATENT] for rule in rules] == [
        ("특허공법",),
        ("신공법",),
    ]
