"""The older Office container (OLE2, [MS-CFB]): which streams it has, and whether its sheets may be opened.

Only as much of it is read as is needed to tell an encrypted workbook, an HWP document and an XLS workbook apart. What
the workbook library would believe without looking (lengths, counts, chains) is held against the file's own size first:
a failed allocation of the library ends the process.
"""

import struct
from collections.abc import Iterator

from gwannae.readers.faults import FaultCode, FileFault, Limits
from gwannae.readers.xls_records import check_records

_END = 0xFFFFFFFA  # this and above: not a sector but a mark ([MS-CFB] 2.1)
_FREE = 0xFFFFFFFF
_LIST_MARKS = 0xFFFFFFFC  # in the list of the table's own sectors the library takes only these for marks
_LAST = 0xFFFFFFFE  # the one mark that ends a chain; at any other the workbook library goes on, far behind the file
_MINI_STREAM_FROM = 4096
_BOOKS = ("Workbook", "Book")
_MOST_MINI_TABLES = 1_024  # sectors; the library takes a part of this number for another one, and reserves room for it


class Container:
    """An OLE2 container in memory. Raises FileFault UNREADABLE where its own tables contradict each other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            shift, mini_shift = struct.unpack_from("<HH", data, 30)
            first_directory, _, mini_from, first_mini = struct.unpack_from("<IIII", data, 48)
            if shift not in (9, 12) or mini_shift != 6 or mini_from != _MINI_STREAM_FROM:
                raise _unreadable()
            self._sector = 1 << shift
            self._most = len(data) // self._sector
            directories, tables = struct.unpack_from("<II", data, 40)
            (mini_tables,) = struct.unpack_from("<I", data, 64)
            if max(directories, tables, mini_tables) > self._most or mini_tables > _MOST_MINI_TABLES:
                raise _unreadable()
            self._next = self._read_table()
            self.streams = self._read_directory(first_directory)
            self._mini_next: tuple[int, ...] = ()
            self._small = b""
            if mini_tables:
                self._mini_next = self._numbers(b"".join(self._chain(first_mini)))
                self._small = b"".join(self._chain(self._root[0]))
        except struct.error as error:
            raise _unreadable() from error

    def read(self, name: str) -> bytes:
        """The bytes of a stream."""
        start, size = self.streams[name]
        if size > len(self._data):
            raise _unreadable()
        if size >= _MINI_STREAM_FROM:
            return b"".join(self._chain(start))[:size]
        pieces: list[bytes] = []
        sector = start
        for _ in range(len(self._mini_next) + 1):
            if sector >= _END or len(pieces) * 64 >= size:
                break
            if sector >= len(self._mini_next):
                raise _unreadable()
            pieces.append(self._small[sector * 64 : sector * 64 + 64])
            sector = self._mini_next[sector]
        return b"".join(pieces)[:size]

    def _read_table(self) -> tuple[int, ...]:
        """The sector table, whose own sectors are listed in the header and in a chain behind it."""
        listed = list(struct.unpack_from("<109I", self._data, 76))
        more, count = struct.unpack_from("<II", self._data, 68)
        for _ in range(min(count, self._most)):
            if more >= _END:
                break
            numbers = self._numbers(self._at(more))
            listed += numbers[:-1]
            more = numbers[-1]
        used = [sector for sector in listed if sector < _LIST_MARKS]
        if more < _END or len(used) > self._most:
            raise _unreadable()
        table: list[int] = []
        for sector in used:
            table += self._numbers(self._at(sector))
        return tuple(table)

    def _read_directory(self, first: int) -> dict[str, tuple[int, int]]:
        streams: dict[str, tuple[int, int]] = {}
        self._root = (_FREE, 0)
        raw = b"".join(self._chain(first))
        for at in range(0, len(raw) - 127, 128):
            length, kind = struct.unpack_from("<HB", raw, at + 64)
            name = raw[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
            found = raw[at : at + 64].decode("utf-16-le", errors="replace").partition("\0")[0]
            start, size = struct.unpack_from("<IQ" if self._sector > 512 else "<II", raw, at + 116)
            if at == 0:
                self._root = (start, size)
                if size > len(self._data):
                    raise _unreadable()
            if found in _BOOKS and (kind != 2 or name != found or found in streams):
                raise _unreadable()  # the library goes by the name alone, and would take another one than is checked
            if kind == 2:
                streams.setdefault(name, (start, size))
        return streams

    def _chain(self, sector: int) -> Iterator[bytes]:
        """Sectors one after the other; a chain longer than the table runs in a circle."""
        for _ in range(len(self._next) + 1):
            if sector == _LAST:
                return
            if sector >= len(self._next):
                break
            yield self._at(sector)
            sector = self._next[sector]
        raise _unreadable()

    def _at(self, sector: int) -> bytes:
        piece = self._data[(sector + 1) * self._sector : (sector + 2) * self._sector]
        if not piece:
            raise _unreadable()
        return piece

    def _numbers(self, raw: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])


def _unreadable() -> FileFault:
    return FileFault(FaultCode.UNREADABLE, row=None, detail="container")


def check_container(data: bytes, limits: Limits) -> int:
    """Check an OLE2 file; the answer is the last row with something in it, for a progress bar.

    Raises:
        FileFault: ENCRYPTED (an XLSX with a password lies in such a container, an XLS says so in a record),
            WRONG_KIND (`hwp`, `ole`), TOO_LARGE, UNREADABLE.
    """
    container = Container(data)
    if "EncryptedPackage" in container.streams:
        raise FileFault(FaultCode.ENCRYPTED)
    name = next((name for name in _BOOKS if name in container.streams), None)
    if name is None:
        kind = "hwp" if {"FileHeader", "PrvText"} & container.streams.keys() else "ole"
        raise FileFault(FaultCode.WRONG_KIND, kind=kind)
    return check_records(container.read(name), limits)
