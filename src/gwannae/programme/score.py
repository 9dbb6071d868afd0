"""점수: an organisation's points by the city's formula, every step a whole number, and the order of a group.

Each part is rounded once, half up, to hundredths of a point; the sum is that of the rounded parts, so that whoever adds
the column up by hand gets it. Ratios are compared as fractions, never as rounded percentages.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from gwannae.programme.organisations import Organisation
from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.programme.ratio import Ratio
from gwannae.programme.score_rules import Part, PartRule, ScoreFormula, TieBreak, group_of
from gwannae.programme.standings import Figures, Place


@dataclass(frozen=True, slots=True)
class Addition:
    """Points (in hundredths) that the office itself gives, and for what."""

    label: str
    hundredths: int


@dataclass(frozen=True, slots=True)
class ScoreBasis:
    """All that an organisation's score is reckoned from. `last_year`: the effective figures of the same months a year
    before; `periods`: those confirmed in time, of those that were due; `indirect`: won bought through others.
    """

    place: Place
    last_year: Figures = Figures()  # noqa: RUF009 (nothing was bought, and nothing can be changed in it)
    periods: Ratio = Ratio(0, 0)  # noqa: RUF009
    indirect: int = 0
    additions: tuple[Addition, ...] = ()

    @property
    def improvement(self) -> Fraction | None:
        """By how much the effective ratio by amount rose; None where one of the two years has none."""
        now, before = self.place.effective.by_amount, self.last_year.by_amount
        if not now.whole or not before.whole:
            return None
        return Fraction(now.part, now.whole) - Fraction(before.part, before.whole)


@dataclass(frozen=True, slots=True)
class PartScore:
    """One part as it was reckoned: `rule.points` times `numerator`/`denominator`, at least nothing and at most all of
    them, rounded half up to `hundredths`. `denominator` 0: there is nothing to reckon from, which gives nothing.
    """

    rule: PartRule
    numerator: int
    denominator: int
    hundredths: int

    @property
    def is_capped(self) -> bool:
        """Whether more was reached than counts."""
        return self.denominator > 0 and self.numerator > self.denominator


class Shortfall(StrEnum):
    """Why somebody stands in no rank, whatever the points."""

    CONTRACTS = "contracts"
    AMOUNT = "amount"
    UNCONFIRMED = "unconfirmed"
    PERIODS = "periods"


@dataclass(frozen=True, slots=True)
class Score:
    """Points of one organisation, in hundredths, part by part in the formula's order."""

    group: str
    parts: tuple[PartScore, ...]
    shortfalls: tuple[Shortfall, ...] = ()

    @property
    def hundredths(self) -> int:
        """The sum of the rounded parts."""
        return sum(part.hundredths for part in self.parts)


@dataclass(frozen=True, slots=True)
class Scored:
    """One organisation in its group. `rank` is None below a floor; equal in score and in all that tells ties apart
    share it.
    """

    organisation: Organisation
    basis: ScoreBasis
    score: Score
    rank: int | None


def score_of(basis: ScoreBasis, formula: ScoreFormula) -> Score:
    """The points of one organisation."""
    total = basis.place.total
    group = group_of(formula.groups, basis.place.organisation.kind, total.by_amount.whole)
    return Score(group, tuple(_part(basis, rule) for rule in formula.parts), _shortfalls(basis, formula))


def scored(bases: Iterable[ScoreBasis], formula: ScoreFormula) -> tuple[Scored, ...]:
    """All organisations, group by group as the formula names them and best first in each; those below a floor at their
    group's end, by name.
    """
    found = [(basis, score_of(basis, formula)) for basis in bases]
    names = list(dict.fromkeys(group.name for group in formula.groups)) or [""]
    ordered: list[Scored] = []
    for name in names:
        ordered += _group([one for one in found if one[1].group == name], formula)
    return tuple(ordered)


def order_key(basis: ScoreBasis, score: Score, formula: ScoreFormula) -> tuple[Fraction, ...]:
    """What a rank is made of: the higher stands before the lower, equal ones share it."""
    return (Fraction(score.hundredths), *(_told_apart(basis, tie) for tie in formula.tie_breaks))


