"""Which firms the city bought from and which were looked at lately, as it stood at a moment: what orders an answer.

A moment of the past, not now: what is reported or checked during a day must not move anybody on that day.
"""

from datetime import date, datetime

from sqlalchemy import bindparam, func, select

from gwannae.programme.purchases import PurchaseState
from gwannae.storage.database import Transaction
from gwannae.storage.pictures import draft_from
from gwannae.storage.tables import purchase_versions, purchases, vendor_checks, vendor_retirements, vendors

_P, _V, _R = purchases.c, purchase_versions.c, vendor_retirements.c

_UNCHANGED = (
    select(_P.vendor_id)
    .where(
        _P.state == PurchaseState.REPORTED.value,
        _P.vendor_id.is_not(None),
        _P.contract_date >= bindparam("first"),
        _P.contract_date <= bindparam("last"),
        _P.changed_at < bindparam("moment"),
    )
    .distinct()
)
_STOOD = (
    select(_V.purchase_id, func.max(_V.version).label("version"))
    .join(purchases, _P.id == _V.purchase_id)
    .where(_P.changed_at >= bindparam("moment"), _V.changed_at < bindparam("moment"))
    .group_by(_V.purchase_id)
    .subquery()
)
_CHANGED = select(_V.draft, _V.state).join(
    _STOOD, (_STOOD.c.purchase_id == _V.purchase_id) & (_STOOD.c.version == _V.version)
)
_MERGED = select(_R.vendor_id, _R.merged_into).where(_R.merged_into.is_not(None))
_CHECKED = (
    select(vendor_checks.c.vendor_id)
    .join(
        vendors,
        (vendors.c.id == vendor_checks.c.vendor_id) & (vendors.c.business_number == vendor_checks.c.business_number),
    )
    .where(vendor_checks.c.checked_at >= bindparam("since"), vendor_checks.c.checked_at < bindparam("moment"))
    .distinct()
)


def bought_from_at(tx: Transaction, first: date, last: date, moment: datetime) -> frozenset[int]:
    """Ids of the firms with a purchase whose contract date is from `first` to `last`, as reported at a moment.

    What was reported, changed or cancelled since is taken as it was. Purchases of a record that was merged into
    another one are that one's.
    """
    given = {"first": first, "last": last, "moment": moment}
    found = set(tx.execute(_UNCHANGED, given).scalars())
    for picture, state in tx.execute(_CHANGED, {"moment": moment}):
        draft = draft_from(picture)
        if state == PurchaseState.REPORTED.value and first <= draft.contract_date <= last:
            found.add(draft.firm.vendor_id)
    found.update(kept for record, kept in tx.execute(_MERGED) if record in found)
    return frozenset(found - {None})


def checked_between(tx: Transaction, since: datetime, moment: datetime) -> frozenset[int]:
    """Ids of the firms about whose present number the tax office answered from `since` on and before `moment`."""
    return frozenset(tx.execute(_CHECKED, {"since": since, "moment": moment}).scalars())
