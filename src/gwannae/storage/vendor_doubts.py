"""What staff say is wrong with a firm's record, until the office settles it."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Row, bindparam, select, update

from gwannae.programme.organisations import Actor
from gwannae.programme.vendor_doubts import Doubt, DoubtKind, DoubtState
from gwannae.storage.database import Transaction
from gwannae.storage.statements import insert_if_absent
from gwannae.storage.tables import registry as tables
from gwannae.storage.tables.vendor_doubts import vendor_doubts

_D = vendor_doubts.c
_READ = select(vendor_doubts, tables.vendors.c.name.label("vendor_name")).join(
    tables.vendors, tables.vendors.c.id == _D.vendor_id
)
_BY_ID = _READ.where(_D.id == bindparam("of"))
_BY_FORM = _READ.where(_D.form_key == bindparam("of"))
_OPEN = _READ.where(_D.state == DoubtState.OPEN.value).order_by(_D.id)
_TOLD_BETWEEN = _READ.where(_D.told_at >= bindparam("first"), _D.told_at < bindparam("before")).order_by(_D.id.desc())
_SETTLE = update(vendor_doubts).where(_D.id == bindparam("of"), _D.state == DoubtState.OPEN.value)


def add(
    tx: Transaction, vendor_id: int, kind: DoubtKind, sentence: str, *, form_key: str, by: Actor, at: datetime
) -> tuple[Doubt, bool]:
    """Take a report down; of two with one form key one is kept. Returns it, and whether it is new."""
    values = {
        "form_key": form_key,
        "vendor_id": vendor_id,
        "kind": kind.value,
        "sentence": sentence,
        "state": DoubtState.OPEN.value,
        "told_at": at.astimezone(UTC),
        "told_by_team": by.team_id,
        "told_by_user": by.user_id,
    }
    made = tx.execute(insert_if_absent(tx, vendor_doubts, "id"), values).scalar()
    return _doubt(tx.execute(_BY_FORM, {"of": form_key}).one()), made is not None


def doubt(tx: Transaction, doubt_id: int) -> Doubt | None:
    """The report of that id."""
    row = tx.execute(_BY_ID, {"of": doubt_id}).first()
    return None if row is None else _doubt(row)


def open_doubts(tx: Transaction) -> Sequence[Doubt]:
    """All that wait for the office, the oldest first."""
    return tuple(_doubt(row) for row in tx.execute(_OPEN))


def told_between(tx: Transaction, first: datetime, before: datetime) -> Sequence[Doubt]:
    """All that were told from a moment on and before another, whatever became of them, the latest first."""
    span = {"first": first.astimezone(UTC), "before": before.astimezone(UTC)}
    return tuple(_doubt(row) for row in tx.execute(_TOLD_BETWEEN, span))


def settle(tx: Transaction, doubt_id: int, state: DoubtState, *, by: Actor, at: datetime) -> bool:
    """Say what became of it; False where it is settled already, or is not there."""
    values = {
        "state": state.value,
        "settled_at": at.astimezone(UTC),
        "settled_by_team": by.team_id,
        "settled_by_user": by.user_id,
    }
    return tx.execute(_SETTLE.values(values), {"of": doubt_id}).rowcount == 1


def _doubt(row: Row[tuple[object, ...]]) -> Doubt:
    return Doubt(
        row.id,
        row.vendor_id,
        row.vendor_name,
        DoubtKind(row.kind),
        row.sentence,
        DoubtState(row.state),
        row.told_at,
        Actor(row.told_by_team, row.told_by_user),
    )
