"""쉬는 날: what the programme office says of single days, and what that moves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gwannae.programme.calendar import Occasion
from gwannae.programme.city import ProgrammeCalendar
from gwannae.programme.working_days import DayOff, OfficeDay, UnconfirmedYearError, WorkingDays

LONGEST_NAME = 60
YEARS_AHEAD = 2


@dataclass(frozen=True, slots=True)
class DayForm:
    """As it came in; None where nothing was chosen."""

    day: date | None
    off: bool | None
    name: str


class DayFault(StrEnum):
    """What can be wrong with it."""

    DAY = "day"
    PAST = "past"
    TOO_FAR = "too_far"
    KIND = "kind"
    OFF_ALREADY = "off_already"  # by the calendar, without the office's word
    WORKED_ALREADY = "worked_already"
    NAME = "name"
    NAME_TOO_LONG = "name_too_long"


@dataclass(frozen=True, slots=True)
class Moved:
    """A day of the plan that the office's word has moved."""

    before: Occasion
    after: Occasion


@dataclass(frozen=True, slots=True)
class DaysDesk:
    """What the office's form shows: its word for days from `today` on, earliest first."""

    today: date
    days: tuple[OfficeDay, ...]


@dataclass(frozen=True, slots=True)
class DaySet:
    """The office's word for a day holds now. `fresh` false: it said just that before. `moved`: what it moves."""

    day: OfficeDay
    fresh: bool
    moved: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True)
class DayTakenBack:
    """The day is again what the calendar says. `day`: the word that was taken back; None: there was none."""

    day: OfficeDay | None
    moved: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True)
class DayRefused:
    """Nothing was changed: every fault, and why the day is off already, if that is one."""

    faults: tuple[DayFault, ...]
    because: DayOff | None = None


def faults_of(form: DayForm, today: date) -> tuple[DayFault, ...]:
    """What is wrong with the form by itself. A day that is over has had its posts; its word is left alone."""
    faults: list[DayFault] = []
    if form.day is None:
        faults.append(DayFault.DAY)
    elif form.day < today:
        faults.append(DayFault.PAST)
    elif form.day.year > today.year + YEARS_AHEAD:
        faults.append(DayFault.TOO_FAR)
    if form.off is None:
        faults.append(DayFault.KIND)
    if not form.name:
        faults.append(DayFault.NAME)
    elif len(form.name) > LONGEST_NAME:
        faults.append(DayFault.NAME_TOO_LONG)
    return tuple(faults)


def by_calendar(calendar: ProgrammeCalendar, day: date) -> tuple[bool | None, DayOff | None]:
    """Whether a day is off without the office's word, and why; None for the first where its year is not confirmed."""
    try:
        because = WorkingDays(calendar).off(day)
    except UnconfirmedYearError:
        return None, None
    return because is not None, because


def moved_between(before: Sequence[Occasion], after: Iterable[Occasion]) -> tuple[Moved, ...]:
    """What stands on another day, or opens at another moment, in the second plan."""
    old = {(one.kind, one.period, one.occurrence): one for one in before}
    found = ((old.get((one.kind, one.period, one.occurrence)), one) for one in after)
    return tuple(Moved(a, b) for a, b in found if a is not None and (a.on, a.opens) != (b.on, b.opens))
