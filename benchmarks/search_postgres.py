"""The same look-up with the registry in PostgreSQL: beside LIKE there, and one indexed select on the same connection.

The server comes from the package that the tests use, in a folder of its own that goes with the run.
"""

import gc
import random
from collections.abc import Sequence
from pathlib import Path

import psycopg
from sqlalchemy import bindparam, select
from tests.databases import postgres_server

from benchmarks import corpus, queries, registry
from benchmarks.knocking import timing
from benchmarks.outcome import Outcome
from benchmarks.search import SEEDS, Measured, timed
from benchmarks.search_peers import POSTGRES, postgres_like
from benchmarks.truth import Question
from gwannae.actions.localvendor import look_up
from gwannae.actions.toolkit import Toolkit
from gwannae.bot.start import toolkit_for
from gwannae.readers.city_file import read_city
from gwannae.storage.tables import registry as tables

PRODUCT, SELECT = "product", "one indexed select"
_FIRMS = (
    select(tables.vendors.c.id, tables.vendors.c.name, tables.vendors.c.trade, tables.vendors.c.phone)
    .where(tables.vendors.c.business_number.between(bindparam("first"), "9999999999"))
    .order_by(tables.vendors.c.business_number)
    .limit(10)
)


def measure(folder: Path, *, quick: bool = False) -> Outcome:
    """Exact classes; the product, the select and LIKE (every tenth query) take turns class by class."""
    count, each = (10_000, 30) if quick else (100_000, 100)
    lines = list(corpus.lines(count))
    words = queries.Words(lines)
    file = corpus.write_csv(folder / f"postgres-{count}.csv", lines)
    measured, rng = Measured(), random.Random(SEEDS[0])
    with (
        postgres_server() as server,
        server.fresh(migrated=False) as ours,
        server.fresh(migrated=False) as theirs,
        toolkit_for(read_city(str(corpus.CITY_FILE)), ours, lambda: registry.NOW) as toolkit,
        postgres_like(theirs, lines) as like,
    ):
        registry.take_in(toolkit, file)
        with psycopg.connect(ours, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")  # its own housekeeping is switched off on this server
        registry.get_ready(toolkit)
        gc.collect()
        gc.freeze()  # as `serve` does when it is ready
        for name in queries.EXACT:
            questions = queries.classes(words, SEEDS[0], each)[name]
            _one_class(measured, name, toolkit, questions, [rng.choice(lines).number for _ in questions])
            for question in questions[::10]:
                measured.took(name, POSTGRES, timed(lambda: like(question)))  # noqa: B023
    gc.unfreeze()
    outcome = Outcome()
    for name in queries.EXACT:
        ratio = measured.p50(name, PRODUCT) / measured.p50(name, SELECT)
        outcome.ratio(f"search, PostgreSQL: {name}: p50 / one indexed select", ratio, at_most=4)
    every = [seconds for by_way in measured.seconds.values() for seconds in by_way[POSTGRES]]
    outcome.told("search, PostgreSQL: LIKE p50", timing(every).p50, "ms")
    outcome.tables.append(measured.times(f"PostgreSQL, {count:,} vendors"))
    return outcome


def _one_class(
    measured: Measured, name: str, toolkit: Toolkit, questions: Sequence[Question], numbers: Sequence[str]
) -> None:
    """`numbers`: from which business number on the select reads its ten firms, another one each time."""
    for question in questions:
        registry.forget_cards(toolkit)
        measured.took(name, PRODUCT, timed(lambda: look_up(toolkit, question.typed, registry.TODAY)))  # noqa: B023
    with toolkit.database.read() as tx:
        for number in numbers:
            measured.took(name, SELECT, timed(lambda: tx.execute(_FIRMS, {"first": number}).all()))  # noqa: B023
