"""관외 사유: asks why a purchase went outside, keeps the answer beside the local firms that the search finds now."""

from datetime import date, datetime
from itertools import islice

from gwannae.actions.people import standing
from gwannae.actions.report_rights import changeable, may_change
from gwannae.actions.toolkit import Toolkit
from gwannae.actions.vendor_search import find, read_question
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.hangul import search_key
from gwannae.programme.organisations import Actor
from gwannae.programme.outside_reasons import (
    MOST_CANDIDATES,
    Candidate,
    CheckedReason,
    Looked,
    NotOutside,
    OutsideReason,
    RawReason,
    ReasonAsked,
    ReasonGiven,
    ReasonRefused,
    Unanswered,
    is_outside,
    leaves_denominator,
    read_reason,
)
from gwannae.programme.purchases import Purchase
from gwannae.programme.report_purchase import NoLongerYours, NotYours
from gwannae.programme.roles import Deed, may
from gwannae.programme.verdict import NoRuleError, Verdict, judge, rule_on
from gwannae.storage import audit, missing_items, organisations, outside_reasons, vendors
from gwannae.storage.database import Transaction


def look_for_firm(toolkit: Toolkit, vendor_id: int, about: str, contract_date: date) -> Looked | None:
    """For a form in which a firm was chosen: the local firms for what is bought (`about`, else what the firm sells);
    None where the firm was not outside on that day.
    """
    with toolkit.database.read() as tx:
        firm = vendors.vendor(tx, vendor_id)
        if firm is None:
            return None
        try:
            rule = rule_on(toolkit.city.local_rules, contract_date)
        except NoRuleError:
            return None  # the day is refused when the form is sent
        if judge(firm.addresses, firm.size, contract_date, rule).verdict is not Verdict.OUTSIDE:
            return None
        return look_for(toolkit, tx, about or next(iter(firm.items), ""), toolkit.today)


def look_for(toolkit: Toolkit, tx: Transaction, word: str, today: date) -> Looked:
    """The local firms that the search finds for a word as it stands in the registry today; no guesses among them."""
    question = read_question(toolkit, word)
    if question.query.is_empty:
        return Looked(word, today)
    shelf = toolkit.shelf.current(tx, today)
    answer = find(toolkit, tx, shelf, question)
    sure = [hit.vendor_id for hit in islice(answer.hits(Verdict.LOCAL), MOST_CANDIDATES) if not hit.match.is_guess]
    known = vendors.vendors(tx, sure)
    candidates = tuple(Candidate(i, known[i].name) for i in sure if i in known)
    return Looked(word, today, candidates, answer.local if candidates else 0)


def ask(
    toolkit: Toolkit, actor: Actor, purchase_id: int, now: datetime
) -> ReasonAsked | NotOutside | NotYours | NoLongerYours:
    """What the form for a stored purchase shows, for whoever may change it."""
    with toolkit.database.read() as tx:
        found = may_change(tx, actor, purchase_id, now.date())
        if not isinstance(found, Purchase):
            return found
        if not is_outside(found):
            return NotOutside()
        looked = look_for(toolkit, tx, found.draft.item or found.draft.title, now.date())
        return ReasonAsked(found, looked, outside_reasons.latest(tx, purchase_id))


def give(
    toolkit: Toolkit, actor: Actor, purchase_id: int, raw: RawReason, form_key: str, now: datetime
) -> ReasonGiven | ReasonRefused | NotOutside | NotYours | NoLongerYours:
    """Keep a reason for a stored purchase; an earlier one stays readable. The same form twice changes nothing."""
    checked = read_reason(raw)
    if isinstance(checked, ReasonRefused):
        return checked
    with toolkit.database.write() as tx:
        found = changeable(tx, actor, purchase_id, now)
        if not isinstance(found, Purchase):
            return found
        if not is_outside(found):
            return NotOutside()
        return keep(toolkit, tx, actor, found, checked, form_key, now)


def keep(
    toolkit: Toolkit,
    tx: Transaction,
    actor: Actor,
    purchase: Purchase,
    checked: CheckedReason,
    form_key: str,
    now: datetime,
) -> ReasonGiven:
    """The same inside a transaction, where it is known that the person may. What nobody local offers goes to the
    office's list of missing items.
    """
    draft = purchase.draft
    looked = look_for(toolkit, tx, draft.item or draft.title, now.date())
    said = OutsideReason(checked.code, checked.sentence, looked, now, actor.team_id, actor.user_id)
    reason, fresh = outside_reasons.add(tx, purchase.id, said, form_key)
    if fresh:
        detail = {"code": reason.code.value, "candidates": [c.vendor_id for c in reason.looked.candidates]}
        subject = f"purchase:{purchase.id}"
        audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, AuditEvent.OUTSIDE_REASON_GIVEN, subject, detail))
        if reason.code.is_missing_item and (key := search_key(looked.word)[:100]):
            missing_items.add(tx, looked.word[:100], key, draft.organisation_id, now)
    organisation = organisations.by_id(tx, draft.organisation_id)
    assert organisation is not None, "a foreign key holds it"
    rule = leaves_denominator(toolkit.city.outside_rules, reason.code, draft.contract_date)
    return ReasonGiven(purchase, organisation, reason, rule, fresh)


def unanswered(toolkit: Toolkit, actor: Actor, now: datetime, limit: int) -> Unanswered:
    """Outside purchases without a reason: one's own reports, a lead's division, for the office all."""
    with toolkit.database.read() as tx:
        return unanswered_for(toolkit, tx, actor, now.date(), limit)


def unanswered_for(toolkit: Toolkit, tx: Transaction, actor: Actor, day: date, limit: int) -> Unanswered:
    """The same inside a transaction."""
    who = standing(tx, actor, day)
    led = [i for i in who.organisations if may(who, Deed.CORRECT, i)]
    own = None if who.is_office else led
    return outside_reasons.unanswered(tx, toolkit.city.outside_rules, limit, organisations=own, reporter=actor)
