"""Firms that the office has taken off the list: nobody finds them, and everything that hangs on them stays."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from sqlalchemy import Row, bindparam, delete, insert, select, update

from gwannae.programme.organisations import Actor
from gwannae.programme.vendor_retirements import RetiredFirm, Retirement
from gwannae.storage.database import Transaction
from gwannae.storage.registry_changes import mark_changed
from gwannae.storage.statements import is_among
from gwannae.storage.tables.registry import vendors
from gwannae.storage.tables.vendor_retirements import vendor_retirements

_R = vendor_retirements.c
_OF = select(vendor_retirements).where(_R.vendor_id == bindparam("of"))
_MERGED = select(_R.vendor_id).where(_R.merged_into == bindparam("of")).order_by(_R.vendor_id)
_AMONG = select(_R.vendor_id).where(is_among(_R.vendor_id, "ids"))
_END = delete(vendor_retirements).where(_R.vendor_id == bindparam("of"), _R.merged_into.is_(None))
_KEPT = vendors.alias("kept")
_LISTED = (
    select(
        _R.vendor_id, vendors.c.name, vendors.c.business_number, _R.day, _R.reason, _R.merged_into, _R.retired_at,
        _KEPT.c.name,
    )
    .join(vendors, vendors.c.id == _R.vendor_id)
    .outerjoin(_KEPT, _KEPT.c.id == _R.merged_into)
    .order_by(_R.retired_at.desc(), _R.vendor_id.desc())
)  # fmt: skip
_ADD = insert(vendor_retirements)
_POINT = update(vendor_retirements).where(_R.merged_into == bindparam("old")).values(merged_into=bindparam("new"))

RETIRED = select(_R.vendor_id)
"""The ids of all of them; for other statements of this room."""


def retire(
    tx: Transaction, vendor_id: int, day: date, reason: str, *, by: Actor, at: datetime, merged_into: int | None = None
) -> None:
    """Write down that a firm is no longer looked up. What was merged into it before goes on to where it goes."""
    mark_changed(tx, [vendor_id] if merged_into is None else [vendor_id, merged_into])
    if merged_into is not None:
        tx.execute(_POINT, {"old": vendor_id, "new": merged_into})
    tx.execute(
        _ADD,
        {
            "vendor_id": vendor_id,
            "day": day,
            "merged_into": merged_into,
            "reason": reason,
            "retired_at": at.astimezone(UTC),
            "team_id": by.team_id,
            "user_id": by.user_id,
        },
    )


def restore(tx: Transaction, vendor_id: int) -> bool:
    """Put a firm on the list again; False where it is not off it, or another record stands for it."""
    mark_changed(tx, [vendor_id])
    return tx.execute(_END, {"of": vendor_id}).rowcount == 1


def retirement(tx: Transaction, vendor_id: int) -> Retirement | None:
    """Since when and why a firm is off the list; None where it is on it."""
    row: Row[tuple[object, ...]] | None = tx.execute(_OF, {"of": vendor_id}).first()
    return None if row is None else Retirement(row.day, row.reason, row.merged_into)


def retired_among(tx: Transaction, vendor_ids: Sequence[int]) -> frozenset[int]:
    """Those of some firms that are off the list."""
    return frozenset(tx.execute(_AMONG, {"ids": list(vendor_ids)}).scalars())


def retired(tx: Transaction) -> Sequence[RetiredFirm]:
    """All firms that are off the list, the last retired first."""
    return [
        RetiredFirm(vendor_id, name, number, Retirement(day, reason, merged), at, merged_name or "")
        for vendor_id, name, number, day, reason, merged, at, merged_name in tx.execute(_LISTED)
    ]


def merged_into(tx: Transaction, vendor_id: int) -> Sequence[int]:
    """The records that were merged into a firm: its purchases of before are theirs."""
    return list(tx.execute(_MERGED, {"of": vendor_id}).scalars())
