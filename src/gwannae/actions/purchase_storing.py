"""확정 and 되돌리기 of a file: stored and taken back by whoever has claimed it, all or nothing.

Every end is one transaction that looks at the claim first: a worker that comes late, or was killed, changes nothing.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from gwannae.actions.people import reporting_role
from gwannae.actions.purchase_plan import Plan
from gwannae.actions.purchase_reading import Progress, plan_of, read_rows, sender_of
from gwannae.actions.purchase_reasons import keep_reasons, look_ahead
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.contract_identity import Part, same_firm
from gwannae.programme.import_comparison import StepKind
from gwannae.programme.purchase_imports import ImportBatch, ImportState, Summary
from gwannae.programme.purchase_lines import Line
from gwannae.programme.purchases import ContractFacts, Draft, Firm, Origin, Purchase, PurchaseSource
from gwannae.programme.rejudgement import is_overtaken
from gwannae.programme.verdict import Judgement, judged_anew
from gwannae.storage import audit, purchase_arrivals, purchase_bulk, purchases
from gwannae.storage import purchase_imports as imports
from gwannae.storage.database import Transaction
from gwannae.storage.purchase_arrivals import NewPurchase

if TYPE_CHECKING:
    pass


TIMES_READY = 3  # a file is made ready, before it is stored whatever moves meanwhile
OVERTAKEN_TOLD = 10  # reports that the office hears of one by one


def store(toolkit: Toolkit, batch: ImportBatch, owner: str, now: datetime, progress: Progress | None) -> None:
    """Everything is made ready before the lock is taken, for whoever reports meanwhile; where something moved until
    then, it is all done once more, and the last time under the lock.
    """
    with toolkit.database.read() as tx:
        content = imports.content(tx, batch.id) or b""
    columns, rows = read_rows(toolkit, batch, content, None)
    del content
    for left in reversed(range(TIMES_READY)):
        with toolkit.database.read() as tx:
            plan = plan_of(tx, toolkit, batch, rows, now)
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
                plan = plan_of(tx, toolkit, batch, rows, now)
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


def take_back(toolkit: Toolkit, batch: ImportBatch, owner: str, now: datetime) -> None:
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
