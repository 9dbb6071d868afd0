"""What people looked for and found no local firm for, without who they were."""

from datetime import datetime

from sqlalchemy import bindparam, func, insert, select

from gwannae.storage.database import Transaction
from gwannae.storage.statements import is_among
from gwannae.storage.tables.records import missing_items

_ADD = insert(missing_items)
_TIMES = select(func.count()).where(missing_items.c.key == bindparam("of"))
_COUNTED = (
    select(missing_items.c.key, func.count().label("times"), func.max(missing_items.c.id).label("latest"))
    .where(missing_items.c.asked_at >= bindparam("since"))
    .group_by(missing_items.c.key)
)
_WORDS = select(missing_items.c.id, missing_items.c.word).where(is_among(missing_items.c.id, "ids"))


def add(tx: Transaction, word: str, key: str, organisation_id: int | None, at: datetime) -> int:
    """Note that a word found nothing; `key` makes its spellings one. Returns how often it was noted by now."""
    tx.execute(_ADD, {"word": word, "key": key, "organisation_id": organisation_id, "asked_at": at})
    return int(tx.execute(_TIMES, {"of": key}).scalar_one())


def top(tx: Transaction, since: datetime, limit: int) -> list[tuple[str, int]]:
    """The words most often missed since a moment, in their latest spelling, with how often; equals by key."""
    groups = sorted(tx.execute(_COUNTED, {"since": since}), key=lambda row: (-row.times, row.key))[:limit]
    words = {row.id: row.word for row in tx.execute(_WORDS, {"ids": [group.latest for group in groups]})}
    return [(words[group.latest], group.times) for group in groups]
