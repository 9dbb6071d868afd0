"""결산과 가점: what the city file says of how a year is settled."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ResultRules:
    """For so many days after a preliminary result went out objections are taken; `prizes` are what the council gives,
    the highest first.
    """

    objection_days: int = 10
    prizes: tuple[str, ...] = ("최우수", "우수", "장려")


@dataclass(frozen=True, slots=True)
class BonusTable:
    """From the results of year `from_year` on: up to rank `steps[i][0]` there are `steps[i][1]` hundredths of a point,
    the first step that fits counts. `by_score`: from so many hundredths of the score on instead. `source` is the text
    that says so.
    """

    from_year: int
    steps: tuple[tuple[int, int], ...]
    source: str
    by_score: bool = False

    def points(self, rank: int | None, score: int | None) -> int:
        """Hundredths of a point for a rank (and score, in hundredths): nothing without a rank."""
        if rank is None:
            return 0
        if self.by_score:
            return next((points for least, points in self.steps if score is not None and score >= least), 0)
        return next((points for last, points in self.steps if rank <= last), 0)


def table_for(tables: Sequence[BonusTable], year: int) -> BonusTable | None:
    """The table for a year's results; None where the city has none yet."""
    begun = [table for table in tables if table.from_year <= year]
    return max(begun, key=lambda table: table.from_year, default=None)
