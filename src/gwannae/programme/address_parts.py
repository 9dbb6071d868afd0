"""The parts at the start of an address: province, city, district, and what only looks like one.

Every function looks at the start of a text and gives back what follows. Where a name runs on without a space, what
follows must itself be a part of an address: 대구로 is a road, 가람시흥시 another city, 가람시청로 a road again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from gwannae.programme.places import District, Places
from gwannae.programme.provinces import PROVINCES, Province

_GAP = " ,.-"
_RUNS_ON = re.compile(r"[가-힣]")
_RUNS_ON_OR_NUMBERED = re.compile(r"[가-힣0-9]")

# Cities and counties have two syllables or more before 시 and 군; so have districts, but for the middle and the
# four points of the compass.
_GU = r"(?:[가-힣]{2,4}?구|[동서남북중]구)"
_LOCALITY = r"(?!대로|청)[가-힣]{2,}?(?:[0-9]+[가동로길]|[동읍면리로길])"
_UNIT = re.compile(
    rf"([가-힣]{{2,4}}?[시군]|{_GU})(?=[^가-힣]|$)|([가-힣]{{2,4}}?시)(?={_GU}(?:[^가-힣]|$|{_LOCALITY}))"
)
_JOINED_UNIT = re.compile(rf"([가-힣]{{2,4}}?[시군]|{_GU})(?={_LOCALITY}|[0-9])")
_JOINED_LOCALITY = re.compile(_LOCALITY)
_PLACE_WORD = re.compile(
    r"[가-힣][가-힣0-9.·]*[시군구동읍면리로길가](?:[0-9]+번?길|(?![가-힣]))|[0-9]+(?:-[0-9]+)?(?![가-힣])"
)
_UNIT_WORD = re.compile(r"(?<![가-힣])[가-힣]{1,4}[시군구](?![가-힣])")
_LEADING_LOCALITY = re.compile(
    r"(?:(?P<road>[가-힣]+[로길])(?: ?[0-9]+번?길)?|(?P<name>[가-힣]+?)(?:제?[0-9][0-9.·,]*)?(?P<kind>[동읍면리]))"
    r"(?![가-힣]|[0-9]+번?길)"
)
_LOCALITY_WORD = re.compile(r"(?<![가-힣0-9])[가-힣][가-힣0-9.·]*(?:[동읍면리로길]|[0-9]가)(?![가-힣])")

_POSTCODE = re.compile(r"[\[(]? ?(?:우(?:편번호)? ?[):.]? ?)?(?:[0-9]{5}|[0-9]{3}-[0-9]{3})(?![0-9-]) ?[\])]?")
_LABEL = re.compile(
    r"(?:(?:도로명|지번|본점|본사|공장|사업장|영업소)? ?(?:주소|소재지)|도로명|지번|본점|본사|사업장|우편번호"
    r"|(?:대한민|한)국)"
    r"(?= ?[ :)\]]|경기|[\[(])"
)
_PUNCTUATION = re.compile(r"[^0-9A-Za-z가-힣\[(]+|[\[(](?=[가-힣 \[(])")


def without_heading(text: str) -> str:
    """Return `text` without postcodes, labels ("주소:", "소재지") and signs before the address."""
    while True:
        match = _POSTCODE.match(text) or _LABEL.match(text) or _PUNCTUATION.match(text)
        if match is None:
            return text
        text = text[match.end() :]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """A city's places, made ready once for reading many addresses."""

    places: Places
    own: Province
    provinces: tuple[tuple[Province, tuple[str, ...]], ...]  # the city's own first; full names, the longest first
    full_names: tuple[str, ...]
    any_names: tuple[str, ...]
    city_aliases: tuple[str, ...]  # the longest first
    neighbourhoods: tuple[str, ...]
    district_names: tuple[str, ...]
    only_here: frozenset[str]
    later: re.Pattern[str]


