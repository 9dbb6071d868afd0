"""Whose a stored report is: who may look at it, and who may still change, cancel or restore it."""

from datetime import date, datetime

from gwannae.actions.people import standing
from gwannae.actions.period_gate import touched_too_late
from gwannae.actions.permission import refuse
from gwannae.programme.city import City
from gwannae.programme.organisations import Actor
from gwannae.programme.purchases import Purchase
from gwannae.programme.reopening import TooLate
from gwannae.programme.report_purchase import NoLongerYours, NotYours
from gwannae.programme.roles import Deed, may
from gwannae.storage import purchases
from gwannae.storage.database import Transaction


def visible(tx: Transaction, actor: Actor, purchase_id: int, day: date) -> Purchase | None:
    """The purchase if this person may look at it: its reporter, and who reads results (lead, both offices)."""
    purchase = purchases.purchase(tx, purchase_id)
    if purchase is None:
        return None
    if is_reporter(actor, purchase) or may(standing(tx, actor, day), Deed.READ_RESULTS, purchase.draft.organisation_id):
        return purchase
    return None


def may_change(
    tx: Transaction, actor: Actor, purchase_id: int, day: date, deed: Deed = Deed.CORRECT
) -> Purchase | NotYours | NoLongerYours:
    """The purchase if this person may do this to it now: lead, office, and the reporter while they may report for that
    organisation. A purchase that the person may not look at is not told from one that does not exist.
    """
    purchase = purchases.purchase(tx, purchase_id)
    if purchase is None:
        return NotYours()
    who, organisation_id = standing(tx, actor, day), purchase.draft.organisation_id
    reporter = is_reporter(actor, purchase)
    if may(who, deed, organisation_id) or (reporter and may(who, Deed.REPORT, organisation_id)):
        return purchase
    return NoLongerYours() if reporter else NotYours()


def changeable(
    tx: Transaction, actor: Actor, purchase_id: int, now: datetime, deed: Deed = Deed.CORRECT
) -> Purchase | NotYours | NoLongerYours:
    """The same; a refusal is written down."""
    found = may_change(tx, actor, purchase_id, now.date(), deed)
    if not isinstance(found, Purchase):
        refuse(tx, actor, now, deed, f"purchase:{purchase_id}")
    return found


def touchable(
    tx: Transaction, city: City, actor: Actor, purchase_id: int, now: datetime, deed: Deed = Deed.CORRECT
) -> Purchase | TooLate | NotYours | NoLongerYours:
    """The purchase if, beside that, its period is open or was opened again."""
    found = changeable(tx, actor, purchase_id, now, deed)
    if not isinstance(found, Purchase):
        return found
    return too_late(tx, city, actor, found, now.date()) or found


def too_late(tx: Transaction, city: City, actor: Actor, purchase: Purchase, day: date) -> TooLate | None:
    """Why a purchase stays as it is for everybody, and whether this person may open it again; None: it need not."""
    closed = touched_too_late(tx, city, purchase, day)
    return None if closed is None else TooLate(purchase, closed, may(standing(tx, actor, day), Deed.REOPEN))


def is_reporter(actor: Actor, purchase: Purchase) -> bool:
    """Whether it was this person who reported."""
    return (purchase.reporter_team, purchase.reporter_user) == (actor.team_id, actor.user_id)


def sees_sums(tx: Transaction, actor: Actor, organisation_id: int, day: date) -> bool:
    """Whether this person is shown what an organisation bought: its given people and the office, not who merely says
    to belong there.
    """
    who = standing(tx, actor, day)
    return who.is_office or any(a.organisation.id == organisation_id and not a.self_declared for a in who.affiliations)
