"""The shelf of the day, renewed when the registry's version or the day moves."""

import threading
from collections.abc import Callable, Iterator
from datetime import date

from gwannae.actions.collection import without_collection
from gwannae.actions.shelf import Shelf
from gwannae.actions.shelf_building import build
from gwannae.actions.shelf_renewal import renew
from gwannae.programme.city import City
from gwannae.programme.function_words import FunctionWords
from gwannae.storage import words
from gwannae.storage.database import Database, Transaction

CHECK_EVERY = 1.0  # seconds between looks at the registry's version: a changed firm is found within two


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
        self._preparing: tuple[Shelf, Iterator[None]] | None = None
        self.function_words = FunctionWords(city.places)

    def at_hand(self, day: date) -> Shelf | None:
        """The shelf for a day, if it was compared with the database less than CHECK_EVERY seconds ago."""
        shelf = self._shelf
        fresh = self._monotonic() - self._checked < CHECK_EVERY
        return shelf if shelf is not None and shelf.day == day and fresh else None

    def current(self, tx: Transaction, day: date) -> Shelf:
        """The shelf for a day, at most CHECK_EVERY seconds behind the database."""
        at_hand = self.at_hand(day)
        if at_hand is not None:
            return at_hand
        shelf = self._shelf
        if shelf is not None and not self._lock.acquire(blocking=False):
            return shelf
        if shelf is None:
            self._lock.acquire()
        try:
            return self._renewed(tx, day)
        finally:
            self._lock.release()

    def look(self, tx: Transaction, day: date) -> None:
        """Compare the shelf with the database now and renew it if need be, so that nobody who asks has to wait."""
        with self._lock:
            self._renewed(tx, day)

    def prepare(self, seconds: float) -> None:
        """Spend so long at most on what makes later answers quicker; for one thread, which comes again and again."""
        shelf = self._shelf
        if shelf is None:
            return
        if self._preparing is None or self._preparing[0] is not shelf:
            self._preparing = shelf, shelf.index.prepare()
        until = self._monotonic() + seconds
        for _ in self._preparing[1]:
            if self._monotonic() >= until:
                return

    def _renewed(self, tx: Transaction, day: date) -> Shelf:
        shelf = self._shelf
        if shelf is None or shelf.day != day:
            shelf = self._built(tx, day)
        elif (version := words.registry_version(tx)) != shelf.version:
            later = renew(tx, self._city, shelf, version) if version > shelf.version else None
            shelf = later or self._built(tx, day)
        self._shelf = shelf
        self._checked = self._monotonic()
        return shelf

    def _built(self, tx: Transaction, day: date) -> Shelf:
        with without_collection():
            return build(tx, self._city, day, self._shelf)
