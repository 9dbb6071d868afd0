"""Where a city is: its province, its districts and the names they go by. Values come from the city file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class District:
    """A 구 of the city: full name ("가람구"), short names ("가람"), legal and administrative 동 names."""

    name: str
    aliases: tuple[str, ...] = ()
    neighbourhoods: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Places:
    """The city and what surrounds it, as far as an address needs it.

    `province` and `city` are full names ("경기도", "가람시"); a metropolitan city gives its own name for both.
    `districts_name_the_city` says whether a district alone is enough: true where no other Korean city has a
    district of any of these names (중구, 남구 … are in many). `neighbourhoods` are those of a city without districts
    (동, 읍, 면). `unique_neighbourhoods` (동, 읍, 면, 리) and `unique_roads` are names that no other place in Korea
    has or had: they stand for the city where it is left out.
    """

    province: str
    city: str
    province_aliases: tuple[str, ...] = ()
    city_aliases: tuple[str, ...] = ()
    districts: tuple[District, ...] = ()
    districts_name_the_city: bool = False
    neighbourhoods: tuple[str, ...] = ()
    unique_neighbourhoods: tuple[str, ...] = ()
    unique_roads: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """Equal places have equal names; hashing every 동 for each address that is read would take half its time."""
        return hash((self.province, self.city))
