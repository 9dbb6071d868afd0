"""쉬는 날: the programme office says that a day is off or worked, at once and also on the day itself."""

from datetime import date, datetime

from gwannae.actions.calendar import working_days
from gwannae.actions.permission import allowed, asked
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.calendar import Occasion, year_plan
from gwannae.programme.city import City
from gwannae.programme.office_days import (
    DayFault,
    DayForm,
    DayRefused,
    DaysDesk,
    DaySet,
    DayTakenBack,
    by_calendar,
    faults_of,
    moved_between,
)
from gwannae.programme.organisations import Actor
from gwannae.programme.roles import Deed
from gwannae.programme.working_days import OfficeDay, UnconfirmedYearError, WorkingDays
from gwannae.storage import audit, office_days
from gwannae.storage.database import Transaction

SUBJECT = "calendar"  # in the audit log


def days_desk(toolkit: Toolkit, actor: Actor, now: datetime) -> DaysDesk | NotAllowed:
    """The office's word for today and later days; a refusal is written down."""
    if not asked(toolkit, actor, now, Deed.KEEP_CALENDAR, SUBJECT):
        return NotAllowed()
    with toolkit.database.read() as tx:
        said = office_days.every_day(tx)
    return DaysDesk(now.date(), tuple(one for one in said if one.day >= now.date()))


def set_day(
    toolkit: Toolkit, actor: Actor, form: DayForm, now: datetime
) -> DaySet | DayTakenBack | DayRefused | NotAllowed:
    """Let a day be off or worked. What the calendar says by itself needs no word: said of a day that the office had
    changed, it takes that change back.
    """
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.KEEP_CALENDAR, SUBJECT):
            return NotAllowed()
        if faults := faults_of(form, now.date()):
            return DayRefused(faults)
        assert form.day is not None
        assert form.off is not None
        word = OfficeDay(form.day, form.off, form.name)
        known = office_days.word_for(tx, word.day)
        off, because = by_calendar(toolkit.city.calendar, word.day)
        if off == word.off:
            if known is not None:
                return _take_back(tx, toolkit.city, actor, known, now)
            return DayRefused((DayFault.OFF_ALREADY if off else DayFault.WORKED_ALREADY,), because)
        if known == word:
            return DaySet(word, fresh=False)
        before = _plans(tx, toolkit.city, word.day)
        office_days.say(tx, word, by=actor, at=now)
        _write(tx, actor, now, AuditEvent.OFFICE_DAY_SET, word)
        return DaySet(word, fresh=True, moved=moved_between(before, _plans(tx, toolkit.city, word.day)))


def take_back_day(toolkit: Toolkit, actor: Actor, day: date, now: datetime) -> DayTakenBack | DayRefused | NotAllowed:
    """Let a day be again what the calendar says. Days that are over stay as they were."""
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.KEEP_CALENDAR, SUBJECT):
            return NotAllowed()
        if day < now.date():
            return DayRefused((DayFault.PAST,))
        known = office_days.word_for(tx, day)
        return DayTakenBack(None) if known is None else _take_back(tx, toolkit.city, actor, known, now)


def _take_back(tx: Transaction, city: City, actor: Actor, known: OfficeDay, now: datetime) -> DayTakenBack:
    before = _plans(tx, city, known.day)
    office_days.forget(tx, known.day)
    _write(tx, actor, now, AuditEvent.OFFICE_DAY_TAKEN_BACK, known)
    return DayTakenBack(known, moved_between(before, _plans(tx, city, known.day)))


def _plans(tx: Transaction, city: City, day: date) -> list[Occasion]:
    """The plans that the day may be part of: of its year, and of the next, whose January may count back to it."""
    days = working_days(tx, city)
    return [*_plan(city, days, day.year), *(_plan(city, days, day.year + 1) if day.month == 12 else ())]


def _plan(city: City, days: WorkingDays, year: int) -> tuple[Occasion, ...]:
    try:
        return year_plan(city, days, year)
    except UnconfirmedYearError:
        return ()


def _write(tx: Transaction, actor: Actor, now: datetime, event: AuditEvent, word: OfficeDay) -> None:
    detail = {"day": word.day.isoformat(), "off": word.off, "name": word.name}
    audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, event, SUBJECT, detail))
