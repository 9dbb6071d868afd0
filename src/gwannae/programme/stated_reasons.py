"""A file's own 사유 column: which code of the city's list a sentence names, if it plainly names one."""

import hashlib
from collections.abc import Iterator

from gwannae.programme.hangul import search_key
from gwannae.programme.outside_reasons import OutsideRule, ReasonCode

_LEAST_INSIDE = 3  # signs: a shorter wording says something inside of too many other words
_TURNED = (
    "아니",
    "아님",
    "않",
    "못",
    "불구",
    "있으나",
    "있지만",
    "제외",
    "미해당",
)  # may say the opposite of a wording


def code_stated(rule: OutsideRule, sentence: str) -> ReasonCode | None:
    """The one code that a sentence names, by the code's label or by a wording that the rule knows; else None.

    The whole sentence may be a wording, or hold those of one code alone. A sentence that fits two codes, or that may
    say the opposite, names none: a person is asked. "그 밖의 사유" (OTHER) is never read out of a sentence.
    """
    key = search_key(sentence)
    if not key:
        return None
    wordings = list(_wordings(rule))
    whole = {code for code, wording in wordings if wording == key}
    if len(whole) == 1:
        return whole.pop()
    if whole or any(word in key for word in _TURNED):
        return None
    inside = [(code, wording) for code, wording in wordings if wording in key]
    long_enough = any(len(wording) >= _LEAST_INSIDE for _, wording in inside)
    return inside[0][0] if long_enough and len({code for code, _ in inside}) == 1 else None


def sentence_key(sentence: str) -> str:
    """What a sentence is known by, however it is spaced and punctuated; as long for a long one."""
    return hashlib.sha256(search_key(sentence).encode()).hexdigest()[:16]


def _wordings(rule: OutsideRule) -> Iterator[tuple[ReasonCode, str]]:
    for code in ReasonCode:
        if code is not ReasonCode.OTHER:
            yield code, search_key(code.label)
            yield from ((code, search_key(word)) for word in rule.words.get(code, ()))
