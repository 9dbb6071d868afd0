"""독려 by the clock: which reminders, overdue notices and calls for a confirmation ought to go out, and what each says
when its moment has come.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache

from gwannae.actions.calendar import working_days
from gwannae.actions.owed import owed_by
from gwannae.actions.reminders import reminder_in
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.calendar import Occasion
from gwannae.programme.ledger import PlannedPost, PostKey, PostKind, PostState, Skip, SkipReason, Wait
from gwannae.programme.occasions_ahead import AHEAD, first_opening, next_opening, opening_soon
from gwannae.programme.owed import Owed
from gwannae.programme.periods import Cycle, Period, period_of, read_key
from gwannae.programme.reminders import AllDone, Audience, Reminder, Snooze
from gwannae.storage import ledger, office_days, organisations, snoozes
from gwannae.storage.database import Transaction

ASKED_AGAIN = timedelta(hours=12)  # a call for a word waits so long for the report that comes first
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


def look_overdue(toolkit: Toolkit, key: PostKey, now: datetime) -> Reminder | Skip:
    """The notice after the due day, for a report that is missing. The lead, who has read the rest in the reminder,
    reads of the report alone; a channel whose report has come sees what its post is about now, if it has one.
    """
    found = look_reminder(toolkit, key, now)
    if isinstance(found, Skip):
        return found
    if found.audience is Audience.LEAD:
        left = Owed(found.owed.organisation, unreported=found.owed.unreported)
        return replace(found, owed=left) if left.anything else Skip(SkipReason.NOTHING_OWED)
    return found if found.owed.unreported or _was_reminded(toolkit, key) else Skip(SkipReason.NOTHING_OWED)


def look_confirmation(toolkit: Toolkit, key: PostKey, now: datetime) -> Owed | Skip | Wait:
    """The period, if it still asks for its lead's word. While a report of it is missing the call waits for that, for as
    long as it is of use.
    """
    with toolkit.database.read() as tx:
        organisation = organisations.by_code(tx, key.organisation)
        if organisation is None or not organisation.active:
            return Skip(SkipReason.ORGANISATION_GONE)
        owed = owed_by(tx, toolkit.city, [organisation], _last_month(key.period), now)[0]
        asked = tuple(s for s in owed.to_confirm if _belongs(key.period, s.period.key))
        days = working_days(tx, toolkit.city)
        occasions = opening_soon(toolkit.city, office_days.every_day(tx), now, PostKind.CONFIRMATION)
    if asked:
        return Owed(organisation, to_confirm=asked)
    ends = next((one.useful_until for one in occasions if one.period == key.period), now)
    again = next_opening(toolkit.city, days, now + ASKED_AGAIN)
    if owed.unreported and again is not None and again < ends:
        return Wait(again)
    return Skip(SkipReason.NOTHING_OWED)


def _was_reminded(toolkit: Toolkit, key: PostKey) -> bool:
    """Whether a reminder of the month stands in the channel, in earnest or as a rehearsal."""
    keys = [replace(key, kind=PostKind.REMINDER, rehearsal=rehearsal) for rehearsal in (False, True)]
    with toolkit.database.read() as tx:
        posts = [ledger.by_key(tx, one) for one in keys]
    return any(post is not None and post.state is PostState.SENT for post in posts)


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
