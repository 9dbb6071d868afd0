"""What `/local-standings` answers."""

from dataclasses import dataclass
from datetime import date

from gwannae.programme.standings import Place, Standings


@dataclass(frozen=True, slots=True)
class StandingsAnswer:
    """Standings of one year up to `day`; `mine` is the asker's organisation, None if the bot does not know it."""

    standings: Standings
    mine: Place | None
    day: date
