"""Which firms the city bought from and which were looked at lately, as it stood at a moment: what orders an answer.

A moment of the past, not now: what is reported or checked during a day must not move anybody on that day.
"""

from collections.abc import Sequence, Set
from datetime import date, datetime

from sqlalchemy import and_, bindparam, case, or_, select

from gwannae.programme.purchases import PurchaseState
from gwannae.storage.database import Transaction
from gwannae.storage.pictures import draft_from
from gwannae.storage.statements import is_among
from gwannae.storage.tables.checks import vendor_checks
from gwannae.storage.tables.purchases import purchase_versions, purchases
from gwannae.storage.tables.registry import vendors
from gwannae.storage.tables.vendor_retirements import vendor_retirements

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
_CHECKED_AMONG = _CHECKED.where(is_among(vendor_checks.c.vendor_id, "ids"))


def bought_from_at(tx: Transaction, first: date, last: date, moment: datetime) -> frozenset[int]:
    """Ids of the records with a purchase whose contract date is from `first` to `last`, as reported at a moment.

    What was reported, changed or cancelled since is taken as it was: of a moment that has passed it stays the same.
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
    return frozenset(found)


def with_merged(tx: Transaction, records: Set[int]) -> Set[int]:
    """Some records, and the firms that any of them was merged into: its purchases are that one's."""
    return records | {kept for record, kept in tx.execute(_MERGED) if record in records} if records else records


def checked_between(
    tx: Transaction, since: datetime, moment: datetime, among: Sequence[int] | None = None
) -> frozenset[int]:
    """Ids of the firms about whose present number the tax office answered from `since` on and before `moment`; of some
    firms alone, if they are given.
    """
    given = {"since": since, "moment": moment}
    if among is None:
        return frozenset(tx.execute(_CHECKED, given).scalars())
    return frozenset(tx.execute(_CHECKED_AMONG, {**given, "ids": list(among)}).scalars())
