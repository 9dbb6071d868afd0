"""실적 내보내기: the stored purchases of a year as a file, for whoever may read them all."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import BinaryIO

from gwannae.actions.people import standing
from gwannae.actions.permission import refuse
from gwannae.actions.toolkit import Toolkit
from gwannae.documents.purchase_csv import write_csv
from gwannae.documents.purchase_ocds import write_ocds
from gwannae.documents.purchase_xlsx import write_xlsx
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.city import City, earliest_contract_date
from gwannae.programme.organisations import Actor
from gwannae.programme.purchase_export import (
    ExportDesk,
    Exported,
    ExportFormat,
    ExportHead,
    ExportRequest,
    ExportRow,
    NotForPublication,
    NothingToExport,
)
from gwannae.programme.roles import Deed, may
from gwannae.storage import audit, organisations
from gwannae.storage.database import Transaction
from gwannae.storage.purchase_listing import listing

YEARS_OFFERED = 3

Outcome = Exported | NothingToExport | NotForPublication | NotAllowed | Impossible


def export_purchases(toolkit: Toolkit, actor: Actor, asked: ExportRequest, out: BinaryIO, now: datetime) -> Outcome:
    """Write the file into `out`. All rows are of one moment, and only some hundreds are in memory at a time.

    Leads may have their own organisation's, the programme and the planning office all; every file is written down.
    What stands in `out` counts only if the outcome is `Exported`.
    """
    subject = _subject(asked.organisation_id)
    with toolkit.database.snapshot() as tx:
        allowed = may(standing(tx, actor, now.date()), Deed.EXPORT, asked.organisation_id)
        made = _made(tx, toolkit.city, asked, out, now) if allowed else NotAllowed()
    if not isinstance(made, NotAllowed | Exported):
        return made
    with toolkit.database.write() as tx:
        if isinstance(made, NotAllowed):
            refuse(tx, actor, now, Deed.EXPORT, subject)
        else:
            detail = {"year": asked.year, "format": asked.format.value, "rows": made.rows}
            event = AuditEvent.PURCHASES_EXPORTED
            audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, event, subject, detail))
    return made


def export_desk(toolkit: Toolkit, actor: Actor, now: datetime) -> ExportDesk | NotAllowed:
    """What this person may choose from; who may choose nothing is refused, and it is written down."""
    with toolkit.database.read() as tx:
        who = standing(tx, actor, now.date())
        every = organisations.all_organisations(tx, active_only=False)
    allowed = tuple(o for o in every if may(who, Deed.EXPORT, o.id))
    if not allowed:
        with toolkit.database.write() as tx:
            refuse(tx, actor, now, Deed.EXPORT, _subject(None))
        return NotAllowed()
    newest = earliest_contract_date(toolkit.city.calendar, now.date()).year
    years = tuple(range(now.year, min(newest, now.year) - YEARS_OFFERED, -1))
    formats = tuple(f for f in ExportFormat if f is not ExportFormat.OCDS or toolkit.city.publication)
    return ExportDesk(allowed, may(who, Deed.EXPORT), years, formats)


def _made(
    tx: Transaction, city: City, asked: ExportRequest, out: BinaryIO, now: datetime
) -> Exported | NothingToExport | NotForPublication | Impossible:
    organisation = organisations.by_id(tx, asked.organisation_id) if asked.organisation_id is not None else None
    if asked.organisation_id is not None and organisation is None:
        return Impossible("gone")
    head = ExportHead(city.code, city.name, asked.year, organisation, now)
    rows = _rows(tx, asked)
    if asked.format is ExportFormat.XLSX:
        count = write_xlsx(out, head, rows)
    elif asked.format is ExportFormat.CSV:
        count = write_csv(out, head, rows)
    elif city.publication is None:
        return NotForPublication()
    else:
        count = write_ocds(out, head, rows, city.publication)
        if not count:
            return NothingToExport()
    return Exported(head, asked.format, head.file_name(asked.format), count)


def _rows(tx: Transaction, asked: ExportRequest) -> Iterator[ExportRow]:
    whose = {o.id: o for o in organisations.all_organisations(tx, active_only=False)}
    first, last = date(asked.year, 1, 1), date(asked.year, 12, 31)
    for purchase in listing(tx, first, last, asked.organisation_id):
        yield ExportRow(whose[purchase.draft.organisation_id], purchase)


def _subject(organisation_id: int | None) -> str:
    return "purchases" if organisation_id is None else f"organisation:{organisation_id}"
