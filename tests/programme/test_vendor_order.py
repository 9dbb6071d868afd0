"""Who stands first among firms that met a query alike, on one day."""

from collections import Counter
from datetime import date, timedelta
from itertools import count, pairwise
from zoneinfo import ZoneInfo

import pytest

from gwannae.programme.facts import Fact
from gwannae.programme.vendor_order import DailyOrder, Making, bought_since, day_begins, fresh_since, making
from gwannae.programme.vendors import Certificate, CertificateKind

TUESDAY = date(2027, 6, 15)
MAKES = CertificateKind.DIRECT_PRODUCTION
CERTIFIED = (Certificate(MAKES, "D-1", date(2025, 6, 16), date(2027, 6, 15)),)
FRESH, OLD = date(2027, 5, 16), date(2027, 5, 15)  # thirty days before and one more


@pytest.mark.parametrize(
    ("day", "makes", "certificates", "made"),
    [
        (date(2027, 6, 15), Fact.UNKNOWN, CERTIFIED, Making.CERTIFIED),  # Tuesday, its last day
        (date(2027, 6, 16), Fact.UNKNOWN, CERTIFIED, Making.NOT_STATED),  # Wednesday: over
        (date(2025, 6, 15), Fact.YES, CERTIFIED, Making.STATED),  # Sunday: not yet valid, but stated
        (date(2025, 6, 16), Fact.NO, CERTIFIED, Making.CERTIFIED),  # Monday: the certificate outweighs a sheet
        (date(2027, 6, 15), Fact.YES, (), Making.STATED),
        (date(2027, 6, 15), Fact.YES, (Certificate(CertificateKind.WOMEN),), Making.STATED),
        (date(2027, 6, 15), Fact.UNKNOWN, (Certificate(MAKES),), Making.CERTIFIED),  # no term is stated
        (date(2027, 6, 15), Fact.NO, (), Making.NOT_STATED),
        (date(2027, 6, 15), Fact.UNKNOWN, (), Making.NOT_STATED),
    ],
)
def test_who_makes_is_proven_by_a_certificate_of_the_day_else_stated(
    day: date, makes: Fact, certificates: tuple[Certificate, ...], made: Making
) -> None:
    assert making(makes, certificates, day) is made


def test_makers_come_before_sellers_fresh_before_stale_bought_before_not_whatever_the_turn() -> None:
    ids = count(1)
    kinds = [(Fact.UNKNOWN, CERTIFIED), (Fact.YES, ()), (Fact.UNKNOWN, ())]
    ranked = [
        [(next(ids), makes, held, as_of, bought) for _ in range(20)]
        for makes, held in kinds
        for as_of in (FRESH, OLD)
        for bought in (True, False)
    ]
    bought = frozenset(i for group in ranked for i, _, _, _, b in group if b)
    order = DailyOrder(TUESDAY, 30, frozenset(), bought)
    keys = [[order.key(i, makes, held, as_of) for i, makes, held, as_of, _ in group] for group in ranked]
    assert all(max(better) < min(worse) for better, worse in pairwise(keys))


@pytest.mark.parametrize(
    ("as_of", "checked", "is_fresh"),
    [
        (FRESH, False, True),
        (OLD, False, False),
        (OLD, True, True),
        (None, False, False),
        (None, True, True),
        (date(2027, 6, 15), False, True),
    ],
)
def test_a_firm_is_fresh_by_the_day_of_its_data_or_by_a_later_check(
    as_of: date | None, checked: bool, is_fresh: bool
) -> None:
    order = DailyOrder(TUESDAY, 30, frozenset({1} if checked else ()), frozenset())
    known = DailyOrder(TUESDAY, 30, frozenset(), frozenset()).key(1, Fact.UNKNOWN, (), FRESH)
    assert (order.key(1, Fact.UNKNOWN, (), as_of) == known) is is_fresh


def firsts(size: int, days: int) -> Counter[int]:
    """How often each of firms that are equal stands first, over some days."""
    first: Counter[int] = Counter()
    for nth in range(days):
        order = DailyOrder(TUESDAY + timedelta(days=nth), 30, frozenset(), frozenset())
        first[min(range(1, size + 1), key=lambda i: order.key(i, Fact.UNKNOWN, (), None))] += 1
    return first


@pytest.mark.parametrize("size", [2, 3, 7, 40])
def test_over_a_year_equals_stand_first_about_equally_often(size: int) -> None:
    first = firsts(size, 365)
    assert len(first) == size
    assert max(first.values()) < 365 / size + 4 * (365 / size) ** 0.5


def test_no_two_firms_have_the_same_place_and_a_day_has_one_order() -> None:
    one, again, later = (
        [DailyOrder(day, 30, frozenset(), frozenset()).key(i, Fact.UNKNOWN, (), None) for i in range(1, 100_001)]
        for day in (TUESDAY, TUESDAY, TUESDAY + timedelta(days=1))
    )
    assert len(set(one)) == 100_000
    assert one == again
    assert sorted(range(100_000), key=one.__getitem__)[:50] != sorted(range(100_000), key=later.__getitem__)[:50]


def test_the_order_of_a_day_is_the_same_in_every_process() -> None:
    order = DailyOrder(TUESDAY, 30, frozenset(), frozenset())
    assert sorted(range(1, 8), key=lambda i: order.key(i, Fact.UNKNOWN, (), None)) == SEVEN


SEVEN = [6, 2, 3, 4, 7, 1, 5]


def test_what_counts_is_bounded_by_the_day() -> None:
    assert fresh_since(TUESDAY, 90) == date(2027, 3, 17)
    assert bought_since(date(2028, 2, 29)) == date(2027, 2, 28)
    assert day_begins(TUESDAY, ZoneInfo("Asia/Seoul")).isoformat() == "2027-06-15T00:00:00+09:00"
