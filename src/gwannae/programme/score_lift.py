"""무엇을 더 사면: how few local purchases more would lift an organisation to a better rank, reckoned with the formula.

Nothing is guessed: the purchases are put beside the organisation's own, its score is reckoned anew, and its rank among
the others, as they stand, is read off. What one purchase comes to is the average of its own local ones of that kind,
cut to whole 만 원.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.programme.score import ScoreBasis, Scored, order_key, score_of
from gwannae.programme.score_rules import ScoreFormula
from gwannae.programme.standings import Figures, Place, Total
from gwannae.programme.verdict import Verdict

MOST = 20
_STEP = 10_000
_TRIED = (PurchaseKind.GOODS, PurchaseKind.SERVICES)  # works are not bought to climb


@dataclass(frozen=True, slots=True)
class Lift:
    """So many local purchases more of a kind, of `won` each, lift to `rank` of `group` with `hundredths` of points."""

    kind: PurchaseKind
    count: int
    won: int
    rank: int
    group: str
    hundredths: int


def lift(scoreboard: Sequence[Scored], organisation_id: int, formula: ScoreFormula) -> Lift | None:
    """The least money that lifts by one rank or more, of at most MOST purchases; None where nothing of it does, or the
    organisation is first.
    """
    mine = next((one for one in scoreboard if one.organisation.id == organisation_id), None)
    if mine is None or mine.rank == 1:
        return None
    others = [one for one in scoreboard if one is not mine]
    found = [one for kind in _TRIED if (one := _lift_by(mine, others, kind, formula)) is not None]
    return min(found, key=lambda one: (one.count * one.won, one.count), default=None)


def with_more(place: Place, kind: PurchaseKind, count: int, won: int) -> Place:
    """The place as it would be with so many more local purchases of `won` each."""
    added = Total(place.organisation.id, kind, Verdict.LOCAL, count, count * won)
    kinds = {**place.by_kind, kind: place.by_kind.get(kind, Figures()).plus(added)}
    return replace(place, total=place.total.plus(added), by_kind=kinds)


def _lift_by(mine: Scored, others: Sequence[Scored], kind: PurchaseKind, formula: ScoreFormula) -> Lift | None:
    won = _usual(mine.basis.place, kind)
    for count in range(1, MOST + 1) if won else ():
        basis = replace(mine.basis, place=with_more(mine.basis.place, kind, count, won))
        score = score_of(basis, formula)
        if score.shortfalls:
            continue
        rank = _rank(basis, others, formula)
        # Who grows into another group has not climbed by it.
        if score.group == mine.score.group and (mine.rank is None or rank < mine.rank):
            return Lift(kind, count, won, rank, score.group, score.hundredths)
    return None


def _rank(basis: ScoreBasis, others: Sequence[Scored], formula: ScoreFormula) -> int:
    score = score_of(basis, formula)
    mine = order_key(basis, score, formula)
    rivals = (one for one in others if one.rank is not None and one.score.group == score.group)
    return 1 + sum(order_key(one.basis, one.score, formula) > mine for one in rivals)


def _usual(place: Place, kind: PurchaseKind) -> int:
    """What one local purchase of the kind comes to here, in whole 만 원; 0 where there was none."""
    figures = place.by_kind.get(kind, Figures())
    if not figures.local_count:
        return 0
    return max(figures.local_amount // figures.local_count // _STEP, 1) * _STEP
