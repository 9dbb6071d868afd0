"""담당: who holds which role, giving one, ending one, confirming what somebody declared of themselves."""

from datetime import date, datetime

from gwannae.actions.people import standing
from gwannae.actions.permission import allowed
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import (
    AffiliationEnded,
    HeldRole,
    Impossible,
    NotAllowed,
    RoleDesk,
    RoleGiven,
)
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.organisations import Actor, Affiliation, Organisation, Role
from gwannae.programme.roles import Deed, may
from gwannae.storage import affiliations, audit, organisations
from gwannae.storage.database import Transaction

_ORDER = (Role.OFFICE, Role.PLANNING, Role.LEAD, Role.STAND_IN, Role.STAFF)


def may_name(toolkit: Toolkit, actor: Actor, day: date) -> tuple[Organisation, ...]:
    """The organisations for which this person may name leads and staff: the office all, a lead their own."""
    with toolkit.database.read() as tx:
        who = standing(tx, actor, day)
        every = organisations.all_organisations(tx)
    return tuple(o for o in every if may(who, Deed.NAME_LEAD, o.id))


def role_desk(toolkit: Toolkit, actor: Actor, organisation_id: int, day: date) -> RoleDesk | None:
    """What the form shows once an organisation was chosen (0: none yet); None: the person may name nobody."""
    with toolkit.database.read() as tx:
        who = standing(tx, actor, day)
        mine = tuple(o for o in organisations.all_organisations(tx) if may(who, Deed.NAME_LEAD, o.id))
        people = [*affiliations.everybody(tx, day), *affiliations.beginning_after(tx, day)]
    if not mine:
        return None
    chosen = mine[0] if len(mine) == 1 else next((o for o in mine if o.id == organisation_id), None)
    shown = {o.id for o in ((chosen,) if chosen else mine)}
    held = [a for a in people if a.organisation.id in shown]
    held.sort(key=lambda a: (a.organisation.name, a.organisation.id, _ORDER.index(a.role)))
    return RoleDesk(
        organisations=mine,
        chosen=chosen,
        held=tuple(HeldRole(a, may(who, _ending(a.role), a.organisation.id)) for a in held),
        office=may(who, Deed.NAME_OFFICE_PEOPLE),
    )


def give_role(
    toolkit: Toolkit, actor: Actor, organisation_id: int, user_id: str, role: Role, now: datetime, team_id: str = ""
) -> RoleGiven | NotAllowed | Impossible:
    """Name somebody lead or staff of an organisation, or (the office alone) of the programme office.

    What the person had declared of themselves ends with it.
    """
    with toolkit.database.write() as tx:
        return _give(tx, actor, organisation_id, (team_id or actor.team_id, user_id), role, now)


def _give(
    tx: Transaction, actor: Actor, organisation_id: int, person: tuple[str, str], role: Role, now: datetime
) -> RoleGiven | NotAllowed | Impossible:
    deed = Deed.NAME_LEAD if role in (Role.STAFF, Role.LEAD) else Deed.NAME_OFFICE_PEOPLE
    organisation = organisations.by_id(tx, organisation_id)
    if organisation is None or not organisation.active:
        return Impossible("gone")
    if not allowed(tx, actor, now, deed, f"organisation:{organisation_id}", organisation_id):
        return NotAllowed()
    team_id, user_id = person
    held = affiliations.affiliations_of(tx, team_id, user_id, now.date())
    for former in held:
        if former.self_declared:
            affiliations.end_affiliation(tx, former.id, now.date())
    given = affiliations.add_affiliation(
        tx, team_id, user_id, organisation_id, role, self_declared=False, since=now.date(), by=actor
    )
    if given.id not in {former.id for former in held}:  # pressed twice nothing more is written down
        _write(tx, actor, now, AuditEvent.AFFILIATION_GIVEN, given)
    return RoleGiven(given)


def take_back(
    toolkit: Toolkit, actor: Actor, affiliation_id: int, now: datetime
) -> AffiliationEnded | NotAllowed | Impossible:
    """End somebody's affiliation today. The last person of the programme office cannot be taken out."""
    with toolkit.database.write() as tx:
        ended = affiliations.by_id(tx, affiliation_id)
        if ended is not None and ended.role is Role.OFFICE:
            affiliations.hold_office(tx)
            ended = affiliations.by_id(tx, affiliation_id)  # it may have ended while this waited
        if ended is None or (ended.until is not None and ended.until <= max(now.date(), ended.since)):
            return Impossible("gone")
        subject = f"organisation:{ended.organisation.id}"
        if not allowed(tx, actor, now, _ending(ended.role), subject, ended.organisation.id):
            return NotAllowed()
        if ended.role is Role.OFFICE and len(affiliations.office_people(tx, now.date())) == 1:
            return Impossible("last_office_person")
        # a lead who is back before the day takes nothing from the one who stood in
        barred = ended.role is not Role.STAND_IN
        affiliations.end_affiliation(tx, affiliation_id, now.date(), taken_back=barred)
        _write(tx, actor, now, AuditEvent.AFFILIATION_TAKEN_BACK, ended)
        return AffiliationEnded(ended)


def confirm(toolkit: Toolkit, actor: Actor, affiliation_id: int, now: datetime) -> RoleGiven | NotAllowed | Impossible:
    """Turn what somebody declared of themselves into a given affiliation as staff."""
    with toolkit.database.write() as tx:  # looked at and given in one: it may be taken back at this very moment
        declared = affiliations.by_id(tx, affiliation_id)
        if declared is None or declared.until is not None or not declared.self_declared:
            return Impossible("gone")
        person = (declared.team_id, declared.user_id)
        return _give(tx, actor, declared.organisation.id, person, Role.STAFF, now)


def _ending(role: Role) -> Deed:
    """The deed that ending this role is."""
    if role is Role.STAND_IN:
        return Deed.NAME_STAND_IN
    return Deed.TAKE_BACK_AFFILIATION if role in (Role.STAFF, Role.LEAD) else Deed.NAME_OFFICE_PEOPLE


def _write(tx: Transaction, actor: Actor, now: datetime, event: AuditEvent, affiliation: Affiliation) -> None:
    detail = {"user": affiliation.user_id, "role": affiliation.role.value}
    subject = f"organisation:{affiliation.organisation.id}"
    audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, event, subject, detail))
