"""What `/local-standings` answers."""

from dataclasses import dataclass, field
from datetime import date

from gwannae.programme.standings import Place, Standings
from gwannae.programme.vendor_card import Bought


@dataclass(frozen=True, slots=True)
class StandingsAnswer:
    """Standings of one year up to `day`; `mine` is the asker's organisation, None if the bot does not know it.

    `left_out` are its outside contracts that leave the effective (실질) ratio, by the reasons given for them.
    """

    standings: Standings
    mine: Place | None
    day: date
    left_out: Bought = field(default_factory=lambda: Bought(0, 0))
