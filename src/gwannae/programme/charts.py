"""Charts before they are drawn: what is shown, in whole numbers and short labels."""

from dataclasses import dataclass

from gwannae.programme.ratio import Ratio

MOST_BARS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. `tenths`: its length in tenths of a percent of the room, None where there is nothing to draw; `note`
    stands behind it ("62.5% (10/16)"); `own`: the reader's own, or the second of a pair.
    """

    label: str
    tenths: int | None
    note: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars from left to right, the first on top. `unit` says what their length is."""

    title: str
    unit: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """A line over twelve months; None where a month has no ratio. `own`: thick and whole, else thin and broken."""

    label: str
    months: tuple[Ratio | None, ...]
    own: bool = False


@dataclass(frozen=True, slots=True)
class Curves:
    """Ratios over a year's months, from 0 to 100%."""

    title: str
    unit: str
    curves: tuple[Curve, ...]


Chart = Bars | Curves


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with the sentence that says what it shows to whoever does not see it."""

    name: str
    chart: Chart
    alt: str


def ratio_bar(label: str, ratio: Ratio, note: str, *, own: bool = False) -> Bar:
    """A bar as long as its percentage."""
    return Bar(label, ratio.percent_tenths, note, own)


def share_bar(label: str, part: int, most: int, note: str) -> Bar:
    """A bar as long as an amount is of the highest one."""
    return Bar(label, 1000 * part // most if most else None, note)
