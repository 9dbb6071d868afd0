"""설계내역서: the bill of quantities of a project, as designers lay it out over one sheet or several."""

# ruff: noqa: SIM905 - lists of words, read as words

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from itertools import islice
from pathlib import Path

from gwannae.programme.amount import LIMIT, AmountError, AmountFault
from gwannae.programme.hangul import search_key
from gwannae.programme.projects import MAX_NAME, MAX_SPEC, MAX_UNIT, MOST_ITEMS, Item, ItemFault, RefusedItem
from gwannae.programme.typed_text import plain
from gwannae.readers.faults import DEFAULT, FaultCode, FileFault, Limits
from gwannae.readers.headers import HEADER_WITHIN, Header, find_header
from gwannae.readers.purchase_cells import header_unit, read_money, stated_unit
from gwannae.readers.rows import Row, Sheet
from gwannae.readers.tables import read_tables
from gwannae.readers.totals import says_total
from gwannae.readers.vendor_cells import clean


class BillColumn(StrEnum):
    """What a column of a bill holds."""

    NAME = "name"
    SPEC = "spec"
    UNIT = "unit"
    QUANTITY = "quantity"
    TOTAL_PRICE = "total_price"
    TOTAL = "total"
    PRICE = "price"
    AMOUNT = "amount"


Col = BillColumn
# The whole of a row (합계) goes before its parts (재료비, 노무비, 경비), which have 단가 and 금액 of their own.
BILL_COLUMNS: dict[Col, list[str]] = {
    Col.NAME: "품명 품목 품목명 명칭 공종 공종명 자재명 물품명 세부품명 품명및규격 공종및품명 내역 항목".split(),
    Col.SPEC: "규격 사양 규격및사양 세부규격 모델 형식".split(),
    Col.UNIT: "단위".split(),
    Col.QUANTITY: "수량 설계수량 물량".split(),
    Col.TOTAL_PRICE: "합계단가 총단가 계단가 단가합계".split(),
    Col.TOTAL: "합계금액 총금액 계금액 금액합계 총액".split(),
    Col.PRICE: "단가 설계단가 예정단가".split(),
    Col.AMOUNT: "금액 설계금액 예정금액 가격 합계".split(),
}
_IGNORED = "번호 연번 순번 NO 비고 참고 재료비 노무비 경비 코드".split()
_MONEY = (Col.TOTAL, Col.AMOUNT)
_PRICES = (Col.TOTAL_PRICE, Col.PRICE)
_EXPECTED = ("품명", "수량이나 금액")
_SAME = frozenset(('"', "〃", "″", "”", "상동", "위와같음"))
# What a bill adds for the work as a whole: nothing that a firm of the registry is asked for.
_ON_TOP = frozenset(
    """
    부가가치세 부가세 공급가액 이윤 일반관리비 간접노무비 직접노무비 재료비 직접재료비 간접재료비 노무비 경비 기타경비
    산재보험료 고용보험료 건강보험료 국민건강보험료 연금보험료 국민연금보험료 노인장기요양보험료 퇴직공제부금비
    산업안전보건관리비 안전관리비 환경보전비 순공사원가 공사원가 총원가 도급액 도급공사비 총공사비 직접공사비 간접공사비
    """.split()
)


@dataclass(frozen=True, slots=True)
class Bill:
    """What a bill came to: its items in order, the rows that were left out, and the sheets without such a table.

    `skipped` counts titles, totals, costs on top and repeated headers.
    """

    items: tuple[Item, ...]
    refused: tuple[RefusedItem, ...]
    skipped: int
    sheets_left_out: tuple[str, ...]


def read_bill(where: Path | bytes, *, limits: Limits = DEFAULT) -> Bill:
    """Read every visible sheet that has a bill. Memory is bounded by `MOST_ITEMS`.

    Raises:
        FileFault: see `FaultCode`; NO_HEADER where no visible sheet names items beside a quantity or an amount,
            NO_ROWS where nothing stands below, TOO_LARGE (`what` rows) beyond MOST_ITEMS rows.
    """
    items: list[Item] = []
    refused: list[RefusedItem] = []
    left_out: list[str] = []
    skipped, header_row = 0, 0
    for sheet in read_tables(where, limits=limits):
        reader = None if sheet.hidden else _reader_of(sheet)
        if reader is None:
            left_out.append(sheet.name)
            continue
        header_row = reader.header.row_number
        for found in reader:
            if found is None:
                skipped += 1
            elif isinstance(found, Item):
                items.append(found)
            else:
                refused.append(found)
            if len(items) + len(refused) > MOST_ITEMS:
                raise FileFault(FaultCode.TOO_LARGE, what="rows", limit=MOST_ITEMS, size=None)
    if not header_row:
        raise FileFault(FaultCode.NO_HEADER, expected=_EXPECTED)
    if not (items or refused):
        raise FileFault(FaultCode.NO_ROWS, header_row=header_row)
    return Bill(tuple(items), tuple(refused), skipped, tuple(left_out))


def _reader_of(sheet: Sheet) -> "_SheetReader | None":
    """None for a cover or another sheet without a bill."""
    try:
        return _SheetReader(sheet)
    except FileFault as fault:
        if fault.code not in (FaultCode.NO_HEADER, FaultCode.EMPTY):
            raise
        return None


class _RowError(Exception):
    def __init__(self, code: ItemFault, value: str) -> None:
        super().__init__(code.value)
        self.code = code
        self.value = value


