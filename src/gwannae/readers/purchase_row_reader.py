"""One row of a purchase file: checked and cleaned, or refused with its reason."""

from collections.abc import Mapping
from datetime import date

from gwannae.programme.amount import AmountError, AmountFault
from gwannae.programme.business_number import BusinessNumberError, BusinessNumberFault, read_business_number
from gwannae.programme.contract_words import (
    is_cancelled,
    kind_by_title,
    kind_of,
    method_of,
    read_contract_number,
    read_revision,
    read_share,
)
from gwannae.programme.dates import DateError, read_date
from gwannae.programme.purchase_lines import Line, LineFault, RefusedRow
from gwannae.programme.purchases import ContractMethod, PurchaseKind
from gwannae.programme.report_form import MAX_ADDRESS, MAX_ITEM, MAX_NAME, MAX_TITLE
from gwannae.readers.cell_memory import CellMemory
from gwannae.readers.headers import Header
from gwannae.readers.purchase_cells import read_money
from gwannae.readers.purchase_columns import PurchaseColumn as Col
from gwannae.readers.rows import Row, Sheet
from gwannae.readers.totals import is_remark, says_total
from gwannae.readers.vendor_cells import clean, is_nothing

MAX_REASON, MAX_CONTRACT_NUMBER = 500, 60
_NO_NUMBER = "0000000000"  # passes the check digit; typed where a form insists on a number
_AMOUNT_FAULTS = {AmountFault.EMPTY: LineFault.AMOUNT_MISSING, AmountFault.TOO_LARGE: LineFault.AMOUNT_TOO_LARGE}


class _RowError(Exception):
    """The row is refused: why, and the cell that was the reason."""

    def __init__(self, code: LineFault, value: str = "") -> None:
        super().__init__(code.value)
        self.code = code
        self.value = value


