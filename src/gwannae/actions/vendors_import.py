"""업체 명부 가져오기: a file's rows into the registry, all or nothing, and a report of what became of each row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from gwannae.actions.large_work import without_collection
from gwannae.actions.permission import asked
from gwannae.actions.toolkit import Toolkit
from gwannae.actions.vendor_matching import Firm, Matches, Record, firms_of, match
from gwannae.actions.vendor_records import VendorMaker
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.organisations import Actor
from gwannae.programme.roles import Deed
from gwannae.programme.vendor_merging import with_known
from gwannae.programme.vendors import Vendor
from gwannae.programme.vendors_import import Doubtful, ImportReport, LeftOut, RefusedLine
from gwannae.readers.vendor_rows import RefusedRow, VendorRow
from gwannae.storage import audit
from gwannae.storage.database import Transaction
from gwannae.storage.vendor_identity import content_digest, existing_keys
from gwannae.storage.vendor_import import end_import, insert_vendors, lock_registry
from gwannae.storage.vendor_update import addresses_after, update_vendors
from gwannae.storage.vendors import vendors

AT_ONCE = 20_000  # vendors in one insert: bounds the memory, and is enough for full speed
TELL_EVERY = 500  # rows


@dataclass(slots=True)
class _Read:
    """What going through the rows gave, before the registry is asked."""

    records: list[Record]
    refused: list[RefusedLine]
    left_out: tuple[LeftOut, ...]
    rows: int


@dataclass(slots=True)
class _Changes:
    """What the registry does not know yet: new firms, known ones that differ, known ones whose data is newer."""

    new: list[Vendor]
    updated: list[Vendor]
    newer: list[Vendor]

    def __bool__(self) -> bool:
        return bool(self.new or self.updated or self.newer)


def import_vendors(
    toolkit: Toolkit,
    actor: Actor,
    rows: Iterable[VendorRow | RefusedRow],
    source: str,
    now: datetime,
    *,
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> ImportReport | NotAllowed:
    """Take in a vendor file. The accepted rows are stored in one transaction or not at all; refused and doubtful ones
    are named in the report and stop nothing. The office alone (and the command line).

    `source` names the file as it is shown and kept. Rows are gone through before the registry is locked. `progress` is
    told how many have been. The same file again changes nothing, not even the audit log. `dry_run` writes nothing and
    reports what would be done.

    Raises: whatever going through `rows` raises (FileFault), with nothing stored; DatabaseBusyError, DatabaseAwayError.
    """
    if not asked(toolkit, actor, now, Deed.KEEP_REGISTRY, "vendors:import_vendors"):
        return NotAllowed()
    with without_collection():
        return _import(toolkit, actor, rows, source, now, dry_run=dry_run, progress=progress)


def _import(
    toolkit: Toolkit,
    actor: Actor,
    rows: Iterable[VendorRow | RefusedRow],
    source: str,
    now: datetime,
    *,
    dry_run: bool,
    progress: Callable[[int], None] | None,
) -> ImportReport:
    maker = VendorMaker(toolkit.city.places, source)
    read = _go_through(rows, maker, progress)
    firms = firms_of(read.records)
    if dry_run:
        with toolkit.database.read() as tx:
            matches, changes = _compare(tx, firms.firms, now.date())
    else:
        with toolkit.database.write() as tx:
            lock_registry(tx)
            matches, changes = _compare(tx, firms.firms, now.date())
            report = _report(read, firms.doubtful, matches, changes, dry_run=False)
            if changes:
                _store(tx, changes, now, source, report.as_of)
                _write_down(tx, actor, now, source, report)
            return report
    return _report(read, firms.doubtful, matches, changes, dry_run=True)


def _go_through(
    rows: Iterable[VendorRow | RefusedRow], maker: VendorMaker, progress: Callable[[int], None] | None
) -> _Read:
    records: list[Record] = []
    refused: list[RefusedLine] = []
    count = 0
    for count, row in enumerate(rows, start=1):
        if isinstance(row, VendorRow):
            records.append(Record(count, row.number, row.sheet, maker.make(row)))
        else:
            refused.append(RefusedLine(row.number, row.sheet, row.code.value, row.value))
        if progress is not None and count % TELL_EVERY == 0:
            progress(count)
    if progress is not None:
        progress(count)
    return _Read(records, refused, maker.left_out, count)


def _compare(tx: Transaction, firms: list[Firm], day: date) -> tuple[Matches, _Changes]:
    existing = existing_keys(tx)
    matches = match(firms, existing)
    changes = _Changes(matches.new, [], [])
    # A record that says word for word what is stored need not be read; the day of its data may still be newer.
    unlike = {i: v for i, v in matches.known.items() if v.as_of or content_digest(v) != existing.digests[i]}
    for vendor_id, known in vendors(tx, unlike).items():
        said = with_known(known, unlike[vendor_id])
        after = replace(said, addresses=addresses_after(known.addresses, said.addresses, day))
        if content_digest(after) != existing.digests[vendor_id]:
            changes.updated.append(said)
        elif said.as_of is not None and (known.as_of is None or known.as_of < said.as_of):
            changes.newer.append(said)
    return matches, changes


def _store(tx: Transaction, changes: _Changes, now: datetime, source: str, as_of: date | None) -> None:
    for at in range(0, len(changes.new), AT_ONCE):
        insert_vendors(tx, changes.new[at : at + AT_ONCE], at=now)
    changed = [*changes.updated, *changes.newer]
    if changed:
        update_vendors(tx, changed, at=now, day=now.date(), source=source)
    end_import(tx, as_of=as_of, at=now)


def _write_down(tx: Transaction, actor: Actor, now: datetime, source: str, report: ImportReport) -> None:
    detail = {"source": source, **report.counts}
    audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, AuditEvent.VENDORS_IMPORTED, "vendors", detail))


def _report(
    read: _Read, doubtful: list[Doubtful], matches: Matches, changes: _Changes, *, dry_run: bool
) -> ImportReport:
    doubts = sorted([*doubtful, *matches.doubtful], key=lambda doubt: (doubt.sheet, doubt.number))
    firms = len(matches.new) + len(matches.known)
    days = [record.vendor.as_of for record in read.records if record.vendor.as_of is not None]
    return ImportReport(
        rows=read.rows,
        new=len(changes.new),
        updated=len(changes.updated),
        unchanged=len(matches.known) - len(changes.updated),
        joined=len(read.records) - len(doubts) - firms,
        doubtful=tuple(doubts),
        refused=tuple(read.refused),
        left_out=read.left_out,
        as_of=max(days, default=None),
        dry_run=dry_run,
    )
