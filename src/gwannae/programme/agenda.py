"""다음 일정: what comes next for somebody, from the year's plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gwannae.programme.calendar import Occasion, year_plan
from gwannae.programme.city import City
from gwannae.programme.ledger import PostKind
from gwannae.programme.organisations import Role
from gwannae.programme.roles import Deed, Standing, may
from gwannae.programme.working_days import OfficeDay, UnconfirmedYearError, WorkingDays, year_to_confirm


class Audience(StrEnum):
    """Whose days they are."""

    STAFF = "staff"
    LEAD = "lead"  # and who stands in for one
    PLANNING = "planning"
    OFFICE = "office"

    @property
    def kinds(self) -> tuple[PostKind, ...]:
        """The days that are asked of them, or that they wait for; for the office every post."""
        return tuple(PostKind) if self is Audience.OFFICE else _KINDS[self]


_STAFF = (
    PostKind.GUIDANCE,
    PostKind.REMINDER,
    PostKind.CLOSING,
    PostKind.PRELIMINARY_STANDINGS,
    PostKind.FINAL_STANDINGS,
    PostKind.ANNOUNCEMENT,
)
_KINDS = {
    Audience.STAFF: _STAFF,
    Audience.LEAD: (*_STAFF, PostKind.CONFIRMATION),
    Audience.PLANNING: (PostKind.CLOSING, PostKind.FINAL_STANDINGS, PostKind.ANNOUNCEMENT, PostKind.BONUS_POINTS),
}


def audience_of(who: Standing) -> Audience:
    """As whom somebody looks at the year: by the role that has most to do with it."""
    roles = {a.role for a in who.affiliations if not a.self_declared}
    if may(who, Deed.KEEP_CALENDAR):
        return Audience.OFFICE
    if roles & {Role.LEAD, Role.STAND_IN}:
        return Audience.LEAD
    return Audience.PLANNING if Role.PLANNING in roles else Audience.STAFF


@dataclass(frozen=True, slots=True)
class Agenda:
    """What comes next, earliest first. `unconfirmed`: a year whose holidays somebody ought to have confirmed by now;
    nothing of it is planned.
    """

    occasions: tuple[Occasion, ...] = ()
    unconfirmed: int | None = None


@dataclass(frozen=True, slots=True)
class YearAhead:
    """A year's plan as far as it is somebody's, in the order in which it is shown."""

    year: int
    occasions: tuple[Occasion, ...]
    audience: Audience


@dataclass(frozen=True, slots=True)
class YearInFull:
    """All that a year holds, and what the office has said of its days."""

    year: int
    occasions: tuple[Occasion, ...]
    weekly: tuple[Occasion, ...]
    office_days: tuple[OfficeDay, ...]


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """The plan of `years` as a file for other calendars."""

    name: str
    content: bytes
    years: tuple[int, ...]


def year_of(occasions: Sequence[Occasion], year: int, audience: Audience) -> YearAhead:
    """The plan of a year for somebody: for the office every post as it goes out, for others the days themselves."""
    return YearAhead(year, tuple(_in_order(occasions, audience)), audience)


def agenda_of(city: City, days: WorkingDays, now: datetime, audience: Audience, most: int) -> Agenda:
    """At most `most` occasions: the days that lie ahead, for the office the posts that go out next."""
    local = now.astimezone(city.zone)
    found: list[Occasion] = []
    unconfirmed = year_to_confirm(city.calendar, local.date())
    for year in (local.year, local.year + 1):
        try:
            found += year_plan(city, days, year)
        except UnconfirmedYearError as error:
            if year == local.year:
                unconfirmed = error.year
    is_post = audience is Audience.OFFICE
    ahead = [one for one in found if (one.opens >= now if is_post else one.on >= local.date())]
    return Agenda(tuple(_in_order(ahead, audience)[:most]), unconfirmed)


def _in_order(occasions: Sequence[Occasion], audience: Audience) -> list[Occasion]:
    theirs = (one for one in occasions if one.kind in audience.kinds)
    if audience is Audience.OFFICE:
        return sorted(theirs, key=lambda one: one.opens)
    return sorted(theirs, key=lambda one: (one.on, one.opens))
