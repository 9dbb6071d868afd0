"""The lamp as a table: amounts around limits, kinds of firms, days without a rule, adding up, cap, share."""

from datetime import date
from typing import Any

import pytest

from gwannae.programme.city import LampRules, LimitKind, PurchaseLimit, VendorCap
from gwannae.programme.lamp import (
    AddsUp,
    Before,
    Deal,
    LargeShare,
    OverCap,
    OverLimit,
    Subject,
    code_of,
    estimate,
    limit_for,
    look,
    passes,
)
from gwannae.programme.purchases import ContractMethod, PurchaseKind
from gwannae.programme.ratio import Ratio
from gwannae.programme.vendor_card import Bought
from gwannae.programme.vendors import CertificateKind

GOODS, SERVICES, WORKS = PurchaseKind.GOODS, PurchaseKind.SERVICES, PurchaseKind.WORKS
SINGLE, QUOTES, CARD = ContractMethod.DIRECT_SINGLE, ContractMethod.DIRECT_QUOTES, ContractMethod.CARD
BID, MALL = ContractMethod.OPEN_BID, ContractMethod.MALL
DIRECT, ONE = LimitKind.DIRECT_CONTRACT, LimitKind.SINGLE_QUOTE
WOMEN, YOUTH = CertificateKind.WOMEN, CertificateKind.YOUTH_STARTUP
DAY = date(2027, 6, 14)  # Monday
RULES = LampRules("합산 지침 제4조", date(2026, 11, 2), quiet_below=2_000_000)


def a_limit(kind: LimitKind, amount: int, *held: CertificateKind, **changes: Any) -> PurchaseLimit:
    given: dict[str, Any] = {
        "applies_to": (GOODS, SERVICES),
        "valid_from": date(2026, 6, 3),
        "until": None,
        "law": "어느 영 제25조",
        "checked_on": date(2026, 11, 2),
    }
    return PurchaseLimit(kind=kind, certificates=held, amount=amount, **(given | changes))


LIMITS = (
    a_limit(DIRECT, 20_000_000),
    a_limit(DIRECT, 50_000_000, YOUTH),
    a_limit(DIRECT, 100_000_000, WOMEN),
    a_limit(ONE, 20_000_000, applies_to=(GOODS, SERVICES, WORKS)),
    a_limit(ONE, 50_000_000, WOMEN, YOUTH),
    a_limit(ONE, 10_000_000, valid_from=date(2025, 1, 1), until=date(2026, 6, 2)),
)


@pytest.mark.parametrize(
    ("kind", "method", "amount", "held", "day", "codes"),
    [
        # 22,000,000 with VAT is exactly 20,000,000 without
        (GOODS, SINGLE, 22_000_000, (), "2027-06-14 Mon", []),
        (GOODS, SINGLE, 22_000_001, (), "2027-06-14 Mon", ["over_direct_contract", "over_single_quote"]),
        (GOODS, QUOTES, 22_000_001, (), "2027-06-14 Mon", ["over_direct_contract"]),
        (GOODS, CARD, 22_000_001, (), "2027-06-14 Mon", ["over_direct_contract", "over_single_quote"]),
        (GOODS, BID, 220_000_000, (), "2027-06-14 Mon", []),
        (GOODS, MALL, 220_000_000, (), "2027-06-14 Mon", []),
        (GOODS, SINGLE, 300_000, (), "2027-06-14 Mon", []),
        # the firm's own kind, by certificates of that day
        (GOODS, SINGLE, 55_000_000, (YOUTH,), "2027-06-14 Mon", []),
        (GOODS, SINGLE, 55_000_001, (YOUTH,), "2027-06-14 Mon", ["over_direct_contract", "over_single_quote"]),
        (GOODS, SINGLE, 55_000_001, (YOUTH, WOMEN), "2027-06-14 Mon", ["over_single_quote"]),
        (SERVICES, QUOTES, 110_000_000, (WOMEN,), "2027-06-14 Mon", []),
        (SERVICES, QUOTES, 110_000_001, (WOMEN,), "2027-06-14 Mon", ["over_direct_contract"]),
        (GOODS, SINGLE, 22_000_001, (CertificateKind.GREEN,), "2027-06-14 Mon",
         ["over_direct_contract", "over_single_quote"]),
        # a limit that the file does not have says so, above what nobody asks about
        (WORKS, SINGLE, 2_199_999, (), "2027-06-14 Mon", []),
        (WORKS, SINGLE, 2_200_000, (), "2027-06-14 Mon", ["no_direct_contract"]),
        (WORKS, QUOTES, 900_000_000, (), "2027-06-14 Mon", ["no_direct_contract"]),
        (GOODS, SINGLE, 11_000_000, (), "2026-06-02 Tue", ["no_direct_contract"]),
        (GOODS, SINGLE, 11_000_001, (), "2026-06-02 Tue", ["no_direct_contract", "over_single_quote"]),
        (GOODS, SINGLE, 11_000_001, (), "2026-06-03 Wed", []),
        (GOODS, SINGLE, 11_000_001, (), "2024-12-31 Tue", ["no_direct_contract", "no_single_quote"]),
    ],
)  # fmt: skip
def test_an_amount_is_held_against_the_limits_for_that_firm_on_that_day(
    kind: PurchaseKind,
    method: ContractMethod,
    amount: int,
    held: tuple[CertificateKind, ...],
    day: str,
    codes: list[str],
) -> None:
    deal = Deal(kind, method, amount, date.fromisoformat(day.split()[0]), frozenset(held))
    assert [code_of(f) for f in look(deal, Before(), LIMITS, RULES, None)] == codes


