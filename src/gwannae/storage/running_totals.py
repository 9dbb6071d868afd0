"""누계: totals that the database itself keeps beside the purchases, in the transaction of every change.

Triggers do it, so that no way of storing, changing, cancelling or taking back a purchase can forget it, in bulk or one
by one: on PostgreSQL one function for whole statements (a file of 100,000 rows moves each total a few times, not
100,000 times), on SQLite the same for each row. `schema.upgrade` puts them in place after its steps, because a step
that copies the table of purchases takes them away on SQLite.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, text

from gwannae.programme.purchases import DIRECT_METHODS, PurchaseState
from gwannae.programme.verdict import Verdict
from gwannae.storage import reason_triggers
from gwannae.storage.database import Transaction

NAME = "purchases_into_totals"  # of the triggers and their function
_DEEDS = ("insert", "update", "delete")

_DIRECT = ", ".join(f"'{method.value}'" for method in DIRECT_METHODS)
_COUNTS = f"{{row}}.state = '{PurchaseState.REPORTED.value}'"
_YEAR = {
    "sqlite": "CAST(substr({row}.contract_date, 1, 4) AS INTEGER)",
    "postgresql": "CAST(EXTRACT(YEAR FROM {row}.contract_date) AS INTEGER)",
}
_MONTH = {
    "sqlite": "CAST(substr({row}.contract_date, 1, 4) || substr({row}.contract_date, 6, 2) AS INTEGER)",
    "postgresql": "CAST(to_char({row}.contract_date, 'YYYYMM') AS INTEGER)",
}


@dataclass(frozen=True, slots=True)
class _Kept:
    """One table of totals: its key, each column as it is made from a purchase, and which purchases stand in it."""

    table: str
    key: dict[str, str | dict[str, str]]
    only: str = _COUNTS
    touched: bool = False

    @property
    def columns(self) -> str:
        return ", ".join(self.key)

    def of(self, row: str, dialect: str) -> list[str]:
        """The key of a purchase that is at hand under the name `row`, column by column."""
        made = (how if isinstance(how, str) else how[dialect] for how in self.key.values())
        return [one.format(row=row) for one in made]

    @property
    def added(self) -> str:
        """What becomes of a total that is there already."""
        names = ("number", "won", *(("touched",) if self.touched else ()))
        moved = ", ".join(f"{name} = {self.table}.{name} + excluded.{name}" for name in names)
        return f"ON CONFLICT ({self.columns}) DO UPDATE SET {moved}"

    @property
    def into(self) -> str:
        return f"INSERT INTO {self.table} ({self.columns}, number, won{', touched' if self.touched else ''})"


_WHOSE: dict[str, str | dict[str, str]] = {
    "organisation_id": "{row}.organisation_id",
    "kind": "{row}.kind",
    "verdict": "{row}.verdict",
}
_KEPT = (
    _Kept("monthly_totals", {"month": _MONTH, **_WHOSE, "evidence": "{row}.evidence"}, only="1 = 1", touched=True),
    _Kept("yearly_totals", {"year": _YEAR, **_WHOSE}),
    # where the list of methods changes, a step must have these counted anew
    _Kept(
        "item_day_totals",
        {"organisation_id": "{row}.organisation_id", "item_key": "{row}.item_key", "day": "{row}.contract_date"},
        only=f"{_COUNTS} AND {{row}}.item_key <> '' AND {{row}}.method IN ({_DIRECT})",
    ),
    _Kept(
        "reason_totals",
        {
            "month": _MONTH,
            "organisation_id": "{row}.organisation_id",
            "kind": "{row}.kind",
            "code": "{row}.reason_code",
        },
        only=f"{_COUNTS} AND {{row}}.reason_code <> '' AND {{row}}.verdict = '{Verdict.OUTSIDE.value}'",
    ),
)
_ROWS = {kept.table: kept.only.replace("1 = 1", _COUNTS).format(row="purchases") for kept in _KEPT}

# Whoever works through a file holds its organisations and moves many totals, one after another: who changes one
# purchase waits for them before it takes the first of its own. A new purchase does so by naming its organisation.
_WAIT_FOR_FILES = (
    "PERFORM id FROM organisations "
    "WHERE id IN (SELECT organisation_id FROM added UNION SELECT organisation_id FROM gone) ORDER BY id FOR KEY SHARE; "
)


class Difference(NamedTuple):
    """Where a total is not what its purchases add up to: `key` by column."""

    table: str
    key: dict[str, object]
    kept: tuple[int, int]
    counted: tuple[int, int]


def install(connection: Connection) -> None:
    """Put the triggers in place, whatever stood there."""
    sqlite = connection.dialect.name == "sqlite"
    for statement in (*(_on_sqlite() if sqlite else _on_postgresql()), *reason_triggers.statements(sqlite=sqlite)):
        connection.exec_driver_sql(statement)


@contextmanager
def folded(tx: Transaction) -> Iterator[None]:
    """For very many new purchases: on SQLite they are added to the totals together at the end, not row by row, which
    would take longer than storing them. Whoever writes there is alone, so that new ones are those with higher ids.
    """
    if tx.dialect.name != "sqlite":
        yield  # a statement's rows are added together anyway
        return
    last = tx.exec_driver_sql("SELECT coalesce(max(id), 0) FROM purchases").scalar_one()
    tx.exec_driver_sql(f"DROP TRIGGER {NAME}_on_insert")
    yield
    for kept in _KEPT:
        tx.execute(text(_fold(kept, "SELECT *, 1 AS sign FROM purchases WHERE id > :last", "sqlite")), {"last": last})
    install(tx)


def rebuild(tx: Transaction) -> int:
    """Count everything anew from the purchases, and put right what differs; how many totals that were. Nobody else
    stores a purchase until this transaction ends. The mark of a month whose totals are right stays as it is.
    """
    if tx.dialect.name == "postgresql":
        tx.execute(text("LOCK TABLE purchases IN SHARE MODE"))
    return sum(tx.execute(text(_mended(kept, tx.dialect.name))).rowcount for kept in _KEPT)


def differences(tx: Transaction, most: int) -> list[Difference]:
    """Totals that are not what the purchases add up to, at most so many of each table.

    `tx` must come from `Database.snapshot`: totals and purchases of one moment.
    """
    found = []
    for kept in _KEPT:
        for row in tx.execute(text(f"{_compared(kept, tx.dialect.name)} LIMIT :most"), {"most": most}):
            *key, kept_number, kept_won, number, won = row
            found.append(
                Difference(
                    kept.table,
                    dict(zip(kept.key, key, strict=True)),
                    (int(kept_number), int(kept_won)),
                    (int(number), int(won)),
                )
            )
    return found


def are_kept(tx: Transaction) -> bool:
    """Whether the triggers stand where they belong."""
    names = ", ".join(f"'{name}'" for name in (reason_triggers.NAME, *(f"{NAME}_on_{deed}" for deed in _DEEDS)))
    if tx.dialect.name == "sqlite":
        there = f"sqlite_master WHERE type = 'trigger' AND name IN ({names})"
    else:
        tables = "('purchases'::regclass, 'outside_reasons'::regclass)"
        there = f"pg_trigger WHERE tgrelid IN {tables} AND tgenabled <> 'D' AND tgname IN ({names})"
    return int(tx.exec_driver_sql(f"SELECT count(*) FROM {there}").scalar_one()) == len(_DEEDS) + 1  # noqa: S608


def _on_sqlite() -> list[str]:
    deeds = {
        "insert": [("NEW", 1)],
        "update": [("OLD", -1), ("NEW", 1)],
        "delete": [("OLD", -1)],
    }
    statements = []
    for deed, rows in deeds.items():
        steps = " ".join(f"{_fold_row(kept, row, sign)};" for kept in _KEPT for row, sign in rows)
        name = f"{NAME}_on_{deed}"
        statements += [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} AFTER {deed.upper()} ON purchases BEGIN {steps} END",
        ]
    return statements


def _on_postgresql() -> list[str]:
    added, gone = "SELECT *, 1 AS sign FROM added", "SELECT *, -1 AS sign FROM gone"
    deeds = {
        "insert": (added, "NEW TABLE AS added"),
        "update": (f"{added} UNION ALL {gone}", "NEW TABLE AS added OLD TABLE AS gone"),
        "delete": (gone, "OLD TABLE AS gone"),
    }
    branches = []
    for deed, (rows, _) in deeds.items():
        steps = " ".join(f"{_fold(kept, rows, 'postgresql')};" for kept in _KEPT)
        branches.append(
            f"IF TG_OP = '{deed.upper()}' THEN {_WAIT_FOR_FILES if deed == 'update' else ''}{steps} END IF;"
        )
    statements = [
        (
            f"CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {' '.join(branches)} RETURN NULL; END $$"
        )
    ]
    for deed, (_, tables) in deeds.items():
        name = f"{NAME}_on_{deed}"
        statements += [
            f"DROP TRIGGER IF EXISTS {name} ON purchases",
            (
                f"CREATE TRIGGER {name} AFTER {deed.upper()} ON purchases REFERENCING {tables} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {NAME}()"
            ),
        ]
    return statements


def _fold(kept: _Kept, rows: str, dialect: str) -> str:
    """Add rows to their totals, each once with its `sign`. In the order of the key, for two that wait for one another
    must come by the same way.
    """
    counts = f"CASE WHEN {_COUNTS.format(row='r')} THEN r.sign ELSE 0 END"
    order = ", ".join(str(n + 1) for n in range(len(kept.key)))
    return (
        f"{kept.into} SELECT {', '.join(kept.of('r', dialect))}, sum({counts}), sum({counts} * r.amount)"  # noqa: S608
        f"{', count(*)' if kept.touched else ''} FROM ({rows}) AS r WHERE {kept.only.format(row='r')} "
        f"GROUP BY {order} ORDER BY {order} {kept.added}"
    )


def _fold_row(kept: _Kept, row: str, sign: int) -> str:
    """The same for the one row of a trigger on SQLite."""
    counts = f"{sign} * ({_COUNTS.format(row=row)})"
    return (
        f"{kept.into} SELECT {', '.join(kept.of(row, 'sqlite'))}, {counts}, {counts} * {row}.amount"
        f"{', 1' if kept.touched else ''} WHERE {kept.only.format(row=row)} {kept.added}"
    )


def _compared(kept: _Kept, dialect: str) -> str:
    return (
        f"SELECT {kept.columns}, sum(kept_number), sum(kept_won), sum(number), sum(won) "
        f"{_side_by_side(kept, dialect)} ORDER BY {kept.columns}"
    )


def _mended(kept: _Kept, dialect: str) -> str:
    return (
        f"{kept.into} SELECT {kept.columns}, sum(number) - sum(kept_number), sum(won) - sum(kept_won)"
        f"{', 1' if kept.touched else ''} {_side_by_side(kept, dialect)} {kept.added}"
    )


def _side_by_side(kept: _Kept, dialect: str) -> str:
    """What is kept and what the purchases say, where it differs."""
    keys = ", ".join(f"{how} AS {name}" for name, how in zip(kept.key, kept.of("purchases", dialect), strict=True))
    return (
        f"FROM (SELECT {kept.columns}, number AS kept_number, won AS kept_won, 0 AS number, 0 AS won "  # noqa: S608
        f"FROM {kept.table} UNION ALL SELECT {keys}, 0, 0, 1, amount FROM purchases WHERE {_ROWS[kept.table]}) AS side "
        f"GROUP BY {kept.columns} HAVING sum(kept_number) <> sum(number) OR sum(kept_won) <> sum(won)"
    )
