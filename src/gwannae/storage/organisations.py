"""Organisations (부서·기관) and the channels that speak for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, delete, insert, select, update

from gwannae.programme.hangul import search_key
from gwannae.programme.organisations import Actor, Organisation, OrganisationKind, OrganisationSeed
from gwannae.storage.database import Transaction
from gwannae.storage.tables.people import organisation_channels as channels
from gwannae.storage.tables.people import organisations

_ALL = select(organisations)
_BY_ID = _ALL.where(organisations.c.id == bindparam("of"))
_BY_CODE = _ALL.where(organisations.c.code == bindparam("of"))
_OF_CHANNEL = _ALL.join(channels, channels.c.organisation_id == organisations.c.id).where(
    channels.c.team_id == bindparam("team"), channels.c.channel_id == bindparam("channel")
)
_CHANNELS_OF = (
    select(channels.c.team_id, channels.c.channel_id)
    .where(channels.c.organisation_id == bindparam("of"))
    .order_by(channels.c.id)
)
_ACTIVE_CODES = select(organisations.c.code).where(organisations.c.active).order_by(organisations.c.id)
_BEGINNINGS = select(organisations.c.id, organisations.c.since).where(organisations.c.since.is_not(None))
_UNLINKED = _ALL.where(
    organisations.c.active, ~select(channels.c.id).where(channels.c.organisation_id == organisations.c.id).exists()
)
_CHANGE = update(organisations).where(organisations.c.id == bindparam("of"))
_UNLINK = delete(channels).where(channels.c.team_id == bindparam("team"), channels.c.channel_id == bindparam("channel"))


@dataclass(frozen=True, slots=True)
class OrganisationChange:
    """An organisation before and after."""

    before: Organisation
    after: Organisation


@dataclass(frozen=True, slots=True)
class SavedOrganisations:
    """What saving a list did."""

    added: tuple[Organisation, ...]
    changed: tuple[OrganisationChange, ...]
    unchanged: tuple[Organisation, ...]


def all_organisations(tx: Transaction, *, active_only: bool = True) -> list[Organisation]:
    """All organisations by name (in the order of Unicode, which is the order of Hangul)."""
    found = [organisation_of(row) for row in tx.execute(_ALL).mappings()]
    return sorted((o for o in found if o.active or not active_only), key=lambda o: (o.name, o.id))


def active_codes(tx: Transaction) -> list[str]:
    """The codes of those that take part, in the order in which they were added."""
    return list(tx.execute(_ACTIVE_CODES).scalars())


def by_id(tx: Transaction, organisation_id: int) -> Organisation | None:
    """The organisation of that id, active or not."""
    return _one(tx.execute(_BY_ID, {"of": organisation_id}).mappings().first())


def by_code(tx: Transaction, code: str) -> Organisation | None:
    """The organisation of that code, active or not."""
    return _one(tx.execute(_BY_CODE, {"of": code}).mappings().first())


def by_name(tx: Transaction, name: str) -> list[Organisation]:
    """Active organisations of that name, spaces and width apart. More than one: names repeat between districts."""
    key = search_key(name)
    return [o for o in all_organisations(tx) if key and search_key(o.name) == key]


def beginnings(tx: Transaction) -> dict[int, date]:
    """Since when those take part that were added once the programme ran; all others always did."""
    return {row.id: row.since for row in tx.execute(_BEGINNINGS)}


def save_organisations(
    tx: Transaction, seeds: Sequence[OrganisationSeed], since: date | None = None
) -> SavedOrganisations:
    """Add or change organisations by code; one that is named again is active again. Those not named stay as they are.
    `since`: the day from which a new one takes part.

    Of two seeds with one code the later one holds.
    """
    known = {o.code: o for o in all_organisations(tx, active_only=False)}
    added: list[Organisation] = []
    changed: list[OrganisationChange] = []
    unchanged: list[Organisation] = []
    for seed in {seed.code: seed for seed in seeds}.values():
        before = known.get(seed.code)
        values = {"name": seed.name, "kind": seed.kind.value, "parent": seed.parent, "active": True}
        if before is None:
            added.append(_add(tx, {"code": seed.code, "since": since, **values}))
            continue
        after = Organisation(before.id, seed.code, seed.name, seed.kind, seed.parent)
        if after == before:
            unchanged.append(before)
            continue
        tx.execute(_CHANGE.values(values), {"of": before.id})
        changed.append(OrganisationChange(before, after))
    return SavedOrganisations(tuple(added), tuple(changed), tuple(unchanged))


def rename(tx: Transaction, organisation_id: int, name: str) -> Organisation | None:
    """Give it another name; None when there is no such organisation."""
    tx.execute(_CHANGE.values(name=name), {"of": organisation_id})
    return by_id(tx, organisation_id)


def set_active(tx: Transaction, organisation_id: int, *, active: bool) -> Organisation | None:
    """Take it out of the programme or back in; its purchases stay. None when there is no such organisation."""
    tx.execute(_CHANGE.values(active=active), {"of": organisation_id})
    return by_id(tx, organisation_id)


def link_channel(
    tx: Transaction, organisation_id: int, team_id: str, channel_id: str, *, by: Actor, at: datetime
) -> Organisation | None:
    """Let a channel speak for the organisation. Returns the one that it spoke for before, None if for nobody."""
    former = unlink_channel(tx, team_id, channel_id)
    tx.execute(
        insert(channels),
        {
            "organisation_id": organisation_id,
            "team_id": team_id,
            "channel_id": channel_id,
            "linked_by_team": by.team_id,
            "linked_by_user": by.user_id,
            "linked_at": at,
        },
    )
    return former


def unlink_channel(tx: Transaction, team_id: str, channel_id: str) -> Organisation | None:
    """Let a channel speak for nobody. Returns the organisation that it spoke for before."""
    former = organisation_of_channel(tx, team_id, channel_id)
    if former is not None:
        tx.execute(_UNLINK, {"team": team_id, "channel": channel_id})
    return former


def organisation_of_channel(tx: Transaction, team_id: str, channel_id: str) -> Organisation | None:
    """The organisation that a channel speaks for."""
    return _one(tx.execute(_OF_CHANNEL, {"team": team_id, "channel": channel_id}).mappings().first())


def channels_of(tx: Transaction, organisation_id: int) -> list[tuple[str, str]]:
    """Its channels as (team, channel), in the order in which they were linked."""
    return [(row.team_id, row.channel_id) for row in tx.execute(_CHANNELS_OF, {"of": organisation_id})]


def unlinked(tx: Transaction) -> list[Organisation]:
    """Active organisations without a channel, by name."""
    return sorted((organisation_of(row) for row in tx.execute(_UNLINKED).mappings()), key=lambda o: (o.name, o.id))


def organisation_of(row: RowMapping | dict[str, Any]) -> Organisation:
    """The programme's value of a row that holds the columns of `organisations`."""
    return Organisation(
        row["id"], row["code"], row["name"], OrganisationKind(row["kind"]), row["parent"], bool(row["active"])
    )


def _add(tx: Transaction, values: dict[str, Any]) -> Organisation:
    result = tx.execute(insert(organisations).returning(organisations.c.id), values)
    return organisation_of({**values, "id": result.scalar_one()})


def _one(row: RowMapping | None) -> Organisation | None:
    return None if row is None else organisation_of(row)
