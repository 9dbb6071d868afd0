"""다음 일정: what comes next for somebody, from the year's plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gwannae.programme.calendar import Occasion, year_plan
from gwannae.programme.city import City
from gwannae.programme.ledger import PostKind
from gwannae.programme.working_days import OfficeDay, UnconfirmedYearError, WorkingDays, year_to_confirm

# Days that staff keep in mind. What else is posted is about one of these days, or is the office's own.
_FOR_STAFF = (
    PostKind.GUIDANCE,
    PostKind.REMINDER,
    PostKind.CONFIRMATION,
    PostKind.CLOSING,
    PostKind.PRELIMINARY_STANDINGS,
    PostKind.FINAL_STANDINGS,
    PostKind.ANNOUNCEMENT,
)


@dataclass(frozen=True, slots=True)
class Agenda:
    """What comes next, earliest first. `unconfirmed`: a year whose holidays somebody ought to have confirmed by now;
    nothing of it is planned.
    """

    occasions: tuple[Occasion, ...] = ()
    unconfirmed: int | None = None


@dataclass(frozen=True, slots=True)
class YearAhead:
    """A year's plan as far as it is somebody's: the office sees every post, others the days that are asked of them."""

    year: int
    occasions: tuple[Occasion, ...]
    for_office: bool


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


def year_of(occasions: Sequence[Occasion], year: int, *, for_office: bool) -> YearAhead:
    """The plan of a year for somebody, in the order in which it is shown."""
    if for_office:
        return YearAhead(year, tuple(occasions), for_office)
    asked = (one for one in occasions if one.kind in _FOR_STAFF)
    return YearAhead(year, tuple(sorted(asked, key=lambda one: (one.on, one.opens))), for_office)


def agenda_of(city: City, days: WorkingDays, now: datetime, *, for_office: bool, most: int) -> Agenda:
    """At most `most` occasions: for staff the days that lie before them, for the office the posts that go out next."""
    local = now.astimezone(city.zone)
    found: list[Occasion] = []
    unconfirmed = year_to_confirm(city.calendar, local.date())
    for year in (local.year, local.year + 1):
        try:
            found += year_plan(city, days, year)
        except UnconfirmedYearError as error:
            if year == local.year:
                unconfirmed = error.year
    if for_office:
        next_ones = sorted((one for one in found if one.opens >= now), key=lambda one: one.opens)
    else:
        ahead = (one for one in found if one.kind in _FOR_STAFF and one.on >= local.date())
        next_ones = sorted(ahead, key=lambda one: (one.on, one.opens))
    return Agenda(tuple(next_ones[:most]), unconfirmed)
