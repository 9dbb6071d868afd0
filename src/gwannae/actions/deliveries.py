"""Slack delivers an event up to four times; its id, kept before any work, lets it have effect once."""

from datetime import datetime, timedelta

from gwannae.actions.toolkit import Toolkit
from gwannae.storage import events
from gwannae.storage.database import Transaction

KEPT = timedelta(days=2)  # Slack repeats within an hour; what counts once a day is known by its date


def first_time(toolkit: Toolkit, event_id: str, now: datetime) -> bool:
    """Whether this delivery is the first of its event. An event without an id is taken as new."""
    if not event_id:
        return True
    with toolkit.database.write() as tx:
        return first_time_in(tx, event_id, now)


def first_time_in(tx: Transaction, event_id: str, now: datetime) -> bool:
    """The same inside the transaction of what must have effect once; what was seen long ago is forgotten."""
    events.forget_before(tx, now - KEPT)
    return events.first_time(tx, event_id, now)
