"""마감: the call before a year is closed, and the word that it is."""

from dataclasses import dataclass
from datetime import date

from gwannae.programme.organisations import Organisation
from gwannae.programme.owed import Owed
from gwannae.programme.periods import Period


@dataclass(frozen=True, slots=True)
class ClosingCall:
    """What an organisation still owes before `closing`; `working_days` are left until then, that day among them.
    `running`: the month that is not over yet and holds no purchase so far; None where it does.
    """

    owed: Owed
    closing: date
    working_days: int
    running: Period | None
    today: date


@dataclass(frozen=True, slots=True)
class YearClosed:
    """The year's rows that count for the award may not be touched any more, but for what the office opens again."""

    organisation: Organisation
    year: int
    closing: date
    may_report_late: bool
