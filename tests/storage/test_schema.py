"""From an empty database to the tables of today."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from gwannae.programme.facts import Fact
from gwannae.programme.vendors import AddressKind, Certificate, CertificateKind, VendorAddress
from gwannae.storage import schema, vendors
from gwannae.storage.database import Database
from gwannae.storage.tables.whole import metadata

STEPS = [f"{step:04}" for step in range(1, int(schema.HEAD) + 1)]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        with request.getfixturevalue("postgres").fresh(migrated=False) as url:
            yield url


def test_an_empty_database_is_brought_up_to_date_once(empty: str) -> None:
    database = Database.open(empty)
    assert schema.current(database) is None
    assert not schema.is_current(database)
    assert schema.upgrade(database) == [f"{step:04}" for step in range(1, int(schema.HEAD) + 1)]
    assert schema.is_current(database)
    assert schema.upgrade(database) == []
    database.close()


def test_tables_of_a_later_version_are_refused_and_left_as_they_are(database: Database) -> None:
    with database.write() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert schema.is_newer(database)
    with pytest.raises(schema.NewerTablesError) as refused:
        schema.upgrade(database)
    assert refused.value.found == "9999"
    assert schema.current(database) == "9999"


def test_the_steps_lead_to_the_tables_that_the_program_knows(database: Database) -> None:
    with database.read() as tx:
        assert compare_metadata(MigrationContext.configure(tx), metadata) == []


def test_the_steps_make_every_check_that_the_tables_name(sqlite_database: Database) -> None:
    fresh = Database.open(sqlite_database.url + ".made")
    with fresh.write() as tx:
        metadata.create_all(tx)

    def checks(database: Database) -> dict[str, set[tuple[str | None, str]]]:
        with database.read() as tx:
            inspector = inspect(tx)
            return {
                table: {(c["name"], c["sqltext"]) for c in inspector.get_check_constraints(table)}
                for table in metadata.tables
            }

    assert checks(sqlite_database) == checks(fresh)
    fresh.close()


def test_parts_of_vendors_are_kept_by_their_key(sqlite_database: Database) -> None:
    with sqlite_database.read() as tx:
        tables = tx.execute(text("SELECT name FROM sqlite_master WHERE sql LIKE '%WITHOUT ROWID%'")).scalars()
        assert set(tables) == {
            *("vendor_addresses", "vendor_items", "vendor_certificates", "postings"),
            *("monthly_totals", "yearly_totals", "item_day_totals", "reason_totals"),
        }


def test_the_newest_step_is_the_one_that_the_program_asks_for() -> None:
    config = Config()
    config.set_main_option("script_location", "gwannae.storage:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == schema.HEAD


def test_two_upgraders_at_once_do_the_work_once(empty: str) -> None:
    script = (
        "import sys; from gwannae.storage import schema; from gwannae.storage.database import Database;"
        "d = Database.open(sys.argv[1]); print(schema.upgrade(d)); d.close()"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", script, empty], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=60) for process in running]
    assert sorted(out.decode().strip() for out, _ in said) == [
        str([f"{step:04}" for step in range(1, int(schema.HEAD) + 1)]),
        "[]",
    ], said
    assert [err for _, err in said] == [b"", b""]


def test_what_ended_before_the_step_was_taken_back_by_nobody(empty: str) -> None:
    database = Database.open(empty)
    config = Config()
    config.set_main_option("script_location", "gwannae.storage:migrations")
    with database.write() as tx:
        config.attributes["connection"] = tx
        command.upgrade(config, "0004")
        tx.execute(
            text("INSERT INTO organisations (id, code, name, kind, active) VALUES (1, 'a', 'A', 'division', true)")
        )
        tx.execute(text("INSERT INTO members (id, team_id, user_id) VALUES (1, 'T1', 'U1')"))
        tx.execute(
            text(
                "INSERT INTO affiliations (member_id, organisation_id, role, self_declared, since, until, "
                "given_by_team, given_by_user) VALUES (1, 1, 'staff', true, '2026-11-02', '2026-11-03', 'T1', 'U1')"
            )
        )
    assert schema.upgrade(database)[0] == "0005"
    with database.read() as tx:
        assert [bool(taken) for taken in tx.execute(text("SELECT taken_back FROM affiliations")).scalars()] == [False]
    database.close()


_FIRMS_OF_BEFORE = """
INSERT INTO vendors (id, name, name_key, address_key, makes, size_small, size_evidence, source, version, digest,
    changed_at) VALUES (7, '가온', '가온', '', 'no', 'yes', '', 'a', 1, '', '2026-11-02 00:00:00'),
    (9, '나래', '나래', '', 'no', 'yes', '', 'a', 1, '', '2026-11-02 00:00:00');
INSERT INTO vendor_items (vendor_id, position, text) VALUES (7, 1, '떡'), (7, 0, '"꽃"');
INSERT INTO vendor_addresses (vendor_id, position, kind, text, district, in_city, evidence, since, until)
    VALUES (7, 0, 'branch', '새길 7', NULL, 'unknown', '', '2026-11-02', NULL);
INSERT INTO vendor_certificates (vendor_id, position, kind, number, valid_from, valid_to)
    VALUES (7, 0, 'women', 'W-1', NULL, '2027-11-02')
"""


def test_the_step_writes_the_parts_of_vendors_into_their_rows(empty: str) -> None:
    database = Database.open(empty)
    config = Config()
    config.set_main_option("script_location", "gwannae.storage:migrations")
    with database.write() as tx:
        config.attributes["connection"] = tx
        command.upgrade(config, "0017")
        for statement in _FIRMS_OF_BEFORE.split(";"):
            tx.execute(text(statement.replace(":", "\\:")))
    assert schema.upgrade(database) == [f"{step:04}" for step in range(18, int(schema.HEAD) + 1)]
    with database.read() as tx:
        found = vendors.vendors(tx, [7, 9])
    assert found[7].items == ('"꽃"', "떡")
    assert found[7].addresses == (
        VendorAddress(AddressKind.BRANCH, "새길 7", None, Fact.UNKNOWN, "", since=date(2026, 11, 2)),
    )
    assert found[7].certificates == (Certificate(CertificateKind.WOMEN, "W-1", None, date(2027, 11, 2)),)
    assert (found[9].items, found[9].addresses, found[9].certificates) == ((), (), ())
    database.close()


def test_the_audit_log_refuses_to_be_changed(database: Database) -> None:
    with database.write() as tx:
        tx.execute(
            text(
                "INSERT INTO audit_entries (at, team_id, user_id, event, subject, detail) "
                "VALUES ('2026-11-23 00:00:00', 'T', 'U', 'refused', 's', '{}')"
            )
        )
    for statement in ("UPDATE audit_entries SET user_id = 'other'", "DELETE FROM audit_entries"):
        with pytest.raises(IntegrityError, match="only grows"), database.write() as tx:
            tx.execute(text(statement))
    with database.read() as tx:
        assert tx.execute(text("SELECT count(*) FROM audit_entries")).scalar() == 1


def test_the_audit_log_cannot_be_emptied_on_postgresql(postgres_database: Database) -> None:
    with pytest.raises(IntegrityError, match="only grows"), postgres_database.write() as tx:
        tx.execute(text("TRUNCATE audit_entries"))