class PurchaseRowReader:
    """Reads rows of one sheet. What repeats from row to row (days, kinds, firms' numbers) is read once and remembered.

    `units` are in won, for each column of money. Days lie between `earliest` and `today`, as in the form.
    """

    def __init__(
        self, sheet: Sheet, header: Header[Col], units: Mapping[Col, int], *, today: date, earliest: date
    ) -> None:
        self._sheet, self._uncalculated = sheet.name, sheet.uncalculated
        self._header, self._units, self._today, self._earliest = header, units, today, earliest
        at = header.positions
        self._known = tuple(at.values())
        self._width = max(self._known) + 1
        # A column that the file does not have is found in a blank cell that is put behind each row.
        self._at = {column: at.get(column, self._width) for column in Col}
        self._has_amount = Col.AMOUNT in at
        self._remember = CellMemory()

    def read(self, row: Row) -> Line | RefusedRow | None:
        """The row as a purchase, as refused, or None when it is none at all."""
        number, given = row
        width = self._width
        cells = (*given[:width], "") if len(given) >= width else given + ("",) * (width + 1 - len(given))
        title = clean(cells[self._at[Col.TITLE]]) or clean(cells[self._at[Col.ITEM]])
        waiting = self._waiting(number, cells) if self._uncalculated else ()
        if self._is_no_purchase(title, given, cells, waiting):
            return None
        try:
            if waiting:
                raise _RowError(LineFault.NOT_CALCULATED, title)
            return self._read(number, title, cells)
        except _RowError as error:
            return RefusedRow(number, self._sheet, error.code, clean(error.value)[:100])

    def _waiting(self, number: int, cells: tuple[str, ...]) -> tuple[int, ...]:
        """Which cells that are read hold a formula whose result nobody has calculated."""
        bare = self._uncalculated.get(number, ())
        return tuple(at for at in self._known if at in bare and not cells[at])

    def _is_no_purchase(
        self, title: str, given: tuple[str, ...], cells: tuple[str, ...], waiting: tuple[int, ...]
    ) -> bool:
        """Blank (or only numbered) rows, totals, the header printed again, remarks under the table."""
        filled = [at for at in self._known if cells[at] and not cells[at].isspace()]
        named = title or self._at[Col.TITLE] in waiting or self._at[Col.ITEM] in waiting
        if not (filled or named) or self._header.is_repeated(given):
            return True
        first = next((cell for cell in given if cell.strip()), "")
        if len(filled) == 1 and (is_remark(title) or is_remark(first)):
            return True
        # a purchase may be called 계; a total has no firm and no day
        no_deal = not cells[self._at[Col.FIRM]].strip() or not cells[self._at[Col.DATE]].strip()
        return no_deal and (says_total(first) or says_total(title) or says_total(cells[self._at[Col.FIRM]]))

    def _read(self, number: int, title: str, cells: tuple[str, ...]) -> Line:
        at = self._at
        firm = clean(cells[at[Col.FIRM]])
        if not title:
            raise _RowError(LineFault.TITLE_MISSING, firm)
        if is_nothing(firm):
            raise _RowError(LineFault.FIRM_MISSING, title)
        amount, total = self._amounts(cells)
        contract_number, revision = self._contract(cells)
        void = self._void(cells[at[Col.STATUS]], amount)
        day = self._contract_day(cells[at[Col.DATE]], is_void=void is not None and contract_number != "")
        address, item = clean(cells[at[Col.ADDRESS]]), clean(cells[at[Col.ITEM]])
        for text, limit in ((title, MAX_TITLE), (firm, MAX_NAME), (address, MAX_ADDRESS), (item, MAX_ITEM)):
            if len(text) > limit:
                raise _RowError(LineFault.TOO_LONG, text)
        return Line(
            number,
            self._sheet,
            self._remember(clean, cells[at[Col.ORGANISATION]]),
            title,
            day,
            amount,
            total,
            self._kind(cells[at[Col.KIND]], title),
            self._remember(method_of, cells[at[Col.METHOD]]) if cells[at[Col.METHOD]] else ContractMethod.UNSTATED,
            firm,
            self._remember(_business_number, cells[at[Col.BUSINESS_NUMBER]]),
            "" if is_nothing(address) else address,
            "" if is_nothing(item) else item,
            contract_number,
            revision,
            self._remember(_share, cells[at[Col.SHARE]]),
            clean(cells[at[Col.REASON]])[:MAX_REASON],
            void,
        )

    def _amounts(self, cells: tuple[str, ...]) -> tuple[int, int | None]:
        """What counts this year, and the whole contract where that is another amount."""
        this_year = self._money(Col.THIS_YEAR, cells)
        amount = self._money(Col.AMOUNT, cells)
        total = self._money(Col.TOTAL, cells)
        counted = next((won for won in (this_year, amount, total) if won is not None), None)
        if counted is None:
            raise _RowError(LineFault.AMOUNT_MISSING)
        whole = next((won for won in (total, amount) if won is not None), None)
        return counted, whole if whole is not None and whole != counted else None

    def _money(self, column: Col, cells: tuple[str, ...]) -> int | None:
        text = cells[self._at[column]]
        if not text:
            return None
        try:
            return read_money(text, self._units.get(column, 1))
        except AmountError as error:
            if error.code is AmountFault.EMPTY:
                return None
            raise _RowError(_AMOUNT_FAULTS.get(error.code, LineFault.AMOUNT_UNREADABLE), text) from None

    def _contract(self, cells: tuple[str, ...]) -> tuple[str, int]:
        text, stated = cells[self._at[Col.CONTRACT_NUMBER]], cells[self._at[Col.REVISION]]
        number, behind = read_contract_number(text) if text else ("", None)
        if len(number) > MAX_CONTRACT_NUMBER:
            raise _RowError(LineFault.TOO_LONG, number)
        try:
            revision = self._remember(read_revision, stated) if stated else (behind or 0)
        except ValueError:
            raise _RowError(LineFault.REVISION_UNREADABLE, stated) from None
        return number, revision

    def _void(self, status: str, amount: int) -> LineFault | None:
        if status and self._remember(is_cancelled, status):
            return LineFault.CANCELLED
        if amount <= 0:
            return LineFault.AMOUNT_NEGATIVE if amount else LineFault.AMOUNT_ZERO
        return None

    def _kind(self, word: str, title: str) -> PurchaseKind | None:
        return (self._remember(kind_of, word) if word else None) or kind_by_title(title)

    def _contract_day(self, text: str, *, is_void: bool) -> date:
        try:
            return self._remember(self._day, text)
        except _RowError:
            if is_void:  # it still says that its contract is no more
                return self._earliest
            raise

    def _day(self, text: str) -> date:
        if is_nothing(text):
            raise _RowError(LineFault.DATE_MISSING)
        try:
            day = read_date(text, today=self._today)
        except DateError:
            raise _RowError(LineFault.DATE_UNREADABLE, text) from None
        if day > self._today:
            raise _RowError(LineFault.DATE_IN_FUTURE, text)
        if day < self._earliest:
            raise _RowError(LineFault.DATE_BEFORE_YEAR, text)
        return day


def _business_number(text: str) -> str | None:
    if not text or is_nothing(text):
        return None
    try:
        found = read_business_number(text)
    except BusinessNumberError as error:
        if error.code is BusinessNumberFault.EMPTY:
            return None
        several = error.code is BusinessNumberFault.SEVERAL
        raise _RowError(LineFault.NUMBER_SEVERAL if several else LineFault.NUMBER_WRONG, text) from None
    return None if found == _NO_NUMBER else found


def _share(text: str) -> int | None:
    if not text:
        return None
    try:
        return read_share(text)
    except ValueError:
        raise _RowError(LineFault.SHARE_UNREADABLE, text) from None
