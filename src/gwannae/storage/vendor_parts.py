"""What hangs on a vendor (items, addresses, certificates), for many vendors in one round trip.

The three tables are read as one list of rows: three selects took a third longer on SQLite and half as long again on
PostgreSQL.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from sqlalchemy import CompoundSelect, Date, Label, Select, Table, Text, cast, literal_column, null, select, union_all

from gwannae.programme.facts import Fact
from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.programme.vendors import AddressKind, Certificate, CertificateKind, VendorAddress
from gwannae.storage import tables
from gwannae.storage.database import Transaction
from gwannae.storage.statements import is_among

# Looked up, for calling an enumeration costs six times as much and happens thrice for each firm of a long answer.
FACTS = {fact.value: fact for fact in Fact}
ADDRESS_KINDS = {kind.value: kind for kind in AddressKind}
CERTIFICATE_KINDS = {kind.value: kind for kind in CertificateKind}
_PURCHASE_KINDS = {kind.value: kind for kind in PurchaseKind}


def kinds_from(text: str) -> tuple[PurchaseKind, ...]:
    """The kinds of a column, where they stand one after another with spaces between; none in an empty one."""
    return tuple(_PURCHASE_KINDS[word] for word in text.split())


_ITEM, _ADDRESS, _CERTIFICATE = 1, 2, 3
_IN_ORDER = itemgetter(1, 2)  # vendor, position


@dataclass(slots=True)
class Parts:
    """The parts of one vendor, each list in its order."""

    items: list[str] = field(default_factory=list)
    addresses: list[VendorAddress] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)


def parts_of(tx: Transaction, ids: Sequence[int]) -> dict[int, Parts]:
    """The parts of those vendors; every id that was asked for has an entry."""
    found = {vendor_id: Parts() for vendor_id in ids}
    rows = sorted(tx.execute(_ALL, {"ids": ids}).all(), key=_IN_ORDER)
    for part, vendor_id, _, a, b, c, d, e, first, last in rows:
        mine = found[vendor_id]
        if part == _ITEM:
            mine.items.append(a)
        elif part == _ADDRESS:
            mine.addresses.append(VendorAddress(ADDRESS_KINDS[a], b, c, FACTS[d], e, first, last))
        else:
            mine.certificates.append(Certificate(CERTIFICATE_KINDS[a], b, first, last))
    return found


def _part(number: int, table: Table, texts: Sequence[str], days: Sequence[str] = ()) -> Select[Any]:
    columns: list[Any] = [table.c[name].label(f"text_{n}") for n, name in enumerate(texts)]
    columns += [_no_text(n) for n in range(len(texts), 5)]
    columns += [table.c[name].label(f"day_{n}") for n, name in enumerate(days)]
    columns += [_no_day(n) for n in range(len(days), 2)]
    return select(literal_column(str(number)).label("part"), table.c.vendor_id, table.c.position, *columns).where(
        is_among(table.c.vendor_id, "ids")
    )


def _no_text(n: int) -> Label[Any]:
    return cast(null(), Text).label(f"text_{n}")


def _no_day(n: int) -> Label[Any]:
    return cast(null(), Date).label(f"day_{n}")


# The addresses first: on both databases the first of the selects says of which type a column is.
_ADDRESSES = _part(
    _ADDRESS, tables.vendor_addresses, ("kind", "text", "district", "in_city", "evidence"), ("since", "until")
)
_CERTIFICATES = _part(_CERTIFICATE, tables.vendor_certificates, ("kind", "number"), ("valid_from", "valid_to"))
_ITEMS = _part(_ITEM, tables.vendor_items, ("text",))
_ALL: CompoundSelect[Any] = union_all(_ADDRESSES, _CERTIFICATES, _ITEMS)
