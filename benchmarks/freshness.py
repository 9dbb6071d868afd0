"""How soon a firm that one process adds, corrects or takes off the list is so for another one that serves.

The other one is `gwannae serve` with 100,000 vendors, on either database, and is asked over HTTP again and again from
the moment of the commit. It must answer from the old words while the new ones are made.
"""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
from tests.databases import postgres_server

from benchmarks import corpus, registry
from benchmarks.auth_stub import slack_stub
from benchmarks.knocking import Connection, signed_command, timing
from benchmarks.outcome import Outcome
from benchmarks.servers import Served, product
from gwannae.actions.toolkit import Toolkit
from gwannae.bot.start import toolkit_for
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.vendors import Vendor
from gwannae.readers.city_file import read_city
from gwannae.storage import vendor_import, vendor_retirements, vendor_update, vendors
from gwannae.storage.database import Transaction

_NEW = "상호,사업자등록번호,소재지,취급품목\n{name},{number},누리도 물별시 은하구 은하로 1,{item}\n"
_NAME = "샛별처음상사"
_PATIENCE = 30.0
_PAUSE = 0.01

Change = tuple[str, bool, float]


def measure(folder: Path, *, quick: bool = False) -> Outcome:
    """On each database some firms, one after the other: added, corrected, retired."""
    count, rounds = (10_000, 2) if quick else (100_000, 5)
    outcome = Outcome()
    for name, where in (("SQLite", _sqlite), ("PostgreSQL", _postgres)):
        waits: list[float] = []
        answers: list[float] = []
        with where(folder, count) as url, _office(url) as office, slack_stub() as slack, product(slack, url) as serving:
            for word in registry.A_WORD_OF_EACH_KIND:
                _ask(serving, word)
            for nth in range(rounds):
                firm = _Firm(office, count + nth, "가나다라마"[nth])
                changes = (change(folder) for change in (firm.add, firm.correct, firm.retire))
                waits.extend(_until_answered(serving, change, answers) for change in changes)
        what = f"freshness, {name}: a change is found, {count:,} vendors"
        outcome.bounded(f"{what}, worst of {len(waits)}", max(waits), "s", at_most=2)
        outcome.told(f"{what}, median", sorted(waits)[len(waits) // 2], "s")
        outcome.told(f"freshness, {name}: answers meanwhile, p50", timing(answers).p50, "ms")
        outcome.told(f"freshness, {name}: answers meanwhile, the slowest", max(answers) * 1000, "ms")
    return outcome


@contextmanager
def _sqlite(folder: Path, count: int) -> Iterator[str]:
    database = folder / f"fresh-{count}.db"
    shutil.copyfile(registry.filled(folder, count), database)
    yield f"sqlite:///{database}"


@contextmanager
def _postgres(folder: Path, count: int) -> Iterator[str]:
    with postgres_server() as server, server.fresh(migrated=False) as url:
        with _office(url) as office:
            registry.take_in(office, corpus.write_csv(folder / f"fresh-{count}.csv", corpus.lines(count)))
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")  # its own housekeeping is switched off on this server
        yield url


@contextmanager
def _office(url: str) -> Iterator[Toolkit]:
    with toolkit_for(read_city(str(corpus.CITY_FILE)), url, lambda: registry.NOW) as toolkit:
        yield toolkit


class _Firm:
    """One firm as the office keeps it. Each change answers a word, whether it leads to the firm, and since when."""

    def __init__(self, office: Toolkit, nth: int, letter: str) -> None:
        self._office, self._number = office, corpus.business_number(nth)
        self._first, self._second = f"별빛등불{letter}", f"달빛그네{letter}"

    def add(self, folder: Path) -> Change:
        """By a file."""
        text = _NEW.format(name=_NAME, number=self._number, item=self._first)
        return self._first, True, registry.add(self._office, folder / "new.csv", text)

    def correct(self, _: Path) -> Change:
        """By hand: it has one more item."""
        with self._office.database.write() as tx:
            firm = self._stored(tx)
            more = replace(firm, items=(*firm.items, self._second))
            vendor_update.correct_vendor(tx, more, at=registry.NOW, reason="품목이 늘었음")
            vendor_import.end_import(tx, as_of=None, at=registry.NOW)
        return self._second, True, time.perf_counter()

    def retire(self, _: Path) -> Change:
        """By hand: nobody finds it any more."""
        with self._office.database.write() as tx:
            firm = self._stored(tx)
            vendor_retirements.retire(tx, firm.id, registry.TODAY, "폐업", by=COMMAND_LINE, at=registry.NOW)
            vendor_import.end_import(tx, as_of=None, at=registry.NOW)
        return self._first, False, time.perf_counter()

    def _stored(self, tx: Transaction) -> Vendor:
        firm = vendors.by_business_number(tx, self._number)
        assert firm is not None
        return firm


def _until_answered(serving: Served, change: Change, answers: list[float]) -> float:
    word, is_found, told = change
    while (now := time.perf_counter()) - told < _PATIENCE:
        said = _ask(serving, word)
        answers.append(time.perf_counter() - now)
        if (_NAME.encode() in said) is is_found:
            return time.perf_counter() - told
        time.sleep(_PAUSE)
    raise AssertionError(f"{word} was not answered rightly in {_PATIENCE:.0f} s")


def _ask(serving: Served, word: str) -> bytes:
    connection = Connection(serving.port)
    try:
        status, said = connection.ask(signed_command(word, serving.port))
    finally:
        connection.close()
    if status != 200:
        raise AssertionError(f"answered {status}")
    return said
