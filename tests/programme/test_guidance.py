"""What a year's guidance tells as changed, and how the office may move it: dated examples."""

from dataclasses import replace
from datetime import date

import pytest

from gwannae.programme.city import City, LimitKind, PurchaseLimit
from gwannae.programme.guidance import GuidanceRelease, GuidanceState, changes_of, is_workable, may_move, texts_of
from gwannae.programme.outside_reasons import OutsideRule
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.vendor_directory import NO_CATEGORY, category_of
from gwannae.programme.vendors import CertificateKind
from gwannae.readers.city_file import read_city
from tests.front_door import CITY_FILE

CITY = read_city(str(CITY_FILE))
BARE = replace(CITY, limits=(), outside_rules=(), schemes=(), local_rules=CITY.local_rules[:1])


def a_limit(begin: str, until: str | None = None, *held: CertificateKind) -> PurchaseLimit:
    end = date.fromisoformat(until) if until else None
    kinds = (PurchaseKind.GOODS,)
    return PurchaseLimit(
        LimitKind.SINGLE_QUOTE, kinds, held, 20_000_000, date.fromisoformat(begin), end, "지침 제3조", date(2026, 11, 2)
    )


def with_limits(*limits: PurchaseLimit) -> City:
    return replace(BARE, limits=limits)


@pytest.mark.parametrize(
    ("begin", "until", "begun", "ended"),
    [
        ("2024-01-01", None, 0, 0),
        ("2026-01-01", None, 0, 0),  # told a year ago
        ("2026-01-02", None, 1, 0),
        ("2027-01-01", None, 1, 0),
        ("2027-07-01", None, 1, 0),
        ("2028-01-01", None, 0, 0),  # not this year's
        ("2024-01-01", "2025-12-31", 0, 0),
        ("2024-01-01", "2026-12-31", 0, 1),  # a trial that has just ended
        ("2024-01-01", "2027-06-30", 0, 1),
        ("2024-01-01", "2027-12-31", 0, 0),  # holds the whole year
        ("2026-07-01", "2026-12-31", 1, 1),
    ],
)
def test_what_begins_or_ends_around_the_year_is_told(begin: str, until: str | None, begun: int, ended: int) -> None:
    found = changes_of(with_limits(a_limit(begin, until)), 2027)
    assert (len(found.limits_begun), len(found.limits_ended)) == (begun, ended)
    assert found.number == begun + ended


def test_a_new_rule_for_what_is_local_and_for_reasons_is_told_once_the_latest() -> None:
    rules = (BARE.local_rules[0], replace(CITY.local_rules[1], valid_from=date(2027, 1, 1)))
    reasons = tuple(OutsideRule(date(year, 2, 1), 1_000 * year, frozenset(), f"{year}년 계획") for year in (2026, 2027))
    found = changes_of(replace(BARE, local_rules=rules, outside_rules=reasons), 2027)
    assert (found.local, found.outside) == (rules[1], reasons[1])
    assert found.number == 2


def test_where_nothing_changed_nothing_is_told() -> None:
    assert changes_of(BARE, 2027).number == 0


def test_the_five_rules_are_those_of_the_first_of_january_and_limits_the_general_ones() -> None:
    special = a_limit("2024-01-01", None, CertificateKind.WOMEN)
    general, over = a_limit("2024-01-01"), a_limit("2024-01-01", "2026-12-31")
    found = texts_of(replace(CITY, limits=(special, general, over)), 2027)
    assert found.local.version == "2027-1"
    assert found.limits == (general,)
    assert found.outside is not None
    assert found.outside.valid_from == date(2027, 2, 1), "a reason that is asked for from February on is this year's"


def test_a_city_whose_first_rule_begins_in_spring_has_a_guidance_all_the_same() -> None:
    spring = replace(CITY.local_rules[0], valid_from=date(2027, 3, 2))
    assert texts_of(replace(BARE, local_rules=(spring,)), 2027).local == spring


@pytest.mark.parametrize(
    ("state", "to", "may"),
    [
        (GuidanceState.DRAFT, GuidanceState.GOING_OUT, True),
        (GuidanceState.STOPPED, GuidanceState.GOING_OUT, True),
        (GuidanceState.GOING_OUT, GuidanceState.STOPPED, True),
        (GuidanceState.DRAFT, GuidanceState.STOPPED, False),
        (GuidanceState.STOPPED, GuidanceState.STOPPED, False),
        (GuidanceState.GOING_OUT, GuidanceState.GOING_OUT, False),
        (GuidanceState.GOING_OUT, GuidanceState.DRAFT, False),
    ],
)
def test_the_guidance_goes_out_is_stopped_and_goes_out_again(
    state: GuidanceState, to: GuidanceState, may: bool
) -> None:
    assert may_move(GuidanceRelease(2027, state), to) is may


@pytest.mark.parametrize(
    ("year", "workable"), [(2025, False), (2026, True), (2027, True), (2028, True), (2029, False), (0, False)]
)
def test_only_the_years_around_are_worked_on(year: int, workable: bool) -> None:
    assert is_workable(year, date(2027, 6, 15)) is workable


@pytest.mark.parametrize(
    ("trade", "category"),
    [
        ("인쇄업", "인쇄업"),
        ("인쇄업, 도매 및 소매업", "인쇄업"),
        ("  금속 창호 / 유리 ", "금속 창호"),
        (" , 전기공사업", "전기공사업"),
        ("", NO_CATEGORY),
        (" / ", NO_CATEGORY),
    ],
)
def test_a_firm_stands_under_the_first_of_its_trades(trade: str, category: str) -> None:
    assert category_of(trade) == category