@lru_cache(maxsize=16)
def gazetteer(places: Places) -> Gazetteer:
    """Return the gazetteer of `places`."""
    own = _own_province(places)
    all_provinces = (own, *(province for province in PROVINCES if province.name != own.name))
    named = tuple((province, tuple(sorted(province.full_names, key=len, reverse=True))) for province in all_provinces)
    any_name = sorted({name for province, full in named for name in (*full, province.short)}, key=len, reverse=True)
    # A second address starts with a province anywhere, or with our city behind a sign or "본점", "공장".
    later = rf"(?<![가-힣])(?:{'|'.join(map(re.escape, any_name))})"
    later += rf"|(?:(?<=[,/;|(:])|(?<=[,/;|(:] )|(?<=[점장사] )){re.escape(places.city)}"
    return Gazetteer(
        places=places,
        own=own,
        provinces=named,
        full_names=tuple(name for _, full in named for name in full),
        any_names=tuple(any_name),
        city_aliases=tuple(sorted(places.city_aliases, key=len, reverse=True)),
        neighbourhoods=(*places.neighbourhoods, *(name for d in places.districts for name in d.neighbourhoods)),
        district_names=tuple(district.name for district in places.districts),
        only_here=frozenset((*places.unique_neighbourhoods, *places.unique_roads)),
        later=re.compile(later),
    )


def _own_province(places: Places) -> Province:
    """The city's province, with the names that the city file adds."""
    known = next((province for province in PROVINCES if places.province in province.full_names), None)
    full = tuple(name for name in places.province_aliases if name.endswith(("시", "도")) and len(name) > 2)
    if known is not None:
        return Province(known.name, (*known.other_names, *full), known.short)
    short = next((name for name in places.province_aliases if name not in full), places.province)
    return Province(places.province, full, short)


def province_at(text: str, known: Gazetteer) -> tuple[Province, str] | None:
    """Return the province named at the start of `text`, and what follows."""
    if not text.startswith(known.any_names):
        return None
    for province, full_names in known.provinces:
        if text.startswith(full_names):
            for name in full_names:
                if text.startswith(name) and _follows_full_name(text[len(name) :], name, known):
                    return province, text[len(name) :].lstrip(_GAP)
        if text.startswith(province.short) and _follows_short_name(text[len(province.short) :], province, known):
            return province, text[len(province.short) :].lstrip(_GAP)
    return None


def _follows_full_name(rest: str, name: str, known: Gazetteer) -> bool:
    if _RUNS_ON.match(rest) is None or re.search("특별|광역|직할|자치", name):
        return True
    return _part_of_province(rest, known) or rest.startswith(known.full_names)


def _follows_short_name(rest: str, province: Province, known: Gazetteer) -> bool:
    """A short name is also a word (세종, 대구로): something of an address must follow."""
    following = rest.lstrip(_GAP)
    if province.short in known.city_aliases and province.name != known.own.name:
        # 광주 is a metropolitan city, and a city in 경기도: a district tells them apart.
        unit = _UNIT.match(following)
        return unit is not None and unit[0].endswith("구")
    if province.shares_its_short_name and province.name == known.own.name:
        return district_at(following, known) is not None or only_here_at(following, known) is not None
    if _RUNS_ON.match(rest) is not None:
        return _part_of_province(rest, known)
    if not following or _part_of_province(following, known):
        return True
    return any(_PLACE_WORD.match(word) and _RUNS_ON.match(word) for word in following.split(" ")[:3])


def _part_of_province(rest: str, known: Gazetteer) -> bool:
    return (
        unit_at(rest, joined=True) is not None
        or after_city(rest, known, province_named=True) is not None
        or district_at(rest, known) is not None
        or only_here_at(rest, known) is not None
    )


def leads_to_a_place(text: str, known: Gazetteer) -> bool:
    """Whether `text` goes on behind its province like an address: "서울 강남구" does, "강원도 식당" does not."""
    found = province_at(text, known)
    return found is None or not found[1] or _part_of_province(found[1], known) or is_place_word(found[1])


def unit_at(text: str, *, joined: bool) -> tuple[str, str] | None:
    """Return any 시, 군 or 구 at the start, and what follows; `joined` where a 동 or road may run on from it."""
    match = _UNIT.match(text) or (_JOINED_UNIT.match(text) if joined else None)
    return (match[0], text[match.end() :]) if match else None


