"""한눈에: all organisations of this year, and one's rows, for those who read every result."""

from datetime import date, datetime

from gwannae.actions.permission import asked
from gwannae.actions.standings import compute
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.organisations import Actor
from gwannae.programme.purchases import PurchaseState
from gwannae.programme.roles import Deed
from gwannae.programme.year_overview import Order, OwnRows, YearOverview, in_order
from gwannae.storage.purchase_listing import listing

ROWS = 40


def year_overview(toolkit: Toolkit, actor: Actor, order: Order, now: datetime) -> YearOverview | NotAllowed:
    """Every organisation of the year, in the order that was chosen."""
    if not asked(toolkit, actor, now, Deed.READ_RESULTS, "year_overview"):
        return NotAllowed()
    with toolkit.database.read() as tx:
        return in_order(compute(tx, toolkit.city, now.year), order)


def own_rows(toolkit: Toolkit, actor: Actor, organisation_id: int, now: datetime) -> OwnRows | NotAllowed | None:
    """One organisation's rows of the year; None for one that there is not."""
    if not asked(toolkit, actor, now, Deed.READ_RESULTS, f"organisation:{organisation_id}"):
        return NotAllowed()
    with toolkit.database.snapshot() as tx:
        place = compute(tx, toolkit.city, now.year).of(organisation_id)
        if place is None:
            return None
        every = listing(tx, date(now.year, 1, 1), date(now.year, 12, 31), organisation_id)
        rows = [one for one in every if one.state is PurchaseState.REPORTED]
    rows.sort(key=lambda one: (one.draft.contract_date, one.id), reverse=True)
    return OwnRows(place, now.year, tuple(rows[:ROWS]), len(rows))
