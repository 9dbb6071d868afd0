"""부서·기관: linking channels, adding and changing organisations, taking one out of the programme and back in."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from itertools import chain, count

from gwannae.actions.people import standing
from gwannae.actions.permission import allowed, refuse
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import (
    ChannelLinked,
    ChannelUnlinked,
    Impossible,
    NotAllowed,
    OrganisationSaved,
)
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.hangul import search_key
from gwannae.programme.organisations import Actor, Organisation, OrganisationKind, OrganisationSeed
from gwannae.programme.roles import Deed, may
from gwannae.storage import audit, organisations
from gwannae.storage.database import Transaction


def may_link(toolkit: Toolkit, actor: Actor, day: date) -> tuple[Organisation, ...]:
    """The organisations to which this person may link a channel: the office all, a lead their own."""
    with toolkit.database.read() as tx:
        who = standing(tx, actor, day)
        every = organisations.all_organisations(tx)
    return tuple(o for o in every if may(who, Deed.LINK_CHANNEL, o.id))


def may_change(toolkit: Toolkit, actor: Actor, day: date) -> tuple[Organisation, ...]:
    """The organisations that this person may change: the office all, those that take no part any more too."""
    with toolkit.database.read() as tx:
        if not may(standing(tx, actor, day), Deed.MANAGE_ORGANISATIONS):
            return ()
        return tuple(organisations.all_organisations(tx, active_only=False))


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
        if organisation is None or not organisation.active:
            return Impossible("gone")
        former = organisations.organisation_of_channel(tx, actor.team_id, channel_id)
        for asked in (organisation, former):
            if asked is not None and not _allowed(tx, actor, now, Deed.LINK_CHANNEL, asked.id):
                return NotAllowed()
        if former is not None and former.id == organisation.id:
            return ChannelLinked(channel_id, organisation, None)  # pressed twice: nothing more is written down
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
        if not _allowed(tx, actor, now, Deed.LINK_CHANNEL, former.id):
            return NotAllowed()
        organisations.unlink_channel(tx, actor.team_id, channel_id)
        _write(tx, actor, now, AuditEvent.CHANNEL_UNLINKED, former.id, {"channel": channel_id})
        return ChannelUnlinked(channel_id, former)


def save_by_form(
    toolkit: Toolkit,
    actor: Actor,
    organisation_id: int,
    name: str,
    kind: OrganisationKind | None,
    now: datetime,
    takes_part: bool | None = None,
) -> OrganisationSaved | NotAllowed | Impossible:
    """Add an organisation of this name (`organisation_id` 0; a division unless said otherwise), or change the one of
    that id: an empty name, no kind and no `takes_part` mean that these stay. Its code stays always.

    One that takes no part disappears from choices; its channels stay linked, its reports and people stay. The
    programme office cannot be taken out.
    """
    with toolkit.database.write() as tx:
        if not _allowed(tx, actor, now, Deed.MANAGE_ORGANISATIONS, organisation_id):
            return NotAllowed()
        if not organisation_id:
            if takes_part is False:
                return Impossible("none_chosen")
            added = OrganisationSeed(_free_code(tx, name), name, kind or OrganisationKind.DIVISION)
            return _save(tx, actor, added, now)
        target = organisations.by_id(tx, organisation_id)
        if target is None:
            return Impossible("gone")
        if takes_part is False and target.code == toolkit.city.programme_office_code:
            return Impossible("office_takes_part")
        if takes_part is None and not target.active:
            return Impossible("takes_no_part")
        seed = OrganisationSeed(target.code, name or target.name, kind or target.kind, target.parent)
        return _save(tx, actor, seed, now, takes_part=takes_part is not False)


def _save(
    tx: Transaction, actor: Actor, seed: OrganisationSeed, now: datetime, *, takes_part: bool = True
) -> OrganisationSaved | Impossible:
    if takes_part and any(namesake.code != seed.code for namesake in organisations.by_name(tx, seed.name)):
        return Impossible("already_taken")
    before = organisations.by_code(tx, seed.code)
    organisations.save_organisations(tx, [seed], _since(tx, now))
    saved = organisations.by_code(tx, seed.code)
    assert saved is not None, "it was saved in this transaction"
    if not takes_part:
        saved = organisations.set_active(tx, saved.id, active=False)
        assert saved is not None, "it was saved in this transaction"
    if saved != before:  # pressed twice nothing more is written down
        event = AuditEvent.ORGANISATION_CHANGED if before else AuditEvent.ORGANISATION_ADDED
        detail = {"code": saved.code, "name": saved.name, "kind": saved.kind.value, "active": saved.active}
        _write(tx, actor, now, event, saved.id, detail)
    return OrganisationSaved(saved, added=before is None, came_back=before is not None and saved.active > before.active)


def _since(tx: Transaction, now: datetime) -> date | None:
    """From when on something is asked of whoever is added now: while the office sets the programme up, always."""
    from gwannae.storage import posting_state  # nothing that a start needs

    return None if posting_state.state(tx).started_at is None else now.date()


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
    The same sheet again changes nothing, not even the audit log.
    """
    with toolkit.database.write() as tx:
        if not _allowed(tx, actor, now, Deed.MANAGE_ORGANISATIONS, 0):
            return NotAllowed()
        saved = organisations.save_organisations(tx, seeds, _since(tx, now))
        link_named_channels(tx, actor, seeds, now)
        counts = len(saved.added), len(saved.changed), len(saved.unchanged)
        if saved.added or saved.changed:
            detail = {"added": counts[0], "changed": counts[1], "unchanged": counts[2]}
            _write(tx, actor, now, AuditEvent.ORGANISATION_CHANGED, 0, detail)
    return counts


def link_named_channels(tx: Transaction, by: Actor, seeds: Sequence[OrganisationSeed], now: datetime) -> None:
    """Link the channels that stored organisations' seeds name as "TEAM:CHANNEL"; what is linked so already stays."""
    for seed in seeds:
        team_id, colon, channel_id = (seed.channel or "").partition(":")
        if not colon:
            continue
        organisation = organisations.by_code(tx, seed.code)
        assert organisation is not None, "seeds are saved before their channels are linked"
        former = organisations.organisation_of_channel(tx, team_id, channel_id)
        if former is not None and former.id == organisation.id:
            continue
        organisations.link_channel(tx, organisation.id, team_id, channel_id, by=by, at=now)
        detail = {"team": team_id, "channel": channel_id, "former": former.code if former else None}
        _write(tx, by, now, AuditEvent.CHANNEL_LINKED, organisation.id, detail)


def note_refusal(toolkit: Toolkit, actor: Actor, deed: Deed, now: datetime) -> NotAllowed:
    """Write down that somebody asked for a form that is not for them."""
    with toolkit.database.write() as tx:
        refuse(tx, actor, now, deed, "organisation:0")
    return NotAllowed()


def _allowed(tx: Transaction, actor: Actor, now: datetime, deed: Deed, organisation_id: int) -> bool:
    return allowed(tx, actor, now, deed, f"organisation:{organisation_id}", organisation_id)


def _write(
    tx: Transaction, actor: Actor, now: datetime, event: AuditEvent, organisation_id: int, detail: Mapping[str, object]
) -> None:
    subject = f"organisation:{organisation_id}"
    audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, event, subject, detail))
