"""Writes the made-up year into a fresh database, once, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from gwannae.actions.city import seed_city
from gwannae.actions.toolkit import Toolkit
from gwannae.bot.demo_year.firms import AS_OF, DEMO_TODAY, SOURCE, demo_vendors
from gwannae.bot.demo_year.people import (
    DemoOrganisation,
    DemoPerson,
    demo_colleagues,
    demo_organisations,
    demo_people,
)
from gwannae.bot.demo_year.purchases import DemoPurchase, demo_purchases
from gwannae.bot.demo_year.reasons import sow_reasons
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.city import City
from gwannae.programme.hangul import search_key
from gwannae.programme.organisations import COMMAND_LINE, Actor, Organisation
from gwannae.programme.purchases import Purchase
from gwannae.programme.vendors import Vendor
from gwannae.storage import affiliations, audit, missing_items, organisations, purchases
from gwannae.storage import vendors as vendor_store
from gwannae.storage.database import Transaction
from gwannae.storage.vendor_import import end_import, insert_vendors, lock_registry

BEGUN = date(2027, 1, 4)
MISSED = (("드론 방제", 4), ("점자 명함", 2), ("수어 통역", 1))  # what was looked for in vain, and how often


@dataclass(frozen=True, slots=True)
class SownYear:
    """The year that the database holds. `people` are those to act as, `colleagues` the others who have reported;
    `sown` tells whether it was written now.
    """

    sown: bool
    team_id: str
    organisations: tuple[DemoOrganisation, ...]
    people: tuple[DemoPerson, ...]
    colleagues: tuple[DemoPerson, ...]


def demo_now(city: City) -> datetime:
    """The moment at which the demo begins: ten in the morning of its day, in the city's zone."""
    return datetime.combine(DEMO_TODAY, time(10), city.zone)


def sow(toolkit: Toolkit, team_id: str) -> SownYear:
    """Write the made-up year for one workspace; a registry that holds any firm is left as it is."""
    city = toolkit.city
    begun = datetime.combine(BEGUN, time(9), city.zone)
    seed_city(toolkit, begun)
    with toolkit.database.read() as tx:
        empty = vendor_store.registry(tx).vendors == 0
    if empty:
        with toolkit.database.write() as tx:
            lock_registry(tx)
            empty = vendor_store.registry(tx).vendors == 0  # another process may have been faster
            if empty:
                vendors = _sow_vendors(tx, city)
                taking_part = _sow_organisations(tx, city, team_id, begun)
                _sow_people(tx, city, team_id, begun)
                made = _sow_purchases(tx, team_id, demo_purchases(city, vendors, taking_part))
                sow_reasons(tx, city, team_id, made, vendors)
                _sow_missing(tx, taking_part, demo_now(city))
    return SownYear(empty, team_id, demo_organisations(city), demo_people(city), demo_colleagues(city))


def _sow_vendors(tx: Transaction, city: City) -> list[Vendor]:
    made = demo_vendors(city)
    at = datetime.combine(AS_OF, time(9), city.zone)
    ids = insert_vendors(tx, made, at=at)
    end_import(tx, as_of=AS_OF, at=at)
    detail = {"source": SOURCE, "added": len(made)}
    audit.write(tx, AuditEntry(at, "", COMMAND_LINE.user_id, AuditEvent.VENDORS_IMPORTED, "registry", detail))
    return [replace(vendor, id=vendor_id) for vendor, vendor_id in zip(made, ids, strict=True)]


def _sow_organisations(tx: Transaction, city: City, team_id: str, at: datetime) -> list[Organisation]:
    stored = []
    for taking_part in demo_organisations(city):
        organisation = _stored(tx, taking_part.seed.code)
        organisations.link_channel(tx, organisation.id, team_id, taking_part.channel_id, by=COMMAND_LINE, at=at)
        detail = {"channel": taking_part.channel_id, "former": None}
        subject = f"organisation:{organisation.id}"
        audit.write(tx, AuditEntry(at, team_id, COMMAND_LINE.user_id, AuditEvent.CHANNEL_LINKED, subject, detail))
        stored.append(organisation)
    return stored


def _sow_people(tx: Transaction, city: City, team_id: str, at: datetime) -> None:
    for person in (*demo_people(city), *demo_colleagues(city)):
        if person.organisation_code is None or person.role is None:
            continue
        organisation = _stored(tx, person.organisation_code)
        by = Actor(team_id, person.user_id) if person.self_declared else COMMAND_LINE
        event = AuditEvent.AFFILIATION_DECLARED if person.self_declared else AuditEvent.AFFILIATION_GIVEN
        affiliations.add_affiliation(
            tx,
            team_id,
            person.user_id,
            organisation.id,
            person.role,
            self_declared=person.self_declared,
            since=at.date(),
            by=by,
        )
        subject = f"organisation:{organisation.id}"
        detail = {"user": person.user_id, "role": person.role.value}
        audit.write(tx, AuditEntry(at, team_id, by.user_id, event, subject, detail))


def _sow_purchases(tx: Transaction, team_id: str, made: Sequence[DemoPurchase]) -> list[tuple[DemoPurchase, Purchase]]:
    """What is stored of each, in its latest version."""
    kept = []
    for one in made:
        actor = Actor(team_id, one.reporter.user_id)
        first = replace(one.draft, amount=one.typed_amount or one.draft.amount)
        declared = one.reporter.self_declared
        stored = purchases.add(tx, first, one.judgement, actor=actor, self_declared=declared, at=one.reported_at)
        _write(tx, actor, one.reported_at, AuditEvent.PURCHASE_REPORTED, stored)
        if one.changed_at is None:
            kept.append((one, stored))
            continue
        if one.cancelled:
            stored = purchases.cancel(tx, stored.id, stored.version, actor=actor, at=one.changed_at)
            event = AuditEvent.PURCHASE_CANCELLED
        else:
            stored = purchases.change(
                tx, stored.id, stored.version, one.draft, one.judgement, actor=actor, at=one.changed_at
            )
            event = AuditEvent.PURCHASE_CHANGED
        _write(tx, actor, one.changed_at, event, stored)
        kept.append((one, stored))
    return kept


def _sow_missing(tx: Transaction, taking_part: Sequence[Organisation], at: datetime) -> None:
    for word, times in MISSED:
        for index in range(times):
            missing_items.add(tx, word, search_key(word), taking_part[index % len(taking_part)].id, at)


def _stored(tx: Transaction, code: str) -> Organisation:
    found = organisations.by_code(tx, code)
    assert found is not None, "the city file's organisations were sown before"
    return found


def _write(tx: Transaction, actor: Actor, at: datetime, event: AuditEvent, purchase: Purchase) -> None:
    detail = {"version": purchase.version, "verdict": purchase.judgement.verdict.value}
    audit.write(tx, AuditEntry(at, actor.team_id, actor.user_id, event, f"purchase:{purchase.id}", detail))
