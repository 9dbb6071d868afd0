"""CSV in every shape that offices save it in."""

import gzip
from itertools import islice
from pathlib import Path

import pytest

from gwannae.readers.faults import FaultCode, Limits
from gwannae.readers.tables import read_tables
from tests.readers.files import FIRMS, HEADER, cells, code_of, csv_text, fault_of, only_sheet, vendor_csv

ROWS = [HEADER, *FIRMS]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_each_encoding_and_line_end_gives_the_same_rows(encoding: str, end: str) -> None:
    assert only_sheet(csv_text(*ROWS, end=end).encode(encoding)) == ROWS


def test_words_that_cp949_has_beyond_euc_kr_are_read() -> None:
    assert only_sheet("상호,비고\n똠방각하 뷁,펲시\n".encode("cp949"))[1] == ("똠방각하 뷁", "펲시")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_although_other_signs_stand_in_cells(delimiter: str) -> None:
    rows = [
        ("업체 명부", "", ""),
        ("상호", "소재지", "품목"),
        *[(f"업체{n}", "가로 1, 2층; 뒤", "책,상") for n in range(5)],
    ]
    assert only_sheet(csv_text(*rows, delimiter=delimiter).encode()) == rows


def test_a_line_break_in_quotes_stays_in_its_cell_and_rows_are_counted_as_a_spreadsheet_does() -> None:
    (sheet,) = read_tables('상호,주소\r\n"가상\r\n인쇄",나래로\r\n\r\n다온,라온로\r\n'.encode())
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (1, ("상호", "주소")),
        (2, ("가상\r\n인쇄", "나래로")),
        (3, ()),
        (4, ("다온", "라온로")),
    ]


def test_a_file_without_a_last_line_end_keeps_its_last_row() -> None:
    assert only_sheet(vendor_csv().rstrip().encode()) == ROWS


def test_a_quote_that_is_never_closed_is_named_and_does_not_swallow_the_rest() -> None:
    fault = fault_of(lambda: only_sheet('상호,주소\n가상,나래로\n"다온,라온로\n마루,바다로\n'.encode()))
    assert (fault.code, fault.values["row"]) == (FaultCode.UNREADABLE, 3)


def test_a_cell_beyond_what_csv_takes_is_named_by_its_row() -> None:
    fault = fault_of(lambda: only_sheet(("상호,주소\n가상," + "가" * 140_000 + "\n").encode()))
    assert (fault.code, fault.values["row"]) == (FaultCode.UNREADABLE, 2)


@pytest.mark.parametrize(
    ("data", "row"),
    [
        ("상호,주소\n가상,나래\n".encode() + b"\xff\xff\n", 3),
        (vendor_csv().encode("utf-8-sig") + b"\xb0", 4),
        ("상호,주소\n가상,나래\n".encode("utf-16") + b"\x00", 3),
        ("상호\0,주소\n".encode("utf-16"), 1),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_row(data: bytes, row: int) -> None:
    fault = fault_of(lambda: read_tables(data))
    assert (fault.code, fault.values["row"]) == (FaultCode.UNREADABLE, row)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\r\n", b"\xff\xfe", gzip.compress(b""), b"\n" * 9_000])
def test_a_file_with_nothing_in_it_is_empty(data: bytes) -> None:
    assert code_of(lambda: read_tables(data)) is FaultCode.EMPTY


def test_a_packed_csv_is_read_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "업체.xlsx"
    path.write_bytes(gzip.compress(vendor_csv().encode("cp949")))
    assert only_sheet(path) == ROWS


@pytest.mark.parametrize(
    ("limits", "what"),
    [(Limits(max_unpacked=1 << 20), "unpacked"), (Limits(ratio_from=1 << 20), "ratio")],
)
def test_a_packed_csv_that_unpacks_to_too_much_is_refused(limits: Limits, what: str) -> None:
    data = gzip.compress(b"a,b\n" * (1 << 19))
    fault = fault_of(lambda: read_tables(data, limits=limits))
    assert (fault.code, fault.values["what"]) == (FaultCode.BOMB, what)


@pytest.mark.parametrize("data", [gzip.compress(b"a,b\n" * 99)[:-9], gzip.compress(b"a,b\n" * 9_999)[:40] + b"\0" * 40])
def test_a_damaged_packed_csv_is_unreadable(data: bytes) -> None:
    assert code_of(lambda: read_tables(data)) is FaultCode.UNREADABLE


def test_cells_far_to_the_right_are_left_out() -> None:
    wide = ",".join(str(n) for n in range(100_000))
    rows = only_sheet(f"{wide}\na,b\n".encode())
    assert [len(row) for row in rows] == [500, 2]


def test_rows_beyond_the_limit_are_a_fault() -> None:
    assert code_of(lambda: cells(read_tables(b"a,b\n" * 20, limits=Limits(max_rows=10))[0])) is FaultCode.TOO_LARGE


def test_rows_are_read_as_they_are_asked_for_and_more_than_once() -> None:
    (sheet,) = read_tables(csv_text(*[(str(n), "b") for n in range(200_000)]).encode())
    assert [row.number for row in islice(sheet.rows, 3)] == [1, 2, 3]
    assert next(iter(sheet.rows)).cells == ("0", "b")
    assert sheet.estimate == pytest.approx(200_000, abs=2)


def test_a_file_on_disk_is_closed_after_reading(tmp_path: Path) -> None:
    path = tmp_path / "업체.csv"
    path.write_text(vendor_csv(), encoding="utf-8", newline="")
    rows = iter(read_tables(path)[0].rows)
    next(rows)
    del rows  # an unclosed file would be a warning, and warnings are errors
    assert only_sheet(path) == ROWS
