"""What the two databases spell differently."""

import json
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Dialect,
    Integer,
    Select,
    SelectBase,
    Table,
    Text,
    bindparam,
    cast,
    literal_column,
    select,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from gwannae.storage.database import Transaction

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql  # 35 ms and 2 MB, for nothing where the data lies in SQLite


def insert_if_absent(tx: Transaction, table: Table, returning: str) -> "sqlite.Insert | postgresql.Insert":
    """INSERT … ON CONFLICT DO NOTHING RETURNING one column: no row comes back where a unique key was taken.

    Unlike a caught IntegrityError it leaves the transaction usable on PostgreSQL.
    """
    return _insert_if_absent(tx.dialect.name, table, returning)


@cache
def _insert_if_absent(dialect: str, table: Table, returning: str) -> "sqlite.Insert | postgresql.Insert":
    if dialect == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing().returning(table.c[returning])  # type: ignore[return-value]
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table).on_conflict_do_nothing().returning(table.c[returning])  # type: ignore[return-value]


@cache
def insert_with_others(
    table: Table, columns: tuple[str, ...], others: tuple[tuple[Table, str, str, tuple[str, ...]], ...]
) -> Select[Any]:
    """PostgreSQL: a row and, where its unique keys were free, rows of other tables that hold its id, in one statement;
    the new id, or no row. `columns` of the row are given by their names. Each of the others: its table, the column for
    the id, what stands before it there ("" for the number alone), and the columns that are given, as `table_column`.
    """
    from sqlalchemy.dialects import postgresql

    given = {name: bindparam(name, type_=table.c[name].type) for name in columns}
    made = postgresql.insert(table).values(given).on_conflict_do_nothing().returning(table.c.id).cte("made")
    found = select(made.c.id)
    for other, column, before, names in others:
        of_id = literal_column(f"'{before}'") + cast(made.c.id, Text) if before else made.c.id
        said = [bindparam(f"{other.name}_{name}", type_=other.c[name].type).label(name) for name in names]
        kept = other.insert().from_select([column, *names], select(of_id, *said))
        found = found.add_cte(kept.cte(f"into_{other.name}"))
    return found


def is_among(column: ColumnElement[Any], name: str) -> "IsAmong":
    """The column's value is in the list given under `name`, however long it is.

    One parameter, so one text of SQL that is parsed once: `IN (?, ?, …)` is spelt anew for every length, which took
    half of the time of a look-up.
    """
    return IsAmong(column, bindparam(name, type_=_Listed(column.type)))


class IsAmong(FunctionElement[bool]):
    """See `is_among`."""

    type = Boolean()
    inherit_cache = True
    name = "is_among"

    def self_group(self, against: object = None) -> "IsAmong":  # noqa: ARG002
        """Itself: SQLAlchemy would add `= 1` for SQLite, and then no index is used."""
        return self


class IsSelected(FunctionElement[bool]):
    """The column's value is among those that a select of one column finds, which is done first, and by itself.

    As a plain `IN (SELECT …)` PostgreSQL may join them the other way round, through all rows of the column's table:
    its plan is kept from the day on which there was none.
    """

    type = Boolean()
    inherit_cache = True
    name = "is_selected"

    def __init__(self, column: ColumnElement[Any], found: SelectBase) -> None:
        super().__init__(column, found.scalar_subquery())

    def self_group(self, against: object = None) -> "IsSelected":  # noqa: ARG002
        """Itself, as `IsAmong`."""
        return self


class _Listed(TypeDecorator[Sequence[Any]]):
    """A list as one parameter: an array, or on SQLite a JSON text."""

    impl = Text
    cache_ok = True

    def __init__(self, of: TypeEngine[Any]) -> None:
        super().__init__()
        self.of_integers = isinstance(of, Integer)

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Text())
        from sqlalchemy.dialects import postgresql

        return dialect.type_descriptor(postgresql.ARRAY(Integer() if self.of_integers else Text()))

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> Any:
        listed = list(value or ())
        return json.dumps(listed, ensure_ascii=False) if dialect.name == "sqlite" else listed


@compiles(IsAmong, "sqlite")
def _among_on_sqlite(element: IsAmong, compiler: SQLCompiler, **kw: Any) -> str:
    column, listed = element.clauses
    left, right = compiler.process(column, **kw), compiler.process(listed, **kw)
    return f"{left} IN (SELECT value FROM json_each({right}))"  # noqa: S608 (both are compiled expressions)


@compiles(IsAmong, "postgresql")
def _among_on_postgresql(element: IsAmong, compiler: SQLCompiler, **kw: Any) -> str:
    column, listed = element.clauses
    left, right = compiler.process(column, **kw), compiler.process(listed, **kw)
    return f"{left} = ANY ({right})"


@compiles(IsSelected, "sqlite")
def _selected_on_sqlite(element: IsSelected, compiler: SQLCompiler, **kw: Any) -> str:
    column, found = element.clauses
    return f"{compiler.process(column, **kw)} IN {compiler.process(found, **kw)}"


@compiles(IsSelected, "postgresql")
def _selected_on_postgresql(element: IsSelected, compiler: SQLCompiler, **kw: Any) -> str:
    column, found = element.clauses
    return f"{compiler.process(column, **kw)} = ANY (ARRAY{compiler.process(found, **kw)})"
