"""가점: the city's dated table from a rank in the frozen result to points of the performance evaluation (BSC)."""

from dataclasses import dataclass
from datetime import date

from gwannae.programme.result_rules import BonusTable
from gwannae.programme.results import Result, ResultLine


@dataclass(frozen=True, slots=True)
class Bonus:
    """An organisation's points, in hundredths, with the line that they come from."""

    line: ResultLine
    hundredths: int


@dataclass(frozen=True, slots=True)
class BonusSheet:
    """All that get points, by rank, and the table that says so. `decided_on`: the council's day."""

    result: Result
    table: BonusTable
    bonuses: tuple[Bonus, ...]
    fingerprint: str
    decided_on: date | None


def bonuses(result: Result, table: BonusTable) -> tuple[Bonus, ...]:
    """Who gets how much: equal ranks get the same points; who has no rank gets none and is not listed."""
    return tuple(
        Bonus(line, points)
        for line in result.ranked
        if (points := table.points(line.rank, line.score.hundredths if line.score else None))
    )


def write_points(hundredths: int) -> str:
    """ "1.5", "0.75", "2.0": at least one decimal, no needless nought behind it."""
    whole, rest = divmod(hundredths, 100)
    text = f"{rest:02}"
    return f"{whole}.{text[0]}" if text[1] == "0" else f"{whole}.{text}"
