"""확정: a lead confirms what stands in a period; who has and who has not, for those who read results."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from gwannae.actions.people import standing
from gwannae.actions.permission import allowed, refuse
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.city import City
from gwannae.programme.closing import periods_of_year, periods_to_confirm
from gwannae.programme.confirmations import (
    AlreadyConfirmed,
    Confirmation,
    ConfirmationDesk,
    Confirmed,
    ConfirmedRow,
    NotOverYet,
    PeriodOverview,
    PeriodRows,
    PeriodState,
    RowsMoved,
    fingerprint,
    takes_part_in,
)
from gwannae.programme.organisations import Actor, Organisation
from gwannae.programme.periods import Period, period_at, read_key
from gwannae.programme.roles import Deed, may
from gwannae.programme.verdict import Verdict
from gwannae.storage import audit, confirmations, organisations, purchase_totals
from gwannae.storage.database import Transaction
from gwannae.storage.purchase_totals import MonthTotal

Months = Mapping[tuple[int, int], MonthTotal]
Outcome = Confirmed | AlreadyConfirmed | RowsMoved | NotOverYet | NotAllowed | Impossible


def confirm(
    toolkit: Toolkit, actor: Actor, organisation_id: int, period: Period | None, seen: str, now: datetime
) -> Outcome:
    """Confirm a period's rows. `seen` is the fingerprint of those that the person was shown: others are not confirmed.

    Of two leads at once, and of two presses, one confirms.
    """
    with toolkit.database.write() as tx:
        if not _allowed(tx, actor, Deed.CONFIRM, organisation_id, now):
            return NotAllowed()
        organisation = organisations.by_id(tx, organisation_id)
        if organisation is None or period is None or period != period_at(toolkit.city.cycles, period.first):
            return Impossible("gone")
        return confirm_in(tx, actor, organisation, period, seen, now)


def confirm_in(
    tx: Transaction, actor: Actor, organisation: Organisation, period: Period, seen: str, now: datetime
) -> Confirmed | AlreadyConfirmed | RowsMoved | NotOverYet:
    """The same for who may, inside a transaction that is already open."""
    if period.last >= now.date():
        return NotOverYet(period)
    touched = _total(_totals(tx, [period], organisation), organisation, period).touched  # before the rows are read
    before = _state(tx, organisation, period, now)
    if not before.asks:
        return AlreadyConfirmed(before)
    if before.fingerprint != seen:
        return RowsMoved(before)
    number = before.latest.number + 1 if before.latest else 1
    made = Confirmation(
        number, seen, before.rows, before.amount, before.unconfirmed, now, actor.team_id, actor.user_id, touched
    )
    if not confirmations.add(tx, organisation.id, period.key, made, by=actor):
        return AlreadyConfirmed(_state(tx, organisation, period, now))
    detail = {"period": period.key, "number": number, "rows": before.rows, "fingerprint": seen}
    subject = f"organisation:{organisation.id}"
    audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, AuditEvent.CONFIRMED, subject, detail))
    return Confirmed(replace(before, latest=made))


def confirmation_desk(
    toolkit: Toolkit, actor: Actor, organisation_id: int, now: datetime
) -> ConfirmationDesk | NotAllowed:
    """What the window shows once an organisation was chosen (0: none yet). Who reads nobody's results is refused."""
    with toolkit.database.read() as tx:
        who = standing(tx, actor, now.date())
        every = tuple(o for o in organisations.all_organisations(tx) if may(who, Deed.READ_RESULTS, o.id))
        if every:
            chosen = every[0] if len(every) == 1 else next((o for o in every if o.id == organisation_id), None)
            if chosen is None:
                return ConfirmationDesk(every, None, (), False, overview_in(tx, toolkit.city, every, now))
            states = tuple(states_of(tx, toolkit.city, chosen, now))[::-1]
            return ConfirmationDesk(every, chosen, states, may(who, Deed.CONFIRM, chosen.id), ())
    with toolkit.database.write() as tx:
        refuse(tx, actor, now, Deed.READ_RESULTS, f"organisation:{organisation_id}")
    return NotAllowed()


def period_rows(
    toolkit: Toolkit, actor: Actor, organisation_id: int, period: Period | None, now: datetime
) -> PeriodRows | NotAllowed | Impossible:
    """The single rows of a period, for who reads the organisation's results."""
    with toolkit.database.read() as tx:
        may_read = may(standing(tx, actor, now.date()), Deed.READ_RESULTS, organisation_id)
        organisation = organisations.by_id(tx, organisation_id)
        if may_read and (organisation is None or period is None):
            return Impossible("gone")
        if may_read and organisation is not None and period is not None:
            rows = confirmations.rows_of(tx, organisation.id, period.first, period.last)
            latest = _in_city_time(confirmations.latest_of(tx, organisation.id), now).get(period.key)
            return PeriodRows(_summed(organisation, period, rows, latest), tuple(rows))
    with toolkit.database.write() as tx:
        refuse(tx, actor, now, Deed.READ_RESULTS, f"organisation:{organisation_id}")
    return NotAllowed()


