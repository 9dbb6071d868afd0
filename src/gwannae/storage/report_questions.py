"""What a report finds when it arrives, in one round trip: form, organisation, reporter, firm, and a file's row like it.

Every report waits for this, and each question of its own would be a round trip more on PostgreSQL.
"""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Date, Integer, Select, Text, bindparam, func, literal, select, true

from gwannae.programme.organisations import Actor, Affiliation, Organisation, OrganisationKind, Role
from gwannae.programme.purchases import PurchaseSource, PurchaseState
from gwannae.programme.report_form import CheckedReport
from gwannae.programme.vendor_status import VendorCheck
from gwannae.programme.vendors import Vendor
from gwannae.storage.affiliations import OF_PERSON
from gwannae.storage.bulk import Row, as_day, read_at_once
from gwannae.storage.database import Transaction
from gwannae.storage.tables.people import organisations
from gwannae.storage.tables.purchases import purchases
from gwannae.storage.tables.registry import vendors
from gwannae.storage.vendors import AND_ANSWERS, with_answers

_O, _P, _V = organisations.c, purchases.c, vendors.c
_KINDS = {kind.value: kind for kind in OrganisationKind}
_ROLES = {role.value: role for role in Role}
_WHOSE, _WON = bindparam("organisation", type_=Integer), bindparam("won", type_=_P.amount.type)

# A span of one amount, in its order: PostgreSQL keeps its plan from the day on which there was no purchase, when every
# index that begins with the organisation was as good to it; this order only `ix_purchases_day` has.
_LIKE_IT = (
    select(_P.id)
    .where(
        _P.state == literal(PurchaseState.REPORTED.value),
        _P.organisation_id == _WHOSE,
        _P.contract_date == bindparam("contract_date", type_=Date),
        _P.amount.between(_WON, _WON),
        _P.source == literal(PurchaseSource.FILE.value),
    )
    .order_by(_P.amount)
    .limit(1)
    .scalar_subquery()
)
_STORED = select(_P.id).where(_P.form_key == bindparam("form")).scalar_subquery()
_HELD = OF_PERSON.order_by(None).subquery()
_CHOSEN, _TYPED = bindparam("vendor", type_=Integer), bindparam("number", type_=Text)
_OF_NUMBER = select(_V.id).where(_V.business_number == _TYPED).scalar_subquery()
_FIRM = AND_ANSWERS.where(_V.id == func.coalesce(_CHOSEN, _OF_NUMBER)).subquery()
_ONE = select(literal(1).label("one")).subquery()
FOUND: Select[Any] = select(
    _STORED, _LIKE_IT, _O.id, _O.code, _O.name, _O.kind, _O.parent, _O.active, *_HELD.c, *_FIRM.c
).select_from(_ONE.outerjoin(organisations, _O.id == _WHOSE).outerjoin(_HELD, true()).outerjoin(_FIRM, true()))
_HELD_FROM, _FIRM_FROM = 8, 8 + len(_HELD.c)


class Found(NamedTuple):
    """`stored`: a purchase has this form's key. `like_it`: a file brought one in of this organisation, day and amount.
    `organisation` is None where there is no such one; `affiliations` are what the reporter is today. `firm` is the
    registry's, with all that the tax office ever answered about it; None where it has no such one.
    """

    stored: bool
    like_it: bool
    organisation: Organisation | None
    affiliations: tuple[Affiliation, ...]
    firm: tuple[Vendor, list[VendorCheck]] | None


def ask(tx: Transaction, report: CheckedReport, actor: Actor, today: date) -> Found:
    """All of it as it is now. The firm is the one that was chosen, or the one whose business number was typed."""
    given = {
        "form": report.form_key,
        "organisation": report.organisation_id,
        "contract_date": report.contract_date,
        "won": report.amount,
        "vendor": report.vendor_id,
        "number": report.firm_number or None,
        "team": actor.team_id,
        "user": actor.user_id,
        "day": today,
    }
    rows = read_at_once(tx, FOUND, given)
    stored, like_it, *of_organisation = rows[0][:_HELD_FROM]
    by_id = {row[_HELD_FROM]: row[_HELD_FROM:_FIRM_FROM] for row in rows if row[_HELD_FROM] is not None}
    held = sorted(map(_affiliation, by_id.values()), key=lambda a: (a.since, a.id))
    firm = with_answers(row[_FIRM_FROM:] for row in rows if row[_FIRM_FROM] is not None)
    whose = None if of_organisation[0] is None else _organisation(of_organisation)
    return Found(stored is not None, like_it is not None, whose, tuple(held), firm)


def _organisation(columns: Any) -> Organisation:
    of_id, code, name, kind, parent, active = columns
    return Organisation(of_id, code, name, _KINDS[kind], parent, bool(active))


def _affiliation(row: Row) -> Affiliation:
    of_id, role, self_declared, since, until, team, user, *whose = row
    began = as_day(since)
    assert began is not None
    return Affiliation(of_id, team, user, _organisation(whose), _ROLES[role], bool(self_declared), began, as_day(until))
