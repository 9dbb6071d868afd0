"""Who acts for which organisation, from when until when."""

from datetime import date
from typing import Any

from sqlalchemy import Row, Select, bindparam, or_, select, update

from gwannae.programme.organisations import Actor, Affiliation, Organisation, OrganisationKind, Role
from gwannae.storage.database import Transaction
from gwannae.storage.statements import insert_if_absent
from gwannae.storage.tables.people import affiliations, members, organisations

_JOINED: Select[Any] = (
    select(
        affiliations.c.id,
        affiliations.c.role,
        affiliations.c.self_declared,
        affiliations.c.since,
        affiliations.c.until,
        members.c.team_id,
        members.c.user_id,
        organisations.c.id.label("organisation_id"),
        organisations.c.code,
        organisations.c.name,
        organisations.c.kind,
        organisations.c.parent,
        organisations.c.active,
    )
    .join(members, members.c.id == affiliations.c.member_id)
    .join(organisations, organisations.c.id == affiliations.c.organisation_id)
    .order_by(affiliations.c.since, affiliations.c.id)
)
_HOLDS = (
    affiliations.c.since <= bindparam("day"),
    or_(affiliations.c.until.is_(None), affiliations.c.until > bindparam("day")),
)
OF_PERSON = _JOINED.where(members.c.team_id == bindparam("team"), members.c.user_id == bindparam("user"), *_HOLDS)
_OF_ORGANISATION = _JOINED.where(affiliations.c.organisation_id == bindparam("organisation"), *_HOLDS)
_SELF_DECLARED = _JOINED.where(affiliations.c.self_declared, *_HOLDS)
_OF_ROLE = _JOINED.where(affiliations.c.role == bindparam("role"), *_HOLDS)
_BY_ID = _JOINED.where(affiliations.c.id == bindparam("of"))
_OPEN = _JOINED.where(
    members.c.team_id == bindparam("team"),
    members.c.user_id == bindparam("user"),
    affiliations.c.organisation_id == bindparam("organisation"),
    affiliations.c.role == bindparam("role"),
    affiliations.c.until.is_(None),
)
_EVER = _JOINED.where(
    members.c.team_id == bindparam("team"),
    members.c.user_id == bindparam("user"),
    affiliations.c.role == bindparam("role"),
)
_ON_DAY = _JOINED.where(*_HOLDS)
_NEW_LEADS = _JOINED.where(
    *_HOLDS,
    affiliations.c.since >= bindparam("first"),
    affiliations.c.role == bindparam("role"),
    ~affiliations.c.self_declared,
    organisations.c.active,
)
_AHEAD = _JOINED.where(affiliations.c.since > bindparam("day"), affiliations.c.until > affiliations.c.since)
_BETWEEN = _JOINED.where(
    members.c.team_id == bindparam("team"),
    members.c.user_id == bindparam("user"),
    affiliations.c.organisation_id == bindparam("organisation"),
    affiliations.c.since < bindparam("until"),
    or_(affiliations.c.until.is_(None), affiliations.c.until > bindparam("first")),
)
_TAKEN_BACK = (
    select(affiliations.c.organisation_id)
    .join(members, members.c.id == affiliations.c.member_id)
    .where(
        members.c.team_id == bindparam("team"),
        members.c.user_id == bindparam("user"),
        affiliations.c.taken_back,
    )
)
_HELD_OFFICE = (
    select(affiliations.c.id)
    .where(affiliations.c.role == Role.OFFICE.value, affiliations.c.until.is_(None))
    .order_by(affiliations.c.id)
    .with_for_update()
)
_MEMBER = select(members.c.id).where(members.c.team_id == bindparam("team"), members.c.user_id == bindparam("user"))
_END = (
    update(affiliations)
    .where(
        affiliations.c.id == bindparam("of"),
        or_(affiliations.c.until.is_(None), affiliations.c.until > bindparam("day")),
    )
    .values(until=bindparam("day"), taken_back=bindparam("took"))
)


def affiliations_of(tx: Transaction, team_id: str, user_id: str, day: date) -> tuple[Affiliation, ...]:
    """What a person is on a day, in the order in which it began."""
    found = tx.execute(OF_PERSON, {"team": team_id, "user": user_id, "day": day})
    return tuple(_affiliation(row) for row in found)


def taken_back_from(tx: Transaction, team_id: str, user_id: str) -> frozenset[int]:
    """Ids of the organisations that somebody else took from a person, who cannot name them again."""
    return frozenset(tx.execute(_TAKEN_BACK, {"team": team_id, "user": user_id}).scalars())


def add_affiliation(
    tx: Transaction,
    team_id: str,
    user_id: str,
    organisation_id: int,
    role: Role,
    *,
    self_declared: bool,
    since: date,
    by: Actor,
) -> Affiliation:
    """Give a role. The same open one is returned as it is; one that the person declared is replaced by a given one."""
    wanted = {"team": team_id, "user": user_id, "organisation": organisation_id, "role": role.value}
    held = tx.execute(_OPEN, wanted).first()
    if held is not None:
        if self_declared or not held.self_declared:
            return _affiliation(held)
        end_affiliation(tx, held.id, since)
    tx.execute(
        insert_if_absent(tx, affiliations, "id"),
        {
            "member_id": _member(tx, team_id, user_id),
            "organisation_id": organisation_id,
            "role": role.value,
            "self_declared": self_declared,
            "since": since,
            "until": None,
            "given_by_team": by.team_id,
            "given_by_user": by.user_id,
        },
    )
    return _affiliation(tx.execute(_OPEN, wanted).one())


