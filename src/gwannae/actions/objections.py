"""이의: an organisation's lead speaks against its preliminary result; the programme office answers, once."""

from datetime import datetime

from gwannae.actions.permission import allowed, asked
from gwannae.actions.toolkit import Toolkit
from gwannae.actions.year_end import state_of
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.objections import (
    MAX_ANSWER,
    MAX_EVIDENCE,
    MAX_SENTENCE,
    AnswerForm,
    Objected,
    Objection,
    ObjectionAnswered,
    ObjectionFault,
    ObjectionForm,
    ObjectionRefused,
    ObjectionsClosed,
)
from gwannae.programme.organisations import Actor
from gwannae.programme.roles import Deed
from gwannae.programme.year_end import Release, YearEnd
from gwannae.readers.vendor_cells import clean
from gwannae.storage import affiliations, audit, objections
from gwannae.storage.database import Transaction

Outcome = Objected | ObjectionRefused | ObjectionsClosed | NotAllowed


def may_object(
    toolkit: Toolkit, actor: Actor, year: int, organisation_id: int, now: datetime
) -> ObjectionsClosed | NotAllowed | None:
    """Before the form opens: None if this person may object for that organisation now."""
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.OBJECT, f"organisation:{organisation_id}", organisation_id):
            return NotAllowed()
        return _closed(state_of(tx, toolkit.city, now, year), now)


def object_to(toolkit: Toolkit, actor: Actor, form: ObjectionForm, form_key: str, now: datetime) -> Outcome:
    """Take an objection down, once for each form; the last day of objections is its own."""
    with toolkit.database.write() as tx:
        subject = f"organisation:{form.organisation_id}"
        if not allowed(tx, actor, now, Deed.OBJECT, subject, form.organisation_id):
            return NotAllowed()
        state = state_of(tx, toolkit.city, now, form.year)
        if closed := _closed(state, now):
            return closed
        sentence = clean(form.sentence)[:MAX_SENTENCE]
        if not sentence:
            return ObjectionRefused((ObjectionFault.SENTENCE,))
        shown = state.has_gone(Release.PRELIMINARY)
        against = next(r for r in state.results if shown is not None and r.number == shown.number)
        kept = ObjectionForm(
            form.year, form.organisation_id, sentence, clean(form.evidence)[:MAX_EVIDENCE], form.thread
        )
        stored, fresh = objections.add(tx, against.id, kept, form_key, by=actor, at=now)
        if fresh:
            _write(tx, actor, now, AuditEvent.OBJECTED, stored, {"sentence": sentence})
        assert shown is not None and shown.until is not None, "asked above"  # noqa: PT018 - one fact
        return Objected(stored, shown.until, fresh, tuple(affiliations.office_people(tx, now.date())))


def objection_to_answer(
    toolkit: Toolkit, actor: Actor, objection_id: int, now: datetime
) -> Objection | NotAllowed | Impossible:
    """What the office's form is about."""
    if not asked(toolkit, actor, now, Deed.SETTLE_YEAR, f"objection:{objection_id}"):
        return NotAllowed()
    with toolkit.database.read() as tx:
        return objections.by_id(tx, objection_id) or Impossible("gone")


def answer_objection(
    toolkit: Toolkit, actor: Actor, form: AnswerForm, now: datetime
) -> ObjectionAnswered | ObjectionRefused | NotAllowed | Impossible:
    """Answer with a reason; the first answer stands. An accepted one changes no row by itself: the correction is made
    where the row is, and the next result shows it.
    """
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.SETTLE_YEAR, f"objection:{form.objection_id}"):
            return NotAllowed()
        sentence = clean(form.answer)[:MAX_ANSWER]
        faults = []
        if form.accepted is None:
            faults.append(ObjectionFault.ACCEPTED)
        if not sentence:
            faults.append(ObjectionFault.ANSWER)
        if faults or form.accepted is None:
            return ObjectionRefused(tuple(faults))
        found = objections.answer(tx, form.objection_id, accepted=form.accepted, sentence=sentence, by=actor, at=now)
        if found is None:
            return Impossible("gone")
        stored, fresh = found
        if fresh:
            _write(
                tx, actor, now, AuditEvent.OBJECTION_ANSWERED, stored, {"accepted": form.accepted, "answer": sentence}
            )
        return ObjectionAnswered(stored, fresh)


def objections_of(toolkit: Toolkit, actor: Actor, year: int, now: datetime) -> list[Objection] | NotAllowed:
    """All of a year, for the office."""
    if not asked(toolkit, actor, now, Deed.SETTLE_YEAR, f"results:{year}"):
        return NotAllowed()
    with toolkit.database.read() as tx:
        return objections.of_year(tx, year)


def _closed(state: YearEnd, now: datetime) -> ObjectionsClosed | None:
    shown = state.has_gone(Release.PRELIMINARY)
    if shown is None or shown.until is None or state.latest(settled=True) is not None:
        return ObjectionsClosed(None)
    return ObjectionsClosed(shown.until) if now.date() > shown.until else None


def _write(
    tx: Transaction, actor: Actor, now: datetime, event: AuditEvent, stored: Objection, detail: dict[str, object]
) -> None:
    audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, event, f"objection:{stored.id}", detail))
