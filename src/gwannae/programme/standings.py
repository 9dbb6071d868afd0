"""순위: local ratios by count and by amount, from whole numbers, and the order of organisations."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cmp_to_key

from gwannae.programme.effective import LeftOut, together
from gwannae.programme.organisations import Organisation
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.ratio import Ratio, compare
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


@dataclass(frozen=True, slots=True)
class Total:
    """Purchases of one organisation, kind and verdict, added up: number of contracts and won."""

    organisation_id: int
    kind: PurchaseKind
    verdict: Verdict
    count: int
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
    overall: dict[int, Figures] = {}
    kinds: dict[int, dict[PurchaseKind, Figures]] = {}
    gone: dict[int, list[LeftOut]] = {}
    for one in left_out:
        gone.setdefault(one.organisation_id, []).append(one)
    for total in totals:
        overall[total.organisation_id] = overall.get(total.organisation_id, Figures()).plus(total)
        mine = kinds.setdefault(total.organisation_id, {})
        mine[total.kind] = mine.get(total.kind, Figures()).plus(total)
    shown = [o for o in organisations if o.active or o.id in overall]
    comparable = [o for o in shown if overall.get(o.id, Figures()).by_count.whole]
    comparable.sort(
        key=cmp_to_key(lambda a, b: _compare(overall[a.id], overall[b.id], order) or _by_name(a, b)),
    )
    places: list[Place] = []
    for index, organisation in enumerate(comparable):
        figures = overall[organisation.id]
        tied = bool(places) and _compare(places[-1].total, figures, order) == 0
        rank = places[-1].rank if tied else index + 1
        places.append(Place(organisation, rank, figures, kinds[organisation.id], tuple(gone.get(organisation.id, ()))))
    for organisation in sorted((o for o in shown if o not in comparable), key=lambda o: o.name):
        figures = overall.get(organisation.id, Figures())
        places.append(Place(organisation, None, figures, kinds.get(organisation.id, {})))
    return Standings(year, tuple(places))


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
    better = sum(1 for other in others if other.by_count.whole and _compare(other, own, order) < 0)
    return Place(organisation, better + 1, own, kinds)


def _compare(a: Figures, b: Figures, order: Sequence[Measure]) -> int:
    """Negative when `a` stands before `b`; ratios are compared exactly, as integers."""
    for measure in order:
        if measure is Measure.AMOUNT_RATIO:
            difference = compare(b.by_amount, a.by_amount)
        elif measure is Measure.COUNT_RATIO:
            difference = compare(b.by_count, a.by_count)
        else:
            difference = b.local_amount - a.local_amount
        if difference:
            return difference
    return 0


def _by_name(a: Organisation, b: Organisation) -> int:
    return (a.name > b.name) - (a.name < b.name)
