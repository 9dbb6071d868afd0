"""What stands in single cells of a vendor file: lists of items, certificates, phone numbers, size and yes/no marks."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from gwannae.programme.facts import Fact
from gwannae.programme.typed_text import plain, without_invisible

MOST_ITEMS, LONGEST_ITEM = 50, 100

_UNSEEN = re.compile("[\u034f\u115f\u1160\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# A comma inside a number (1,000매) and the stroke of A/S or I/O part nothing.
_SEPARATOR = re.compile(
    r"(?<!\d),|,(?!\d)|[;|\n·ㆍ・、，；｜]"
    r"|/(?![A-Za-z](?![A-Za-z]))|(?<!(?<![A-Za-z])[A-Za-z])/"
)
_OPENING, _CLOSING = "([{（［〔", ")]}）］〕"
_NOTHING = frozenset(
    ("", "-", "--", "x", "n", "no", "무", "없음", "해당없음", "미해당", "해당사항없음", "미인증", "null", "na")
)
NO_NAMES = frozenset(
    ("", "0", "-", "--", "없음", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#GETTING_DATA")
)
"""What stands for a name where there is none: no firm, or a formula that found none (an empty cell looked up is 0)."""
_PHONE = re.compile(r"\+?[0-9][0-9 ().\-]{5,}[0-9]")
_MOBILE = re.compile(r"01[016789]")
_AREA = re.compile(r"(02|0[3-6][0-9]|0[78]0|050[0-9]?)([0-9]{3,4})([0-9]{4})")
_WRITTEN_WELL = re.compile(r"(?:02|0[3-6][1-9])-[0-9]{3,4}-[0-9]{4}")
_SHORT_NUMBER = re.compile(r"(1[568][0-9]{2})([0-9]{4})")


class CertificateText(NamedTuple):
    """A certificate as the file words it; what kind it is, is read by the programme."""

    kind: str
    number: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


def clean(text: str) -> str:
    """A cell as it is kept: composed Hangul, nothing invisible, single spaces."""
    if text.isprintable() and not _UNSEEN.search(text) and unicodedata.is_normalized("NFC", text):
        return " ".join(text.split()) if "  " in text or text[:1] == " " or text[-1:] == " " else text
    return without_invisible(unicodedata.normalize("NFC", text))


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing to say (-, 없음, 해당없음 …)."""
    return len(text) < 12 and "".join(text.split()).lower() in _NOTHING


def split_items(text: str) -> tuple[str, ...]:
    """A cell's list, in order, each once, without what stands in brackets being torn apart.

    At most 50 entries; an entry longer than 100 characters is cut there.
    """
    seen: dict[str, str] = {}
    for piece in _pieces(text):
        item = clean(piece)[:LONGEST_ITEM].strip()
        if item and not is_nothing(item):
            seen.setdefault(item.casefold(), item)
    return tuple(seen.values())[:MOST_ITEMS]


def _pieces(text: str) -> Iterator[str]:
    if not any(sign in text for sign in _OPENING):
        yield from _SEPARATOR.split(text)
        return
    depths, depth = [], 0
    for char in text:
        depth += (char in _OPENING) - (char in _CLOSING and depth > 0)
        depths.append(depth)
    if depth:  # never closed: the bracket is a slip, and holds nothing together
        depths = [0] * len(text)
    start = 0
    for match in _SEPARATOR.finditer(text):
        if depths[match.start()] == 0:
            yield text[start : match.start()]
            start = match.end()
    yield text[start:]


def read_phone(text: str) -> tuple[str | None, bool]:
    """The first office number in a cell, hyphenated, and whether a mobile one was left out.

    A spreadsheet drops the leading zero of a number cell (311234567); it is put back. What is no Korean office
    number (mobile, foreign, a word) is never kept.
    """
    if _WRITTEN_WELL.fullmatch(text):
        return text, False
    left_out = False
    for match in _PHONE.finditer(plain(text)):
        digits = "".join(char for char in match[0] if char.isdigit())
        digits = "0" + digits[2:] if match[0].startswith("+82") else digits
        digits = digits.replace("00", "0", 1) if digits.startswith("00") else digits
        if len(digits) in (8, 9, 10) and digits[0] != "0" and not _SHORT_NUMBER.fullmatch(digits):
            digits = "0" + digits
        if _MOBILE.match(digits):
            left_out = True
        elif found := _AREA.fullmatch(digits) or _SHORT_NUMBER.fullmatch(digits):
            return "-".join(found.groups()), left_out
    return None, left_out


_SMALL = ("중소기업", "소기업", "소상공인", "중기업", "소공인", "영세")
_LARGE = ("중견", "대기업", "상호출자")
_YES = frozenset(("y", "yes", "o", "○", "◯", "예", "1", "true", "v", "√", "●", "제조", "해당", "직접생산"))
_NO = frozenset(("n", "no", "x", "×", "아니오", "0", "false", "비제조", "미해당", "해당없음"))


def read_size(text: str) -> Fact:
    """Whether a size cell says that the firm is an SME or micro firm (중소기업·소상공인)."""
    word = "".join(text.split())
    if any(large in word for large in _LARGE):
        return Fact.NO
    return Fact.YES if any(small in word for small in _SMALL) else Fact.UNKNOWN


def read_mark(text: str) -> Fact:
    """A yes/no cell."""
    word = "".join(plain(text).split()).lower()
    if word in _YES:
        return Fact.YES
    return Fact.NO if word in _NO else Fact.UNKNOWN
