"""One row of a vendor file (업체 명부): checked and cleaned, or refused with its reason."""

from collections.abc import Sequence
from datetime import date

from gwannae.programme.business_number import BusinessNumberError, BusinessNumberFault, read_business_number
from gwannae.programme.dates import DateError, read_date
from gwannae.programme.facts import Fact
from gwannae.programme.vendor_kinds import kinds_stated
from gwannae.programme.vendors import SizeFact
from gwannae.readers.cell_memory import CellMemory
from gwannae.readers.headers import Header
from gwannae.readers.rows import Row, Sheet
from gwannae.readers.totals import is_remark, says_total
from gwannae.readers.vendor_cells import (
    MOST_ITEMS,
    NO_NAMES,
    CertificateText,
    clean,
    is_nothing,
    read_mark,
    read_phone,
    read_size,
    split_items,
)
from gwannae.readers.vendor_columns import VendorColumn
from gwannae.readers.vendor_rows import NUMBER_REFUSALS, Note, NoteCode, RefusalCode, RefusedRow, VendorRow

LONGEST_NAME, LONGEST_ADDRESS = 200, 500
MOST_NOTES = 1_000
_MOST_REMEMBERED = 20_000
_SUSPECT = "합소계총누※*"  # how a row that is no firm begins (or blank); spares all others the closer look
_NO_NUMBER = "0000000000"  # passes the check digit; typed where a form insists on a number