def add_dated(
    tx: Transaction,
    team_id: str,
    user_id: str,
    organisation_id: int,
    role: Role,
    *,
    since: date,
    until: date,
    by: Actor,
) -> Affiliation:
    """Give a role that ends by itself: `until` is the first day without it."""
    made = tx.execute(
        insert_if_absent(tx, affiliations, "id"),
        {
            "member_id": _member(tx, team_id, user_id),
            "organisation_id": organisation_id,
            "role": role.value,
            "self_declared": False,
            "since": since,
            "until": until,
            "given_by_team": by.team_id,
            "given_by_user": by.user_id,
        },
    ).scalar_one()
    return _affiliation(tx.execute(_BY_ID, {"of": made}).one())


def held_between(
    tx: Transaction, team_id: str, user_id: str, organisation_id: int, first: date, until: date
) -> list[Affiliation]:
    """What a person is for an organisation on one of the days from `first` to the day before `until`."""
    span = {"team": team_id, "user": user_id, "organisation": organisation_id, "first": first, "until": until}
    return [found for row in tx.execute(_BETWEEN, span) if (found := _affiliation(row)).until != found.since]


def beginning_after(tx: Transaction, day: date) -> list[Affiliation]:
    """Dated roles that begin after a day."""
    return [_affiliation(row) for row in tx.execute(_AHEAD, {"day": day})]


def end_affiliation(
    tx: Transaction, affiliation_id: int, until: date, *, taken_back: bool = False
) -> Affiliation | None:
    """End an affiliation: `until` is the first day without it, `taken_back` whether another person ends it.

    One that is over stays as it was; None: there is no such one.
    """
    held = tx.execute(_BY_ID, {"of": affiliation_id}).first()
    if held is None:
        return None
    # taken back on an earlier day than it was to begin on: it never held
    tx.execute(_END, {"of": affiliation_id, "day": max(until, held.since), "took": taken_back})
    return _affiliation(tx.execute(_BY_ID, {"of": affiliation_id}).one())


def by_id(tx: Transaction, affiliation_id: int) -> Affiliation | None:
    """The affiliation of that id, over or not."""
    row = tx.execute(_BY_ID, {"of": affiliation_id}).first()
    return None if row is None else _affiliation(row)


def ever_had(tx: Transaction, team_id: str, user_id: str, role: Role) -> bool:
    """Whether a person was ever given this role for any organisation, ended or not."""
    rows = tx.execute(_EVER, {"team": team_id, "user": user_id, "role": role.value})
    return any(not row.self_declared for row in rows)


def people_of(tx: Transaction, organisation_id: int, day: date) -> list[Affiliation]:
    """Everybody who has a role for an organisation on a day."""
    return [_affiliation(row) for row in tx.execute(_OF_ORGANISATION, {"organisation": organisation_id, "day": day})]


def everybody(tx: Transaction, day: date) -> list[Affiliation]:
    """All roles that somebody has on a day, for whichever organisation."""
    return [_affiliation(row) for row in tx.execute(_ON_DAY, {"day": day})]


def self_declared_open(tx: Transaction, day: date) -> list[Affiliation]:
    """What people said of themselves and nobody has confirmed or taken back."""
    return [_affiliation(row) for row in tx.execute(_SELF_DECLARED, {"day": day})]


def leads_since(tx: Transaction, first: date, last: date) -> list[Affiliation]:
    """Who became a lead of an organisation from `first` to `last`, both inclusive, and is one still on the last day."""
    rows = tx.execute(_NEW_LEADS, {"first": first, "day": last, "role": Role.LEAD.value})
    return [_affiliation(row) for row in rows]


def office_people(tx: Transaction, day: date) -> list[tuple[str, str]]:
    """The programme office's people on a day, as (team, user)."""
    return of_role(tx, Role.OFFICE, day)


def of_role(tx: Transaction, role: Role, day: date) -> list[tuple[str, str]]:
    """Who was given a role for whichever organisation on a day, as (team, user)."""
    rows = tx.execute(_OF_ROLE, {"role": role.value, "day": day})
    return list(dict.fromkeys((row.team_id, row.user_id) for row in rows if not row.self_declared))


def hold_office(tx: Transaction) -> None:
    """Let nobody else end a role of the programme office until this transaction ends, so that two at once cannot take
    out its last two. On SQLite one writes at a time anyway.
    """
    tx.execute(_HELD_OFFICE).all()


def _member(tx: Transaction, team_id: str, user_id: str) -> int:
    person = {"team_id": team_id, "user_id": user_id}
    made = tx.execute(insert_if_absent(tx, members, "id"), person).scalar()
    if made is None:
        made = tx.execute(_MEMBER, {"team": team_id, "user": user_id}).scalar_one()
    return int(made)


def _affiliation(row: Row[Any]) -> Affiliation:
    organisation = Organisation(
        row.organisation_id, row.code, row.name, OrganisationKind(row.kind), row.parent, bool(row.active)
    )
    return Affiliation(
        row.id, row.team_id, row.user_id, organisation, Role(row.role), bool(row.self_declared), row.since, row.until
    )
