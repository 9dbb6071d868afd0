"""독려: what one organisation is reminded of, and what the buttons of a reminder do."""

from dataclasses import replace
from datetime import datetime, timedelta

from gwannae.actions.calendar import working_days
from gwannae.actions.confirmations import confirm_in, states_of
from gwannae.actions.owed import owed_by
from gwannae.actions.people import reporting_role, standing
from gwannae.actions.permission import allowed, refuse
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.city import earliest_contract_date
from gwannae.programme.confirmations import Confirmed, NotOverYet, PeriodState
from gwannae.programme.organisations import Actor, Organisation
from gwannae.programme.owed import report_periods
from gwannae.programme.periods import Cycle, Period, period_of
from gwannae.programme.purchases import Purchase
from gwannae.programme.reminders import (
    AllDone,
    Audience,
    BoughtSince,
    NothingBought,
    NoUseSnoozing,
    Reminder,
    Snooze,
    Snoozed,
    TooLateToSay,
    goes_with_the_next,
    reports_due,
    snoozed_until,
)
from gwannae.programme.roles import Deed, may
from gwannae.storage import audit, confirmations, nothing_bought, organisations, snoozes, unconfirmed
from gwannae.storage.database import Transaction

ROWS_READ = 21  # one more than a window shows, so that it can say that there are more

SaidNothing = NothingBought | BoughtSince | TooLateToSay | NotOverYet | NotAllowed | Impossible
PutOff = Snoozed | NoUseSnoozing | AllDone | NotAllowed | Impossible


def reminder(
    toolkit: Toolkit, organisation_id: int, month: Period, audience: Audience, now: datetime
) -> Reminder | AllDone | None:
    """What an organisation is reminded of in the month after `month`; None if it takes no part any more."""
    with toolkit.database.read() as tx:
        organisation = organisations.by_id(tx, organisation_id)
        if organisation is None or not organisation.active:
            return None
        return reminder_in(toolkit, tx, organisation, month, audience, now)


def my_reminder(toolkit: Toolkit, actor: Actor, now: datetime) -> Reminder | AllDone | None:
    """What the asker's own organisation (else the channel's) is reminded of; None where there is neither."""
    month = period_of(now.date().replace(day=1) - timedelta(days=1), Cycle.MONTH)
    with toolkit.database.read() as tx:
        who = standing(tx, actor, now.date())
        linked = organisations.organisation_of_channel(tx, actor.team_id, actor.channel_id or "")
        if linked is None or (who.organisations and linked.id not in who.organisations):
            linked = organisations.by_id(tx, who.organisations[0]) if who.organisations else None
        if linked is None or not linked.active:
            return None
        audience = Audience.LEAD if may(who, Deed.CONFIRM, linked.id) else Audience.CHANNEL
        return reminder_in(toolkit, tx, linked, month, audience, now)


def unconfirmed_of(toolkit: Toolkit, actor: Actor, organisation_id: int, now: datetime) -> list[Purchase] | NotAllowed:
    """An organisation's rows without a verdict, for whoever may mend them; a reporter sees their own."""
    first = earliest_contract_date(toolkit.city.calendar, now.date())
    with toolkit.database.read() as tx:
        who = standing(tx, actor, now.date())
        rows = unconfirmed.rows_of(tx, organisation_id, first, ROWS_READ)
        if may(who, Deed.CORRECT, organisation_id):
            return rows
        own = [row for row in rows if (row.reporter_team, row.reporter_user) == (actor.team_id, actor.user_id)]
        if own or may(who, Deed.REPORT, organisation_id):
            return own
    with toolkit.database.write() as tx:
        refuse(tx, actor, now, Deed.CORRECT, f"organisation:{organisation_id}")
    return NotAllowed()


