"""다시 열기: staff and leads ask for it, the programme office does it, for some days and with its reason."""

from datetime import datetime, timedelta

from gwannae.actions.permission import allowed, asked
from gwannae.actions.report_rights import changeable
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.city import City
from gwannae.programme.closing import periods_of_year
from gwannae.programme.organisations import Actor, Organisation, Role
from gwannae.programme.periods import Period, period_at
from gwannae.programme.purchases import Purchase
from gwannae.programme.reopening import (
    MAX_DAYS,
    MAX_REASON,
    AlreadyReopened,
    ReopenAsked,
    ReopenDesk,
    Reopened,
    ReopenFault,
    ReopenForm,
    Reopening,
    ReopenRefused,
)
from gwannae.programme.report_purchase import NoLongerYours, NotYours
from gwannae.programme.roles import Deed
from gwannae.readers.vendor_cells import clean
from gwannae.storage import affiliations, audit, events, organisations, purchases, reopenings
from gwannae.storage.database import Transaction

YEARS_BACK = 2
Outcome = Reopened | AlreadyReopened | ReopenRefused | NotAllowed | Impossible


def ask_to_reopen(
    toolkit: Toolkit, actor: Actor, purchase_id: int, now: datetime
) -> ReopenAsked | NotYours | NoLongerYours:
    """Ask the office to open a closed report: whoever could change it if its period were open. Asked again on the same
    day, the office is not told again.
    """
    with toolkit.database.write() as tx:
        purchase = changeable(tx, actor, purchase_id, now)
        if not isinstance(purchase, Purchase):
            return purchase
        organisation = organisations.by_id(tx, purchase.draft.organisation_id)
        assert organisation is not None, "a foreign key holds it"
        once = f"reopen:{purchase_id}:{actor.team_id}:{actor.user_id}:{now.date()}"
        fresh = events.first_time(tx, once, now)
        if fresh:
            _write(tx, actor, now, AuditEvent.REOPENING_ASKED, f"purchase:{purchase_id}", {})
        period = period_at(toolkit.city.cycles, purchase.draft.contract_date)
        return ReopenAsked(purchase, organisation, period, fresh)


def reopen_desk(
    toolkit: Toolkit, actor: Actor, purchase_id: int, now: datetime
) -> ReopenDesk | NotAllowed | Impossible:
    """What the office's form offers for one report, or (0) for whichever organisation and period."""
    if not asked(toolkit, actor, now, Deed.REOPEN, f"purchase:{purchase_id}"):
        return NotAllowed()
    with toolkit.database.read() as tx:
        every = tuple(organisations.all_organisations(tx))
        purchase = purchases.purchase(tx, purchase_id) if purchase_id else None
    if purchase is None:
        return Impossible("gone") if purchase_id else ReopenDesk(None, every, _past(toolkit.city, now))
    own = tuple(o for o in every if o.id == purchase.draft.organisation_id)
    return ReopenDesk(purchase, own, (period_at(toolkit.city.cycles, purchase.draft.contract_date),))


def reopen(toolkit: Toolkit, actor: Actor, form: ReopenForm, form_key: str, now: datetime) -> Outcome:
    """Open a report or an organisation's period from today on, for so many days, today counted."""
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.REOPEN, _subject(form)):
            return NotAllowed()
        reason = clean(form.reason)[:MAX_REASON]
        if faults := _faults(form, reason):
            return ReopenRefused(faults)
        found = _what(tx, toolkit.city, form)
        if found is None:
            return Impossible("gone")
        organisation, period, purchase = found
        if form.whole:
            purchase = None
        until = now.date() + timedelta(days=form.days)
        purchase_id = purchase.id if purchase else None
        reopening = Reopening(organisation, purchase_id, period.first, period.last, now.date(), until, reason)
        if not reopenings.add(tx, reopening, form_key, by=actor, at=now):
            return AlreadyReopened()
        detail = {"period": period.key, "days": form.days, "reason": reason}
        _write(tx, actor, now, AuditEvent.REOPENED, _subject(form), detail)
        return Reopened(reopening, period, purchase, _to_tell(tx, organisation, purchase, now), now)


def _faults(form: ReopenForm, reason: str) -> tuple[ReopenFault, ...]:
    faults = []
    if form.purchase_id is None and not form.organisation_id:
        faults.append(ReopenFault.ORGANISATION)
    if form.purchase_id is None and form.period is None:
        faults.append(ReopenFault.PERIOD)
    if not 1 <= form.days <= MAX_DAYS:
        faults.append(ReopenFault.DAYS)
    if not reason:
        faults.append(ReopenFault.REASON)
    return tuple(faults)


def _what(tx: Transaction, city: City, form: ReopenForm) -> tuple[Organisation, Period, Purchase | None] | None:
    purchase = purchases.purchase(tx, form.purchase_id) if form.purchase_id is not None else None
    if form.purchase_id is not None and purchase is None:
        return None
    organisation_id = purchase.draft.organisation_id if purchase else form.organisation_id
    organisation = organisations.by_id(tx, organisation_id)
    period = period_at(city.cycles, purchase.draft.contract_date) if purchase else form.period
    return None if organisation is None or period is None else (organisation, period, purchase)


def _to_tell(
    tx: Transaction, organisation: Organisation, purchase: Purchase | None, now: datetime
) -> tuple[tuple[str, str], ...]:
    """Who should know: the organisation's leads, and the reporter of the one report."""
    held = affiliations.people_of(tx, organisation.id, now.date())
    people = [(a.team_id, a.user_id) for a in held if a.role in (Role.LEAD, Role.STAND_IN)]
    if purchase is not None and purchase.reporter_team:
        people.append((purchase.reporter_team, purchase.reporter_user))
    return tuple(dict.fromkeys(people))


def _past(city: City, now: datetime) -> tuple[Period, ...]:
    """The periods that are over, latest first."""
    years = range(now.year, now.year - YEARS_BACK - 1, -1)
    return tuple(p for year in years for p in reversed(periods_of_year(city, year)) if p.last < now.date())


def _subject(form: ReopenForm) -> str:
    return f"organisation:{form.organisation_id}" if form.purchase_id is None else f"purchase:{form.purchase_id}"


def _write(
    tx: Transaction, actor: Actor, now: datetime, event: AuditEvent, subject: str, detail: dict[str, object]
) -> None:
    audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, event, subject, detail))
