"""Very many rows, in or out, and the few that somebody waits for: the driver's own way, which is three to ten times as
fast as a statement's.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Dialect, Insert, Select, Table
from sqlalchemy.exc import DBAPIError

from gwannae.storage.database import Transaction

Row = tuple[Any, ...]
_AT_ONCE = 2_000  # rows held at a time: a registry of any size is read in little memory


def bulk_insert(tx: Transaction, table: Table, rows: Sequence[Row], into: str = "") -> None:
    """Insert rows that hold a value for every column, in the order of the table's columns; `into` another table that is
    made like it.
    """
    if not rows:
        return
    name, kept = into or table.name, _as_kept(tx.dialect, table, rows)
    if tx.dialect.name == "sqlite":
        tx.exec_driver_sql(_insert_text(name, table), kept)
    else:
        _copy(tx, name, table, kept)


def read_in_bulk(tx: Transaction, statement: Select[Any], given: dict[str, Any] | None = None) -> Iterator[list[Row]]:
    """The driver's own rows, some thousands at a time; what it does not know (SQLite: days) comes as it is kept."""
    cursor: Any = tx.execute(statement, given).cursor
    while rows := cursor.fetchmany(_AT_ONCE):
        yield rows


def read_at_once(tx: Transaction, statement: Select[Any] | CompoundSelect[Any], given: dict[str, Any]) -> list[Row]:
    """All rows as the driver gives them, past everything that SQLAlchemy does for each statement and each result.

    `given` are lists, days, texts and numbers. The statement is kept with its text: use one that is made once.
    """
    text, fixed, names = _spelt(statement, tx.dialect)
    values = {**fixed, **given}
    rows: list[Row] = _driven(tx, text, values if names is None else [_kept(values[n]) for n in names]).fetchall()
    return rows


def insert_at_once(tx: Transaction, statement: Insert | Select[Any], values: dict[str, Any]) -> Any:
    """One row in the same way; what its RETURNING gives (one column), None where nothing comes back.

    `values` by column, always of the same ones for a statement. It is kept with its text, as with `read_at_once`.
    """
    text, turns, named = _spelt_insert(statement, tx.dialect, tuple(values))
    kept = [values[n] if turn is None or values[n] is None else turn(values[n]) for n, turn in turns]
    cursor = _driven(tx, text, {n: value for (n, _), value in zip(turns, kept, strict=True)} if named else kept)
    rows = cursor.fetchall() if cursor.description is not None else []
    return rows[0][0] if rows else None


def _driven(tx: Transaction, text: str, values: Any) -> Any:
    """The driver's cursor after a statement; its errors in SQLAlchemy's words."""
    dialect: Any = tx.dialect
    cursor = _cursor(tx)
    try:
        cursor.execute(text, values)
        return cursor
    except dialect.loaded_dbapi.Error as error:
        lost = dialect.is_disconnect(error, cursor.connection, None)
        if lost:
            tx.invalidate(error)
        base = dialect.loaded_dbapi.Error
        raise DBAPIError.instance(text, None, error, base, hide_parameters=True, connection_invalidated=lost) from error


def _cursor(tx: Transaction) -> Any:
    """A cursor of the connection that stays: psycopg takes 30 microseconds to make one."""
    info = tx.connection.info
    if "cursor" not in info:
        driver: Any = tx.connection.driver_connection
        info["cursor"] = driver.cursor()
    return info["cursor"]


def as_day(kept: date | str | None) -> date | None:
    """A day as the driver gives it: SQLite keeps text."""
    return date.fromisoformat(kept) if isinstance(kept, str) else kept


def as_moment(kept: datetime | str | None) -> datetime | None:
    """A moment in UTC, likewise."""
    moment = datetime.fromisoformat(kept) if isinstance(kept, str) else kept
    if moment is None:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


@lru_cache(32)
def _spelt(
    statement: Select[Any] | CompoundSelect[Any], dialect: Dialect
) -> tuple[str, dict[str, Any], list[str] | None]:
    """Its text, the values that stand in it, and in which order the driver wants all of them; None: by name."""
    compiled: Any = statement.compile(dialect=dialect)
    return compiled.string, {n: v for n, v in compiled.params.items() if v is not None}, compiled.positiontup


@lru_cache(16)
def _spelt_insert(
    statement: Insert | Select[Any], dialect: Dialect, columns: tuple[str, ...]
) -> tuple[str, list[tuple[str, Callable[[Any], Any] | None]], bool]:
    """Its text, the columns in the order of the driver, each with what turns its value, and whether they go by name."""
    compiled: Any = statement.compile(dialect=dialect, column_keys=list(columns))
    names = compiled.positiontup or list(columns)
    types = {name: given.type for name, given in compiled.binds.items()}
    return compiled.string, [(n, _turn(dialect, types[n])) for n in names], compiled.positiontup is None


def _kept(value: Any) -> Any:
    """A value as SQLite's driver takes it; see `statements.is_among` for lists."""
    if isinstance(value, list):
        return json.dumps(value)
    return value.isoformat() if isinstance(value, date) else value


@cache
def _insert_text(name: str, table: Table) -> str:
    names = ", ".join(column.name for column in table.columns)
    return f"INSERT INTO {name} ({names}) VALUES ({', '.join('?' * len(table.columns))})"  # noqa: S608 (our names)


def _copy(tx: Transaction, name: str, table: Table, rows: Sequence[Row]) -> None:
    import psycopg  # here, for a city on SQLite never needs it

    names = ", ".join(column.name for column in table.columns)
    connection: Any = tx.connection.driver_connection
    try:
        with connection.cursor() as cursor, cursor.copy(f"COPY {name} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:  # past SQLAlchemy, so that it has to be put in its words
        raise DBAPIError.instance(f"COPY {name}", None, error, psycopg.Error, hide_parameters=True) from error


def _as_kept(dialect: Dialect, table: Table, rows: Sequence[Row]) -> Sequence[Row]:
    """Turn what the driver does not know (SQLite: days, moments) into what the column keeps."""
    turns = [(n, turn) for n, column in enumerate(table.columns) if (turn := _turn(dialect, column.type)) is not None]
    if not turns:
        return rows
    kept = []
    # many rows of a file share one, and to write it as JSON takes longer than all the rest
    pictures: dict[int, Any] = {}
    for row in rows:
        values = list(row)
        for n, turn in turns:
            value = values[n]
            if isinstance(value, dict):
                if id(value) not in pictures:
                    pictures[id(value)] = turn(value)
                values[n] = pictures[id(value)]
            elif value is not None:
                values[n] = turn(value)
        kept.append(tuple(values))
    return kept


def _turn(dialect: Dialect, kind: Any) -> Callable[[Any], Any] | None:
    turn: Callable[[Any], Any] | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return turn
