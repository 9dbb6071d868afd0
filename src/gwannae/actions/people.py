"""Who somebody is today, and for which organisations they may report."""

from datetime import date, datetime

from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import OrganisationChoice
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.organisations import Actor, Role
from gwannae.programme.roles import Deed, Standing, may
from gwannae.storage import affiliations, audit, organisations
from gwannae.storage.database import Transaction

_OWN = (Role.STAFF, Role.LEAD, Role.STAND_IN)


def standing(tx: Transaction, actor: Actor, day: date) -> Standing:
    """All affiliations of a person that hold on a day."""
    if actor.is_command_line:
        return Standing(actor)
    return Standing(actor, affiliations.affiliations_of(tx, actor.team_id, actor.user_id, day))


def organisation_choice(toolkit: Toolkit, actor: Actor, day: date) -> OrganisationChoice:
    """What the form offers: the office all; a given affiliation its own; else the linked channel's one or the one
    that the person once named is proposed, and any may be chosen but one that was taken back.
    """
    with toolkit.database.read() as tx:
        who = standing(tx, actor, day)
        every = tuple(organisations.all_organisations(tx))
        linked = organisations.organisation_of_channel(tx, actor.team_id, actor.channel_id or "")
        barred = affiliations.taken_back_from(tx, actor.team_id, actor.user_id)
    mine = who.organisations
    if linked is not None and not linked.active:
        linked = None
    if who.is_office:
        proposed = next((o for o in every if o.id in mine), None) or linked
        return OrganisationChoice(proposed, every, remembers=False)
    if _has_given(who):
        options = tuple(o for o in every if o.id in mine)
        proposed = next((o for o in options if linked is not None and o.id == linked.id), None)
        return OrganisationChoice(proposed or options[0], options, remembers=False)
    options = tuple(o for o in every if o.id not in barred)
    declared = next((o for o in options if o.id in mine), None)
    proposed = next((o for o in options if linked is not None and o.id == linked.id), declared)
    return OrganisationChoice(proposed, options, remembers=True)


def reporting_role(
    tx: Transaction, actor: Actor, organisation_id: int, now: datetime, who: Standing | None = None
) -> bool | None:
    """Whether this report stands on a self-declared affiliation (True), a given one (False), or may not be (None).

    Somebody without a given affiliation names one by reporting: it is written down, replaces the one named before,
    allows reporting only, and the lead and the office see it and can take it back; then it cannot be named again. `who`
    is the person's standing, where it was read before in this transaction.
    """
    day = now.date()
    who = who or standing(tx, actor, day)
    if may(who, Deed.REPORT, organisation_id):
        return not who.is_office and not _is_given(who, organisation_id)
    if _has_given(who):
        return None
    if organisation_id in affiliations.taken_back_from(tx, actor.team_id, actor.user_id):
        return None
    for former in who.affiliations:
        if former.self_declared:
            affiliations.end_affiliation(tx, former.id, day)
    affiliations.add_affiliation(
        tx, actor.team_id, actor.user_id, organisation_id, Role.STAFF, self_declared=True, since=day, by=actor
    )
    subject = f"organisation:{organisation_id}"
    audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, AuditEvent.AFFILIATION_DECLARED, subject, {}))
    return True


def _has_given(who: Standing) -> bool:
    """Whether the person was given an organisation that takes part: who belongs to none names one by reporting."""
    return any(not a.self_declared and a.role in _OWN and a.organisation.active for a in who.affiliations)


def _is_given(who: Standing, organisation_id: int) -> bool:
    return any(a.organisation.id == organisation_id and not a.self_declared for a in who.affiliations)
