"""우수부서: the office writes down what the working council decided."""

from datetime import date, datetime

from gwannae.actions.council import without_seat
from gwannae.actions.permission import allowed, asked
from gwannae.actions.toolkit import Toolkit
from gwannae.actions.year_end import state_of
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.awards import (
    MAX_MEMBERS,
    MAX_REASON,
    Decided,
    Decision,
    DecisionDesk,
    DecisionFault,
    DecisionForm,
    DecisionRefused,
    Winner,
)
from gwannae.programme.organisations import Actor, Organisation
from gwannae.programme.roles import Deed
from gwannae.programme.year_end import YearEndFault, YearEndRefused
from gwannae.readers.vendor_cells import clean
from gwannae.storage import audit, awards, organisations


def decision_desk(
    toolkit: Toolkit, actor: Actor, year: int, now: datetime
) -> DecisionDesk | YearEndRefused | NotAllowed:
    """What the form offers; a year that is not settled has nothing to decide on."""
    if not asked(toolkit, actor, now, Deed.SETTLE_YEAR, f"results:{year}"):
        return NotAllowed()
    with toolkit.database.read() as tx:
        settled = state_of(tx, toolkit.city, now, year).latest(settled=True)
        if settled is None:
            return YearEndRefused(YearEndFault.NOTHING_FROZEN)
        every = organisations.all_organisations(tx)
        ranked = {line.code: n for n, line in enumerate(settled.result.lines)}
        in_order = sorted(every, key=lambda o: ranked.get(o.code, len(ranked)))
        return DecisionDesk(settled, tuple(in_order), toolkit.city.results.prizes, awards.latest(tx, year))


def decide(
    toolkit: Toolkit, actor: Actor, form: DecisionForm, form_key: str, now: datetime
) -> Decided | DecisionRefused | YearEndRefused | NotAllowed | Impossible:
    """Write the council's decision down, once for each form; a later one of the year replaces it, both are kept."""
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.SETTLE_YEAR, f"results:{form.year}"):
            return NotAllowed()
        if (known := awards.by_form(tx, form_key)) is not None:
            return Decided(known, fresh=False)
        settled = state_of(tx, toolkit.city, now, form.year).latest(settled=True)
        if settled is None:
            return YearEndRefused(YearEndFault.NOTHING_FROZEN)
        members, reason = clean(form.members)[:MAX_MEMBERS], clean(form.reason)[:MAX_REASON]
        if faults := _faults(form, members, reason, now.date()):
            return DecisionRefused(faults)
        winners = _winners(form, organisations.all_organisations(tx))
        if winners is None or form.decided_on is None:
            return Impossible("gone")
        before = awards.latest(tx, form.year)
        number = before.number + 1 if before else 1
        given = (form.year, number, settled.id, form.decided_on, members, reason, winners, form_key)
        if not awards.add(tx, *given, by=actor, at=now):
            return Impossible("taken")
        detail = {"number": number, "result": settled.number, "winners": [[w.prize, w.code] for w in winners]}
        subject = f"results:{form.year}"
        audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, AuditEvent.AWARD_DECIDED, subject, detail))
        made = awards.latest(tx, form.year)
        assert made is not None, "it was added above"
        return Decided(made, fresh=True, strangers=without_seat(tx, members, form.decided_on))


def decision_of(toolkit: Toolkit, actor: Actor, year: int, now: datetime) -> Decision | YearEndRefused | NotAllowed:
    """The decision that holds, for the office."""
    if not asked(toolkit, actor, now, Deed.SETTLE_YEAR, f"results:{year}"):
        return NotAllowed()
    with toolkit.database.read() as tx:
        return awards.latest(tx, year) or YearEndRefused(YearEndFault.NO_DECISION)


def _faults(form: DecisionForm, members: str, reason: str, today: date) -> tuple[tuple[DecisionFault, int], ...]:
    faults = []
    if form.decided_on is None:
        faults.append((DecisionFault.DAY, 0))
    elif form.decided_on > today:
        faults.append((DecisionFault.FUTURE, 0))
    if not members:
        faults.append((DecisionFault.MEMBERS, 0))
    if not reason:
        faults.append((DecisionFault.REASON, 0))
    chosen = [organisation_id for _, organisation_id in form.winners if organisation_id]
    if not chosen:
        faults.append((DecisionFault.NOBODY, 0))
    seen: set[int] = set()
    for at, (_, organisation_id) in enumerate(form.winners):
        if organisation_id and organisation_id in seen:
            faults.append((DecisionFault.TWICE, at))
        seen.add(organisation_id)
    return tuple(faults)


def _winners(form: DecisionForm, every: list[Organisation]) -> tuple[Winner, ...] | None:
    known = {o.id: o for o in every}
    chosen = [(prize, organisation_id) for prize, organisation_id in form.winners if organisation_id]
    if any(organisation_id not in known for _, organisation_id in chosen):
        return None
    return tuple(Winner(prize, known[i].code, known[i].name) for prize, i in chosen)
