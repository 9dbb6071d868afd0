"""Whether an address lies in the city. A firm far away with a look-alike address must never count as local.

An address is read from its beginning: province, city, district. Only these decide, and a 동 or a road that no other
city has. Any other road, 동 or building alone never does: the same names are found all over Korea.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from gwannae.programme.facts import Fact
from gwannae.programme.places import Places


class AddressEvidence(StrEnum):
    """What in an address decided, or why nothing did."""

    CITY_NAMED = "city_named"
    DISTRICT_NAMED = "district_named"
    NEIGHBOURHOOD_ONLY_HERE = "neighbourhood_only_here"
    ROAD_ONLY_HERE = "road_only_here"
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

    YES needs the city by name, or a district by name where districts name the city, or at the start a 동 or road that
    only this city has. NO needs another province, or another city, county or district by name. Two addresses that
    disagree, or our city with a district that it does not have, are a CONFLICT: UNKNOWN, as is everything else.
    """
    return _reader()(text, places)


@cache
def _reader() -> Callable[[str, Places], AddressReading]:
    """What reads, found with the first address: its patterns take 20 ms to compile, which every start would pay."""
    from gwannae.programme.address_reading import read

    return read
