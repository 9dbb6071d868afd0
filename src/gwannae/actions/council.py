"""실무협의회: the office enters who sits from when to when, and writes down what a meeting came to."""

from datetime import date, datetime

from gwannae.actions.permission import allowed, asked
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.council import (
    MAX_OTHERS,
    MAX_POST,
    MAX_SAID,
    CouncilDesk,
    CouncilRefused,
    Meeting,
    MeetingForm,
    MeetingKept,
    Member,
    MemberForm,
    MemberKept,
    halves_to,
    meeting_faults,
    member_faults,
    members_on,
    named_without_seat,
    strangers,
)
from gwannae.programme.organisations import Actor
from gwannae.programme.roles import Deed
from gwannae.readers.vendor_cells import clean
from gwannae.storage import audit, council
from gwannae.storage.database import Transaction

SUBJECT = "council"  # in the audit log
HALVES = 4  # that the window offers


def council_desk(toolkit: Toolkit, actor: Actor, now: datetime) -> CouncilDesk | NotAllowed:
    """What the office's window shows."""
    if not asked(toolkit, actor, now, Deed.KEEP_COUNCIL, SUBJECT):
        return NotAllowed()
    with toolkit.database.read() as tx:
        members, meetings = council.members(tx), council.meetings(tx)
    return CouncilDesk(now.date(), toolkit.city.council, halves_to(now.date(), HALVES), members, meetings)


def keep_member(
    toolkit: Toolkit, actor: Actor, form: MemberForm, form_key: str, now: datetime
) -> MemberKept | CouncilRefused | NotAllowed | Impossible:
    """Enter a member, or correct post and term of one that there is; the same form twice changes nothing."""
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.KEEP_COUNCIL, SUBJECT):
            return NotAllowed()
        if (known := council.member_by_form(tx, form_key)) is not None:
            return MemberKept(known, len(members_on(council.members(tx), now.date())), fresh=False)
        form = MemberForm(form.id, clean(form.post)[:MAX_POST], form.chair, form.since, form.until)
        if faults := member_faults(form, council.members(tx)):
            return CouncilRefused(faults)
        assert form.since is not None, "the faults say so"
        if not form.id:
            member = council.add_member(tx, form, form_key, by=actor, at=now)
        elif council.change_member(tx, form, by=actor, at=now):
            member = Member(form.id, form.post, form.chair, form.since, form.until)
        else:
            return Impossible("gone")
        detail = {
            "member": member.id, "post": member.post, "chair": member.chair, "since": member.since.isoformat(),
            "until": member.until.isoformat() if member.until else None,
        }  # fmt: skip
        _write(tx, actor, now, AuditEvent.COUNCIL_MEMBER_KEPT, detail)
        return MemberKept(member, len(members_on(council.members(tx), now.date())))


def keep_meeting(
    toolkit: Toolkit, actor: Actor, form: MeetingForm, form_key: str, now: datetime
) -> MeetingKept | CouncilRefused | NotAllowed | Impossible:
    """Write a half's meeting down; a later record of the same half replaces it, both are kept."""
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.KEEP_COUNCIL, SUBJECT):
            return NotAllowed()
        members = council.members(tx)
        if (known := council.meeting_by_form(tx, form_key)) is not None:
            return _kept(known, members, fresh=False)
        said = tuple(clean(text)[:MAX_SAID] for text in form.said)
        form = MeetingForm(form.period, form.held_on, form.present, clean(form.others)[:MAX_OTHERS], said)
        if faults := meeting_faults(form, members, now.date()):
            return CouncilRefused(faults)
        before = council.meeting_of(tx, form.period)
        number = before.number + 1 if before else 1
        made = council.add_meeting(tx, form, number, form_key, by=actor, at=now)
        if made is None:
            return Impossible("taken")
        detail = {"period": made.period, "number": made.number, "held_on": made.held_on.isoformat()}
        _write(tx, actor, now, AuditEvent.COUNCIL_MEETING_KEPT, detail)
        return _kept(made, members)


def meeting_record(
    toolkit: Toolkit, actor: Actor, period: str, now: datetime
) -> tuple[Meeting, tuple[Member, ...]] | NotAllowed | None:
    """The record that holds for a half, with all members; None: nothing was written down."""
    if not asked(toolkit, actor, now, Deed.KEEP_COUNCIL, SUBJECT):
        return NotAllowed()
    with toolkit.database.read() as tx:
        meeting = council.meeting_of(tx, period)
        return None if meeting is None else (meeting, council.members(tx))


def without_seat(tx: Transaction, text: str, day: date) -> tuple[Member, ...]:
    """Whom a text names as present although their term does not cover the day."""
    return named_without_seat(council.members(tx), text, day)


def _kept(meeting: Meeting, members: tuple[Member, ...], *, fresh: bool = True) -> MeetingKept:
    sitting = members_on(members, meeting.held_on)
    absent = tuple(member for member in sitting if member.id not in meeting.present)
    return MeetingKept(meeting, strangers(members, meeting.present, meeting.held_on), absent, fresh)


def _write(tx: Transaction, actor: Actor, now: datetime, event: AuditEvent, detail: dict[str, object]) -> None:
    audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, event, SUBJECT, detail))
