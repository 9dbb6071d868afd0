"""품목별: both ratios of one item, gross and effective, and which items leave the city most."""

from collections.abc import Iterable
from dataclasses import dataclass

from gwannae.programme.bought import Bought
from gwannae.programme.standings import Figures


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item as it was spelt last, "" where none was stated; `left_out` of its outside contracts leave the effective
    ratio.
    """

    item: str
    gross: Figures
    left_out: Bought

    @property
    def effective(self) -> Figures:
        """실질: without what was left out."""
        return self.gross.without_outside(self.left_out.number, self.left_out.won)


def leaks(lines: Iterable[ItemLine], most: int) -> tuple[ItemLine, ...]:
    """Items with outside purchases for which a local choice was possible, the most won first."""
    found = [line for line in lines if line.effective.outside_amount]
    found.sort(key=lambda line: (-line.effective.outside_amount, -line.effective.outside_count, line.item))
    return tuple(found[:most])
