"""우수부서: what the working council has decided on a frozen result. The bot hands the ranking over; people decide."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from gwannae.programme.council import Member
from gwannae.programme.organisations import Organisation
from gwannae.programme.results import StoredResult

MAX_REASON = 1500
MAX_MEMBERS = 500


@dataclass(frozen=True, slots=True)
class Winner:
    """One prize (최우수, 우수 …) and who has it."""

    prize: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The `number`th decision of a year (a later one replaces it), resting on the result of that number."""

    number: int
    year: int
    result_number: int
    decided_on: date
    members: str
    reason: str
    winners: tuple[Winner, ...]
    at: datetime
    by_team: str
    by_user: str


@dataclass(frozen=True, slots=True)
class DecisionForm:
    """What the office filled in: for each prize the organisation's id, 0 where the prize is not given."""

    year: int
    decided_on: date | None
    members: str
    reason: str
    winners: tuple[tuple[str, int], ...]


class DecisionFault(StrEnum):
    """Which field is wrong."""

    DAY = "day"
    FUTURE = "future"
    MEMBERS = "members"
    REASON = "reason"
    NOBODY = "nobody"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class DecisionRefused:
    """Nothing was stored; the fields that are wrong. `prize` is the place of the one in question."""

    faults: tuple[tuple[DecisionFault, int], ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """It stands; `fresh` is False where the same form came in again. `strangers`: members of the council who are named
    as present and whose term does not cover the day.
    """

    decision: Decision
    fresh: bool
    strangers: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionDesk:
    """What the form offers: the result to decide on, its organisations that take part, the decision so far."""

    stored: StoredResult
    organisations: tuple[Organisation, ...]
    prizes: tuple[str, ...]
    before: Decision | None
