"""Amounts of money in won: how people type them, and how Gwannae writes them.

Reading never guesses: what two careful colleagues could read in two ways is refused.
"""

from __future__ import annotations

import re
from enum import StrEnum

from gwannae.programme.amount_words import sum_of_words
from gwannae.programme.typed_text import plain

LIMIT = 10**13  # won; no contract of a city comes near, so a longer number is a slip of the hand

_MINUS = "△"
_EOK = 10**8
_MAN = 10**4

_LONGEST = 80  # characters; the longest honest amount in words has about 40

_VAT = r"(?:부가(?:가치)?세|vat)"
_VAT_INCLUDED = re.compile(rf" ?(?:\( ?{_VAT} ?포함 ?\)|{_VAT} ?포함)$", re.IGNORECASE)
_TWICE = re.compile(r"(.+?) ?\(([^()]+)\)")
_SIGN = re.compile(r"^[-△▲] ?")
_PREFIX = re.compile(r"^(?:일금|금|[₩\\])[ :]?")
_SUFFIX = re.compile(r" ?(원정|원)$")
_SPACE_AFTER_COMMA = re.compile(r"(?<=[0-9]), (?=[0-9]{3})")


class AmountFault(StrEnum):
    """Why a text is not an amount."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    NEGATIVE = "negative"
    ZERO = "zero"
    TOO_LARGE = "too_large"


class AmountError(ValueError):
    """A text that is not an amount: `code` says why, `text` is what was given."""

    def __init__(self, code: AmountFault, text: str) -> None:
        super().__init__(code.value, text)
        self.code = code
        self.text = text


def read_amount(text: str) -> int:
    """Return the won written in `text`, from 1 to `LIMIT` - 1.

    Understands "1,200,000원", "30만원", "1,500천원", "2천5백만 원", "1억2천" (after 억 a bare 천/백/십 means …만),
    "3.5억", "₩1,000", "삼십만원정", "금113,560원(금일십일만삼천오백육십원)", a "부가세 포함" behind it.

    Raises:
        AmountError: EMPTY, UNREADABLE, NEGATIVE, ZERO or TOO_LARGE.
    """
    typed = plain(text)
    if not typed:
        raise AmountError(AmountFault.EMPTY, text)
    if len(typed) > _LONGEST:
        digits = typed.replace(",", "")
        raise AmountError(AmountFault.TOO_LARGE if digits.isdigit() else AmountFault.UNREADABLE, text)
    typed = _VAT_INCLUDED.sub("", typed)
    negative = _SIGN.match(typed) is not None
    won = _read_once_or_twice(_SIGN.sub("", typed, count=1))
    if won is None:
        raise AmountError(AmountFault.UNREADABLE, text)
    if won == 0:
        raise AmountError(AmountFault.ZERO, text)
    if negative:
        raise AmountError(AmountFault.NEGATIVE, text)
    if won >= LIMIT:
        raise AmountError(AmountFault.TOO_LARGE, text)
    return won


def _read_once_or_twice(typed: str) -> int | None:
    """Official letters write an amount twice, in digits and in words: both must say the same."""
    if twice := _TWICE.fullmatch(typed):
        first, second = _read_one(twice[1]), _read_one(twice[2])
        return first if first == second else None
    return _read_one(typed)


def _read_one(typed: str) -> int | None:
    body, prefixes = _PREFIX.subn("", typed, count=1)
    suffix = _SUFFIX.search(body)
    body = _SPACE_AFTER_COMMA.sub(",", _SUFFIX.sub("", body))
    formal = prefixes > 0 or (suffix is not None and suffix[1] == "원정")
    return sum_of_words(body, won_written=suffix is not None, formal=formal)


def write_won(won: int) -> str:
    """Return exact won: 1234000 -> "1,234,000원"; minus as "△1,234,000원"."""
    return f"{_sign(won)}{abs(won):,}원"


def write_short(won: int) -> str:
    """Return an amount where exactness does not matter: "123만 원", "1억 2,300만 원"; below a million exact won."""
    if abs(won) < 10**6:
        return write_won(won)
    return f"{_sign(won)}{_in_man(abs(won))} 원"


def write_thousands(won: int) -> str:
    """Return thousands of won for a table in 천원, half up: 2310000 -> "2,310"; minus as "△2,310"."""
    thousands = (abs(won) + 500) // 1000
    return f"{_sign(won) if thousands else ''}{thousands:,}"


def write_amount_pair(part: int, whole: int) -> str:
    """Return "n/N" of two amounts, 0 or more: "2,310/4,800만 원", "6,150만/1억 5,000만 원", "300,000/500,000원"."""
    if whole < 10**6:
        return f"{part:,}/{whole:,}원"
    if whole + 5000 < _EOK:
        return f"{_man(part):,}/{_man(whole):,}만 원"
    return f"{_in_man(part)}/{_in_man(whole)} 원"


def _sign(won: int) -> str:
    return _MINUS if won < 0 else ""


def _man(won: int) -> int:
    return (won + _MAN // 2) // _MAN


def _in_man(won: int) -> str:
    """Rounded half up to 만, without the word 원: "1억 2,300만"."""
    man = _man(won)
    jo, man = divmod(man, 10**8)
    eok, man = divmod(man, 10**4)
    parts = [f"{count:,}{unit}" for count, unit in ((jo, "조"), (eok, "억"), (man, "만")) if count]
    return " ".join(parts) or "0"
