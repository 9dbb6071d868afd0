"""고치기, 취소, 다시 살리기: what becomes of a report that stands, as long as it may be touched."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from gwannae.actions.judging import Known, known_firm
from gwannae.actions.lamp import look_first
from gwannae.actions.people import reporting_role
from gwannae.actions.period_gate import entered_too_late
from gwannae.actions.permission import refuse
from gwannae.actions.receipts import receipt_of
from gwannae.actions.report_purchase import (
    checked_form,
    judged_draft,
    not_allowed,
    note_of,
    organisation_gone,
    reason_given,
    too_early,
)
from gwannae.actions.report_rights import may_change, sees_sums, too_late, touchable
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.audit import AuditEvent
from gwannae.programme.city import City
from gwannae.programme.lamp import LookFirst
from gwannae.programme.organisations import Actor
from gwannae.programme.purchases import Draft, Firm, Purchase
from gwannae.programme.rejudgement import is_overtaken
from gwannae.programme.reopening import TooLate
from gwannae.programme.report_form import CheckedReport, FieldFault, FieldProblem, RawReport, Refused, ReportField
from gwannae.programme.report_purchase import (
    AlreadyStored,
    Cancelled,
    NoLongerYours,
    NotYours,
    Receipt,
    Restored,
    Stale,
    Stored,
)
from gwannae.programme.roles import Deed
from gwannae.programme.vendors import Vendor
from gwannae.programme.verdict import judged_anew
from gwannae.storage import audit, organisations, purchases
from gwannae.storage import vendors as vendor_store
from gwannae.storage.database import Transaction


def change(
    toolkit: Toolkit, actor: Actor, raw: RawReport, now: datetime
) -> Stored | AlreadyStored | Stale | Refused | TooLate | NotYours | NoLongerYours | LookFirst:
    """Store a new version. The verdict is made anew only where firm or contract date were changed; else it is frozen,
    whatever the registry says of the firm today. The lamp is asked where the deal itself was changed.

    The same change pressed twice is AlreadyStored; another one upon an older version is Stale and changes nothing.
    """
    assert raw.purchase_id is not None
    assert raw.version is not None
    checked = checked_form(toolkit, raw, now.date())
    if isinstance(checked, Refused):
        late = look_to_change(toolkit, actor, raw.purchase_id, now)
        return late if isinstance(late, TooLate) else checked
    with toolkit.database.write() as tx:
        before = touchable(tx, toolkit.city, actor, raw.purchase_id, now)
        if not isinstance(before, Purchase):
            return before
        try:
            before = purchases.hold(tx, before.id, raw.version, checked.form_key)
            purchase = _change(tx, toolkit.city, actor, checked, before, raw.seen, now)
        except purchases.AlreadyStoredError as error:
            return AlreadyStored(receipt_of(tx, toolkit.city, error.purchase, now.date()))
        except purchases.StaleError as error:
            return Stale(receipt_of(tx, toolkit.city, error.purchase, now.date()))
        except purchases.ReferenceGoneError:
            return Refused((FieldFault(ReportField.FIRM, FieldProblem.FIRM_GONE),))
        if not isinstance(purchase, Purchase):
            return purchase
        _write_down(tx, actor, now, AuditEvent.PURCHASE_CHANGED, purchase, raw.seen)
        given = reason_given(tx, toolkit, actor, checked, purchase, now)
        stored = Stored(receipt_of(tx, toolkit.city, purchase, now.date()), given)
        return replace(stored, before=before) if is_overtaken(before, purchase) else stored


def _change(
    tx: Transaction,
    city: City,
    actor: Actor,
    checked: CheckedReport,
    before: Purchase,
    seen: Sequence[str],
    now: datetime,
) -> Purchase | Refused | LookFirst:
    """A new version of a purchase that is held: it cannot go stale after an affiliation was written for it."""
    kept = before.draft
    same = _is_same_deal(checked, kept)
    judged = judged_draft(city, checked, None if same else _registered(tx, city, checked), before if same else None)
    if isinstance(judged, Refused):
        return judged
    draft = replace(judged[0], contract=kept.contract)  # no form speaks of those
    judgement = judged[1] if same else judged_anew(before.judgement, judged[1])
    if entered_too_late(tx, city, draft.organisation_id, draft.contract_date, now.date(), before):
        return too_early(city, now.date())
    if draft.organisation_id != kept.organisation_id:
        if not _takes_part(tx, draft.organisation_id):
            return organisation_gone()
        if reporting_role(tx, actor, draft.organisation_id, now) is None:
            return not_allowed(tx, actor, now, f"organisation:{draft.organisation_id}", Deed.REPORT)
    if _is_other_deal(draft, kept):
        own = sees_sums(tx, actor, draft.organisation_id, now.date())
        look = look_first(tx, city, draft, judgement, seen=seen, own=own, besides=before.id)
        if look is not None:
            return look
    return purchases.change(tx, before.id, before.version, draft, judgement, actor=actor, at=now)


def cancel(
    toolkit: Toolkit, actor: Actor, purchase_id: int, version: int, now: datetime
) -> Cancelled | Stale | TooLate | NotYours | NoLongerYours:
    """Cancel a report: it stays readable and counts nowhere."""
    turn = _Turn(Deed.CORRECT, purchases.cancel, AuditEvent.PURCHASE_CANCELLED)
    outcome = _turned(toolkit, actor, purchase_id, version, turn, now)
    return Cancelled(outcome) if isinstance(outcome, Receipt) else outcome


def restore(
    toolkit: Toolkit, actor: Actor, purchase_id: int, version: int, now: datetime
) -> Restored | Stale | TooLate | NotYours | NoLongerYours:
    """Take a cancelling back: the report counts again, with the verdict that it had."""
    turn = _Turn(Deed.RESTORE, purchases.restore, AuditEvent.PURCHASE_RESTORED)
    outcome = _turned(toolkit, actor, purchase_id, version, turn, now)
    return Restored(outcome) if isinstance(outcome, Receipt) else outcome


@dataclass(frozen=True, slots=True)
class _Turn:
    """Cancelling or its taking back: the deed, what the storage does, what is written down."""

    deed: Deed
    act: Callable[..., Purchase]
    event: AuditEvent


def _turned(
    toolkit: Toolkit, actor: Actor, purchase_id: int, version: int, turn: _Turn, now: datetime
) -> Receipt | Stale | TooLate | NotYours | NoLongerYours:
    with toolkit.database.write() as tx:
        before = touchable(tx, toolkit.city, actor, purchase_id, now, turn.deed)
        if not isinstance(before, Purchase):
            return before
        try:
            purchase = turn.act(tx, purchase_id, version, actor=actor, at=now)
        except purchases.StaleError as error:
            return Stale(receipt_of(tx, toolkit.city, error.purchase, now.date()))
        _write_down(tx, actor, now, turn.event, purchase)
        return receipt_of(tx, toolkit.city, purchase, now.date())


def look_to_change(
    toolkit: Toolkit, actor: Actor, purchase_id: int, now: datetime
) -> Receipt | TooLate | NotYours | NoLongerYours:
    """The same for whoever may change it: asked before the form opens, and again when it is sent."""
    with toolkit.database.read() as tx:
        found = may_change(tx, actor, purchase_id, now.date())
        if isinstance(found, Purchase):
            late = too_late(tx, toolkit.city, actor, found, now.date())
            return late or receipt_of(tx, toolkit.city, found, now.date())
    with toolkit.database.write() as tx:
        refuse(tx, actor, now, Deed.CORRECT, f"purchase:{purchase_id}")
    return found


def _takes_part(tx: Transaction, organisation_id: int) -> bool:
    organisation = organisations.by_id(tx, organisation_id)
    return organisation is not None and organisation.active


def _is_same_deal(checked: CheckedReport, kept: Draft) -> bool:
    """Whether a changed form names firm and day as they are stored; a firm that moved since is still the same."""
    if checked.contract_date != kept.contract_date:
        return False
    if checked.vendor_id is not None:
        return checked.vendor_id == kept.firm.vendor_id
    return Firm(checked.firm_name, None, checked.firm_number, checked.firm_address) == kept.firm


def _is_other_deal(draft: Draft, kept: Draft) -> bool:
    """Whether anything was changed that the lamp looks at; a corrected title need not be held up."""
    return _looked_at(draft) != _looked_at(kept)


def _looked_at(draft: Draft) -> tuple[object, ...]:
    return draft.organisation_id, draft.kind, draft.method, draft.firm, draft.item, draft.amount, draft.contract_date


def _registered(tx: Transaction, city: City, checked: CheckedReport) -> tuple[Vendor, Known] | None:
    """The registry's firm: the one chosen, or the one whose business number was typed."""
    vendor_id = checked.vendor_id
    if vendor_id is None and checked.firm_number:
        vendor_id = vendor_store.id_of_number(tx, checked.firm_number)
    return None if vendor_id is None else known_firm(tx, city, vendor_id)


def _write_down(
    tx: Transaction, actor: Actor, now: datetime, event: AuditEvent, purchase: Purchase, looked_at: Sequence[str] = ()
) -> None:
    entry = note_of(actor, now, event, purchase.version, purchase.judgement, looked_at)
    audit.write(tx, replace(entry, subject=f"purchase:{purchase.id}"))
