"""Bills of quantities as designers lay them out; each bad one turned away by one code."""

import io
from collections.abc import Sequence
from typing import Any

import pytest
import xlsxwriter

from gwannae.programme.projects import MOST_ITEMS, ItemFault
from gwannae.readers.faults import FaultCode
from gwannae.readers.projects import read_bill
from tests.readers.files import csv_text, fault_of, uncalculated, xlsx

HEADER = ("품명", "규격", "단위", "수량", "단가", "금액", "비고")


def bill(*rows: Sequence[Any]) -> bytes:
    return csv_text(HEADER, *[tuple(map(str, row)) for row in rows]).encode()


def workbook(sheets: dict[str, Sequence[Sequence[Any]]], merged: Sequence[tuple[str, str, Any]] = ()) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        for where, area, value in merged:
            if where == name:
                sheet.merge_range(area, value)
    book.close()
    return stream.getvalue()


def test_titles_headings_totals_and_costs_on_top_are_no_items() -> None:
    rows = [
        ["한빛로 정비 설계내역서"],
        [],
        HEADER,
        ["1. 토공"],
        ["보도블록", "300x300", "㎡", 120, 15000, 1800000],
        ["소 계", "", "", "", "", 1800000],
        HEADER,
        ["2. 시설물공"],
        ["가로등", "LED 100W", "EA", 4, 500000, 2000000],
        ["[ 합 계 ]", "", "", "", "", 3800000],
        ["부가가치세", "", "", "", "", 380000],
        ["일반관리비(6%)", "", "", "", "", 228000],
        ["※ 단가는 조달청 기준"],
    ]
    found = read_bill(xlsx(rows))
    assert [(i.name, i.spec, i.unit, i.quantity, i.amount, i.row) for i in found.items] == [
        ("보도블록", "300x300", "㎡", "120", 1_800_000, 5),
        ("가로등", "LED 100W", "EA", "4", 2_000_000, 9),
    ]
    assert found.refused == ()


def test_the_whole_of_a_row_goes_before_its_parts_under_a_header_of_two_rows() -> None:
    top = ("품명", "규격", "단위", "수량", "재료비", "", "노무비", "", "합계", "")
    low = ("", "", "", "", "단가", "금액", "단가", "금액", "단가", "금액")
    rows = [top, low, ("맨홀", "D900", "개소", 2, 100, 200, 50, 100, 150, 300)]
    assert [i.amount for i in read_bill(xlsx(rows)).items] == [300]


def test_every_visible_sheet_with_a_bill_is_read_and_others_are_named() -> None:
    made = workbook(
        {
            "갑지": [["설계서"], ["한빛로"]],
            "토공": [HEADER, ["골재", "25mm", "㎥", 10, 20000, 200000]],
            "전기": [HEADER, ["전선", "HFIX", "m", 5, 1000, 5000]],
        }
    )
    found = read_bill(made)
    assert [(i.name, i.sheet) for i in found.items] == [("골재", "토공"), ("전선", "전기")]
    assert found.sheets_left_out == ("갑지",)


def test_a_merged_or_repeated_name_is_the_thing_of_the_row_above_and_its_amounts_count_once() -> None:
    rows = [HEADER, ["", "D300", "m", 1, 10, 10], ["", "D600", "m", 2, 20, 40], ["〃", "D900", "m", 1, 30, 30]]
    found = read_bill(workbook({"관로": rows}, merged=[("관로", "A2:A3", "PE관")]))
    assert [(i.name, i.spec, i.amount) for i in found.items] == [
        ("PE관", "D300", 10), ("PE관", "D600", 40), ("PE관", "D900", 30),
    ]  # fmt: skip


def test_an_amount_is_reckoned_where_it_is_not_stated_in_the_unit_that_the_table_names() -> None:
    rows = [["(단위: 천원)"], HEADER, ["벤치", "", "EA", "2.5", "1,000", ""], ["조형물", "", "식", "1", "", ""]]
    found = read_bill(csv_text(*rows).encode())
    assert [(i.name, i.quantity, i.amount) for i in found.items] == [("벤치", "2.5", 2_500_000), ("조형물", "1", None)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("가로등", "", "EA", "-1", "100", "-100"), ItemFault.NEGATIVE),
        (("가로등", "", "EA", "1", "", "△500"), ItemFault.NEGATIVE),
        (("가로등", "", "EA", "1", "", "12만x"), ItemFault.NUMBER_UNREADABLE),
        (("가로등", "", "EA", "1개쯤", "", "100"), ItemFault.NUMBER_UNREADABLE),
        (("가로등", "", "EA", "1", "", "9" * 20), ItemFault.TOO_LARGE),
        (("가로등", "", "EA", "1e400", "10", ""), ItemFault.TOO_LARGE),
        (("가" * 101, "", "EA", "1", "", "100"), ItemFault.TOO_LONG),
        (("", "", "EA", "1", "", "100"), ItemFault.NAME_MISSING),
        (("***", "", "EA", "1", "", "100"), ItemFault.NAME_MISSING),
    ],
)
def test_a_row_that_says_nothing_to_buy_is_left_out_with_its_reason(row: Sequence[str], code: ItemFault) -> None:
    found = read_bill(bill(row, ("벤치", "", "EA", "1", "", "100")))
    assert [(r.code, r.row) for r in found.refused] == [(code, 2)]
    assert [i.name for i in found.items] == ["벤치"]


def test_a_formula_without_its_result_is_reckoned_or_left_out_never_nought() -> None:
    rows = [HEADER, ["벤치", "", "EA", 2, 100, "=D2*E2"], ["조명", "", "EA", 2, "", "=SUM(F2)"]]
    found = read_bill(uncalculated(rows))
    assert [(i.name, i.amount) for i in found.items] == [("벤치", 200)]
    assert [(r.row, r.code) for r in found.refused] == [(3, ItemFault.NOT_CALCULATED)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", FaultCode.EMPTY),
        (b"%PDF-1.7 x", FaultCode.WRONG_KIND),
        (csv_text(("이름", "전화"), ("가", "나")).encode(), FaultCode.NO_HEADER),
        (csv_text(("품명", "규격"), ("가", "나")).encode(), FaultCode.NO_HEADER),
        (csv_text(HEADER, ("합계", "", "", "", "", "0", "")).encode(), FaultCode.NO_ROWS),
    ],
)
def test_a_file_that_is_no_bill_is_turned_away_whole(content: bytes, code: FaultCode) -> None:
    assert fault_of(lambda: read_bill(content)).code is code


def test_five_thousand_rows_are_taken_and_a_hundred_thousand_are_turned_away() -> None:
    row = "벤치,,EA,1,10,10,\r\n"
    head = ",".join(HEADER) + "\r\n"
    assert len(read_bill((head + row * MOST_ITEMS).encode()).items) == MOST_ITEMS
    fault = fault_of(lambda: read_bill((head + row * 100_000).encode()))
    assert (fault.code, fault.values["what"], fault.values["limit"]) == (FaultCode.TOO_LARGE, "rows", MOST_ITEMS)
