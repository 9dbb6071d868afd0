"""One purchase report beside the least that a usual web application would do for it, on the same kind of database.

The product: every field checked, the firm judged by the rule of the day, who may asked of the table of roles, the
lamp's sums over twelve months and the year, report, first version and audit entry stored, the year's running totals and
the organisation's place for the receipt, all in one transaction. The peer: SQLAlchemy's ORM adds one row of seven
columns with two indexes and moves a summary row of organisation, kind and year by an upsert, in one transaction. It
checks nothing and answers nothing.

At the end twenty people report at once, every form twice: none may be lost, none doubled.
"""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import create_engine, event, func, select
from tests.databases import postgres_server

from benchmarks import corpus, registry
from benchmarks.knocking import Timing, timing
from benchmarks.orm_reports import Base, OrmReports
from benchmarks.outcome import Outcome
from gwannae.actions.report_purchase import submit
from gwannae.actions.toolkit import Toolkit
from gwannae.bot.start import toolkit_for
from gwannae.programme.city import LimitKind
from gwannae.programme.lamp import Subject
from gwannae.programme.organisations import COMMAND_LINE, Actor, Organisation, Role
from gwannae.programme.purchases import ContractMethod, PurchaseKind
from gwannae.programme.report_form import RawReport
from gwannae.programme.report_purchase import AlreadyStored, Stored
from gwannae.readers.city_file import read_city
from gwannae.storage import affiliations, organisations
from gwannae.storage.purchases import purchases

TEAM, VENDORS, PEOPLE = "T0BENCH", 1_000, 20
LEAST_RATE, MOST_TAIL = 0.8, 2.0
_KINDS, _METHODS = tuple(PurchaseKind), tuple(ContractMethod)
_FORMS = count(1)
# Sent for the second time: what the lamp finds is looked for all the same, and holds nothing up.
SEEN = (
    *(f"{what}_{kind}" for what in ("over", "no") for kind in LimitKind),
    *(f"adds_up_{subject}" for subject in Subject),
    "over_cap",
    "large_share",
)

Once = Callable[[], None]


def measure(folder: Path, *, quick: bool = False) -> Outcome:
    """Rounds that alternate between peer and product, over an empty year and over one that has begun."""
    rounds, each, begun = (3, 60, 500) if quick else (7, 200, 5_000)
    file = corpus.write_csv(folder / f"reports-{VENDORS}.csv", corpus.lines(VENDORS))
    outcome = Outcome()
    sqlite = (f"sqlite:///{folder / 'reports.db'}", f"sqlite:///{folder / 'reports-orm.db'}")
    _one_database(outcome, "SQLite", *sqlite, file, (rounds, each, begun))
    with (
        postgres_server(durable=True) as server,
        server.fresh(migrated=False) as ours,
        server.fresh(migrated=False) as theirs,
    ):
        _one_database(outcome, "PostgreSQL", ours, theirs, file, (rounds, each, begun))
    return outcome


def _one_database(outcome: Outcome, name: str, ours: str, theirs: str, file: Path, size: tuple[int, int, int]) -> None:
    rounds, each, begun = size
    with _product(ours, file) as toolkit, _peer(theirs) as orm:
        product = _reporting(toolkit)
        _compare(outcome, f"report, {name}", orm, product, rounds, each)
        for _ in range(max(0, begun - (rounds + 1) * each)):
            product()
        _compare(outcome, f"report, {name}, {begun:,} reports in the year", orm, product, rounds, each)
        lost, doubled = _all_at_once(toolkit, each)
        outcome.bounded(f"report, {name}: {PEOPLE} at once, every form twice: lost", lost, "", at_most=0)
        outcome.bounded(f"report, {name}: the same: doubled", doubled, "", at_most=0)


def _compare(outcome: Outcome, name: str, orm: Once, product: Once, rounds: int, each: int) -> None:
    peer_times: list[Timing] = []
    our_times: list[Timing] = []
    ratios: list[float] = []
    for n in range(rounds + 1):  # the first round warms both
        taken = {who: _timed(who, each) for who in ((orm, product) if n % 2 else (product, orm))}
        if n:
            peer_times.append(timing(taken[orm]))
            our_times.append(timing(taken[product]))
            ratios.append(sum(taken[orm]) / sum(taken[product]))
    outcome.share(f"{name}: reports/s, product / ORM + upsert", median(ratios), at_least=LEAST_RATE)
    tails = [ours.p99 / peer.p99 for ours, peer in zip(our_times, peer_times, strict=True)]
    outcome.ratio(f"{name}: p99", median(tails), at_most=MOST_TAIL)
    outcome.told(f"{name}: ORM p50", median(t.p50 for t in peer_times), "ms")
    outcome.told(f"{name}: product p50", median(t.p50 for t in our_times), "ms")


