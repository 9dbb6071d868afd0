"""The new purchases of a file, very many at once and all or nothing: made ready beside the others, brought in at once.

To make rows of a file's lines takes several times as long as to store them. So they are made in temporary tables, which
keep nobody from writing (`Database.write_after`); what then holds the lock is one insert from table to table.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer, Table, bindparam, func, insert, literal_column, select, text

from gwannae.programme.organisations import Actor
from gwannae.programme.purchases import Draft, Origin, PurchaseState
from gwannae.programme.verdict import Judgement
from gwannae.storage.bulk import bulk_insert
from gwannae.storage.database import Transaction
from gwannae.storage.pictures import draft_json, judgement_json
from gwannae.storage.purchase_rows import columns_of, origin_columns
from gwannae.storage.running_totals import folded
from gwannae.storage.statements import is_among
from gwannae.storage.tables.purchases import purchase_versions, purchases

AT_ONCE = 2_000  # purchases in one insert: bounds the memory

_READY = {purchases: "ready_purchases", purchase_versions: "ready_versions"}
_NEXT_IDS = text("SELECT nextval(pg_get_serial_sequence('purchases', 'id')) FROM generate_series(1, :n)")
_LAST_ID = select(func.coalesce(func.max(purchases.c.id), 0))


class NewPurchase(NamedTuple):
    """One purchase of a file."""

    draft: Draft
    judgement: Judgement
    origin: Origin


def make_ready(
    tx: Transaction,
    new: Iterable[NewPurchase],
    import_id: int,
    *,
    actor: Actor,
    at: datetime,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Put purchases with their first versions into temporary tables of the connection; nothing else changes."""
    for table, name in _READY.items():
        tx.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
        tx.exec_driver_sql(f"CREATE TEMPORARY TABLE {name} AS SELECT * FROM {table.name} WHERE 1 = 0")  # noqa: S608
    maker = _Maker(import_id, actor, at.astimezone(UTC))
    held: list[NewPurchase] = []
    for one in new:
        held.append(one)
        if len(held) == AT_ONCE:
            maker.make(tx, held)
            held = []
            if progress is not None:
                progress(maker.count)
    maker.make(tx, held)


def bring_in(tx: Transaction, self_declared: Collection[int]) -> None:
    """Store all that was made ready on this connection. `self_declared`: ids of the organisations that its sender
    named, without having been given them.
    """
    after = int(tx.execute(_LAST_ID).scalar_one()) if tx.dialect.name == "sqlite" else 0  # whoever writes is alone
    given = {"after": after, "self_declared": list(self_declared)}
    with folded(tx):
        for statement in _BRING_IN:
            tx.execute(statement, given)


def _brought_in(table: Table, of_id: str) -> Any:
    made: dict[str, Any] = {column.name: literal_column(column.name, column.type) for column in table.columns}
    made[of_id] = literal_column(of_id, Integer) + bindparam("after", type_=Integer)
    if "self_declared" in made:
        made["self_declared"] = is_among(literal_column("organisation_id", Integer), "self_declared")
    rows = select(*made.values()).select_from(text(_READY[table]))
    return insert(table).from_select(list(made), rows)


_BRING_IN = _brought_in(purchases, "id"), _brought_in(purchase_versions, "purchase_id")


class _Maker:
    """Makes rows of purchases, numbered from 1 on SQLite and by the sequence on PostgreSQL."""

    def __init__(self, import_id: int, actor: Actor, moment: datetime) -> None:
        self.count = 0
        self._import_id, self._actor, self._moment = import_id, actor, moment
        self._pictures: dict[Judgement, dict[str, Any]] = {}

    def make(self, tx: Transaction, held: Sequence[NewPurchase]) -> None:
        rows, versions = [], []
        for purchase_id, one in zip(self._next_ids(tx, len(held)), held, strict=True):
            row, version = self._rows(purchase_id, one)
            rows.append(row)
            versions.append(version)
        bulk_insert(tx, purchases, rows, into=_READY[purchases])
        bulk_insert(tx, purchase_versions, versions, into=_READY[purchase_versions])
        self.count += len(held)

    def _next_ids(self, tx: Transaction, count: int) -> Sequence[int]:
        if tx.dialect.name == "sqlite":
            return range(self.count + 1, self.count + 1 + count)
        return list(tx.execute(_NEXT_IDS, {"n": count}).scalars())

    def _rows(self, purchase_id: int, one: NewPurchase) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        draft, judgement, origin = one
        picture = self._pictures.get(judgement)
        if picture is None:
            picture = self._pictures[judgement] = judgement_json(judgement)
        who = self._actor.team_id, self._actor.user_id
        values = {
            **columns_of(draft, judgement, picture),
            **origin_columns(origin),
            "id": purchase_id,
            "form_key": draft.form_key,
            "state": PurchaseState.REPORTED.value,
            "version": 1,
            "reporter_team": who[0],
            "reporter_user": who[1],
            "self_declared": False,  # known once it is stored
            "reported_at": self._moment,
            "changed_at": self._moment,
            "reason_code": "",  # written with the first reason that is given
        }
        said = draft_json(draft)
        version = (purchase_id, 1, None, said, picture, "reported", *who, self._moment, self._import_id)
        return tuple(values[column.name] for column in purchases.columns), version