def say_nothing_bought(
    toolkit: Toolkit, actor: Actor, organisation_id: int, period: Period | None, now: datetime
) -> SaidNothing:
    """Say that nothing was bought in a period. Whoever may report for the organisation may say so, and as when
    reporting, somebody without a role names the organisation as theirs by it. Of two presses one is written down.

    Where a lead says it of the very period that they confirm, it is confirmed with it.
    """
    with toolkit.database.write() as tx:
        organisation = organisations.by_id(tx, organisation_id)
        if organisation is None or not organisation.active or period is None:
            return Impossible("gone")
        if period not in report_periods(toolkit.city.cycles, [_last_month(period)], period.next_first):
            return Impossible("gone")
        if period.last >= now.date():
            return NotOverYet(period)
        if reporting_role(tx, actor, organisation_id, now) is None:
            refuse(tx, actor, now, Deed.REPORT, f"organisation:{organisation_id}")
            return NotAllowed()
        if period.first < earliest_contract_date(toolkit.city.calendar, now.date()):
            return TooLateToSay(period)
        rows = confirmations.rows_of(tx, organisation_id, period.first, period.last)
        if rows:
            return BoughtSince(period, len(rows))
        fresh = nothing_bought.say(tx, organisation_id, period.key, by=actor, at=now)
        if fresh:
            _write(tx, actor, AuditEvent.NOTHING_BOUGHT, organisation_id, {"period": period.key}, now)
        return NothingBought(organisation, period, fresh, _confirmed_too(toolkit, tx, actor, organisation, period, now))


def snooze(
    toolkit: Toolkit, actor: Actor, organisation_id: int, month: Period | None, audience: Audience, now: datetime
) -> PutOff:
    """Put a reminder off by some working days, for the channel or for the lead alone. Of two presses on one day one is
    written down; where the next month's reminder is as near, it goes with that one.

    Raises:
        UnconfirmedYearError: nobody has looked at the holidays that far ahead.
    """
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.SNOOZE, f"organisation:{organisation_id}", organisation_id):
            return NotAllowed()
        organisation = organisations.by_id(tx, organisation_id)
        if organisation is None or not organisation.active or month is None or month.cycle is not Cycle.MONTH:
            return Impossible("gone")
        found = reminder_in(toolkit, tx, organisation, month, audience, now)
        if isinstance(found, AllDone):
            return found
        days = working_days(tx, toolkit.city)
        until = snoozed_until(days, now.date())
        if goes_with_the_next(toolkit.city, days, month, until):
            return NoUseSnoozing(until)
        asked = Snooze(organisation_id, month.key, audience, until, now, actor.team_id, actor.user_id)
        fresh = snoozes.add(tx, asked)
        if fresh:
            detail: dict[str, object] = {"period": month.key, "for": audience.value, "until": until.isoformat()}
            _write(tx, actor, AuditEvent.REMINDER_SNOOZED, organisation_id, detail, now)
        return Snoozed(asked, fresh)


def reminder_in(
    toolkit: Toolkit, tx: Transaction, organisation: Organisation, month: Period, audience: Audience, now: datetime
) -> Reminder | AllDone:
    """The same inside a transaction. The period that ends with `month` has a call for confirmation of its own; those
    before it, still without a lead's word, belong to the reminder.
    """
    found = owed_by(tx, toolkit.city, [organisation], [month], now)[0]
    found = replace(found, to_confirm=tuple(s for s in found.to_confirm if s.period.last < month.first))
    if not found.anything:
        return AllDone(organisation, month)
    due = reports_due(toolkit.city, working_days(tx, toolkit.city), month)
    latest = snoozes.latest(tx, organisation.id, month.key, audience)
    put_off = latest if latest is not None and latest.until > now.date() else None
    return Reminder(found, month, due, now.date(), audience, put_off)


def _confirmed_too(
    toolkit: Toolkit, tx: Transaction, actor: Actor, organisation: Organisation, period: Period, now: datetime
) -> PeriodState | None:
    if not may(standing(tx, actor, now.date()), Deed.CONFIRM, organisation.id):
        return None
    state = next((s for s in states_of(tx, toolkit.city, organisation, now) if s.period == period and s.asks), None)
    if state is None:
        return None
    outcome = confirm_in(tx, actor, organisation, period, state.fingerprint, now)
    return outcome.state if isinstance(outcome, Confirmed) else None


def _last_month(period: Period) -> Period:
    return period_of(period.last, Cycle.MONTH)


def _write(
    tx: Transaction, actor: Actor, event: AuditEvent, organisation_id: int, detail: dict[str, object], now: datetime
) -> None:
    audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, event, f"organisation:{organisation_id}", detail))
