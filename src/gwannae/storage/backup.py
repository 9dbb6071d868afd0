"""A copy of a SQLite database while it is in use. PostgreSQL has its own tools, which do it better (pg_dump)."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from gwannae.storage import schema
from gwannae.storage.database import Database


class BackupNotSupportedError(Exception):
    """This kind of database is not copied by us; `dialect` names it."""

    def __init__(self, dialect: str) -> None:
        super().__init__(dialect)
        self.dialect = dialect


class NothingToBackUpError(Exception):
    """There is no database at this address, or one without tables: a mistyped address must not pass for saved."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class BackupFailedError(Exception):
    """The copy could not be written or is not sound; nothing is left of it. `detail`: the system's or SQLite's word."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


def backup(database: Database, path: Path) -> int:
    """Copy the database to a new file, readable by its owner alone; returns its size in bytes.

    The file appears under its name when it is whole and was checked, so that a broken copy is never taken for a backup.

    Raises:
        BackupNotSupportedError: not a SQLite database.
        NothingToBackUpError: it has no tables.
        FileExistsError: there is such a file; a backup never replaces one.
        BackupFailedError: no such folder, no room, no right to write.
    """
    if database.dialect != "sqlite":
        raise BackupNotSupportedError(database.dialect)
    if schema.current(database) is None:
        raise NothingToBackUpError(database.url)
    partial = path.with_name(path.name + ".partial")
    try:
        if path.exists():
            raise FileExistsError(path)
        partial.touch(mode=0o600)
        _copy(database, partial)
        partial.rename(path)
        return path.stat().st_size
    except FileExistsError:
        raise
    except sqlite3.Error as error:
        raise BackupFailedError(getattr(error, "sqlite_errorname", type(error).__name__)) from error
    except OSError as error:
        raise BackupFailedError(error.strerror or type(error).__name__) from error
    finally:
        with suppress(OSError):
            partial.unlink()


def _copy(database: Database, target: Path) -> None:
    """One step, of one moment: in WAL mode a reader keeps no writer waiting, however long it reads."""
    with database.apart() as connection, closing(sqlite3.connect(target)) as copy:
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        found = copy.execute("PRAGMA quick_check").fetchone()[0]
        if found != "ok":
            raise BackupFailedError(found)
