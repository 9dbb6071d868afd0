"""The way to a database: SQLite in a file, or PostgreSQL 14 and later; one pair of doors, read and write.

SQLite: WAL, `synchronous=FULL` (what was acknowledged survives a power cut), foreign keys, and writes that take the
write lock at once, for a transaction that reads first and writes later fails at once where it should wait.
PostgreSQL: psycopg 3. Both: nobody waits longer than WAIT_SECONDS for a lock, which is below Slack's three seconds.

Readers and writers have pools of their own. A reader cannot write (`query_only`, `default_transaction_read_only`), and
is not asked to commit: on PostgreSQL that saves two round trips.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, InvalidatePoolError

from gwannae.storage.failures import DatabaseAwayError, DatabaseBusyError, translated
from gwannae.storage.pictures import dump_json

__all__ = [
    "WAIT_SECONDS",
    "Database",
    "DatabaseAwayError",
    "DatabaseBusyError",
    "DatabaseUrlError",
    "Transaction",
    "UnfitDatabaseError",
]

WAIT_SECONDS = 2
_RESTED = 1.0  # seconds after which a connection for reading is asked whether it still lives
_PREPARES = "gwannae_prepares"  # writes to temporary tables alone, for which SQLite needs no lock
POSTGRES_AT_LEAST = 14

# The name by which other rooms know what a repository function takes first; they never import SQLAlchemy.
Transaction = Connection


class DatabaseUrlError(ValueError):
    """Not an address of a database that we can use. `url` is what was given, its password hidden."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class UnfitDatabaseError(Exception):
    """The database is set up so that it could lose or garble what was acknowledged: `setting`, `expected`, `found`."""

    def __init__(self, setting: str, expected: str, found: str) -> None:
        super().__init__(setting, expected, found)
        self.setting = setting
        self.expected = expected
        self.found = found


