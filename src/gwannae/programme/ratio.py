"""A local ratio: kept as two integers, compared exactly, rounded once for display."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cmp_to_key

from gwannae.programme.amount import write_amount_pair

NO_RATIO = "–"


class RatioFault(StrEnum):
    """Why two integers are not a ratio."""

    NEGATIVE = "negative"
    PART_ABOVE_WHOLE = "part_above_whole"


class RatioError(ValueError):
    """Two integers that are no ratio: `code` says why, `part` and `whole` are what was given."""

    def __init__(self, code: RatioFault, part: int, whole: int) -> None:
        super().__init__(code.value, part, whole)
        self.code = code
        self.part = part
        self.whole = whole


@dataclass(frozen=True, slots=True)
class Ratio:
    """`part` of `whole`: both counts, or both won; 0 <= part <= whole.

    Raises:
        RatioError: NEGATIVE or PART_ABOVE_WHOLE. A cancelled contract once turned an outside firm into a local
            one (0 >= 0), so nonsense is refused where it arises.
    """

    part: int
    whole: int

    def __post_init__(self) -> None:
        if self.part < 0 or self.whole < 0:
            raise RatioError(RatioFault.NEGATIVE, self.part, self.whole)
        if self.part > self.whole:
            raise RatioError(RatioFault.PART_ABOVE_WHOLE, self.part, self.whole)

    @property
    def percent_tenths(self) -> int | None:
        """Tenths of a percent, half up (625 is 62.5%); None where there is nothing to divide by."""
        if self.whole == 0:
            return None
        return (2000 * self.part + self.whole) // (2 * self.whole)

    @property
    def text(self) -> str:
        """The percentage with one decimal: "62.5%", or "–" where the whole is 0."""
        tenths = self.percent_tenths
        return NO_RATIO if tenths is None else f"{tenths // 10}.{tenths % 10}%"


def sum_ratios(ratios: Iterable[Ratio]) -> Ratio:
    """Return the ratio of all together: sums of parts and wholes, never a mean of percentages."""
    part = whole = 0
    for ratio in ratios:
        part += ratio.part
        whole += ratio.whole
    return Ratio(part, whole)


def compare(a: Ratio, b: Ratio) -> int:
    """Return 1 where `a` is higher than `b`, -1 where it is lower, 0 where both are exactly equal.

    A ratio without a whole is lower than every other, 0% included, so that it comes last in a ranking.
    """
    if a.whole == 0 or b.whole == 0:
        return (a.whole > 0) - (b.whole > 0)
    left, right = a.part * b.whole, b.part * a.whole
    return (left > right) - (left < right)


def rank_number(ratio: Ratio) -> int:
    """A whole number by which ratios stand as `compare` puts them: higher for higher, the same for exactly equal ones.

    Two ratios whose wholes are below 2 ** 63, as every stored one is, differ by more than 1 / 2 ** 126 or not at all.
    """
    return (ratio.part << 127) // ratio.whole if ratio.whole else -1


def _higher_first(a: Ratio, b: Ratio) -> int:
    return compare(b, a)


#: Sort key for a ranking: the highest ratio first, those without a whole last.
highest_first = cmp_to_key(_higher_first)


def write_ratio_count(ratio: Ratio) -> str:
    """Return a ratio of counts as it is shown: "62.5% (10/16)"."""
    return f"{ratio.text} ({ratio.part:,}/{ratio.whole:,})"


def write_ratio_amount(ratio: Ratio) -> str:
    """Return a ratio of won as it is shown: "48.1% (2,310/4,800만 원)", "41.0% (6,150만/1억 5,000만 원)"."""
    return f"{ratio.text} ({write_amount_pair(ratio.part, ratio.whole)})"
