"""What `/local-standings` answers."""

from dataclasses import dataclass
from datetime import date

from gwannae.programme.item_measure import ItemLine
from gwannae.programme.score import Scored
from gwannae.programme.score_lift import Lift
from gwannae.programme.scoreboard import Scoreboard
from gwannae.programme.standings import Place, Standings
from gwannae.programme.standings_words import Asked


@dataclass(frozen=True, slots=True)
class StandingsAnswer:
    """Standings of what was asked for, as reported up to `day`; `mine` is the asker's organisation, None if the bot
    does not know it. `leaks` are its items with outside purchases for which a local choice was possible, the most won
    first.
    """

    asked: Asked
    standings: Standings
    mine: Place | None
    day: date
    leaks: tuple[ItemLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreAnswer:
    """The same where the year has a formula. `lift`: what would lift the asker's organisation, if anything does."""

    asked: Asked
    board: Scoreboard
    mine: Scored | None
    day: date
    lift: Lift | None = None


@dataclass(frozen=True, slots=True)
class ScoreExplained:
    """One organisation's score, to be explained."""

    board: Scoreboard
    line: Scored
    lift: Lift | None
