from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from gwannae.programme.ratio import (
    Ratio,
    RatioError,
    RatioFault,
    compare,
    highest_first,
    rank_number,
    sum_ratios,
    write_ratio_amount,
    write_ratio_count,
)


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (10, 16, "62.5%"),
        (0, 7, "0.0%"),
        (7, 7, "100.0%"),
        (1, 3, "33.3%"),
        (2, 3, "66.7%"),
        (1, 2000, "0.1%"),  # exactly 0.05: half goes up
        (1, 2001, "0.0%"),
        (1317, 2582, "51.0%"),
        (2777, 4284, "64.8%"),
        (0, 0, "–"),
    ],
)
def test_a_ratio_is_shown_with_one_decimal_half_up(part: int, whole: int, text: str) -> None:
    assert Ratio(part, whole).text == text


def test_nothing_bought_is_no_percentage_at_all() -> None:
    assert Ratio(0, 0).percent_tenths is None


def test_rounding_agrees_with_exact_decimal_arithmetic() -> None:
    chance = random.Random(42)  # noqa: S311
    for _ in range(3000):
        whole = chance.randrange(1, 10 ** chance.randint(1, 13))
        ratio = Ratio(chance.randrange(0, whole + 1), whole)
        exact = (Decimal(ratio.part) * 1000 / Decimal(whole)).quantize(Decimal(1), ROUND_HALF_UP)
        assert ratio.percent_tenths == int(exact)


def test_comparison_agrees_with_fractions_where_floats_would_not() -> None:
    chance = random.Random(43)  # noqa: S311
    for _ in range(3000):
        a, b = (Ratio(chance.randrange(0, whole + 1), whole) for whole in chance.choices(range(1, 60), k=2))
        left, right = Fraction(a.part, a.whole), Fraction(b.part, b.whole)
        assert compare(a, b) == (left > right) - (left < right)
    near = Ratio(10**17, 3 * 10**17 + 1)
    assert compare(near, Ratio(1, 3)) == -1


def test_a_ranking_is_highest_first_and_those_without_purchases_come_last() -> None:
    ratios = [Ratio(0, 0), Ratio(0, 5), Ratio(1, 2), Ratio(3, 4), Ratio(2, 4)]
    assert sorted(ratios, key=highest_first) == [Ratio(3, 4), Ratio(1, 2), Ratio(2, 4), Ratio(0, 5), Ratio(0, 0)]


def test_a_sum_is_taken_of_parts_and_wholes() -> None:
    assert sum_ratios([Ratio(1, 1), Ratio(0, 3), Ratio(0, 0)]) == Ratio(1, 4)
    assert sum_ratios([]) == Ratio(0, 0)


def test_a_sum_lies_between_its_lowest_and_its_highest() -> None:
    chance = random.Random(44)  # noqa: S311
    for _ in range(500):
        ratios = [Ratio(chance.randrange(0, whole + 1), whole) for whole in chance.choices(range(1, 99), k=4)]
        ranked = sorted([*ratios, sum_ratios(ratios)], key=highest_first)
        assert compare(ranked[0], sum_ratios(ratios)) >= 0 >= compare(ranked[-1], sum_ratios(ratios))
        assert compare(max(ratios, key=lambda r: Fraction(r.part, r.whole)), ranked[0]) == 0


@pytest.mark.parametrize(
    ("part", "whole", "fault"),
    [
        (-1, 5, RatioFault.NEGATIVE),
        (0, -5, RatioFault.NEGATIVE),
        (6, 5, RatioFault.PART_ABOVE_WHOLE),
        (1, 0, RatioFault.PART_ABOVE_WHOLE),
    ],
)
def test_a_part_outside_its_whole_is_refused(part: int, whole: int, fault: RatioFault) -> None:
    with pytest.raises(RatioError) as refused:
        Ratio(part, whole)
    assert (refused.value.code, refused.value.part, refused.value.whole) == (fault, part, whole)


def test_both_ratios_are_written_with_their_numbers() -> None:
    assert write_ratio_count(Ratio(10, 16)) == "62.5% (10/16)"
    assert write_ratio_count(Ratio(2777, 4284)) == "64.8% (2,777/4,284)"
    assert write_ratio_count(Ratio(0, 0)) == "– (0/0)"
    assert write_ratio_amount(Ratio(23_100_000, 48_000_000)) == "48.1% (2,310/4,800만 원)"
    assert write_ratio_amount(Ratio(61_500_000, 150_000_000)) == "41.0% (6,150만/1억 5,000만 원)"
    assert write_ratio_amount(Ratio(0, 0)) == "– (0/0원)"


def test_numbers_stand_as_exact_comparison_puts_the_ratios() -> None:
    chance = random.Random(7)  # noqa: S311 (repeatable on purpose)
    most = 2**63 - 1
    ratios = [Ratio(0, 0), Ratio(0, 1), Ratio(1, 1), Ratio(most - 1, most), Ratio(most - 2, most - 1), Ratio(1, most)]
    for whole in (most, most - 1, most - 2, 10**9, 7, 14):
        ratios += [Ratio(part, whole) for part in (0, whole // 2, whole // 3, whole // 7, chance.randrange(whole))]
    for a in ratios:
        for b in ratios:
            numbers = rank_number(a), rank_number(b)
            assert (numbers[0] > numbers[1]) - (numbers[0] < numbers[1]) == compare(a, b), (a, b)
