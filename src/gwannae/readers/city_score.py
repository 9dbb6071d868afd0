"""The tables of a city file that say how a score is reckoned; a formula that does not add up is refused."""

from typing import Annotated

from msgspec import Meta, Struct, field

from gwannae.programme.organisations import OrganisationKind
from gwannae.programme.score_rules import Floor, Group, Part, PartRule, ScoreFormula, TieBreak
from gwannae.readers.city_counting import Text

Points = Annotated[int, Meta(ge=1, le=1000)]
Won = Annotated[int, Meta(ge=0, lt=10**13)]
Percent = Annotated[str, Meta(pattern=r"^(?:0\.[1-9]|[1-9][0-9]?(?:\.[0-9])?|100(?:\.0)?)$")]

_OF_WON = (Part.INDIRECT,)
_WITHOUT_MEASURE = (Part.ADDITIONS,)


class _PartTable(Struct, forbid_unknown_fields=True):
    part: Part
    points: Points
    full_at: Percent | None = None
    full_at_won: Annotated[int, Meta(ge=1, lt=10**13)] | None = None

    def __post_init__(self) -> None:
        needs_won = self.part in _OF_WON
        if needs_won != (self.full_at_won is not None):
            raise ValueError(f"full_at_won for indirect alone, and not for {self.part.value}")
        if self.full_at is not None and (needs_won or self.part in _WITHOUT_MEASURE):
            raise ValueError(f"no full_at for {self.part.value}")
        if self.part is Part.IMPROVEMENT and self.full_at is None:
            raise ValueError("full_at for improvement: the percentage points that bring all of it")

    def value(self) -> PartRule:
        """As the programme knows it."""
        if self.full_at_won is not None:
            return PartRule(self.part, self.points, self.full_at_won)
        whole, _, tenth = (self.full_at or "100").partition(".")
        return PartRule(self.part, self.points, int(whole) * 10 + int(tenth or "0"))


class _FloorTable(Struct, forbid_unknown_fields=True):
    contracts: Annotated[int, Meta(ge=0, le=100_000)] = 0
    amount: Won = 0
    all_judged: bool = False
    all_confirmed: bool = False


class _GroupTable(Struct, forbid_unknown_fields=True):
    name: Annotated[str, Meta(min_length=1, max_length=20)]
    kinds: tuple[OrganisationKind, ...] = ()
    below: Annotated[int, Meta(ge=1, lt=10**15)] | None = None

    def __post_init__(self) -> None:
        if self.kinds and self.below is not None:
            raise ValueError("a group by kinds or by below, not both")


class ScoreTable(Struct, forbid_unknown_fields=True, kw_only=True):
    """From a year's results on: how points are reckoned; see README.md of cities/."""

    from_year: Annotated[int, Meta(ge=2000, le=2999)]
    total: Points
    parts: Annotated[tuple[_PartTable, ...], Meta(min_length=1, max_length=len(Part))]
    floor: _FloorTable = field(default_factory=_FloorTable)
    groups: Annotated[tuple[_GroupTable, ...], Meta(max_length=20)] = ()
    tie_breaks: tuple[TieBreak, ...] = ()
    source: Text

    def __post_init__(self) -> None:
        named = [one.part for one in self.parts]
        if len(set(named)) != len(named):
            raise ValueError("parts that differ from each other")
        added = sum(one.points for one in self.parts if not one.part.is_extra)
        if added != self.total:
            raise ValueError(f"parts (without additions) that add up to total = {self.total}, and they make {added}")
        if len(set(self.tie_breaks)) != len(self.tie_breaks):
            raise ValueError("tie_breaks that differ from each other")
        self._groups_divide_everybody()

    def _groups_divide_everybody(self) -> None:
        if not self.groups:
            return
        if len({one.name for one in self.groups}) != len(self.groups):
            raise ValueError("names of groups that differ from each other")
        if any(one.kinds for one in self.groups):
            kinds = [kind for one in self.groups for kind in one.kinds]
            if sorted(kinds) != sorted(OrganisationKind) or not all(one.kinds for one in self.groups):
                raise ValueError("groups in which each of division, council, institution, corporation stands once")
            return
        bounds = [one.below for one in self.groups[:-1]]
        if self.groups[-1].below is not None or bounds != sorted(set(filter(None, bounds))):
            raise ValueError("groups with rising below, the last of them without it")

    def value(self) -> ScoreFormula:
        """As the programme knows it."""
        return ScoreFormula(
            self.from_year,
            self.total,
            tuple(one.value() for one in self.parts),
            Floor(self.floor.contracts, self.floor.amount, self.floor.all_judged, self.floor.all_confirmed),
            tuple(Group(one.name, frozenset(one.kinds), one.below) for one in self.groups),
            self.tie_breaks,
            self.source,
        )
