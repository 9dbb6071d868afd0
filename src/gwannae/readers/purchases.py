"""Purchase files (계약현황, 구매 목록): finding their tables and going through their rows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path

from gwannae.programme.business_number import BusinessNumberError, read_business_number
from gwannae.programme.contract_words import kind_of
from gwannae.programme.dates import DateError, read_date
from gwannae.programme.hangul import search_key
from gwannae.programme.purchase_lines import Line, RefusedRow
from gwannae.readers.faults import DEFAULT, FaultCode, FileFault, Limits
from gwannae.readers.headers import HEADER_WITHIN, Header, find_header
from gwannae.readers.purchase_cells import header_unit, stated_unit
from gwannae.readers.purchase_columns import IGNORED_COLUMNS, PURCHASE_COLUMNS
from gwannae.readers.purchase_columns import PurchaseColumn as Col
from gwannae.readers.purchase_row_reader import PurchaseRowReader
from gwannae.readers.rows import Row, Sheet
from gwannae.readers.tables import read_tables

MONEY = (Col.AMOUNT, Col.THIS_YEAR, Col.TOTAL)
_LOOKED_AT = 60  # rows below a header, when a column is told by its content
_ENOUGH = 3  # filled cells without which a column is not told by its content

Remembered = Mapping[str, Col]


@dataclass(frozen=True, slots=True)
class PurchaseTable:
    """One sheet's table: its header, and in which unit (won) each column of money is."""

    sheet: Sheet
    header: Header[Col]
    units: Mapping[Col, int]


@dataclass(slots=True)
class PurchaseFile:
    """A purchase file that was opened and whose header was found; going through it reads its rows.

    `skipped` (blank rows, totals, repeated headers, remarks) fills while it is gone through and begins anew each time.
    """

    tables: tuple[PurchaseTable, ...]
    sheets_left_out: tuple[str, ...]
    today: date
    earliest: date
    skipped: int = field(default=0)

    @property
    def estimate(self) -> int:
        """About how many rows, for a progress bar."""
        return sum(table.sheet.estimate for table in self.tables)

    def __iter__(self) -> Iterator[Line | RefusedRow]:
        """Yield every row that is not skipped, in the file's order.

        Raises:
            FileFault: what shows only while rows are read (see `read_tables`).
        """
        self.skipped = 0
        for table in self.tables:
            header = table.header
            read = PurchaseRowReader(table.sheet, header, table.units, today=self.today, earliest=self.earliest).read
            for row in table.sheet.rows:
                if row.number <= header.row_number:
                    continue
                found = read(row)
                if found is None:
                    self.skipped += 1
                else:
                    yield found


def read_purchases(
    where: Path | bytes,
    *,
    today: date,
    earliest: date,
    remembered: Remembered | None = None,
    limits: Limits = DEFAULT,
) -> PurchaseFile:
    """Open a purchase file and find its table(s). Every visible sheet with a header is read, hidden ones never.

    `remembered`: headers (as search keys) that somebody has said the meaning of; they go before our own words.
    `earliest` and `today` bound the contract dates, both inclusive.

    Raises:
        FileFault: see `FaultCode`; COLUMNS_MISSING where a table was found that lacks a name, a firm, a day or an
            amount, NO_HEADER when no visible sheet has one, NO_ROWS when nothing stands below it.
    """
    said = remembered or {}
    columns = {c: [*(w for w, of in said.items() if of is c), *words] for c, words in PURCHASE_COLUMNS.items()}
    for word in said:
        for column, words in columns.items():
            if said[word] is not column:
                columns[column] = [known for known in words if search_key(known) != word]
    found: list[PurchaseTable] = []
    left_out: list[str] = []
    faults: list[FileFault] = []
    for sheet in read_tables(where, limits=limits):
        if sheet.hidden:
            left_out.append(sheet.name)
            continue
        try:
            found.append(_table(sheet, columns))
        except FileFault as fault:
            if fault.code not in (FaultCode.NO_HEADER, FaultCode.EMPTY, FaultCode.COLUMNS_MISSING):
                raise
            faults.append(fault)
            left_out.append(sheet.name)
    if not found:
        order = (FaultCode.COLUMNS_MISSING, FaultCode.NO_HEADER)
        raise next((f for code in order for f in faults if f.code is code), FileFault(FaultCode.EMPTY))
    if all(_has_nothing_below(table) for table in found):
        raise FileFault(FaultCode.NO_ROWS, header_row=found[0].header.row_number)
    return PurchaseFile(tuple(found), tuple(left_out), today, earliest)


