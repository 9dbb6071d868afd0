"""The tables of a city file that say how a year is settled: objections, prizes, points."""

from typing import Annotated

from msgspec import Meta, Struct

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


class BonusStepTable(Struct, forbid_unknown_fields=True, kw_only=True):
    """Up to this rank there are these points ("1.5")."""

    to_rank: Annotated[int, Meta(ge=1, le=1000)]
    points: Annotated[str, Meta(pattern=r"^(?:0|[1-9][0-9]?)(?:\.[0-9]{1,2})?$")]

    @property
    def hundredths(self) -> int:
        """The points as a whole number of hundredths."""
        whole, _, rest = self.points.partition(".")
        return int(whole) * 100 + int(rest.ljust(2, "0"))


class BonusTableTable(Struct, forbid_unknown_fields=True, kw_only=True):
    """From a year's results on: from rank to bonus points."""

    from_year: Annotated[int, Meta(ge=2000, le=2999)]
    steps: Annotated[tuple[BonusStepTable, ...], Meta(min_length=1, max_length=50)]
    source: Text

    def __post_init__(self) -> None:
        ranks = [step.to_rank for step in self.steps]
        points = [step.hundredths for step in self.steps]
        if ranks != sorted(set(ranks)) or points != sorted(set(points), reverse=True):
            raise ValueError("steps with rising to_rank and falling points")

    def value(self) -> BonusTable:
        """As the programme knows it."""
        return BonusTable(self.from_year, tuple((s.to_rank, s.hundredths) for s in self.steps), self.source)
