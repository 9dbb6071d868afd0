"""The grammar of an amount in words and digits: "1억 2,300만", "2천5백만", "일십일만삼천오백육십".

Where two careful colleagues could read two amounts, there is none.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

_EOK = 10**8
_MAN = 10**4

_SMALL = {"십": 10, "백": 100, "천": 1000}
_BIG = {"만": 10**4, "억": 10**8, "조": 10**12}
_WORDS = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "륙": 6, "칠": 7, "팔": 8, "구": 9}

_TOKEN = re.compile(r" *(?:([0-9][0-9,]*(?:\.[0-9]+)?)|([일이삼사오육륙칠팔구])|([십백천])|([만억조]))")
_NUMBER = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_WHOLE_FLOAT = re.compile(r"\.00?$")  # how a spreadsheet hands over an integer; ".000" may be a thousands dot


def sum_of_words(body: str, *, won_written: bool, formal: bool) -> int | None:
    """Return the won that `body` says, without signs and 원; None where it says none, or could say two.

    `won_written`: 원 stood behind it. `formal`: it was written as official letters do (금 … 원정), and so in full.
    """
    tokens = _tokens(body)
    if not tokens:
        return None
    if len(tokens) == 1 and tokens[0].kind == "number":
        return _bare_number(tokens[0].written)
    in_words = all(token.kind != "number" for token in tokens)
    return _sum_of_sections(tokens, won_written=won_written, in_full=formal and won_written and in_words)


class _Token(NamedTuple):
    kind: str  # "number" (in digits), "word" (일 … 구), "small" (십백천), "big" (만억조)
    value: Fraction
    written: str


def _tokens(body: str) -> list[_Token] | None:
    tokens: list[_Token] = []
    at = 0
    while at < len(body):
        match = _TOKEN.match(body, at)
        if match is None:
            return None
        number, word, small, big = match.groups()
        if number is not None:
            if _NUMBER.fullmatch(number) is None:
                return None
            tokens.append(_Token("number", Fraction(number.replace(",", "")), number))
        elif word is not None:
            tokens.append(_Token("word", Fraction(_WORDS[word]), word))
        elif small is not None:
            tokens.append(_Token("small", Fraction(_SMALL[small]), small))
        else:
            tokens.append(_Token("big", Fraction(_BIG[big]), big))
        at = match.end()
    return tokens


def _bare_number(written: str) -> int | None:
    digits = _WHOLE_FLOAT.sub("", written).replace(",", "")
    return int(digits) if digits.isdigit() else None


def _sum_of_sections(tokens: list[_Token], *, won_written: bool, in_full: bool) -> int | None:
    """Add up "…조 …억 …만 …"; None where an order, a size or a shorthand leaves room for doubt."""
    total = Fraction(0)
    section: list[_Token] = []
    last_big: Fraction | None = None
    for token in tokens:
        if token.kind != "big":
            section.append(token)
            continue
        value = _section(section, first=last_big is None) if section else _unwritten_one(token)
        if value is None or (last_big is not None and (token.value >= last_big or value >= _MAN)):
            return None
        total += value * token.value
        last_big, section = token.value, []
    if section:
        rest = _last_section(section, last_big, won_written=won_written, in_full=in_full)
        if rest is None:
            return None
        total += rest
    return int(total) if total.denominator == 1 and _decimals_stand_alone(tokens) else None


def _unwritten_one(big: _Token) -> Fraction | None:
    """만원 is said for 10,000; nobody says 억 or 조 without a number."""
    return Fraction(1) if big.value == _MAN else None


def _decimals_stand_alone(tokens: list[_Token]) -> bool:
    numbers = [token for token in tokens if token.kind in {"number", "word"}]
    return len(numbers) == 1 or all(token.value.denominator == 1 and "." not in token.written for token in numbers)


def _section(section: list[_Token], *, first: bool) -> Fraction | None:
    """The number before 만, 억 or 조, or at the end: "2,300", "2천5백", "2천500", "1,500천", "천이백"."""
    total = Fraction(0)
    pending: _Token | None = None
    last_unit: Fraction | None = None
    long_first = False
    for token in section:
        if token.kind != "small":
            if pending is not None:
                return None
            pending = token
            continue
        times = pending.value if pending is not None else Fraction(1)
        # "1,500천" and "25백만" are how tables write, but only alone: "15천3백" is nobody's number.
        long_first = long_first or times >= 10
        if times == 0 or (last_unit is not None and (token.value >= last_unit or long_first)):
            return None
        if long_first and not first:
            return None
        total += times * token.value
        last_unit, pending = token.value, None
    if pending is None:
        return total
    if last_unit is None:
        return pending.value
    return total + pending.value if not long_first and _fills(pending, last_unit) else None


def _fills(rest: _Token, unit: Fraction) -> bool:
    """Whether a number after a unit can only be meant literally.

    "천오" in words is 1,005, and "2천500" is 2,500; but "2천5" may be short for 2천5백.
    """
    if rest.kind == "word":
        return True
    return rest.value < unit and len(rest.written.replace(",", "")) == len(str(unit)) - 1


def _last_section(
    section: list[_Token], last_big: Fraction | None, *, won_written: bool, in_full: bool
) -> Fraction | None:
    """What stands after the last 만, 억 or 조."""
    value = _section(section, first=last_big is None)
    if value is None or last_big is None or in_full:
        return value
    if any(token.kind == "small" for token in section):
        return _after_big(section, value, last_big, won_written=won_written)
    digits = len(str(value))
    if last_big == _MAN:  # "1만500" and "1만2345", but not "1만2"
        return value if value < _MAN and digits >= 3 else None
    return value if _MAN <= value < last_big else None  # "1억 2000" may be short for 2000만


def _after_big(section: list[_Token], value: Fraction, last_big: Fraction, *, won_written: bool) -> Fraction | None:
    if value >= _MAN:
        return None
    if last_big == _MAN:
        return value
    # "1억2천" is said for 1억 2천만. With 원 behind it ("1억2천원") or after 조, both readings are possible.
    short = last_big == _EOK and not won_written and section[-1].kind == "small"
    return value * _MAN if short else None
