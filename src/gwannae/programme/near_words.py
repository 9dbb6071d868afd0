"""Words of the vocabulary that are one slip of the finger away from a word that it does not have.

A slip is one key wrong, missing, too many, or swapped with its neighbour, counted in keystrokes: 인솨 for 인쇄. Each
possible slip of the typed word is looked up in the sorted endings, so a word is also found inside a longer term
(책자인쇄). That is some hundreds of bisections whatever the size of the vocabulary, for the slips behind a beginning
that no term has are not tried at all.

Digits are never slips: A3용지 is not a misspelt A4용지. Nor is anything of another script.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from gwannae.programme.keystrokes import CONSONANTS, SHIFTED_LETTERS, VOWELS, latin_from_hangul
from gwannae.programme.sorted_terms import SortedTerms
from gwannae.programme.term_codes import AFTER_ALL, FIRST_OF_SYLLABLE, key_codes

LONGEST = 48  # keystrokes, some sixteen syllables: what is longer is no word
LIKELY, UNLIKELY = 0, 1

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_TYPED = frozenset(CONSONANTS + VOWELS + _LATIN)
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PLACES = {key: (at * 2 + row, row * 2) for row, keys in enumerate(_ROWS) for at, key in enumerate(keys)}
_SHIFTED = frozenset(SHIFTED_LETTERS.values())
_SHIFT = frozenset(a + b for a, b in SHIFTED_LETTERS.items())
_SAID_ALIKE_PAIRS = (
    "ㅐㅔ ㅒㅖ ㅔㅖ ㅓㅕ ㅗㅛ ㅜㅠ ㅏㅑ ㅓㅗ ㄱㅋ ㄷㅌ ㅂㅍ ㅈㅊ ㅅㅊ ㅅㅈ ㅅㅌ ㄷㅅ ㄴㄹ ㄴㅁ ㄲㅋ ㅃㅍ ㄸㅌ ㅉㅊ"
)
_SAID_ALIKE = frozenset(_SAID_ALIKE_PAIRS.split())
_MIXED_UP = _SHIFT | _SAID_ALIKE

_Slips = Iterator[tuple[str, int]]


def near(terms: SortedTerms, keys: str) -> dict[str, int]:
    """Codes of words, whole characters of the terms, that are one slip from `keys`: LIKELY or UNLIKELY by code.

    `keys` are keystrokes. A word is found that stands in a term as whole characters.
    """
    found: dict[str, int] = {}
    if not keys or len(keys) > LONGEST:
        return found
    endings = terms.endings
    for low, high, slips in _by_place(endings, keys):
        for code, unlikely in slips:
            at = bisect_left(endings, code, low, high)
            if at == high or not endings[at].startswith(code) or found.get(code, 2) <= unlikely:
                continue
            if len(endings[at]) == len(code) or _goes_on(endings, code, at):
                found[code] = unlikely
    return found


def _goes_on(endings: list[str], code: str, at: int) -> bool:
    """Whether an ending goes on after the code with a new character."""
    at = bisect_left(endings, code + FIRST_OF_SYLLABLE, at)
    return at < len(endings) and endings[at].startswith(code)


def _by_place(endings: list[str], keys: str) -> Iterator[tuple[int, int, _Slips]]:
    """For each place in the word: the range of endings that begin like the word before it, and the slips there.

    The code of the key before depends on what follows it; so vowels and other keys are tried apart.
    """
    codes = [key_codes(after).get(key, key) for key, after in zip(keys, [*keys[1:], ""], strict=True)]
    tails = ["".join(codes[at:]) for at in range(len(keys) + 1)]
    head = ""
    for at in range(len(keys) + 1):
        ranges = []
        for letters in (VOWELS, CONSONANTS + _LATIN):
            before = head + key_codes(letters[0]).get(keys[at - 1], keys[at - 1]) if at else ""
            low = bisect_left(endings, before)
            high = bisect_left(endings, before + AFTER_ALL, low)
            if low < high:
                ranges.append((low, high, _slips(before, letters, keys, at, tails)))
        if not ranges:
            return
        yield from ranges
        head += codes[at - 1] if at else ""


def _slips(before: str, letters: str, keys: str, at: int, tails: list[str]) -> _Slips:
    """The slips at a place after which one of `letters` stands there, or nothing."""
    here, after, later = keys[at : at + 1], keys[at + 1 : at + 2], keys[at + 2 : at + 3]
    previous = keys[at - 1 : at]
    if here in _TYPED:
        code = key_codes(after)
        for key in letters:
            if key != here and _same_script(key, here):
                yield before + code.get(key, key) + tails[at + 1], _unlikely(key, here)
        if (not after and letters[0] != VOWELS[0]) or after in letters:
            yield before + tails[at + 1], LIKELY if here in (previous, after) else UNLIKELY
            if after and after != here:
                swapped = key_codes(here).get(after, after) + key_codes(later).get(here, here)
                yield before + swapped + tails[at + 2], LIKELY
    code = key_codes(here)
    for key in letters:
        if any(_same_script(key, beside) for beside in (previous, here) if beside):
            yield before + code.get(key, key) + tails[at], LIKELY


def _same_script(key: str, other: str) -> bool:
    return other in _TYPED and key.isascii() == other.isascii()


@cache
def _unlikely(key: str, other: str) -> int:
    """Whether two keys are seldom mixed up: they lie apart, and neither Shift nor a like sound explains it."""
    if key + other in _MIXED_UP or other + key in _MIXED_UP:
        return LIKELY
    if (key in _SHIFTED) != (other in _SHIFTED):
        return UNLIKELY
    one, two = _PLACES.get(latin_from_hangul(key)), _PLACES.get(latin_from_hangul(other))
    if one is None or two is None:
        return UNLIKELY
    return LIKELY if abs(one[0] - two[0]) <= 2 and abs(one[1] - two[1]) <= 2 else UNLIKELY
