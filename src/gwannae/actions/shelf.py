"""The registry's words and verdicts as they are held in memory."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from gwannae.programme.localvendor import Card
from gwannae.programme.meaning import Meaning
from gwannae.programme.place_sets import PlaceSet
from gwannae.programme.vendor_kinds import STATED, kind_bits, kinds_of_item, kinds_of_trade
from gwannae.programme.vendors import CertificateKind
from gwannae.programme.verdict import Verdict
from gwannae.programme.word_index import WordIndex
from gwannae.storage.database import Transaction
from gwannae.storage.outlines import supplied

CHECK_EVERY = 1.0  # seconds between looks at the registry's version: a changed firm is found within two
MOST_CARDS = 2_000  # firms kept that were shown lately: bounds the memory


@dataclass(frozen=True, slots=True)
class Shelf:
    """One version of the registry, judged for one day; readers keep theirs while a new one is made.

    Of every firm it knows what counts and orders an answer, by the firm's place in the order of the day
    (`programme.vendor_order`). What is shown of a firm is read when it is shown, and kept in `cards` for the next who
    asks. `certificates` has 직접생산 also for a firm that is only stated to make. `order` holds what the firms are
    ordered by, ascending, and `bought` the records from which the city had bought when the day began: for whoever makes
    the next shelf of the day from this one.
    """

    index: WordIndex
    vendor_ids: array[int]
    order: array[int]
    by_verdict: Mapping[Verdict, PlaceSet]
    districts: list[str | None]
    certificates: list[frozenset[CertificateKind]]
    numbers: array[int]
    number_places: array[int]
    day: date
    as_of: date | None
    version: int
    bought: frozenset[int]
    cards: dict[int, Card] = field(default_factory=dict)
    known_kinds: list[tuple[Meaning, bytes]] = field(default_factory=list)

    def kinds(self, tx: Transaction, meaning: Meaning) -> bytes:
        """What each firm supplies, as bits (`programme.vendor_kinds`).

        Made when the first look-up asks for a kind, which most never do: a start has no time for it.
        """
        if not self.known_kinds or self.known_kinds[0][0] is not meaning:
            kinds = bytearray(len(self.vendor_ids))
            places = {vendor_id: place for place, vendor_id in enumerate(self.vendor_ids)}
            for vendor_id, trade, stated in supplied(tx):
                if (place := places.get(vendor_id)) is not None:
                    kinds[place] = kind_bits(stated) | STATED if stated else kind_bits(kinds_of_trade(trade))
            for item, offering in self.index.items():
                if bits := kind_bits(kinds_of_item(item, meaning.kinds(item))):
                    for place in offering:
                        if kinds[place] < STATED:
                            kinds[place] |= bits
            self.known_kinds[:] = [(meaning, bytes(kinds))]
        return self.known_kinds[0][1]

    def place_of_number(self, business_number: str) -> int | None:
        """Where the firm of a business number (ten digits) stands."""
        wanted = int(business_number)
        at = bisect_left(self.numbers, wanted)
        return self.number_places[at] if at < len(self.numbers) and self.numbers[at] == wanted else None

    def keep(self, card: Card) -> None:
        """Remember what is shown of a firm; when there are many, all are forgotten and those asked for come back."""
        if len(self.cards) >= MOST_CARDS:
            self.cards.clear()
        self.cards[card.vendor.id] = card
