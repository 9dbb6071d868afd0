"""What keyboards and spreadsheets leave in a typed value, taken away before it is read.

Only the width and invisible characters are touched. NFKC would be too eager for numbers: it turns "①1000" into
"11000" and "1²" into "12", and so invents a value that nobody wrote.
"""

from __future__ import annotations

import re
import unicodedata

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0xFFE6: 0x20A9, 0xFF65: 0x00B7}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), ord("-"))
_QUOTES = dict.fromkeys(map(ord, "‘’ʼ`´＇"), ord("'"))
_NARROW = _FULL_WIDTH | _DASHES | _QUOTES
_TO_NARROW = re.compile("[" + "".join(re.escape(chr(code)) for code in _NARROW) + "]")

# Hangul fillers, the combining joiner and variation selectors are letters or marks by category, but show nothing.
_SHOWS_NOTHING = re.compile("[\u034f\u115f\u1160\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]")


_SYLLABLES = re.compile("[가-힣]+")


def is_syllables(text: str) -> bool:
    """Whether `text` is one word of whole Hangul syllables, as most words are: it is already as plain as it gets."""
    return _SYLLABLES.fullmatch(text) is not None


def without_invisible(text: str) -> str:
    """Return `text` without what cannot be seen, and with every run of white space as one space, ends stripped.

    Gone are zero-width and bidi characters, controls, variation selectors, fillers and lone surrogates.
    """
    if not text.isprintable():  # most text is, and an import reads hundreds of thousands of cells
        text = "".join(char for char in text if char.isspace() or unicodedata.category(char)[0] != "C")
    return " ".join(_SHOWS_NOTHING.sub("", text).split())


def plain(text: str) -> str:
    """Return `text` as plainly as it can be written without changing what it says.

    Composes Hangul (files from macOS are decomposed), makes full-width signs narrow, dashes and apostrophes one
    kind, drops what is invisible, and collapses white space.
    """
    if is_syllables(text):  # thousands of words of the word files, at every start
        return text
    seen = without_invisible(text)
    if seen.isascii():
        return seen.replace("`", "'")
    composed = unicodedata.normalize("NFC", seen)
    return composed.translate(_NARROW) if _TO_NARROW.search(composed) else composed
