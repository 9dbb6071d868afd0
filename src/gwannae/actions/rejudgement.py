"""다시 판정: what has no verdict yet, and the programme office's word for one, with its reason."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from gwannae.actions.permission import allowed, asked
from gwannae.actions.receipts import receipt_of
from gwannae.actions.report_purchase import look
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.organisations import Actor
from gwannae.programme.purchases import Purchase, PurchaseState
from gwannae.programme.rejudgement import (
    MAX_REASON,
    OvertakenWord,
    Rejudged,
    RejudgeFault,
    RejudgeForm,
    RejudgeRefused,
    UnconfirmedList,
    WithoutVerdict,
)
from gwannae.programme.report_purchase import AlreadyStored, NotYours, Receipt, Stale
from gwannae.programme.roles import Deed
from gwannae.programme.verdict import Judgement, Ruling
from gwannae.readers.vendor_cells import clean
from gwannae.storage import audit, organisations, purchases, unconfirmed
from gwannae.storage.database import Transaction

ROWS_SHOWN = 40
Outcome = Rejudged | RejudgeRefused | AlreadyStored | Stale | NotAllowed | NotYours


def to_rejudge(toolkit: Toolkit, actor: Actor, purchase_id: int, now: datetime) -> Receipt | NotAllowed | NotYours:
    """The report that the form is about to be opened for; the office alone."""
    if not asked(toolkit, actor, now, Deed.REJUDGE, f"purchase:{purchase_id}"):
        return NotAllowed()
    return look(toolkit, actor, purchase_id, now)


def rejudge(toolkit: Toolkit, actor: Actor, form: RejudgeForm, form_key: str, now: datetime) -> Outcome:
    """Give a report another verdict, in a version of its own: the facts that were frozen stay beside it, and the old
    verdict stays readable. A closed period does not hinder it; who confirmed the period is asked again.
    """
    subject = f"purchase:{form.purchase_id}"
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.REJUDGE, subject):
            return NotAllowed()
        try:
            before = purchases.hold(tx, form.purchase_id, form.version, form_key)
            judged = _judged(before, form, actor, now)
            if isinstance(judged, RejudgeRefused):
                return judged
            draft = replace(before.draft, form_key=form_key)
            after = purchases.change(tx, before.id, before.version, draft, judged, actor=actor, at=now)
        except purchases.NoPurchaseError:
            return NotYours()
        except purchases.AlreadyStoredError as error:
            return AlreadyStored(receipt_of(tx, toolkit.city, error.purchase, now.date()))
        except purchases.StaleError as error:
            return Stale(receipt_of(tx, toolkit.city, error.purchase, now.date()))
        _write_down(tx, actor, now, before, after)
        return Rejudged(receipt_of(tx, toolkit.city, after, now.date()), before.judgement)


def overtaken_words(toolkit: Toolkit, purchase_ids: Sequence[int]) -> list[OvertakenWord]:
    """The office's words that changes of these reports took away, with what the reports were then."""
    found = []
    with toolkit.database.read() as tx:
        for purchase_id in purchase_ids:
            after = purchases.purchase(tx, purchase_id)
            if after is None or after.judgement.overtaken is None:
                continue  # taken back, or judged once more, meanwhile
            ruling = after.judgement.overtaken.ruling
            before = next(
                (v for v in reversed(purchases.history(tx, purchase_id)) if v.judgement.ruling == ruling), None
            )
            organisation = organisations.by_id(tx, after.draft.organisation_id)
            if before is not None and organisation is not None:
                found.append(OvertakenWord(before, after, organisation))
    return found


def unconfirmed_list(toolkit: Toolkit, actor: Actor, now: datetime) -> UnconfirmedList | NotAllowed:
    """What has no verdict yet, by organisation; for who may give one."""
    if not asked(toolkit, actor, now, Deed.REJUDGE, "purchases"):
        return NotAllowed()
    with toolkit.database.read() as tx:
        return unconfirmed_in(tx, ROWS_SHOWN)


def unconfirmed_in(tx: Transaction, most: int) -> UnconfirmedList:
    """The same with at most so many single rows, inside a transaction that is already open."""
    counts = unconfirmed.counts(tx)
    whose = {o.id: o for o in organisations.all_organisations(tx, active_only=False)}
    rows = unconfirmed.rows(tx, most) if most and counts else []
    groups = [
        WithoutVerdict(whose[of], number, won, tuple(r for r in rows if r.draft.organisation_id == of))
        for of, (number, won) in counts.items()
    ]
    return UnconfirmedList(tuple(sorted(groups, key=lambda g: (-g.count, g.organisation.name))))


def _judged(before: Purchase, form: RejudgeForm, actor: Actor, now: datetime) -> Judgement | RejudgeRefused:
    reason = clean(form.reason)[:MAX_REASON]
    faults = [] if reason else [RejudgeFault.REASON]
    if form.verdict is None:
        faults.append(RejudgeFault.VERDICT)
    elif form.verdict is before.judgement.verdict:
        faults.append(RejudgeFault.SAME)
    if faults or form.verdict is None:
        return RejudgeRefused(tuple(faults))
    ruling = Ruling(reason, actor.team_id, actor.user_id, now.date())
    return replace(before.judgement, verdict=form.verdict, ruling=ruling, overtaken=None)


def _write_down(tx: Transaction, actor: Actor, now: datetime, before: Purchase, after: Purchase) -> None:
    assert after.judgement.ruling is not None
    assert after.state is PurchaseState.REPORTED
    detail = {
        "version": after.version,
        "before": before.judgement.verdict.value,
        "verdict": after.judgement.verdict.value,
        "reason": after.judgement.ruling.reason,
    }
    event = AuditEvent.PURCHASE_REJUDGED
    audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, event, f"purchase:{after.id}", detail))
