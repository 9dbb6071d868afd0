"""The whole registry read, judged and put in the order of a day."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from gwannae.actions.shelf import Shelf
from gwannae.programme.city import City
from gwannae.programme.facts import Fact
from gwannae.programme.place_sets import PlaceSet
from gwannae.programme.search import Field
from gwannae.programme.splices import NOWHERE
from gwannae.programme.vendor_order import DailyOrder, bought_since, day_begins, fresh_since
from gwannae.programme.vendor_status import StateFact
from gwannae.programme.vendors import Certificate, CertificateKind, SizeFact, VendorAddress
from gwannae.programme.verdict import LocalRule, Verdict, judge, rule_on
from gwannae.programme.word_index import WordIndex
from gwannae.storage import vendor_checks, vendor_merits, words
from gwannae.storage import vendors as vendor_store
from gwannae.storage.database import Transaction
from gwannae.storage.outlines import Outline, outlines, posting_places

_MAKER = frozenset({CertificateKind.DIRECT_PRODUCTION})
_NONE: frozenset[CertificateKind] = frozenset()


def build(tx: Transaction, city: City, day: date, before: Shelf | None = None) -> Shelf:
    """The shelf of a day from all that the database holds; the words from a shelf `before` of the same version, in
    which only the order is another.
    """
    version = words.registry_version(tx)  # first: what changes while the rest is read is read again
    rule = rule_on(city.local_rules, day)
    bought = vendor_merits.bought_from_at(tx, bought_since(day), day, day_begins(day, city.zone))
    key = order_of(tx, city, day, bought).key
    firms = sorted((key(firm.id, firm.makes, firm.certificates, firm.as_of), firm) for firm in outlines(tx))
    order = array("Q", [at for at, _ in firms])
    places = {firm.id: place for place, (_, firm) in enumerate(firms)}
    numbers = sorted((int(f.business_number), place) for place, (_, f) in enumerate(firms) if f.business_number)
    shut = {vendor_id: status.fact(city.zone) for vendor_id, status in vendor_checks.not_open(tx).items()}
    by_verdict, districts = _judged((firm for _, firm in firms), day, rule, shut)
    certificates = _held((firm for _, firm in firms), day)
    del firms  # its memory serves for the words
    return Shelf(
        index=_index(tx, places, version, before),
        vendor_ids=array("q", places),
        order=order,
        by_verdict=by_verdict,
        districts=districts,
        certificates=certificates,
        numbers=array("q", [number for number, _ in numbers]),
        number_places=array("I", [place for _, place in numbers]),
        day=day,
        as_of=vendor_store.data_day(tx),
        version=version,
        bought=bought,
    )


def order_of(
    tx: Transaction, city: City, day: date, bought: frozenset[int], among: Sequence[int] | None = None
) -> DailyOrder:
    """The order of a day, from what stood in the database when it began; of some firms alone, if they are given.

    `bought` are the records from which the city bought.
    """
    stale_after = city.registry.stale_after_days
    since, moment = day_begins(fresh_since(day, stale_after), city.zone), day_begins(day, city.zone)
    checked = vendor_merits.checked_between(tx, since, moment, among)
    return DailyOrder(day, stale_after, checked, vendor_merits.with_merged(tx, bought))


def judged(
    addresses: Sequence[VendorAddress], size: SizeFact, state: StateFact | None, day: date, rule: LocalRule
) -> tuple[Verdict, str | None]:
    """What counts of a firm on a day: its verdict, and the district of the address that decided."""
    judgement = judge(addresses, size, day, rule, () if state is None else (state,))
    return judgement.verdict, judgement.address.district if judgement.address else None


def held(makes: Fact, certificates: Sequence[Certificate], day: date) -> frozenset[CertificateKind]:
    """The kinds of certificates that a firm holds on a day.

    Who is stated to make what it offers is found by 직접생산 as well as who has the certificate; the card tells which.
    """
    stated = _MAKER if makes is Fact.YES else _NONE
    return stated.union(c.kind for c in certificates if c.holds_on(day)) if certificates else stated


def _index(tx: Transaction, place_of: Mapping[int, int], version: int, before: Shelf | None) -> WordIndex:
    if before is not None and before.version == version:
        moves = array("I", (place_of.get(vendor_id, NOWHERE) for vendor_id in before.vendor_ids))
        return before.index.changed(moves, {}, {}, version)
    # A vendor that is not known came with an import that ended between two selects: all is then read again.
    return WordIndex(
        words.terms(tx),
        {field: posting_places(tx, field, place_of) for field in Field},
        version,
    )


def _judged(
    firms: Iterable[Outline], day: date, rule: LocalRule, shut: Mapping[int, StateFact | None]
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
        of_firm = known.get(alike)
        if of_firm is None:
            verdict, district = judged(firm.addresses, firm.size, state, day, rule)
            of_firm = known[alike] = places[verdict], district
        of_firm[0].append(place)
        districts.append(of_firm[1])
    return {verdict: PlaceSet(of) for verdict, of in places.items()}, districts


def _held(firms: Iterable[Outline], day: date) -> list[frozenset[CertificateKind]]:
    """The kinds of each firm; few are different, so there is one object of each."""
    known = {_NONE: _NONE}
    return [known.setdefault(kinds, kinds) for kinds in (held(firm.makes, firm.certificates, day) for firm in firms)]
