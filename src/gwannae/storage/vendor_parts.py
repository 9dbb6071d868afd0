"""Vendors with all that hangs on them (items, addresses, certificates, the tax office's last answer), read at once.

The tables are read as one list of rows, and those as the driver gives them: a look-up reads five firms, and with one
select for each table and rows of SQLAlchemy's it took twice as long.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    DateTime,
    FromClause,
    Integer,
    Select,
    Text,
    cast,
    literal_column,
    null,
    select,
    union_all,
)

from gwannae.programme.facts import Fact
from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.programme.vendor_status import NumberStatus, VendorCheck, VendorState
from gwannae.programme.vendors import AddressKind, Certificate, CertificateKind, VendorAddress
from gwannae.storage import tables
from gwannae.storage.bulk import Row, as_day, as_moment, read_at_once
from gwannae.storage.database import Transaction
from gwannae.storage.statements import is_among
from gwannae.storage.vendor_checks import CHECKED
from gwannae.storage.vendor_purchases import TIMES_BOUGHT

# Looked up, for calling an enumeration costs six times as much and happens thrice for each firm of a long answer.
FACTS = {fact.value: fact for fact in Fact}
ADDRESS_KINDS = {kind.value: kind for kind in AddressKind}
CERTIFICATE_KINDS = {kind.value: kind for kind in CertificateKind}
_STATES = {state.value: state for state in VendorState}
_PURCHASE_KINDS = {kind.value: kind for kind in PurchaseKind}


def kinds_from(text: str) -> tuple[PurchaseKind, ...]:
    """The kinds of a column, where they stand one after another with spaces between; none in an empty one."""
    return tuple(_PURCHASE_KINDS[word] for word in text.split())


_VENDOR, _ITEM, _ADDRESS, _CERTIFICATE, _BOUGHT, _ANSWER = range(6)
_IN_ORDER = itemgetter(0, 2)  # part, position
_TEXTS, _DAYS = 13, 3  # columns that the widest of the selects has


@dataclass(slots=True)
class Parts:
    """One vendor in parts, each list in its order. `own` is its row with the last answer about its number, in the order
    of the select below; None where there is no such vendor.
    """

    own: Sequence[Any] | None = None
    items: list[str] = field(default_factory=list)
    addresses: list[VendorAddress] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    answers: list[VendorCheck] = field(default_factory=list)


def parts_of(tx: Transaction, ids: Sequence[int]) -> dict[int, Parts]:
    """The parts of those vendors; every id that was asked for has an entry."""
    return _put_together(ids, read_at_once(tx, _ALL, {"ids": list(ids)}))


def parts_and_answers(tx: Transaction, vendor_id: int) -> Parts:
    """The parts of one vendor with all that the tax office ever answered about it, the oldest first."""
    return _put_together([vendor_id], read_at_once(tx, _ALL_AND_ANSWERS, {"ids": [vendor_id]}))[vendor_id]


def parts_and_times_bought(
    tx: Transaction, ids: Sequence[int], counted: Sequence[int], first: date, last: date
) -> tuple[dict[int, Parts], dict[int, int]]:
    """The parts of some vendors, and how often was bought from some (none: left out), with a contract date from `first`
    to `last`, all records of a firm together: one round trip to the database.
    """
    given = {"ids": list(ids), "counted": list(counted), "first": first, "last": last}
    rows = read_at_once(tx, _ALL_AND_BOUGHT, given)
    bought = {row[1]: row[-1] for row in rows if row[0] == _BOUGHT}
    return _put_together(ids, (row for row in rows if row[0] != _BOUGHT)), bought


def _put_together(ids: Sequence[int], rows: Iterable[Row]) -> dict[int, Parts]:
    found = {vendor_id: Parts() for vendor_id in ids}
    for row in sorted(rows, key=_IN_ORDER):
        part, mine = row[0], found[row[1]]
        if part == _ITEM:
            mine.items.append(row[3])
        elif part == _ADDRESS:
            kind, text, district, in_city, evidence = row[3:8]
            since, until = map(as_day, row[_FIRST_DAY : _FIRST_DAY + 2])
            mine.addresses.append(
                VendorAddress(ADDRESS_KINDS[kind], text, district, FACTS[in_city], evidence, since, until)
            )
        elif part == _CERTIFICATE:
            first, last = map(as_day, row[_FIRST_DAY : _FIRST_DAY + 2])
            mine.certificates.append(Certificate(CERTIFICATE_KINDS[row[3]], row[4], first, last))
        elif part == _ANSWER:
            mine.answers.append(_answer(row))
        else:
            mine.own = row[3:]
    return found


def _answer(row: Row) -> VendorCheck:
    number, state, tax_type, source, team, user = row[3:9]
    checked_at = as_moment(row[-2])
    assert checked_at is not None, "a column that is never empty"
    answer = NumberStatus(number, _STATES[state], as_day(row[_FIRST_DAY]), tax_type)
    return VendorCheck(row[1], answer, checked_at, source, team, user)


_FIRST_DAY = 3 + _TEXTS
_V, _C = tables.vendors.c, tables.vendor_checks.c


def _part(
    number: int,
    of: FromClause,
    vendor_id: ColumnElement[Any],
    texts: Sequence[ColumnElement[Any]],
    days: Sequence[ColumnElement[Any]] = (),
    *rest: ColumnElement[Any],
    among: str = "ids",
    position: ColumnElement[Any] | None = None,
) -> Select[Any]:
    """One of the selects: part, vendor, position, then as many texts and days as the widest has, a moment, a number."""
    if position is None:
        position = of.c.position if "position" in of.c else literal_column("0")
    named = [
        *(column.label(f"text_{n}") for n, column in enumerate(_filled(texts, _TEXTS, Text()))),
        *(column.label(f"day_{n}") for n, column in enumerate(_filled(days, _DAYS, Date()))),
    ]
    moment, whole = rest or (cast(null(), DateTime(timezone=True)), cast(null(), Integer))
    return (
        select(
            literal_column(str(number)).label("part"),
            vendor_id.label("vendor_id"),
            position.label("position"),
            *named,
            moment.label("moment"),
            whole.label("number"),
        )
        .select_from(of)
        .where(is_among(vendor_id, among))
    )


def _filled(columns: Sequence[ColumnElement[Any]], count: int, kind: Any) -> list[ColumnElement[Any]]:
    return [*columns, *(cast(null(), kind) for _ in range(count - len(columns)))]


def _hanging(number: int, table: Any, texts: Sequence[str], days: Sequence[str] = ()) -> Select[Any]:
    return _part(number, table, table.c.vendor_id, [table.c[t] for t in texts], [table.c[d] for d in days])


# The vendors first: on both databases the first of the selects says of which type a column is.
_ALL: CompoundSelect[Any] = union_all(
    _part(
        _VENDOR,
        CHECKED,
        _V.id,
        (
            _V.name, _V.business_number, _V.phone, _V.trade, _V.makes, _V.size_small, _V.size_evidence, _V.source,
            _V.kinds, _C.state, _C.tax_type, _C.source, _C.user_id,
        ),
        (_V.size_checked_on, _V.as_of, _C.closed_on),
        _C.checked_at,
        _V.version,
    ),
    _hanging(
        _ADDRESS, tables.vendor_addresses, ("kind", "text", "district", "in_city", "evidence"), ("since", "until")
    ),
    _hanging(_CERTIFICATE, tables.vendor_certificates, ("kind", "number"), ("valid_from", "valid_to")),
    _hanging(_ITEM, tables.vendor_items, ("text",)),
)  # fmt: skip
_T = TIMES_BOUGHT.subquery()
_ALL_AND_BOUGHT: CompoundSelect[Any] = union_all(
    *_ALL.selects,
    _part(_BOUGHT, _T, _T.c.firm, (), (), cast(null(), DateTime(timezone=True)), _T.c.times, among="counted"),
)
_ALL_AND_ANSWERS: CompoundSelect[Any] = union_all(
    *_ALL.selects,
    _part(
        _ANSWER,
        tables.vendor_checks,
        _C.vendor_id,
        (_C.business_number, _C.state, _C.tax_type, _C.source, _C.team_id, _C.user_id),
        (_C.closed_on,),
        _C.checked_at,
        cast(null(), Integer),
        position=_C.id,
    ),
)