def after_city(text: str, known: Gazetteer, *, province_named: bool) -> str | None:
    """Return what follows our city's name at the start of `text`; None where our city is not named there."""
    if text.startswith(known.places.city):
        rest = text[len(known.places.city) :]
        if _follows_city(rest, known, province_named=province_named):
            return rest.lstrip(_GAP)
    for alias in known.city_aliases:
        if text.startswith(alias):
            rest = text[len(alias) :]
            if _follows_alias(rest, alias, known, province_named=province_named):
                return rest.lstrip(_GAP)
    return None


def _follows_city(rest: str, known: Gazetteer, *, province_named: bool) -> bool:
    if _RUNS_ON.match(rest) is None or _of_our_city(rest, known) or rest.startswith(known.district_names):
        return True
    if only_here_at(rest, known) is not None:
        return True
    if rest.startswith(known.places.city):
        return _follows_city(rest[len(known.places.city) :], known, province_named=province_named)
    unit = unit_at(rest, joined=True)
    if unit is not None:  # behind our city another city's district is a conflict; another city is another city
        return unit[0].endswith("구")
    return province_named and _JOINED_LOCALITY.match(rest) is not None


def _follows_alias(rest: str, alias: str, known: Gazetteer, *, province_named: bool) -> bool:
    """Whether a short name stands for our city: by itself, or before something that belongs to a city."""
    following = rest.lstrip(_GAP)
    if any(following.startswith(district.name) for district in known.places.districts) and district_at(
        following, known
    ):
        return True
    if _RUNS_ON_OR_NUMBERED.match(rest):
        return False
    if province_named or not following:
        return province_named or all(alias != province.short for province in PROVINCES)
    if any(alias == province.short for province in PROVINCES):
        return False
    return _of_our_city(following, known) or _LOCALITY_WORD.match(following) is not None


def _of_our_city(rest: str, known: Gazetteer) -> bool:
    return district_at(rest, known) is not None or neighbourhood_at(rest, known)


def district_at(text: str, known: Gazetteer) -> tuple[District, str, bool] | None:
    """Return our district at the start, what follows, and whether its full name was written."""
    for district in known.places.districts:
        if text.startswith(district.name):
            rest = text[len(district.name) :]
            ours = rest.startswith(district.neighbourhoods)
            if _RUNS_ON.match(rest) is None or ours or _JOINED_LOCALITY.match(rest):
                return district, rest.lstrip(_GAP), True
    for district in known.places.districts:
        for alias in district.aliases:
            rest = text[len(alias) :]
            if text.startswith(alias) and (
                _RUNS_ON_OR_NUMBERED.match(rest) is None or rest.startswith(district.neighbourhoods)
            ):
                return district, rest.lstrip(_GAP), False
    return None


def neighbourhood_at(text: str, known: Gazetteer) -> bool:
    """Whether `text` starts with one of our 동 names."""
    return text.startswith(known.neighbourhoods)


def district_of_neighbourhood(text: str, known: Gazetteer) -> str | None:
    """Return the one district of ours that has a 동 named anywhere in `text`; None where none or several have."""
    words = set(re.findall(r"[가-힣0-9·.]+", text))
    found = {district.name for district in known.places.districts if words & set(district.neighbourhoods)}
    return found.pop() if len(found) == 1 else None


def only_here_at(text: str, known: Gazetteer) -> tuple[str, str] | None:
    """Return the 동 or road at the start that only our city has, and what follows its name.

    A 동 counts with its administrative number (…1동), a road with its side streets (…로12번길): both are named after
    the one that no other city has.
    """
    if not known.only_here or (match := _LEADING_LOCALITY.match(text)) is None:
        return None
    names = (match[0], match["road"] or f"{match['name']}{match['kind']}")
    found = next((name for name in names if name in known.only_here), None)
    return None if found is None else (found, text[match.end() :])


def is_place_word(text: str) -> bool:
    """Whether `text` starts with a word of an address: …구, …동, …로, a house number."""
    return _PLACE_WORD.match(text) is not None


def units_in(text: str) -> list[str]:
    """Return every word of `text` that is a 시, 군 or 구 by its looks."""
    return _UNIT_WORD.findall(text)


def locality_in(text: str) -> str | None:
    """Return the first 동, 리 or road named anywhere in `text`."""
    match = _LOCALITY_WORD.search(text)
    return match[0] if match else None
