"""A shelf made from the one before it by reading only the firms that have changed."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence, Set
from itertools import chain
from typing import NamedTuple

from gwannae.actions.shelf import Shelf
from gwannae.actions.shelf_building import held, judged, order_of
from gwannae.programme.city import City
from gwannae.programme.meaning import Meaning
from gwannae.programme.place_sets import PlaceSet
from gwannae.programme.search import Field
from gwannae.programme.splices import NOWHERE, Splice, in_order, where_is
from gwannae.programme.vendor_kinds import STATED, kind_bits, kinds_of_item, kinds_of_trade
from gwannae.programme.vendors import CertificateKind, Vendor
from gwannae.programme.verdict import Verdict, rule_on
from gwannae.storage import vendors as vendor_store
from gwannae.storage import words
from gwannae.storage.database import Transaction
from gwannae.storage.registry_changes import changed_since
from gwannae.storage.vendor_import import postings_of
from gwannae.storage.vendor_retirements import retired_among

_FEW, _SHARE = 200, 20  # more firms than that, and than one in twenty: then to read all is as quick


class _Firm(NamedTuple):
    """A firm that has changed, and what an answer orders and counts it by."""

    at: int
    vendor: Vendor
    verdict: Verdict
    district: str | None
    certificates: frozenset[CertificateKind]
    postings: Set[tuple[str, Field]]

    def bits(self, meaning: Meaning) -> int:
        """What the firm supplies, as `Shelf.kinds` has it."""
        if self.vendor.kinds:
            return kind_bits(self.vendor.kinds) | STATED
        items = (text for text, field in self.postings if field is Field.ITEM)
        kinds = (kinds_of_item(item, meaning.kinds(item)) for item in items)
        return kind_bits(chain(kinds_of_trade(self.vendor.trade or ""), *kinds))


def renew(tx: Transaction, city: City, shelf: Shelf, version: int) -> Shelf | None:
    """The shelf of the same day at a later `version` of the registry: no answer differs from one of a shelf that is
    built anew. None where so many firms have changed that building it is as quick.
    """
    ids = changed_since(tx, shelf.version, max(_FEW, len(shelf.vendor_ids) // _SHARE))
    if ids is None:
        return None
    firms = _read(tx, city, shelf, ids)
    changed = set(ids)
    cut = [place for place, vendor_id in enumerate(shelf.vendor_ids) if vendor_id in changed]
    splice = in_order(shelf.order, cut, [firm.at for firm in firms])
    moves, places = splice.moves(), list(splice.fresh_places())
    numbers, number_places = _by_number(shelf, firms, moves, places)
    lists, texts = _words(tx, firms, places)
    return Shelf(
        index=shelf.index.changed(moves, lists, texts, version),
        vendor_ids=splice.of(shelf.vendor_ids, [firm.vendor.id for firm in firms]),
        order=splice.of(shelf.order, [firm.at for firm in firms]),
        by_verdict=_by_verdict(shelf, firms, moves, places),
        districts=splice.of(shelf.districts, [firm.district for firm in firms]),
        certificates=splice.of(shelf.certificates, [firm.certificates for firm in firms]),
        numbers=numbers,
        number_places=number_places,
        day=shelf.day,
        as_of=vendor_store.data_day(tx),
        version=version,
        bought=shelf.bought,
        known_kinds=_kinds(shelf, firms, splice),
    )


def _read(tx: Transaction, city: City, shelf: Shelf, ids: Sequence[int]) -> list[_Firm]:
    """Those of some firms that are on the list, in the order of the day."""
    day, retired = shelf.day, retired_among(tx, ids)
    rule = rule_on(city.local_rules, day)
    key = order_of(tx, city, day, shelf.bought, among=ids).key
    found = []
    for firm in vendor_store.vendors(tx, [i for i in ids if i not in retired]).values():
        at = key(firm.id, firm.makes, firm.certificates, firm.as_of)
        verdict, district = judged(firm.addresses, firm.size, firm.status.fact(city.zone), day, rule)
        certificates = held(firm.makes, firm.certificates, day)
        found.append(_Firm(at, firm, verdict, district, certificates, postings_of(firm)))
    return sorted(found, key=lambda firm: firm.at)


def _by_number(
    shelf: Shelf, firms: Sequence[_Firm], moves: array[int], places: Sequence[int]
) -> tuple[array[int], array[int]]:
    """Business numbers, sorted, and the places of their firms."""
    moved = array("I", map(moves.__getitem__, shelf.number_places))
    numbered = sorted(
        (int(firm.vendor.business_number), place)
        for firm, place in zip(firms, places, strict=True)
        if firm.vendor.business_number
    )
    splice = in_order(shelf.numbers, where_is(NOWHERE, moved), [number for number, _ in numbered])
    return (
        splice.of(shelf.numbers, [number for number, _ in numbered]),
        splice.of(moved, [place for _, place in numbered]),
    )


def _words(
    tx: Transaction, firms: Sequence[_Firm], places: Sequence[int]
) -> tuple[Mapping[Field, Mapping[int, list[int]]], Mapping[int, str]]:
    """The places of some firms by the words that they are found by (ids), in each field; and those words."""
    ids = words.term_ids(tx, {text for firm in firms for text, _ in firm.postings})
    lists: dict[Field, dict[int, list[int]]] = {field: {} for field in Field}
    for firm, place in zip(firms, places, strict=True):
        for text, field in firm.postings:
            if text in ids:  # else the firm was stored by a version of the program that made other words of it
                lists[field].setdefault(ids[text], []).append(place)
    return lists, {term_id: text for text, term_id in ids.items()}


def _by_verdict(
    shelf: Shelf, firms: Sequence[_Firm], moves: array[int], places: Sequence[int]
) -> Mapping[Verdict, PlaceSet]:
    gone = PlaceSet((NOWHERE,))
    fresh: dict[Verdict, list[int]] = {verdict: [] for verdict in Verdict}
    for firm, place in zip(firms, places, strict=True):
        fresh[firm.verdict].append(place)
    return {
        verdict: (PlaceSet(map(moves.__getitem__, before)) | PlaceSet(fresh[verdict])) - gone
        for verdict, before in shelf.by_verdict.items()
    }


def _kinds(shelf: Shelf, firms: Sequence[_Firm], splice: Splice) -> list[tuple[Meaning, bytes]]:
    """What each firm supplies, where somebody has asked for it already."""
    return [
        (meaning, bytes(splice.of(bytearray(kinds), [firm.bits(meaning) for firm in firms])))
        for meaning, kinds in shelf.known_kinds
    ]
