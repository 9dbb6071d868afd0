"""부서·기관: the city file's first list and a sheet of organisations, with the channels that they name."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from gwannae.actions.city import seed_city
from gwannae.actions.organisations import import_organisations
from gwannae.actions.toolkit import Toolkit
from gwannae.bot.start import toolkit_for
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.organisations import COMMAND_LINE, OrganisationKind, OrganisationSeed
from gwannae.readers.city_file import read_city
from gwannae.storage import audit, organisations
from gwannae.storage.database import Database
from tests.actions.importing import CITY_FILE, FIRST, LATER

ROADS = OrganisationSeed("roads", "길가꿈과", OrganisationKind.DIVISION, channel="T0HAETNIM:C0ROADS")


def first_moment() -> datetime:
    return FIRST


@pytest.fixture
def toolkit(sqlite_database: Database) -> Iterator[Toolkit]:
    """The fictional city, in whose file one organisation names its channel."""
    city = read_city(str(CITY_FILE))
    seeds = tuple(ROADS if seed.code == ROADS.code else seed for seed in city.organisations)
    with toolkit_for(replace(city, organisations=seeds), sqlite_database.url, first_moment) as toolkit:
        yield toolkit


def owner(toolkit: Toolkit, channel_id: str) -> str | None:
    with toolkit.database.read() as tx:
        found = organisations.organisation_of_channel(tx, "T0HAETNIM", channel_id)
    return found.code if found else None


def written(toolkit: Toolkit) -> list[AuditEntry]:
    with toolkit.database.read() as tx:
        return audit.entries(tx)


def test_a_channel_that_the_city_file_names_is_linked_at_the_first_start(toolkit: Toolkit) -> None:
    assert owner(toolkit, "C0ROADS") == "roads"
    assert {entry.event for entry in written(toolkit)} == {AuditEvent.CITY_SEEDED, AuditEvent.CHANNEL_LINKED}


def test_a_later_start_does_not_undo_what_people_linked_elsewhere(toolkit: Toolkit) -> None:
    moved = replace(ROADS, code="arts", name="햇님예술재단", kind=OrganisationKind.INSTITUTION, parent="economy")
    import_organisations(toolkit, COMMAND_LINE, [moved], LATER)
    assert not seed_city(toolkit, LATER)
    assert owner(toolkit, "C0ROADS") == "arts"


def test_the_same_sheet_again_changes_nothing_and_writes_nothing_down(toolkit: Toolkit) -> None:
    sheet = [ROADS, OrganisationSeed("trees", "나무과", OrganisationKind.DIVISION, channel="T0HAETNIM:C0TREES")]
    assert import_organisations(toolkit, COMMAND_LINE, sheet, LATER) == (1, 0, 1)
    before = written(toolkit)
    assert [entry.event for entry in before[:2]] == [AuditEvent.ORGANISATION_CHANGED, AuditEvent.CHANNEL_LINKED]
    assert import_organisations(toolkit, COMMAND_LINE, sheet, LATER) == (0, 0, 2)
    assert written(toolkit) == before


def test_a_channel_that_changes_hands_is_written_down_with_who_had_it(toolkit: Toolkit) -> None:
    trees = OrganisationSeed("trees", "나무과", OrganisationKind.DIVISION, channel="T0HAETNIM:C0ROADS")
    import_organisations(toolkit, COMMAND_LINE, [trees], LATER)
    [linked] = [e for e in written(toolkit) if e.event is AuditEvent.CHANNEL_LINKED and e.at == LATER]
    assert linked.detail == {"team": "T0HAETNIM", "channel": "C0ROADS", "former": "roads"}
    assert owner(toolkit, "C0ROADS") == "trees"
