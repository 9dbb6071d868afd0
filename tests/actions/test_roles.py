"""Roles given and ended: the office is never left without anybody, and is known by its code, not by its name."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from gwannae.actions import permission
from gwannae.actions.city import seed_people
from gwannae.actions.localvendor import office_addresses
from gwannae.actions.people import organisation_choice
from gwannae.actions.roles import give_role, take_back
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import AffiliationEnded, RoleGiven
from gwannae.programme.audit import AuditEvent
from gwannae.programme.organisations import COMMAND_LINE, Actor, Affiliation, Role
from gwannae.programme.roles import Deed
from gwannae.storage import affiliations, audit, organisations
from gwannae.storage.database import Database
from tests.actions.importing import FIRST, a_toolkit

A, B = Actor("T1", "U0A"), Actor("T1", "U0B")


@pytest.fixture
def toolkit(database: Database) -> Iterator[Toolkit]:
    with a_toolkit(database.url) as opened:
        yield opened


def of(toolkit: Toolkit, code: str) -> int:
    with toolkit.database.read() as tx:
        found = organisations.by_code(tx, code)
    assert found is not None
    return found.id


def given(toolkit: Toolkit, actor: Actor, role: Role, code: str = "economy") -> Affiliation:
    outcome = give_role(toolkit, COMMAND_LINE, of(toolkit, code), actor.user_id, role, FIRST, actor.team_id)
    assert isinstance(outcome, RoleGiven)
    return outcome.affiliation


def test_two_of_the_office_who_take_each_other_back_at_once_leave_one(postgres_database: Database) -> None:
    with a_toolkit(postgres_database.url) as toolkit:
        for _ in range(15):
            first, second = given(toolkit, A, Role.OFFICE), given(toolkit, B, Role.OFFICE, "arts")
            start, outcomes = threading.Barrier(2), list[object]()

            def end(who: Actor, whose: int, start: threading.Barrier = start, said: list[object] = outcomes) -> None:
                start.wait(5)
                said.append(take_back(toolkit, who, whose, FIRST))

            threads = [
                threading.Thread(target=end, args=(A, second.id)),
                threading.Thread(target=end, args=(B, first.id)),
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(10)
            assert sum(isinstance(outcome, AffiliationEnded) for outcome in outcomes) == 1, outcomes
            with toolkit.database.read() as tx:
                assert len(affiliations.office_people(tx, FIRST.date())) == 1


def test_what_somebody_took_back_is_not_offered_again_and_the_audit_log_is_not_asked(toolkit: Toolkit) -> None:
    roads = of(toolkit, "roads")
    given(toolkit, A, Role.OFFICE)
    with toolkit.database.write() as tx:
        for actor, taken_back in ((B, True), (Actor("T1", "U0C"), False)):
            claimed = affiliations.add_affiliation(
                tx, actor.team_id, actor.user_id, roads, Role.STAFF, self_declared=True, since=FIRST.date(), by=actor
            )
            affiliations.end_affiliation(tx, claimed.id, FIRST.date(), taken_back=taken_back)
        assert AuditEvent.AFFILIATION_TAKEN_BACK not in {e.event for e in audit.entries(tx, limit=1000)}
    for user, offered in (("U0B", False), ("U0C", True)):
        options = organisation_choice(toolkit, Actor("T1", user), FIRST.date()).options
        assert (roads in {o.id for o in options}) is offered


def test_taking_back_is_kept_with_the_affiliation(toolkit: Toolkit) -> None:
    given(toolkit, A, Role.OFFICE)
    held = given(toolkit, B, Role.STAFF, "roads")
    assert isinstance(take_back(toolkit, A, held.id, FIRST), AffiliationEnded)
    with toolkit.database.read() as tx:
        assert affiliations.taken_back_from(tx, "T1", "U0B") == {of(toolkit, "roads")}


def test_the_office_is_the_organisation_of_its_code_whatever_it_is_called(toolkit: Toolkit) -> None:
    economy = of(toolkit, "economy")
    with toolkit.database.write() as tx:
        organisations.rename(tx, economy, "상생살림과")
        organisations.rename(tx, of(toolkit, "roads"), toolkit.city.programme_office)
        organisations.link_channel(tx, economy, "T1", "C0ECONOMY", by=COMMAND_LINE, at=FIRST)
    assert toolkit.city.programme_office_code == "economy"
    assert office_addresses(toolkit, "T1", FIRST.date()) == [("T1", "C0ECONOMY")]
    sown = seed_people(toolkit, "T1", FIRST)
    assert sown == len(toolkit.city.people) > 0
    with toolkit.database.read() as tx:
        people = affiliations.people_of(tx, economy, FIRST.date())
    assert len(people) == sown


def test_people_of_a_city_file_that_the_database_does_not_know_are_left_out(toolkit: Toolkit) -> None:
    city = toolkit.city
    seeds = tuple(replace(o, code="elsewhere") if o.code == "economy" else o for o in city.organisations)
    assert seed_people(replace(toolkit, city=replace(city, organisations=seeds)), "T1", FIRST) == 0


def test_who_may_not_is_refused_and_written_down_and_who_may_is_not(toolkit: Toolkit) -> None:
    given(toolkit, A, Role.LEAD, "roads")
    roads, arts = of(toolkit, "roads"), of(toolkit, "arts")
    with toolkit.database.write() as tx:
        assert permission.allowed(tx, A, FIRST, Deed.LINK_CHANNEL, "organisation:1", roads)
        assert permission.allowed(tx, COMMAND_LINE, FIRST, Deed.KEEP_REGISTRY, "vendors")
        before = len(audit.entries(tx, limit=1000))
        assert not permission.allowed(tx, A, FIRST, Deed.LINK_CHANNEL, f"organisation:{arts}", arts)
        latest, *others = audit.entries(tx, limit=1000)
    assert len(others) == before
    assert (latest.event, latest.at, latest.user_id) == (AuditEvent.REFUSED, FIRST, "U0A")
    assert (latest.subject, latest.detail) == (f"organisation:{arts}", {"deed": "link_channel"})


def test_a_role_that_ended_yesterday_is_gone(toolkit: Toolkit) -> None:
    given(toolkit, A, Role.OFFICE)
    held = given(toolkit, B, Role.LEAD, "roads")
    take_back(toolkit, A, held.id, FIRST)
    tomorrow = FIRST + timedelta(days=1)
    assert take_back(toolkit, A, held.id, tomorrow) != AffiliationEnded(held)
