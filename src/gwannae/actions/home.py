"""Gathers what one person's Home tab shows."""

from dataclasses import replace
from datetime import datetime, timedelta

from gwannae.actions.calendar import agenda_in
from gwannae.actions.confirmations import overview_in, states_of
from gwannae.actions.local_standings import score_in
from gwannae.actions.new_year import note_in
from gwannae.actions.outside_reasons import unanswered_for
from gwannae.actions.people import standing
from gwannae.actions.rejudgement import unconfirmed_in
from gwannae.actions.standings import compute
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.agenda import Audience, audience_of
from gwannae.programme.city import City
from gwannae.programme.confirmations import PeriodState
from gwannae.programme.home import Home, OfficeDesk
from gwannae.programme.new_year import year_worked_on
from gwannae.programme.organisations import Actor, Role
from gwannae.programme.roles import Deed, Standing, may, may_somewhere
from gwannae.storage import affiliations, certificates, missing_items, organisations, purchases, vendor_doubts
from gwannae.storage import vendors as vendor_store
from gwannae.storage.database import Transaction

RECENT = 3
WAITING = 3  # outside purchases without a reason that are shown
MISSING_DAYS = 90
MISSING_SHOWN = 10
CONFIRMATIONS_SHOWN = 2
DAYS_AHEAD = 3
POSTS_AHEAD = 6


def home(toolkit: Toolkit, actor: Actor, now: datetime) -> Home:
    """Everything on the tab in one transaction."""
    day = now.date()
    with toolkit.database.read() as tx:
        who = standing(tx, actor, day)
        standings = compute(tx, toolkit.city, day.year)
        registry = vendor_store.registry(tx)
        declared = tuple(
            a
            for a in affiliations.self_declared_open(tx, day)
            if may(who, Deed.TAKE_BACK_AFFILIATION, a.organisation.id) and a.team_id == actor.team_id
        )
        return Home(
            day=day,
            affiliations=who.affiliations,
            is_office=who.is_office,
            place=standings.of(who.organisations[0]) if who.organisations else None,
            ranked=standings.ranked,
            recent=tuple(purchases.recent_of(tx, actor.team_id, actor.user_id, RECENT)),
            declared=declared,
            desk=_desk(tx, toolkit.city, now) if may(who, Deed.MANAGE_ORGANISATIONS) else None,
            vendors=registry.vendors,
            as_of=registry.as_of,
            may_export=may_somewhere(who, Deed.EXPORT),
            unanswered=unanswered_for(toolkit, tx, actor, day, WAITING),
            to_confirm=_to_confirm(tx, toolkit.city, who, now),
            agenda=agenda_in(tx, toolkit.city, now, _as_whom(who), DAYS_AHEAD),
            score=score_in(tx, toolkit.city, who.organisations[0], day.year, now) if who.organisations else None,
        )


def _as_whom(who: Standing) -> Audience:
    """The office has its own list further down; what lies before it as a division is what lies before a lead."""
    audience = audience_of(who)
    return Audience.LEAD if audience is Audience.OFFICE else audience


def _to_confirm(tx: Transaction, city: City, who: Standing, now: datetime) -> tuple[PeriodState, ...]:
    """What waits for the person's word as a lead; the office, which may confirm for all, sees who has not instead."""
    leads = (Role.LEAD, Role.STAND_IN)
    own = {a.organisation.id: a.organisation for a in who.affiliations if a.role in leads and a.organisation.active}
    leading = [o for o in own.values() if may(who, Deed.CONFIRM, o.id)]
    return tuple(s for o in leading for s in reversed(states_of(tx, city, o, now)) if s.asks)


def _desk(tx: Transaction, city: City, now: datetime) -> OfficeDesk:
    return OfficeDesk(
        organisations=len(organisations.all_organisations(tx)),
        unlinked=tuple(organisations.unlinked(tx)),
        missing=tuple(missing_items.top(tx, now - timedelta(days=MISSING_DAYS), MISSING_SHOWN)),
        doubts=tuple(replace(d, told_at=d.told_at.astimezone(now.tzinfo)) for d in vendor_doubts.open_doubts(tx)),
        confirmations=overview_in(tx, city, organisations.all_organisations(tx), now, CONFIRMATIONS_SHOWN),
        unconfirmed=unconfirmed_in(tx, 0),
        agenda=agenda_in(tx, city, now, Audience.OFFICE, POSTS_AHEAD),
        new_year=note_in(tx, city, year_worked_on(now.date())),
        ending=len(certificates.ending(tx, now.date(), max(city.registry.certificate_warn_days))),
    )
