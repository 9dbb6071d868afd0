"""Since when the registry knows its firms."""

from datetime import UTC, datetime

from sqlalchemy import bindparam, func, select, union_all

from gwannae.storage.database import Transaction
from gwannae.storage.tables.registry import vendor_versions, vendors

_UNCHANGED = select(func.max(vendors.c.id).label("id")).where(
    vendors.c.version == 1, vendors.c.changed_at < bindparam("moment")
)
_CHANGED = select(func.max(vendor_versions.c.vendor_id).label("id")).where(
    vendor_versions.c.replaced_at < bindparam("moment")
)
# As they came in, so `changed_at` is when that was.
_CAME_IN = select(func.min(vendors.c.id)).where(
    vendors.c.version == 1, vendors.c.changed_at >= bindparam("moment"), vendors.c.id > bindparam("known")
)
_NEWEST = select(func.max(vendors.c.id))
_BOTH = union_all(_UNCHANGED, _CHANGED).subquery("known")
_LAST = select(func.max(_BOTH.c.id))


def last_not_new(tx: Transaction, moment: datetime) -> int | None:
    """The id up to which firms are not known to have come in since a moment: whatever has a higher one did. None where
    no firm certainly stood there before, so that nobody can say what is new.

    Ids are handed out in order and never again. When a firm came in is told only by one that nobody has changed since:
    whatever has a higher id than such a one came in after it, and whatever has a lower one may have been there always.
    """
    values = {"moment": moment.astimezone(UTC)}
    known = tx.execute(_LAST, values).scalar()
    if known is None:
        return None
    first_new = tx.execute(_CAME_IN, {**values, "known": known}).scalar()
    return int(tx.execute(_NEWEST).scalar_one()) if first_new is None else int(first_new) - 1
