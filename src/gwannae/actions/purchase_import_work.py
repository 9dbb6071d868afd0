"""The long part of 실적 파일: going through, storing, taking back, by whoever has claimed the file.

Every end is one transaction that looks at the claim first: a worker that comes late, or was killed, changes nothing.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from gwannae.actions.collection import without_collection
from gwannae.actions.cross_check_work import Service, check, run_of
from gwannae.actions.people import reporting_role
from gwannae.actions.purchase_in_time import staying
from gwannae.actions.purchase_lamp import lamp_notes
from gwannae.actions.purchase_owners import Owners
from gwannae.actions.purchase_plan import Plan, make_plan
from gwannae.actions.purchase_reasons import keep_reasons, look_ahead
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.city import earliest_contract_date
from gwannae.programme.contract_identity import Part, same_firm
from gwannae.programme.hangul import search_key
from gwannae.programme.import_comparison import StepKind
from gwannae.programme.import_questions import Question, QuestionKind
from gwannae.programme.organisations import Actor
from gwannae.programme.purchase_imports import ALREADY_OPEN, OPEN, SERVICE_FAULT, ImportBatch, ImportState, Summary
from gwannae.programme.purchase_lines import Line, RefusedRow
from gwannae.programme.purchases import ContractFacts, Draft, Firm, Origin, Purchase, PurchaseSource
from gwannae.programme.rejudgement import is_overtaken
from gwannae.programme.verdict import Judgement, judged_anew
from gwannae.readers.faults import FaultCode, FileFault
from gwannae.readers.purchase_columns import PurchaseColumn
from gwannae.readers.service_faults import ServiceFault
from gwannae.storage import audit, purchase_arrivals, purchase_bulk, purchases
from gwannae.storage import purchase_imports as imports
from gwannae.storage.database import Transaction
from gwannae.storage.purchase_arrivals import NewPurchase

if TYPE_CHECKING:
    from gwannae.readers.purchases import PurchaseFile

LEASE = timedelta(minutes=5)
TELL_EVERY = 500  # rows
TIMES_READY = 3  # a file is made ready, before it is stored whatever moves meanwhile
MOST_COLUMNS_OFFERED = 20
LAMP_NOTES_KEPT = 30
OVERTAKEN_TOLD = 10  # reports that the office hears of one by one

Progress = Callable[[int], None]
Rows = list[Line | RefusedRow]
Columns = tuple[tuple[str, str], ...]


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
        _take_back(toolkit, batch, owner, now)
        return
    try:
        if (run := run_of(toolkit, batch.id)) is not None:
            check(toolkit, batch, run, owner, now, ask)
            return
        with without_collection():
            if batch.state is ImportState.RECEIVED:
                _go_through(toolkit, batch, owner, now, progress)
            elif batch.state is ImportState.CONFIRMING:
                _store(toolkit, batch, owner, now, progress)
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
        rows = _gone_through(opened, progress)
        with toolkit.database.read() as tx:
            owners = Owners(tx, actor, organisation_id, now.date())
            plan = make_plan(tx, toolkit.city, rows, owners, {}, now.date())
            summary = _looked_through(tx, toolkit, plan, actor, plan.summary(toolkit.city), now)
            return replace(summary, columns=_columns(opened)), tuple(plan.questions)


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
    columns, rows = _read(toolkit, batch, content, progress)
    with toolkit.database.read() as tx:
        plan = _plan(tx, toolkit, batch, rows, now)
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


def _store(toolkit: Toolkit, batch: ImportBatch, owner: str, now: datetime, progress: Progress | None) -> None:
    """Everything is made ready before the lock is taken, for whoever reports meanwhile; where something moved until
    then, it is all done once more, and the last time under the lock.
    """
    with toolkit.database.read() as tx:
        content = imports.content(tx, batch.id) or b""
    columns, rows = _read(toolkit, batch, content, None)
    del content
    for left in reversed(range(TIMES_READY)):
        with toolkit.database.read() as tx:
            plan = _plan(tx, toolkit, batch, rows, now)
            looked = look_ahead(toolkit, tx, plan.steps, plan.reasons, now.date())
        ready = _new_purchases(toolkit, batch, plan)
        with toolkit.database.write_after(partial(_make_ready, ready, batch, now, progress)) as tx:
            held = imports.hold(tx, batch.id)
            if held is None or held.claim != owner:
                return
            _lock(tx, plan)
            if purchase_bulk.mark_of(tx, plan.organisations) != plan.mark:  # somebody else stored or changed something
                if left:
                    continue
                plan = _plan(tx, toolkit, batch, rows, now)
                _make_ready(_new_purchases(toolkit, batch, plan), batch, now, progress, tx)
            summary = replace(plan.summary(toolkit.city), columns=columns)
            if plan.questions or summary.counts == 0:
                imports.settle(tx, batch.id, owner, ImportState.READY, now, summary=summary, questions=plan.questions)
                return
            overtaken = _write(tx, toolkit, batch, plan, now)
            keep_reasons(toolkit, tx, sender_of(batch), batch.id, plan.reasons, looked, now)
            summary = replace(
                summary,
                overtaken=len(overtaken),
                overtaken_ids=tuple(overtaken[:OVERTAKEN_TOLD]),
                lamp=batch.summary.lamp,  # as it was shown before the press
                lamp_count=batch.summary.lamp_count,
            )
            imports.settle(tx, batch.id, owner, ImportState.CONFIRMED, now, summary=summary)
            imports.drop_content(tx, batch.id)
            _write_down(tx, batch, AuditEvent.PURCHASES_IMPORTED, summary, now)
            return


def _lock(tx: Transaction, plan: Plan) -> None:
    moved = (StepKind.CHANGED, StepKind.CANCELLED)
    touched = [step.stored.id for step in plan.steps if step.stored is not None and step.kind in moved]
    purchase_bulk.lock(tx, touched, plan.organisations)


def _new_purchases(toolkit: Toolkit, batch: ImportBatch, plan: Plan) -> Iterator[NewPurchase]:
    for step in plan.steps:
        if step.kind is StepKind.NEW and step.part is not None:
            firm, judgement = plan.firm_of(toolkit.city, step.part.line)
            draft = _draft(step.part, firm, _form_key(batch, step.part.line))
            yield NewPurchase(draft, judgement, _origin(batch, step.part.line))


def _make_ready(
    new: Iterator[NewPurchase], batch: ImportBatch, now: datetime, progress: Progress | None, tx: Transaction
) -> None:
    purchase_arrivals.make_ready(tx, new, batch.id, actor=sender_of(batch), at=now, progress=progress)


def _write(tx: Transaction, toolkit: Toolkit, batch: ImportBatch, plan: Plan, now: datetime) -> list[int]:
    """Store what was made ready, and what changes stored ones; the purchases whose verdict was the office's word, until
    the file named another firm or day.
    """
    actor = sender_of(batch)
    whose = {step.part.organisation_id for step in plan.steps if step.kind is StepKind.NEW and step.part is not None}
    purchase_arrivals.bring_in(tx, [o for o in sorted(whose) if reporting_role(tx, actor, o, now)])
    overtaken: list[int] = []
    for step in plan.steps:
        if step.stored is None:
            continue
        if step.kind is StepKind.CANCELLED:
            purchases.cancel(tx, step.stored.id, step.stored.version, actor=actor, at=now, import_id=batch.id)
        elif step.kind is StepKind.CHANGED and step.part is not None:
            before, after = _change(tx, toolkit, batch, plan, step.part, step.stored.id, now)
            overtaken += [after.id] if is_overtaken(before, after) else []
    return overtaken


def _change(
    tx: Transaction, toolkit: Toolkit, batch: ImportBatch, plan: Plan, part: Part, purchase_id: int, now: datetime
) -> tuple[Purchase, Purchase]:
    """A later 차수: the verdict stays where firm and day do, as with a form. Before and after."""
    before = purchases.purchase(tx, purchase_id)
    assert before is not None, "it was compared in this transaction"
    kept, line = before.draft, part.line
    firm: Firm = kept.firm
    judgement: Judgement = before.judgement
    same = same_firm(line.firm, line.business_number, kept.firm.name, kept.firm.business_number)
    if not same or line.day != kept.contract_date:
        firm, judged = plan.firm_of(toolkit.city, line)
        judgement = judged_anew(before.judgement, judged)
    draft = _draft(part, firm, kept.form_key)
    after = purchases.change(
        tx, purchase_id, before.version, draft, judgement, actor=sender_of(batch), at=now, import_id=batch.id
    )
    return before, after


def _take_back(toolkit: Toolkit, batch: ImportBatch, owner: str, now: datetime) -> None:
    """Everything that the import made and nobody has touched since; what was corrected stays, and is counted."""
    with toolkit.database.write() as tx:
        held = imports.hold(tx, batch.id)
        if held is None or held.claim != owner:
            return
        purchase_bulk.lock_import(tx, batch.id)
        made, actor = purchase_bulk.count_of(tx, batch.id), sender_of(batch)
        done = purchase_bulk.take_back_new(tx, batch.id, actor=actor, at=now)
        for purchase_id, first, last in purchase_bulk.touched_by(tx, batch.id):
            done += purchases.put_back(tx, purchase_id, first, last, actor=actor, at=now) is not None
        summary = replace(batch.summary, kept=made - done)
        imports.settle(tx, batch.id, owner, ImportState.UNDONE, now, summary=summary)
        _write_down(tx, batch, AuditEvent.PURCHASES_IMPORT_UNDONE, summary, now)


def sender_of(batch: ImportBatch) -> Actor:
    """Who gave the file, and so reports what is in it."""
    return Actor(batch.team_id, batch.user_id, batch.channel_id or None)


def _read(toolkit: Toolkit, batch: ImportBatch, content: bytes, progress: Progress | None) -> tuple[Columns, Rows]:
    with toolkit.database.read() as tx:
        said = imports.answers(tx, batch.id)
        known = {} if batch.organisation_id is None else imports.remembered_columns(tx, batch.organisation_id)
    for key, word in said.items():
        kind, _, field = key.partition(":")
        if kind == QuestionKind.COLUMN and search_key(word):
            known[search_key(word)] = field
    fields = {column.value: column for column in PurchaseColumn}
    remembered = {word: fields[field] for word, field in known.items() if field in fields}
    today = batch.received_at.astimezone(toolkit.city.zone).date()
    earliest = earliest_contract_date(toolkit.city.calendar, today)
    from gwannae.readers.purchases import read_purchases  # nothing that a start needs

    opened = read_purchases(content, today=today, earliest=earliest, remembered=remembered)
    return _columns(opened), _gone_through(opened, progress)


def _gone_through(opened: "PurchaseFile", progress: Progress | None) -> Rows:
    rows: Rows = []
    for row in opened:
        rows.append(row)
        if progress is not None and len(rows) % TELL_EVERY == 0:
            progress(len(rows))
    return rows


def _plan(tx: Transaction, toolkit: Toolkit, batch: ImportBatch, rows: Rows, now: datetime) -> Plan:
    owners = Owners(tx, sender_of(batch), batch.organisation_id, now.date())
    return make_plan(tx, toolkit.city, rows, owners, imports.answers(tx, batch.id), now.date())


def _columns(opened: "PurchaseFile") -> Columns:
    return tuple((column.value, word) for column, word in opened.tables[0].header.words.items())


def _column_questions(fault: FileFault) -> tuple[Question, ...]:
    missing, words = fault.values.get("missing"), fault.values.get("words")
    if not isinstance(missing, tuple) or not isinstance(words, tuple) or not words:
        return ()
    choices = tuple((word[:70], word[:70]) for word in words[:MOST_COLUMNS_OFFERED])
    return tuple(
        Question(f"{QuestionKind.COLUMN.value}:{field}", QuestionKind.COLUMN, (), choices, {"field": field})
        for field in missing
    )


def _draft(part: Part, firm: Firm, form_key: str) -> Draft:
    line = part.line
    assert line.kind is not None, "a row without a kind is asked about"
    facts = ContractFacts(line.contract_number, line.revision, part.share, part.total, line.reason)
    return Draft(
        form_key,
        part.organisation_id,
        line.title,
        line.kind,
        line.method,
        firm,
        line.item,
        part.amount,
        line.day,
        facts,
    )


def _form_key(batch: ImportBatch, line: Line) -> str:
    return f"file:{batch.id}:{line.sheet}:{line.number}"


def _origin(batch: ImportBatch, line: Line) -> Origin:
    return Origin(PurchaseSource.FILE, batch.id, line.sheet, line.number)


def _write_down(tx: Transaction, batch: ImportBatch, event: AuditEvent, summary: Summary, now: datetime) -> None:
    detail: dict[str, object] = {n: getattr(summary, n) for n in ("new", "changed", "cancelled", "known", "kept")}
    if event is AuditEvent.PURCHASES_IMPORTED and summary.lamp:  # shown, and confirmed all the same
        detail["looked_at"] = sorted({note.code for note in summary.lamp})
    subject = f"purchase_import:{batch.id}"
    audit.write(tx, AuditEntry(now, batch.team_id, batch.user_id, event, subject, detail))


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {name: list(v) if isinstance(v, tuple) else v for name, v in values.items() if name != "detail"}
