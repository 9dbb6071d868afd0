"""이의: what an organisation says against its preliminary result, and what the programme office answers."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

MAX_SENTENCE = 1000
MAX_EVIDENCE = 500
MAX_ANSWER = 1000


@dataclass(frozen=True, slots=True)
class Objection:
    """`thread` is channel and ts of the post that it was made from: its answer goes there. `accepted` is None while
    nobody has answered.
    """

    id: int
    result_number: int
    year: int
    organisation_id: int
    organisation: str
    sentence: str
    evidence: str
    at: datetime
    team_id: str
    user_id: str
    thread: tuple[str, str] | None = None
    accepted: bool | None = None
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""


@dataclass(frozen=True, slots=True)
class ObjectionForm:
    """What was filled in. `thread` as in Objection."""

    year: int
    organisation_id: int
    sentence: str
    evidence: str
    thread: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """What the office says to one objection."""

    objection_id: int
    accepted: bool | None
    answer: str


class ObjectionFault(StrEnum):
    """Which field is wrong."""

    SENTENCE = "sentence"
    ACCEPTED = "accepted"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class ObjectionRefused:
    """Nothing was stored; the fields that are wrong."""

    faults: tuple[ObjectionFault, ...]


@dataclass(frozen=True, slots=True)
class ObjectionsClosed:
    """Objections to this result are not taken now: `until` was the last day; None: it was never shown, or the year is
    settled.
    """

    until: date | None


@dataclass(frozen=True, slots=True)
class Objected:
    """It stands; `fresh` is False where the same form came in again. `office` are the people to be told."""

    objection: Objection
    until: date
    fresh: bool
    office: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ObjectionAnswered:
    """It was answered now, or (`fresh` False) had been before: the first answer stands."""

    objection: Objection
    fresh: bool
