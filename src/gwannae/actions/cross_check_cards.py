"""대조 in Slack: a published list into the inbox; its cards seen by the office, sent once, answered in a channel."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gwannae.actions.people import standing
from gwannae.actions.permission import allowed, asked, refuse
from gwannae.actions.purchases_import import receive_published, standing_in
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.city import earliest_contract_date
from gwannae.programme.contracts import Contract, contract_of
from gwannae.programme.cross_check_cards import (
    CARDS_ON_PAGE,
    MAX_REASON,
    AlreadySent,
    AnswerMissing,
    Card,
    CardAnswer,
    CardSending,
    CardState,
    CheckDesk,
    CheckOverview,
    CheckRun,
    Finding,
    NoChannel,
    PublishedSource,
    Settled,
    state_of,
)
from gwannae.programme.organisations import Actor, Organisation
from gwannae.programme.purchase_imports import ImportState, NoSuchImport, Standing
from gwannae.programme.purchases import Purchase, PurchaseState
from gwannae.programme.report_purchase import NotYours
from gwannae.programme.roles import Deed, may
from gwannae.programme.vendors import Vendor
from gwannae.readers.vendor_cells import clean
from gwannae.storage import audit, cross_checks, organisations
from gwannae.storage import purchase_imports as imports
from gwannae.storage import vendors as vendor_store
from gwannae.storage.database import Transaction
from gwannae.storage.purchase_bulk import vendors_by_name
from gwannae.storage.purchase_listing import listing

STILL_UNDER_WAY = timedelta(seconds=60)  # after that a post was answered, or its answer is lost


@dataclass(frozen=True, slots=True)
class Prefill:
    """What a form is about to be opened for: whose, and the registry's firm where it is certain. `findings`: one, or
    all reports that the list lacks.
    """

    state: CardState
    findings: tuple[Finding, ...]
    organisation: Organisation
    vendor: Vendor | None


def check_desk(toolkit: Toolkit, actor: Actor, service: bool, now: datetime) -> CheckDesk | NotAllowed:
    """What the form offers; the office alone. `service`: whether this installation can ask the procurement service."""
    if not asked(toolkit, actor, now, Deed.CROSS_CHECK, "purchases"):
        return NotAllowed()
    first = earliest_contract_date(toolkit.city.calendar, now.date()).year
    years = tuple(dict.fromkeys((now.year, first, now.year - 1)))
    return CheckDesk(years, service and bool(toolkit.city.g2b_institutions))


def take_in(
    toolkit: Toolkit, actor: Actor, source: PublishedSource, file_key: str, name: str, year: int, now: datetime
) -> Standing | NotAllowed:
    """Note a published list before anything is answered; it is gone through like every file of the inbox."""
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.CROSS_CHECK, "purchases"):
            return NotAllowed()
        return receive_published(tx, actor, CheckRun(0, source, year), file_key, name, now)


def turn_into_check(
    toolkit: Toolkit, actor: Actor, import_id: int, now: datetime
) -> Standing | NotAllowed | NoSuchImport:
    """A file that was taken for purchases is the city's published list: nothing of it is stored. `done` is False when
    it stands no longer where that can be said.
    """
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.CROSS_CHECK, f"purchase_import:{import_id}"):
            return NotAllowed()
        batch = imports.hold(tx, import_id)
        if batch is None:
            return NoSuchImport()
        done = batch.state is ImportState.READY and imports.content(tx, import_id) is not None
        done = done and cross_checks.begin(tx, CheckRun(import_id, PublishedSource.FILE))
        if done:
            imports.set_questions(tx, import_id, ())
            imports.set_digest(tx, import_id, "")  # the same bytes may come as purchases all the same
            imports.move(tx, import_id, ImportState.READY, ImportState.RECEIVED, now)
        return standing_in(tx, imports.batch(tx, import_id) or batch, done=done)


def overview(toolkit: Toolkit, actor: Actor, import_id: int, begin: int, now: datetime) -> CheckOverview | NotAllowed:
    """A list's cards as they stand now, from the one at `begin` on; the office alone. One state without its findings
    stands for each card of other pages.
    """
    if not asked(toolkit, actor, now, Deed.CROSS_CHECK, f"purchase_import:{import_id}"):
        return NotAllowed()
    with toolkit.database.snapshot() as tx:
        batch, run = imports.batch(tx, import_id), cross_checks.run_of(tx, import_id)
        if batch is None or run is None:
            return NotAllowed()
        cards = cross_checks.cards_of(tx, import_id)
        shown = range(begin, begin + CARDS_ON_PAGE)
        states = tuple(_state(tx, c) if at in shown else CardState(c, (), ()) for at, c in enumerate(cards))
        unlinked = frozenset(o.id for o in organisations.unlinked(tx))
        return CheckOverview(run, batch.name, states, unlinked)


def look_at_card(toolkit: Toolkit, actor: Actor, card_id: int, now: datetime) -> CardState | NotAllowed:
    """One card as it would go out; the office alone."""
    if not asked(toolkit, actor, now, Deed.CROSS_CHECK, f"cross_check_card:{card_id}"):
        return NotAllowed()
    return card_now(toolkit, card_id) or NotAllowed()


def card_now(toolkit: Toolkit, card_id: int) -> CardState | None:
    """The same for the bot itself."""
    with toolkit.database.snapshot() as tx:
        card = cross_checks.card(tx, card_id)
        return None if card is None else _state(tx, card)


def send(
    toolkit: Toolkit, actor: Actor, card_id: int, now: datetime
) -> CardSending | AlreadySent | NoChannel | NotAllowed:
    """Claim a card's one sending to its organisation's channel; the office alone."""
    subject = f"cross_check_card:{card_id}"
    if not asked(toolkit, actor, now, Deed.CROSS_CHECK, subject):
        return NotAllowed()
    state = card_now(toolkit, card_id)
    if state is None:
        return NotAllowed()
    whose = state.card.draft.organisation
    with toolkit.database.write() as tx:
        channels = organisations.channels_of(tx, whose.id) if whose else []
        own = next((c for c in channels if c[0] == actor.team_id), channels[0] if channels else None)
        if own is None:
            return NoChannel(state)
        if not cross_checks.claim(tx, card_id, actor, *own, now):
            return AlreadySent(state)
        detail = {"channel": own[1], "findings": len(state.findings)}
        _write(tx, actor, now, AuditEvent.CROSS_CHECK_SENT, subject, detail)
        return CardSending(state, *own)


def send_again(
    toolkit: Toolkit, actor: Actor, card_id: int, now: datetime
) -> CardSending | AlreadySent | NoChannel | NotAllowed:
    """The same for a card whose arrival Slack never confirmed: the office has looked, and it is not there."""
    if not asked(toolkit, actor, now, Deed.CROSS_CHECK, f"cross_check_card:{card_id}"):
        return NotAllowed()
    state = card_now(toolkit, card_id)
    sent = state.card.sent if state is not None else None
    if state is not None and sent is not None and (sent.ts or now - sent.at < STILL_UNDER_WAY):
        return AlreadySent(state)
    note_not_sent(toolkit, card_id)
    return send(toolkit, actor, card_id, now)


def note_sent(toolkit: Toolkit, card_id: int, ts: str) -> None:
    """Slack has confirmed the message."""
    with toolkit.database.write() as tx:
        cross_checks.confirm_sent(tx, card_id, ts)


def note_not_sent(toolkit: Toolkit, card_id: int) -> None:
    """It did not go out, and may be sent again."""
    with toolkit.database.write() as tx:
        cross_checks.release(tx, card_id)


def pick_up(toolkit: Toolkit, actor: Actor, card_id: int, key: str, now: datetime) -> Prefill | Settled | NotYours:
    """A finding that a person of the organisation (or the office) pressed, for its form."""
    with toolkit.database.snapshot() as tx:
        card = cross_checks.card(tx, card_id)
        mine = card is not None and _may_answer(tx, actor, card, now.date())
        if card is not None and mine:
            state, whose = _state(tx, card), card.draft.organisation
            assert whose is not None, "nobody may answer for nobody"
            findings = state.pressed(key)
            return Prefill(state, findings, whose, _vendor(tx, findings[0])) if findings else Settled(state)
    with toolkit.database.write() as tx:
        refuse(tx, actor, now, Deed.REPORT, f"cross_check_card:{card_id}")
    return NotYours()


def answer(
    toolkit: Toolkit, actor: Actor, card_id: int, key: str, said: CardAnswer | None, reason: str, now: datetime
) -> CardState | Settled | AnswerMissing | NotYours:
    """Note what the organisation says of a finding: it is asked about no more, in later lists either."""
    found = pick_up(toolkit, actor, card_id, key, now)
    if not isinstance(found, Prefill):
        return found
    text = clean(reason)[:MAX_REASON]
    if said is None or not text:
        return AnswerMissing(answer=said is None, reason=not text)
    card = found.state.card
    with toolkit.database.write() as tx:
        noted = [
            one.key
            for one in found.findings
            if cross_checks.answer(tx, card, one.key, one.title[:500], said, text, by=actor, at=now)
        ]
        if noted:
            detail: dict[str, object] = {"findings": noted, "answer": said.value, "reason": text}
            _write(tx, actor, now, AuditEvent.CROSS_CHECK_ANSWERED, f"cross_check_card:{card_id}", detail)
    return card_now(toolkit, card_id) or found.state


def _may_answer(tx: Transaction, actor: Actor, card: Card, day: date) -> bool:
    whose, who = card.draft.organisation, standing(tx, actor, day)
    if whose is None:
        return False
    given = any(a.organisation.id == whose.id and not a.self_declared for a in who.affiliations)
    return may(who, Deed.CROSS_CHECK) or (given and may(who, Deed.REPORT, whose.id))


def _state(tx: Transaction, card: Card) -> CardState:
    whose, year = card.draft.organisation, card.run.year
    reported: list[Contract] = []
    if whose is not None:
        rows = listing(tx, date(year, 1, 1), date(year, 12, 31), whose.id)
        reported = [contract_of(p, whose) for p in rows if _counts(p)]
    return state_of(card, reported)


def _counts(purchase: Purchase) -> bool:
    return purchase.state is PurchaseState.REPORTED


def _vendor(tx: Transaction, finding: Finding) -> Vendor | None:
    """The registry's firm of a published contract: by its number, or where one alone has the name."""
    contract = next(iter(finding.published), None)
    if contract is None:
        return None
    if contract.business_number:
        return vendor_store.by_business_number(tx, contract.business_number)
    named = vendors_by_name(tx, [contract.firm_key]).get(contract.firm_key, []) if contract.firm_key else []
    return vendor_store.vendor(tx, named[0].id) if len(named) == 1 else None


def _write(
    tx: Transaction, actor: Actor, now: datetime, event: AuditEvent, subject: str, detail: dict[str, object]
) -> None:
    audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, event, subject, detail))