def _timed(once: Once, times: int) -> list[float]:
    """Seconds of each."""
    taken = []
    for _ in range(times):
        began = perf_counter()
        once()
        taken.append(perf_counter() - began)
    return taken


@contextmanager
def _product(url: str, file: Path) -> Iterator[Toolkit]:
    """The product over a database with firms, and twenty people who may report."""
    with toolkit_for(read_city(str(corpus.CITY_FILE)), url, lambda: registry.NOW) as toolkit:
        registry.take_in(toolkit, file)
        with toolkit.database.write() as tx:
            every = organisations.all_organisations(tx)
            for n in range(PEOPLE):
                affiliations.add_affiliation(
                    tx, TEAM, f"U{n}", every[n % len(every)].id, Role.STAFF, self_declared=False,
                    since=date(2027, 1, 1), by=COMMAND_LINE,
                )  # fmt: skip
        yield toolkit


@contextmanager
def _peer(url: str) -> Iterator[Once]:
    """The ORM over a database of its own, with the settings that the product writes with."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    if url.startswith("sqlite"):

        @event.listens_for(engine, "connect")
        def prepare(connection: object, _: object) -> None:
            for setting in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
                connection.execute(f"PRAGMA {setting}")  # type: ignore[attr-defined]

    Base.metadata.create_all(engine)
    try:
        yield OrmReports(engine, random.Random(corpus.SEED)).report
    finally:
        engine.dispose()


def _reporting(toolkit: Toolkit) -> Once:
    """Reports of twenty people in turn, of firms of the registry."""
    every = _organisations(toolkit)
    chance = random.Random(corpus.SEED)

    def once() -> None:
        n = next(_FORMS)
        outcome = submit(toolkit, _person(n), _form(n, every, chance), registry.NOW)
        if not isinstance(outcome, Stored):
            raise AssertionError(f"not stored: {outcome}")

    return once


def _organisations(toolkit: Toolkit) -> list[Organisation]:
    with toolkit.database.read() as tx:
        return organisations.all_organisations(tx)


def _person(n: int) -> Actor:
    return Actor(TEAM, f"U{n % PEOPLE}")


def _form(n: int, every: list[Organisation], chance: random.Random) -> RawReport:
    own = every[(n % PEOPLE) % len(every)]
    return RawReport(
        form_key=f"bench-{n}",
        organisation_id=own.id,
        title=f"현수막 제작 {n}",
        vendor_id=chance.randrange(VENDORS) + 1,
        firm_name=None,
        firm_number=None,
        firm_address=None,
        amount=f"{chance.randrange(10, 2_000)}만원",
        contract_date=(registry.TODAY - timedelta(days=chance.randrange(3))).isoformat(),
        kind=chance.choice(_KINDS).value,
        method=chance.choice(_METHODS).value,
        item="현수막",
        seen=SEEN,
    )


def _all_at_once(toolkit: Toolkit, forms: int) -> tuple[int, int]:
    """Twenty threads; each form comes twice, from two of them. How many are missing, how many are there twice."""
    every, chance = _organisations(toolkit), random.Random(corpus.SEED)
    raw = [(n, _form(n, every, chance)) for n in (next(_FORMS) for _ in range(forms))]
    before = _stored(toolkit)
    pairs = chance.sample(raw + [(n, replace(form)) for n, form in raw], 2 * forms)
    with ThreadPoolExecutor(PEOPLE) as threads:
        said = list(threads.map(lambda one: _patiently(toolkit, *one), pairs))
    if sum(isinstance(one, Stored) for one in said) + sum(isinstance(one, AlreadyStored) for one in said) != len(said):
        raise AssertionError("a report was refused")
    there = _stored(toolkit) - before
    return max(0, forms - there), max(0, there - forms)


def _patiently(toolkit: Toolkit, n: int, form: RawReport) -> object:
    """As a person who is told that the store is busy: once more."""
    from gwannae.storage.database import DatabaseBusyError

    for _ in range(20):
        try:
            return submit(toolkit, _person(n), form, registry.NOW)
        except DatabaseBusyError:
            continue
    raise AssertionError("busy twenty times over")


def _stored(toolkit: Toolkit) -> int:
    with toolkit.database.read() as tx:
        return int(tx.execute(select(func.count()).select_from(purchases)).scalar_one())
