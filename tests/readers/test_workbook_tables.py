"""Workbooks: what their cells become, and which of their sheets are read."""

from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest

from gwannae.readers.tables import read_tables
from gwannae.readers.workbook_tables import cell_text
from tests.readers.files import FIRMS, HEADER, cells, only_sheet, xls, xlsx

ROWS = [HEADER, *FIRMS]


@pytest.mark.parametrize("make", [xlsx, xls])
def test_both_formats_give_the_same_rows(make: Any) -> None:
    assert only_sheet(make(ROWS)) == ROWS


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1298101236.0, "1298101236"),
        (1298101236, "1298101236"),
        (0.1, "0.1"),
        (-5.0, "-5"),
        (1e20, "1e+20"),
        (True, "TRUE"),
        (date(2026, 3, 4), "2026-03-04"),
        (datetime(2026, 3, 4), "2026-03-04"),  # noqa: DTZ001 - as the workbook library gives it
        (datetime(2026, 3, 4, 9, 5), "2026-03-04 09:05:00"),  # noqa: DTZ001
        (time(9, 5), "09:05:00"),
        (" 가상\n인쇄 ", " 가상\n인쇄 "),
    ],
)
def test_a_cell_becomes_text_without_losing_digits(value: Any, text: str) -> None:
    assert cell_text(value) == text


@pytest.mark.parametrize("make", [xlsx, xls])
def test_a_number_cell_and_a_long_number_keep_all_digits(make: Any) -> None:
    assert only_sheet(make([(1298101236.0, 123456789012345.0, 0.25)])) == [("1298101236", "123456789012345", "0.25")]


def test_dates_are_written_as_iso() -> None:
    def change(book: Any, sheet: Any) -> None:
        sheet.write_datetime(1, 0, datetime(2026, 3, 4), book.add_format({"num_format": "yyyy. m. d."}))  # noqa: DTZ001

    assert only_sheet(xlsx([("기준일",)], change=change))[1] == ("2026-03-04",)


def test_of_a_formula_the_stored_result_is_read() -> None:
    def change(_: Any, sheet: Any) -> None:
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("B1", '="가"&"상"', None, "가상")

    assert only_sheet(xlsx([], change=change)) == [("2", "가상")]


def test_hidden_sheets_come_last_and_say_so() -> None:
    def change(book: Any, sheet: Any) -> None:
        book.add_worksheet("보임").write(0, 0, "b")
        book.worksheets()[1].activate()
        book.worksheets()[1].set_first_sheet()
        sheet.hide()

    sheets = read_tables(xlsx([("a",)], change=change))
    assert [(sheet.name, sheet.hidden, cells(sheet)) for sheet in sheets] == [
        ("보임", False, [("b",)]),
        ("업체", True, [("a",)]),
    ]


@pytest.mark.parametrize("make", [xlsx, xls])
def test_row_numbers_and_columns_are_those_of_the_spreadsheet(make: Any) -> None:
    (sheet,) = read_tables(make([(), (), ("", "상호", "주소"), ("", "가상", "나래")]))
    assert [(row.number, row.cells) for row in sheet.rows if any(row.cells)] == [
        (3, ("", "상호", "주소")),
        (4, ("", "가상", "나래")),
    ]


def test_a_merged_area_is_repeated_downwards_only_when_asked() -> None:
    def change(_: Any, sheet: Any) -> None:
        sheet.merge_range("A2:A4", "나래구")
        sheet.merge_range("B3:C4", "넓은 칸")

    rows = [("구", "상호", "주소", ""), ("", "가", "나", ""), ("", "", "", ""), ("", "", "", "끝")]
    data = xlsx(rows, change=change)
    plain, filled = (cells(read_tables(data, fill_merged=fill)[0]) for fill in (False, True))
    assert plain[1:] == [("나래구", "가", "나", ""), ("", "넓은 칸", "", ""), ("", "", "", "끝")]
    assert filled[1:] == [("나래구", "가", "나", ""), ("나래구", "넓은 칸", "", ""), ("나래구", "넓은 칸", "", "끝")]


def test_cells_far_to_the_right_are_left_out() -> None:
    def change(_: Any, sheet: Any) -> None:
        sheet.write(0, 2_000, "fern")

    assert len(only_sheet(xlsx([("a",)], change=change))[0]) == 500


def test_a_workbook_written_by_another_program_is_read(tmp_path: Any) -> None:
    book = openpyxl.Workbook()
    book.active.append(("상호", "기준일"))
    book.active.append(("가상", date(2026, 3, 4)))
    path = tmp_path / "openpyxl.xlsx"
    book.save(path)
    assert only_sheet(path) == [("상호", "기준일"), ("가상", "2026-03-04")]


def test_a_workbook_with_macros_is_read_for_its_values() -> None:
    from tests.readers.files import repacked

    assert only_sheet(repacked(xlsx(ROWS), {"xl/vbaProject.bin": b"\xd0\xcf" + b"macro" * 99})) == ROWS


def test_sheets_may_be_gone_through_in_any_order_and_twice() -> None:
    sheets = read_tables(xlsx([("a",)], change=lambda book, _: book.add_worksheet("둘").write(0, 0, "b")))
    assert [cells(sheets[at]) for at in (1, 0, 1, 0)] == [[("b",)], [("a",)], [("b",)], [("a",)]]
