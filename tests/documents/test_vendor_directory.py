"""The workbook of local firms: its list, its counts as formulas, what is new, and that nothing in it can act."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from gwannae.documents.vendor_directory import write_directory
from gwannae.programme.vendor_directory import NO_CATEGORY, NO_DISTRICT, Directory, DirectoryRow, in_order

ROW = DirectoryRow(
    name="가온인쇄",
    business_number="123-45-67891",
    category="인쇄업",
    district="물빛구",
    kinds=("물품",),
    items=("명함", "책자"),
    certificates=("여성기업",),
    phone="031-000-0001",
    address="가람시 물빛구 은하로 12",
    as_of=date(2026, 12, 1),
    is_new=False,
)
ROWS = (
    ROW,
    replace(ROW, name="나래인쇄", district="별빛구", is_new=True, as_of=None),
    replace(ROW, name='=HYPERLINK("http://a")', category="꽃집", items=("+꽃", "@화환"), is_new=True),
    replace(ROW, name="라온", category=NO_CATEGORY, district=NO_DISTRICT),
)


def written(rows: Sequence[DirectoryRow] = ROWS, *, knows_new: bool = True) -> bytes:
    out = BytesIO()
    day, since = date(2027, 1, 4), date(2026, 1, 1)
    write_directory(out, Directory("가람시", day, since, knows_new, in_order(list(rows))))
    return out.getvalue()


def sheet(name: str, content: bytes, *, values: bool = False) -> list[list[Any]]:
    book = openpyxl.load_workbook(BytesIO(content), data_only=values)
    return [[cell.value for cell in row] for row in book[name].iter_rows()]


def test_the_firms_stand_by_category_district_and_name_and_the_unknown_last() -> None:
    rows = sheet("업체 목록", written())
    assert rows[0][0] == "가람시 관내 업체 목록"
    assert rows[1][0] == "2027. 1. 4. 기준 · 4곳 · 관내 판정은 그날의 소재지와 규모에 따른 것"
    assert [(row[1], row[2], row[3]) for row in rows[3:]] == [
        ("꽃집", "물빛구", '=HYPERLINK("http://a")'),
        ("인쇄업", "물빛구", "가온인쇄"),
        ("인쇄업", "별빛구", "나래인쇄"),
        (NO_CATEGORY, NO_DISTRICT, "라온"),
    ]
    assert [row[0] for row in rows[3:]] == [1, 2, 3, 4]
    assert rows[4][4:12] == [
        "물품", "명함, 책자", "여성기업", "031-000-0001", "가람시 물빛구 은하로 12", "123-45-67891",
        rows[4][10], "",
    ]  # fmt: skip
    assert rows[4][10].date() == date(2026, 12, 1)


def test_a_name_that_looks_like_a_formula_is_a_text() -> None:
    book = openpyxl.load_workbook(BytesIO(written()))
    cells = [cell for row in book["업체 목록"].iter_rows(min_row=4) for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert [cell.hyperlink for cell in cells if cell.hyperlink] == []


def test_the_counts_are_formulas_over_the_list_with_their_values() -> None:
    values = sheet("업종별", written(), values=True)
    assert values[2] == ["업종", "물빛구", "별빛구", NO_DISTRICT, "합계"]
    assert values[3:] == [
        ["꽃집", 1, 0, 0, 1],
        ["인쇄업", 1, 1, 0, 2],
        [NO_CATEGORY, 0, 0, 1, 1],
    ]
    formulas = sheet("업종별", written())
    assert formulas[3][1] == "=COUNTIFS('업체 목록'!$B$4:$B$7,$A4,'업체 목록'!$C$4:$C$7,B$3)"
    assert formulas[3][4] == "=SUM(B4:D4)"


def test_what_is_new_has_a_sheet_of_its_own_where_anybody_can_say_it() -> None:
    rows = sheet("새로 오른 업체", written())
    assert rows[0][0] == "2026. 1. 1.부터 새로 오른 업체"
    assert [row[3] for row in rows[3:]] == ['=HYPERLINK("http://a")', "나래인쇄"]
    assert "새로 오른 업체" not in openpyxl.load_workbook(BytesIO(written(knows_new=False))).sheetnames


@pytest.mark.parametrize("rows", [ROWS, ROWS[:1], ()])
def test_the_same_firms_give_the_same_bytes_and_none_give_a_workbook_too(rows: Sequence[DirectoryRow]) -> None:
    assert written(rows) == written(rows)
    assert openpyxl.load_workbook(BytesIO(written(rows))).sheetnames[0] == "업체 목록"
