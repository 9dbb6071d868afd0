"""What a vendor file is read into: firms, refused rows and notes, each with the row that it came from."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Protocol

from gwannae.programme.business_number import BusinessNumberFault
from gwannae.programme.facts import Fact
from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.programme.vendors import AddressKind, SizeFact
from gwannae.readers.vendor_cells import CertificateText


class RefusalCode(StrEnum):
    """Why one row was not taken."""

    NAME_MISSING = "name_missing"
    NUMBER_CHECK_DIGIT = "number_check_digit"
    NUMBER_LENGTH = "number_length"
    NUMBER_NOT_DIGITS = "number_not_digits"
    NUMBER_SEVERAL = "number_several"
    NOT_CALCULATED = "not_calculated"  # a cell that is needed holds a formula without its result
    TOO_LONG = "too_long"


NUMBER_REFUSALS = {
    BusinessNumberFault.SEVERAL: RefusalCode.NUMBER_SEVERAL,
    BusinessNumberFault.LENGTH: RefusalCode.NUMBER_LENGTH,
    BusinessNumberFault.NOT_DIGITS: RefusalCode.NUMBER_NOT_DIGITS,
    BusinessNumberFault.CHECK_DIGIT: RefusalCode.NUMBER_CHECK_DIGIT,
}


class NoteCode(StrEnum):
    """What the office should know of, although nothing was refused. Behind each: what `Note.value` is."""

    COLUMN_UNKNOWN = "column_unknown"  # the header's words
    COLUMN_TWICE = "column_twice"  # the words of the column that was left out
    COLUMN_JOINED = "column_joined"  # the words of a further column of items, read together with the first
    SHEET_LEFT_OUT = "sheet_left_out"  # the sheet's name; it has no header that we know, or is hidden
    DATE_UNREAD = "date_unread"  # the cell
    MOBILE_LEFT_OUT = "mobile_left_out"  # empty: the number is nowhere kept


# Named tuples, not dataclasses: a hundred thousand of them are made in one import, at a third of the cost.
class VendorRow(NamedTuple):
    """One firm as one row of the file names it. `number` is the row of `sheet` (empty for CSV), from 1.

    Items are at most 50 of at most 100 characters; `phone` is an office number, hyphenated; `size.checked_on` and
    `as_of` are the file's own date. `address_kind` is a head office unless the source says otherwise. `kinds` are those
    that a column of its own states.
    """

    number: int
    sheet: str
    name: str
    business_number: str | None
    address: str
    items: tuple[str, ...]
    phone: str | None
    trade: str | None
    district: str | None
    certificates: tuple[CertificateText, ...]
    size: SizeFact
    makes: Fact
    as_of: date | None
    address_kind: AddressKind = AddressKind.HEAD_OFFICE
    kinds: tuple[PurchaseKind, ...] = ()


class RefusedRow(NamedTuple):
    """One row that was not taken: its number, why, and the cell (at most 100 characters) that was the reason."""

    number: int
    sheet: str
    code: RefusalCode
    value: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be told about a row (`number` 0: about the sheet)."""

    number: int
    sheet: str
    code: NoteCode
    value: str


class VendorSource(Protocol):
    """What went through beside the rows themselves, whatever they came from."""

    @property
    def notes(self) -> list[Note]:
        """Everything to be told, in the order in which it was met."""

    @property
    def skipped(self) -> int:
        """How many entries are no firms, or none of ours."""
