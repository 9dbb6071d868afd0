"""마감 by the clock: the countdown where something is owed, and on the working day after, that the year is closed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from gwannae.actions.calendar import working_days
from gwannae.actions.owed import months_asked, owed_by
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.city import earliest_contract_date
from gwannae.programme.closing import closing_day
from gwannae.programme.ledger import PlannedPost, PostKey, PostKind, Skip, SkipReason
from gwannae.programme.occasions_ahead import opening_soon
from gwannae.programme.organisations import Organisation
from gwannae.programme.periods import Cycle, Period, period_of
from gwannae.programme.working_days import WorkingDays
from gwannae.programme.year_closing import ClosingCall, YearClosed
from gwannae.storage import nothing_bought, office_days, organisations
from gwannae.storage import owed as owed_store
from gwannae.storage.database import Transaction

CHANNEL = "channel"


def plan_countdown(toolkit: Toolkit, now: datetime) -> Sequence[PlannedPost]:
    """Each call of the countdown to each channel."""
    return _planned(toolkit, now, PostKind.CLOSING_COUNTDOWN)


def plan_closing(toolkit: Toolkit, now: datetime) -> Sequence[PlannedPost]:
    """One word to each channel once it is closed."""
    return _planned(toolkit, now, PostKind.CLOSING)


def look_countdown(toolkit: Toolkit, key: PostKey, now: datetime) -> ClosingCall | Skip:
    """What is owed at this moment, with the running month; nothing is said where nothing is.

    Raises UnconfirmedYearError; a countdown is planned in a confirmed year alone.
    """
    with toolkit.database.read() as tx:
        organisation = organisations.by_code(tx, key.organisation)
        if organisation is None or not organisation.active:
            return Skip(SkipReason.ORGANISATION_GONE)
        found = owed_by(tx, toolkit.city, [organisation], months_asked(toolkit.city, now), now)[0]
        running = _running(tx, toolkit, organisation, now)
        if not found.anything and running is None:
            return Skip(SkipReason.NOTHING_OWED)
        days = working_days(tx, toolkit.city)
        closing = closing_day(toolkit.city, days, int(key.period))
        left = _working_days_to(closing, now.date(), days)
    return ClosingCall(found, closing, left, running, now.date())


def look_closing(toolkit: Toolkit, key: PostKey, now: datetime) -> YearClosed | Skip:
    """That it is closed, and what can still be done."""
    year = int(key.period)
    with toolkit.database.read() as tx:
        organisation = organisations.by_code(tx, key.organisation)
        if organisation is None or not organisation.active:
            return Skip(SkipReason.ORGANISATION_GONE)
        closing = closing_day(toolkit.city, working_days(tx, toolkit.city), year)
    late = earliest_contract_date(toolkit.city.calendar, now.date()).year <= year
    return YearClosed(organisation, year, closing, late)


def _planned(toolkit: Toolkit, now: datetime, kind: PostKind) -> Sequence[PlannedPost]:
    with toolkit.database.read() as tx:
        occasions = opening_soon(toolkit.city, office_days.every_day(tx), now, kind)
        if not occasions:
            return ()
        codes = organisations.active_codes(tx)
    return [
        PlannedPost(PostKey(kind, one.period, code, CHANNEL, one.occurrence), one.opens, one.useful_until)
        for one in occasions
        for code in codes
    ]


def _working_days_to(closing: date, today: date, days: WorkingDays) -> int:
    """How many working days come after today, the closing among them: a call that goes out late counts anew."""
    span = (today + timedelta(days=n) for n in range(1, (closing - today).days + 1))
    return sum(days.is_working(day) for day in span)


def _running(tx: Transaction, toolkit: Toolkit, organisation: Organisation, now: datetime) -> Period | None:
    """The month that the countdown owes, for it is closed before it is over: None once anything of it was reported."""
    month = period_of(now.date(), Cycle.MONTH)
    if month.number > toolkit.city.calendar.award_last_month:
        return None
    reported = owed_store.months_reported(tx, [organisation.id], month.first, month.last)
    nothing = nothing_bought.said(tx, [organisation.id], month.year)
    known = reported.get(organisation.id, frozenset()) | nothing.get(organisation.id, frozenset())
    return None if month.key in known else month
