"""The registry's vendors as they stand now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, select

from gwannae.programme.vendor_status import VendorCheck, VendorState, VendorStatus
from gwannae.programme.vendors import SizeFact, Vendor
from gwannae.storage import tables
from gwannae.storage.bulk import as_day, as_moment
from gwannae.storage.database import Transaction
from gwannae.storage.vendor_parts import FACTS, Parts, kinds_from, parts_and_answers, parts_and_times_bought, parts_of
from gwannae.storage.vendor_retirements import RETIRED

_STATES = {state.value: state for state in VendorState}
_NOT_CHECKED = VendorStatus()

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


def vendor_and_answers(tx: Transaction, vendor_id: int) -> tuple[Vendor, list[VendorCheck]] | None:
    """The same with all that the tax office ever answered about it, whatever number was asked for, oldest first."""
    parts = parts_and_answers(tx, vendor_id)
    return None if parts.own is None else (_vendor(vendor_id, parts, parts.own), parts.answers)


def id_of_number(tx: Transaction, number: str) -> int | None:
    """The id of the vendor of that business number (ten digits)."""
    return tx.execute(_BY_NUMBER, {"number": number}).scalar()


def by_business_number(tx: Transaction, number: str) -> Vendor | None:
    """The vendor of that business number (ten digits)."""
    vendor_id = id_of_number(tx, number)
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
    return _vendors(parts_of(tx, list(dict.fromkeys(ids))))


def vendors_and_times_bought(
    tx: Transaction, ids: Sequence[int], counted: Sequence[int], first: date, last: date
) -> tuple[dict[int, Vendor], dict[int, int]]:
    """The vendors of some ids, and how many purchases from each of those to be counted, whose contract date is from
    `first` to `last`, all records of a firm together; a firm without any is left out.
    """
    parts, times = parts_and_times_bought(tx, ids, counted, first, last)
    return _vendors(parts), times


def _vendors(by_id: Mapping[int, Parts]) -> dict[int, Vendor]:
    return {
        vendor_id: _vendor(vendor_id, parts, parts.own) for vendor_id, parts in by_id.items() if parts.own is not None
    }


def _vendor(vendor_id: int, parts: Parts, own: Sequence[Any]) -> Vendor:
    name, number, phone, trade, makes, small, evidence, source, kinds, *answer = own[:13]
    size_checked_on, as_of, closed_on, checked_at, version = own[13:]
    state, tax_type, checked_from, checked_by = answer
    status = _NOT_CHECKED
    if state is not None:
        status = VendorStatus(
            _STATES[state], as_day(closed_on), tax_type, as_moment(checked_at), checked_from, checked_by
        )
    return Vendor(
        vendor_id,
        name,
        number,
        phone,
        trade,
        FACTS[makes],
        SizeFact(FACTS[small], evidence, as_day(size_checked_on)),
        tuple(parts.items),
        tuple(parts.addresses),
        tuple(parts.certificates),
        as_day(as_of),
        source,
        version,
        status,
        kinds_from(kinds),
    )


def registry(tx: Transaction) -> RegistryState:
    """The state of the registry."""
    state = tx.execute(_STATE).one()
    return RegistryState(state.version, state.as_of, int(tx.execute(_COUNT).scalar_one()))
