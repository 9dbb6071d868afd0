"""Files made for the readers' tests. Every firm and place in them is made up."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
import xlwt

from gwannae.readers.faults import FaultCode, FileFault
from gwannae.readers.rows import Sheet
from gwannae.readers.tables import read_tables

HEADER = ("상호", "사업자등록번호", "소재지", "취급품목")
FIRMS = (
    ("가상인쇄", "129-81-01236", "가온도 나래시 다온로 1", "명함, 책자"),
    ("나래가구", "", "가온도 나래시 라온로 2", "책상"),
)


def csv_text(*rows: Sequence[str], delimiter: str = ",", end: str = "\r\n") -> str:
    """Rows as CSV; a cell with the delimiter, a quote or a line break is quoted."""

    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in f'{delimiter}"\r\n') else text

    return "".join(delimiter.join(map(cell, row)) + end for row in rows)


def vendor_csv(*more: Sequence[str]) -> str:
    """A small sound vendor file."""
    return csv_text(HEADER, *FIRMS, *more)


def xlsx(rows: Iterable[Sequence[Any]], *, change: Callable[[Any, Any], None] | None = None) -> bytes:
    """A workbook of one sheet 업체; `change(book, sheet)` does what is special in a test."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("업체")
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    if change:
        change(book, sheet)
    book.close()
    return stream.getvalue()


def xls(rows: Iterable[Sequence[Any]]) -> bytes:
    """The same in the older format."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("업체")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def uncalculated(rows: Iterable[Sequence[object]]) -> bytes:
    """A workbook as a program writes it that never calculates: formulas ("=…") without their results."""
    book = openpyxl.Workbook()
    book.active.title = "업체"
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def repacked(workbook: bytes, changes: dict[str, bytes]) -> bytes:
    """A workbook with some packed parts replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, data in changes.items():
            new.writestr(name, data)
    return stream.getvalue()


def sheet_xml(rows: str, before: str = "") -> bytes:
    """A worksheet part around `rows`."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?>{before}<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def compound_file(streams: dict[str, bytes]) -> bytes:
    """An OLE2 container made by hand: header, one table sector, one directory sector, then the streams."""
    free, end, table_mark = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    table, body = [table_mark, end], b""
    entries = [_entry("Root Entry", 5, end, 0, child=1)]
    for at, (name, data) in enumerate(streams.items(), 1):
        data = data.ljust(4096, b"\0")
        sectors = -(-len(data) // 512)
        first = len(table)
        table += [*range(first + 1, first + sectors), end]
        body += data.ljust(sectors * 512, b"\0")
        entries.append(_entry(name, 2, first, len(data), right=at + 1 if at < len(streams) else free))
    assert len(table) <= 128
    assert len(entries) <= 4
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0") + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    header = header.ljust(44, b"\0") + struct.pack("<IIIIIIII", 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    numbers = struct.pack("<128I", *table, *[free] * (128 - len(table)))
    return header + numbers + b"".join(entries).ljust(512, b"\0") + body


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, 0xFFFFFFFF, right, child)
    return head.ljust(116, b"\0") + struct.pack("<IQ", start, size)


def cells(sheet: Sheet) -> list[tuple[str, ...]]:
    """All rows of a sheet without their numbers."""
    return [row.cells for row in sheet.rows]


def only_sheet(where: bytes | Path) -> list[tuple[str, ...]]:
    """All rows of a file that has one sheet."""
    (sheet,) = read_tables(where)
    return cells(sheet)


def fault_of(call: Callable[[], object]) -> FileFault:
    """The fault that a call ends in; an assertion where it ends in none."""
    try:
        call()
    except FileFault as fault:
        return fault
    raise AssertionError("no fault")


def code_of(call: Callable[[], object]) -> FaultCode:
    """The code of the fault that a call ends in."""
    return fault_of(call).code
