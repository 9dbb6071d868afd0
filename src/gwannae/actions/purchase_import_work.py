"""The long part of 실적 파일, by whoever has claimed the file: which part is due, and going through it for a preview.

Every end is one transaction that looks at the claim first: a worker that comes late, or was killed, changes nothing.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from gwannae.actions.collection import without_collection
from gwannae.actions.cross_check_work import Service, check, run_of
from gwannae.actions.purchase_in_time import staying
from gwannae.actions.purchase_lamp import lamp_notes
from gwannae.actions.purchase_owners import Owners
from gwannae.actions.purchase_plan import Plan, make_plan
from gwannae.actions.purchase_reading import Progress, columns_of, gone_through, plan_of, read_rows, sender_of
from gwannae.actions.purchase_storing import store, take_back
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.import_questions import Question, QuestionKind
from gwannae.programme.organisations import Actor
from gwannae.programme.purchase_imports import ALREADY_OPEN, OPEN, SERVICE_FAULT, ImportBatch, ImportState, Summary
from gwannae.readers.faults import FaultCode, FileFault
from gwannae.readers.service_faults import ServiceFault
from gwannae.storage import purchase_imports as imports
from gwannae.storage.database import Transaction

if TYPE_CHECKING:
    from gwannae.readers.purchases import PurchaseFile

LEASE = timedelta(minutes=5)
MOST_COLUMNS_OFFERED = 20
LAMP_NOTES_KEPT = 30


def to_do(toolkit: Toolkit, now: datetime) -> list[int]:
    """Files that somebody should claim."""
    with toolkit.database.read() as tx:
        return imports.waiting(tx, now)


def claim(toolkit: Toolkit, import_id: int, owner: str, now: datetime) -> tuple[ImportBatch, bool] | None:
    """Take a file to work on, and whether its bytes are here already; None when there is nothing to be done."""
    with toolkit.database.write() as tx:
        batch = imports.claim(tx, import_id, owner, now, LEASE)
        return None if batch is None else (batch, imports.content(tx, import_id) is not None)


def keep(toolkit: Toolkit, import_id: int, content: bytes) -> None:
    """Keep the bytes that were fetched."""
    with toolkit.database.write() as tx:
        imports.keep_content(tx, import_id, content)


def fail(toolkit: Toolkit, import_id: int, owner: str, fault: str, values: Mapping[str, object], now: datetime) -> None:
    """The file cannot be taken; nothing of it counts."""
    with toolkit.database.write() as tx:
        imports.settle(tx, import_id, owner, ImportState.FAILED, now, fault=fault, fault_values=values)
        imports.drop_content(tx, import_id)


def give_back(toolkit: Toolkit, batch: ImportBatch, owner: str, now: datetime) -> None:
    """Something unexpected came between: the file stands again as before the press, and nothing has changed."""
    back = {ImportState.CONFIRMING: ImportState.READY, ImportState.UNDOING: ImportState.CONFIRMED}[batch.state]
    with toolkit.database.write() as tx:
        imports.settle(tx, batch.id, owner, back, now, summary=batch.summary)


def work(
    toolkit: Toolkit,
    batch: ImportBatch,
    owner: str,
    now: datetime,
    progress: Progress | None = None,
    ask: Service | None = None,
) -> None:
    """Do what is to be done with a claimed file whose bytes are here; `ask`: where a published list may come from."""
    if batch.state is ImportState.UNDOING:
        take_back(toolkit, batch, owner, now)
        return
    try:
        if (run := run_of(toolkit, batch.id)) is not None:
            check(toolkit, batch, run, owner, now, ask)
            return
        with without_collection():
            if batch.state is ImportState.RECEIVED:
                _go_through(toolkit, batch, owner, now, progress)
            elif batch.state is ImportState.CONFIRMING:
                store(toolkit, batch, owner, now, progress)
    except ServiceFault as fault:
        fail(toolkit, batch.id, owner, f"{SERVICE_FAULT}{fault.code.value}", {}, now)
    except FileFault as fault:
        columns = fault.values.get("missing") if fault.code is FaultCode.COLUMNS_MISSING else None
        questions = _column_questions(fault) if columns and run_of(toolkit, batch.id) is None else ()
        if not questions:
            fail(toolkit, batch.id, owner, fault.code.value, _plain(fault.values), now)
            return
        with toolkit.database.write() as tx:
            imports.settle(tx, batch.id, owner, ImportState.READY, now, summary=Summary(), questions=questions)


def preview(
    toolkit: Toolkit,
    actor: Actor,
    opened: "PurchaseFile",
    organisation_id: int | None,
    now: datetime,
    progress: Progress | None = None,
) -> tuple[Summary, tuple[Question, ...]]:
    """What a file would do, without keeping anything of it."""
    with without_collection():
        rows = gone_through(opened, progress)
        with toolkit.database.read() as tx:
            owners = Owners(tx, actor, organisation_id, now.date())
            plan = make_plan(tx, toolkit.city, rows, owners, {}, now.date())
            summary = _looked_through(tx, toolkit, plan, actor, plan.summary(toolkit.city), now)
            return replace(summary, columns=columns_of(opened)), tuple(plan.questions)


def _go_through(toolkit: Toolkit, batch: ImportBatch, owner: str, now: datetime, progress: Progress | None) -> None:
    with toolkit.database.read() as tx:
        content = imports.content(tx, batch.id) or b""
        digest = hashlib.sha256(content).hexdigest()
    with toolkit.database.write() as tx:
        imports.set_digest(tx, batch.id, digest)
        other = imports.same_bytes(tx, digest, batch)
    if other is not None and other.state in OPEN:
        values = {"import": other.id, "user": other.user_id}
        fail(toolkit, batch.id, owner, ALREADY_OPEN, values, now)
        return
    columns, rows = read_rows(toolkit, batch, content, progress)
    with toolkit.database.read() as tx:
        plan = plan_of(tx, toolkit, batch, rows, now)
        summary = plan.summary(toolkit.city)
        if not plan.questions:  # each answer may change what would be stored: the last look is the one that counts
            summary = _looked_through(tx, toolkit, plan, sender_of(batch), summary, now)
    summary = replace(summary, columns=columns, same_as=other.id if other else None)
    with toolkit.database.write() as tx:
        imports.settle(tx, batch.id, owner, ImportState.READY, now, summary=summary, questions=plan.questions)


def _looked_through(
    tx: Transaction, toolkit: Toolkit, plan: Plan, actor: Actor, summary: Summary, now: datetime
) -> Summary:
    """The same with what the lamp has to say, which holds nothing up, and how much of it comes into closed periods."""
    notes = lamp_notes(tx, toolkit.city, plan, actor, now.date())
    late = staying(tx, toolkit.city, plan.steps, now.date())
    return replace(summary, lamp=tuple(notes[:LAMP_NOTES_KEPT]), lamp_count=len(notes), staying=late)


def _column_questions(fault: FileFault) -> tuple[Question, ...]:
    missing, words = fault.values.get("missing"), fault.values.get("words")
    if not isinstance(missing, tuple) or not isinstance(words, tuple) or not words:
        return ()
    choices = tuple((word[:70], word[:70]) for word in words[:MOST_COLUMNS_OFFERED])
    return tuple(
        Question(f"{QuestionKind.COLUMN.value}:{field}", QuestionKind.COLUMN, (), choices, {"field": field})
        for field in missing
    )


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {name: list(v) if isinstance(v, tuple) else v for name, v in values.items() if name != "detail"}
