"""대리: somebody acts for a lead from one day to another, and the role ends by itself."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gwannae.programme.organisations import Affiliation, Organisation

MAX_DAYS = 366


@dataclass(frozen=True, slots=True)
class StandInForm:
    """As it came in: `first` and `last` day, both inclusive; None where none was chosen."""

    organisation_id: int
    user_id: str
    first: date | None
    last: date | None


class StandInFault(StrEnum):
    """What can be wrong with it."""

    PERSON = "person"
    FIRST = "first"
    LAST = "last"
    FIRST_PAST = "first_past"
    LAST_BEFORE_FIRST = "last_before_first"
    TOO_LONG = "too_long"
    LEADS_ALREADY = "leads_already"
    STANDS_IN_ALREADY = "stands_in_already"


@dataclass(frozen=True, slots=True)
class StandInDesk:
    """What the form offers: the organisations for which the person may name a stand-in."""

    organisations: tuple[Organisation, ...]
    today: date


@dataclass(frozen=True, slots=True)
class StandInNamed:
    """The person acts for the lead now, or will."""

    affiliation: Affiliation


@dataclass(frozen=True, slots=True)
class StandInRefused:
    """The form stays open: every fault at its field."""

    faults: tuple[StandInFault, ...]


@dataclass(frozen=True, slots=True)
class AlreadyNamed:
    """The same form was delivered before: nobody was named twice."""


def faults_of(form: StandInForm, today: date) -> tuple[StandInFault, ...]:
    """What is wrong with the form by itself."""
    faults = [] if form.user_id else [StandInFault.PERSON]
    if form.first is None:
        faults.append(StandInFault.FIRST)
    elif form.first < today:
        faults.append(StandInFault.FIRST_PAST)
    if form.last is None:
        faults.append(StandInFault.LAST)
    elif form.first is not None and form.last < form.first:
        faults.append(StandInFault.LAST_BEFORE_FIRST)
    elif form.first is not None and (form.last - form.first).days >= MAX_DAYS:
        faults.append(StandInFault.TOO_LONG)
    return tuple(faults)


def until_of(last: date) -> date:
    """The first day without the role, as an affiliation keeps it: the day after the last one."""
    return last + timedelta(days=1)


def last_of(until: date) -> date:
    """The other way round."""
    return until - timedelta(days=1)
