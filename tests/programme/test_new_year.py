"""Which year is opened, what it takes over, and how far each of its settings is."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from gwannae.programme.carried_over import settings_of
from gwannae.programme.city import City, LimitKind, PurchaseLimit
from gwannae.programme.new_year import (
    Check,
    Line,
    Said,
    is_carried,
    may_work_on,
    print_of,
    told,
    with_typed,
    with_values,
    year_worked_on,
)
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.year_settings import Setting, SettingGroup
from gwannae.readers.city_file import read_city
from tests.dated_days import day

CITY_FILE = Path(__file__).parent.parent / "cities" / "haetnim.toml"
NOW = datetime(2028, 1, 21, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def city() -> City:
    return read_city(str(CITY_FILE))


def setting(city: City, key: str, year: int = 2027) -> Setting:
    return next(one for one in settings_of(city, year) if one.key == key)


@pytest.mark.parametrize(
    ("today", "year"),
    [("2027-10-31 일", 2027), ("2027-11-01 월", 2028), ("2027-12-31 금", 2028), ("2028-01-01 토", 2028)],
)
def test_from_november_on_the_office_works_on_the_next_year(today: str, year: int) -> None:
    assert year_worked_on(day(today)) == year
    assert may_work_on(year, day(today))
    assert not may_work_on(year + 1, day(today))


def test_a_year_that_is_running_may_still_be_gone_through_and_one_that_is_over_may_not() -> None:
    assert may_work_on(2027, day("2027-12-31 금"))
    assert not may_work_on(2027, day("2028-01-01 토"))


@pytest.mark.parametrize(
    ("started", "carried"),
    [(None, False), ("2027-03-02T09:00", True), ("2027-12-31T23:59", True), ("2028-01-03T09:00", False)],
)
def test_the_year_in_which_the_office_began_takes_nothing_over(started: str | None, carried: bool) -> None:
    assert is_carried(2028, datetime.fromisoformat(started) if started else None) is carried


@pytest.mark.parametrize("year", [2026, 2027, 2028, 2030])
@pytest.mark.parametrize("name", [str(CITY_FILE), "seongnam"])
def test_every_setting_has_a_key_of_its_own_and_every_group_has_settings(name: str, year: int) -> None:
    found = settings_of(read_city(name), year)
    assert len({one.key for one in found}) == len(found)
    assert {one.group for one in found} == set(SettingGroup)
    assert all(with_values(one, told(one)) == one for one in found)


def test_what_begins_in_the_year_stands_beside_what_it_follows(city: City) -> None:
    """A limit that the law changes in June: from January the old one holds, and both are gone through."""
    goods = (PurchaseKind.GOODS,)

    def limit(amount: int, since: date, until: date | None) -> PurchaseLimit:
        return PurchaseLimit(LimitKind.DIRECT_CONTRACT, goods, (), amount, since, until, "법", date(2028, 1, 3))

    old, new = limit(20, date(2026, 6, 3), date(2028, 5, 31)), limit(30, date(2028, 6, 1), None)
    both = replace(city, limits=(old, new))
    keys = [one.key for one in settings_of(both, 2028) if one.group is SettingGroup.LIMITS][:2]
    assert keys == ["limits.direct_contract.goods.", "limits.direct_contract.goods.@2028-06-01"]
    assert [one.key for one in settings_of(both, 2029) if one.key.startswith("limits")] == keys[:1]


def test_a_year_rule_of_the_year_itself_is_not_taken_over(city: City) -> None:
    assert setting(city, "year_rules.closing", 2027).is_carried_into(2027)
    assert not setting(city, "year_rules.closing", 2028).is_carried_into(2028)


@pytest.mark.parametrize(
    ("checked_on", "note", "asks"),
    [
        ("2026-11-22 일", "", False),
        ("2026-10-01 목", "", False),
        ("2026-09-30 수", "", True),
        ("2026-11-22 일", "원문 대조 필요", True),
    ],
)
def test_a_text_that_was_read_long_ago_or_has_a_note_asks_for_a_look(
    city: City, checked_on: str, note: str, asks: bool
) -> None:
    limit = replace(city.limits[0], checked_on=day(checked_on), note=note)
    (found,) = [one for one in settings_of(replace(city, limits=(limit,)), 2027) if one.key.startswith("limits.")]
    assert found.asks_for_a_look(2027) is asks


@pytest.mark.parametrize(
    ("source", "asks"),
    [("2027년 추진계획(안), 확인 전", True), ("예시 값입니다.", True), ("2027년 추진계획 5쪽", False)],
)
def test_a_source_that_is_none_yet_asks_for_a_look(city: City, source: str, asks: bool) -> None:
    rules = tuple(replace(one, source=source) for one in city.year_rules)
    assert setting(replace(city, year_rules=rules), "year_rules.closing").asks_for_a_look(2027) is asks


def test_a_word_holds_for_as_long_as_the_file_says_the_same(city: City) -> None:
    closing = setting(city, "year_rules.closing")
    word = Said(closing.key, told(closing), NOW, "T1", "U1")
    assert Line(closing).check is Check.OPEN
    assert Line(closing, word).check is Check.CONFIRMED
    moved = with_typed(closing, {"closing.day": "11-29", "closing.countdown": (7, 1)})
    assert Line(moved, word).check is Check.WAITING
    assert print_of(moved) != print_of(closing)
    assert Line(moved, word).wanted == closing
