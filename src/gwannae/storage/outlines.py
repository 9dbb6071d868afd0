"""What is needed to judge, order and find every vendor of the registry at once: no names, addresses or phones."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import repeat
from typing import Any, NamedTuple

from sqlalchemy import Text, bindparam, cast, func, or_, select

from gwannae.programme.facts import Fact
from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.programme.search import Field
from gwannae.programme.vendors import Certificate, SizeFact, VendorAddress
from gwannae.storage.bulk import as_day, read_in_bulk
from gwannae.storage.database import Transaction
from gwannae.storage.tables import registry as tables
from gwannae.storage.vendor_parts import ADDRESS_KINDS, CERTIFICATE_KINDS, FACTS, kinds_from
from gwannae.storage.vendor_retirements import RETIRED

_VENDORS = select(
    tables.vendors.c.id,
    tables.vendors.c.business_number,
    tables.vendors.c.size_small,
    tables.vendors.c.makes,
    tables.vendors.c.as_of,
).where(tables.vendors.c.id.not_in(RETIRED))
_SUPPLIED = select(tables.vendors.c.id, tables.vendors.c.trade, tables.vendors.c.kinds).where(
    or_(tables.vendors.c.trade.is_not(None), tables.vendors.c.kinds != "")
)
_ADDRESSES = select(
    tables.vendor_addresses.c.vendor_id,
    tables.vendor_addresses.c.kind,
    tables.vendor_addresses.c.district,
    tables.vendor_addresses.c.in_city,
    tables.vendor_addresses.c.since,
    tables.vendor_addresses.c.until,
).order_by(tables.vendor_addresses.c.vendor_id, tables.vendor_addresses.c.position)
_CERTIFICATES = select(
    tables.vendor_certificates.c.vendor_id,
    tables.vendor_certificates.c.kind,
    tables.vendor_certificates.c.valid_from,
    tables.vendor_certificates.c.valid_to,
).order_by(tables.vendor_certificates.c.vendor_id, tables.vendor_certificates.c.position)
_POSTINGS = (
    select(tables.postings.c.term_id, func.aggregate_strings(cast(tables.postings.c.vendor_id, Text), ","))
    .where(tables.postings.c.field == bindparam("field"))
    .group_by(tables.postings.c.term_id)
    .order_by(tables.postings.c.term_id)
)

_NOWHERE = repeat(-1)

Addresses = tuple[VendorAddress, ...]


class Outline(NamedTuple):
    """A vendor without its texts. Vendors whose addresses read alike share one tuple of them."""

    id: int
    business_number: str | None
    size: SizeFact
    makes: Fact
    as_of: date | None
    addresses: Addresses
    certificates: tuple[Certificate, ...]


def outlines(tx: Transaction) -> Iterator[Outline]:
    """The outline of every vendor but the retired, in no particular order; three selects whatever the size."""
    sizes = {word: SizeFact(fact) for word, fact in FACTS.items()}
    addresses = _addresses(tx)
    certificates = _certificates(tx)
    days: dict[date | str | None, date | None] = {}
    none: tuple[Certificate, ...] = ()
    for rows in read_in_bulk(tx, _VENDORS):
        for i, number, small, makes, kept in rows:
            as_of = days.get(kept)
            if as_of is None:
                as_of = days[kept] = as_day(kept)
            where, held = addresses.get(i, ()), certificates.get(i, none)
            yield Outline(i, number, sizes[small], FACTS[makes], as_of, where, held)


def supplied(tx: Transaction) -> Iterator[tuple[int, str, tuple[PurchaseKind, ...]]]:
    """Trade (perhaps empty) and stated kinds of every vendor (by id) that has any, in no particular order."""
    for rows in read_in_bulk(tx, _SUPPLIED):
        for i, trade, kinds in rows:
            yield i, trade or "", kinds_from(kinds) if kinds else ()


def posting_places(tx: Transaction, field: Field, place_of: Mapping[int, int]) -> Iterator[tuple[int, list[int]]]:
    """Which vendors each term (id, ascending) stands with in a field, by their places, in any order.

    A vendor without a place is left out. The database joins the ids of a term to one text, which is quicker to read
    than a row for each of them; those of many terms are read as one list of lists.
    """
    for rows in read_in_bulk(tx, _POSTINGS, {"field": field.value}):
        by_term: list[list[int]] = json.loads(f"[[{'],['.join([ids for _, ids in rows])}]]")
        for (term_id, _), vendor_ids in zip(rows, by_term, strict=True):
            places = list(map(place_of.get, vendor_ids, _NOWHERE))
            yield term_id, [place for place in places if place >= 0] if -1 in places else places


def _addresses(tx: Transaction) -> dict[int, Addresses]:
    read: dict[Sequence[Any], Addresses] = {}
    joined: dict[tuple[int, int], Addresses] = {}
    found: dict[int, Addresses] = {}
    for rows in read_in_bulk(tx, _ADDRESSES):
        for row in rows:
            key = row[1:]
            address = read.get(key)
            if address is None:
                kind, district, in_city, since, until = key
                fact = FACTS[in_city]
                address = (VendorAddress(ADDRESS_KINDS[kind], "", district, fact, "", as_day(since), as_day(until)),)
                read[key] = address
            before = found.setdefault(row[0], address)
            if before is not address:
                found[row[0]] = joined.setdefault((id(before), id(address)), before + address)
    return found


def _certificates(tx: Transaction) -> dict[int, tuple[Certificate, ...]]:
    found: dict[int, tuple[Certificate, ...]] = {}
    for rows in read_in_bulk(tx, _CERTIFICATES):
        for vendor_id, kind, first, last in rows:
            found[vendor_id] = (
                *found.get(vendor_id, ()),
                Certificate(CERTIFICATE_KINDS[kind], "", as_day(first), as_day(last)),
            )
    return found
