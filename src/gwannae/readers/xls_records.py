"""The records of an XLS workbook ([MS-XLS] 2.4), walked before the workbook library makes room for what they claim."""

import struct

from gwannae.readers.faults import FaultCode, FileFault, Limits

# Records that put something into a cell: each begins with its row and column.
_CELLS = frozenset({0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, 0x0003, 0x0004, 0x0005, 0x0002})
_MULTIPLE = 0x00BD
_FILE_PASS = 0x002F
_STRINGS = 0x00FC
_SHEET = 0x0085
_BEGIN = (0x0809, 0x0409, 0x0209, 0x0009)
_END = 0x000A
_DIMENSIONS = 0x0200
_MAX_ROWS, _MAX_COLUMNS = 65_536, 256
_LEAST_STRING = 3  # bytes
_MOST_ASTRAY = 16  # sheets that do not begin at a record of the sequence: each costs a walk of its own


def check_records(data: bytes, limits: Limits) -> int:
    """Walk all records, and those that only a sheet's own offset leads to; the last row with something in it.

    Raises:
        FileFault: ENCRYPTED, TOO_LARGE; UNREADABLE for what the format cannot hold.
    """
    walk = _Walk(data, limits)
    walk.go(0, to_end=True)
    astray = {at for at in walk.sheets if at not in walk.begins}
    if len(astray) > _MOST_ASTRAY:
        raise _unreadable("sheets")
    for at in sorted(astray):
        walk.go(at, to_end=False)
    return walk.longest


class _Walk:
    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data, self._limits = data, limits
        self._rows = self._columns = 0
        self.begins: set[int] = set()
        self.sheets: set[int] = set()
        self.longest = 0

    def go(self, at: int, *, to_end: bool) -> None:
        """From one record on, to the end of the data or (as the library reads a sheet) of its part."""
        data = self._data
        last = len(data) - 4
        while at <= last:
            kind, length = struct.unpack_from("<HH", data, at)
            if kind in _CELLS:
                self._cell(kind, at, length)
            elif kind == _END:
                self._end_of_part()
                if not to_end:
                    return
            elif kind in _BEGIN:
                self.begins.add(at)
            elif kind in _OTHERS:
                _OTHERS[kind](self, data[at + 4 : at + 4 + length])
            at += 4 + length
        self._end_of_part()

    def _cell(self, kind: int, at: int, length: int) -> None:
        if length < 4 or at + 8 > len(self._data):
            return
        row, column = struct.unpack_from("<HH", self._data, at + 4)
        if kind == _MULTIPLE and length >= 6:
            column = max(column, int.from_bytes(self._data[at + 2 + length : at + 4 + length], "little"))
        self._rows, self._columns = max(self._rows, row + 1), max(self._columns, column + 1)

    def _end_of_part(self) -> None:
        """Rows and columns beyond what the format has are a broken or hostile file."""
        rows, columns, limit = self._rows, self._columns, self._limits.max_cells
        if rows > _MAX_ROWS or columns > _MAX_COLUMNS:
            raise _unreadable("cells outside of the sheet")
        if rows * columns > limit:
            raise FileFault(FaultCode.TOO_LARGE, what="cells", limit=limit, size=rows * columns)
        self.longest = max(self.longest, rows)
        self._rows = self._columns = 0

    def _locked(self, _: bytes) -> None:
        raise FileFault(FaultCode.ENCRYPTED)

    def _dimensions(self, record: bytes) -> None:
        """The library reserves room from the first row and column to the last."""
        if len(record) == 14:
            first_row, last_row, first_column, last_column = struct.unpack_from("<IIHH", record)
        elif len(record) == 10:
            first_row, last_row, first_column, last_column = struct.unpack_from("<HHHH", record)
        else:
            return
        turned = last_row and last_column and (first_row > last_row or first_column > last_column)
        if turned or last_row > _MAX_ROWS or last_column > _MAX_COLUMNS:
            raise _unreadable("dimensions")

    def _strings(self, record: bytes) -> None:
        if len(record) >= 8 and struct.unpack_from("<I", record, 4)[0] * _LEAST_STRING > len(self._data):
            raise _unreadable("strings")

    def _sheet(self, record: bytes) -> None:
        if len(record) >= 4:
            self.sheets.add(struct.unpack_from("<I", record)[0])


_OTHERS = {_FILE_PASS: _Walk._locked, _DIMENSIONS: _Walk._dimensions, _STRINGS: _Walk._strings, _SHEET: _Walk._sheet}


def _unreadable(detail: str) -> FileFault:
    return FileFault(FaultCode.UNREADABLE, row=None, detail=detail)
