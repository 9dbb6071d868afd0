"""Slack delivers an event up to four times; its id, kept before any work, lets it have effect once."""

from datetime import datetime

from gwannae.actions.toolkit import Toolkit
from gwannae.storage import events


def first_time(toolkit: Toolkit, event_id: str, now: datetime) -> bool:
    """Whether this delivery is the first of its event. An event without an id is taken as new."""
    if not event_id:
        return True
    with toolkit.database.write() as tx:
        return events.first_time(tx, event_id, now)
