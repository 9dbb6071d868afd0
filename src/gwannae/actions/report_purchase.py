"""구매 보고: store a form once, and show why it was judged as it was. What becomes of it later: `report_changes`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from gwannae.actions.judging import Known, known_besides, of_registry, of_typed
from gwannae.actions.lamp import look_first
from gwannae.actions.outside_reasons import keep
from gwannae.actions.people import reporting_role, standing
from gwannae.actions.period_gate import earliest_day, entered_too_late
from gwannae.actions.permission import refuse
from gwannae.actions.receipts import earlier_verdict, receipt_of, receipt_with
from gwannae.actions.report_rights import is_reporter, visible
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.city import City, earliest_contract_date
from gwannae.programme.contract_identity import same_firm
from gwannae.programme.hangul import search_key
from gwannae.programme.lamp import LookFirst
from gwannae.programme.organisations import Actor, Organisation
from gwannae.programme.outside_reasons import ReasonGiven, is_outside
from gwannae.programme.purchases import Draft, Firm, Purchase
from gwannae.programme.report_form import (
    CheckedReport,
    FieldFault,
    FieldProblem,
    RawReport,
    Refused,
    ReportField,
    check,
)
from gwannae.programme.report_purchase import AlreadyStored, NotYours, Receipt, Stored
from gwannae.programme.roles import Deed, Standing, may
from gwannae.programme.vendors import Vendor
from gwannae.programme.verdict import Judgement
from gwannae.storage import purchases, report_questions
from gwannae.storage.database import Transaction


def submit(
    toolkit: Toolkit, actor: Actor, raw: RawReport, now: datetime
) -> Stored | AlreadyStored | Refused | LookFirst:
    """Store a new report under its form's key: the same key a second time stores nothing and says so.

    Where the lamp has something to show that the form has not shown yet, nothing is stored (LookFirst). The verdict
    is made here, by the rule and the firm's facts of the contract date, and never changes by itself.
    """
    checked = checked_form(toolkit, raw, now.date())
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
            noted = note_of(actor, now, AuditEvent.PURCHASE_REPORTED, 1, judgement, raw.seen)
            purchase = purchases.add(
                tx, draft, judgement, actor=actor, self_declared=self_declared, at=now, noted=noted
            )
        except purchases.AlreadyStoredError as error:
            return _already(tx, toolkit.city, actor, error.purchase, now)
        except purchases.ReferenceGoneError:
            return Refused((FieldFault(ReportField.FIRM, FieldProblem.FIRM_GONE),))
        given = reason_given(tx, toolkit, actor, checked, purchase, now)
        reason = given.reason if given is not None else None  # nobody can have given one before
        return Stored(receipt_with(tx, toolkit.city, purchase, organisation, reason, now.date()), given)


def reason_given(
    tx: Transaction, toolkit: Toolkit, actor: Actor, checked: CheckedReport, purchase: Purchase, now: datetime
) -> ReasonGiven | None:
    """A reason that came in the same form is kept where it is one for this purchase."""
    if checked.reason is None or not is_outside(purchase):
        return None
    return keep(toolkit, tx, actor, purchase, checked.reason, f"report:{checked.form_key}", now)


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


def checked_form(toolkit: Toolkit, raw: RawReport, today: date) -> CheckedReport | Refused:
    """The form read; only a day that is too early asks what is open further back."""
    city = toolkit.city
    checked = check(raw, today, earliest_contract_date(city.calendar, today))
    if isinstance(checked, Refused) and any(f.problem is FieldProblem.DATE_BEFORE_YEAR for f in checked.faults):
        with toolkit.database.read() as tx:
            earliest = earliest_day(tx, city, raw.organisation_id, raw.purchase_id, today)
        return check(raw, today, earliest)
    return checked


def too_early(city: City, today: date) -> Refused:
    """The contract date lies before what may be reported."""
    first = earliest_contract_date(city.calendar, today)
    return Refused((FieldFault(ReportField.CONTRACT_DATE, FieldProblem.DATE_BEFORE_YEAR, {"first": first}),))


def not_allowed(tx: Transaction, actor: Actor, now: datetime, subject: str, deed: Deed) -> Refused:
    """The person may not report for that organisation; it is written down."""
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
    judged = judged_draft(city, checked, known_besides(tx, city, *found.firm) if found.firm is not None else None)
    if isinstance(judged, Refused):
        return judged
    organisation = found.organisation
    if organisation is None or not organisation.active:
        return organisation_gone()
    if entered_too_late(tx, city, organisation.id, checked.contract_date, now.date()):
        return too_early(city, now.date())
    self_declared = reporting_role(tx, actor, organisation.id, now, Standing(actor, found.affiliations))
    if self_declared is None:
        return not_allowed(tx, actor, now, f"organisation:{organisation.id}", Deed.REPORT)
    return _Ready(*judged, organisation, self_declared)


def organisation_gone() -> Refused:
    """The organisation is none, or takes part no more."""
    return Refused((FieldFault(ReportField.ORGANISATION, FieldProblem.ORGANISATION_GONE),))


def _already(tx: Transaction, city: City, actor: Actor, earlier: Purchase, now: datetime) -> AlreadyStored | Refused:
    """The receipt of the first time; a key that somebody else used (a copied form) tells nothing of their report."""
    if not is_reporter(actor, earlier):
        return not_allowed(tx, actor, now, f"purchase:{earlier.id}", Deed.REPORT)
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


def judged_draft(
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


def note_of(
    actor: Actor, now: datetime, event: AuditEvent, version: int, judgement: Judgement, looked_at: Sequence[str] = ()
) -> AuditEntry:
    """What is written down of a purchase, before it is known which one it is."""
    detail: dict[str, object] = {"version": version, "verdict": judgement.verdict.value}
    if looked_at:  # what the lamp showed, and the person sent it all the same
        detail["looked_at"] = list(looked_at)
    return AuditEntry(now, actor.team_id, actor.user_id, event, "purchase", detail)
