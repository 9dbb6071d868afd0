"""구매 보고: store a form once, change or cancel what was stored, and show why it was judged as it was."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from gwannae.actions.judging import Known, known_besides, known_firm, of_registry, of_typed
from gwannae.actions.lamp import look_first
from gwannae.actions.outside_reasons import keep
from gwannae.actions.people import reporting_role, standing
from gwannae.actions.period_gate import earliest_day, entered_too_late
from gwannae.actions.permission import refuse
from gwannae.actions.receipts import earlier_verdict, receipt_of, receipt_with
from gwannae.actions.report_rights import is_reporter, may_change, sees_sums, too_late, touchable, visible
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.city import City, earliest_contract_date
from gwannae.programme.contract_identity import same_firm
from gwannae.programme.hangul import search_key
from gwannae.programme.lamp import LookFirst
from gwannae.programme.organisations import Actor, Organisation
from gwannae.programme.outside_reasons import ReasonGiven, is_outside
from gwannae.programme.purchases import Draft, Firm, Purchase
from gwannae.programme.rejudgement import is_overtaken
from gwannae.programme.reopening import TooLate
from gwannae.programme.report_purchase import (
    AlreadyStored,
    Cancelled,
    CheckedReport,
    FieldFault,
    FieldProblem,
    NoLongerYours,
    NotYours,
    RawReport,
    Receipt,
    Refused,
    ReportField,
    Restored,
    Stale,
    Stored,
    check,
)
from gwannae.programme.roles import Deed, Standing, may
from gwannae.programme.vendors import Vendor
from gwannae.programme.verdict import Judgement, judged_anew
from gwannae.storage import audit, organisations, purchases, report_questions
from gwannae.storage import vendors as vendor_store
from gwannae.storage.database import Transaction


def submit(
    toolkit: Toolkit, actor: Actor, raw: RawReport, now: datetime
) -> Stored | AlreadyStored | Refused | LookFirst:
    """Store a new report under its form's key: the same key a second time stores nothing and says so.

    Where the lamp has something to show that the form has not shown yet, nothing is stored (LookFirst). The verdict
    is made here, by the rule and the firm's facts of the contract date, and never changes by itself.
    """
    checked = _checked(toolkit, raw, now.date())
    if isinstance(checked, Refused):
        return checked
    with toolkit.database.write() as tx:
        found = report_questions.ask(tx, checked, actor, now.date())
        if found.stored and (earlier := purchases.by_form_key(tx, checked.form_key)) is not None:
            return _already(tx, toolkit.city, actor, earlier, now)
        ready = _ready(tx, toolkit.city, actor, checked, found, now)
        if isinstance(ready, Refused):
            return ready
        draft, judgement, organisation, self_declared = ready
        if found.like_it and (known := _from_file(tx, draft)) is not None:
            return AlreadyStored(receipt_of(tx, toolkit.city, known, now.date()))
        look = look_first(tx, toolkit.city, draft, judgement, seen=raw.seen, own=not self_declared)
        if look is not None:
            return look
        try:
            noted = _note(actor, now, AuditEvent.PURCHASE_REPORTED, 1, judgement, raw.seen)
            purchase = purchases.add(
                tx, draft, judgement, actor=actor, self_declared=self_declared, at=now, noted=noted
            )
        except purchases.AlreadyStoredError as error:
            return _already(tx, toolkit.city, actor, error.purchase, now)
        except purchases.ReferenceGoneError:
            return Refused((FieldFault(ReportField.FIRM, FieldProblem.FIRM_GONE),))
        given = _given(tx, toolkit, actor, checked, purchase, now)
        reason = given.reason if given is not None else None  # nobody can have given one before
        return Stored(receipt_with(tx, toolkit.city, purchase, organisation, reason, now.date()), given)


def change(
    toolkit: Toolkit, actor: Actor, raw: RawReport, now: datetime
) -> Stored | AlreadyStored | Stale | Refused | TooLate | NotYours | NoLongerYours | LookFirst:
    """Store a new version. The verdict is made anew only where firm or contract date were changed; else it is frozen,
    whatever the registry says of the firm today. The lamp is asked where the deal itself was changed.

    The same change pressed twice is AlreadyStored; another one upon an older version is Stale and changes nothing.
    """
    assert raw.purchase_id is not None
    assert raw.version is not None
    checked = _checked(toolkit, raw, now.date())
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
        given = _given(tx, toolkit, actor, checked, purchase, now)
        stored = Stored(receipt_of(tx, toolkit.city, purchase, now.date()), given)
        return replace(stored, before=before) if is_overtaken(before, purchase) else stored


def _given(
    tx: Transaction, toolkit: Toolkit, actor: Actor, checked: CheckedReport, purchase: Purchase, now: datetime
) -> ReasonGiven | None:
    """A reason that came in the same form is kept where it is one for this purchase."""
    if checked.reason is None or not is_outside(purchase):
        return None
    return keep(toolkit, tx, actor, purchase, checked.reason, f"report:{checked.form_key}", now)


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
    judged = _judged(city, checked, None if same else _registered(tx, city, checked), before if same else None)
    if isinstance(judged, Refused):
        return judged
    draft = replace(judged[0], contract=kept.contract)  # no form speaks of those
    judgement = judged[1] if same else judged_anew(before.judgement, judged[1])
    if entered_too_late(tx, city, draft.organisation_id, draft.contract_date, now.date(), before):
        return _too_early(city, now.date())
    if draft.organisation_id != kept.organisation_id:
        if not _takes_part(tx, draft.organisation_id):
            return _organisation_gone()
        if reporting_role(tx, actor, draft.organisation_id, now) is None:
            return _not_allowed(tx, actor, now, f"organisation:{draft.organisation_id}", Deed.REPORT)
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


def look(toolkit: Toolkit, actor: Actor, purchase_id: int, now: datetime) -> Receipt | NotYours:
    """A stored report as it is now, for its reporter and for who reads results."""
    with toolkit.database.read() as tx:
        purchase = visible(tx, actor, purchase_id, now.date())
        if purchase is not None:
            receipt = receipt_of(tx, toolkit.city, purchase, now.date())
            may_rejudge = may(standing(tx, actor, now.date()), Deed.REJUDGE)
            return replace(receipt, earlier=earlier_verdict(tx, purchase), may_rejudge=may_rejudge)
    with toolkit.database.write() as tx:
        refuse(tx, actor, now, Deed.READ_RESULTS, f"purchase:{purchase_id}")
    return NotYours()


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


def _checked(toolkit: Toolkit, raw: RawReport, today: date) -> CheckedReport | Refused:
    """The form read; only a day that is too early asks what is open further back."""
    city = toolkit.city
    checked = check(raw, today, earliest_contract_date(city.calendar, today))
    if isinstance(checked, Refused) and any(f.problem is FieldProblem.DATE_BEFORE_YEAR for f in checked.faults):
        with toolkit.database.read() as tx:
            earliest = earliest_day(tx, city, raw.organisation_id, raw.purchase_id, today)
        return check(raw, today, earliest)
    return checked


def _too_early(city: City, today: date) -> Refused:
    first = earliest_contract_date(city.calendar, today)
    return Refused((FieldFault(ReportField.CONTRACT_DATE, FieldProblem.DATE_BEFORE_YEAR, {"first": first}),))


def _not_allowed(tx: Transaction, actor: Actor, now: datetime, subject: str, deed: Deed) -> Refused:
    refuse(tx, actor, now, deed, subject)
    return Refused((FieldFault(ReportField.ORGANISATION, FieldProblem.NOT_ALLOWED),))


class _Ready(NamedTuple):
    """A new report that may be stored."""

    draft: Draft
    judgement: Judgement
    organisation: Organisation
    self_declared: bool


def _ready(
    tx: Transaction, city: City, actor: Actor, checked: CheckedReport, found: report_questions.Found, now: datetime
) -> _Ready | Refused:
    """A new report with its verdict, if its firm and organisation are there, its period is open and the person may."""
    judged = _judged(city, checked, known_besides(tx, city, *found.firm) if found.firm is not None else None)
    if isinstance(judged, Refused):
        return judged
    organisation = found.organisation
    if organisation is None or not organisation.active:
        return _organisation_gone()
    if entered_too_late(tx, city, organisation.id, checked.contract_date, now.date()):
        return _too_early(city, now.date())
    self_declared = reporting_role(tx, actor, organisation.id, now, Standing(actor, found.affiliations))
    if self_declared is None:
        return _not_allowed(tx, actor, now, f"organisation:{organisation.id}", Deed.REPORT)
    return _Ready(*judged, organisation, self_declared)


def _takes_part(tx: Transaction, organisation_id: int) -> bool:
    organisation = organisations.by_id(tx, organisation_id)
    return organisation is not None and organisation.active


def _organisation_gone() -> Refused:
    return Refused((FieldFault(ReportField.ORGANISATION, FieldProblem.ORGANISATION_GONE),))


def _already(tx: Transaction, city: City, actor: Actor, earlier: Purchase, now: datetime) -> AlreadyStored | Refused:
    """The receipt of the first time; a key that somebody else used (a copied form) tells nothing of their report."""
    if not is_reporter(actor, earlier):
        return _not_allowed(tx, actor, now, f"purchase:{earlier.id}", Deed.REPORT)
    return AlreadyStored(receipt_of(tx, city, earlier, now.date()))


def _from_file(tx: Transaction, draft: Draft) -> Purchase | None:
    """The same contract as a file brought it in: by form and by file it counts once."""
    firm, title = draft.firm, search_key(draft.title)
    for known in purchases.equal_from_file(tx, draft.organisation_id, draft.contract_date, draft.amount):
        there = known.draft.firm
        if search_key(known.draft.title) == title and same_firm(
            firm.name, firm.business_number, there.name, there.business_number
        ):
            return known
    return None


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


def _judged(
    city: City, checked: CheckedReport, registered: tuple[Vendor, Known] | None, frozen: Purchase | None = None
) -> tuple[Draft, Judgement] | Refused:
    """The draft and its verdict: `frozen` hands on firm and verdict of a stored report, else both are made now, of the
    firm as the registry has it, if it has it.
    """
    if frozen is not None:
        firm, judgement = frozen.draft.firm, frozen.judgement
    elif registered is not None:
        firm, judgement = of_registry(city, *registered, checked.contract_date)
    elif checked.vendor_id is not None:
        return Refused((FieldFault(ReportField.FIRM, FieldProblem.FIRM_GONE),))
    else:
        firm = Firm(checked.firm_name, None, checked.firm_number, checked.firm_address)
        judgement = of_typed(city, firm.address, checked.contract_date)
    draft = Draft(
        form_key=checked.form_key,
        organisation_id=checked.organisation_id,
        title=checked.title,
        kind=checked.kind,
        method=checked.method,
        firm=firm,
        item=checked.item,
        amount=checked.amount,
        contract_date=checked.contract_date,
    )
    return draft, judgement


def _registered(tx: Transaction, city: City, checked: CheckedReport) -> tuple[Vendor, Known] | None:
    """The registry's firm: the one chosen, or the one whose business number was typed."""
    vendor_id = checked.vendor_id
    if vendor_id is None and checked.firm_number:
        vendor_id = vendor_store.id_of_number(tx, checked.firm_number)
    return None if vendor_id is None else known_firm(tx, city, vendor_id)


def _write_down(
    tx: Transaction, actor: Actor, now: datetime, event: AuditEvent, purchase: Purchase, looked_at: Sequence[str] = ()
) -> None:
    entry = _note(actor, now, event, purchase.version, purchase.judgement, looked_at)
    audit.write(tx, replace(entry, subject=f"purchase:{purchase.id}"))


def _note(
    actor: Actor, now: datetime, event: AuditEvent, version: int, judgement: Judgement, looked_at: Sequence[str] = ()
) -> AuditEntry:
    """What is written down of a purchase, before it is known which one it is."""
    detail: dict[str, object] = {"version": version, "verdict": judgement.verdict.value}
    if looked_at:  # what the lamp showed, and the person sent it all the same
        detail["looked_at"] = list(looked_at)
    return AuditEntry(now, actor.team_id, actor.user_id, event, "purchase", detail)
