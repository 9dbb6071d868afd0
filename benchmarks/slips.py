"""Slips of a finger on the two-set keyboard, and how near two words are, counted in keys.

Made for the bench and from the keyboard alone: nothing here asks how the product looks for such words.
"""

import random
from collections.abc import Iterator, Set

from gwannae.programme.keystrokes import CONSONANTS, VOWELS, compose, keystrokes

_ROWS = ("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ")
_WITH_SHIFT = dict(zip("ㅃㅉㄸㄲㅆㅒㅖ", "ㅂㅈㄷㄱㅅㅐㅔ", strict=True))
_KEYS = CONSONANTS + VOWELS


def slipped(word: str, rng: random.Random) -> str:
    """The word with one key wrong (one that lies near, or the other one of Shift), missing, doubled or swapped."""
    keys = keystrokes(word)
    at = rng.randrange(len(keys))
    way = rng.choice(("wrong", "missing", "doubled", "swapped"))
    if way == "wrong":
        typed = keys[:at] + rng.choice(_near(keys[at])) + keys[at + 1 :]
    elif way == "missing":
        typed = keys[:at] + keys[at + 1 :]
    elif way == "doubled":
        typed = keys[:at] + keys[at] + keys[at:]
    else:
        at = min(at, len(keys) - 2)
        typed = keys[:at] + keys[at + 1] + keys[at] + keys[at + 2 :]
    return compose(typed)


def unfinished(word: str, rng: random.Random) -> str:
    """The beginning of a word as it stands while somebody types it: 현수마, 현숨 or 현수ㅁ of 현수막."""
    syllable = rng.randrange(2, len(word)) if len(word) > 2 else 1
    keys, begun = keystrokes(word[:syllable]), keystrokes(word[syllable])
    many = rng.randrange(1, len(begun)) if len(begun) > 1 else 1
    if many == 1 and rng.random() < 0.5:
        return word[:syllable] + begun[0]
    return compose(keys + begun[:many])


def one_slip_away(typed: str, words: Set[str]) -> set[str]:
    """Those of `words` (as keys pressed) that one slip of any key makes of what was typed, or the other way round."""
    keys = keystrokes(typed)
    return {other for other in _edited(keys) if other in words}


def _near(key: str) -> str:
    """The keys beside and above or below a key, and what Shift makes of it."""
    plain = _WITH_SHIFT.get(key, key)
    row = next(n for n, keys in enumerate(_ROWS) if plain in keys)
    at = _ROWS[row].index(plain)
    found = {other for n in (row - 1, row, row + 1) if 0 <= n < 3 for other in _ROWS[n][max(0, at - 1) : at + 2]}
    found |= {shifted for shifted, without in _WITH_SHIFT.items() if without == plain} | {plain}
    return "".join(sorted(found - {key}))


def _edited(keys: str) -> Iterator[str]:
    yield keys
    for at in range(len(keys) + 1):
        before, after = keys[:at], keys[at:]
        yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for key in _KEYS:
            yield before + key + after
            yield before + key + after[1:]
