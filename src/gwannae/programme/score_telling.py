"""A formula and its scores as plain JSON values, and back: what a frozen result keeps of how points were reckoned."""

from collections.abc import Mapping
from typing import Any

from gwannae.programme.organisations import OrganisationKind
from gwannae.programme.score import PartScore, Score, Shortfall
from gwannae.programme.score_rules import Floor, Group, Part, PartRule, ScoreFormula, TieBreak


def told_formula(formula: ScoreFormula) -> dict[str, object]:
    """Every number of the formula; what is added or left out here changes every fingerprint."""
    floor = formula.floor
    return {
        "from_year": formula.from_year,
        "total": formula.total,
        "parts": [[rule.part.value, rule.points, rule.full_at] for rule in formula.parts],
        "floor": [floor.contracts, floor.amount, floor.all_judged, floor.all_confirmed],
        "groups": [[group.name, sorted(group.kinds), group.below] for group in formula.groups],
        "tie_breaks": [tie.value for tie in formula.tie_breaks],
        "source": formula.source,
    }


def formula_from(told: Mapping[str, Any]) -> ScoreFormula:
    """The other way round. Raises ValueError, KeyError or TypeError for what is none."""
    return ScoreFormula(
        told["from_year"],
        told["total"],
        tuple(PartRule(Part(part), points, full_at) for part, points, full_at in told["parts"]),
        Floor(*told["floor"]),
        tuple(Group(name, frozenset(map(OrganisationKind, kinds)), below) for name, kinds, below in told["groups"]),
        tuple(map(TieBreak, told["tie_breaks"])),
        told["source"],
    )


def told_score(score: Score) -> dict[str, object]:
    """Every step of one organisation's score."""
    return {
        "group": score.group,
        "parts": [[p.rule.part.value, p.numerator, p.denominator, p.hundredths] for p in score.parts],
        "shortfalls": [shortfall.value for shortfall in score.shortfalls],
        "hundredths": score.hundredths,
    }


def score_from(told: Mapping[str, Any], formula: ScoreFormula) -> Score:
    """The other way round, with the formula that it was reckoned by."""
    rules = {rule.part.value: rule for rule in formula.parts}
    parts = tuple(PartScore(rules[part], *numbers) for part, *numbers in told["parts"])
    return Score(told["group"], parts, tuple(map(Shortfall, told["shortfalls"])))