def overview(toolkit: Toolkit, year: int, now: datetime) -> tuple[PeriodOverview, ...]:
    """How it stands with all organisations and all periods of a year that are over; for the command line, which may
    see everything."""
    with toolkit.database.read() as tx:
        every = organisations.all_organisations(tx)
        over = [p for p in periods_of_year(toolkit.city, year) if p.last < now.date()]
        return _overview(tx, every, over, now, fingerprints=True)


def overview_in(
    tx: Transaction, city: City, every: Iterable[Organisation], now: datetime, most: int = 0
) -> tuple[PeriodOverview, ...]:
    """The same for the periods that are owed now (the `most` latest of them, if given), latest first, inside a
    transaction that is already open; fingerprints of what nobody has confirmed are left out.
    """
    return _overview(tx, every, periods_to_confirm(city, now.date())[-most:], now, fingerprints=False)[::-1]


def states_of(tx: Transaction, city: City, organisation: Organisation, now: datetime) -> list[PeriodState]:
    """The periods that an organisation owes, earliest first; before them older ones whose confirmation does not cover
    their rows any more.
    """
    latest = _in_city_time(confirmations.latest_of(tx, organisation.id), now)
    owed = periods_to_confirm(city, now.date())
    known = [p for p in map(read_key, latest) if p is not None and p not in owed and p.last < now.date()]
    asked = (*sorted(known, key=lambda p: p.first), *owed)
    totals = _totals(tx, asked, organisation)
    begun = organisations.beginnings(tx).get(organisation.id)
    states = [_read(tx, organisation, p, totals, latest.get(p.key), fingerprints=True) for p in asked]
    return [s for s in states if takes_part_in(s, begun) and (s.period in owed or s.asks)]


def _overview(
    tx: Transaction, every: Iterable[Organisation], periods: Iterable[Period], now: datetime, *, fingerprints: bool
) -> tuple[PeriodOverview, ...]:
    whose, over = list(every), list(periods)
    totals = _totals(tx, over)
    latest = confirmations.latest_in(tx, [p.key for p in over])
    begun = organisations.beginnings(tx)
    told = {key: replace(c, confirmed_at=c.confirmed_at.astimezone(now.tzinfo)) for key, c in latest.items()}
    found = []
    for p in over:
        states = (_read(tx, o, p, totals, told.get((o.id, p.key)), fingerprints=fingerprints) for o in whose)
        found.append(PeriodOverview(p, tuple(s for s in states if takes_part_in(s, begun.get(s.organisation.id)))))
    return tuple(found)


def _totals(tx: Transaction, periods: Iterable[Period], organisation: Organisation | None = None) -> Months:
    months = {month for p in periods for month in purchase_totals.months_between(p.first, p.last)}
    return purchase_totals.by_month(tx, sorted(months), None if organisation is None else organisation.id)


def _total(totals: Months, organisation: Organisation, period: Period) -> MonthTotal:
    found = MonthTotal()
    for month in purchase_totals.months_between(period.first, period.last):
        found = found.plus(totals.get((organisation.id, month), MonthTotal()))
    return found


def _read(
    tx: Transaction,
    organisation: Organisation,
    period: Period,
    totals: Months,
    latest: Confirmation | None,
    *,
    fingerprints: bool,
) -> PeriodState:
    """How a period stands. Its rows are read only where something was touched since the confirmation, or where somebody
    wants the fingerprint of what nobody has confirmed.
    """
    total = _total(totals, organisation, period)
    if latest is None and not fingerprints:
        return PeriodState(organisation, period, total.rows, total.amount, total.unconfirmed, "", None)
    if latest is not None and latest.touched == total.touched:
        return PeriodState(
            organisation, period, total.rows, total.amount, total.unconfirmed, latest.fingerprint, latest
        )
    return _summed(organisation, period, confirmations.rows_of(tx, organisation.id, period.first, period.last), latest)


def _state(tx: Transaction, organisation: Organisation, period: Period, now: datetime) -> PeriodState:
    rows = confirmations.rows_of(tx, organisation.id, period.first, period.last)
    latest = _in_city_time(confirmations.latest_of(tx, organisation.id), now)
    return _summed(organisation, period, rows, latest.get(period.key))


def _summed(
    organisation: Organisation, period: Period, rows: list[ConfirmedRow], latest: Confirmation | None
) -> PeriodState:
    return PeriodState(
        organisation=organisation,
        period=period,
        rows=len(rows),
        amount=sum(row.amount for row in rows),
        unconfirmed=sum(row.verdict is Verdict.UNCONFIRMED for row in rows),
        fingerprint=fingerprint(organisation.code, period, rows),
        latest=latest,
    )


def _in_city_time(latest: dict[str, Confirmation], now: datetime) -> dict[str, Confirmation]:
    return {key: replace(c, confirmed_at=c.confirmed_at.astimezone(now.tzinfo)) for key, c in latest.items()}


def _allowed(tx: Transaction, actor: Actor, deed: Deed, organisation_id: int, now: datetime) -> bool:
    return allowed(tx, actor, now, deed, f"organisation:{organisation_id}", organisation_id)
