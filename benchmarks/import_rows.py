"""A vendor file into an empty registry: the product's import beside `csv` with plain inserts and a plain word table.

The peer judges nothing: it splits the cells, fills the same columns of the same tables, and must end with as many rows
in each of them as the product.
"""

import csv
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, create_engine, event, func, insert, select, update

from benchmarks import corpus, registry
from benchmarks.outcome import Outcome
from gwannae.storage.tables import registry as tables

_COUNTED = (
    tables.vendors,
    tables.vendor_addresses,
    tables.vendor_items,
    tables.vendor_certificates,
    tables.terms,
    tables.postings,
)
_SIZES = {"소기업": "yes", "중기업": "yes", "대기업": "no", "": "unknown"}
_CERTIFICATES = {
    "여성기업": "women",
    "장애인기업": "disabled",
    "사회적기업": "social",
    "마을기업": "village",
    "녹색제품": "green",
}


def measure(folder: Path, *, quick: bool = False) -> Outcome:
    """Median of pairs, peer and product one after the other, each into a database of its own."""
    count, pairs = (20_000, 3) if quick else (100_000, 3)
    file = corpus.write_csv(folder / f"import-{count}.csv", corpus.lines(count))
    taken: dict[str, list[float]] = {"plain": [], "product": []}
    for _ in range(pairs):
        with TemporaryDirectory(dir=folder) as here:
            plain, ours = Path(here, "plain.db"), Path(here, "product.db")
            for database in (plain, ours):  # tables are there before the clock runs
                with registry.opened(database):
                    pass
            began = time.perf_counter()
            _plain_import(file, plain)
            taken["plain"].append(time.perf_counter() - began)
            with registry.opened(ours) as toolkit:
                began = time.perf_counter()
                registry.take_in(toolkit, file)
                taken["product"].append(time.perf_counter() - began)
            _must_agree(plain, ours)
    outcome = Outcome()
    ratios = [p / b for b, p in zip(taken["plain"], taken["product"], strict=True)]
    outcome.ratio(f"import: {count:,} CSV rows, product / csv + inserts + word table", median(ratios), at_most=1.5)
    outcome.told("import: csv + inserts + word table", median(taken["plain"]), "s")
    outcome.told("import: product", median(taken["product"]), "s")
    return outcome


def _plain_import(file: Path, database: Path) -> None:
    with _connection(database) as connection, file.open(encoding="utf-8-sig", newline="") as opened:
        reader = csv.reader(opened)
        next(reader)
        rows = list(reader)
        now = registry.NOW
        vendors: list[dict[str, Any]] = []
        addresses: list[dict[str, Any]] = []
        items: list[dict[str, Any]] = []
        certificates: list[dict[str, Any]] = []
        words: dict[str, int] = {}
        postings: set[tuple[int, int, str]] = set()
        for i, (name, number, address, sold, trade, phone, size, certificate, as_of) in enumerate(rows, start=1):
            key = name.replace("(주)", "").replace(" ", "").lower()
            day = registry.TODAY.fromisoformat(as_of)
            vendors.append({
                "id": i, "name": name, "name_key": key, "address_key": address.replace(" ", "").lower(),
                "business_number": number, "phone": phone, "trade": trade, "makes": "unknown",
                "size_small": _SIZES[size], "size_evidence": size, "size_checked_on": day if size else None,
                "as_of": day, "source": file.name, "version": 1, "digest": "", "changed_at": now,
            })  # fmt: skip
            parts = address.split()
            addresses.append({
                "vendor_id": i, "position": 0, "kind": "head_office", "text": address, "district": parts[2],
                "in_city": "yes" if parts[1] == "물별시" else "no", "evidence": "city_named",
                "since": None, "until": None,
            })  # fmt: skip
            for position, item in enumerate(sold.split(", ")):
                items.append({"vendor_id": i, "position": position, "text": item})
                word = item.replace(" ", "").lower()
                postings.add((words.setdefault(word, len(words) + 1), i, "item"))
            postings.add((words.setdefault(key, len(words) + 1), i, "name"))
            if certificate:
                certificates.append({
                    "vendor_id": i, "position": 0, "kind": _CERTIFICATES[certificate], "number": "",
                    "valid_from": None, "valid_to": None,
                })  # fmt: skip
        connection.execute(insert(tables.vendors), vendors)
        connection.execute(insert(tables.vendor_addresses), addresses)
        connection.execute(insert(tables.vendor_items), items)
        connection.execute(insert(tables.vendor_certificates), certificates)
        connection.execute(insert(tables.terms), [{"id": i, "text": word} for word, i in words.items()])
        in_order = [{"term_id": t, "vendor_id": v, "field": f} for t, v, f in sorted(postings)]
        connection.execute(insert(tables.postings), in_order)
        last = {"last_vendor_id": len(rows), "last_term_id": len(words), "version": 1}
        connection.execute(update(tables.registry_state).values(last))


@contextmanager
def _connection(database: Path) -> Iterator[Connection]:
    """One transaction with the settings that the product writes with."""
    engine = create_engine(f"sqlite:///{database}")

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        for setting in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
            connection.execute(f"PRAGMA {setting}")

    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _must_agree(plain: Path, ours: Path) -> None:
    counts = []
    for database in (plain, ours):
        with _connection(database) as connection:
            counts.append([connection.execute(select(func.count()).select_from(t)).scalar_one() for t in _COUNTED])
    if counts[0] != counts[1]:
        raise AssertionError(f"peer and product differ in rows: {counts}")
