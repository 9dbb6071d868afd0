"""Organisations and the channels that speak for them."""

from datetime import UTC, datetime

import pytest

from gwannae.programme.organisations import Organisation, OrganisationKind
from gwannae.storage import organisations
from gwannae.storage.database import Database, Transaction
from gwannae.storage.organisations import OrganisationChange
from tests.builders import OFFICER, a_seed

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SEEDS = (
    a_seed(code="general", name="총무과"),
    a_seed(code="library", name="도서관", kind=OrganisationKind.INSTITUTION, parent="general"),
    a_seed(code="water", name="가람도시공사", kind=OrganisationKind.CORPORATION),
)


def _saved(tx: Transaction) -> dict[str, Organisation]:
    organisations.save_organisations(tx, SEEDS)
    return {o.code: o for o in organisations.all_organisations(tx)}


def test_a_list_is_added_once(database: Database) -> None:
    with database.write() as tx:
        first = organisations.save_organisations(tx, SEEDS)
        second = organisations.save_organisations(tx, SEEDS)
    assert [o.code for o in first.added] == ["general", "library", "water"]
    assert (first.changed, first.unchanged) == ((), ())
    assert (second.added, second.changed, second.unchanged) == ((), (), first.added)


def test_a_changed_line_changes_its_organisation_alone(database: Database) -> None:
    with database.write() as tx:
        before = _saved(tx)
        saved = organisations.save_organisations(tx, [a_seed(code="general", name="자치행정과")])
        after = organisations.by_code(tx, "general")
        assert after is not None
        assert saved.changed == (OrganisationChange(before["general"], after),)
        assert after.name == "자치행정과"
        assert organisations.by_id(tx, before["water"].id) == before["water"]


def test_of_two_lines_with_one_code_the_later_holds(database: Database) -> None:
    with database.write() as tx:
        saved = organisations.save_organisations(tx, [a_seed(name="총무과"), a_seed(name="행정과")])
    assert [o.name for o in saved.added] == ["행정과"]


def test_they_come_in_the_order_of_hangul(database: Database) -> None:
    names = ["하늘과", "가람과", "A과", "나루과", "가람 과"]
    with database.write() as tx:
        organisations.save_organisations(tx, [a_seed(code=str(n), name=name) for n, name in enumerate(names)])
        assert [o.name for o in organisations.all_organisations(tx)] == sorted(names)
        assert [o.name for o in organisations.unlinked(tx)] == sorted(names)


@pytest.mark.parametrize(
    ("name", "codes"),
    [("총무과", ["general"]), (" 총무 과", ["general"]), ("도서관", ["library"]), ("없는과", []), ("", []), ("%", [])],
)
def test_a_name_finds_its_organisations(database: Database, name: str, codes: list[str]) -> None:
    with database.write() as tx:
        _saved(tx)
        assert [o.code for o in organisations.by_name(tx, name)] == codes


def test_a_name_that_two_have_finds_both(database: Database) -> None:
    with database.write() as tx:
        organisations.save_organisations(tx, [a_seed(code="a", name="행정지원과"), a_seed(code="b", name="행정지원과")])
        assert [o.code for o in organisations.by_name(tx, "행정지원과")] == ["a", "b"]


def test_one_that_is_out_stays_readable_and_comes_back(database: Database) -> None:
    with database.write() as tx:
        library = _saved(tx)["library"]
        out = organisations.set_active(tx, library.id, active=False)
        assert out is not None
        assert not out.active
        assert library.code not in [o.code for o in organisations.all_organisations(tx)]
        assert out in organisations.all_organisations(tx, active_only=False)
        assert out not in organisations.unlinked(tx)
        assert organisations.by_name(tx, "도서관") == []
        saved = organisations.save_organisations(tx, SEEDS)
        assert [change.after for change in saved.changed] == [library]


def test_renaming_one_that_is_not_there_says_so(database: Database) -> None:
    with database.write() as tx:
        general = _saved(tx)["general"]
        renamed = organisations.rename(tx, general.id, "행정과")
        assert renamed is not None
        assert renamed.name == "행정과"
        assert organisations.rename(tx, 999, "행정과") is None
        assert organisations.set_active(tx, 999, active=False) is None
        assert organisations.by_id(tx, 999) is None
        assert organisations.by_code(tx, "none") is None


def test_a_channel_speaks_for_one_organisation_at_a_time(database: Database) -> None:
    with database.write() as tx:
        saved = _saved(tx)
        general, library = saved["general"], saved["library"]
        assert organisations.link_channel(tx, general.id, "T1", "C1", by=OFFICER, at=NOW) is None
        assert organisations.link_channel(tx, general.id, "T1", "C2", by=OFFICER, at=NOW) is None
        assert organisations.organisation_of_channel(tx, "T1", "C1") == general
        assert organisations.channels_of(tx, general.id) == [("T1", "C1"), ("T1", "C2")]
        assert [o.code for o in organisations.unlinked(tx)] == ["water", "library"]

        assert organisations.link_channel(tx, library.id, "T1", "C1", by=OFFICER, at=NOW) == general
        assert organisations.organisation_of_channel(tx, "T1", "C1") == library
        assert organisations.channels_of(tx, general.id) == [("T1", "C2")]


def test_the_same_channel_id_in_another_workspace_is_another_channel(database: Database) -> None:
    with database.write() as tx:
        saved = _saved(tx)
        organisations.link_channel(tx, saved["general"].id, "T1", "C1", by=OFFICER, at=NOW)
        assert organisations.organisation_of_channel(tx, "T2", "C1") is None


def test_an_unlinked_channel_speaks_for_nobody(database: Database) -> None:
    with database.write() as tx:
        general = _saved(tx)["general"]
        organisations.link_channel(tx, general.id, "T1", "C1", by=OFFICER, at=NOW)
        assert organisations.unlink_channel(tx, "T1", "C1") == general
        assert organisations.unlink_channel(tx, "T1", "C1") is None
        assert organisations.organisation_of_channel(tx, "T1", "C1") is None
