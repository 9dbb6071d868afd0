"""Bring a database to the tables of today: one upgrader at a time, all or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, inspect, text

from gwannae.storage import running_totals
from gwannae.storage.database import Database

HEAD = "0028"  # the newest step in migrations/versions; a test holds the two together
_LOCK_KEY = 7_212_022_311  # any number that no other program takes on this PostgreSQL database


class NewerTablesError(Exception):
    """The tables are those of a later version of the program, at the step `found`."""

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found


def current(database: Database) -> str | None:
    """The step that the database stands at; None for an empty one."""
    with database.read() as tx:
        return _current(tx)


def is_current(database: Database) -> bool:
    """Whether the database has the tables that this version of the program needs."""
    return current(database) == HEAD


def is_newer(database: Database) -> bool:
    """Whether the tables are those of a later version of the program; steps are numbered in order."""
    return (current(database) or "") > HEAD


def upgrade(database: Database) -> list[str]:
    """Run the steps that are missing, and return them; a second upgrader waits and finds nothing to do.

    Raises:
        DatabaseBusyError: on SQLite, another upgrader or writer held the file for a minute.
        NewerTablesError: a later version of the program was here.
    """
    if is_current(database):
        return []  # without waiting for somebody who writes
    if is_newer(database):
        raise NewerTablesError(current(database) or "")
    with database.apart() as connection, _alone(connection):
        before = _current(connection)
        if before == HEAD:
            return []
        return _run(connection, before)


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    """One transaction around all steps that no other upgrader can be in at the same time.

    SQLite changes a table by copying it, which a referenced table allows only with foreign keys off; they are checked
    before the commit instead. They cannot be switched inside a transaction.
    """
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN EXCLUSIVE")
        yield
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"the upgrade would leave rows without the row that they name: {broken[:5]}")
        connection.commit()
    else:
        with connection.begin():
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
            yield


def _run(connection: Connection, before: str | None) -> list[str]:
    from alembic import command  # takes 100 ms to import, and a start that has nothing to upgrade does without
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "gwannae.storage:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    running_totals.install(connection)
    running_totals.rebuild(connection)
    steps = ScriptDirectory.from_config(config).iterate_revisions("head", before or "base")
    return [step.revision for step in steps][::-1]


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)
