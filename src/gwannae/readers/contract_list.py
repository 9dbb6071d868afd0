"""Published lists of contracts (계약 현황, 수의계약 공개): only the columns by which a contract can be found again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from gwannae.programme.amount import AmountError, AmountFault, read_amount
from gwannae.programme.business_number import BusinessNumberError, read_business_number
from gwannae.programme.contracts import Contract
from gwannae.programme.dates import DateError, read_date
from gwannae.readers.faults import DEFAULT, FaultCode, FileFault, Limits
from gwannae.readers.headers import HEADER_WITHIN, Header, find_header
from gwannae.readers.rows import Row, Sheet
from gwannae.readers.tables import read_tables
from gwannae.readers.vendor_cells import clean, is_nothing


class ContractColumn(StrEnum):
    """What a column of such a list holds."""

    TITLE = "title"
    AMOUNT = "amount"
    DAY = "day"
    FIRM = "firm"
    BUSINESS_NUMBER = "business_number"
    ORGANISATION = "organisation"
    NUMBER = "number"


Col = ContractColumn
CONTRACT_COLUMNS: dict[ContractColumn, tuple[str, ...]] = {
    Col.TITLE: ("계약명", "계약건명", "건명", "사업명", "공사명", "용역명", "계약내용"),
    Col.AMOUNT: ("계약금액", "최종계약금액", "금액", "계약액", "금차계약금액"),
    Col.DAY: ("계약일자", "계약일", "계약체결일", "계약체결일자", "체결일"),
    Col.FIRM: ("계약상대자", "업체명", "계약업체", "상호", "업체", "계약상대방", "대표업체명", "계약업체명"),
    Col.BUSINESS_NUMBER: ("사업자등록번호", "사업자번호", "업체사업자등록번호"),
    Col.ORGANISATION: (
        "부서명",
        "관서명",
        "부서",
        "발주부서",
        "수요기관",
        "수요부서",
        "수요기관명",
        "계약부서",
        "담당부서",
    ),
    Col.NUMBER: ("통합계약번호", "계약번호", "확정계약번호"),
}
IGNORED = (
    "연번",
    "번호",
    "순번",
    "비고",
    "대표자",
    "대표자명",
    "주소",
    "소재지",
    "계약방법",
    "구분",
    "담당자",
    "계약기간",
)

_TOTALS = frozenset(("합계", "소계", "계", "총계", "총합계", "누계"))
_UNIT = re.compile(r"(?:단위\s*[:：]?\s*|\(\s*)(백만\s*원|천\s*원)")
_UNITS = {"천원": 1_000, "백만원": 1_000_000}


class Unread(NamedTuple):
    """A row of which a contract could not be made: its number, and the cell that was the reason."""

    number: int
    column: ContractColumn
    value: str


@dataclass(slots=True)
class ContractList:
    """A list whose header was found; going through it reads its rows. `unread` and `without_amount` (zero or negative:
    cancelled, or not yet settled) fill meanwhile and begin anew each time.
    """

    tables: tuple[tuple[Sheet, Header[ContractColumn], int], ...]
    today: date
    unread: list[Unread] = field(default_factory=list)
    without_amount: int = 0

    def __iter__(self) -> Iterator[Contract]:
        """Yield every contract, in the file's order. Raises FileFault for what shows only while rows are read."""
        self.unread, self.without_amount = [], 0
        for sheet, header, unit in self.tables:
            for row in sheet.rows:
                if row.number <= header.row_number or header.is_repeated(row.cells):
                    continue
                cells = {c: clean(row.cells[at]) for c, at in header.positions.items() if at < len(row.cells)}
                found = self._read(row, cells, unit) if _is_contract(row, cells) else None
                if found is not None:
                    yield found

    def _read(self, row: Row, cells: dict[ContractColumn, str], unit: int) -> Contract | None:
        number, written = row.number, cells.get(Col.AMOUNT, "")
        try:
            amount = read_amount(written) * unit
        except AmountError as error:
            if error.code in (AmountFault.ZERO, AmountFault.NEGATIVE, AmountFault.EMPTY):
                self.without_amount += 1
            else:
                self.unread.append(Unread(number, Col.AMOUNT, written[:100]))
            return None
        written = cells.get(Col.DAY, "")
        try:
            day = None if not written or is_nothing(written) else read_date(written, today=self.today)
        except DateError:
            self.unread.append(Unread(number, Col.DAY, written[:100]))
            return None
        return Contract(
            ref=number,
            title=cells.get(Col.TITLE, "")[:500],
            amount=amount,
            day=day,
            firm=cells.get(Col.FIRM, "")[:200],
            business_number=business_number(cells.get(Col.BUSINESS_NUMBER, "")),
            number=cells.get(Col.NUMBER, "")[:60],
            organisation_text=cells.get(Col.ORGANISATION, "")[:200],
        )


def read_contracts(where: Path | bytes, *, today: date, limits: Limits = DEFAULT) -> ContractList:
    """Open a list and find its header(s); every visible sheet with one is read. A title and an amount must be there.

    Raises:
        FileFault: see `FaultCode`; NO_HEADER when no visible sheet has one.
    """
    found, faults = [], []
    for sheet in read_tables(where, limits=limits):
        if sheet.hidden:
            continue
        try:
            header = find_header(sheet.rows, CONTRACT_COLUMNS, required=(Col.TITLE, Col.AMOUNT), ignored=IGNORED)
        except FileFault as fault:
            if fault.code not in (FaultCode.NO_HEADER, FaultCode.EMPTY):
                raise
            faults.append(fault)
            continue
        found.append((sheet, header, _unit(sheet, header)))
    if not found:
        raise next((f for f in faults if f.code is FaultCode.NO_HEADER), FileFault(FaultCode.EMPTY))
    return ContractList(tuple(found), today)


def business_number(written: str) -> str | None:
    """The number, if it is one; a list's slip of the pen must not hide the contract."""
    try:
        return read_business_number(written)
    except BusinessNumberError:
        return None


def _is_contract(row: Row, cells: dict[ContractColumn, str]) -> bool:
    """Not blank, no sum, no remark below the table."""
    if not cells.get(Col.TITLE) and not cells.get(Col.FIRM):
        return False
    first = next((cell for cell in row.cells if cell.strip()), "")
    return "".join(first.split("(")[0].split()) not in _TOTALS


def _unit(sheet: Sheet, header: Header[ContractColumn]) -> int:
    """Won for one of the column's numbers, as its heading or a line above the table says."""
    stated = [header.words.get(Col.AMOUNT, "")]
    for row in sheet.rows:
        if row.number > min(header.row_number, HEADER_WITHIN):
            break
        stated += [cell for cell in row.cells if "단위" in cell]
    return next((_UNITS["".join(m[1].split())] for text in stated if (m := _UNIT.search(text))), 1)