class _SheetReader:
    """Reads rows of one sheet in order: a blank or repeated name means the thing of the row above."""

    def __init__(self, sheet: Sheet) -> None:
        top = list(islice(sheet.rows, HEADER_WITHIN))
        header = find_header(top, BILL_COLUMNS, required=(Col.NAME,), ignored=_IGNORED)
        if not any(c in header.positions for c in (Col.QUANTITY, *_MONEY)):
            raise FileFault(FaultCode.NO_HEADER, expected=_EXPECTED)
        self.header = header
        self._sheet, self._rows, self._uncalculated = sheet.name, sheet.rows, sheet.uncalculated
        above = [cell for row in top if row.number <= header.row_number for cell in row.cells if cell]
        stated = next((unit for cell in above if (unit := stated_unit(cell))), 1)
        self._units = {
            c: header_unit(_full_word(header, c)) or stated for c in (*_MONEY, *_PRICES) if c in header.positions
        }
        self._above = ""

    def __iter__(self) -> Iterator[Item | RefusedItem | None]:
        return (self.read(row) for row in self._rows if row.number > self.header.row_number)

    def read(self, row: Row) -> Item | RefusedItem | None:
        """The row as an item, as left out, or None when it is none at all."""
        bare = self._uncalculated.get(row.number, frozenset())
        cells = {c: row.cells[at] if at < len(row.cells) else "" for c, at in self.header.positions.items()}
        waiting = {c for c, at in self.header.positions.items() if at in bare and not cells[c].strip()}
        name = clean(cells[Col.NAME])
        stands = any(c in waiting or _says_number(cells.get(c, "")) for c in (Col.QUANTITY, *_PRICES, *_MONEY))
        first = next((cell for cell in row.cells if cell.strip()), "")
        if not first or self.header.is_repeated(row.cells) or _is_on_top(name) or _is_on_top(clean(first)):
            return None
        if not stands:  # a title, a remark, or a heading of works
            self._above = "" if name else self._above
            return None
        try:
            return self._item(row.number, name, cells, waiting)
        except _RowError as error:
            return RefusedItem(row.number, self._sheet, error.code, clean(error.value)[:100])

    def _item(self, number: int, name: str, cells: dict[Col, str], waiting: set[Col]) -> Item:
        if not name or "".join(name.split()) in _SAME:
            name = self._above
        if not search_key(name):
            raise _RowError(ItemFault.NAME_MISSING, cells.get(Col.SPEC, ""))
        self._above = name
        spec, unit = clean(cells.get(Col.SPEC, "")), clean(cells.get(Col.UNIT, ""))
        for text, limit in ((name, MAX_NAME), (spec, MAX_SPEC), (unit, MAX_UNIT)):
            if len(text) > limit:
                raise _RowError(ItemFault.TOO_LONG, text)
        quantity = _quantity(cells.get(Col.QUANTITY, ""))
        amount = next((won for c in _MONEY if (won := self._won(c, cells)) is not None), None)
        if amount is None:
            price = next((won for c in _PRICES if (won := self._won(c, cells)) is not None), None)
            amount = None if price is None or quantity is None else int(price * quantity)
        if amount is None and waiting & {Col.QUANTITY, *_MONEY, *_PRICES}:
            raise _RowError(ItemFault.NOT_CALCULATED, name)
        if (amount is not None and amount < 0) or (quantity is not None and quantity < 0):
            raise _RowError(ItemFault.NEGATIVE, name)
        if amount is not None and amount >= LIMIT:
            raise _RowError(ItemFault.TOO_LARGE, name)
        return Item(name, spec, unit, "" if quantity is None else f"{quantity:,f}", amount, self._sheet, number)

    def _won(self, column: Col, cells: dict[Col, str]) -> int | None:
        text = cells.get(column, "")
        try:
            return read_money(_whole(text), self._units.get(column, 1)) if text.strip() else None
        except AmountError as error:
            if error.code is AmountFault.EMPTY:
                return None
            too_large = error.code is AmountFault.TOO_LARGE
            code = ItemFault.TOO_LARGE if too_large else ItemFault.NUMBER_UNREADABLE
            raise _RowError(code, text) from None


def _full_word(header: Header[Col], column: Col) -> str:
    at = header.positions[column]
    return " ".join(row[at] for row in header.printed if at < len(row))


def _whole(text: str) -> str:
    """Bills reckon parts of a won; they are cut off, as the sum below them does."""
    typed = plain(text).replace(",", "")
    try:
        value = Decimal(typed)
    except InvalidOperation:
        return text
    return f"{int(value)}" if value.is_finite() and value != value.to_integral_value() and abs(value) < LIMIT else text


def _quantity(text: str) -> Decimal | None:
    typed = plain(text).replace(",", "").replace("△", "-")
    if typed in ("", "-"):
        return None
    try:
        value = Decimal(typed)
    except InvalidOperation:
        raise _RowError(ItemFault.NUMBER_UNREADABLE, text) from None
    if not value.is_finite() or abs(value) >= LIMIT:
        raise _RowError(ItemFault.TOO_LARGE, text)
    return value


def _says_number(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _is_on_top(text: str) -> bool:
    bare = text.strip("[]<>【】〈〉「」·-= ")
    return says_total(bare) or search_key(bare) in _ON_TOP or search_key(bare.split("(")[0]) in _ON_TOP
