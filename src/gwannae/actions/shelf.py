"""The registry's words and verdicts held in memory, renewed when the registry's version or the day moves."""

import threading
from array import array
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gwannae.actions.collection import without_collection
from gwannae.programme.city import City
from gwannae.programme.facts import Fact
from gwannae.programme.function_words import FunctionWords
from gwannae.programme.localvendor import Card
from gwannae.programme.meaning import Meaning
from gwannae.programme.place_sets import PlaceSet
from gwannae.programme.search import Field
from gwannae.programme.vendor_kinds import STATED, kind_bits, kinds_of_item, kinds_of_trade
from gwannae.programme.vendor_order import DailyOrder, bought_since, day_begins, fresh_since
from gwannae.programme.vendor_status import StateFact
from gwannae.programme.vendors import CertificateKind
from gwannae.programme.verdict import LocalRule, Verdict, judge, rule_on
from gwannae.programme.word_index import WordIndex
from gwannae.storage import vendor_checks, vendor_merits, words
from gwannae.storage import vendors as vendor_store
from gwannae.storage.database import Database, Transaction
from gwannae.storage.outlines import Outline, outlines, posting_places, supplied

CHECK_EVERY = 1.0  # seconds between looks at the registry's version: a changed firm is found within two
MOST_CARDS = 2_000  # firms kept that were shown lately: bounds the memory


@dataclass(frozen=True, slots=True)
class Shelf:
    """One version of the registry, judged for one day; readers keep theirs while a new one is made.

    Of every firm it knows what counts and orders an answer, by the firm's place in the order of the day
    (`programme.vendor_order`). What is shown of a firm is read when it is shown, and kept in `cards` for the next who
    asks. `certificates` has 직접생산 also for a firm that is only stated to make.
    """

    index: WordIndex
    vendor_ids: Sequence[int]
    by_verdict: Mapping[Verdict, PlaceSet]
    districts: Sequence[str | None]
    certificates: Sequence[frozenset[CertificateKind]]
    numbers: Sequence[int]
    number_places: Sequence[int]
    day: date
    as_of: date | None
    version: int
    cards: dict[int, Card] = field(default_factory=dict)
    _kinds: list[tuple[Meaning, bytes]] = field(default_factory=list)

    def kinds(self, tx: Transaction, meaning: Meaning) -> bytes:
        """What each firm supplies, as bits (`programme.vendor_kinds`).

        Made when the first look-up asks for a kind, which most never do: a start has no time for it.
        """
        if not self._kinds or self._kinds[0][0] is not meaning:
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
            self._kinds[:] = [(meaning, bytes(kinds))]
        return self._kinds[0][1]

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

    def _renewed(self, tx: Transaction, day: date) -> Shelf:
        shelf = self._shelf
        if shelf is None or shelf.day != day or shelf.version != words.registry_version(tx):
            with without_collection():
                self._shelf = shelf = _build(tx, self._city, day)
        self._checked = self._monotonic()
        return shelf


def _build(tx: Transaction, city: City, day: date) -> Shelf:
    version = words.registry_version(tx)  # first: what changes while the rest is read is read again
    rule = rule_on(city.local_rules, day)
    key = _order(tx, city, day).key
    firms = sorted(outlines(tx), key=lambda firm: key(firm.id, firm.makes, firm.certificates, firm.as_of))
    places = {firm.id: place for place, firm in enumerate(firms)}
    numbers = sorted((int(f.business_number), place) for place, f in enumerate(firms) if f.business_number)
    shut = {vendor_id: status.fact(city.zone) for vendor_id, status in vendor_checks.not_open(tx).items()}
    by_verdict, districts = _judged(firms, day, rule, shut)
    certificates = _held(firms, day)
    del firms  # its memory serves for the words
    return Shelf(
        index=_index(tx, places, version),
        vendor_ids=array("q", places),
        by_verdict=by_verdict,
        districts=districts,
        certificates=certificates,
        numbers=array("q", [number for number, _ in numbers]),
        number_places=array("I", [place for _, place in numbers]),
        day=day,
        as_of=vendor_store.registry(tx).as_of,
        version=version,
    )


def _order(tx: Transaction, city: City, day: date) -> DailyOrder:
    """The order of a day, from what stood in the database when it began."""
    moment, stale_after = day_begins(day, city.zone), city.registry.stale_after_days
    checked = vendor_merits.checked_between(tx, day_begins(fresh_since(day, stale_after), city.zone), moment)
    bought = vendor_merits.bought_from_at(tx, bought_since(day), day, moment)
    return DailyOrder(day, stale_after, checked, bought)


def _index(tx: Transaction, place_of: Mapping[int, int], version: int) -> WordIndex:
    # A vendor that is not known came with an import that ended between two selects: all is then read again.
    return WordIndex(
        words.terms(tx),
        {field: posting_places(tx, field, place_of) for field in Field},
        version,
    )


def _judged(
    firms: Sequence[Outline], day: date, rule: LocalRule, shut: Mapping[int, StateFact | None]
) -> tuple[Mapping[Verdict, PlaceSet], list[str | None]]:
    """The firms of each verdict, and the district of each firm. Firms that are alike share their addresses and are
    judged once. `shut` are the closed and suspended ones.
    """
    known: dict[tuple[int, int, StateFact | None], tuple[array[int], str | None]] = {}
    places = {verdict: array("I") for verdict in Verdict}
    districts = []
    for place, firm in enumerate(firms):
        state = shut.get(firm.id)
        alike = id(firm.addresses), id(firm.size), state
        judged = known.get(alike)
        if judged is None:
            judgement = judge(firm.addresses, firm.size, day, rule, () if state is None else (state,))
            district = judgement.address.district if judgement.address else None
            judged = known[alike] = places[judgement.verdict], district
        judged[0].append(place)
        districts.append(judged[1])
    return {verdict: PlaceSet(of) for verdict, of in places.items()}, districts


def _held(firms: Sequence[Outline], day: date) -> list[frozenset[CertificateKind]]:
    """The kinds of certificates that each firm holds on a day; few are different, so there is one object of each.

    Who is stated to make what it offers is found by 직접생산 as well as who has the certificate; the card tells which.
    """
    none: frozenset[CertificateKind] = frozenset()
    makers = frozenset({CertificateKind.DIRECT_PRODUCTION})
    known = {none: none, makers: makers}
    stated = [makers if firm.makes is Fact.YES else none for firm in firms]
    held = [
        also.union(c.kind for c in f.certificates if c.holds_on(day)) if f.certificates else also
        for f, also in zip(firms, stated, strict=True)
    ]
    return [known.setdefault(kinds, kinds) for kinds in held]
