"""What the tax office answered about firms: kept answer by answer, so that whoever goes on knows where to begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Row, and_, bindparam, exists, func, insert, or_, select

from gwannae.programme.vendor_status import NumberStatus, StatusChange, VendorCheck, VendorState, VendorStatus
from gwannae.storage.database import Transaction
from gwannae.storage.registry_changes import mark_changed
from gwannae.storage.statements import is_among
from gwannae.storage.tables import registry as tables
from gwannae.storage.tables.checks import vendor_checks
from gwannae.storage.vendor_retirements import RETIRED

_V, _C = tables.vendors.c, vendor_checks.c

_NEWEST = (
    select(func.max(_C.id))
    .where(_C.vendor_id == _V.id, _C.business_number == _V.business_number)
    .correlate(tables.vendors)
    .scalar_subquery()
)
CHECKED = tables.vendors.outerjoin(vendor_checks, _C.id == _NEWEST)
"""Firms with the newest answer about their present number; for other statements of this room."""

_IS_DUE = and_(
    _V.business_number.is_not(None),
    _V.id.not_in(RETIRED),
    # A check of the future is one of a clock that was wrong.
    or_(_C.checked_at.is_(None), _C.checked_at < bindparam("before"), _C.checked_at > bindparam("now")),
)
_DUE = (
    select(_V.id, _V.business_number)
    .select_from(CHECKED)
    .where(_IS_DUE)
    .order_by(_C.checked_at.is_not(None), _C.checked_at, _V.id)
)
_COUNTS = select(func.count().label("all"), func.count(_V.business_number).label("numbered")).where(
    _V.id.not_in(RETIRED)
)
_STANDING = select(_V.id, _V.name, _V.business_number, _C.state).select_from(CHECKED).where(is_among(_V.id, "ids"))
_LATER = vendor_checks.alias("later")
_NOT_OPEN = (  # from the few answers that are not "open", never from all firms: it is asked at every start
    select(_C.vendor_id, _C.state, _C.closed_on, _C.tax_type, _C.checked_at, _C.source, _C.user_id)
    .join(tables.vendors, and_(_V.id == _C.vendor_id, _V.business_number == _C.business_number))
    .where(
        _C.state.in_([VendorState.CLOSED.value, VendorState.SUSPENDED.value]),
        ~exists().where(
            _LATER.c.vendor_id == _C.vendor_id,
            _LATER.c.business_number == _C.business_number,
            _LATER.c.id > _C.id,
        ),
    )
)
_SHUT = {VendorState.CLOSED, VendorState.SUSPENDED}  # what a look-up judges by, or no longer does
_RECORD = insert(vendor_checks)
_OF_VENDOR = select(vendor_checks).where(_C.vendor_id == bindparam("of")).order_by(_C.id.desc())
_OF_VENDORS = select(vendor_checks).where(is_among(_C.vendor_id, "listed")).order_by(_C.id)


class DueVendor(NamedTuple):
    """A firm to ask for, and the number to ask with."""

    vendor_id: int
    business_number: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many firms there are (the retired left out), and how many of them have a number that can be asked for."""

    vendors: int
    numbered: int


def due_vendors(tx: Transaction, *, before: datetime, now: datetime) -> list[DueVendor]:
    """The firms that were never checked, then those last checked before a moment, the longest ago first; none that is
    retired.
    """
    return [DueVendor(*row) for row in tx.execute(_DUE, {"before": before, "now": now})]


def coverage(tx: Transaction) -> Coverage:
    """The size of the registry, as far as checks are concerned."""
    return Coverage(*tx.execute(_COUNTS).one())


def record_checks(tx: Transaction, checks: Sequence[VendorCheck]) -> list[StatusChange]:
    """Keep answers, and return which firms are in another state than before.

    An answer about a firm that has gone meanwhile, or has another number now, is dropped.
    """
    standing = {row.id: row for row in tx.execute(_STANDING, {"ids": [check.vendor_id for check in checks]})}
    kept = [
        (check, standing[check.vendor_id])
        for check in checks
        if check.vendor_id in standing and standing[check.vendor_id].business_number == check.answer.business_number
    ]
    if kept:
        tx.execute(_RECORD, [_values(check) for check, _ in kept])
        shut = [check.vendor_id for check, row in kept if {check.answer.state, row.state} & _SHUT]
        mark_changed(tx, shut)
    changes = (
        StatusChange(
            vendor_id=check.vendor_id,
            name=row.name,
            business_number=check.answer.business_number,
            before=VendorState(row.state or VendorState.UNKNOWN),
            state=check.answer.state,
            closed_on=check.answer.closed_on,
        )
        for check, row in kept
    )
    return [change for change in changes if change.before is not change.state]


def not_open(tx: Transaction) -> dict[int, VendorStatus]:
    """The newest answer about each firm that is closed or suspended by it."""
    return {
        row.vendor_id: VendorStatus(
            VendorState(row.state), row.closed_on, row.tax_type, row.checked_at, row.source, row.user_id
        )
        for row in tx.execute(_NOT_OPEN)
    }


def checks_of(tx: Transaction, vendor_id: int) -> list[VendorCheck]:
    """All that was ever answered about a firm, the newest first, whatever number was asked for."""
    return [_check(row) for row in tx.execute(_OF_VENDOR, {"of": vendor_id})]


def checks_of_all(tx: Transaction, vendor_ids: Sequence[int]) -> list[VendorCheck]:
    """All that was ever answered about some firms, whatever number was asked for."""
    return [_check(row) for row in tx.execute(_OF_VENDORS, {"listed": list(vendor_ids)})]


def _values(check: VendorCheck) -> dict[str, object]:
    return {
        "vendor_id": check.vendor_id,
        "business_number": check.answer.business_number,
        "state": check.answer.state.value,
        "closed_on": check.answer.closed_on,
        "tax_type": check.answer.tax_type,
        "checked_at": check.checked_at,
        "source": check.source,
        "team_id": check.team_id,
        "user_id": check.user_id,
    }


def _check(row: Row[tuple[object, ...]]) -> VendorCheck:
    answer = NumberStatus(row.business_number, VendorState(row.state), row.closed_on, row.tax_type)
    return VendorCheck(row.vendor_id, answer, row.checked_at, row.source, row.team_id, row.user_id)
