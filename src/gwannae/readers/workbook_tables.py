"""Rows of an XLSX or XLS workbook as text: values only (of a formula its stored result), macros never run."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from gwannae.readers.faults import FaultCode, FileFault, Limits
from gwannae.readers.file_kind import Kind, Source
from gwannae.readers.ole_container import check_container
from gwannae.readers.rows import Row, Sheet
from gwannae.readers.workbook_formulas import uncalculated_cells
from gwannae.readers.workbook_parts import Checked, check_workbook

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_EXACT_FLOAT = 1e15  # above, a float of a spreadsheet no longer holds every whole number


@dataclass(frozen=True, slots=True)
class WorkbookRows:
    """The rows of one sheet; may be gone through more than once, the sheet is loaded by the first."""

    workbook: "CalamineWorkbook"
    name: str
    limits: Limits
    fill_merged: bool
    loaded: dict[str, "CalamineSheet"]  # shared by the sheets of one workbook: the last one that was read

    def __iter__(self) -> Iterator[Row]:
        """Yield rows from the sheet's first row on.

        Raises:
            FileFault: UNREADABLE when the workbook library gives up.
        """
        with _library_faults():
            if self.name not in self.loaded:
                self.loaded.clear()
                self.loaded[self.name] = self.workbook.get_sheet_by_name(self.name)
            sheet = self.loaded[self.name]
            if sheet.start is None:
                return
            fill = _merged_downwards(sheet, self.limits) if self.fill_merged else {}
            width = self.limits.max_columns
            left = ("",) * sheet.start[1]  # the library's rows begin at row 1, but at the first used column
        for number, cells in enumerate(_guarded(sheet), 1):
            row = (*left, *map(cell_text, cells))[:width]
            yield Row(number, _filled(row, fill[number]) if number in fill else row)


def open_workbook(source: Source, kind: Kind, limits: Limits, *, fill_merged: bool) -> list[Sheet]:
    """The sheets of a workbook that was found harmless, visible ones first, hidden ones behind them.

    Raises:
        FileFault: what the checks of the container raise; UNREADABLE, ENCRYPTED; EMPTY when no sheet has a cell.
    """
    data = source.read()
    checked = Checked(check_container(data, limits)) if kind is Kind.OLE else check_workbook(source, limits)
    with _library_faults():
        uncalculated = uncalculated_cells(source, checked.with_formulas)
        from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

        workbook = load_workbook(io.BytesIO(data))
        loaded: dict[str, CalamineSheet] = {}
        sheets = [
            Sheet(
                name=meta.name,
                rows=WorkbookRows(workbook, meta.name, limits, fill_merged, loaded),
                hidden=meta.visible is not SheetVisibleEnum.Visible,
                estimate=checked.rows,
                uncalculated=uncalculated.get(meta.name, {}),
            )
            for meta in workbook.sheets_metadata
            if meta.typ is SheetTypeEnum.WorkSheet
        ]
    if not sheets:
        raise FileFault(FaultCode.EMPTY)
    return sorted(sheets, key=lambda sheet: sheet.hidden)


def cell_text(value: Any) -> str:
    """A cell as text: whole numbers without a point, dates as 2026-01-31, truth values as a spreadsheet shows them."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT_FLOAT else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)


def _merged_downwards(sheet: "CalamineSheet", limits: Limits) -> dict[int, list[tuple[int, str]]]:
    """For each row below the first of a merged area: which column takes which text from the area's first row."""
    areas = [area for area in sheet.merged_cell_ranges or () if area[1][0] > area[0][0]]
    if not areas or sheet.end is None or sheet.start is None:
        return {}
    last, left = sheet.end[0], sheet.start[1]
    first_rows = {area[0][0] for area in areas}
    texts: dict[tuple[int, int], str] = {}
    for number, cells in enumerate(_guarded(sheet)):
        if number in first_rows:
            texts.update(((number, left + at), cell_text(cell)) for at, cell in enumerate(cells))
    filled = sum(min(area[1][0], last) - area[0][0] for area in areas)
    if filled > limits.max_cells:  # areas of an honest file do not overlap
        raise FileFault(FaultCode.TOO_LARGE, what="cells", limit=limits.max_cells, size=filled)
    fill: dict[int, list[tuple[int, str]]] = {}
    for (top, column), (bottom, _) in areas:
        if text := texts.get((top, column), ""):
            for row in range(top + 1, min(bottom, last) + 1):
                fill.setdefault(row + 1, []).append((column, text))
    return fill


def _filled(row: tuple[str, ...], fill: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    cells = list(row)
    for column, text in fill:
        if column < len(cells) and not cells[column]:
            cells[column] = text
    return tuple(cells)


def _guarded(sheet: "CalamineSheet") -> Iterator[list[Any]]:
    rows = iter(sheet.iter_rows())
    while True:
        with _library_faults():
            try:
                cells = next(rows)
            except StopIteration:
                return
        yield cells


@contextmanager
def _library_faults() -> Iterator[None]:
    """Turn what the workbook library raises into a fault; a panic of its Rust side is no `Exception`."""
    try:
        yield
    except (FileFault, GeneratorExit, KeyboardInterrupt):
        raise
    except BaseException as error:
        kind = type(error).__name__
        if kind == "PasswordError":
            raise FileFault(FaultCode.ENCRYPTED) from error
        if (isinstance(error, Exception) and not isinstance(error, MemoryError)) or kind == "PanicException":
            raise FileFault(FaultCode.UNREADABLE, row=None, detail=kind) from error
        raise