class Database:
    """One database, safe to use from many threads. `url` never holds a password; `dialect` is sqlite or postgresql."""

    def __init__(self, url: URL, reader: Engine, writer: Engine) -> None:
        """Use `Database.open`; the two engines reach the same database."""
        self.url = url.render_as_string(hide_password=True)
        self.dialect = url.get_backend_name()
        self._url = url
        self._reader = reader
        self._writer = writer
        self._file = Path(str(url.database)) if self.dialect == "sqlite" else None
        self._file_id: tuple[int, int] | None = None

    @classmethod
    def open(cls, url: str, *, pool_size: int = 8) -> "Database":
        """Open `sqlite:///…`, `postgresql://…` or a plain path of a SQLite file (made if absent, for its owner).

        `pool_size` bounds the connections of readers and of writers, each; more threads than that wait.

        Raises:
            DatabaseUrlError: neither of the three, or an in-memory SQLite.
            DatabaseAwayError, DatabaseBusyError: it cannot be reached now.
            UnfitDatabaseError: it is too old, not UTF-8, or would not keep what it has acknowledged.
        """
        where = _read_url(url)
        if where.get_backend_name() == "sqlite":
            _make_file(Path(str(where.database)))
            database = cls(where, _sqlite(where, pool_size, write=False), _sqlite(where, pool_size, write=True))
            check = _check_sqlite
        else:
            database = cls(where, _postgres(where, pool_size, write=False), _postgres(where, pool_size, write=True))
            check = _check_postgres
        try:
            with translated(), database._writer.connect() as connection:
                check(connection)
        except BaseException:
            database.close()
            raise
        return database

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A connection for reading only; on SQLite all its selects see one moment."""
        self._see_file()
        with translated(), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Transaction]:
        """As `read`, but on PostgreSQL too all selects see one moment, and rows can be fetched as they are needed."""
        self._see_file()
        with translated(), self._reader.connect() as connection:
            if self.dialect == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """A transaction: committed when the block ends, rolled back when it raises."""
        self._see_file()
        with translated(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def write_after(self, prepare: Callable[[Transaction], None]) -> Iterator[Transaction]:
        """As `write`, once `prepare` has filled temporary tables of the same connection, which holds nobody up. They go
        with the connection, which is used for this alone.
        """
        self._see_file()
        with translated(), self._writer.connect() as connection:
            connection.execution_options(**{_PREPARES: True})
            if self.dialect == "sqlite":  # very many rows follow: the usual 2 MB would be written out over and over
                _driver(connection).execute("PRAGMA cache_size=-16000")
            try:
                with connection.begin():
                    prepare(connection)
                connection.execution_options(**{_PREPARES: False})
                with connection.begin():
                    yield connection
            finally:
                connection.invalidate()

    @contextmanager
    def apart(self) -> Iterator[Transaction]:
        """A connection outside the pools with nothing begun and no time limit for locks: for schema changes."""
        if self.dialect == "sqlite":
            engine = create_engine(self._url, connect_args={"timeout": 60}, hide_parameters=True)
            event.listen(engine, "connect", _driver_autocommit)
        else:
            engine = create_engine(self._url, connect_args={"connect_timeout": WAIT_SECONDS}, hide_parameters=True)
        try:
            with translated(), engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()

    def ping(self) -> None:
        """Ask for an answer; raises DatabaseAwayError or DatabaseBusyError when there is none."""
        with self.read() as tx:
            tx.exec_driver_sql("SELECT 1").scalar()

    def _see_file(self) -> None:
        """An open SQLite file that was removed or replaced still takes writes, which are lost with the last connection:
        what was acknowledged must be in the file that stands there.
        """
        if self._file is None:
            return
        try:
            seen = self._file.stat()
        except OSError as error:
            raise DatabaseAwayError(type(error).__name__) from error
        found = (seen.st_dev, seen.st_ino)
        if found != self._file_id:
            if self._file_id is not None:  # another file, such as a backup put back: let go of the old one
                self.close()
            self._file_id = found

    def close(self) -> None:
        """Close all connections that nobody uses; those in use close when they are given back."""
        self._reader.dispose()
        self._writer.dispose()


def _read_url(given: str) -> URL:
    typed = given.strip()
    try:
        url = make_url(typed) if "://" in typed else URL.create("sqlite", database=str(Path(typed).expanduser()))
    except (ArgumentError, ValueError):  # the latter for a port that is no number
        raise DatabaseUrlError("") from None  # unreadable: where its password would stand is not known either
    scheme = url.drivername.split("+")[0]
    if scheme in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if scheme == "sqlite" and typed and url.database and not url.database.startswith((":memory:", "file:")):
        return url.set(drivername="sqlite+pysqlite")
    raise DatabaseUrlError(url.render_as_string(hide_password=True))


def _make_file(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # it will hold user ids; SQLite gives its side files the same rights
    except OSError as error:
        raise DatabaseAwayError(type(error).__name__) from error


def _sqlite(url: URL, pool_size: int, *, write: bool) -> Engine:
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
        json_serializer=dump_json,
        hide_parameters=True,  # error texts reach logs, values must not
        connect_args={"timeout": WAIT_SECONDS, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        _driver_autocommit(connection, _)
        if write:
            connection.execute("PRAGMA foreign_keys=ON")
            connection.execute("PRAGMA synchronous=FULL")
            # a report writes a dozen pages: at the usual 1,000 every sixtieth would wait for the log to be copied back
            connection.execute("PRAGMA wal_autocheckpoint=4000")
        else:
            connection.execute("PRAGMA query_only=ON")
            # of each of eight: what is read again lies in the system's cache, and two megabytes each would be kept
            connection.execute("PRAGMA cache_size=-500")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        if write and not connection.get_execution_options().get(_PREPARES):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:  # cannot fail, and is half as dear past SQLAlchemy
            _driver(connection).execute("BEGIN")

    return engine


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _driver_autocommit(connection: sqlite3.Connection, _: object) -> None:
    # The driver's own way begins late and never around a SELECT or a CREATE TABLE; we begin ourselves.
    connection.isolation_level = None


def _postgres(url: URL, pool_size: int, *, write: bool) -> Engine:
    settings = {"lock_timeout": f"{WAIT_SECONDS}s", "jit": "off", "TimeZone": "UTC", "client_min_messages": "warning"}
    settings["plan_cache_mode"] = "force_generic_plan"  # planning by id anew takes longer than reading by id
    if not write:
        settings["default_transaction_read_only"] = "on"
    own = url.query.get("options", "")
    options = [own if isinstance(own, str) else " ".join(own), *(f"-c {k}={v}" for k, v in settings.items())]
    arguments: dict[str, Any] = {
        "connect_timeout": WAIT_SECONDS,
        "client_encoding": "utf8",
        "tcp_user_timeout": WAIT_SECONDS * 1000,
        "application_name": "gwannae",
        "options": " ".join(options).strip(),
    }
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
        json_serializer=dump_json,
        hide_parameters=True,
        connect_args=arguments,
        **({} if write else {"isolation_level": "AUTOCOMMIT", "skip_autocommit_rollback": True}),
    )
    _ping_when_rested(engine)
    return engine


def _ping_when_rested(engine: Engine) -> None:
    """As `pool_pre_ping`, but not where the connection was in use a moment ago: that saves a round trip."""
    dialect: Any = engine.dialect

    @event.listens_for(engine, "checkin")
    def given_back(_: object, record: Any) -> None:
        record.info["used"] = monotonic()

    @event.listens_for(engine, "checkout")
    def taken(connection: Any, record: Any, _: object) -> None:
        if monotonic() - record.info.setdefault("used", monotonic()) < _RESTED:
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error


def _check_sqlite(connection: Connection) -> None:
    driver = _driver(connection)
    for name, value, expected in (
        ("journal_mode", "=WAL", "wal"),
        ("synchronous", "", "2"),
        ("foreign_keys", "", "1"),
    ):
        found = str(driver.execute(f"PRAGMA {name}").fetchone()[0])
        if found != expected and value:
            found = str(driver.execute(f"PRAGMA {name}{value}").fetchone()[0])
        if found != expected:
            raise UnfitDatabaseError(name, expected, found)


def _check_postgres(connection: Connection) -> None:
    def shown(name: str) -> str:
        return str(connection.exec_driver_sql(f"SHOW {name}").scalar())

    version = shown("server_version_num")
    if int(version) < POSTGRES_AT_LEAST * 10000:
        raise UnfitDatabaseError("server_version", f"{POSTGRES_AT_LEAST}+", shown("server_version"))
    if shown("server_encoding") != "UTF8":
        raise UnfitDatabaseError("server_encoding", "UTF8", shown("server_encoding"))
    if shown("synchronous_commit") == "off":
        raise UnfitDatabaseError("synchronous_commit", "on", "off")
