"""Deliveries of Slack that were taken before: Slack repeats one whose answer was slow."""

from datetime import datetime

from sqlalchemy import bindparam, delete

from gwannae.storage.database import Transaction
from gwannae.storage.statements import insert_if_absent
from gwannae.storage.tables.records import seen_events

_FORGET = delete(seen_events).where(seen_events.c.seen_at < bindparam("before"))


def first_time(tx: Transaction, event_id: str, at: datetime) -> bool:
    """Note a delivery; False if it was noted before. Of many at once, exactly one is told True."""
    noted = tx.execute(insert_if_absent(tx, seen_events, "event_id"), {"event_id": event_id, "seen_at": at})
    return noted.first() is not None


def forget_before(tx: Transaction, at: datetime) -> int:
    """Forget what was seen before a moment; Slack repeats within an hour. Returns how many were forgotten."""
    return tx.execute(_FORGET, {"before": at}).rowcount
