"""확인 등 over a file: the sums of the sorted series are those that a look at every purchase gives."""

import random
from datetime import date, timedelta

from gwannae.programme.city import LampRules, LimitKind, PurchaseLimit, VendorCap, programme_year
from gwannae.programme.lamp import AddsUp, Before, Deal, OverCap, code_of, look
from gwannae.programme.purchase_lamp import NewBuy, PastBuy, look_through
from gwannae.programme.purchases import ContractMethod, PurchaseKind
from gwannae.programme.vendor_card import Bought
from gwannae.programme.verdict import add_months

LIMIT = PurchaseLimit(
    LimitKind.SINGLE_QUOTE, (PurchaseKind.GOODS,), (), 10_000_000, date(2020, 1, 1), None, "지침", date(2026, 1, 1)
)
RULES, CAP = LampRules(share_percent=40, share_from=3), VendorCap(60_000_000, "내규")
FIRST = date(2026, 3, 1)


def a_buy(dice: random.Random) -> PastBuy:
    day = FIRST + timedelta(days=dice.randrange(480))
    item, firm = dice.choice(("의자", "책상", "")), dice.choice(("가", "나", 3))
    return PastBuy(dice.choice((1, 2)), item, firm, day, dice.randrange(1, 9) * 1_000_000, dice.random() < 0.7)


def a_new(dice: random.Random, number: int) -> NewBuy:
    bought = a_buy(dice)
    method = ContractMethod.DIRECT_SINGLE if bought.direct else ContractMethod.OPEN_BID
    deal = Deal(PurchaseKind.GOODS, method, bought.amount, bought.day)
    return NewBuy(bought, deal, f"구매 {number}", bought.item_key, str(bought.firm), ("", number))


def total(buys: list[PastBuy]) -> Bought:
    return Bought(len(buys), sum(b.amount for b in buys))


def one_by_one(one: NewBuy, others: list[PastBuy]) -> Before:
    """What was bought without this one, looking at every purchase."""
    me = one.bought
    year, twelve = programme_year(me.day), (add_months(me.day, -12), me.day)
    own = [b for b in others if b.organisation_id == me.organisation_id]
    item = [b for b in own if b.direct and me.item_key and b.item_key == me.item_key]
    firm = [b for b in own if b.direct and b.firm == me.firm]

    def within(buys: list[PastBuy], span: tuple[date, date]) -> Bought:
        return total([b for b in buys if span[0] <= b.day <= span[1]])

    return Before(
        item_twelve=within(item, twelve),
        item_year=within(item, year),
        firm_twelve=within(firm, twelve),
        firm_year=within(firm, year),
        own_firm=within([b for b in own if b.firm == me.firm], year),
        city_firm=within([b for b in others if b.firm == me.firm], year),
        whole=within(own, year),
    )


def test_the_notes_are_those_that_each_purchase_alone_would_get() -> None:
    dice = random.Random(7)  # noqa: S311 - repeatable on purpose
    for _ in range(40):
        stored = [a_buy(dice) for _ in range(dice.randrange(12))]
        new = [a_new(dice, n) for n in range(2, 2 + dice.randrange(1, 8))]
        sums = {
            (firm, year): total([b for b in stored if b.firm == firm and b.day.year == year])
            for firm in ("가", "나", 3)
            for year in (2026, 2027)
        }
        notes = look_through(lambda new=new: new, stored, sums, [LIMIT], RULES, CAP)  # type: ignore[misc]
        found = []
        for one in new:
            others = [*stored, *(other.bought for other in new if other is not one)]
            found += [(one, f) for f in look(one.deal, one_by_one(one, others), [LIMIT], RULES, CAP)]
        assert sum(note.times for note in notes) == len(found)
        for note in notes:
            assert note.finding in [f for one, f in found if one.row == note.row]
        assert {note.code for note in notes} == {code_of(f) for _, f in found}


def test_what_says_the_same_is_told_once_with_the_latest_and_largest_figures() -> None:
    buys = [PastBuy(1, "의자", "가", date(2027, month, 1), 4_000_000, True) for month in (4, 5, 6)]
    new = [
        NewBuy(b, Deal(PurchaseKind.GOODS, ContractMethod.DIRECT_SINGLE, b.amount, b.day), "", "의자", "가", ("", n))
        for n, b in enumerate(buys, start=2)
    ]
    (note,) = look_through(lambda: new, [], {}, [LIMIT], LampRules(quiet_below=10**9), None)
    assert isinstance(note.finding, AddsUp)
    assert (note.times, note.row, note.finding.twelve) == (3, ("", 4), Bought(2, 8_000_000))


def test_what_other_organisations_bought_counts_for_the_citys_cap_alone() -> None:
    bought = PastBuy(1, "", "가", date(2027, 4, 1), 1_000_000, False)
    new = NewBuy(
        bought, Deal(PurchaseKind.GOODS, ContractMethod.OPEN_BID, 1_000_000, bought.day), "", "", "가", ("", 2)
    )
    sums = {("가", 2027): Bought(9, 59_500_000)}
    (note,) = look_through(lambda: [new], [], sums, [LIMIT], LampRules(), CAP)
    assert note.finding == OverCap(CAP, Bought(10, 60_500_000))
