"""The `[places]` part of a city file, as text to paste."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence

from gwannae.programme.places import Places

_WIDTH = 116


def places_toml(places: Places, source: str) -> str:
    """Return the tables of a city's places in TOML. `source` names the file that they were taken from."""
    lines = [
        "[places]",
        f"# {_one_line(source)}",
        _value("province", places.province),
        _values("province_aliases", places.province_aliases),
        _value("city", places.city),
        _values("city_aliases", places.city_aliases),
        f"districts_name_the_city = {str(places.districts_name_the_city).lower()}",
        _values("neighbourhoods", places.neighbourhoods),
        _values("unique_neighbourhoods", places.unique_neighbourhoods),
        _values("unique_roads", places.unique_roads),
    ]
    for district in places.districts:
        lines += [
            "",
            "[[places.districts]]",
            _value("name", district.name),
            _values("aliases", district.aliases),
            _values("neighbourhoods", district.neighbourhoods),
        ]
    return "\n".join(lines) + "\n"


def _one_line(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _value(key: str, text: str) -> str:
    return f"{key} = {json.dumps(text, ensure_ascii=False)}"  # a JSON string is a TOML string


def _values(key: str, texts: Sequence[str]) -> str:
    line = f"{key} = {json.dumps(list(texts), ensure_ascii=False)}"
    if len(line) <= _WIDTH:
        return line
    quoted = ", ".join(json.dumps(text, ensure_ascii=False) for text in texts)
    wrapped = textwrap.fill(quoted, _WIDTH, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False)
    return f"{key} = [\n{wrapped},\n]"
