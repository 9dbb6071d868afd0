"""How a term is written for sorting: by keystrokes, so that all that a typed beginning can become stands together.

A consonant has two codes, one where a vowel follows (it begins a syllable) and one where none does (it ends one).
Vowels and ending consonants have the least codes of all. So of the texts that begin with 인쇄, those that go on with
another syllable lie together, apart from those where it is only the beginning of 인쇈: a look-up for the word and one
for the typing in progress are each a range or two of the sorted list.
"""

from __future__ import annotations

import re

from gwannae.programme.keystrokes import CONSONANTS, VOWELS, compose, has_single_letters, keystrokes

_ENDING = {letter: chr(1 + at) for at, letter in enumerate(CONSONANTS)}
_VOWEL = {letter: chr(20 + at) for at, letter in enumerate(VOWELS)}
_BEGINNING = {letter: chr(0x80 + at) for at, letter in enumerate(CONSONANTS)}

FIRST_OF_SYLLABLE = chr(20 + len(VOWELS))  # whatever goes on with a code below this one is the same syllable still
AFTER_ALL = "\U0010ffff"

_LETTERS = {code: letter for table in (_ENDING, _VOWEL, _BEGINNING) for letter, code in table.items()}
_TO_LETTERS = str.maketrans(_LETTERS)
_BEFORE_VOWEL = re.compile(f"[{CONSONANTS}](?=[{VOWELS}])")
_PRIVATE = 0xE000  # control characters are no part of a key, and would be taken for codes


class _SyllableCodes(dict[int, str]):
    """Codes by code point, for text without single letters: a table for str.translate."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        pressed = keystrokes(char)
        if pressed == char:
            return chr(_PRIVATE + point) if char in _LETTERS or char < FIRST_OF_SYLLABLE else char
        code = self[point] = _BEGINNING[pressed[0]] + "".join(_VOWEL.get(key) or _ENDING[key] for key in pressed[1:])
        return code


_by_syllable = _SyllableCodes()
_by_letter = str.maketrans(_ENDING | _VOWEL)


def code_parts(text: str) -> list[str]:
    """The codes of `text`, one part for each character."""
    if not has_single_letters(text):
        return [_by_syllable[ord(char)] for char in text]
    pressed = [keystrokes(char) for char in text]
    code = code_of(text)
    parts, at = [], 0
    for keys in pressed:
        parts.append(code[at : at + len(keys)])
        at += len(keys)
    return parts


def code_of(text: str) -> str:
    """The codes of `text`; single letters are taken as typing: 현수ㅁ has the code of 현숨."""
    if not has_single_letters(text):
        return text.translate(_by_syllable)
    safe = "".join(chr(_PRIVATE + ord(c)) if c in _LETTERS or c < FIRST_OF_SYLLABLE else c for c in text)
    return _BEFORE_VOWEL.sub(lambda match: _BEGINNING[match[0]], keystrokes(safe)).translate(_by_letter)


def text_of(code: str) -> str:
    """The text of a code: what a keyboard would make of it."""
    return compose(code.translate(_TO_LETTERS))


def as_beginning(code: str) -> str | None:
    """The same typing with its last consonant beginning a syllable: 현숨 as in 현수막; None without one."""
    letter = _LETTERS.get(code[-1:])
    return code[:-1] + _BEGINNING[letter] if letter and code[-1] in _ENDING.values() else None


def key_codes(following: str) -> dict[str, str]:
    """The codes of all Hangul keys when `following` ("" for none) is pressed next."""
    return _KEYS_BEFORE_VOWEL if following in _VOWEL else _KEYS_BEFORE_OTHERS


_KEYS_BEFORE_VOWEL = _BEGINNING | _VOWEL
_KEYS_BEFORE_OTHERS = _ENDING | _VOWEL
