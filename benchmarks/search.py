"""A look-up through the product's own action, firms read and judged, beside LIKE and one pass over all text.

`one pass` is the floor for anything without an index: `bytes.find` over the whole registry as one text, held in memory.
"""

import random
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import corpus, registry
from benchmarks.knocking import Timing, timing
from benchmarks.outcome import Outcome
from gwannae.actions.localvendor import look_up

_LIKE = """
    SELECT v.id, v.name FROM vendors v WHERE v.name LIKE :part OR v.business_number = :whole
    OR EXISTS (SELECT 1 FROM vendor_items i WHERE i.vendor_id = v.id AND i.text LIKE :part) LIMIT 5
"""
_COUNT = """
    SELECT count(*) FROM vendors v WHERE v.name LIKE :part OR v.business_number = :whole
    OR EXISTS (SELECT 1 FROM vendor_items i WHERE i.vendor_id = v.id AND i.text LIKE :part)
"""


def measure(folder: Path, *, quick: bool = False) -> Outcome:
    """Each class of queries on each size; the three ways take turns query by query."""
    outcome = Outcome()
    sizes = (10_000,) if quick else (10_000, 100_000)
    for count in sizes:
        database = registry.filled(folder, count)
        text = "\n".join(" ".join(line.cells[:4]) for line in corpus.lines(count)).encode()
        with registry.opened(database) as toolkit:
            look_up(toolkit, "인쇄", registry.TODAY)  # reads the words of the registry

            def ours(query: str) -> int:
                return look_up(toolkit, query, registry.TODAY).found

            with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
                for name, queries in classes(count).items():
                    _one_class(outcome, f"{name}, {count:,}", queries, ours, connection, text, 2 if quick else 5)
    return outcome


def classes(count: int) -> dict[str, list[str]]:
    """Twelve queries of each class that the corpus answers."""
    rng = random.Random(count)
    names = [line.name.replace("(주)", "") for line in corpus.lines(400, corpus.SEED)]
    goods = corpus.plain_items(60, 60)
    long = [item for item in goods if len(item) > 2]
    return {
        "item, whole": rng.sample(goods, 12),
        "item, beginning": [item[:2] for item in rng.sample(long, 12)],
        "item, inside": [item[1:] for item in rng.sample(long, 12)],
        "name, beginning": [name[:3] for name in rng.sample(names, 12)],
        "business number": [corpus.business_number(n) for n in rng.sample(range(count), 12)],
    }


def _one_class(
    outcome: Outcome,
    name: str,
    queries: Sequence[str],
    ours: Callable[[str], int],
    connection: sqlite3.Connection,
    text: bytes,
    repeats: int,
) -> None:
    taken: dict[str, list[float]] = {"ours": [], "like": [], "pass": []}
    for turn in range(repeats):
        for query in queries:
            bound = {"part": f"%{query}%", "whole": query}
            found = _timed(taken["ours"], lambda: ours(query))  # noqa: B023 - called at once
            if not found:
                raise AssertionError(f"nothing found for {query}")
            if turn == 0:  # LIKE is slow and steady: once is enough
                _timed(taken["like"], lambda: _with_like(connection, bound))  # noqa: B023
            _timed(taken["pass"], lambda: text.count(query.encode()))  # noqa: B023
    shown = {way: timing(seconds) for way, seconds in taken.items()}
    _tell(outcome, name, shown)


def _tell(outcome: Outcome, name: str, shown: dict[str, Timing]) -> None:
    ours, like, one_pass = shown["ours"], shown["like"], shown["pass"]
    outcome.ratio(f"search: {name}: p50 / one pass over the text", ours.p50 / one_pass.p50)
    outcome.ratio(f"search: {name}: p50 / LIKE", ours.p50 / like.p50, at_most=1)
    outcome.ratio(f"search: {name}: p99 / LIKE", ours.p99 / like.p99, at_most=1)
    outcome.told(f"search: {name}: product p50", ours.p50, "ms")


def _with_like(connection: sqlite3.Connection, bound: dict[str, str]) -> int:
    connection.execute(_LIKE, bound).fetchall()
    return int(connection.execute(_COUNT, bound).fetchone()[0])


def _timed(into: list[float], work: Callable[[], int]) -> int:
    began = time.perf_counter()
    found = work()
    into.append(time.perf_counter() - began)
    return found
