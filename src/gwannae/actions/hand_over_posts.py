"""인수인계 by the clock: to each lead when staff rotate, and to whoever has become one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from gwannae.actions.calendar import working_days
from gwannae.actions.hand_over import hand_over_in
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.hand_over import HandOver
from gwannae.programme.ledger import PlannedPost, PostKey, PostKind, Skip, SkipReason, month_key
from gwannae.programme.occasions_ahead import first_opening, opening_soon
from gwannae.programme.organisations import Affiliation, Role
from gwannae.programme.working_days import WorkingDays
from gwannae.storage import affiliations, office_days, organisations

NEW_FOR = timedelta(days=14)  # for so long somebody who took over is new, and a message to them of use
_PERSON = "person:"


def plan_hand_over(toolkit: Toolkit, now: datetime) -> Sequence[PlannedPost]:
    """One to each lead in the months of the city's rotation; one to each person who became a lead lately."""
    with toolkit.database.read() as tx:
        occasions = opening_soon(toolkit.city, office_days.every_day(tx), now, PostKind.HAND_OVER)
        codes = organisations.active_codes(tx) if occasions else []
        days = working_days(tx, toolkit.city)
        new = affiliations.leads_since(tx, now.date() - NEW_FOR, now.date())
    rotating = [
        PlannedPost(PostKey(PostKind.HAND_OVER, one.period, code, "lead"), one.opens, one.useful_until)
        for one in occasions
        for code in codes
    ]
    return (*rotating, *(planned for one in new if (planned := _to_new(toolkit, days, one)) is not None))


def look_hand_over(toolkit: Toolkit, key: PostKey, now: datetime) -> HandOver | Skip:
    """What the person finds. Who was told as they took over is not told again at the rotation."""
    with toolkit.database.read() as tx:
        organisation = organisations.by_code(tx, key.organisation)
        if organisation is None or not organisation.active:
            return Skip(SkipReason.ORGANISATION_GONE)
        leads = [a for a in affiliations.people_of(tx, organisation.id, now.date()) if a.role is Role.LEAD]
        since = None
        if key.recipient.startswith(_PERSON):
            mine = [a for a in leads if f"{_PERSON}{a.user_id}" == key.recipient]
            if not mine:
                return Skip(SkipReason.NOBODY)
            since = mine[0].since
        elif leads and all(a.since > now.date() - NEW_FOR for a in leads):
            return Skip(SkipReason.NOTHING_OWED)
        return hand_over_in(toolkit, tx, organisation, now, since)


def _to_new(toolkit: Toolkit, days: WorkingDays, lead: Affiliation) -> PlannedPost | None:
    due = first_opening(toolkit.city, days, lead.since)
    if due is None:
        return None
    key = PostKey(PostKind.HAND_OVER, month_key(lead.since), lead.organisation.code, f"{_PERSON}{lead.user_id}")
    return PlannedPost(key, due, due + NEW_FOR)
