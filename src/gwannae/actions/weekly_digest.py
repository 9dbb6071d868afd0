"""주간 요약: once a week the programme office reads who owes what, and what did not go out."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from gwannae.actions.owed import owed_by
from gwannae.actions.permission import asked
from gwannae.actions.posting_trouble import overview_in
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.calendar import Occasion
from gwannae.programme.ledger import PlannedPost, PostKey, PostKind, Skip, SkipReason, day_key
from gwannae.programme.occasions_ahead import opening_soon
from gwannae.programme.organisations import Actor
from gwannae.programme.periods import Cycle, period_of
from gwannae.programme.roles import Deed
from gwannae.programme.weekly_digest import WeeklyDigest
from gwannae.storage import office_days, organisations


def plan_weekly_digest(toolkit: Toolkit, now: datetime) -> Sequence[PlannedPost]:
    """One a week, to the office."""
    with toolkit.database.read() as tx:
        occasions = opening_soon(toolkit.city, office_days.every_day(tx), now, PostKind.WEEKLY_DIGEST)
    return [
        PlannedPost(PostKey(PostKind.WEEKLY_DIGEST, day_key(_monday(one)), "", "office"), one.opens, one.useful_until)
        for one in occasions
    ]


def look_weekly_digest(toolkit: Toolkit, key: PostKey, now: datetime) -> WeeklyDigest | Skip:  # noqa: ARG001 - as all
    """The week; nothing where nobody owes anything and everything went out."""
    found = weekly_digest(toolkit, now)
    return found if found.owing or found.trouble.anything else Skip(SkipReason.NOTHING_OWED)


def weekly_digest(toolkit: Toolkit, now: datetime) -> WeeklyDigest:
    """Who owes what now, as far as reports of the month before go."""
    month = period_of(now.date().replace(day=1) - timedelta(days=1), Cycle.MONTH)
    with toolkit.database.read() as tx:
        every = organisations.all_organisations(tx)
        owing = tuple(owed for owed in owed_by(tx, toolkit.city, every, [month], now) if owed.anything)
        trouble = overview_in(tx, toolkit, now).trouble
    return WeeklyDigest(now.date(), month, len(every), owing, trouble)


def asked_digest(toolkit: Toolkit, actor: Actor, now: datetime) -> WeeklyDigest | NotAllowed:
    """The same at any time, for whoever reads all results: the programme office and the planning office."""
    if not asked(toolkit, actor, now, Deed.READ_RESULTS, "organisations"):
        return NotAllowed()
    return weekly_digest(toolkit, now)


def _monday(occasion: Occasion) -> date:
    """A week's digest is that week's, on whichever of its days it goes out."""
    year, week = occasion.period.split("-W")
    return date.fromisocalendar(int(year), int(week), 1)
