"""Which firms the city bought from and which were looked at lately, as it stood at a moment: what orders an answer.

A moment of the past, not now: what is reported or checked during a day must not move anybody on that day.
"""

from datetime import date, datetime

from sqlalchemy import and_, bindparam, case, or_, select

from gwannae.programme.purchases import PurchaseState
from gwannae.storage.database import Transaction
from gwannae.storage.pictures import draft_from
from gwannae.storage.tables import purchase_versions, purchases, vendor_checks, vendor_retirements, vendors

_P, _V, _R = purchases.c, purchase_versions.c, vendor_retirements.c

_IN_SPAN = and_(
    _P.state == PurchaseState.REPORTED.value,
    _P.vendor_id.is_not(None),
    _P.contract_date >= bindparam("first"),
    _P.contract_date <= bindparam("last"),
)
_CHANGED_SINCE = _P.changed_at >= bindparam("moment")
_BOUGHT = (
    select(_P.vendor_id, case((_CHANGED_SINCE, _P.id))).where(or_(_IN_SPAN, _CHANGED_SINCE)).distinct()
)  # with the purchase where it was changed since, and has to be looked at as it stood
_STOOD = (
    select(_V.draft, _V.state)
    .where(_V.purchase_id == bindparam("purchase"), _V.changed_at < bindparam("moment"))
    .order_by(_V.version.desc())
    .limit(1)
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
    found: set[int] = set()
    for vendor_id, changed in tx.execute(_BOUGHT, {"first": first, "last": last, "moment": moment}).all():
        if changed is None:
            found.add(vendor_id)
        elif (stood := tx.execute(_STOOD, {"purchase": changed, "moment": moment}).first()) is not None:
            draft = draft_from(stood.draft)
            if (
                stood.state == PurchaseState.REPORTED.value
                and draft.firm.vendor_id is not None
                and first <= draft.contract_date <= last
            ):
                found.add(draft.firm.vendor_id)
    if found:
        found.update(kept for record, kept in tx.execute(_MERGED) if record in found)
    return frozenset(found)


def checked_between(tx: Transaction, since: datetime, moment: datetime) -> frozenset[int]:
    """Ids of the firms about whose present number the tax office answered from `since` on and before `moment`."""
    return frozenset(tx.execute(_CHECKED, {"since": since, "moment": moment}).scalars())
