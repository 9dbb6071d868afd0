"""이력: all versions of a report, for whoever may look at it."""

from dataclasses import replace
from datetime import datetime

from gwannae.actions.permission import refuse
from gwannae.actions.report_rights import visible
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.organisations import Actor
from gwannae.programme.purchase_history import History, entries_of
from gwannae.programme.report_purchase import NotYours
from gwannae.programme.roles import Deed
from gwannae.storage import organisations, purchases


def history_of(toolkit: Toolkit, actor: Actor, purchase_id: int, now: datetime) -> History | NotYours:
    """What was done to a report, latest first, in the city's time; for its reporter and for who reads results."""
    with toolkit.database.read() as tx:
        purchase = visible(tx, actor, purchase_id, now.date())
        if purchase is not None:
            versions = purchases.history(tx, purchase_id)
            named = {version.draft.organisation_id for version in versions}
            whose = tuple(o for o in organisations.all_organisations(tx, active_only=False) if o.id in named)
            entries = tuple(replace(e, at=e.at.astimezone(now.tzinfo)) for e in entries_of(versions))
            return History(purchase, entries, whose)
    with toolkit.database.write() as tx:
        refuse(tx, actor, now, Deed.READ_RESULTS, f"purchase:{purchase_id}")
    return NotYours()
