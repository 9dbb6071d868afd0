"""순위: figures added up by side and kind, exact ratios, shared ranks."""

import random

import pytest

from gwannae.programme.organisations import Organisation
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.ratio import Ratio
from gwannae.programme.standings import Figures, Measure, Total, place_among, stand
from gwannae.programme.verdict import Verdict
from tests.builders import an_organisation

LOCAL, OUTSIDE, UNCONFIRMED = Verdict.LOCAL, Verdict.OUTSIDE, Verdict.UNCONFIRMED
GOODS, SERVICES = PurchaseKind.GOODS, PurchaseKind.SERVICES
AMOUNT, COUNT, WON = Measure.AMOUNT_RATIO, Measure.COUNT_RATIO, Measure.LOCAL_AMOUNT


def named(*names: str, active: bool = True) -> list[Organisation]:
    """Organisations with ids from 1."""
    return [an_organisation(id=i, code=f"o{i}", name=name, active=active) for i, name in enumerate(names, start=1)]


def total(of: int, verdict: Verdict, count: int, amount: int, kind: PurchaseKind = GOODS) -> Total:
    """One sum."""
    return Total(of, kind, verdict, count, amount)


def ranks(names: list[Organisation], totals: list[Total], *order: Measure) -> list[tuple[str, int | None]]:
    """Who stands where."""
    return [(p.organisation.name, p.rank) for p in stand(2027, names, totals, order or (AMOUNT, COUNT, WON)).places]


def test_unconfirmed_purchases_are_added_up_apart_and_enter_no_ratio() -> None:
    (place,) = stand(
        2027,
        named("가"),
        [total(1, LOCAL, 2, 300), total(1, OUTSIDE, 1, 100), total(1, UNCONFIRMED, 9, 9000)],
        (AMOUNT,),
    ).places
    assert (place.total.by_count, place.total.by_amount) == (Ratio(2, 3), Ratio(300, 400))
    assert (place.total.unconfirmed_count, place.total.unconfirmed_amount) == (9, 9000)


def test_kinds_are_added_up_by_themselves_and_make_the_whole() -> None:
    (place,) = stand(
        2027,
        named("가"),
        [total(1, LOCAL, 1, 10), total(1, OUTSIDE, 2, 20, SERVICES), total(1, LOCAL, 3, 30)],
        (AMOUNT,),
    ).places
    assert place.by_kind == {GOODS: Figures(4, 40), SERVICES: Figures(outside_count=2, outside_amount=20)}
    assert place.total == Figures(4, 40, 2, 20)


def test_the_citys_order_decides() -> None:
    names = named("가", "나")
    totals = [total(1, LOCAL, 1, 900), total(1, OUTSIDE, 3, 100), total(2, LOCAL, 3, 100), total(2, OUTSIDE, 1, 900)]
    assert ranks(names, totals, AMOUNT) == [("가", 1), ("나", 2)]
    assert ranks(names, totals, COUNT) == [("나", 1), ("가", 2)]
    assert ranks(names, totals, WON) == [("가", 1), ("나", 2)]


def test_equal_figures_share_a_rank_by_name_and_the_next_is_left_out() -> None:
    names = named("라", "나", "다", "가", "마")
    totals = [total(i, LOCAL, 1, 100) for i in (1, 2, 3)] + [total(4, LOCAL, 2, 100), total(5, OUTSIDE, 1, 100)]
    totals.append(total(4, OUTSIDE, 2, 100))
    assert ranks(names, totals, AMOUNT, COUNT) == [("나", 1), ("다", 1), ("라", 1), ("가", 4), ("마", 5)]


def test_what_the_first_measure_leaves_equal_the_second_parts() -> None:
    names = named("가", "나")
    totals = [total(1, LOCAL, 1, 100), total(2, LOCAL, 1, 200)]
    assert ranks(names, totals, AMOUNT, COUNT) == [("가", 1), ("나", 1)]
    assert ranks(names, totals, AMOUNT, COUNT, WON) == [("나", 1), ("가", 2)]