class VendorRowReader:
    """Reads rows of one sheet. What repeats from row to row (trades, dates, marks) is read once and remembered."""

    def __init__(self, sheet: Sheet, header: Header[VendorColumn], today: date, notes: list[Note]) -> None:
        self._sheet, self._header, self._today, self._notes = sheet.name, header, today, notes
        at = header.positions
        self._more_items = tuple(d.at for d in header.duplicates if d.field is VendorColumn.ITEMS)
        self._known = (*at.values(), *self._more_items)
        self._uncalculated = sheet.uncalculated
        self._width = max(self._known) + 1
        # A column that the file does not have is found in a blank cell that is put behind each row.
        self._at = {column: at.get(column, self._width) for column in VendorColumn}
        self._items_at = self._at[VendorColumn.ITEMS if VendorColumn.ITEMS in at else VendorColumn.TRADE]
        self._size_word = header.words.get(VendorColumn.SIZE, "")
        name_at = at[VendorColumn.NAME]
        self._header_names = {clean(cells[name_at]) for cells in header.printed if len(cells) > name_at}
        self._remember = CellMemory()
        self._sizes: dict[tuple[str, date | None], SizeFact] = {}
        self._has_terms = any(column in at for column in _TERM_COLUMNS)
        (
            self._name,
            self._number,
            self._address,
            self._trade,
            self._district,
            self._phone,
            self._size,
            self._makes,
            self._kinds,
            self._as_of,
        ) = (self._at[column] for column in _SINGLE_COLUMNS)

    def read(self, row: Row) -> VendorRow | RefusedRow | None:
        """The row as a firm, as refused, or None when it is none at all."""
        number, cells = row
        width = self._width
        cells = (*cells[:width], "") if len(cells) >= width else cells + ("",) * (width + 1 - len(cells))
        name = clean(cells[self._name])
        suspect = name[:1] in _SUSPECT or cells[0][:1] in _SUSPECT or name in self._header_names
        waiting = self._waiting(number, cells) if self._uncalculated else ()
        if suspect and self._is_no_firm(name, row.cells, cells, waiting):
            return None
        if waiting:
            return self._refuse(number, RefusalCode.NOT_CALCULATED, " ".join(filter(None, map(clean, cells))))
        if name in NO_NAMES:
            return self._refuse(number, RefusalCode.NAME_MISSING, " ".join(filter(None, map(clean, cells))))
        address = clean(cells[self._address])
        if len(name) > LONGEST_NAME or len(address) > LONGEST_ADDRESS:
            return self._refuse(number, RefusalCode.TOO_LONG, name if len(name) > LONGEST_NAME else address)
        business_number = _business_number(cells[self._number]) if cells[self._number] else None
        if isinstance(business_number, RefusalCode):
            return self._refuse(number, business_number, cells[self._number])
        as_of = self._read_date(number, cells[self._as_of])
        trade, district = cells[self._trade], cells[self._district]
        phone, size = cells[self._phone], cells[self._size]
        makes, kinds = cells[self._makes], cells[self._kinds]
        return VendorRow(
            number,
            self._sheet,
            name,
            business_number,
            "" if address == "-" else address,
            self._items(cells),
            self._read_phone(number, phone) if phone else None,
            self._remember(_word, trade) if trade else None,
            self._remember(_word, district) if district else None,
            self._certificates(number, cells),
            self._read_size(size, as_of) if size else _SIZE_NOT_STATED,
            self._remember(read_mark, makes) if makes else Fact.UNKNOWN,
            as_of,
            kinds=self._remember(kinds_stated, kinds) if kinds else (),
        )

    def _waiting(self, number: int, cells: tuple[str, ...]) -> tuple[int, ...]:
        """Which cells that are read hold a formula whose result nobody has calculated."""
        bare = self._uncalculated.get(number, ())
        return tuple(at for at in self._known if at in bare and not cells[at])

    def _items(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        """The items of all columns of items, each once; each cell is taken apart by itself."""
        first = cells[self._items_at]
        items = self._remember(split_items, first) if first else ()
        for at in self._more_items:
            if more := cells[at]:
                known = {item.casefold() for item in items}
                items += tuple(item for item in self._remember(split_items, more) if item.casefold() not in known)
        return items[:MOST_ITEMS]

    def _is_no_firm(self, name: str, given: tuple[str, ...], cells: tuple[str, ...], waiting: tuple[int, ...]) -> bool:
        """Blank (or only numbered) rows, totals, the header printed again, remarks under the table."""
        blank = self._name not in waiting and not any(cells[at].strip() for at in self._known)
        if blank or self._header.is_repeated(given):
            return True
        alone = not any(cells[at].strip() for at in self._known if at != self._name)
        if is_remark(name) and alone:
            return True
        first = next((cell for cell in given if cell.strip()), "")
        return says_total(first) or says_total(name)

    def _refuse(self, number: int, code: RefusalCode, value: str) -> RefusedRow:
        return RefusedRow(number, self._sheet, code, clean(value)[:100])

    def _read_date(self, number: int, text: str) -> date | None:
        if not text:
            return None
        found, is_date = self._remember(self._try_date, text)
        if not is_date:
            self._note(number, NoteCode.DATE_UNREAD, clean(text)[:100])
        return found

    def _try_date(self, text: str) -> tuple[date | None, bool]:
        """The date, and whether the cell says what it should: a date or that there is none."""
        if is_nothing(text) or text.startswith("9999"):  # registers write an open end so
            return None, True
        try:
            return read_date(text, today=self._today), True
        except DateError:
            return None, False

    def _read_phone(self, number: int, text: str) -> str | None:
        phone, left_out = read_phone(text)
        if left_out:
            self._note(number, NoteCode.MOBILE_LEFT_OUT, "")
        return phone

    def _read_size(self, text: str, as_of: date | None) -> SizeFact:
        known = self._sizes.get((text, as_of))
        if known is None:
            word = clean(text)
            stated = SizeFact(read_size(word), f"{self._size_word}: {word}", as_of)
            known = self._sizes[text, as_of] = _SIZE_NOT_STATED if is_nothing(word) else stated
            if len(self._sizes) > _MOST_REMEMBERED:
                self._sizes.clear()
        return known

    def _certificates(self, number: int, cells: Sequence[str]) -> tuple[CertificateText, ...]:
        """Number and term are given to a certificate only where it is plain whose they are."""
        text, at = cells[self._at[VendorColumn.CERTIFICATES]], self._at
        if not text:
            return ()
        alone = self._remember(_certificates_alone, text)
        if not self._has_terms:
            return alone
        kinds = [certificate.kind for certificate in alone]
        own = cells[at[VendorColumn.CERTIFICATE_NUMBER]]
        numbers = split_items(own) if own else ()
        if len(kinds) > 1 and len(numbers) == len(kinds):
            return tuple(CertificateText(kind, one) for kind, one in zip(kinds, numbers, strict=True))
        if len(kinds) != 1:
            return alone
        since = self._read_date(number, cells[at[VendorColumn.CERTIFICATE_FROM]])
        until = self._read_date(number, cells[at[VendorColumn.CERTIFICATE_TO]])
        if period := cells[at[VendorColumn.CERTIFICATE_PERIOD]]:
            first, tilde, last = clean(period).replace("∼", "~").replace("～", "~").partition("~")
            since = since or (self._read_date(number, first.strip()) if tilde else None)
            until = until or self._read_date(number, (last if tilde else first).strip())
        if not (numbers or since or until):
            return alone
        return (CertificateText(kinds[0], ", ".join(numbers) or None, since, until),)

    def _note(self, number: int, code: NoteCode, value: str) -> None:
        if len(self._notes) < MOST_NOTES:
            self._notes.append(Note(number, self._sheet, code, value))


_SIZE_NOT_STATED = SizeFact()
_SINGLE_COLUMNS = (
    VendorColumn.NAME,
    VendorColumn.BUSINESS_NUMBER,
    VendorColumn.ADDRESS,
    VendorColumn.TRADE,
    VendorColumn.DISTRICT,
    VendorColumn.PHONE,
    VendorColumn.SIZE,
    VendorColumn.MAKES,
    VendorColumn.KINDS,
    VendorColumn.AS_OF,
)
_TERM_COLUMNS = (
    VendorColumn.CERTIFICATE_NUMBER,
    VendorColumn.CERTIFICATE_PERIOD,
    VendorColumn.CERTIFICATE_FROM,
    VendorColumn.CERTIFICATE_TO,
)


def _word(text: str) -> str | None:
    word = clean(text)[:LONGEST_NAME]
    return None if is_nothing(word) else word


def _business_number(text: str) -> str | RefusalCode | None:
    if is_nothing(text):
        return None
    try:
        found = read_business_number(text)
    except BusinessNumberError as error:
        return None if error.code is BusinessNumberFault.EMPTY else NUMBER_REFUSALS[error.code]
    return None if found == _NO_NUMBER else found


def _certificates_alone(text: str) -> tuple[CertificateText, ...]:
    return tuple(CertificateText(kind) for kind in split_items(text))
