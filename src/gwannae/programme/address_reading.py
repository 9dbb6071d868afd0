"""Reads an address from its beginning; the values that come of it stand in `addresses`."""

from __future__ import annotations

import re

from gwannae.programme import address_parts as parts
from gwannae.programme.address_spelling import as_meant
from gwannae.programme.addresses import AddressEvidence, AddressReading
from gwannae.programme.facts import Fact
from gwannae.programme.places import Places
from gwannae.programme.provinces import Province
from gwannae.programme.typed_text import plain

_LONGEST = 300  # characters; what comes behind decides nothing


def read(text: str, places: Places) -> AddressReading:
    """What `addresses.read_address` promises."""
    typed = plain(text)[:_LONGEST]
    if not typed:
        return _reading(Fact.UNKNOWN, AddressEvidence.EMPTY, "")
    known = parts.gazetteer(places)
    body = parts.without_heading(typed)
    first = _read_from_start(body, known)
    if first.in_city is Fact.UNKNOWN and first.evidence is not AddressEvidence.CONFLICT:
        body, first = _second_look(body, known, first)
    if first.in_city is Fact.UNKNOWN:
        return first
    for match in known.later.finditer(body, len(first.read)):  # 본점 … / 지점 … in one field
        second = _read_from_start(body[match.start() :], known)
        if second.in_city in (Fact.UNKNOWN, first.in_city):
            continue
        if parts.leads_to_a_place(body[match.start() :], known):
            return _reading(Fact.UNKNOWN, AddressEvidence.CONFLICT, f"{first.read} / {second.read}")
    return first


def _second_look(body: str, known: parts.Gazetteer, first: AddressReading) -> tuple[str, AddressReading]:
    """Read once more what nothing could be read from, spelt as it was meant; that it is rare keeps reading quick."""
    meant = as_meant(body, known.places)
    if meant == body:
        return body, first
    again = _read_from_start(meant, known)
    return (body, first) if again.in_city is Fact.UNKNOWN else (meant, again)


def _reading(in_city: Fact, evidence: AddressEvidence, read: str, district: str | None = None) -> AddressReading:
    return AddressReading(in_city, district, evidence, read.strip(" ,.-"))


def _before(body: str, rest: str) -> str:
    return body[: len(body) - len(rest)]


def _read_from_start(body: str, known: parts.Gazetteer) -> AddressReading:
    province, rest = _province(body, known)
    if province is not None:
        other = parts.province_at(rest, known)
        if other is not None and other[0] is not province and rest.startswith(other[0].full_names):
            return _reading(Fact.UNKNOWN, AddressEvidence.CONFLICT, _before(body, other[1]))
        if province.name != known.own.name:
            return _reading(Fact.NO, AddressEvidence.OTHER_PROVINCE, _before(body, rest))
        if known.places.city in known.own.full_names:
            return _in_city(body, rest, known)
    after = parts.after_city(rest, known, province_named=province is not None)
    if after is not None:
        return _in_city(body, after, known)
    if (alone := _district_alone(body, rest, known)) is not None:
        return alone
    if (outside := _after_other_city(rest, province_named=province is not None)) is not None:
        return _reading(Fact.NO, AddressEvidence.OTHER_CITY, _before(body, outside))
    if (found := parts.only_here_at(rest, known)) is not None:
        return _only_here(body, found, known)
    locality = parts.locality_in(rest)
    if locality is None:
        return _reading(Fact.UNKNOWN, AddressEvidence.UNREADABLE, "")
    return _reading(Fact.UNKNOWN, AddressEvidence.NEIGHBOURHOOD_ONLY, locality)


def _province(body: str, known: parts.Gazetteer) -> tuple[Province | None, str]:
    """Return the province at the start; written twice ("경기도 경기도 …") it is still one."""
    province: Province | None = None
    rest = body
    while (found := parts.province_at(rest, known)) is not None and (
        province is None or found[0].name == province.name
    ):
        province, rest = found
    return province, rest


def _in_city(body: str, rest: str, known: parts.Gazetteer) -> AddressReading:
    """The city is named; find its district, and refuse what contradicts the city."""
    while (again := parts.after_city(rest, known, province_named=True)) is not None:
        rest = again
    if (found := parts.district_at(rest, known)) is not None:
        district, after, _ = found
        return _reading(Fact.YES, AddressEvidence.CITY_NAMED, _before(body, after), district.name)
    unit = parts.unit_at(rest, joined=False)
    if unit is not None and not parts.neighbourhood_at(rest, known):
        return _reading(Fact.UNKNOWN, AddressEvidence.CONFLICT, _before(body, unit[1]))
    district_name = parts.district_of_neighbourhood(rest, known)
    return _reading(Fact.YES, AddressEvidence.CITY_NAMED, _before(body, rest), district_name)


def _district_alone(body: str, rest: str, known: parts.Gazetteer) -> AddressReading | None:
    """A district without its city; a short name needs one of the district's own 동 behind it."""
    found = parts.district_at(rest, known)
    if found is None:
        return None
    district, after, full_name = found
    if not full_name and not after.startswith(district.neighbourhoods) and not parts.only_here_at(after, known):
        return None
    read = _before(body, after)
    if not known.places.districts_name_the_city:
        return _reading(Fact.UNKNOWN, AddressEvidence.DISTRICT_NAMED, read)
    return _reading(Fact.YES, AddressEvidence.DISTRICT_NAMED, read, district.name)


def _only_here(body: str, found: tuple[str, str], known: parts.Gazetteer) -> AddressReading:
    """A 동 or road that only our city has, without the city; any other city in the text makes it doubtful."""
    name, after = found
    read = _before(body, after)
    for unit in parts.units_in(after):
        if unit != known.places.city and unit not in known.district_names:
            return _reading(Fact.UNKNOWN, AddressEvidence.CONFLICT, f"{read} / {unit}")
    if name in known.places.unique_roads:
        return _reading(Fact.YES, AddressEvidence.ROAD_ONLY_HERE, read, parts.district_of_neighbourhood(after, known))
    return _reading(
        Fact.YES, AddressEvidence.NEIGHBOURHOOD_ONLY_HERE, read, parts.district_of_neighbourhood(name, known)
    )


def _after_other_city(rest: str, *, province_named: bool) -> str | None:
    """Return what follows another city, county or district at the start of `rest`; None where none is named."""
    unit = parts.unit_at(rest, joined=province_named)
    if unit is not None and (province_named or _goes_on_like_an_address(unit[1])):
        return unit[1]
    # "용인 수지구 …": a city by its short name, betrayed by a district that is not ours.
    short = re.match(r"[가-힣]{2,4} (?=[가-힣])", rest)
    if short is None:
        return None
    unit = parts.unit_at(rest[short.end() :], joined=False)
    if unit is None or not unit[0].endswith("구") or not _goes_on_like_an_address(unit[1]):
        return None
    return unit[1]


def _goes_on_like_an_address(following: str) -> bool:
    """Whether a unit before `following` is one: "용인시" and "용인시 역북동" are, "역시 모름" is not."""
    following = following.lstrip(" ,.-")
    return not following or parts.is_place_word(following) or parts.unit_at(following, joined=False) is not None
