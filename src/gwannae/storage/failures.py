"""What can go wrong between us and a database, as two answers: busy (try again now), away (try again later)."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc


class DatabaseBusyError(Exception):
    """Somebody else holds what was asked for and did not let go in time; nothing was written. `detail`: its code."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class DatabaseAwayError(Exception):
    """The database cannot be reached or cannot work (stopped, network, full or broken disk). `detail`: driver's code.

    If the connection broke while committing, nobody can say whether the change was kept: ask by its unique key.
    """

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


# https://www.sqlite.org/rescode.html, primary codes
_SQLITE_BUSY = {5, 6}  # BUSY, LOCKED
_SQLITE_AWAY = {3, 7, 8, 9, 10, 11, 13, 14, 15, 22, 23, 26}  # PERM … READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRES_BUSY = {"55P03", "40P01", "40001", "57014", "53300"}  # lock, deadlock, serialisation, cancelled, connections
_POSTGRES_AWAY = ("08", "53", "57P", "58", "3D000", "28", "XX")


@contextmanager
def translated() -> Iterator[None]:
    """Turn what SQLAlchemy says about a busy or absent database into our two errors; let all others through."""
    try:
        yield
    except exc.TimeoutError as error:
        raise DatabaseBusyError("pool") from error
    except exc.DBAPIError as error:
        answer = _answer(error)
        if answer is None:
            raise
        raise answer from error


def _answer(error: exc.DBAPIError) -> Exception | None:
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return _sqlite_answer(cause)
    state: str | None = getattr(cause, "sqlstate", None)
    if state is None:
        # psycopg gives no state when the server could not be asked at all
        lost = error.connection_invalidated or isinstance(error, exc.OperationalError | exc.InterfaceError)
        return DatabaseAwayError("connection") if lost else None
    if state in _POSTGRES_BUSY:
        return DatabaseBusyError(state)
    return DatabaseAwayError(state) if state.startswith(_POSTGRES_AWAY) else None


def _sqlite_answer(cause: sqlite3.Error) -> Exception | None:
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    name = getattr(cause, "sqlite_errorname", "unknown")
    if code in _SQLITE_BUSY:
        return DatabaseBusyError(name)
    return DatabaseAwayError(name) if code in _SQLITE_AWAY else None
