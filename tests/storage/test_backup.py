"""A copy of the database while it is in use."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from gwannae.storage import backup, events, schema
from gwannae.storage.database import Database

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_a_copy_holds_what_was_committed_and_opens(sqlite_database: Database, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    with sqlite_database.write() as tx:
        events.first_time(tx, "Ev1", NOW)
    with sqlite_database.write() as open_tx:  # a writer at work does not stop it, and is not in it
        events.first_time(open_tx, "Ev2", NOW)
        size = backup.backup(sqlite_database, target)
    assert size == target.stat().st_size
    assert target.stat().st_mode & 0o777 == 0o600
    assert sorted(p.name for p in tmp_path.glob("copy.db*")) == ["copy.db"]
    copy = Database.open(str(target))
    assert schema.is_current(copy)
    with copy.write() as tx:
        assert not events.first_time(tx, "Ev1", NOW)
        assert events.first_time(tx, "Ev2", NOW)
    copy.close()


def test_a_backup_never_replaces_a_file(sqlite_database: Database, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("dear to somebody")
    with pytest.raises(FileExistsError):
        backup.backup(sqlite_database, target)
    assert target.read_text() == "dear to somebody"


def test_a_backup_that_fails_leaves_nothing(sqlite_database: Database, tmp_path: Path) -> None:
    with pytest.raises(backup.BackupFailedError):
        backup.backup(sqlite_database, tmp_path / "none" / "copy.db")
    target = tmp_path / ("k" * 300)
    with pytest.raises(backup.BackupFailedError):
        backup.backup(sqlite_database, target)
    assert not [p for p in tmp_path.iterdir() if p.name.startswith("k")]


def test_postgresql_has_tools_of_its_own(postgres_database: Database, tmp_path: Path) -> None:
    with pytest.raises(backup.BackupNotSupportedError) as caught:
        backup.backup(postgres_database, tmp_path / "copy.db")
    assert caught.value.dialect == "postgresql"
