"""점수판: everybody's points for a year, group by group."""

from dataclasses import dataclass
from datetime import date

from gwannae.programme.score import Scored
from gwannae.programme.score_rules import ScoreFormula


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """Points for contract dates from `first` to `last`, both inclusive; lines group by group, best first in each."""

    year: int
    first: date
    last: date
    formula: ScoreFormula
    lines: tuple[Scored, ...]

    def of(self, organisation_id: int) -> Scored | None:
        """The line of one organisation."""
        return next((line for line in self.lines if line.organisation.id == organisation_id), None)

    def group(self, name: str) -> tuple[Scored, ...]:
        """Those of one group, best first."""
        return tuple(line for line in self.lines if line.score.group == name)

    def ranked(self, name: str) -> int:
        """How many of a group have a rank."""
        return sum(line.rank is not None for line in self.group(name))
