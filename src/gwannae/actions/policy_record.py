"""정책실명제 사업내역서: kept from what happened in a year, with what the office says of it."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from gwannae.actions.permission import allowed, asked
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.city import City, programme_year
from gwannae.programme.guidance import GuidanceState
from gwannae.programme.organisations import Actor
from gwannae.programme.policy_record import (
    MAX_TEXT,
    Doing,
    Happened,
    PolicyRecord,
    RecordField,
    RecordKept,
    RecordRefused,
    StoredRecord,
    in_order,
    read_doings,
)
from gwannae.programme.roles import Deed
from gwannae.readers.vendor_cells import clean
from gwannae.storage import annual_plans, awards, council, guidance, policy_record, results
from gwannae.storage import audit as audit_log
from gwannae.storage.database import Transaction


def record_of(toolkit: Toolkit, actor: Actor, year: int, now: datetime) -> PolicyRecord | NotAllowed:
    """A year's record as it is now."""
    if not asked(toolkit, actor, now, Deed.KEEP_RECORD, f"record:{year}"):
        return NotAllowed()
    with toolkit.database.read() as tx:
        return _record(tx, toolkit.city, year, policy_record.latest(tx, year), now)


def keep_record(
    toolkit: Toolkit, actor: Actor, year: int, texts: Mapping[RecordField, str], form_key: str, now: datetime
) -> RecordKept | RecordRefused | NotAllowed | Impossible:
    """Keep what the office says of a year; the same form twice changes nothing, a later one replaces it."""
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.KEEP_RECORD, f"record:{year}"):
            return NotAllowed()
        if (known := policy_record.by_form(tx, form_key)) is not None:
            return RecordKept(_record(tx, toolkit.city, known.year, known, now), fresh=False)
        cleaned = {field: _clean(texts.get(field, "")) for field in RecordField}
        if not cleaned[RecordField.NAME]:
            return RecordRefused(RecordField.NAME)
        if isinstance(wrong := read_doings(cleaned[RecordField.DOINGS]), int):
            return RecordRefused(RecordField.DOINGS, wrong)
        before = policy_record.latest(tx, year)
        number = before.number + 1 if before else 1
        made = policy_record.add(tx, year, number, cleaned, form_key, by=actor, at=now)
        if made is None:
            return Impossible("taken")
        detail = {"year": year, "number": number}
        subject = f"record:{year}"
        audit_log.write(tx, AuditEntry(now, actor.team_id, actor.user_id, AuditEvent.RECORD_KEPT, subject, detail))
        return RecordKept(_record(tx, toolkit.city, year, made, now), fresh=True)


def _record(tx: Transaction, city: City, year: int, stored: StoredRecord | None, now: datetime) -> PolicyRecord:
    texts = stored.texts if stored else {}
    typed = read_doings(texts.get(RecordField.DOINGS, ""))
    doings = [*_happened(tx, city, year), *(typed if isinstance(typed, list) else [])]
    return PolicyRecord(
        year, city.programme_office, now.date(), texts, in_order(doings), stored.number if stored else 0
    )


def _happened(tx: Transaction, city: City, year: int) -> Iterator[Doing]:
    """What the bot knows of: the plan approved, guidance let out, meetings held, results let out, awards decided."""
    versions = annual_plans.of_year(tx, year)
    if versions and (plan := versions[0].plan).approved_on is not None:
        yield Doing(plan.approved_on, Happened.PLAN, plan.document, ", ".join(plan.people))
    release = guidance.release(tx, year)
    if release.state is GuidanceState.GOING_OUT and release.changed_at is not None:
        yield Doing(release.changed_at.astimezone(city.zone).date(), Happened.GUIDANCE)
    members = {member.id: member.post for member in council.members(tx)}
    for meeting in council.held_between(tx, *programme_year(datetime(year, 1, 1, tzinfo=city.zone).date())):
        posts = ", ".join(members[i] for i in meeting.present if i in members)
        yield Doing(meeting.held_on, Happened.MEETING, people=posts)
    for out in results.releases(tx, year):
        yield Doing(out.at.astimezone(city.zone).date(), Happened(out.what.value))
    if (decision := awards.latest(tx, year)) is not None:
        named = ", ".join(f"{winner.prize} {winner.name}" for winner in decision.winners)
        yield Doing(decision.decided_on, Happened.AWARD, named, decision.members)


def _clean(text: str) -> str:
    """Line by line, for what was done stands a line each."""
    return "\n".join(clean(line) for line in text[:MAX_TEXT].splitlines()).strip()
