"""What has changed in the registry since somebody read it: a counter, and with each firm its count at the last change.

Whoever changes what a look-up shows, orders or judges by marks the firm in the same transaction, under the registry's
lock; the count is the one that the counter moves to when the change is told (`vendor_import.end_import`). Rows of
firms are never deleted.
"""

from collections.abc import Sequence

from sqlalchemy import bindparam, select, update

from gwannae.storage.database import Transaction
from gwannae.storage.statements import is_among
from gwannae.storage.tables.registry import registry_state, vendors

NEXT_VERSION = select(registry_state.c.version + 1).scalar_subquery()
"""What the counter will stand at after the next change is told; for other statements of this room."""

_MARK = update(vendors).where(is_among(vendors.c.id, "ids")).values(changed_in=NEXT_VERSION)
_CHANGED = (
    select(vendors.c.id)
    .where(vendors.c.changed_in > bindparam("version"))
    .order_by(vendors.c.changed_in)  # so that PostgreSQL, which expects a third of all, goes by the index
    .limit(bindparam("most"))
)


def mark_changed(tx: Transaction, vendor_ids: Sequence[int]) -> None:
    """Let every process read these firms anew."""
    if vendor_ids:
        tx.execute(_MARK, {"ids": list(vendor_ids)})


def changed_since(tx: Transaction, version: int, most: int) -> list[int] | None:
    """The firms that have changed since the counter stood at `version`, retired ones included; None for more than
    `most`.
    """
    ids = list(tx.execute(_CHANGED, {"version": version, "most": most + 1}).scalars())
    return ids if len(ids) <= most else None
