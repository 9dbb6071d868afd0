"""The office's workbook: what it says, what it adds up to, and that nothing in it runs."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from gwannae.documents.purchase_columns import LIST_COLUMNS
from gwannae.documents.purchase_xlsx import FIGURES, LIST, write_xlsx
from gwannae.documents.workbook_looks import FONT
from gwannae.programme.purchase_export import ExportRow
from gwannae.programme.purchases import ContractMethod, PurchaseKind
from gwannae.programme.verdict import Reason
from gwannae.readers.tables import read_tables
from tests.documents.exports import HEAD, PARKS, a_row, a_year

SIGNED = datetime.fromisoformat("2026-03-04")  # a workbook's days know no zone


def written(rows: Sequence[ExportRow]) -> bytes:
    out = io.BytesIO()
    assert write_xlsx(out, HEAD, rows) == len(rows)
    return out.getvalue()


def opened(content: bytes, *, values: bool = False) -> Workbook:
    return load_workbook(io.BytesIO(content), data_only=values)


def texts(sheet: Worksheet) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.fixture(scope="module")
def content() -> bytes:
    return written(a_year())


def test_the_list_has_the_offices_columns_with_real_numbers_and_dates(content: bytes) -> None:
    sheet = opened(content)[LIST]
    title, subject, heading, first, *_ = texts(sheet)
    assert title[0] == "2026년 지역상품 구매 실적"
    assert "가람시 · 전체 부서·기관 · 2026. 7. 1. 기준" in subject[0]
    assert subject[-1] == "(단위: 원, 부가가치세 포함)"
    assert heading == [column.heading for column in LIST_COLUMNS]
    assert first == [
        1, "도로과", "=cmd|'/c calc'!A1", "물품", "수의계약(1인 견적)", "책자 인쇄", SIGNED, 1_500_000,
        "물빛인쇄", "123-45-67891", "가람시 물빛구 은하로 12", "관내", "소재지 관내, 규모 미확인", "2026-1", "보고", 1,
    ]  # fmt: skip
    assert sheet["H4"].number_format == "#,##0"
    assert sheet["G4"].number_format == "yyyy-mm-dd"


def test_no_text_is_a_formula_or_a_link(content: bytes) -> None:
    sheet = opened(content)[LIST]
    assert sheet["C4"].data_type == "s"
    assert sheet["C4"].hyperlink is None
    hostile = ["=1+1", "+1", "-1", "@A1", "http://garam.example/", "{=A1}", "_x0041_", "\t=1"]
    hostile += [
        "＝1+1",
        "＋1",
        "－1",
        "＠A1",
        "﹣1",
        "\r=1",
        "\n=1",
        "\0=1",
        "\u3000＝1",
        "=cmd|'/c calc'!A1",
        "=HYPERLINK(A1)",
    ]
    again = opened(written([a_row(n, title=text) for n, text in enumerate(hostile, start=1)]))[LIST]
    found = [again.cell(row=4 + n, column=3) for n in range(len(hostile))]
    assert [cell.data_type for cell in found] == ["s"] * len(hostile)
    assert [cell.hyperlink for cell in found] == [None] * len(hostile)


def test_the_sum_is_a_formula_with_its_value_and_leaves_out_what_was_cancelled(content: bytes) -> None:
    formulas, values = opened(content)[LIST], opened(content, values=True)[LIST]
    assert formulas["A9"].value == "합계"
    assert formulas["H9"].value == '=SUMIFS($H$4:$H$8,$O$4:$O$8,"보고")'
    counted = [row for row in texts(values)[3:8] if row[14] == "보고"]
    assert values["H9"].value == sum(row[7] for row in counted) == 3_000_000


def test_the_figures_are_formulas_over_the_list_with_both_ratios(content: bytes) -> None:
    values = opened(content, values=True)[FIGURES]
    assert texts(values)[2:] == [
        ["구분", "관내(건)", "관외(건)", "미확인(건)", "건수 비율", "관내(원)", "관외(원)", "미확인(원)", "금액 비율"],
        ["물품", 2, 0, 0, 1, 2_000_000, 0, 0, 1],
        ["용역", 0, 1, 0, 0, 0, 700_000, 0, 0],
        ["공사", 0, 0, 1, "–", 0, 0, 300_000, "–"],
        ["합계", 2, 1, 1, 0.667, 2_000_000, 700_000, 300_000, 0.741],
    ]
    formulas = opened(content)[FIGURES]
    assert formulas["B4"].value == (
        "=COUNTIFS('구매 실적'!$D$4:$D$8,\"물품\",'구매 실적'!$L$4:$L$8,\"관내\",'구매 실적'!$O$4:$O$8,\"보고\")"
    )
    assert formulas["F7"].value == "=SUM(F4:F6)"
    assert formulas["I7"].value == '=IF(F7+G7=0,"–",ROUND(F7/(F7+G7),3))'


def test_it_can_be_worked_with_and_printed_as_it_is(content: bytes) -> None:
    book = opened(content)
    sheet = book[LIST]
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:P8"
    assert sheet.print_area == "'구매 실적'!$A$1:$P$9"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$3:$3"
    assert {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value is not None} == {FONT}


def test_the_same_purchases_are_the_same_bytes(content: bytes) -> None:
    assert written(a_year()) == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_a_year_without_purchases_is_a_list_without_rows_that_adds_up_to_nothing() -> None:
    content = written([])
    assert opened(content, values=True)[LIST]["H5"].value == 0
    assert opened(content)[LIST]["H5"].value == '=SUMIFS($H$4:$H$4,$O$4:$O$4,"보고")'
    assert texts(opened(content, values=True)[FIGURES])[-1][4] == "–"


def test_our_own_reader_takes_the_list_as_it_is(content: bytes) -> None:
    sheet = read_tables(content)[0]
    row = next(row for row in sheet.rows if row.number == 8)
    assert row.cells[1] == PARKS.name
    assert date.fromisoformat(row.cells[6][:10]) == date(2026, 12, 31)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words_in_its_cell(reason: Reason) -> None:
    row = a_row()
    judged = replace(row.purchase.judgement, reasons=(reason,))
    sheet = opened(written([replace(row, purchase=replace(row.purchase, judgement=judged))]))[LIST]
    assert sheet["M4"].value == reason.label
    assert not reason.label.isascii()


@pytest.mark.parametrize("method", ContractMethod)
@pytest.mark.parametrize("kind", PurchaseKind)
def test_every_kind_and_method_is_written_and_added_up(kind: PurchaseKind, method: ContractMethod) -> None:
    book = opened(written([a_row(kind=kind, method=method, amount=5)]), values=True)
    assert [book[LIST][cell].value for cell in ("D4", "E4")] == [kind.label, method.label]
    assert next(row for row in texts(book[FIGURES]) if row[0] == kind.label)[5] == 5


def test_one_organisation_is_named_in_the_head() -> None:
    out = io.BytesIO()
    write_xlsx(out, replace(HEAD, organisation=PARKS), [a_row(organisation=PARKS)])
    assert "공원과" in texts(opened(out.getvalue())[LIST])[1][0]
