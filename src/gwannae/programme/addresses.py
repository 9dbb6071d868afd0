"""Whether an address lies in the city. A firm far away with a look-alike address must never count as local.

An address is read from its beginning: province, city, district. Only these decide. A road, a 동 or a building
alone never does: the same names are found all over Korea.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from gwannae.programme import address_parts as parts
from gwannae.programme.facts import Fact
from gwannae.programme.places import Places
from gwannae.programme.provinces import Province
from gwannae.programme.typed_text import plain

_LONGEST = 300  # characters; what comes behind decides nothing


class AddressEvidence(StrEnum):
    """What in an address decided, or why nothing did."""

    CITY_NAMED = "city_named"
    DISTRICT_NAMED = "district_named"
    OTHER_PROVINCE = "other_province"
    OTHER_CITY = "other_city"
    CONFLICT = "conflict"
    NEIGHBOURHOOD_ONLY = "neighbourhood_only"
    UNREADABLE = "unreadable"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class AddressReading:
    """What an address says: in the city or not, its district's full name, the evidence, and the text that decided.

    `read` is empty where nothing in the text decided (UNREADABLE, EMPTY).
    """

    in_city: Fact
    district: str | None
    evidence: AddressEvidence
    read: str


def read_address(text: str, places: Places) -> AddressReading:
    """Return whether `text` is an address in the city of `places`.

    YES needs the city by name, or a district by name where districts name the city. NO needs another province, or
    another city, county or district by name. Two addresses that disagree, or our city with a district that it does
    not have, are a CONFLICT: UNKNOWN, as is everything that names neither city nor district.
    """
    typed = plain(text)[:_LONGEST]
    if not typed:
        return _reading(Fact.UNKNOWN, AddressEvidence.EMPTY, "")
    known = parts.gazetteer(places)
    body = parts.without_heading(typed)
    first = _read_from_start(body, known)
    if first.in_city is Fact.UNKNOWN:
        return first
    for match in known.later.finditer(body, len(first.read)):  # 본점 … / 지점 … in one field
        second = _read_from_start(body[match.start() :], known)
        if second.in_city is not Fact.UNKNOWN and second.in_city is not first.in_city:
            return _reading(Fact.UNKNOWN, AddressEvidence.CONFLICT, f"{first.read} / {second.read}")
    return first


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
    if not full_name and not after.startswith(district.neighbourhoods):
        return None
    read = _before(body, after)
    if not known.places.districts_name_the_city:
        return _reading(Fact.UNKNOWN, AddressEvidence.DISTRICT_NAMED, read)
    return _reading(Fact.YES, AddressEvidence.DISTRICT_NAMED, read, district.name)


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
