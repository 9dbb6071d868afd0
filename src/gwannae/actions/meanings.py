"""The words that belong together held in memory, renewed when their version in the database moves."""

import threading
from collections.abc import Callable, Sequence

from gwannae.programme.meaning import Meaning
from gwannae.programme.word_groups import WordGroup, WordSource
from gwannae.storage import synonyms
from gwannae.storage.database import Transaction

CHECK_EVERY = 1.0  # seconds between looks at the version: a changed word is known within two
_FIRST = (WordSource.OFFICE, WordSource.CITY, WordSource.SHIPPED, WordSource.OFFICIAL)


class MeaningKeeper:
    """Hands out the current meaning of words. Any number of threads; one of them renews it, the others use the old one.

    The groups that come with the product are handed in; those of the city, of official tables and of the office are
    read from the database. What is nearer to the city comes first.
    """

    def __init__(self, shipped: Callable[[], Sequence[WordGroup]], monotonic: Callable[[], float]) -> None:
        """`shipped` reads the product's own groups, when first needed; `monotonic` answers seconds that never jump."""
        self._shipped = shipped
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._meaning: Meaning | None = None
        self._checked = float("-inf")

    def at_hand(self) -> Meaning | None:
        """The meaning, if it was compared with the database less than CHECK_EVERY seconds ago."""
        meaning = self._meaning
        return meaning if meaning is not None and self._monotonic() - self._checked < CHECK_EVERY else None

    def current(self, tx: Transaction) -> Meaning:
        """The meaning, at most CHECK_EVERY seconds behind the database."""
        at_hand = self.at_hand()
        if at_hand is not None:
            return at_hand
        meaning = self._meaning
        if meaning is not None and not self._lock.acquire(blocking=False):
            return meaning
        if meaning is None:
            self._lock.acquire()
        try:
            return self._renewed(tx)
        finally:
            self._lock.release()

    def _renewed(self, tx: Transaction) -> Meaning:
        meaning = self._meaning
        if meaning is None or meaning.version != synonyms.words_version(tx):
            version, stored = synonyms.read_groups(tx)
            groups = sorted((*stored, *self._shipped()), key=lambda group: _FIRST.index(group.source))
            self._meaning = meaning = Meaning(groups, version)
        self._checked = self._monotonic()
        return meaning
