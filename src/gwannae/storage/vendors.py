"""The registry's vendors as they stand now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, select

from gwannae.programme.vendor_status import NumberStatus, VendorCheck, VendorState, VendorStatus
from gwannae.programme.vendors import SizeFact, Vendor
from gwannae.storage.bulk import as_day, as_moment, read_at_once
from gwannae.storage.database import Transaction
from gwannae.storage.statements import is_among
from gwannae.storage.tables import registry as tables
from gwannae.storage.tables.checks import vendor_checks
from gwannae.storage.vendor_checks import CHECKED
from gwannae.storage.vendor_parts import FACTS, kinds_from, parts_from
from gwannae.storage.vendor_purchases import times_bought
from gwannae.storage.vendor_retirements import RETIRED

_STATES = {state.value: state for state in VendorState}
_NOT_CHECKED = VendorStatus()

_V, _C = tables.vendors.c, vendor_checks.c

_FIRM = select(
    _V.id, _V.name, _V.business_number, _V.phone, _V.trade, _V.makes, _V.size_small, _V.size_evidence,
    _V.size_checked_on, _V.as_of, _V.source, _V.version, _V.kinds, _V.parts,
    _C.state, _C.tax_type, _C.source, _C.user_id, _C.closed_on, _C.checked_at,
)  # fmt: skip
_BY_IDS = _FIRM.select_from(CHECKED).where(is_among(_V.id, "ids"))
AND_ANSWERS = _FIRM.add_columns(_C.business_number.label("asked_for"), _C.team_id, _C.id.label("check_id")).select_from(
    tables.vendors.outerjoin(vendor_checks, _C.vendor_id == _V.id)
)
"""A firm, once for each answer of the tax office about it; for other statements of this room."""
_WITH_ANSWERS = AND_ANSWERS.where(_V.id == bindparam("of"))
_BY_IDS_AND_BOUGHT = _BY_IDS.add_columns(times_bought(_V.id))
_BOUGHT = select(_V.id, times_bought(_V.id)).where(is_among(_V.id, "ids"))
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
_DATA_DAY = select(tables.registry_state.c.as_of)
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
    return with_answers(read_at_once(tx, _WITH_ANSWERS, {"of": vendor_id}))


def with_answers(rows: Iterable[Sequence[Any]]) -> tuple[Vendor, list[VendorCheck]] | None:
    """The same from rows of AND_ANSWERS, in any order, each as often as it may be; None where there is none."""
    answers: dict[int, Sequence[Any]] = {}
    row: Sequence[Any] = ()
    for row in rows:
        if row[22] is not None:
            answers[row[22]] = row
    if not row:
        return None
    in_order = [answers[check_id] for check_id in sorted(answers)]
    about_it = [answer for answer in in_order if answer[20] == row[2]]
    found = _vendor(about_it[-1] if about_it else (*row[:14], *(None,) * 6))
    return found, [_answer(answer) for answer in in_order]


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
    wanted = list(dict.fromkeys(ids))
    found = {row[0]: _vendor(row) for row in read_at_once(tx, _BY_IDS, {"ids": wanted})}
    return {vendor_id: found[vendor_id] for vendor_id in wanted if vendor_id in found}


def vendors_and_times_bought(
    tx: Transaction, ids: Sequence[int], counted: Sequence[int], first: date, last: date
) -> tuple[dict[int, Vendor], dict[int, int]]:
    """The vendors of some ids, and how many purchases from each of those to be counted, whose contract date is from
    `first` to `last`, all records of a firm together; a firm without any is left out. Whoever is read is counted, too.
    """
    statement = _BY_IDS_AND_BOUGHT if ids else _BOUGHT
    rows = read_at_once(tx, statement, {"ids": list(counted), "first": first, "last": last})
    wanted = frozenset(ids)
    read = {row[0]: _vendor(row) for row in rows if row[0] in wanted}
    return read, {row[0]: row[-1] for row in rows if row[-1]}


def _vendor(row: Sequence[Any]) -> Vendor:
    vendor_id, name, number, phone, trade, makes, small, evidence, size_checked_on, as_of, source = row[:11]
    version, kinds, kept, state, tax_type, checked_from, checked_by, closed_on, checked_at = row[11:20]
    parts = parts_from(kept)
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
        parts.items,
        parts.addresses,
        parts.certificates,
        as_day(as_of),
        source,
        version,
        status,
        kinds_from(kinds),
    )


def _answer(row: Sequence[Any]) -> VendorCheck:
    state, tax_type, source, user, closed_on, checked_at, number, team = row[14:22]
    checked = as_moment(checked_at)
    assert checked is not None, "the column holds no null"
    return VendorCheck(
        row[0], NumberStatus(number, _STATES[state], as_day(closed_on), tax_type), checked, source, team, user
    )


def registry(tx: Transaction) -> RegistryState:
    """The state of the registry."""
    state = tx.execute(_STATE).one()
    return RegistryState(state.version, state.as_of, int(tx.execute(_COUNT).scalar_one()))


def data_day(tx: Transaction) -> date | None:
    """The day that the newest data of the registry names as its own."""
    day: date | None = tx.execute(_DATA_DAY).scalar_one()
    return day
