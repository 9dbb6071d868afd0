"""인수인계: what a new lead finds: what is owed, what is open, how last year went."""

from dataclasses import dataclass
from datetime import date

from gwannae.programme.local_standings import ScoreExplained
from gwannae.programme.organisations import Organisation
from gwannae.programme.owed import Owed
from gwannae.programme.standings import Place


@dataclass(frozen=True, slots=True)
class HandOver:
    """One organisation on a day. `owed` covers every month of the programme year that is over; `this_year` and
    `last_year` are its lines of the two years, None where it bought nothing; `ranked` how many have a rank last year by
    ratio; `last_score` its score of last year, where that year had a formula: its rank is the one that counts.
    `since`: the reader has led it from that day on, if they took over; `reports_due`: the next day
    by which reports are asked for.
    """

    organisation: Organisation
    day: date
    owed: Owed
    this_year: Place | None
    last_year: Place | None
    ranked: int
    reports_due: date
    since: date | None = None
    last_score: ScoreExplained | None = None


@dataclass(frozen=True, slots=True)
class NobodysHandOver:
    """The person reads no organisation's results, or named one that there is not. `names`: those that they may read."""

    names: tuple[str, ...] = ()
