"""점수 규칙: the dated formula that a city sets for a year: parts and points, floors, groups, how ties are told apart.

No source gives a city's whole formula; each is a setting of that city's yearly plan and names it in `source`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gwannae.programme.organisations import OrganisationKind


class Part(StrEnum):
    """What a score may be made of. The value is kept in frozen results for ever: never rename one."""

    EFFECTIVE_AMOUNT = "effective_amount"
    EFFECTIVE_COUNT = "effective_count"
    IMPROVEMENT = "improvement"
    GOODS_AND_SERVICES = "goods_and_services"
    PUNCTUAL = "punctual"
    INDIRECT = "indirect"
    ADDITIONS = "additions"

    @property
    def label(self) -> str:
        """The words that offices use."""
        return _LABELS[self]

    @property
    def is_extra(self) -> bool:
        """Whether it comes on top of the whole: what the office itself adds is no share of it."""
        return self is Part.ADDITIONS


_LABELS = {
    Part.EFFECTIVE_AMOUNT: "실질 금액 비율",
    Part.EFFECTIVE_COUNT: "실질 건수 비율",
    Part.IMPROVEMENT: "지난해보다 나아짐",
    Part.GOODS_AND_SERVICES: "물품·용역 실질 금액 비율",
    Part.PUNCTUAL: "기한 안 확정",
    Part.INDIRECT: "간접 구매",
    Part.ADDITIONS: "별도 가점",
}


class TieBreak(StrEnum):
    """What tells equal scores apart; those that are equal in all of them are the council's."""

    EFFECTIVE_AMOUNT_RATIO = "effective_amount_ratio"
    EFFECTIVE_COUNT_RATIO = "effective_count_ratio"
    AMOUNT_RATIO = "amount_ratio"
    COUNT_RATIO = "count_ratio"
    LOCAL_AMOUNT = "local_amount"
    IMPROVEMENT = "improvement"
    PUNCTUAL = "punctual"

    @property
    def label(self) -> str:
        """The words that offices use."""
        return _TIE_LABELS[self]


_TIE_LABELS = {
    TieBreak.EFFECTIVE_AMOUNT_RATIO: "실질 금액 비율",
    TieBreak.EFFECTIVE_COUNT_RATIO: "실질 건수 비율",
    TieBreak.AMOUNT_RATIO: "금액 비율",
    TieBreak.COUNT_RATIO: "건수 비율",
    TieBreak.LOCAL_AMOUNT: "관내 금액",
    TieBreak.IMPROVEMENT: "지난해보다 나아짐",
    TieBreak.PUNCTUAL: "기한 안 확정",
}


@dataclass(frozen=True, slots=True)
class PartRule:
    """One part. `points` (whole ones) are reached at `full_at`: tenths of a percent of a ratio, tenths of a percentage
    point for an improvement, won for indirect buying; of ADDITIONS they are the cap.
    """

    part: Part
    points: int
    full_at: int


@dataclass(frozen=True, slots=True)
class Floor:
    """Who is below stands in no rank: contracts and won with a verdict, nothing unconfirmed, every period confirmed."""

    contracts: int = 0
    amount: int = 0
    all_judged: bool = False
    all_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Those who are ranked among one another: of some kinds, or with less than so many won of a year's purchases (those
    with a verdict); neither: all that are left.
    """

    name: str
    kinds: frozenset[OrganisationKind] = frozenset()
    below: int | None = None


@dataclass(frozen=True, slots=True)
class ScoreFormula:
    """From the results of `from_year` on. `parts` but for extra ones make `total` points together."""

    from_year: int
    total: int
    parts: tuple[PartRule, ...]
    floor: Floor
    groups: tuple[Group, ...]
    tie_breaks: tuple[TieBreak, ...]
    source: str

    def rule_of(self, part: Part) -> PartRule | None:
        """How a part is reckoned, if it is one of this formula."""
        return next((rule for rule in self.parts if rule.part is part), None)


def formula_for(formulas: Sequence[ScoreFormula], year: int) -> ScoreFormula | None:
    """The formula for a year's results; None where the city has none yet."""
    begun = [one for one in formulas if one.from_year <= year]
    return max(begun, key=lambda one: one.from_year, default=None)


def group_of(groups: Sequence[Group], kind: OrganisationKind, won: int) -> str:
    """The name of the group that an organisation of this kind, with so many won of purchases, is ranked in; "" where
    there are no groups.
    """
    for group in groups:
        if (group.kinds and kind in group.kinds) or (not group.kinds and (group.below is None or won < group.below)):
            return group.name
    return ""


class EntryKind(StrEnum):
    """What the office adds by hand. The value is kept for ever."""

    INDIRECT = "indirect"
    ADDITION = "addition"


@dataclass(frozen=True, slots=True)
class ScoreEntry:
    """One thing that is added to an organisation's year: won of indirect buying, or hundredths of a point. `evidence`
    names the paper that shows it.
    """

    year: int
    organisation_id: int
    kind: EntryKind
    label: str
    amount: int
    evidence: str
