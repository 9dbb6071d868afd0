"""독려 by the clock: which reminders, overdue notices and calls for a confirmation ought to go out, and what each says
when its moment has come.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from gwannae.actions.calendar import working_days
from gwannae.actions.owed import owed_by
from gwannae.actions.reminders import reminder_in
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.calendar import Occasion
from gwannae.programme.ledger import PlannedPost, PostKey, PostKind, Skip, SkipReason
from gwannae.programme.occasions_ahead import AHEAD, first_opening, opening_soon
from gwannae.programme.owed import Owed
from gwannae.programme.periods import Cycle, Period, period_of, read_key
from gwannae.programme.reminders import AllDone, Audience, Reminder, Snooze
from gwannae.storage import office_days, organisations, snoozes
from gwannae.storage.database import Transaction

_AGAIN_USEFUL = timedelta(days=7)  # for so long a reminder that was put off is worth sending


def plan_reminders(toolkit: Toolkit, now: datetime) -> Sequence[PlannedPost]:
    """One reminder a month to each channel and each lead, and again where somebody has put it off."""
    with toolkit.database.read() as tx:
        occasions = opening_soon(toolkit.city, office_days.every_day(tx), now, PostKind.REMINDER)
        first = now.date() - _AGAIN_USEFUL
        put_off = snoozes.ending(tx, first, now.date() + AHEAD)
        if not occasions and not put_off:
            return ()
        codes = tuple(organisations.active_codes(tx))
        again = [planned for one in put_off if (planned := _again(toolkit, tx, one)) is not None]
    return (*_each(occasions, codes), *again)


def plan_overdue(toolkit: Toolkit, now: datetime) -> Sequence[PlannedPost]:
    """The one notice after the due day: the channel's post is edited, the lead hears of it."""
    return _planned(toolkit, now, PostKind.OVERDUE)


def plan_confirmations(toolkit: Toolkit, now: datetime) -> Sequence[PlannedPost]:
    """A call to each lead whose period is over."""
    return _planned(toolkit, now, PostKind.CONFIRMATION)


def look_reminder(toolkit: Toolkit, key: PostKey, now: datetime) -> Reminder | Skip:
    """What is owed at this moment; nothing is said where nothing is, and nobody is reminded who has put it off."""
    month, audience = read_key(key.period), Audience(key.recipient)
    with toolkit.database.read() as tx:
        organisation = organisations.by_code(tx, key.organisation)
        if organisation is None or not organisation.active or month is None:
            return Skip(SkipReason.ORGANISATION_GONE)
        found = reminder_in(toolkit, tx, organisation, month, audience, now)
    if isinstance(found, AllDone):
        return Skip(SkipReason.NOTHING_OWED)
    return Skip(SkipReason.PUT_OFF) if found.snoozed is not None else found


def look_confirmation(toolkit: Toolkit, key: PostKey, now: datetime) -> Owed | Skip:
    """The period, if it still asks for its lead's word."""
    with toolkit.database.read() as tx:
        organisation = organisations.by_code(tx, key.organisation)
        if organisation is None or not organisation.active:
            return Skip(SkipReason.ORGANISATION_GONE)
        owed = owed_by(tx, toolkit.city, [organisation], _last_month(key.period), now)[0]
    asked = tuple(s for s in owed.to_confirm if _belongs(key.period, s.period.key))
    return Owed(organisation, to_confirm=asked) if asked else Skip(SkipReason.NOTHING_OWED)


def _planned(toolkit: Toolkit, now: datetime, kind: PostKind) -> Sequence[PlannedPost]:
    with toolkit.database.read() as tx:
        occasions = opening_soon(toolkit.city, office_days.every_day(tx), now, kind)
        return _each(occasions, tuple(organisations.active_codes(tx))) if occasions else ()


@lru_cache(8)  # asked at every tick, with the same answer for most of a day
def _each(occasions: tuple[Occasion, ...], codes: tuple[str, ...]) -> tuple[PlannedPost, ...]:
    return tuple(_post(one, code, audience) for one in occasions for code in codes for audience in _audiences(one.kind))


def _audiences(kind: PostKind) -> tuple[Audience, ...]:
    return (Audience.LEAD,) if kind is PostKind.CONFIRMATION else (Audience.CHANNEL, Audience.LEAD)


def _post(occasion: Occasion, code: str, audience: Audience) -> PlannedPost:
    key = PostKey(occasion.kind, occasion.period, code, audience.value)
    edited = occasion.kind is PostKind.OVERDUE and audience is Audience.CHANNEL
    reminded = PostKey(PostKind.REMINDER, occasion.period, code, audience.value)
    return PlannedPost(key, occasion.opens, occasion.useful_until, reminded if edited else None)


def _again(toolkit: Toolkit, tx: Transaction, snooze: Snooze) -> PlannedPost | None:
    organisation = organisations.by_id(tx, snooze.organisation_id)
    due = first_opening(toolkit.city, working_days(tx, toolkit.city), snooze.until)
    if organisation is None or due is None:
        return None
    number = snoozes.number_of(tx, snooze)
    key = PostKey(PostKind.REMINDER, snooze.period, organisation.code, snooze.audience.value, 1 + number)
    return PlannedPost(key, due, due + _AGAIN_USEFUL)


def _last_month(period: str) -> tuple[Period, ...]:
    """The month with which a period ends: without its report a lead's word for it would come too early."""
    if found := read_key(period):
        return (period_of(found.last, Cycle.MONTH),)
    return (Period(int(period[:4]), Cycle.MONTH, 6 if period.endswith("H1") else 12),)


def _belongs(period: str, key: str) -> bool:
    """Whether a stored period is the one that is called for, or lies in the half-year that is."""
    found = read_key(key)
    if found is None or not period[4:].startswith("-H"):
        return period == key
    half = 1 if found.last.month <= 6 else 2
    return period == f"{found.year}-H{half}"
