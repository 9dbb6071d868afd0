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
    district of any of these names (중구, 남구 … are in many).
    """

    province: str
    city: str
    province_aliases: tuple[str, ...] = ()
    city_aliases: tuple[str, ...] = ()
    districts: tuple[District, ...] = ()
    districts_name_the_city: bool = False
