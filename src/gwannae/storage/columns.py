"""What all tables share: names of constraints, moments in UTC, and columns that hold one word of a list."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Dialect, MetaData, String, Table, Text, TypedColumns
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeDecorator, TypeEngine


class Utc(TypeDecorator[datetime]):
    """A moment, always aware and in UTC. SQLite keeps no zone, so it is taken off on the way in and put back on."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone: nobody could say later which moment it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)
# What an annotation means here, where SQLAlchemy would take a text of bounded length and a moment without a zone.
_OURS: dict[type[TypeEngine[Any]], type[TypeEngine[Any]]] = {String: Text, DateTime: Utc}


def table(name: str, columns: type[TypedColumns], *rest: SchemaItem, **options: Any) -> Table:
    """A table with annotated columns, its constraints and indexes; `options` are SQLAlchemy's own."""
    made = Table(name, metadata, columns, *rest, **options)
    for column in made.c:
        ours = _OURS.get(type(column.type))
        if ours is not None:
            column.type = ours()
    return made


def one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    """The column holds a value of the enumeration."""
    listed = ", ".join(f"'{word.value}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def stated(column: str) -> CheckConstraint:
    """The column is not an empty text."""
    return CheckConstraint(f"{column} <> ''", name=f"{column}_stated")


def ten_digits(column: str) -> CheckConstraint:
    """The column holds a business number or nothing; whether it is a true one is checked where it is read."""
    return CheckConstraint(f"{column} IS NULL OR length({column}) = 10", name=f"{column}_ten_digits")
