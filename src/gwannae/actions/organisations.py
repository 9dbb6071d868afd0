"""부서·기관: linking channels, naming leads and staff, adding and renaming organisations, taking affiliations back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from itertools import chain, count

from gwannae.actions.people import standing
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import (
    AffiliationEnded,
    ChannelLinked,
    ChannelUnlinked,
    Impossible,
    NotAllowed,
    OrganisationSaved,
    RoleGiven,
)
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.hangul import search_key
from gwannae.programme.organisations import Actor, Organisation, OrganisationKind, OrganisationSeed, Role
from gwannae.programme.roles import Deed, may
from gwannae.storage import affiliations, audit, organisations
from gwannae.storage.database import Transaction


def may_link(toolkit: Toolkit, actor: Actor, day: date) -> tuple[Organisation, ...]:
    """The organisations to which this person may link a channel: the office all, a lead their own."""
    return _where_may(toolkit, actor, day, Deed.LINK_CHANNEL)


def may_name(toolkit: Toolkit, actor: Actor, day: date) -> tuple[Organisation, ...]:
    """The organisations for which this person may name leads and staff."""
    return _where_may(toolkit, actor, day, Deed.NAME_LEAD)


def is_office(toolkit: Toolkit, actor: Actor, day: date) -> bool:
    """Whether this person may manage all organisations."""
    with toolkit.database.read() as tx:
        return may(standing(tx, actor, day), Deed.MANAGE_ORGANISATIONS)


def linked_organisation(toolkit: Toolkit, team_id: str, channel_id: str) -> Organisation | None:
    """Whose channel it is."""
    with toolkit.database.read() as tx:
        return organisations.organisation_of_channel(tx, team_id, channel_id)


def link_channel(
    toolkit: Toolkit, actor: Actor, organisation_id: int, channel_id: str, now: datetime
) -> ChannelLinked | NotAllowed | Impossible:
    """Make a channel an organisation's: guidance goes there, and reports from there are proposed for it."""
    with toolkit.database.write() as tx:
        organisation = organisations.by_id(tx, organisation_id)
        if organisation is None:
            return Impossible("gone")
        former = organisations.organisation_of_channel(tx, actor.team_id, channel_id)
        who = standing(tx, actor, now.date())
        if not may(who, Deed.LINK_CHANNEL, organisation_id):
            return _refused(tx, actor, now, Deed.LINK_CHANNEL, organisation_id)
        if former is not None and not may(who, Deed.LINK_CHANNEL, former.id):
            return _refused(tx, actor, now, Deed.LINK_CHANNEL, former.id)
        organisations.link_channel(tx, organisation_id, actor.team_id, channel_id, by=actor, at=now)
        detail = {"channel": channel_id, "former": former.code if former else None}
        _write(tx, actor, now, AuditEvent.CHANNEL_LINKED, organisation_id, detail)
        return ChannelLinked(channel_id, organisation, former)


def unlink_channel(toolkit: Toolkit, actor: Actor, channel_id: str, now: datetime) -> ChannelUnlinked | NotAllowed:
    """Take a channel from its organisation."""
    with toolkit.database.write() as tx:
        former = organisations.organisation_of_channel(tx, actor.team_id, channel_id)
        if former is None:
            return ChannelUnlinked(channel_id, None)
        if not may(standing(tx, actor, now.date()), Deed.LINK_CHANNEL, former.id):
            return _refused(tx, actor, now, Deed.LINK_CHANNEL, former.id)
        organisations.unlink_channel(tx, actor.team_id, channel_id)
        _write(tx, actor, now, AuditEvent.CHANNEL_UNLINKED, former.id, {"channel": channel_id})
        return ChannelUnlinked(channel_id, former)


def give_role(
    toolkit: Toolkit, actor: Actor, organisation_id: int, user_id: str, role: Role, now: datetime, team_id: str = ""
) -> RoleGiven | NotAllowed | Impossible:
    """Name somebody lead or staff of an organisation, or (the office alone) of the programme or planning office.

    What the person had declared of themselves ends with it.
    """
    with toolkit.database.write() as tx:
        return _give(tx, actor, organisation_id, (team_id or actor.team_id, user_id), role, now)


