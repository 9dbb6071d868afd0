"""연간 일정: working days, send windows and the year's plan with the office's word for single days in them."""

from contextlib import suppress
from datetime import datetime, timedelta

from gwannae.actions.people import standing
from gwannae.actions.permission import asked
from gwannae.actions.toolkit import Toolkit
from gwannae.documents.calendar_ics import calendar_ics
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.agenda import (
    Agenda,
    Audience,
    CalendarFile,
    YearAhead,
    YearInFull,
    agenda_of,
    audience_of,
    year_of,
)
from gwannae.programme.calendar import Coming, Occasion, coming, weekly_digests, year_plan
from gwannae.programme.city import City
from gwannae.programme.organisations import Actor
from gwannae.programme.roles import Deed
from gwannae.programme.send_windows import SendWindows
from gwannae.programme.working_days import OfficeDay, UnconfirmedYearError, WorkingDays
from gwannae.storage import office_days
from gwannae.storage.database import Transaction


def working_days(tx: Transaction, city: City) -> WorkingDays:
    """The city's working days as the office sees them at this moment: a day that it adds counts at once."""
    return WorkingDays(city.calendar, office_days.every_day(tx))


def send_windows(tx: Transaction, city: City) -> SendWindows:
    """When something timed may be sent, as of this moment."""
    return SendWindows(city.year_rules, working_days(tx, city), city.zone)


def coming_in(tx: Transaction, city: City, now: datetime, ahead: timedelta) -> Coming:
    """What may be sent at `now` or opens until `now + ahead`, inside a transaction that is already open."""
    return coming(city, working_days(tx, city), now, ahead)


def agenda_in(tx: Transaction, city: City, now: datetime, audience: Audience, most: int) -> Agenda:
    """What comes next, inside a transaction that is already open."""
    return agenda_of(city, working_days(tx, city), now, audience, most)


def plan_of(toolkit: Toolkit, year: int) -> tuple[Occasion, ...]:
    """What a year holds. Raises UnconfirmedYearError."""
    with toolkit.database.read() as tx:
        days = working_days(tx, toolkit.city)
    return year_plan(toolkit.city, days, year)


def year_for(toolkit: Toolkit, actor: Actor, now: datetime) -> YearAhead:
    """This year's plan, as far as it is the person's. Raises UnconfirmedYearError."""
    with toolkit.database.read() as tx:
        audience = audience_of(standing(tx, actor, now.date()))
        days = working_days(tx, toolkit.city)
    return year_of(year_plan(toolkit.city, days, now.year), now.year, audience)


def year_in_full(toolkit: Toolkit, year: int) -> YearInFull:
    """All that a year holds, for the command line, which may see everything. Raises UnconfirmedYearError."""
    with toolkit.database.read() as tx:
        said = office_days.every_day(tx)
    days = WorkingDays(toolkit.city.calendar, said)
    plan, weekly = year_plan(toolkit.city, days, year), weekly_digests(toolkit.city, days, year)
    return YearInFull(year, plan, weekly, tuple(one for one in said if one.day.year == year))


def every_office_day(toolkit: Toolkit) -> tuple[OfficeDay, ...]:
    """All days of which the office has said whether they are worked, earliest first; for the command line."""
    with toolkit.database.read() as tx:
        return tuple(office_days.every_day(tx))


def calendar_file(toolkit: Toolkit, actor: Actor, now: datetime, year: int | None = None) -> CalendarFile | NotAllowed:
    """The plan of a year as an iCalendar file; without a year, of this one and of the next, if that is confirmed.

    Raises UnconfirmedYearError where the year itself is not.
    """
    if not asked(toolkit, actor, now, Deed.KEEP_CALENDAR, "calendar"):
        return NotAllowed()
    years = [year or now.year]
    found = list(plan_of(toolkit, years[0]))
    if year is None:
        with suppress(UnconfirmedYearError):
            found += plan_of(toolkit, years[0] + 1)
            years.append(years[0] + 1)
    city = toolkit.city
    content = calendar_ics(found, city_code=city.code, city_name=city.name, made_at=now)
    return CalendarFile(f"{city.code}-{years[0]}.ics", content, tuple(years))
