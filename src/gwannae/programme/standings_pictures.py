"""순위의 그림: what is drawn beside somebody's standings."""

from collections.abc import Mapping
from dataclasses import dataclass

from gwannae.programme.item_measure import ItemLine
from gwannae.programme.local_standings import ScoreAnswer, StandingsAnswer
from gwannae.programme.standings import Figures, Place

LEAKS_DRAWN = 8


@dataclass(frozen=True, slots=True)
class DrawnStandings:
    """`upper`: those that everybody may see, best first, none where the asker's own was asked for alone. Figures by
    month of the year (1 to 12; a month without a purchase is not in it) of the asker's organisation and of all
    together; its items that went outside although a local choice was possible, the most won first.
    """

    label: str
    upper: tuple[Place, ...]
    mine: Place | None
    own_months: Mapping[int, Figures]
    all_months: Mapping[int, Figures]
    leaks: tuple[ItemLine, ...]


def upper_and_own(found: StandingsAnswer | ScoreAnswer, shown: int) -> tuple[tuple[Place, ...], Place | None]:
    """The upper part as the answer ranks it (of a score: in the asker's group), `shown` ranks of it, and the own."""
    if isinstance(found, StandingsAnswer):
        mine, ranked = found.mine, [(place.rank, place) for place in found.standings.places]
    else:
        mine = found.mine.basis.place if found.mine else None
        first = found.mine or next(iter(found.board.lines), None)
        group = first.score.group if first else ""
        ranked = [(line.rank, line.basis.place) for line in found.board.group(group)]
    if found.asked.own:
        return (), mine
    return tuple(place for rank, place in ranked if rank is not None)[:shown], mine
