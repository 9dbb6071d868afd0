"""Published lists of contracts (계약 현황, 수의계약 공개): only the columns by which a contract can be found again."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from gwannae.programme.amount import AmountError, AmountFault, read_amount
from gwannae.programme.business_number import BusinessNumberError, read_business_number
from gwannae.programme.contracts import Contract
from gwannae.programme.dates import DateError, read_date
from gwannae.readers.faults import DEFAULT, FaultCode, FileFault, Limits
from gwannae.readers.headers import Header, find_header
from gwannae.readers.purchase_cells import header_unit, stated_unit
from gwannae.readers.purchase_columns import IGNORED_COLUMNS, PURCHASE_COLUMNS
from gwannae.readers.purchase_columns import PurchaseColumn as Col
from gwannae.readers.rows import Row, Sheet
from gwannae.readers.tables import read_tables
from gwannae.readers.totals import says_total
from gwannae.readers.vendor_cells import clean, is_nothing

# What a contract is found again by; of the columns of money the first that a list has.
_MONEY = (Col.AMOUNT, Col.THIS_YEAR, Col.TOTAL)
_READ = (*_MONEY, Col.TITLE, Col.DATE, Col.FIRM, Col.BUSINESS_NUMBER, Col.ORGANISATION, Col.CONTRACT_NUMBER)


class Unread(NamedTuple):
    """A row of which a contract could not be made: its number, and the cell that was the reason."""

    number: int
    column: Col
    value: str


@dataclass(frozen=True, slots=True)
class ContractTable:
    """One sheet's table: which column of money counts, and in which unit (won) it is."""

    sheet: Sheet
    header: Header[Col]
    money: Col
    unit: int

    def cells(self, row: Row) -> dict[Col, str]:
        """What is read of a row."""
        positions = self.header.positions
        return {c: clean(row.cells[at]) for c in _READ if (at := positions.get(c, len(row.cells))) < len(row.cells)}

    def is_uncalculated(self, row: Row, column: Col) -> bool:
        """Whether a cell is blank because nobody has calculated its formula."""
        return self.header.positions.get(column) in self.sheet.uncalculated.get(row.number, ())


@dataclass(slots=True)
class ContractList:
    """A list whose header was found; going through it reads its rows. `unread` and `without_amount` (zero or negative:
    cancelled, or not yet settled) fill meanwhile and begin anew each time.
    """

    tables: tuple[ContractTable, ...]
    today: date
    unread: list[Unread] = field(default_factory=list)
    without_amount: int = 0

    def __iter__(self) -> Iterator[Contract]:
        """Yield every contract, in the file's order. Raises FileFault for what shows only while rows are read."""
        self.unread, self.without_amount = [], 0
        for table in self.tables:
            for row in table.sheet.rows:
                if row.number <= table.header.row_number or table.header.is_repeated(row.cells):
                    continue
                cells = table.cells(row)
                found = self._read(row, cells, table) if _is_contract(row, cells) else None
                if found is not None:
                    yield found

    def _read(self, row: Row, cells: dict[Col, str], table: ContractTable) -> Contract | None:
        number, written = row.number, cells.get(table.money, "")
        try:
            amount = read_amount(written) * table.unit
        except AmountError as error:
            if not written and table.is_uncalculated(row, table.money):
                self.unread.append(Unread(number, Col.AMOUNT, "="))
            elif error.code in (AmountFault.ZERO, AmountFault.NEGATIVE, AmountFault.EMPTY):
                self.without_amount += 1
            else:
                self.unread.append(Unread(number, Col.AMOUNT, written[:100]))
            return None
        written = cells.get(Col.DATE, "")
        try:
            day = None if not written or is_nothing(written) else read_date(written, today=self.today)
        except DateError:
            self.unread.append(Unread(number, Col.DATE, written[:100]))
            return None
        return Contract(
            ref=number,
            title=cells.get(Col.TITLE, "")[:500],
            amount=amount,
            day=day,
            firm=cells.get(Col.FIRM, "")[:200],
            business_number=business_number(cells.get(Col.BUSINESS_NUMBER, "")),
            number=cells.get(Col.CONTRACT_NUMBER, "")[:60],
            organisation_text=cells.get(Col.ORGANISATION, "")[:200],
        )


def read_contracts(where: Path | bytes, *, today: date, limits: Limits = DEFAULT) -> ContractList:
    """Open a list and find its header(s); every visible sheet with one is read. A title and an amount must be
    there. The columns are those of purchase files, by the same words.

    Raises:
        FileFault: see `FaultCode`; NO_HEADER when no visible sheet has one.
    """
    found, faults = [], []
    for sheet in read_tables(where, limits=limits):
        if sheet.hidden:
            continue
        try:
            found.append(_table(sheet))
        except FileFault as fault:
            if fault.code not in (FaultCode.NO_HEADER, FaultCode.EMPTY):
                raise
            faults.append(fault)
    if not found:
        raise next((f for f in faults if f.code is FaultCode.NO_HEADER), FileFault(FaultCode.EMPTY))
    return ContractList(tuple(found), today)


def business_number(written: str) -> str | None:
    """The number, if it is one; a list's slip of the pen must not hide the contract."""
    try:
        return read_business_number(written)
    except BusinessNumberError:
        return None


def _is_contract(row: Row, cells: dict[Col, str]) -> bool:
    """Not blank, no sum, no remark below the table."""
    if not cells.get(Col.TITLE) and not cells.get(Col.FIRM):
        return False
    return not says_total(next((cell for cell in row.cells if cell.strip()), ""))


def _table(sheet: Sheet) -> ContractTable:
    try:
        header = find_header(sheet.rows, PURCHASE_COLUMNS, required=(Col.TITLE,), ignored=IGNORED_COLUMNS)
    except FileFault as fault:
        raise _no_header() if fault.code is FaultCode.NO_HEADER else fault from None
    money = next((c for c in _MONEY if c in header.positions), None)
    if money is None:
        raise _no_header()
    return ContractTable(sheet, header, money, _unit(sheet, header, money))


def _no_header() -> FileFault:
    return FileFault(FaultCode.NO_HEADER, expected=tuple(PURCHASE_COLUMNS[c][0] for c in (Col.TITLE, Col.AMOUNT)))


def _unit(sheet: Sheet, header: Header[Col], money: Col) -> int:
    """Won for one of the column's numbers, as its heading or a line above the table says."""
    at = header.positions[money]
    heading = " ".join(row[at] for row in header.printed if at < len(row))
    above = islice(sheet.rows, header.row_number)
    stated = (unit for row in above for cell in row.cells if cell and (unit := stated_unit(cell)))
    return header_unit(heading) or next(stated, 1)
