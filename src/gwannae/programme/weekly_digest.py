"""주간 요약: what the programme office reads once a week instead of copies: who owes what, and what did not go out."""

from dataclasses import dataclass
from datetime import date

from gwannae.programme.owed import Owed
from gwannae.programme.periods import Period
from gwannae.programme.posting_trouble import TroubleDigest


@dataclass(frozen=True, slots=True)
class WeeklyDigest:
    """The office's week on `day`. `month`: the latest month whose reports are asked for; `owing` those who owe
    anything, `organisations` how many take part; `trouble` is what was not sent, and the sum of all that was planned.
    """

    day: date
    month: Period
    organisations: int
    owing: tuple[Owed, ...]
    trouble: TroubleDigest
