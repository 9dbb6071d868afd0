"""Vendor files (업체 명부): finding their tables and going through their rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from gwannae.readers.faults import DEFAULT, FaultCode, FileFault, Limits
from gwannae.readers.headers import HEADER_WITHIN, Header, find_header
from gwannae.readers.rows import Sheet
from gwannae.readers.tables import read_tables
from gwannae.readers.vendor_cells import CertificateText
from gwannae.readers.vendor_columns import IGNORED_COLUMNS, VENDOR_COLUMNS, VendorColumn
from gwannae.readers.vendor_row_reader import MOST_NOTES, VendorRowReader
from gwannae.readers.vendor_rows import Note, NoteCode, RefusalCode, RefusedRow, VendorRow

__all__ = [
    "CertificateText",
    "Note",
    "NoteCode",
    "RefusalCode",
    "RefusedRow",
    "VendorColumn",
    "VendorFile",
    "VendorRow",
    "read_vendors",
]


@dataclass(slots=True)
class VendorFile:
    """A vendor file that was opened and whose header was found; going through it reads its rows.

    `notes` (the first 1,000) and `skipped` (blank rows, totals, repeated headers, remarks) fill while it is gone
    through and begin anew each time. `estimate` is about how many rows there are.
    """

    sheets: tuple[tuple[Sheet, Header[VendorColumn]], ...]
    opening_notes: tuple[Note, ...]
    today: date
    notes: list[Note] = field(default_factory=list)
    skipped: int = 0

    @property
    def estimate(self) -> int:
        """About how many rows, for a progress bar."""
        return sum(sheet.estimate for sheet, _ in self.sheets)

    def __iter__(self) -> Iterator[VendorRow | RefusedRow]:
        """Yield every row that is not skipped, in the file's order.

        Raises:
            FileFault: what shows only while rows are read (see `read_tables`).
        """
        self.notes = list(self.opening_notes)
        self.skipped = 0
        for sheet, header in self.sheets:
            read = VendorRowReader(sheet, header, self.today, self.notes).read
            for row in sheet.rows:
                if row.number <= header.row_number:
                    continue
                found = read(row)
                if found is None:
                    self.skipped += 1
                else:
                    yield found


def read_vendors(where: Path | bytes, *, today: date, limits: Limits = DEFAULT) -> VendorFile:
    """Open a vendor file and find its header(s). Every visible sheet with a header is read, hidden ones never.

    `today` tells which century "'27.6.14." is of.

    Raises:
        FileFault: see `FaultCode`; NO_HEADER when no visible sheet has one, NO_ROWS when nothing stands below it.
    """
    sheets = read_tables(where, limits=limits, fill_merged=True)
    found: list[tuple[Sheet, Header[VendorColumn]]] = []
    notes: list[Note] = []
    faults: list[FileFault] = []
    for sheet in sheets:
        if sheet.hidden:
            notes.append(Note(0, sheet.name, NoteCode.SHEET_LEFT_OUT, sheet.name))
            continue
        try:
            header = find_header(sheet.rows, VENDOR_COLUMNS, required=(VendorColumn.NAME,), ignored=IGNORED_COLUMNS)
        except FileFault as fault:
            if fault.code not in (FaultCode.NO_HEADER, FaultCode.EMPTY):
                raise
            faults.append(fault)
            if fault.code is FaultCode.NO_HEADER:
                notes.append(Note(0, sheet.name, NoteCode.SHEET_LEFT_OUT, sheet.name))
            continue
        found.append((sheet, header))
        notes += [Note(header.row_number, sheet.name, NoteCode.COLUMN_UNKNOWN, word) for word in header.unknown]
        for more in header.duplicates:
            code = NoteCode.COLUMN_JOINED if more.field is VendorColumn.ITEMS else NoteCode.COLUMN_TWICE
            notes.append(Note(header.row_number, sheet.name, code, more.left))
    if not found:
        raise next((f for f in faults if f.code is FaultCode.NO_HEADER), FileFault(FaultCode.EMPTY))
    if all(_has_nothing_below(sheet, header) for sheet, header in found):
        raise FileFault(FaultCode.NO_ROWS, header_row=found[0][1].row_number)
    return VendorFile(tuple(found), tuple(notes[:MOST_NOTES]), today)


def _has_nothing_below(sheet: Sheet, header: Header[VendorColumn]) -> bool:
    top = list(islice(sheet.rows, header.row_number + HEADER_WITHIN))
    if len(top) == header.row_number + HEADER_WITHIN:
        return False
    return not any(cell.strip() for row in top if row.number > header.row_number for cell in row.cells)
