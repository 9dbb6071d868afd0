"""업체 목록: every local firm of today, for the guidance's figures and the workbook that goes with it."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import BinaryIO

from gwannae.actions.shelf import Shelf
from gwannae.actions.toolkit import Toolkit
from gwannae.documents.vendor_directory import write_directory
from gwannae.programme.business_number import write_business_number
from gwannae.programme.guidance import RegistryNews
from gwannae.programme.meaning import Meaning
from gwannae.programme.vendor_directory import NO_DISTRICT, Directory, DirectoryRow, category_of, in_order, new_since
from gwannae.programme.vendor_kinds import kinds_supplied
from gwannae.programme.vendor_order import day_begins
from gwannae.programme.vendors import Vendor
from gwannae.programme.verdict import Verdict
from gwannae.storage import certificates, missing_words, vendor_age
from gwannae.storage import vendors as vendor_store
from gwannae.storage.database import Transaction

AT_ONCE = 500  # firms read at a time


def registry_news(toolkit: Toolkit, tx: Transaction, year: int, day: date) -> RegistryNews:
    """How many local firms there are on a day, and what the guidance of a year tells as new: firms, missing words that
    were solved; and how many certificates end soon.
    """
    shelf = toolkit.shelf.current(tx, day)
    local = _local_ids(shelf)
    moment = day_begins(new_since(year), toolkit.city.zone)
    known = vendor_age.last_not_new(tx, moment)
    return RegistryNews(
        as_of=shelf.as_of,
        local=len(local),
        new=None if known is None else sum(vendor_id > known for vendor_id in local),
        found=tuple(word for word, _ in missing_words.solved_since(tx, moment)),
        ending=len(certificates.ending(tx, day, max(toolkit.city.registry.certificate_warn_days))),
    )


def directory_file(toolkit: Toolkit, out: BinaryIO, now: datetime) -> Directory:
    """Write the workbook of today's local firms into `out`."""
    found = directory(toolkit, now.date())
    write_directory(out, found)
    return found


def directory(toolkit: Toolkit, day: date) -> Directory:
    """Every firm that is 관내 on a day."""
    since = new_since(day.year)
    with toolkit.database.read() as tx:
        shelf, meaning = toolkit.shelf.current(tx, day), toolkit.meanings.current(tx)
        known = vendor_age.last_not_new(tx, day_begins(since, toolkit.city.zone))
        rows = [_row(vendor, district, meaning, day, known) for vendor, district in _firms(tx, shelf)]
    return Directory(toolkit.city.name, day, since, known is not None, in_order(rows))


def new_local_firms(toolkit: Toolkit, tx: Transaction, since: date, day: date) -> list[str] | None:
    """Names of the firms that are 관내 on a day and came into the registry since another, the latest first; None where
    nobody can say what is new.
    """
    known = vendor_age.last_not_new(tx, day_begins(since, toolkit.city.zone))
    if known is None:
        return None
    shelf = toolkit.shelf.current(tx, day)
    new = sorted((vendor_id for vendor_id in _local_ids(shelf) if vendor_id > known), reverse=True)
    names = {vendor_id: vendor.name for vendor_id, vendor in vendor_store.vendors(tx, new).items()}
    return [names[vendor_id] for vendor_id in new if vendor_id in names]


def _local_ids(shelf: Shelf) -> list[int]:
    return [shelf.vendor_ids[place] for place in shelf.by_verdict[Verdict.LOCAL]]


def _firms(tx: Transaction, shelf: Shelf) -> Iterator[tuple[Vendor, str | None]]:
    """Every local firm with the district for which it counts, some hundreds in memory at a time."""
    places = list(shelf.by_verdict[Verdict.LOCAL])
    for begin in range(0, len(places), AT_ONCE):
        of_place = {shelf.vendor_ids[place]: shelf.districts[place] for place in places[begin : begin + AT_ONCE]}
        for vendor_id, vendor in vendor_store.vendors(tx, of_place).items():
            yield vendor, of_place[vendor_id]


def _row(vendor: Vendor, district: str | None, meaning: Meaning, day: date, known: int | None) -> DirectoryRow:
    head = vendor.head_office
    return DirectoryRow(
        name=vendor.name,
        business_number=write_business_number(vendor.business_number) if vendor.business_number else "",
        category=category_of(vendor.trade or ""),
        district=district or NO_DISTRICT,
        kinds=tuple(kind.label for kind in kinds_supplied(vendor, meaning.kinds)),
        items=vendor.items,
        certificates=tuple(dict.fromkeys(c.kind.label for c in vendor.certificates if c.holds_on(day))),
        phone=vendor.phone or "",
        address=head.text if head else "",
        as_of=vendor.as_of,
        is_new=known is not None and vendor.id > known,
    )
