"""인수인계: what a new lead finds, at the turn of the half-years, when a lead changes, and whenever somebody asks."""

from datetime import date, datetime

from gwannae.actions.calendar import working_days
from gwannae.actions.local_standings import score_in
from gwannae.actions.owed import months_asked, owed_by
from gwannae.actions.people import standing
from gwannae.actions.permission import refuse
from gwannae.actions.standings import compute
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.hand_over import HandOver, NobodysHandOver
from gwannae.programme.hangul import search_key
from gwannae.programme.organisations import Actor, Organisation, Role
from gwannae.programme.reminders import next_reports_due
from gwannae.programme.roles import Deed, may
from gwannae.storage import organisations
from gwannae.storage.database import Transaction


def hand_over(toolkit: Toolkit, organisation_id: int, now: datetime, since: date | None = None) -> HandOver | None:
    """What somebody who takes an organisation over finds; None if it takes no part any more."""
    with toolkit.database.read() as tx:
        organisation = organisations.by_id(tx, organisation_id)
        if organisation is None or not organisation.active:
            return None
        return hand_over_in(toolkit, tx, organisation, now, since)


def asked_hand_over(
    toolkit: Toolkit, actor: Actor, name: str, now: datetime
) -> HandOver | NobodysHandOver | NotAllowed:
    """The same for whoever reads an organisation's results: the one of that name, else their own one, else the one of
    the channel.
    """
    with toolkit.database.read() as tx:
        who = standing(tx, actor, now.date())
        mine = [o for o in organisations.all_organisations(tx) if may(who, Deed.READ_RESULTS, o.id)]
        if mine:
            chosen = _chosen(tx, actor, name, mine, now)
            if chosen is None:
                return NobodysHandOver(tuple(o.name for o in mine))
            return hand_over_in(toolkit, tx, chosen, now, None)
    with toolkit.database.write() as tx:
        refuse(tx, actor, now, Deed.READ_RESULTS, "organisation:0")
    return NotAllowed()


def _chosen(tx: Transaction, actor: Actor, name: str, mine: list[Organisation], now: datetime) -> Organisation | None:
    if wanted := search_key(name):
        return next((o for o in mine if search_key(o.name) == wanted), None)
    led = {
        a.organisation.id for a in standing(tx, actor, now.date()).affiliations if a.role in (Role.LEAD, Role.STAND_IN)
    }
    own = [o for o in mine if o.id in led]
    linked = organisations.organisation_of_channel(tx, actor.team_id, actor.channel_id or "")
    if linked is not None and (linked in own or not own):
        return next((o for o in mine if o.id == linked.id), None)
    candidates = own or mine
    return candidates[0] if own or len(candidates) == 1 else None


def hand_over_in(
    toolkit: Toolkit, tx: Transaction, organisation: Organisation, now: datetime, since: date | None
) -> HandOver:
    """The same inside a transaction that is already open."""
    day = now.date()
    former = compute(tx, toolkit.city, day.year - 1)
    this_year, last_year = compute(tx, toolkit.city, day.year).of(organisation.id), former.of(organisation.id)
    return HandOver(
        organisation=organisation,
        day=day,
        owed=owed_by(tx, toolkit.city, [organisation], months_asked(toolkit.city, now), now)[0],
        this_year=this_year if this_year and this_year.by_kind else None,
        last_year=last_year if last_year and last_year.by_kind else None,
        ranked=former.ranked,
        reports_due=next_reports_due(toolkit.city, working_days(tx, toolkit.city), day),
        since=since,
        last_score=score_in(tx, toolkit.city, organisation.id, day.year - 1, now),
    )
