"""주간 요약: what the programme office reads once a week instead of copies: who owes what, and what did not go out."""

from dataclasses import dataclass
from datetime import date

from gwannae.programme.owed import Owed
from gwannae.programme.periods import Period


@dataclass(frozen=True, slots=True)
class Trouble:
    """Posts that have not gone out, to one organisation (its name; empty: the office) and for one problem's code."""

    organisation: str
    problem: str
    number: int


@dataclass(frozen=True, slots=True)
class WeeklyDigest:
    """The office's week on `day`. `month`: the latest month whose reports are asked for; `owing` those who owe
    anything, `organisations` how many take part; `trouble` is what was not sent.
    """

    day: date
    month: Period
    organisations: int
    owing: tuple[Owed, ...]
    trouble: tuple[Trouble, ...] = ()