def half_up(points: Fraction) -> int:
    """Hundredths of a point, half up; `points` is not negative."""
    return (200 * points.numerator + points.denominator) // (2 * points.denominator)


def _group(found: Sequence[tuple[ScoreBasis, Score]], formula: ScoreFormula) -> list[Scored]:
    ranked = [(order_key(basis, score, formula), basis, score) for basis, score in found if not score.shortfalls]
    ranked.sort(key=lambda one: one[1].place.organisation.name)
    ranked.sort(key=lambda one: one[0], reverse=True)
    lines: list[Scored] = []
    for at, (key, basis, score) in enumerate(ranked):
        tied = at > 0 and ranked[at - 1][0] == key
        lines.append(Scored(basis.place.organisation, basis, score, lines[-1].rank if tied else at + 1))
    short = [Scored(basis.place.organisation, basis, score, None) for basis, score in found if score.shortfalls]
    return lines + sorted(short, key=lambda one: one.organisation.name)


def _shortfalls(basis: ScoreBasis, formula: ScoreFormula) -> tuple[Shortfall, ...]:
    total, floor, periods = basis.place.total, formula.floor, basis.periods
    checks = (
        (Shortfall.CONTRACTS, total.by_count.whole < max(floor.contracts, 1)),
        (Shortfall.AMOUNT, total.by_amount.whole < floor.amount),
        (Shortfall.UNCONFIRMED, floor.all_judged and total.unconfirmed_count > 0),
        (Shortfall.PERIODS, floor.all_confirmed and periods.part < periods.whole),
    )
    return tuple(fault for fault, is_short in checks if is_short)


def _part(basis: ScoreBasis, rule: PartRule) -> PartScore:
    numerator, denominator = _reached(basis, rule)
    if denominator <= 0 or numerator <= 0:
        return PartScore(rule, numerator, denominator, 0)
    share = min(Fraction(numerator, denominator), Fraction(1))
    return PartScore(rule, numerator, denominator, half_up(rule.points * share))


def _reached(basis: ScoreBasis, rule: PartRule) -> tuple[int, int]:
    """How much of the part was reached, as two whole numbers that are not cancelled down: they can be looked up."""
    place = basis.place
    if rule.part is Part.IMPROVEMENT:
        rise = basis.improvement
        return (0, 0) if rise is None else (1000 * rise.numerator, rise.denominator * rule.full_at)
    if rule.part is Part.INDIRECT:
        return basis.indirect, rule.full_at
    if rule.part is Part.ADDITIONS:
        return sum(addition.hundredths for addition in basis.additions), rule.points * 100
    ratio = {
        Part.EFFECTIVE_AMOUNT: place.effective.by_amount,
        Part.EFFECTIVE_COUNT: place.effective.by_count,
        Part.GOODS_AND_SERVICES: place.effective_of(PurchaseKind.GOODS, PurchaseKind.SERVICES).by_amount,
        Part.PUNCTUAL: basis.periods,
    }[rule.part]
    return 1000 * ratio.part, ratio.whole * rule.full_at


def _told_apart(basis: ScoreBasis, tie: TieBreak) -> Fraction:
    place = basis.place
    if tie is TieBreak.LOCAL_AMOUNT:
        return Fraction(place.total.local_amount)
    if tie is TieBreak.IMPROVEMENT:
        rise = basis.improvement
        return Fraction(-2) if rise is None else rise  # below every fall that there can be
    ratio = {
        TieBreak.EFFECTIVE_AMOUNT_RATIO: place.effective.by_amount,
        TieBreak.EFFECTIVE_COUNT_RATIO: place.effective.by_count,
        TieBreak.AMOUNT_RATIO: place.total.by_amount,
        TieBreak.COUNT_RATIO: place.total.by_count,
        TieBreak.PUNCTUAL: basis.periods,
    }[tie]
    return Fraction(ratio.part, ratio.whole) if ratio.whole else Fraction(-1)
