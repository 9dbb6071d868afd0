"""Who takes part: divisions, council office, institutions, corporations, and the people who act for them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class OrganisationKind(StrEnum):
    """부서·기관 by the ordinance's list of purchasing bodies."""

    DIVISION = "division"
    COUNCIL = "council"
    INSTITUTION = "institution"
    CORPORATION = "corporation"

    @property
    def label(self) -> str:
        """The word that offices use."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    OrganisationKind.DIVISION: "부서",
    OrganisationKind.COUNCIL: "의회",
    OrganisationKind.INSTITUTION: "출자·출연기관",
    OrganisationKind.CORPORATION: "공사",
}

# What sheets of city halls write in their 구분 column. A list, for "구청" and "동" are divisions here as well.
_KIND_WORDS = {
    OrganisationKind.COUNCIL: ("의회",),
    OrganisationKind.CORPORATION: ("공사", "공단", "공기업"),
    OrganisationKind.INSTITUTION: ("출자", "출연", "기관", "재단", "진흥원"),
    OrganisationKind.DIVISION: ("부서", "본청", "직속", "사업소", "구청", "보건소", "동", "과", "국", "담당관", "하부"),
}


def read_kind(text: str) -> OrganisationKind | None:
    """Read a 구분 cell; None when it names no kind that we know."""
    word = text.strip()
    for kind in OrganisationKind:
        if word in (kind.value, kind.label):
            return kind
    if word.startswith("직속"):  # 직속기관 is part of the city hall although it ends in 기관
        return OrganisationKind.DIVISION
    return next((kind for kind, words in _KIND_WORDS.items() if any(w in word for w in words)), None)


@dataclass(frozen=True, slots=True)
class Organisation:
    """One purchasing body. `code` is the city's own short code; `parent` another organisation's code."""

    id: int
    code: str
    name: str
    kind: OrganisationKind
    parent: str | None = None
    active: bool = True


@dataclass(frozen=True, slots=True)
class OrganisationSeed:
    """An organisation as a city file or a sheet names it, before it has an id."""

    code: str
    name: str
    kind: OrganisationKind
    parent: str | None = None
    channel: str | None = None


class Role(StrEnum):
    """What somebody is for an organisation, or for the whole programme (OFFICE, PLANNING).

    STAND_IN acts for a lead from a day to a day, and names nobody.
    PLANNING is the office that reckons the bonus points: it reads results and changes nothing.
    """

    STAFF = "staff"
    LEAD = "lead"
    STAND_IN = "stand_in"
    OFFICE = "office"
    PLANNING = "planning"

    @property
    def label(self) -> str:
        """The word that offices use."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    Role.STAFF: "담당자",
    Role.LEAD: "부서 책임자",
    Role.STAND_IN: "책임자 대리",
    Role.OFFICE: "총괄 부서",
    Role.PLANNING: "성과 부서",
}

GIVEN_ROLES = (Role.STAFF, Role.LEAD, Role.OFFICE, Role.PLANNING)  # those that a form or the command line gives


@dataclass(frozen=True, slots=True)
class Affiliation:
    """One person's role for one organisation, from a day on (inclusive) until a day (exclusive; None: still).

    `self_declared` marks what the person said of themselves when first reporting: it allows reporting only.
    """

    id: int
    team_id: str
    user_id: str
    organisation: Organisation
    role: Role
    self_declared: bool
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: a person of a workspace, or the command line (`user_id` "cli", no workspace)."""

    team_id: str
    user_id: str
    channel_id: str | None = None

    @property
    def is_command_line(self) -> bool:
        """The machine's administrator at a terminal, who may do everything and is written down as such."""
        return not self.team_id and self.user_id == "cli"


COMMAND_LINE = Actor(team_id="", user_id="cli")