def test_ratios_that_are_shown_alike_but_differ_do_not_share_a_rank() -> None:
    names = named("가", "나")
    totals = [
        total(1, LOCAL, 1, 33_333_333_333), total(1, OUTSIDE, 1, 66_666_666_667),
        total(2, LOCAL, 1, 33_333_333_334), total(2, OUTSIDE, 1, 66_666_666_666),
    ]  # fmt: skip
    places = stand(2027, names, totals, (AMOUNT,)).places
    assert places[0].total.by_amount.text == places[1].total.by_amount.text == "33.3%"
    assert [(p.organisation.name, p.rank) for p in places] == [("나", 1), ("가", 2)]


def test_organisations_that_cannot_be_compared_come_last_by_name_without_a_rank() -> None:
    names = named("다", "나", "가")
    totals = [total(1, OUTSIDE, 1, 1), total(2, UNCONFIRMED, 5, 500)]
    assert ranks(names, totals) == [("다", 1), ("가", None), ("나", None)]


def test_a_closed_organisation_stands_there_only_if_it_bought_something_in_the_year() -> None:
    names = named("가", "나", active=False)
    assert ranks(names, [total(2, LOCAL, 1, 1)]) == [("나", 1)]


def test_the_standings_know_everybodys_place_and_how_many_are_ranked() -> None:
    standings = stand(2027, named("가", "나"), [total(2, LOCAL, 1, 1)], (AMOUNT,))
    first, other = standings.of(2), standings.of(1)
    assert standings.ranked == 1
    assert first is not None
    assert other is not None
    assert (first.rank, other.rank, standings.of(3)) == (1, None, None)


@pytest.mark.parametrize("seed", range(20))
def test_the_order_in_which_sums_come_changes_nothing(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - the same every run, on purpose
    names = named(*"가나다라마바사")
    totals = [
        total(of, rng.choice(list(Verdict)), rng.randint(1, 3), rng.randint(1, 3), rng.choice(list(PurchaseKind)))
        for of in range(1, 8)
        for _ in range(rng.randint(0, 5))
    ]
    shuffled = rng.sample(totals, len(totals))
    first = stand(2027, names, totals, (AMOUNT, COUNT))
    assert stand(2027, rng.sample(names, 7), shuffled, (AMOUNT, COUNT)) == first
    given = [p.rank for p in first.places if p.rank is not None]
    assert given == sorted(given)
    for above, below in zip(first.places, first.places[1:], strict=False):
        if above.rank is not None and above.rank == below.rank:
            assert above.total.by_amount.text == below.total.by_amount.text


def test_the_effective_ratio_leaves_outside_contracts_out_of_the_whole() -> None:
    figures = Figures(3, 300, 4, 700, 1, 50).without_outside(2, 500)
    assert (figures.by_count, figures.by_amount) == (Ratio(3, 5), Ratio(300, 500))
    assert figures.unconfirmed_count == 1


@pytest.mark.parametrize("order", [(AMOUNT, COUNT, WON), (COUNT,), (WON,), (COUNT, AMOUNT)])
def test_a_place_worked_out_by_itself_is_the_one_among_all(order: tuple[Measure, ...]) -> None:
    chance = random.Random(17)  # noqa: S311
    for _ in range(60):
        names = [
            *named(*(f"부서{n}" for n in range(6))),
            *(an_organisation(id=n, code=f"x{n}", name=f"옛{n}", active=False) for n in (7, 8)),
        ]
        totals = [
            total(o.id, verdict, chance.randint(1, 2), chance.randint(1, 3), kind)
            for o in names
            for verdict in Verdict
            for kind in (GOODS, SERVICES)
            if chance.random() < 0.4
        ]
        standings = stand(2027, names, totals, order)
        for one in names:
            others = []
            for other in names:
                sides = Figures()
                for t in totals:
                    if t.organisation_id == other.id and t.verdict is not UNCONFIRMED:
                        sides = sides.plus(t)
                others += [sides] if other is not one else []
            mine = [t for t in totals if t.organisation_id == one.id]
            assert place_among(one, mine, others, order) == standings.of(one.id)
