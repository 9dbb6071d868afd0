"""What opens soon, remembered: the plan of a year is asked for at every tick and changes once a day at most."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from gwannae.programme.calendar import Occasion, coming, weekly_digests, year_plan
from gwannae.programme.city import City
from gwannae.programme.ledger import PostKind
from gwannae.programme.send_windows import SendWindows
from gwannae.programme.working_days import OfficeDay, UnconfirmedYearError, WorkingDays

AHEAD = timedelta(days=14)  # how long before its moment a post stands in the ledger


@dataclass(frozen=True, slots=True)
class _Asked:
    """All that the plan is made of; the city as a whole is compared by these parts."""

    city: City = field(compare=False)
    parts: tuple[Any, ...]
    office_days: tuple[OfficeDay, ...]
    day: date


def opening_soon(city: City, office_days: Sequence[OfficeDay], now: datetime, *kinds: PostKind) -> tuple[Occasion, ...]:
    """The occasions of these kinds that may be sent at `now` or open within AHEAD; none of a year that nobody has
    confirmed. Weekly digests are among them.
    """
    local = now.astimezone(city.zone)
    found = _near(_asked(city, office_days, local.date()))
    return tuple(one for one in found if one.kind in kinds and now < one.useful_until)


def occasions_of(
    city: City, office_days: Sequence[OfficeDay], begins: datetime, now: datetime, *kinds: PostKind
) -> tuple[Occasion, ...]:
    """The occasions of these kinds that have opened by `now` and were of use at some moment since `begins`, earliest
    first; none of a year that nobody has confirmed.
    """
    days = WorkingDays(city.calendar, office_days)
    found: list[Occasion] = []
    first, last = begins.astimezone(city.zone).year, now.astimezone(city.zone).year
    for year in range(first - 1, last + 2):
        with suppress(UnconfirmedYearError):
            found += year_plan(city, days, year)
    near = [one for one in found if one.kind in kinds and one.opens <= now and begins < one.useful_until]
    return tuple(sorted(near, key=lambda one: one.opens))


def first_opening(city: City, days: WorkingDays, day: date) -> datetime | None:
    """The first moment from a day on at which something may be sent; None where nobody has confirmed the year."""
    return next_opening(city, days, datetime.combine(day, time(), city.zone))


def next_opening(city: City, days: WorkingDays, moment: datetime) -> datetime | None:
    """The same from a moment on."""
    try:
        return SendWindows(city.year_rules, days, city.zone).next_opening(moment)
    except UnconfirmedYearError:
        return None


def _asked(city: City, office_days: Sequence[OfficeDay], day: date) -> _Asked:
    parts = (city.calendar, city.year_rules, city.cycles, city.zone)
    return _Asked(city, parts, tuple(office_days), day)


@lru_cache(16)
def _near(asked: _Asked) -> tuple[Occasion, ...]:
    city, days = asked.city, WorkingDays(asked.city.calendar, asked.office_days)
    midnight = datetime.combine(asked.day, time(), city.zone)
    ahead = AHEAD + timedelta(days=1)
    digests: list[Occasion] = []
    for year in sorted({asked.day.year, (midnight + ahead).year}):
        try:
            digests += weekly_digests(city, days, year)
        except UnconfirmedYearError:
            continue  # the office is told of such a year where its plan is shown
    near = [one for one in digests if one.opens <= midnight + ahead and midnight < one.useful_until]
    return (*coming(city, days, midnight, ahead).occasions, *near)
