"""What stands in single cells of a purchase file: amounts in the table's unit, and the unit itself."""

import re
from decimal import Decimal

from gwannae.programme.amount import LIMIT, AmountError, AmountFault, read_amount
from gwannae.programme.typed_text import plain

_UNITS = {"원": 1, "천원": 1_000, "만원": 10_000, "백만원": 1_000_000, "억원": 100_000_000}
_WORD = "|".join(sorted(_UNITS, key=len, reverse=True))
_STATED = re.compile(rf"단위\s*[:：;]?\s*(?:금액\s*[:：]?\s*)?({_WORD})")
_IN_HEADER = re.compile(rf"[(\[（［]\s*(?:단위\s*[:：]?\s*)?({_WORD})\s*(?:[,，/][^)\]）］]*)?[)\]）］]")
_NUMBER = re.compile(r"([-△▲]?) ?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?")
_IN_BRACKETS = re.compile(r"\(\s*([^()]+?)\s*\)")  # (1,000): minus, as accounts write it


def stated_unit(text: str) -> int | None:
    """The unit in won that a cell above a table states: "(단위: 천원)"."""
    found = _STATED.search(plain(text))
    return _UNITS[found[1]] if found else None


def header_unit(word: str) -> int | None:
    """The unit in won that a column's own header states: "계약금액(천원)"."""
    typed = plain(word)
    found = _IN_HEADER.search(typed) or _STATED.search(typed)
    return _UNITS[found[1]] if found else None


def read_money(text: str, unit: int) -> int:
    """A cell's amount in won. A bare number is in the table's `unit`; one that names its own ("30만원") is not.

    0 and less come back as they are: what they mean is for the caller to say.

    Raises:
        AmountError: EMPTY, UNREADABLE (also a part of a won) or TOO_LARGE.
    """
    typed = plain(text)
    if typed in ("", "-"):
        raise AmountError(AmountFault.EMPTY, text)
    if minus := _IN_BRACKETS.fullmatch(typed):
        return -read_money(minus[1], unit)
    if number := _NUMBER.fullmatch(typed):
        won = Decimal(number[2].replace(",", "") + (number[3] or "")) * unit
        if won != won.to_integral_value():
            raise AmountError(AmountFault.UNREADABLE, text)
        if won >= LIMIT:
            raise AmountError(AmountFault.TOO_LARGE, text)
        return -int(won) if number[1] else int(won)
    try:
        return read_amount(text)
    except AmountError as error:
        if error.code is AmountFault.ZERO:
            return 0
        if error.code is AmountFault.NEGATIVE:
            return -read_amount(typed.lstrip("-△▲ "))
        raise
