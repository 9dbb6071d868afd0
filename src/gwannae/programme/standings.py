"""순위: local ratios by count and by amount, from whole numbers, and the order of organisations."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from gwannae.programme.effective import LeftOut, together
from gwannae.programme.organisations import Organisation
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.ratio import Ratio, rank_number
from gwannae.programme.verdict import Verdict


class Measure(StrEnum):
    """What standings may be ordered by; the order is the city's setting."""

    AMOUNT_RATIO = "amount_ratio"
    COUNT_RATIO = "count_ratio"
    LOCAL_AMOUNT = "local_amount"

    @property
    def label(self) -> str:
        """The words that offices use."""
        return {"amount_ratio": "금액 비율", "count_ratio": "건수 비율", "local_amount": "관내 금액"}[self.value]


class Total(NamedTuple):
    """Purchases of one organisation, kind and verdict, added up: number of contracts and won."""

    organisation_id: int
    kind: PurchaseKind
    verdict: Verdict
    count: int  # type: ignore[assignment]  # over a method of tuples that nobody asks for
    amount: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Local and outside, counted and in won. Unconfirmed purchases stand apart: on neither side of a ratio."""

    local_count: int = 0
    local_amount: int = 0
    outside_count: int = 0
    outside_amount: int = 0
    unconfirmed_count: int = 0
    unconfirmed_amount: int = 0

    @property
    def by_count(self) -> Ratio:
        """Local contracts of all contracts with a verdict."""
        return Ratio(self.local_count, self.local_count + self.outside_count)

    @property
    def by_amount(self) -> Ratio:
        """Local won of all won with a verdict."""
        return Ratio(self.local_amount, self.local_amount + self.outside_amount)

    def without_outside(self, count: int, amount: int) -> "Figures":
        """실질: these figures without outside contracts where a local choice was not possible."""
        return replace(self, outside_count=self.outside_count - count, outside_amount=self.outside_amount - amount)

    def and_(self, other: "Figures") -> "Figures":
        """Both together."""
        return Figures(*(getattr(self, name) + getattr(other, name) for name in FIGURES))

    def plus(self, total: Total) -> "Figures":
        """These figures with one total added on the side that its verdict names."""
        sides = {
            Verdict.LOCAL: (total.count, total.amount, 0, 0, 0, 0),
            Verdict.OUTSIDE: (0, 0, total.count, total.amount, 0, 0),
            Verdict.UNCONFIRMED: (0, 0, 0, 0, total.count, total.amount),
        }
        added = sides[total.verdict]
        return Figures(
            self.local_count + added[0],
            self.local_amount + added[1],
            self.outside_count + added[2],
            self.outside_amount + added[3],
            self.unconfirmed_count + added[4],
            self.unconfirmed_amount + added[5],
        )


# What is compared, whose it is, and the whole figures.
_Measured = tuple[tuple[int, ...], Organisation, "Figures"]
FIGURES = tuple(Figures.__dataclass_fields__)  # the names, in the order in which they are kept


@dataclass(frozen=True, slots=True)
class Place:
    """One organisation's line. `rank` is None while nothing of it can be compared; equal figures share a rank.
    `left_out` are its outside contracts that leave the effective (실질) ratio, by kind and reason.
    """

    organisation: Organisation
    rank: int | None
    total: Figures
    by_kind: Mapping[PurchaseKind, Figures] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()

    @property
    def effective(self) -> Figures:
        """실질: the whole without what was left out."""
        gone = together(self.left_out)
        return self.total.without_outside(gone.number, gone.won)

    def effective_of(self, *kinds: PurchaseKind) -> Figures:
        """The same of some kinds together."""
        gone = together(self.left_out, kinds)
        gross = Figures()
        for kind in kinds:
            gross = gross.and_(self.by_kind.get(kind, Figures()))
        return gross.without_outside(gone.number, gone.won)


@dataclass(frozen=True, slots=True)
class Standings:
    """All organisations of one year, best first; those without figures at the end, by name."""

    year: int
    places: tuple[Place, ...]

    @property
    def ranked(self) -> int:
        """How many organisations have a rank."""
        return sum(1 for place in self.places if place.rank is not None)

    def of(self, organisation_id: int) -> Place | None:
        """The line of one organisation."""
        return next((p for p in self.places if p.organisation.id == organisation_id), None)


def stand(
    year: int,
    organisations: Sequence[Organisation],
    totals: Iterable[Total],
    order: Sequence[Measure],
    left_out: Iterable[LeftOut] = (),
) -> Standings:
    """Add the totals up and rank. Organisations that are equal in every measure of `order` share their rank: ties are
    for people to break. An organisation that is no longer active appears only if it bought something in the year.
    """
    kinds = _by_kind(totals)
    gone: dict[int, list[LeftOut]] = {}
    for one in left_out:
        gone.setdefault(one.organisation_id, []).append(one)
    ranked: list[_Measured] = []
    places: list[Place] = []
    for organisation in organisations:
        if not organisation.active and organisation.id not in kinds:
            continue
        whole = together_of(kinds.get(organisation.id, {}).values())
        if whole.local_count or whole.outside_count:
            ranked.append((_measured(whole, order), organisation, whole))
        else:
            places.append(Place(organisation, None, whole, kinds.get(organisation.id, {})))
    places.sort(key=lambda place: place.organisation.name)
    ranked.sort(key=lambda one: one[1].name)
    ranked.sort(key=lambda one: one[0], reverse=True)
    upper: list[Place] = []
    for index, (measured, organisation, whole) in enumerate(ranked):
        tied = index > 0 and ranked[index - 1][0] == measured
        rank = upper[-1].rank if tied else index + 1
        upper.append(Place(organisation, rank, whole, kinds[organisation.id], tuple(gone.get(organisation.id, ()))))
    return Standings(year, (*upper, *places))


def together_of(figures: Iterable[Figures]) -> Figures:
    """Several figures as one."""
    return Figures(*map(sum, zip(*map(_SIX, figures), strict=True)))


_SIX = attrgetter(*FIGURES)
_SIDES = {Verdict.LOCAL: 0, Verdict.OUTSIDE: 2, Verdict.UNCONFIRMED: 4}  # where a verdict's count stands among the six


def _by_kind(totals: Iterable[Total]) -> dict[int, dict[PurchaseKind, Figures]]:
    """Each organisation's figures by kind. A year has thousands of totals: they are added up as plain numbers."""
    sums: dict[int, dict[PurchaseKind, list[int]]] = {}
    for total in totals:
        six = sums.setdefault(total.organisation_id, {}).setdefault(total.kind, [0] * 6)
        side = _SIDES[total.verdict]
        six[side] += total.count
        six[side + 1] += total.amount
    return {of: {kind: Figures(*six) for kind, six in kinds.items()} for of, kinds in sums.items()}


def place_among(
    organisation: Organisation, totals: Iterable[Total], others: Iterable[Figures], order: Sequence[Measure]
) -> Place | None:
    """The place that `stand` gives one organisation, from its own totals and the two sides of every other one; None
    where it does not appear.
    """
    own, kinds = Figures(), dict[PurchaseKind, Figures]()
    for total in totals:
        own = own.plus(total)
        kinds[total.kind] = kinds.get(total.kind, Figures()).plus(total)
    if not own.by_count.whole:
        return Place(organisation, None, own, kinds) if kinds or organisation.active else None
    mine = _measured(own, order)
    better = sum(1 for other in others if other.by_count.whole and _measured(other, order) > mine)
    return Place(organisation, better + 1, own, kinds)


def _measured(figures: Figures, order: Sequence[Measure]) -> tuple[int, ...]:
    """What is compared, in the order in which it is: the higher stands before the lower."""
    values = {
        Measure.AMOUNT_RATIO: lambda: rank_number(figures.by_amount),
        Measure.COUNT_RATIO: lambda: rank_number(figures.by_count),
        Measure.LOCAL_AMOUNT: lambda: figures.local_amount,
    }
    return tuple(values[measure]() for measure in order)