def _table(sheet: Sheet, columns: Mapping[Col, list[str]]) -> PurchaseTable:
    top = list(islice(sheet.rows, HEADER_WITHIN + _LOOKED_AT))
    header = find_header(top, columns, required=(), ignored=IGNORED_COLUMNS)
    below = [row for row in top if row.number > header.row_number]
    header = _told_by_content(header, below)
    missing = _missing(header)
    if missing:
        unread = tuple(dict.fromkeys(word for word in header.unknown if search_key(word)))
        raise FileFault(FaultCode.COLUMNS_MISSING, missing=tuple(c.value for c in missing), words=unread)
    above = [row for row in top if row.number <= header.row_number]
    return PurchaseTable(sheet, header, _units(header, above))


def _missing(header: Header[Col]) -> list[Col]:
    """What no purchase can do without."""
    has = header.positions
    lacks = [c for c in (Col.TITLE, Col.FIRM, Col.DATE) if c not in has]
    if Col.TITLE in lacks and Col.ITEM in has:
        lacks.remove(Col.TITLE)
    return lacks if any(c in has for c in MONEY) else [*lacks, Col.AMOUNT]


def _units(header: Header[Col], above: list[Row]) -> dict[Col, int]:
    stated = next((unit for row in above for cell in row.cells if cell and (unit := stated_unit(cell))), 1)
    return {c: header_unit(_full_word(header, c)) or stated for c in MONEY if c in header.positions}


def _full_word(header: Header[Col], column: Col) -> str:
    """A column's header with all of its printed rows, for a unit may stand in the lower of two."""
    at = header.positions[column]
    return " ".join(row[at] for row in header.printed if at < len(row))


def _told_by_content(header: Header[Col], below: list[Row]) -> Header[Col]:
    """Give a meaning to columns whose cells say it, where no header names one: a 비고 that holds 물품, 용역."""
    taken = set(header.positions.values())
    width = max((len(row.cells) for row in below), default=0)
    positions, words = dict(header.positions), dict(header.words)
    for column, fits in _CONTENT.items():
        if column in positions:
            continue
        for at in range(width):
            cells = [row.cells[at] for row in below if at < len(row.cells) and row.cells[at].strip()]
            if at in taken or len(cells) < _ENOUGH or sum(map(fits, cells)) * 10 < len(cells) * 9:
                continue
            positions[column], words[column] = at, _word_at(header, at)
            taken.add(at)
            break
    unknown = tuple(word for word in header.unknown if word not in words.values())
    return replace(header, positions=positions, words=words, unknown=unknown)


def _word_at(header: Header[Col], at: int) -> str:
    return next((" ".join(row[at].split()) for row in header.printed[::-1] if at < len(row) and row[at].strip()), "")


def _is_business_number(text: str) -> bool:
    try:
        return bool(read_business_number(text))
    except BusinessNumberError:
        return False


def _is_kind(text: str) -> bool:
    return len(text) <= 12 and kind_of(text) is not None


def _is_day(text: str) -> bool:
    try:
        return len(text) >= 8 and read_date(text, today=date(2100, 1, 1)) is not None
    except DateError:
        return False


_CONTENT: dict[Col, Callable[[str], bool]] = {
    Col.BUSINESS_NUMBER: _is_business_number,
    Col.KIND: _is_kind,
    Col.DATE: _is_day,
}


def _has_nothing_below(table: PurchaseTable) -> bool:
    last = table.header.row_number
    top = list(islice(table.sheet.rows, last + HEADER_WITHIN))
    if len(top) == last + HEADER_WITHIN:
        return False
    return not any(cell.strip() for row in top if row.number > last for cell in row.cells)
