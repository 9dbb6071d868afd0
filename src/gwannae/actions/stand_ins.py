"""대리: a lead (or the office) names who acts for the lead, from a day to a day."""

from datetime import datetime

from gwannae.actions.people import standing
from gwannae.actions.permission import allowed, refuse
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.organisations import Actor, Role
from gwannae.programme.roles import Deed, may
from gwannae.programme.stand_ins import (
    AlreadyNamed,
    StandInDesk,
    StandInFault,
    StandInForm,
    StandInNamed,
    StandInRefused,
    faults_of,
    until_of,
)
from gwannae.storage import affiliations, audit, events, organisations
from gwannae.storage.database import Transaction

Outcome = StandInNamed | StandInRefused | AlreadyNamed | NotAllowed | Impossible


def stand_in_desk(toolkit: Toolkit, actor: Actor, now: datetime) -> StandInDesk | NotAllowed:
    """What the form offers; who may name nobody is refused, and it is written down."""
    with toolkit.database.read() as tx:
        who = standing(tx, actor, now.date())
        mine = tuple(o for o in organisations.all_organisations(tx) if may(who, Deed.NAME_STAND_IN, o.id))
    if mine:
        return StandInDesk(mine, now.date())
    with toolkit.database.write() as tx:
        refuse(tx, actor, now, Deed.NAME_STAND_IN, "organisation:0")
    return NotAllowed()


def name_stand_in(
    toolkit: Toolkit, actor: Actor, form: StandInForm, form_key: str, now: datetime, team_id: str = ""
) -> Outcome:
    """Name somebody to act for an organisation's lead, from the first day to the last, both counted."""
    with toolkit.database.write() as tx:
        subject = f"organisation:{form.organisation_id}"
        if not allowed(tx, actor, now, Deed.NAME_STAND_IN, subject, form.organisation_id):
            return NotAllowed()
        organisation = organisations.by_id(tx, form.organisation_id)
        if organisation is None or not organisation.active:
            return Impossible("gone")
        if faults := faults_of(form, now.date()):
            return StandInRefused(faults)
        return _name(tx, actor, form, team_id or actor.team_id, form_key, now)


def _name(
    tx: Transaction, actor: Actor, form: StandInForm, team_id: str, form_key: str, now: datetime
) -> StandInNamed | StandInRefused | AlreadyNamed:
    assert form.first is not None
    assert form.last is not None
    first, until = form.first, until_of(form.last)
    held = affiliations.held_between(tx, team_id, form.user_id, form.organisation_id, first, until)
    if any(a.role is Role.LEAD for a in held):
        return StandInRefused((StandInFault.LEADS_ALREADY,))
    standing_in = [a for a in held if a.role is Role.STAND_IN]
    if any((a.since, a.until) == (first, until) for a in standing_in):
        return AlreadyNamed()
    if standing_in:
        return StandInRefused((StandInFault.STANDS_IN_ALREADY,))
    if not events.first_time(tx, f"stand-in:{form_key}", now):
        return AlreadyNamed()  # its other delivery is being stored at this very moment
    named = affiliations.add_dated(
        tx, team_id, form.user_id, form.organisation_id, Role.STAND_IN, since=first, until=until, by=actor
    )
    detail = {"user": form.user_id, "from": first.isoformat(), "last": form.last.isoformat()}
    subject = f"organisation:{form.organisation_id}"
    audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, AuditEvent.STAND_IN_NAMED, subject, detail))
    return StandInNamed(named)