def b(number: int, won: int) -> Bought:
    return Bought(number, won)


@pytest.mark.parametrize(
    ("amount", "before", "codes"),
    [
        (3_000_000, Before(item_twelve=b(4, 19_400_000), item_year=b(2, 9_000_000)), ["adds_up_item"]),
        (2_600_000, Before(item_twelve=b(4, 19_400_000), item_year=b(2, 9_000_000)), []),  # exactly 22,000,000
        (2_600_001, Before(item_twelve=b(4, 19_400_000), item_year=b(2, 9_000_000)), ["adds_up_item"]),
        # reported late: of the fiscal year more lies after this contract than before it
        (3_000_000, Before(item_twelve=b(1, 1_000_000), item_year=b(3, 21_000_000)), ["adds_up_item"]),
        (3_000_000, Before(firm_twelve=b(2, 20_000_000), firm_year=b(2, 20_000_000)), ["adds_up_firm"]),
        # the firm's are the item's own: said once
        (
            3_000_000,
            Before(b(2, 20_000_000), b(2, 20_000_000), b(2, 20_000_000), b(2, 20_000_000)),
            ["adds_up_item"],
        ),
        (
            3_000_000,
            Before(b(2, 20_000_000), b(2, 20_000_000), b(5, 90_000_000), b(2, 20_000_000)),
            ["adds_up_item", "adds_up_firm"],
        ),
        # alone above the limit: that is said, and nothing is added to it
        (30_000_000, Before(b(2, 20_000_000), b(2, 20_000_000)), ["over_direct_contract", "over_single_quote"]),
        (30_000_000, Before(), ["over_direct_contract", "over_single_quote"]),
        (300_000, Before(b(9, 2_000_000), b(9, 2_000_000)), []),
    ],
)
def test_what_was_bought_before_is_added_up(amount: int, before: Before, codes: list[str]) -> None:
    deal = Deal(GOODS, SINGLE, amount, DAY)
    assert [code_of(f) for f in look(deal, before, LIMITS, RULES, None)] == codes


def test_adding_up_names_both_spans_and_the_lowest_limit_that_the_sum_passes() -> None:
    before = Before(item_twelve=b(4, 60_000_000), item_year=b(3, 30_000_000))
    deal = Deal(GOODS, SINGLE, 40_000_000, DAY, frozenset({WOMEN}))
    (found,) = look(deal, before, LIMITS, RULES, None)
    assert found == AddsUp(Subject.ITEM, before.item_twelve, before.item_year, LIMITS[4])


def test_a_tender_adds_nothing_up() -> None:
    before = Before(item_twelve=b(4, 900_000_000), firm_twelve=b(4, 900_000_000))
    assert look(Deal(GOODS, BID, 1_000_000, DAY), before, LIMITS, RULES, None) == ()


@pytest.mark.parametrize(
    ("won", "amount", "held_up"),
    [(199_000_000, 1_000_000, False), (199_000_000, 1_000_001, True), (0, 200_000_001, True), (300_000_000, 1, True)],
)
def test_the_citys_cap_for_one_firm_counts_this_purchase_and_any_method(won: int, amount: int, held_up: bool) -> None:
    cap = VendorCap(200_000_000, "어느 지침 제9조")
    found = look(Deal(GOODS, BID, amount, DAY), Before(city_firm=b(7, won)), LIMITS, RULES, cap)
    assert found == ((OverCap(cap, b(8, won + amount)),) if held_up else ())


@pytest.mark.parametrize(
    ("own", "whole", "held_up"),
    [
        (b(4, 29_000_000), b(20, 99_000_000), True),  # 30/100 with this one
        (b(4, 28_999_999), b(20, 99_000_000), False),
        (b(3, 99_000_000), b(20, 99_000_000), False),  # too few contracts to say anything
        (b(0, 0), b(0, 0), False),
    ],
)
def test_an_unusual_share_is_a_setting_of_the_city(own: Bought, whole: Bought, held_up: bool) -> None:
    rules = LampRules(quiet_below=2_000_000, share_percent=30, share_from=5)
    deal = Deal(GOODS, MALL, 1_000_000, DAY)
    before = Before(own_firm=own, whole=whole)
    expected = LargeShare(Ratio(own.won + 1_000_000, whole.won + 1_000_000), own.number + 1, 30)
    assert look(deal, before, LIMITS, rules, None) == ((expected,) if held_up else ())
    assert look(deal, before, LIMITS, RULES, None) == ()


@pytest.mark.parametrize(
    ("amount", "without"),
    [(22_000_000, 20_000_000), (11, 10), (1, 0), (22_000_001, 20_000_000), (1_100_000, 1_000_000)],
)
def test_the_estimated_price_is_the_amount_without_its_tax(amount: int, without: int) -> None:
    assert estimate(amount) == without


def test_a_limit_is_compared_exactly_not_by_the_rounded_estimate() -> None:
    assert estimate(22_000_001) == estimate(22_000_000)
    assert passes(22_000_001, LIMITS[0])
    assert not passes(22_000_000, LIMITS[0])


def test_of_the_limits_that_apply_the_highest_holds() -> None:
    assert limit_for(LIMITS, DIRECT, GOODS, frozenset({WOMEN, YOUTH}), DAY) == LIMITS[2]
    assert isinstance(look(Deal(GOODS, QUOTES, 10**9, DAY), Before(), LIMITS, RULES, None)[0], OverLimit)
    assert limit_for(LIMITS, DIRECT, WORKS, frozenset({WOMEN}), DAY) is None
