"""담당자 확인: who acts for an organisation. Open to all staff: the guidance asks whether it is still so."""

from datetime import datetime

from gwannae.actions.people import standing
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.contacts import Contacts
from gwannae.programme.organisations import Actor, Role
from gwannae.programme.roles import Deed, may
from gwannae.storage import affiliations, organisations

_SHOWN = (Role.LEAD, Role.STAND_IN, Role.STAFF)


def contacts(toolkit: Toolkit, actor: Actor, organisation_id: int, now: datetime) -> Contacts | None:
    """Who acts for it today; None if it takes no part (any more)."""
    with toolkit.database.read() as tx:
        organisation = organisations.by_id(tx, organisation_id)
        if organisation is None or not organisation.active:
            return None
        who = standing(tx, actor, now.date())
        named = [a for a in affiliations.people_of(tx, organisation_id, now.date()) if not a.self_declared]
    people = tuple(a for role in _SHOWN for a in named if a.role is role and a.team_id == actor.team_id)
    return Contacts(organisation, people, may(who, Deed.NAME_LEAD, organisation_id))
