"""What a report finds when it arrives, in one round trip: form, organisation, reporter, and a file's row like it.

Every report waits for this, and each question of its own would be a round trip more on PostgreSQL.
"""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Date, Integer, Select, bindparam, func, literal, select, true

from gwannae.programme.organisations import Actor, Affiliation, Organisation, OrganisationKind, Role
from gwannae.programme.purchases import PurchaseSource, PurchaseState
from gwannae.storage.affiliations import OF_PERSON
from gwannae.storage.bulk import Row, as_day, read_at_once
from gwannae.storage.database import Transaction
from gwannae.storage.tables.people import organisations
from gwannae.storage.tables.purchases import purchases

_O, _P = organisations.c, purchases.c
_KINDS = {kind.value: kind for kind in OrganisationKind}
_ROLES = {role.value: role for role in Role}
_WHOSE = bindparam("organisation", type_=Integer)

_LIKE_IT = (
    select(func.min(_P.id))
    .where(
        _P.state == literal(PurchaseState.REPORTED.value),
        _P.organisation_id == _WHOSE,
        _P.contract_date == bindparam("contract_date", type_=Date),
        _P.amount == bindparam("won", type_=_P.amount.type),
        _P.source == literal(PurchaseSource.FILE.value),
    )
    .scalar_subquery()
)
_STORED = select(_P.id).where(_P.form_key == bindparam("form")).scalar_subquery()
_HELD = OF_PERSON.order_by(None).subquery()
_ONE = select(literal(1).label("one")).subquery()
_FOUND: Select[Any] = select(
    _STORED, _LIKE_IT, _O.id, _O.code, _O.name, _O.kind, _O.parent, _O.active, *_HELD.c
).select_from(_ONE.outerjoin(organisations, _O.id == _WHOSE).outerjoin(_HELD, true()))


class Found(NamedTuple):
    """`stored`: a purchase has this form's key. `like_it`: a file brought one in of this organisation, day and amount.
    `organisation` is None where there is no such one; `affiliations` are what the reporter is today.
    """

    stored: bool
    like_it: bool
    organisation: Organisation | None
    affiliations: tuple[Affiliation, ...]


def ask(
    tx: Transaction, form_key: str, organisation_id: int, contract_date: date, amount: int, actor: Actor, today: date
) -> Found:
    """All of it as it is now."""
    given = {
        "form": form_key,
        "organisation": organisation_id,
        "contract_date": contract_date,
        "won": amount,
        "team": actor.team_id,
        "user": actor.user_id,
        "day": today,
    }
    rows = read_at_once(tx, _FOUND, given)
    stored, like_it, *of_organisation = rows[0][:8]
    held = sorted((_affiliation(row[8:]) for row in rows if row[8] is not None), key=lambda a: (a.since, a.id))
    whose = None if of_organisation[0] is None else _organisation(of_organisation)
    return Found(stored is not None, like_it is not None, whose, tuple(held))


def _organisation(columns: Any) -> Organisation:
    of_id, code, name, kind, parent, active = columns
    return Organisation(of_id, code, name, _KINDS[kind], parent, bool(active))


def _affiliation(row: Row) -> Affiliation:
    of_id, role, self_declared, since, until, team, user, *whose = row
    began = as_day(since)
    assert began is not None
    return Affiliation(of_id, team, user, _organisation(whose), _ROLES[role], bool(self_declared), began, as_day(until))
