"""A city's places from the names of all legal places of Korea (법정동): what `Places` needs and a person would miss."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from gwannae.programme.places import District, Places
from gwannae.programme.provinces import PROVINCES, Province

_NUMBERED = re.compile(r"[0-9]+가?(?=동?$)")  # 가람동3가, 가람2동: people write 가람동
_SHORTEST_UNIQUE = 3  # syllables: 운동, 전면 … are words, too


class CityUnknownError(LookupError):
    """No city of that name, or several: `candidates` are the full names that come near (none or many)."""

    def __init__(self, city: str, candidates: Iterable[str]) -> None:
        self.city = city
        self.candidates = tuple(candidates)
        super().__init__(city, self.candidates)


def places_of_city(names: Collection[str], city: str, roads: Iterable[str] = ()) -> Places:
    """Return the places of a city, county or metropolitan city.

    `names` are the full names of all legal places that exist today, words apart ("경기도 가람시 누리구 해맑동"). `city`
    is the city's full name, or its last word where one city only is called so. `roads` are road names that the caller
    knows to be in this city only. A 동, 읍 or 면 is unique where no other place of any kind in `names` has its name.

    Raises:
        CityUnknownError: no city, or more than one.
    """
    full = _full_name(names, city)
    province, _, own = full.partition(" ")
    own = own or province
    inside = [name[len(full) + 1 :].split(" ") for name in names if name.startswith(f"{full} ")]
    district_names = _in_order(words[0] for words in inside if _is_district(words[0], metropolitan=own == province))
    elsewhere = {name.rsplit(" ", 1)[-1] for name in names if not f"{name} ".startswith(f"{full} ")}
    outside = elsewhere | {_NUMBERED.sub("", name) for name in elsewhere}
    return Places(
        province=province,
        city=own,
        province_aliases=_province_aliases(province),
        city_aliases=() if own == province or len(own) < 3 else (own[:-1],),
        districts=tuple(District(name, _short(name), _localities(inside, name)) for name in district_names),
        districts_name_the_city=bool(district_names) and not outside & set(district_names),
        neighbourhoods=_in_order(words[0] for words in inside if _is_locality(words[0])),
        unique_neighbourhoods=_in_order(
            words[-1] for words in inside if _can_stand_alone(words[-1]) and words[-1] not in outside
        ),
        unique_roads=_in_order(roads),
    )


def _full_name(names: Collection[str], city: str) -> str:
    wanted = " ".join(city.split())
    cities = {name for name in names if name.count(" ") <= 1 and name.endswith(("시", "군"))}
    if wanted in cities:
        return wanted
    found = sorted(name for name in cities if name.endswith(f" {wanted}"))
    if len(found) != 1:
        stem = wanted.rsplit(" ", 1)[-1].rstrip("시군")
        raise CityUnknownError(city, found or sorted(name for name in cities if stem and stem in name)[:10])
    return found[0]


def _is_district(word: str, *, metropolitan: bool) -> bool:
    return word.endswith("구") or (metropolitan and word.endswith("군"))


def _is_locality(word: str) -> bool:
    return word.endswith(("동", "읍", "면", "가"))


def _can_stand_alone(word: str) -> bool:
    return len(word) >= _SHORTEST_UNIQUE and word.endswith(("동", "읍", "면"))


def _localities(inside: Iterable[Sequence[str]], district: str) -> tuple[str, ...]:
    return _in_order(words[1] for words in inside if len(words) > 1 and words[0] == district and _is_locality(words[1]))


def _short(district: str) -> tuple[str, ...]:
    return (district[:-1],) if len(district) > 2 else ()


def _province_aliases(name: str) -> tuple[str, ...]:
    known: Province | None = next((province for province in PROVINCES if name in province.full_names), None)
    return () if known is None else (known.short, *(other for other in known.full_names if other != name))


def _in_order(words: Iterable[str]) -> tuple[str, ...]:
    """Each word once, in the order of the table: a person who compares the two finds everything again."""
    return tuple(dict.fromkeys(words))
