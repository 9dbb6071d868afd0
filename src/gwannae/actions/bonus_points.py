"""가점: the points that a settled result brings by the city's table, and the workbook that shows why."""

from datetime import datetime
from typing import BinaryIO

from gwannae.actions.permission import asked
from gwannae.actions.toolkit import Toolkit
from gwannae.actions.year_end import state_of
from gwannae.documents.evidence_xlsx import write_evidence
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.bonus_points import BonusSheet, bonuses
from gwannae.programme.city import City
from gwannae.programme.organisations import Actor
from gwannae.programme.purchase_export import ExportRow
from gwannae.programme.result_rules import table_for
from gwannae.programme.results import StoredResult, YearEndFault, YearEndRefused
from gwannae.programme.roles import Deed
from gwannae.storage import awards, organisations
from gwannae.storage.database import Transaction
from gwannae.storage.purchase_listing import listing


def bonus_sheet(toolkit: Toolkit, actor: Actor, year: int, now: datetime) -> BonusSheet | YearEndRefused | NotAllowed:
    """Who gets which points, for both offices."""
    if not asked(toolkit, actor, now, Deed.READ_RESULTS, f"results:{year}"):
        return NotAllowed()
    with toolkit.database.read() as tx:
        found = _sheet(tx, toolkit.city, year, now)
    return found if isinstance(found, YearEndRefused) else found[1]


def evidence_file(
    toolkit: Toolkit, actor: Actor, year: int, out: BinaryIO, now: datetime
) -> str | YearEndRefused | NotAllowed:
    """Write the workbook into `out`: points, figures, rules, and every row of every organisation. Returns its name."""
    if not asked(toolkit, actor, now, Deed.READ_RESULTS, f"results:{year}"):
        return NotAllowed()
    with toolkit.database.snapshot() as tx:
        found = _sheet(tx, toolkit.city, year, now)
        if isinstance(found, YearEndRefused):
            return found
        stored, sheet = found
        whose = {o.id: o for o in organisations.all_organisations(tx, active_only=False)}
        rows = (
            ExportRow(whose[purchase.draft.organisation_id], purchase)
            for purchase in listing(tx, sheet.result.first, sheet.result.last)
        )
        write_evidence(out, toolkit.city, stored, sheet, rows)
    return f"{toolkit.city.code}-가점근거-{year}.xlsx"


def sheet_in(tx: Transaction, city: City, year: int, now: datetime) -> BonusSheet | YearEndRefused:
    """The same inside a transaction that is open, for whoever has been asked already."""
    found = _sheet(tx, city, year, now)
    return found if isinstance(found, YearEndRefused) else found[1]


def _sheet(tx: Transaction, city: City, year: int, now: datetime) -> tuple[StoredResult, BonusSheet] | YearEndRefused:
    settled = state_of(tx, city, now, year).latest(settled=True)
    if settled is None:
        return YearEndRefused(YearEndFault.NOTHING_FROZEN)
    table = table_for(city.bonus_tables, year)
    if table is None:
        return YearEndRefused(YearEndFault.NO_TABLE)
    decision = awards.latest(tx, year)
    decided_on = decision.decided_on if decision else None
    return settled, BonusSheet(settled.result, table, bonuses(settled.result, table), settled.fingerprint, decided_on)