def _give(
    tx: Transaction, actor: Actor, organisation_id: int, person: tuple[str, str], role: Role, now: datetime
) -> RoleGiven | NotAllowed | Impossible:
    deed = Deed.NAME_LEAD if role in (Role.STAFF, Role.LEAD) else Deed.NAME_OFFICE_PEOPLE
    if organisations.by_id(tx, organisation_id) is None:
        return Impossible("gone")
    if not may(standing(tx, actor, now.date()), deed, organisation_id):
        return _refused(tx, actor, now, deed, organisation_id)
    team_id, user_id = person
    for former in affiliations.affiliations_of(tx, team_id, user_id, now.date()):
        if former.self_declared:
            affiliations.end_affiliation(tx, former.id, now.date())
    given = affiliations.add_affiliation(
        tx, team_id, user_id, organisation_id, role, self_declared=False, since=now.date(), by=actor
    )
    detail = {"user": user_id, "role": role.value}
    _write(tx, actor, now, AuditEvent.AFFILIATION_GIVEN, organisation_id, detail)
    return RoleGiven(given)


def take_back(
    toolkit: Toolkit, actor: Actor, affiliation_id: int, now: datetime
) -> AffiliationEnded | NotAllowed | Impossible:
    """End somebody's affiliation today. The last person of the programme office cannot be taken out."""
    with toolkit.database.write() as tx:
        ended = affiliations.by_id(tx, affiliation_id)
        if ended is None or ended.until is not None:
            return Impossible("gone")
        deed = Deed.NAME_OFFICE_PEOPLE if ended.role in (Role.OFFICE, Role.PLANNING) else Deed.TAKE_BACK_AFFILIATION
        if not may(standing(tx, actor, now.date()), deed, ended.organisation.id):
            return _refused(tx, actor, now, deed, ended.organisation.id)
        if ended.role is Role.OFFICE and len(affiliations.office_people(tx, now.date())) == 1:
            return Impossible("last_office_person")
        affiliations.end_affiliation(tx, affiliation_id, now.date())
        detail = {"user": ended.user_id, "role": ended.role.value}
        _write(tx, actor, now, AuditEvent.AFFILIATION_TAKEN_BACK, ended.organisation.id, detail)
        return AffiliationEnded(ended)


def confirm(toolkit: Toolkit, actor: Actor, affiliation_id: int, now: datetime) -> RoleGiven | NotAllowed | Impossible:
    """Turn what somebody declared of themselves into a given affiliation as staff."""
    with toolkit.database.write() as tx:  # looked at and given in one: it may be taken back at this very moment
        declared = affiliations.by_id(tx, affiliation_id)
        if declared is None or declared.until is not None or not declared.self_declared:
            return Impossible("gone")
        person = (declared.team_id, declared.user_id)
        return _give(tx, actor, declared.organisation.id, person, Role.STAFF, now)


def save_organisation(
    toolkit: Toolkit, actor: Actor, seed: OrganisationSeed, now: datetime
) -> OrganisationSaved | NotAllowed | Impossible:
    """Add an organisation or change the one of this code: name, kind, parent. The office alone."""
    with toolkit.database.write() as tx:
        return _save(tx, actor, seed, now)


def save_by_form(
    toolkit: Toolkit, actor: Actor, organisation_id: int, name: str, kind: OrganisationKind | None, now: datetime
) -> OrganisationSaved | NotAllowed | Impossible:
    """Add an organisation of this name (`organisation_id` 0; a division unless said otherwise), or change the one of
    that id: an empty name and no kind mean that these stay. Its code stays always.
    """
    with toolkit.database.write() as tx:
        if not organisation_id:
            seed = OrganisationSeed(_free_code(tx, name), name, kind or OrganisationKind.DIVISION)
            return _save(tx, actor, seed, now)
        target = organisations.by_id(tx, organisation_id)
        if target is None or not target.active:
            return Impossible("gone")
        seed = OrganisationSeed(target.code, name or target.name, kind or target.kind, target.parent)
        return _save(tx, actor, seed, now)


