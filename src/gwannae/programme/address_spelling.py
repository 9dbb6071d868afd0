"""What a badly spelt address was meant to be: asked only where it could not be read as it stands."""

from __future__ import annotations

import re

from gwannae.programme.places import Places

_SPACED_UNIT = re.compile(r"(?<=[가-힣]) (?=[도시군구](?:[^가-힣]|$))")
_SLASHED = re.compile(r"(?<=[가-힣])/(?=[가-힣])")
_BRACKETED_POSTCODE = re.compile(r" ?[\[(](?:우 ?)?(?:[0-9]{5}|[0-9]{3}-[0-9]{3})[\])]")


def as_meant(text: str, places: Places) -> str:
    """Return an address with its units written together ("가람 시"), slashes as spaces, no postcode in its midst, and
    the province right where one syllable of it is wrong and the city's full name follows.
    """
    text = _SLASHED.sub(" ", _BRACKETED_POSTCODE.sub("", text))
    text = _SPACED_UNIT.sub("", text)
    size = len(places.province)
    following = text[size:].lstrip(" ,.-")
    if size > 2 and following.startswith(places.city):
        wrong = sum(a != b for a, b in zip(text, places.province, strict=False))
        if wrong == 1:
            return places.province + text[size:]
    return text
