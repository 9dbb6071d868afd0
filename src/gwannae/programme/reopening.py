"""다시 열기: the programme office opens one report, or an organisation's closed period, for some days, and says why."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from gwannae.programme.closing import Closed
from gwannae.programme.organisations import Organisation
from gwannae.programme.periods import Period
from gwannae.programme.purchases import Purchase

MAX_DAYS = 60
MAX_REASON = 300


@dataclass(frozen=True, slots=True)
class TooLate:
    """The period of a stored report is closed, so it stays as it is. `may_reopen`: whether the asker may open it."""

    purchase: Purchase
    closed: Closed
    may_reopen: bool


@dataclass(frozen=True, slots=True)
class Reopening:
    """What is open again from `since` on, up to the day before `until`: one report (`purchase_id`) or all of an
    organisation, with a contract date from `first` to `last`, both inclusive.
    """

    organisation: Organisation
    purchase_id: int | None
    first: date
    last: date
    since: date
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class ReopenAsked:
    """Somebody asks the office to open a report; `fresh`: for the first time today."""

    purchase: Purchase
    organisation: Organisation
    period: Period
    fresh: bool


@dataclass(frozen=True, slots=True)
class ReopenDesk:
    """What the office's form offers: a report with its period, or all organisations and the periods that have closed
    (latest first)."""

    purchase: Purchase | None
    organisations: tuple[Organisation, ...]
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class ReopenForm:
    """The form as it came in. `purchase_id`: this report, or (`whole`) all of its organisation's period; None: all of
    the organisation's and period that are named.
    """

    purchase_id: int | None
    whole: bool
    organisation_id: int
    period: Period | None
    days: int
    reason: str


class ReopenFault(StrEnum):
    """What the form lacks."""

    ORGANISATION = "organisation"
    PERIOD = "period"
    DAYS = "days"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class ReopenRefused:
    """The form stays open: every fault at its field."""

    faults: tuple[ReopenFault, ...]


@dataclass(frozen=True, slots=True)
class Reopened:
    """It was opened now. `purchase`: the report, where it is one; `tell`: who should know, as (team, user)."""

    reopening: Reopening
    period: Period
    purchase: Purchase | None
    tell: tuple[tuple[str, str], ...]
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class AlreadyReopened:
    """The same form was delivered before: nothing was opened twice."""
