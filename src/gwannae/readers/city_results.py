"""The tables of a city file that say how a year is settled: objections, prizes, points."""

from typing import Annotated

from msgspec import Meta, Struct

from gwannae.programme.council_rules import MOST_DUTIES, CouncilRules
from gwannae.programme.result_rules import BonusTable, ResultRules
from gwannae.readers.city_counting import Text

Prize = Annotated[str, Meta(min_length=1, max_length=20)]


class ResultsTable(Struct, forbid_unknown_fields=True, kw_only=True):
    """How a year is settled; see README.md of cities/."""

    objection_days: Annotated[int, Meta(ge=1, le=90)] = ResultRules().objection_days
    prizes: Annotated[tuple[Prize, ...], Meta(min_length=1, max_length=8)] = ResultRules().prizes

    def __post_init__(self) -> None:
        if len(set(self.prizes)) != len(self.prizes):
            raise ValueError("prizes that differ from each other")

    def value(self) -> ResultRules:
        """As the programme knows it."""
        return ResultRules(self.objection_days, self.prizes)


class CouncilTable(Struct, forbid_unknown_fields=True, kw_only=True):
    """The working council: its name, its most seats, its duties in the order of the agenda."""

    name: Text = CouncilRules().name
    seats: Annotated[int, Meta(ge=1, le=50)] = CouncilRules().seats
    duties: Annotated[tuple[Text, ...], Meta(min_length=1, max_length=MOST_DUTIES)] = CouncilRules().duties

    def value(self) -> CouncilRules:
        """As the programme knows it."""
        return CouncilRules(self.name, self.seats, self.duties)


class BonusStepTable(Struct, forbid_unknown_fields=True, kw_only=True):
    """Up to this rank, or from this score on, there are these points ("1.5")."""

    to_rank: Annotated[int, Meta(ge=1, le=1000)] | None = None
    from_score: Annotated[str, Meta(pattern=r"^(?:0|[1-9][0-9]{0,3})(?:\.[0-9]{1,2})?$")] | None = None
    points: Annotated[str, Meta(pattern=r"^(?:0|[1-9][0-9]?)(?:\.[0-9]{1,2})?$")]

    def __post_init__(self) -> None:
        if (self.to_rank is None) == (self.from_score is None):
            raise ValueError("to_rank or from_score, one of the two")

    @property
    def hundredths(self) -> int:
        """The points as a whole number of hundredths."""
        return _hundredths(self.points)

    @property
    def least(self) -> int:
        """The score from which they are given, in hundredths; 0 where a rank says so."""
        return _hundredths(self.from_score or "0")


def _hundredths(written: str) -> int:
    whole, _, rest = written.partition(".")
    return int(whole) * 100 + int(rest.ljust(2, "0"))


class BonusTableTable(Struct, forbid_unknown_fields=True, kw_only=True):
    """From a year's results on: from rank to bonus points."""

    from_year: Annotated[int, Meta(ge=2000, le=2999)]
    steps: Annotated[tuple[BonusStepTable, ...], Meta(min_length=1, max_length=50)]
    source: Text

    def __post_init__(self) -> None:
        points = [step.hundredths for step in self.steps]
        if len({step.to_rank is None for step in self.steps}) > 1:
            raise ValueError("steps that all have to_rank, or all from_score")
        if points != sorted(set(points), reverse=True):
            raise ValueError("steps with rising to_rank (or falling from_score) and falling points")
        bounds = [-step.least if self.by_score else step.to_rank or 0 for step in self.steps]
        if bounds != sorted(set(bounds)):
            raise ValueError("steps with rising to_rank (or falling from_score) and falling points")

    @property
    def by_score(self) -> bool:
        """Whether points are given for a score."""
        return self.steps[0].to_rank is None

    def value(self) -> BonusTable:
        """As the programme knows it."""
        steps = tuple((s.least if self.by_score else s.to_rank or 0, s.hundredths) for s in self.steps)
        return BonusTable(self.from_year, steps, self.source, self.by_score)
