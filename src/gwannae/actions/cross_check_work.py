"""The long part of a 대조 in Slack: a published list read, or asked for, and held against the reports."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from gwannae.actions.collection import without_collection
from gwannae.actions.cross_check import checked_in
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.contracts import Contract
from gwannae.programme.cross_check_cards import CheckRun, PublishedSource, drafts_of
from gwannae.programme.purchase_imports import ImportBatch, ImportState, Summary
from gwannae.readers.service_faults import ServiceCode, ServiceFault
from gwannae.storage import audit, cross_checks, organisations
from gwannae.storage import purchase_imports as imports
from gwannae.storage.database import Transaction

if TYPE_CHECKING:
    from gwannae.readers.contract_list import Unread


class PublishedList(Protocol):
    """Contracts one by one; what could not be read is known after."""

    unread: "list[Unread]"
    without_amount: int

    def __iter__(self) -> Iterator[Contract]:
        """Go through them."""


Service = Callable[[int], AbstractContextManager[PublishedList]]


def run_of(toolkit: Toolkit, import_id: int) -> CheckRun | None:
    """The list, if this file of the inbox is one."""
    with toolkit.database.read() as tx:
        return cross_checks.run_of(tx, import_id)


def check(toolkit: Toolkit, batch: ImportBatch, run: CheckRun, owner: str, now: datetime, ask: Service | None) -> None:
    """Read the list whose bytes are here, or ask the procurement service for the year; keep what came of it.

    Raises FileFault for what is no list, ServiceFault where the service gave none.
    """
    if run.source is PublishedSource.G2B:
        if ask is None:  # asked for by an installation that had a key then
            raise ServiceFault(ServiceCode.NO_KEY)
        with ask(run.year) as published:
            _check(toolkit, batch, run, owner, now, published)
        return
    from gwannae.readers.contract_list import read_contracts  # nothing that a start needs

    with toolkit.database.read() as tx:
        content = imports.content(tx, batch.id) or b""
    with without_collection():
        _check(toolkit, batch, run, owner, now, read_contracts(content, today=now.date()))


def _check(
    toolkit: Toolkit, batch: ImportBatch, run: CheckRun, owner: str, now: datetime, published: PublishedList
) -> None:
    contracts: list[Contract] = list(published)
    year = run.year or _year_of(contracts, now.date())
    with toolkit.database.snapshot() as tx:
        checked = checked_in(tx, contracts, year, None)
        whose = {o.code: o for o in organisations.all_organisations(tx, active_only=False)}
    days = [c.day for c in contracts if c.day is not None]
    drafts = drafts_of(checked.check, whose.get, (min(days), max(days)) if days else None)
    done = replace(
        run,
        year=year,
        published=checked.published,
        reported=checked.reported,
        agreed=len(checked.check.agreed),
        other_years=checked.other_years,
        without_amount=published.without_amount,
        unread=len(published.unread),
    )
    with toolkit.database.write() as tx:
        held = imports.hold(tx, batch.id)
        if held is None or held.claim != owner:
            return
        cross_checks.finish(tx, done, drafts)
        imports.settle(tx, batch.id, owner, ImportState.READY, now, summary=Summary(rows=len(contracts)))
        imports.drop_content(tx, batch.id)
        _write_down(tx, batch, done, now)


def _year_of(contracts: Iterable[Contract], today: date) -> int:
    years = Counter(contract.day.year for contract in contracts if contract.day is not None)
    return years.most_common(1)[0][0] if years else today.year


def _write_down(tx: Transaction, batch: ImportBatch, run: CheckRun, now: datetime) -> None:
    detail = {"year": run.year, "agreed": run.agreed, "published": run.published, "source": run.source.value}
    event = AuditEvent.PURCHASES_CROSS_CHECKED
    audit.write(tx, AuditEntry(now, batch.team_id, batch.user_id, event, f"purchase_import:{batch.id}", detail))