def _save(
    tx: Transaction, actor: Actor, seed: OrganisationSeed, now: datetime
) -> OrganisationSaved | NotAllowed | Impossible:
    if not may(standing(tx, actor, now.date()), Deed.MANAGE_ORGANISATIONS):
        return _refused(tx, actor, now, Deed.MANAGE_ORGANISATIONS, 0)
    if any(namesake.code != seed.code for namesake in organisations.by_name(tx, seed.name)):
        return Impossible("already_taken")
    added = organisations.by_code(tx, seed.code) is None
    organisations.save_organisations(tx, [seed])
    saved = organisations.by_code(tx, seed.code)
    assert saved is not None, "it was saved in this transaction"
    event = AuditEvent.ORGANISATION_ADDED if added else AuditEvent.ORGANISATION_CHANGED
    _write(tx, actor, now, event, saved.id, {"code": saved.code, "name": saved.name, "kind": saved.kind.value})
    return OrganisationSaved(saved, added)


def _free_code(tx: Transaction, name: str) -> str:
    """A code that nobody has, nor ever had: organisations are renamed, and a code taken twice would be one of them."""
    stem = f"o-{sha256(search_key(name).encode()).hexdigest()[:12]}"
    codes = chain([stem], (f"{stem}-{number}" for number in count(2)))
    return next(code for code in codes if organisations.by_code(tx, code) is None)


def import_organisations(
    toolkit: Toolkit, actor: Actor, seeds: Sequence[OrganisationSeed], now: datetime
) -> tuple[int, int, int] | NotAllowed:
    """Save many from a sheet: how many were added, changed, unchanged. The office and the command line alone.

    Links the channels that the sheet names as "TEAM:CHANNEL"; one without its workspace is left to `/gwannae 연결`.
    """
    with toolkit.database.write() as tx:
        if not may(standing(tx, actor, now.date()), Deed.MANAGE_ORGANISATIONS):
            return _refused(tx, actor, now, Deed.MANAGE_ORGANISATIONS, 0)
        saved = organisations.save_organisations(tx, seeds)
        for seed in seeds:
            if seed.channel and ":" in seed.channel:
                team_id, _, channel_id = seed.channel.partition(":")
                organisation = organisations.by_code(tx, seed.code)
                assert organisation is not None, "it was saved in this transaction"
                organisations.link_channel(tx, organisation.id, team_id, channel_id, by=actor, at=now)
        counts = len(saved.added), len(saved.changed), len(saved.unchanged)
        detail = {"added": counts[0], "changed": counts[1], "unchanged": counts[2]}
        _write(tx, actor, now, AuditEvent.ORGANISATION_CHANGED, 0, detail)
    return counts


def note_refusal(toolkit: Toolkit, actor: Actor, deed: Deed, now: datetime) -> NotAllowed:
    """Write down that somebody asked for a form that is not for them."""
    with toolkit.database.write() as tx:
        return _refused(tx, actor, now, deed, 0)


def _where_may(toolkit: Toolkit, actor: Actor, day: date, deed: Deed) -> tuple[Organisation, ...]:
    with toolkit.database.read() as tx:
        who = standing(tx, actor, day)
        every = organisations.all_organisations(tx)
    return tuple(o for o in every if may(who, deed, o.id))


def _refused(tx: Transaction, actor: Actor, now: datetime, deed: Deed, organisation_id: int) -> NotAllowed:
    """Every refusal is written down: who, what, when."""
    _write(tx, actor, now, AuditEvent.REFUSED, organisation_id, {"deed": deed.value})
    return NotAllowed()


def _write(
    tx: Transaction, actor: Actor, now: datetime, event: AuditEvent, organisation_id: int, detail: Mapping[str, object]
) -> None:
    subject = f"organisation:{organisation_id}"
    audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, event, subject, detail))
