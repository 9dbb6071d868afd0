"""The older Office container (OLE2, [MS-CFB]): which streams it has, and whether its sheets may be opened.

Only as much of it is read as is needed to tell an encrypted workbook, an HWP document and an XLS workbook apart,
and to see how far apart the cells of an XLS sheet lie before the workbook library allocates what is between them.
"""

import struct
from collections.abc import Iterator

from gwannae.readers.faults import FaultCode, FileFault, Limits

_END = 0xFFFFFFFA  # this and above: not a sector but a mark ([MS-CFB] 2.1)
_FREE = 0xFFFFFFFF
# Records of [MS-XLS] 2.4 that put something into a cell: each begins with its row and column.
_CELLS = frozenset({0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, 0x0003, 0x0004, 0x0005, 0x0002})
_MULTIPLE = 0x00BD
_FILE_PASS = 0x002F
_BEGIN = (0x0809, 0x0409, 0x0209, 0x0009)
_DIMENSIONS = 0x0200
_MAX_ROWS, _MAX_COLUMNS = 65_536, 256


class Container:
    """An OLE2 container in memory. Raises FileFault UNREADABLE where its own tables contradict each other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            shift, mini_shift = struct.unpack_from("<HH", data, 30)
            first_directory, _, self._mini_from, first_mini = struct.unpack_from("<IIII", data, 48)
            if shift not in (9, 12) or mini_shift != 6:
                raise FileFault(FaultCode.UNREADABLE, row=None, detail="container")
            self._sector = 1 << shift
            self._next = self._read_table()
            self.streams = self._read_directory(first_directory)
            self._mini_next = self._numbers(b"".join(self._chain(first_mini))) if first_mini < _END else ()
        except struct.error as error:
            raise FileFault(FaultCode.UNREADABLE, row=None, detail="container") from error

    def read(self, name: str) -> bytes:
        """The bytes of a stream."""
        start, size = self.streams[name]
        if size >= self._mini_from:
            return b"".join(self._chain(start))[:size]
        small = b"".join(self._chain(self._root[0]))
        pieces: list[bytes] = []
        sector = start
        for _ in range(len(self._mini_next) + 1):
            if sector >= _END or len(pieces) * 64 >= size:
                break
            if sector >= len(self._mini_next):
                raise FileFault(FaultCode.UNREADABLE, row=None, detail="container")
            pieces.append(small[sector * 64 : sector * 64 + 64])
            sector = self._mini_next[sector]
        return b"".join(pieces)[:size]

    def _read_table(self) -> tuple[int, ...]:
        """The sector table, whose own sectors are listed in the header and in a chain behind it."""
        listed = list(struct.unpack_from("<109I", self._data, 76))
        more, count = struct.unpack_from("<II", self._data, 68)
        for _ in range(min(count, len(self._data) // self._sector)):
            if more >= _END:
                break
            numbers = self._numbers(self._at(more))
            listed += numbers[:-1]
            more = numbers[-1]
        table: list[int] = []
        for sector in listed[: len(self._data) // self._sector + 1]:
            if sector < _END:
                table += self._numbers(self._at(sector))
        return tuple(table)

    def _read_directory(self, first: int) -> dict[str, tuple[int, int]]:
        streams: dict[str, tuple[int, int]] = {}
        self._root = (_FREE, 0)
        raw = b"".join(self._chain(first))
        for at in range(0, len(raw) - 127, 128):
            length, kind = struct.unpack_from("<HB", raw, at + 64)
            name = raw[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
            start, size = struct.unpack_from("<II", raw, at + 116)
            if kind == 2:
                streams.setdefault(name, (start, size))
            elif kind == 5:
                self._root = (start, size)
        return streams

    def _chain(self, sector: int) -> Iterator[bytes]:
        """Sectors one after the other; a chain longer than the table runs in a circle."""
        for _ in range(len(self._next) + 1):
            if sector >= _END:
                return
            yield self._at(sector)
            if sector >= len(self._next):
                break
            sector = self._next[sector]
        raise FileFault(FaultCode.UNREADABLE, row=None, detail="container")

    def _at(self, sector: int) -> bytes:
        piece = self._data[(sector + 1) * self._sector : (sector + 2) * self._sector]
        if not piece:
            raise FileFault(FaultCode.UNREADABLE, row=None, detail="container")
        return piece

    def _numbers(self, raw: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])


def check_container(data: bytes, limits: Limits) -> int:
    """Check an OLE2 file; the answer is the last row with something in it, for a progress bar.

    Raises:
        FileFault: ENCRYPTED (an XLSX with a password lies in such a container, an XLS says so in a record),
            WRONG_KIND (`hwp`, `ole`), TOO_LARGE, UNREADABLE.
    """
    container = Container(data)
    if "EncryptedPackage" in container.streams:
        raise FileFault(FaultCode.ENCRYPTED)
    name = next((name for name in ("Workbook", "Book", "WORKBOOK", "BOOK") if name in container.streams), None)
    if name is None:
        kind = "hwp" if {"FileHeader", "PrvText"} & container.streams.keys() else "ole"
        raise FileFault(FaultCode.WRONG_KIND, kind=kind)
    return _check_records(container.read(name), limits)


def _check_records(data: bytes, limits: Limits) -> int:
    """Walk the workbook's records. Rows and columns beyond what the format has are a broken or hostile file."""
    at, rows, columns, longest = 0, 0, 0, 0
    end = len(data) - 4
    while at <= end:
        kind, length = struct.unpack_from("<HH", data, at)
        if kind in _CELLS and length >= 4:
            row, column = struct.unpack_from("<HH", data, at + 4)
            if kind == _MULTIPLE and length >= 6:
                column = max(column, int.from_bytes(data[at + 2 + length : at + 4 + length], "little"))
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        elif kind == _FILE_PASS:
            raise FileFault(FaultCode.ENCRYPTED)
        elif kind == _DIMENSIONS:
            _check_dimensions(data[at + 4 : at + 4 + length])
        elif kind in _BEGIN:
            _check_extent(rows, columns, limits)
            longest, rows, columns = max(longest, rows), 0, 0
        at += 4 + length
    _check_extent(rows, columns, limits)
    return max(longest, rows)


def _check_dimensions(record: bytes) -> None:
    """The library reserves room for what this record claims."""
    if len(record) == 14:
        _, last_row, _, last_column = struct.unpack_from("<IIHH", record)
    elif len(record) == 10:
        _, last_row, _, last_column = struct.unpack_from("<HHHH", record)
    else:
        return
    if last_row > _MAX_ROWS or last_column > _MAX_COLUMNS:
        raise FileFault(FaultCode.UNREADABLE, row=None, detail="dimensions")


def _check_extent(rows: int, columns: int, limits: Limits) -> None:
    if rows > _MAX_ROWS or columns > _MAX_COLUMNS:
        raise FileFault(FaultCode.UNREADABLE, row=None, detail="cells outside of the sheet")
    if rows * columns > limits.max_cells:
        raise FileFault(FaultCode.TOO_LARGE, what="cells", limit=limits.max_cells, size=rows * columns)
