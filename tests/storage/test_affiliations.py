"""Who acts for whom, from when until when."""

from datetime import date, timedelta

import pytest

from gwannae.programme.organisations import COMMAND_LINE, Affiliation, Role
from gwannae.storage import affiliations, organisations
from gwannae.storage.database import Database, Transaction
from tests.builders import OFFICER, REPORTER, a_seed

MONDAY = date(2026, 11, 23)


@pytest.fixture
def general(database: Database) -> int:
    """The id of a division."""
    with database.write() as tx:
        return organisations.save_organisations(tx, [a_seed(), a_seed(code="library", name="도서관")]).added[0].id


def _give(tx: Transaction, organisation: int, role: Role = Role.STAFF, **changes: object) -> Affiliation:
    values = {"self_declared": False, "since": MONDAY, "by": OFFICER, **changes}
    return affiliations.add_affiliation(tx, "T1", "U1", organisation, role, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 11, 22), False),  # the Sunday before
        (date(2026, 11, 23), True),  # Monday, its first day
        (date(2026, 11, 26), True),  # Thursday, its last day
        (date(2026, 11, 27), False),  # Friday, the first day without it
    ],
)
def test_it_holds_from_its_first_day_to_the_day_before_its_end(
    database: Database, general: int, day: date, holds: bool
) -> None:
    with database.write() as tx:
        given = _give(tx, general)
        ended = affiliations.end_affiliation(tx, given.id, date(2026, 11, 27))
        assert ended is not None
        assert affiliations.affiliations_of(tx, "T1", "U1", day) == ((ended,) if holds else ())
        assert affiliations.people_of(tx, general, day) == ([ended] if holds else [])


def test_giving_the_same_role_again_changes_nothing(database: Database, general: int) -> None:
    with database.write() as tx:
        first = _give(tx, general)
        assert _give(tx, general, since=MONDAY + timedelta(days=1), by=COMMAND_LINE) == first
        assert _give(tx, general, self_declared=True) == first
        assert affiliations.affiliations_of(tx, "T1", "U1", MONDAY) == (first,)


def test_what_the_office_gives_replaces_what_a_person_declared(database: Database, general: int) -> None:
    tuesday = MONDAY + timedelta(days=1)
    with database.write() as tx:
        declared = _give(tx, general, self_declared=True, by=REPORTER)
        assert affiliations.self_declared_open(tx, tuesday) == [declared]
        given = _give(tx, general, since=tuesday)
        assert not given.self_declared
        assert affiliations.affiliations_of(tx, "T1", "U1", MONDAY)[0].self_declared
        assert affiliations.affiliations_of(tx, "T1", "U1", tuesday) == (given,)
        assert affiliations.self_declared_open(tx, tuesday) == []


def test_what_is_taken_back_on_its_first_day_never_held(database: Database, general: int) -> None:
    with database.write() as tx:
        declared = _give(tx, general, self_declared=True)
        ended = affiliations.end_affiliation(tx, declared.id, MONDAY - timedelta(days=1))
        assert ended is not None
        assert ended.until == MONDAY
        assert affiliations.affiliations_of(tx, "T1", "U1", MONDAY) == ()
        again = _give(tx, general, self_declared=True)
        assert again.id != declared.id


def test_an_end_is_not_moved_to_later(database: Database, general: int) -> None:
    with database.write() as tx:
        given = _give(tx, general)
        first = affiliations.end_affiliation(tx, given.id, MONDAY + timedelta(days=2))
        assert affiliations.end_affiliation(tx, given.id, MONDAY + timedelta(days=9)) == first
        assert affiliations.by_id(tx, given.id) == first
        assert affiliations.end_affiliation(tx, 999, MONDAY) is None
        assert affiliations.by_id(tx, 999) is None


def test_several_roles_come_in_the_order_in_which_they_began(database: Database, general: int) -> None:
    with database.write() as tx:
        later = _give(tx, general + 1, Role.LEAD, since=MONDAY)
        earlier = _give(tx, general, Role.STAFF, since=MONDAY - timedelta(days=3))
        assert affiliations.affiliations_of(tx, "T1", "U1", MONDAY) == (earlier, later)
        assert affiliations.affiliations_of(tx, "T2", "U1", MONDAY) == ()


def test_the_office_is_who_was_named_for_it(database: Database, general: int) -> None:
    with database.write() as tx:
        _give(tx, general, Role.OFFICE)
        _give(tx, general + 1, Role.OFFICE)
        affiliations.add_affiliation(
            tx, "T1", "U2", general, Role.OFFICE, self_declared=True, since=MONDAY, by=REPORTER
        )
        assert affiliations.office_people(tx, MONDAY) == [("T1", "U1")]
        assert affiliations.office_people(tx, MONDAY - timedelta(days=1)) == []


def test_only_what_somebody_took_back_is_kept_as_taken_back(database: Database, general: int) -> None:
    with database.write() as tx:
        replaced = _give(tx, general, self_declared=True)
        affiliations.end_affiliation(tx, replaced.id, MONDAY)
        assert affiliations.taken_back_from(tx, "T1", "U1") == frozenset()
        taken = _give(tx, general + 1, self_declared=True)
        affiliations.end_affiliation(tx, taken.id, MONDAY, taken_back=True)
        assert affiliations.taken_back_from(tx, "T1", "U1") == {general + 1}
        assert affiliations.taken_back_from(tx, "T2", "U1") == frozenset()
        affiliations.end_affiliation(tx, replaced.id, MONDAY, taken_back=True)  # over already: it stays as it was
        assert affiliations.taken_back_from(tx, "T1", "U1") == {general + 1}


def test_a_dated_role_is_kept_with_both_its_days(database: Database, general: int) -> None:
    first, until = MONDAY + timedelta(days=2), MONDAY + timedelta(days=5)
    with database.write() as tx:
        given = affiliations.add_dated(
            tx, "T1", "U1", general, Role.STAND_IN, since=first, until=until, by=OFFICER
        )  # fmt: skip
        assert (given.role, given.since, given.until) == (Role.STAND_IN, first, until)
        assert affiliations.beginning_after(tx, MONDAY) == [given]
        assert affiliations.beginning_after(tx, first) == []
        for span, found in (((-9, 2), []), ((0, 3), [given]), ((4, 9), [given]), ((5, 9), []), ((-9, 9), [given])):
            days = MONDAY + timedelta(days=span[0]), MONDAY + timedelta(days=span[1])
            assert affiliations.held_between(tx, "T1", "U1", general, *days) == found
            assert affiliations.held_between(tx, "T1", "U2", general, *days) == []
        affiliations.end_affiliation(tx, given.id, MONDAY)
        assert affiliations.beginning_after(tx, MONDAY) == []
        assert affiliations.held_between(tx, "T1", "U1", general, first, until) == [], "it never held"
