"""한눈에: every organisation's year for those who read results, in the order that they choose."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from gwannae.programme.purchases import Purchase
from gwannae.programme.ratio import rank_number
from gwannae.programme.standings import Place, Standings


class Order(StrEnum):
    """By what the organisations are put in order, the one to look at first on top."""

    RANK = "rank"
    AMOUNT = "amount"
    COUNT = "count"
    EFFECTIVE = "effective"
    OUTSIDE = "outside"
    UNCONFIRMED = "unconfirmed"
    NAME = "name"

    @property
    def label(self) -> str:
        """The words of the menu."""
        return _LABELS[self]


_LABELS = {
    Order.RANK: "순위",
    Order.AMOUNT: "금액 비율이 낮은 순",
    Order.COUNT: "건수 비율이 낮은 순",
    Order.EFFECTIVE: "실질 금액 비율이 낮은 순",
    Order.OUTSIDE: "관외 금액이 큰 순",
    Order.UNCONFIRMED: "미확인이 많은 순",
    Order.NAME: "이름",
}


@dataclass(frozen=True, slots=True)
class YearOverview:
    """All organisations of a year, in an order."""

    standings: Standings
    order: Order
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class OwnRows:
    """One organisation's purchases that count in a year, the newest contracts first: at most so many of `number`."""

    place: Place
    year: int
    purchases: tuple[Purchase, ...]
    number: int


def in_order(standings: Standings, order: Order) -> YearOverview:
    """Equal ones stay as the standings have them. A ratio that there is not stands behind every other."""
    keys: dict[Order, Callable[[Place], object]] = {
        Order.RANK: lambda place: place.rank is None,
        Order.AMOUNT: lambda place: _lowest(rank_number(place.total.by_amount)),
        Order.COUNT: lambda place: _lowest(rank_number(place.total.by_count)),
        Order.EFFECTIVE: lambda place: _lowest(rank_number(place.effective.by_amount)),
        Order.OUTSIDE: lambda place: -place.total.outside_amount,
        Order.UNCONFIRMED: lambda place: -place.total.unconfirmed_count,
        Order.NAME: lambda place: place.organisation.name,
    }
    return YearOverview(standings, order, tuple(sorted(standings.places, key=keys[order])))  # type: ignore[arg-type]


def _lowest(number: int) -> tuple[bool, int]:
    return number < 0, number
