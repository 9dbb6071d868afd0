"""Items, addresses and certificates of a firm in its own row once more, so that a look-up reads five rows.

Frozen: a later change to a table is a step of its own.
"""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

_AT_ONCE = 2_000
_ADDRESS = ("kind", "text", "district", "in_city", "evidence", "since", "until")
_CERTIFICATE = ("kind", "number", "valid_from", "valid_to")


def upgrade() -> None:
    """Add the column, and write into it what stands in the tables of the parts."""
    op.add_column("vendors", sa.Column("parts", sa.Text(), nullable=False, server_default="{}"))
    connection = op.get_bind()
    last = 0
    while ids := _next_ids(connection, last):
        span = {"first": ids[0], "last": ids[-1]}
        items = {i: [row[0] for row in rows] for i, rows in _of(connection, "vendor_items", ("text",), span)}
        addresses = dict(_named(connection, "vendor_addresses", _ADDRESS, span))
        certificates = dict(_named(connection, "vendor_certificates", _CERTIFICATE, span))
        connection.execute(
            sa.text("UPDATE vendors SET parts = :parts WHERE id = :vendor"),
            [
                {
                    "vendor": i,
                    "parts": json.dumps(
                        {
                            "items": items.get(i, []),
                            "addresses": addresses.get(i, []),
                            "certificates": certificates.get(i, []),
                        },
                        ensure_ascii=False,
                        separators=(",", ":"),
                        default=str,  # PostgreSQL gives days as days
                    ),
                }
                for i in ids
            ],
        )
        last = ids[-1]


def _next_ids(connection: sa.Connection, after: int) -> list[int]:
    statement = sa.text("SELECT id FROM vendors WHERE id > :after ORDER BY id LIMIT :most")
    return list(connection.execute(statement, {"after": after, "most": _AT_ONCE}).scalars())


def _of(
    connection: sa.Connection, table: str, columns: tuple[str, ...], span: dict[str, int]
) -> Iterator[tuple[int, list[tuple[Any, ...]]]]:
    names = ", ".join(columns)
    rows = connection.execute(
        sa.text(
            f"SELECT vendor_id, {names} FROM {table} "  # noqa: S608 (our names)
            "WHERE vendor_id BETWEEN :first AND :last ORDER BY vendor_id, position"
        ),
        span,
    )
    for vendor_id, mine in groupby(rows, key=lambda row: row[0]):
        yield vendor_id, [tuple(row[1:]) for row in mine]


def _named(
    connection: sa.Connection, table: str, columns: tuple[str, ...], span: dict[str, int]
) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    for vendor_id, rows in _of(connection, table, columns, span):
        yield vendor_id, [dict(zip(columns, row, strict=True)) for row in rows]
