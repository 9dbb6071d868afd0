"""Hangul as it is typed on the two-set (두벌식) keyboard: one letter for one press of a key.

현숨 is ㅎㅕㄴㅅㅜㅁ, and so the beginning of 현수막 as somebody types it. A letter that takes two presses counts as two
(ㅘ is ㅗㅏ, ㄳ is ㄱㅅ); one that takes Shift counts as one (ㄲ, ㅖ).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

CONSONANTS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"  # in the order in which Unicode counts initials
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ"

_SYLLABLE_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_FIRST, _LAST = 0xAC00, 0xD7A3

_TWO_PRESSES = {
    "ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ",
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ",
    "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
_JOINED = {pair: letter for letter, pair in _TWO_PRESSES.items()}

_LATIN_KEYS = "qwertyuiopasdfghjklzxcvbnm"
_HANGUL_KEYS = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ"
_SHIFTED = {"Q": "ㅃ", "W": "ㅉ", "E": "ㄸ", "R": "ㄲ", "T": "ㅆ", "O": "ㅒ", "P": "ㅖ"}
_TO_HANGUL = str.maketrans(
    dict(zip(_LATIN_KEYS + _LATIN_KEYS.upper(), _HANGUL_KEYS + _HANGUL_KEYS, strict=True)) | _SHIFTED
)
_TO_LATIN = str.maketrans(
    dict(zip(_HANGUL_KEYS, _LATIN_KEYS, strict=True)) | {letter: key.lower() for key, letter in _SHIFTED.items()}
)
SHIFTED_LETTERS = {"ㄱ": "ㄲ", "ㄷ": "ㄸ", "ㅂ": "ㅃ", "ㅅ": "ㅆ", "ㅈ": "ㅉ", "ㅐ": "ㅒ", "ㅔ": "ㅖ"}

_LETTER = re.compile("[\u3131-\u3163]")
_SYLLABLE = re.compile(
    f"([{CONSONANTS}])(ㅗ[ㅏㅐㅣ]|ㅜ[ㅓㅔㅣ]|ㅡㅣ|[{VOWELS}])"
    f"(?:((?:ㄱㅅ|ㄴ[ㅈㅎ]|ㄹ[ㄱㅁㅂㅅㅌㅍㅎ]|ㅂㅅ|[ㄱㄲㄴㄷㄹㅁㅂㅅㅆㅇㅈㅊㅋㅌㅍㅎ]))(?![{VOWELS}]))?"
    "|(ㅗ[ㅏㅐㅣ]|ㅜ[ㅓㅔㅣ]|ㅡㅣ)"
)


class _Presses(dict[int, str]):
    """Keystrokes by code point: a table for str.translate that fills with the syllables that are met."""

    def __missing__(self, code: int) -> str:
        if not _FIRST <= code <= _LAST:  # not kept: texts of other scripts must not make the table grow
            return _TWO_PRESSES.get(chr(code), chr(code))
        initial, rest = divmod(code - _FIRST, 588)
        vowel, final = _SYLLABLE_VOWELS[rest // 28], _FINALS[rest % 28]
        pressed: str = CONSONANTS[initial] + _TWO_PRESSES.get(vowel, vowel) + _TWO_PRESSES.get(final, final)
        self[code] = pressed
        return pressed


class _Initials(dict[int, str]):
    """First consonants by code point, in the same way."""

    def __missing__(self, code: int) -> str:
        if _FIRST <= code <= _LAST:
            first = self[code] = CONSONANTS[(code - _FIRST) // 588]
            return first
        pressed = _TWO_PRESSES.get(chr(code), chr(code))
        return pressed if pressed[0] in CONSONANTS else chr(code)


_presses, _initials = _Presses(), _Initials()


def keystrokes(text: str) -> str:
    """Return `text` with each syllable and letter of Hangul as the keys that type it; all else stays."""
    return text.translate(_presses)


def initials(text: str) -> str:
    """Return the 초성 of `text`: 현수막 as ㅎㅅㅁ, A4용지 as A4ㅇㅈ. Single letters and all else stay (ㄳ as ㄱㅅ)."""
    return text.translate(_initials)


def is_initials(text: str) -> bool:
    """Whether `text` is written in consonants alone (ㅎㅅㅁ), as somebody does who types 초성. False for no text."""
    return bool(text) and all(char in CONSONANTS for char in keystrokes(text))


def compose(letters: str) -> str:
    """Return the text that a keyboard makes of single letters: ㅇㅣㄴㅅㅗㅐ as 인쇄. Syllables are taken apart first.

    What makes no syllable stays a letter; a vowel takes the consonant before it along, as on any keyboard.
    """
    return _SYLLABLE.sub(_compose_one, keystrokes(letters))


def _compose_one(match: re.Match[str]) -> str:
    initial, vowel, final, lone_vowel = match.groups()
    if lone_vowel:
        return _JOINED[lone_vowel]
    at_vowel = _SYLLABLE_VOWELS.index(_JOINED.get(vowel, vowel))
    at_final = _FINALS.index(_JOINED.get(final, final)) if final else 0
    return chr(_FIRST + (CONSONANTS.index(initial) * 21 + at_vowel) * 28 + at_final)


def hangul_from_latin(text: str) -> str:
    """Return what `text` says if its Latin letters were typed on the Hangul keyboard: dlstho as 인쇄.

    Capitals are keys with Shift where that makes another letter (R is ㄲ).
    """
    return compose(text.translate(_TO_HANGUL))


def with_shift(text: str) -> Iterator[str]:
    """Yield `text` as it would be with Shift held for some of its keys, which a folded word has lost: 곷 as 꽃.

    Fewer Shifts first. Only the first few keys that have a second letter are varied: 255 texts at most.
    """
    keys = keystrokes(text)
    places = [at for at, key in enumerate(keys) if key in SHIFTED_LETTERS][:8]
    for count in range(1, len(places) + 1):
        for chosen in combinations(places, count):
            yield compose("".join(SHIFTED_LETTERS[key] if at in chosen else key for at, key in enumerate(keys)))


def latin_from_hangul(text: str) -> str:
    """Return what `text` says if its Hangul was typed on the Latin keyboard, in small letters: ㅊㅊㅅㅍ as cctv."""
    return keystrokes(text).translate(_TO_LATIN)


def has_single_letters(text: str) -> bool:
    """Whether a letter of Hangul stands in `text` outside a syllable (현수ㅁ, ㅎㅅㅁ)."""
    return _LETTER.search(text) is not None
