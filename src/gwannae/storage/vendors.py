"""The registry's vendors as they stand now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, bindparam, func, select

from gwannae.programme.vendor_status import VendorState, VendorStatus
from gwannae.programme.vendors import SizeFact, Vendor
from gwannae.storage import tables
from gwannae.storage.database import Transaction
from gwannae.storage.statements import is_among
from gwannae.storage.vendor_checks import CHECKED
from gwannae.storage.vendor_parts import FACTS, kinds_from, parts_of
from gwannae.storage.vendor_retirements import RETIRED

_STATES = {state.value: state for state in VendorState}
_NOT_CHECKED = VendorStatus()

_VENDORS = (
    select(
        tables.vendors,
        tables.vendor_checks.c.state,
        tables.vendor_checks.c.closed_on,
        tables.vendor_checks.c.tax_type,
        tables.vendor_checks.c.checked_at,
        tables.vendor_checks.c.source.label("checked_from"),
        tables.vendor_checks.c.user_id.label("checked_by"),
    )
    .select_from(CHECKED)
    .where(is_among(tables.vendors.c.id, "ids"))
)
_BY_NUMBER = select(tables.vendors.c.id).where(tables.vendors.c.business_number == bindparam("number"))
_BY_NUMBER_BEGINNING = (
    select(tables.vendors.c.id)
    .where(
        tables.vendors.c.business_number >= bindparam("first"),
        tables.vendors.c.business_number <= bindparam("last"),
        tables.vendors.c.id.not_in(RETIRED),
    )
    .order_by(tables.vendors.c.business_number)
    .limit(bindparam("most"))
)
_STATE = select(tables.registry_state.c.version, tables.registry_state.c.as_of)
_COUNT = select(func.count()).where(tables.vendors.c.id.not_in(RETIRED))


@dataclass(frozen=True, slots=True)
class RegistryState:
    """The registry as a whole: the counter that moves with every import, the day of its data, and its size
    without the retired."""

    version: int
    as_of: date | None
    vendors: int


def vendor(tx: Transaction, vendor_id: int) -> Vendor | None:
    """The vendor of that id."""
    return vendors(tx, (vendor_id,)).get(vendor_id)


def by_business_number(tx: Transaction, number: str) -> Vendor | None:
    """The vendor of that business number (ten digits)."""
    vendor_id = tx.execute(_BY_NUMBER, {"number": number}).scalar()
    return None if vendor_id is None else vendor(tx, vendor_id)


def by_number_beginning(tx: Transaction, digits: str, limit: int) -> list[int]:
    """Ids of vendors, not retired, whose business number begins with these digits, in the order of their numbers."""
    if len(digits) > 10:
        return []
    # ten digits against ten digits: every collation sorts these alike
    bounds = {"first": digits.ljust(10, "0"), "last": digits.ljust(10, "9"), "most": limit}
    return list(tx.execute(_BY_NUMBER_BEGINNING, bounds).scalars())


def vendors(tx: Transaction, ids: Iterable[int]) -> dict[int, Vendor]:
    """The vendors of those ids that there are, in the order in which they were asked for."""
    wanted = list(dict.fromkeys(ids))
    parts = parts_of(tx, wanted)
    found: dict[int, Vendor] = {}
    for row in tx.execute(_VENDORS, {"ids": wanted}).all():
        found[row.id] = Vendor(
            row.id,
            row.name,
            row.business_number,
            row.phone,
            row.trade,
            FACTS[row.makes],
            SizeFact(FACTS[row.size_small], row.size_evidence, row.size_checked_on),
            tuple(parts[row.id].items),
            tuple(parts[row.id].addresses),
            tuple(parts[row.id].certificates),
            row.as_of,
            row.source,
            row.version,
            _NOT_CHECKED if row.state is None else _status(row),
            kinds_from(row.kinds),
        )
    return {i: found[i] for i in wanted if i in found}


def _status(row: Row[tuple[object, ...]]) -> VendorStatus:
    return VendorStatus(
        _STATES[row.state], row.closed_on, row.tax_type, row.checked_at, row.checked_from, row.checked_by
    )


def registry(tx: Transaction) -> RegistryState:
    """The state of the registry."""
    state = tx.execute(_STATE).one()
    return RegistryState(state.version, state.as_of, int(tx.execute(_COUNT).scalar_one()))
