"""The doors: what they let through, how long they wait, and what they say when nobody opens."""

import sqlite3
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from gwannae.storage import events
from gwannae.storage.database import (
    Database,
    DatabaseAwayError,
    DatabaseBusyError,
    DatabaseUrlError,
    UnfitDatabaseError,
)
from tests.databases import PostgresServer, postgres_server

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def _note(database: Database, event_id: str) -> bool:
    with database.write() as tx:
        return events.first_time(tx, event_id, NOW)


def test_what_was_written_is_read(database: Database) -> None:
    assert _note(database, "Ev1")
    with database.read() as tx:
        assert tx.execute(text("SELECT event_id FROM seen_events")).scalars().all() == ["Ev1"]


def test_a_failed_block_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.write() as tx:
            events.first_time(tx, "Ev1", NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert _note(database, "Ev1")


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises((DBAPIError, DatabaseAwayError)), database.read() as tx:
        events.first_time(tx, "Ev1", NOW)
    assert _note(database, "Ev1")


def test_sqlite_readers_see_one_moment(sqlite_database: Database) -> None:
    count = text("SELECT count(*) FROM seen_events")
    with sqlite_database.read() as tx:
        assert tx.execute(count).scalar() == 0
        _note(sqlite_database, "Ev1")
        assert tx.execute(count).scalar() == 0


def test_many_threads_use_it_at_once(database: Database) -> None:
    def work(number: int) -> None:
        assert _note(database, f"Ev{number}")
        database.ping()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as tx:
        assert tx.execute(text("SELECT count(*) FROM seen_events")).scalar() == 24


def test_a_locked_sqlite_file_is_busy_after_two_seconds(sqlite_database: Database) -> None:
    holder = sqlite3.connect(sqlite_database.url.removeprefix("sqlite+pysqlite:///"), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    with pytest.raises(DatabaseBusyError) as caught:
        _note(sqlite_database, "Ev1")
    waited = time.monotonic() - began
    sqlite_database.ping()  # readers are not kept waiting
    holder.execute("ROLLBACK")
    holder.close()
    assert caught.value.detail == "SQLITE_BUSY"
    assert 1.8 < waited < 2.9
    assert _note(sqlite_database, "Ev1")


def test_a_locked_postgresql_row_is_busy_after_two_seconds(postgres_database: Database) -> None:
    began = 0.0
    with postgres_database.write() as holder:
        holder.execute(text("SELECT * FROM registry_state FOR UPDATE"))
        began = time.monotonic()
        with pytest.raises(DatabaseBusyError) as caught, postgres_database.write() as tx:
            tx.execute(text("SELECT * FROM registry_state FOR UPDATE"))
    assert caught.value.detail == "55P03"
    assert 1.8 < time.monotonic() - began < 2.9


def test_no_free_connection_is_busy(sqlite_database: Database) -> None:
    small = Database.open(sqlite_database.url, pool_size=1)
    try:
        with small.read(), pytest.raises(DatabaseBusyError) as caught, small.read():
            pass
    finally:
        small.close()
    assert caught.value.detail == "pool"


def test_a_stopped_server_is_away_and_a_started_one_is_found_again() -> None:
    with postgres_server() as server:
        server.make_template()
        with server.fresh() as url:
            database = Database.open(url)
            database.ping()
            server.stop()
            for door in (database.read, database.write):
                with pytest.raises(DatabaseAwayError), door() as tx:
                    tx.execute(text("SELECT 1"))
            with pytest.raises(DatabaseAwayError):
                database.ping()
            with pytest.raises(DatabaseAwayError):
                Database.open(url)
            server.start()
            database.ping()
            assert _note(database, "Ev1")
            database.close()


def test_a_connection_that_breaks_in_a_transaction_is_away(
    postgres: PostgresServer, postgres_database: Database
) -> None:
    def lose_it() -> None:
        with postgres_database.write() as tx:
            mine = tx.execute(text("SELECT pg_backend_pid()")).scalar()
            postgres.run(f"SELECT pg_terminate_backend({mine})")
            tx.execute(text("SELECT 1"))

    with pytest.raises(DatabaseAwayError):
        lose_it()
    postgres_database.ping()


def test_a_file_that_is_no_database_is_away(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("관내 업체 목록 " * 200)
    with pytest.raises(DatabaseAwayError) as caught:
        Database.open(str(path))
    assert caught.value.detail == "SQLITE_NOTADB"
    assert path.read_text().startswith("관내")


def test_a_folder_that_cannot_be_made_is_away(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseAwayError):
        Database.open(str(tmp_path / "file" / "gwannae.db"))


def test_a_mistake_of_ours_is_neither_busy_nor_away(database: Database) -> None:
    with pytest.raises(DBAPIError), database.read() as tx:
        tx.execute(text("SELECT * FROM no_such_table"))


def test_error_texts_hold_no_values(database: Database) -> None:
    with pytest.raises(DBAPIError) as caught, database.read() as tx:
        tx.execute(text("SELECT :secret FROM no_such_table"), {"secret": "U0SECRET"})
    assert "U0SECRET" not in str(caught.value)


def test_a_plain_path_makes_folder_and_file_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "some" / "folder" / "gwannae.db"
    Database.open(str(path)).close()
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "url",
    ["", "  ", "sqlite://", "sqlite:///:memory:", "mysql://root:geheim@localhost/x", "postgresql://a:b@c:notaport/d"],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(DatabaseUrlError) as caught:
        Database.open(url)
    assert "geheim" not in caught.value.url


def test_the_address_that_is_shown_holds_no_password(postgres: PostgresServer) -> None:
    with postgres.fresh() as url:
        database = Database.open(url.replace("postgres:@", "postgres:geheim@"))
        assert "geheim" not in database.url
        database.close()


def test_sqlite_keeps_what_it_acknowledged(sqlite_database: Database) -> None:
    with sqlite_database.write() as tx:
        found = {name: tx.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("synchronous", "foreign_keys")}
        assert tx.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    assert found == {"synchronous": 2, "foreign_keys": 1}


def test_a_postgresql_that_forgets_is_refused(postgres: PostgresServer) -> None:
    with postgres.fresh() as url:
        name = url.split("?")[0].rsplit("/", 1)[1]
        postgres.run(f"ALTER DATABASE {name} SET synchronous_commit = off")
        with pytest.raises(UnfitDatabaseError) as caught:
            Database.open(url)
    assert caught.value.setting == "synchronous_commit"


def test_a_postgresql_that_cannot_write_hangul_is_refused(postgres: PostgresServer) -> None:
    postgres.run("CREATE DATABASE latin TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'")
    with pytest.raises(UnfitDatabaseError) as caught:
        Database.open(postgres.url("latin"))
    assert caught.value.setting == "server_encoding"


def test_a_moment_without_a_zone_is_refused_and_others_come_back_in_utc(database: Database) -> None:
    seoul = NOW.astimezone(tz=None)
    with database.write() as tx:
        events.first_time(tx, "Ev1", seoul)
        assert events.forget_before(tx, NOW) == 0
        assert events.forget_before(tx, NOW + timedelta(microseconds=1)) == 1
    with pytest.raises(Exception, match="time zone"), database.write() as tx:
        events.first_time(tx, "Ev2", NOW.replace(tzinfo=None))
