"""Files that must be turned away: each with its own code, quickly, and without filling memory."""

import io
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xlwt

from gwannae.readers.faults import DEFAULT, MIB, FaultCode, FileFault, Limits
from gwannae.readers.tables import read_tables
from tests.readers.files import (
    FIRMS,
    HEADER,
    code_of,
    compound_file,
    fault_of,
    only_sheet,
    repacked,
    sheet_xml,
    xls,
    xlsx,
)

SOUND = xlsx([HEADER, *FIRMS])
SHEET = "xl/worksheets/sheet1.xml"
OVERLAP = '<c r="A1"><v>1</v></c>'


@pytest.fixture(scope="module")
def bomb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of about 511 KB whose sheet unpacks to 512 MiB."""
    path = tmp_path_factory.mktemp("bomb") / "업체.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with zipfile.ZipFile(io.BytesIO(SOUND)) as sound:
            for name in sound.namelist():
                if name != SHEET:
                    archive.writestr(name, sound.read(name))
        with archive.open(SHEET, "w") as part:
            for _ in range(512):
                part.write(b" " * MIB)
    return path


def _within_memory(call: Any, mib: int) -> FileFault:
    tracemalloc.start()
    try:
        fault = fault_of(call)
        assert tracemalloc.get_traced_memory()[1] < mib * MIB
    finally:
        tracemalloc.stop()
    return fault


def test_a_workbook_that_unpacks_to_512_mib_is_refused_from_its_directory(bomb: Path) -> None:
    assert bomb.stat().st_size < MIB
    began = time.perf_counter()
    fault = _within_memory(lambda: read_tables(bomb), 50)
    assert (fault.code, fault.values["what"]) == (FaultCode.BOMB, "unpacked")
    assert time.perf_counter() - began < 1


def test_a_part_that_packs_suspiciously_well_is_refused(bomb: Path) -> None:
    fault = fault_of(lambda: read_tables(bomb, limits=Limits(max_unpacked=1024 * MIB)))
    assert (fault.code, fault.values["what"]) == (FaultCode.BOMB, "ratio")


def test_a_directory_that_lies_about_sizes_is_found_out_while_little_is_unpacked(bomb: Path) -> None:
    data = bytearray(bomb.read_bytes())
    at = data.rfind(b"PK\x01\x02" + b"", 0, data.rfind(SHEET.encode()))
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    fault = _within_memory(lambda: read_tables(bytes(data)), 20)
    assert (fault.code, fault.values["what"]) == (FaultCode.BOMB, "unpacked")


def test_more_than_a_thousand_entries_are_refused() -> None:
    data = repacked(SOUND, {f"xl/media/{n}.bin": b"x" for n in range(1_001)})
    fault = fault_of(lambda: read_tables(data))
    assert (fault.code, fault.values["what"]) == (FaultCode.BOMB, "entries")


def test_a_directory_of_a_million_entries_is_refused_before_it_is_read() -> None:
    name = b"a" * 4
    entry = b"PK\x01\x02" + struct.pack("<HHHHHHIIIHHHHHII", 20, 20, 0, 0, 0, 33, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0) + name
    directory = entry * 200_000
    # The end record says "one entry": only the directory's own length gives it away.
    data = b"PK\x03\x04" + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(directory), 4, 0)
    fault = _within_memory(lambda: read_tables(data), 50)
    assert (fault.code, fault.values["what"]) == (FaultCode.BOMB, "entries")


@pytest.mark.parametrize("name", ["../evil.xml", "xl/../../evil.xml", "/etc/evil", "C:/evil", "..\\evil.xml"])
def test_a_packed_name_that_points_out_of_the_archive_is_refused(name: str) -> None:
    assert code_of(lambda: read_tables(repacked(SOUND, {name: b"x"}))) is FaultCode.BAD_NAMES


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "[Content_Types].xml"])
def test_entities_in_any_part_are_refused(part: str) -> None:
    lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    fault = fault_of(lambda: read_tables(repacked(SOUND, {part: sheet_xml(OVERLAP, before=lol)})))
    assert (fault.code, fault.values["name"]) == (FaultCode.ENTITY_EXPANSION, part)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c t='a>b' r='XFD1048576'><v>1</v></c></row>",
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFC2"/><c><v>1</v></c></row>',
        '<!-- <c a=" --><row r="1"><c r="A1"><v>1</v></c><c r="ZZZZ900000"><is><t>x</t></is></c></row><!-- "> -->',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="4000000000"><c><v>1</v></c></row>',
    ],
)
def test_two_cells_in_far_corners_are_refused_before_everything_between_them_is_allocated(rows: str) -> None:
    fault = _within_memory(lambda: read_tables(repacked(SOUND, {SHEET: sheet_xml(rows)})), 50)
    assert fault.code is FaultCode.TOO_LARGE


def test_styled_blank_cells_far_away_do_no_harm() -> None:
    rows = '<row r="1"><c r="A1"><v>7</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert only_sheet(repacked(SOUND, {SHEET: sheet_xml(rows)})) == [("7",)]


def test_an_xls_cell_outside_of_any_sheet_is_refused() -> None:
    data = xls([("a", 0.123456789)])
    at = data.index(struct.pack("<HH", 0x0203, 14))
    moved = data[: at + 4] + struct.pack("<HH", 0xFFFF, 0xFFFF) + data[at + 8 :]
    assert code_of(lambda: read_tables(moved)) is FaultCode.UNREADABLE


def test_xls_cells_in_far_corners_are_refused() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, 1)
    sheet.write(65_535, 255, 2)
    stream = io.BytesIO()
    book.save(stream)
    fault = fault_of(lambda: read_tables(stream.getvalue()))
    assert (fault.code, fault.values["what"]) == (FaultCode.TOO_LARGE, "cells")


def test_deeply_nested_parts_are_refused() -> None:
    assert code_of(lambda: read_tables(repacked(SOUND, {SHEET: sheet_xml("<a>" * 40_000)}))) is FaultCode.UNREADABLE


def test_a_sheet_under_a_name_that_is_not_looked_into_is_refused() -> None:
    space = "http://schemas.openxmlformats.org/"
    relation = f'Id="rId1" Type="{space}officeDocument/2006/relationships/worksheet" Target="media/sheet.png"'
    part = f'<Relationships xmlns="{space}package/2006/relationships"><Relationship {relation}/></Relationships>'
    data = repacked(SOUND, {"xl/_rels/workbook.xml.rels": part.encode(), "xl/media/sheet.png": sheet_xml("")})
    assert code_of(lambda: read_tables(data)) is FaultCode.UNREADABLE


def _encrypted_zip() -> bytes:
    data = bytearray(SOUND)
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _protected_xls() -> bytes:
    records = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 5, 0, 0, 0, 0) + struct.pack("<HHH", 0x002F, 2, 1)
    return compound_file({"Workbook": records})


@pytest.mark.parametrize(
    "data",
    [
        compound_file({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"\0" * 5_000}),
        _protected_xls(),
        _encrypted_zip(),
    ],
    ids=["xlsx with a password", "xls with a password", "zip with a password"],
)
def test_a_file_with_a_password_is_called_encrypted(data: bytes) -> None:
    assert code_of(lambda: read_tables(data)) is FaultCode.ENCRYPTED


def _archive_of(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "<x/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0", "image"),
        (b"{\\rtf1\\ansi", "rtf"),
        (compound_file({"FileHeader": b"HWP Document File", "DocInfo": b"x"}), "hwp"),
        (compound_file({"WordDocument": b"x"}), "ole"),
        (_archive_of("Contents/content.hpf"), "hwpx"),
        (_archive_of("word/document.xml"), "docx"),
        (_archive_of("xl/workbook.bin"), "xlsb"),
        (_archive_of("content.xml"), "ods"),
        (_archive_of("사진.txt"), "zip"),
        (b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", "xml"),
        (b"\x01\x02\0\0\0abc", "binary"),
    ],
)
def test_a_file_of_another_kind_is_called_by_its_kind(data: bytes, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "업체.csv"  # what the name says is not asked
    path.write_bytes(data)
    fault = fault_of(lambda: read_tables(path))
    assert (fault.code, fault.values["kind"]) == (FaultCode.WRONG_KIND, kind)


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><table><tr><td>상호</td></tr></table></body></html>",
        "\ufeff\r\n <TABLE border=1><tr><td>상호</td></tr></TABLE>",
        '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0"><html></html>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_web_page_saved_as_xls_is_called_so(page: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "업체.xls"
    path.write_bytes(page.encode(encoding))
    assert code_of(lambda: read_tables(path)) is FaultCode.HTML_TABLE


def test_a_file_of_200_mb_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "업체.csv"
    with path.open("wb") as stream:
        stream.truncate(200 * 1000 * 1000)
    fault = _within_memory(lambda: read_tables(path), 1)
    assert (fault.code, fault.values["size"]) == (FaultCode.TOO_LARGE, 200_000_000)


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    assert code_of(lambda: read_tables(tmp_path / "없음.csv")) is FaultCode.NOT_FOUND
    assert code_of(lambda: read_tables(tmp_path)) is FaultCode.UNREADABLE


@pytest.mark.parametrize("cut", [10, 30, 200, 1_000, -1, -10, -30])
def test_a_workbook_that_was_cut_off_is_unreadable(cut: int) -> None:
    assert code_of(lambda: read_tables(SOUND[:cut])) is FaultCode.UNREADABLE


@pytest.mark.parametrize("cut", [10, 100, 513, 1_000, 2_000])
def test_an_older_workbook_that_was_cut_off_is_unreadable(cut: int) -> None:
    assert code_of(lambda: read_tables(xls([HEADER, *FIRMS])[:cut])) is FaultCode.UNREADABLE


def test_a_container_whose_sectors_run_in_a_circle_is_unreadable() -> None:
    data = bytearray(compound_file({"Workbook": b"x" * 9_000}))
    data[512 + 4 * 3 : 512 + 4 * 4] = struct.pack("<I", 2)
    assert code_of(lambda: read_tables(bytes(data))) is FaultCode.UNREADABLE


@pytest.mark.parametrize(
    "texts",
    [
        '<sst xmlns="{0}" count="3" uniqueCount="4000000000"><si><t>가상</t></si></sst>',
        '<sst xmlns="{0}" uniqueCount="99999999999999999999999"><si><t>가상</t></si></sst>',
        '<sst xmlns="{0}" uniqueCount="-1"><si><t>가상</t></si></sst>',
        '<x><sst xmlns="{0}" uniqueCount="4000000000"><si><t>가상</t></si></sst></x>',
        '<sst xmlns="{0}"><sst\tuniqueCount = "4000000000"/><si><t>가상</t></si></sst>',
        f'<sst xmlns="{{0}}"><si><t>{"가" * 22_000}</t></si><sst uniqueCount="4000000000"/></sst>',
    ],
)
def test_a_claim_of_more_texts_than_there_is_room_for_is_refused_before_room_is_made(texts: str) -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    data = repacked(xlsx([HEADER, *FIRMS]), {"xl/sharedStrings.xml": texts.format(space).encode()})
    assert code_of(lambda: read_tables(data)) is FaultCode.UNREADABLE


def changed(data: bytes, at: int, value: bytes) -> bytes:
    return data[:at] + value + data[at + len(value) :]


def record(kind: int, data: bytes) -> int:
    """Where a record of a small XLS file begins."""
    at = data.index(b"\x09\x08\x10\x00")
    while True:
        found, length = struct.unpack_from("<HH", data, at)
        if found == kind:
            return at + 4
        at += 4 + length


def table(data: bytes) -> int:
    """Where the sector table of a small container begins."""
    return (int(struct.unpack_from("<I", data, 76)[0]) + 1) * 512


HUGE = struct.pack("<I", 0x7FFFFFF0)


@pytest.mark.parametrize(
    ("what", "spoil"),
    [
        ("directory sectors", lambda old: changed(old, 40, HUGE)),
        ("table sectors", lambda old: changed(old, 44, HUGE)),
        ("small tables", lambda old: changed(old, 64, HUGE)),
        ("small streams", lambda old: changed(old, 56, struct.pack("<I", 64))),
        ("chain behind the file", lambda old: changed(old, table(old) + 4, struct.pack("<I", 0x0FFFFFFF))),
        ("chain that ends at a free sector", lambda old: old.replace(b"\xfe\xff\xff\xff", b"\xff\xff\xff\xff")),
        ("strings", lambda old: changed(old, record(0xFC, old) + 4, HUGE)),
        ("first row behind the last", lambda old: changed(old, record(0x200, old), struct.pack("<I", 0x1800))),
        ("first column behind the last", lambda old: changed(old, record(0x200, old) + 8, struct.pack("<H", 200))),
    ],
)
def test_an_older_workbook_that_claims_what_it_cannot_hold_is_refused_before_room_is_made(
    what: str, spoil: Callable[[bytes], bytes]
) -> None:
    old = xls([HEADER, *FIRMS])
    spoilt = spoil(old)
    assert spoilt != old, what
    assert code_of(lambda: read_tables(spoilt)) is FaultCode.UNREADABLE


def test_a_sheet_that_begins_inside_of_another_record_is_checked_from_there() -> None:
    rows = struct.pack("<HHIIHHH", 0x0200, 14, 0x1800, 11, 0, 4, 0)
    old = xls([HEADER, ("\0" * 40, "", "", ""), *FIRMS])
    hidden = old.index(b"\0" * 40)
    spoilt = changed(old, hidden, rows)
    stream = old.index(b"\x09\x08\x10\x00")
    spoilt = changed(spoilt, record(0x85, old), struct.pack("<I", hidden - stream))
    assert code_of(lambda: read_tables(spoilt)) is FaultCode.UNREADABLE


def test_merged_areas_over_one_another_are_refused_before_they_are_filled() -> None:
    areas = "".join(f'<mergeCell ref="A1:{letter}60000"/>' for letter in "ABCDEFGHIJ")
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>가</t></is></c></row>' for n in (1, 60_000))
    sheet = sheet_xml(cells).replace(b"</sheetData>", f"</sheetData><mergeCells>{areas}</mergeCells>".encode())
    data = repacked(xlsx([HEADER]), {"xl/worksheets/sheet1.xml": sheet})
    few = replace(DEFAULT, max_cells=100_000)
    (table,) = read_tables(data, fill_merged=True, limits=few)
    assert code_of(lambda: list(table.rows)) is FaultCode.TOO_LARGE
