"""사업자등록번호: ten digits, of which the last is a check digit."""

from __future__ import annotations

import re
from enum import StrEnum

from gwannae.programme.typed_text import plain

_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
_LENGTH = 10

_DOTTED = re.compile(r"([0-9]{3}) ?\. ?([0-9]{2}) ?\. ?([0-9]{5})")
_ONE_OF_SEVERAL = re.compile(r"(?<![0-9-])[0-9]{3} ?- ?[0-9]{2} ?- ?[0-9]{5}(?![0-9-])|(?<![0-9-])[0-9]{10}(?![0-9-])")
_WHOLE_FLOAT = re.compile(r"([0-9]+)\.0+")
# Excel shows a narrow number column with at most five decimals ("1.2981E+09"): digits are lost and a check digit
# lets one in ten of such ruins pass. With six decimals or more the text was written by a program.
_SCIENTIFIC = re.compile(r"([0-9])\.([0-9]{6,})[eE]\+?0*9")


class BusinessNumberFault(StrEnum):
    """Why a text is not a business number."""

    EMPTY = "empty"
    SEVERAL = "several"
    LENGTH = "length"
    NOT_DIGITS = "not_digits"
    CHECK_DIGIT = "check_digit"


class BusinessNumberError(ValueError):
    """A text that is not a business number: `code` says why, `text` is what was given."""

    def __init__(self, code: BusinessNumberFault, text: str) -> None:
        super().__init__(code.value, text)
        self.code = code
        self.text = text


def read_business_number(text: str) -> str:
    """Return the ten digits written in `text`.

    Hyphens, spaces, "129.81.01234", full-width digits and what Excel makes of a number ("1298101234.0", or
    scientific text that is exactly a ten-digit integer) are understood.

    Raises:
        BusinessNumberError: EMPTY, SEVERAL (two numbers or more), NOT_DIGITS, LENGTH (not ten digits) or CHECK_DIGIT.
    """
    typed = plain(text)
    if not typed:
        raise BusinessNumberError(BusinessNumberFault.EMPTY, text)
    if len(typed) > 2 * _LENGTH and len(_ONE_OF_SEVERAL.findall(typed)) > 1:
        raise BusinessNumberError(BusinessNumberFault.SEVERAL, text)
    digits = _digits(typed)
    if digits is None:
        raise BusinessNumberError(BusinessNumberFault.NOT_DIGITS, text)
    if len(digits) != _LENGTH:
        raise BusinessNumberError(BusinessNumberFault.LENGTH, text)
    if int(digits[-1]) != check_digit(digits[:-1]):
        raise BusinessNumberError(BusinessNumberFault.CHECK_DIGIT, text)
    return digits


def _digits(typed: str) -> str | None:
    if dotted := _DOTTED.fullmatch(typed):
        return "".join(dotted.groups())
    if whole := _WHOLE_FLOAT.fullmatch(typed):
        return whole[1]
    if scientific := _SCIENTIFIC.fullmatch(typed):
        fraction = scientific[2]
        if fraction[9:].strip("0"):
            return None
        return scientific[1] + fraction[:9].ljust(9, "0")
    bare = typed.replace("-", "").replace(" ", "")
    return bare if bare.isascii() and bare.isdigit() else None


def check_digit(first_nine: str) -> int:
    """Return the check digit of the first nine digits, by the tax office's rule.

    Each digit is multiplied by 1 3 7 1 3 7 1 3 5; the tens of the last product are added once more.
    """
    products = [int(digit) * weight for digit, weight in zip(first_nine, _WEIGHTS, strict=True)]
    return -(sum(products) + products[-1] // 10) % 10


def write_business_number(number: str) -> str:
    """Return ten digits as an office writes them: "1298101234" -> "129-81-01234".

    Raises:
        BusinessNumberError: NOT_DIGITS or LENGTH. A stored number is not checked again: some that the state
            itself publishes fail the check digit.
    """
    if not (number.isascii() and number.isdigit()):
        raise BusinessNumberError(BusinessNumberFault.NOT_DIGITS, number)
    if len(number) != _LENGTH:
        raise BusinessNumberError(BusinessNumberFault.LENGTH, number)
    return f"{number[:3]}-{number[3:5]}-{number[5:]}"
