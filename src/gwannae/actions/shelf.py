"""The registry's words and verdicts held in memory, renewed when the registry's version or the day moves."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from gwannae.programme.city import City
from gwannae.programme.search import Vocabulary
from gwannae.programme.vendors import CertificateKind
from gwannae.programme.verdict import Verdict, judge, rule_on
from gwannae.storage import vendors as vendor_store
from gwannae.storage import words
from gwannae.storage.database import Database, Transaction
from gwannae.storage.vendor_facts import all_facts

CHECK_EVERY = 1.0  # seconds between looks at the registry's version: a changed firm is found within two


class Standing(NamedTuple):
    """What must be known of every firm to count and order an answer; the rest is read for the page that is shown."""

    verdict: Verdict
    district: str | None
    certificates: frozenset[CertificateKind]
    order: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """One version of the registry, judged for one day. Immutable: readers keep theirs while a new one is made."""

    vocabulary: Vocabulary
    standings: dict[int, Standing]
    day: date
    as_of: date | None


class ShelfKeeper:
    """Hands out the current shelf. Any number of threads; one of them renews it, the others use the old one."""

    def __init__(self, city: City, database: Database, monotonic: Callable[[], float]) -> None:
        """`monotonic` answers seconds that never jump, so that a corrected clock neither stops nor hurries the look."""
        self._city = city
        self._database = database
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._shelf: Shelf | None = None
        self._checked = float("-inf")

    def current(self, tx: Transaction, day: date) -> Shelf:
        """The shelf for a day, at most CHECK_EVERY seconds behind the database."""
        shelf = self._shelf
        fresh = self._monotonic() - self._checked < CHECK_EVERY
        if shelf is not None and shelf.day == day and fresh:
            return shelf
        if shelf is not None and not self._lock.acquire(blocking=False):
            return shelf
        if shelf is None:
            self._lock.acquire()
        try:
            return self._renewed(tx, day)
        finally:
            self._lock.release()

    def _renewed(self, tx: Transaction, day: date) -> Shelf:
        shelf = self._shelf
        if shelf is None or shelf.day != day or shelf.vocabulary.version != words.registry_version(tx):
            self._shelf = shelf = _build(tx, self._city, day)
        self._checked = self._monotonic()
        return shelf


def _build(tx: Transaction, city: City, day: date) -> Shelf:
    vocabulary = words.read_vocabulary(tx)
    rule = rule_on(city.local_rules, day)
    facts = sorted(all_facts(tx), key=lambda f: (f.name, f.id))
    standings = {}
    sets: dict[
        frozenset[CertificateKind], frozenset[CertificateKind]
    ] = {}  # few distinct sets: keep one object of each
    for order, fact in enumerate(facts):
        judgement = judge(fact.addresses, fact.size, day, rule)
        held = frozenset(c.kind for c in fact.certificates if c.holds_on(day))
        district = judgement.address.district if judgement.address else None
        standings[fact.id] = Standing(judgement.verdict, district, sets.setdefault(held, held), order)
    return Shelf(vocabulary, standings, day, vendor_store.registry(tx).as_of)
