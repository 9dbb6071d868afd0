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
_BOTH = union_all(_UNCHANGED, _CHANGED).subquery("known")
_LAST = select(func.max(_BOTH.c.id))


def last_known_before(tx: Transaction, moment: datetime) -> int | None:
    """The highest id among the firms that certainly stood in the registry before a moment; None where none did.

    Ids are handed out in order and never again, so whatever has a higher one came in after.
    """
    found = tx.execute(_LAST, {"moment": moment.astimezone(UTC)}).scalar()
    return None if found is None else int(found)
