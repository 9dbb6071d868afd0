"""Header rows as offices lay them out."""

from collections.abc import Sequence
from enum import StrEnum

import pytest

from gwannae.readers.faults import FaultCode
from gwannae.readers.headers import Duplicate, Header, find_header
from gwannae.readers.rows import Row
from tests.readers.files import code_of, fault_of


class Column(StrEnum):
    FIRM = "firm"
    NUMBER = "number"
    AMOUNT = "amount"
    PLACE = "place"
    START = "start"


COLUMNS = {
    Column.FIRM: ("업체명", "상호", "법인명"),
    Column.NUMBER: ("사업자등록번호",),
    Column.AMOUNT: ("계약금액", "금액"),
    Column.PLACE: ("소재지", "업체 주소", "주소"),
    Column.START: ("유효기간시작",),
}


def find(*rows: Sequence[str]) -> Header[Column]:
    numbered = [Row(number, tuple(cells)) for number, cells in enumerate(rows, 1)]
    return find_header(numbered, COLUMNS, required=(Column.FIRM,), ignored=("연번",))


@pytest.mark.parametrize(
    ("word", "column"),
    [
        ("업 체 명", Column.FIRM),
        ("*상호(법인명)", Column.FIRM),
        ("1. 업체명", Column.FIRM),
        ("업체명 ※필수", None),
        ("거래처(상호)", Column.FIRM),
        ("[업체명]", Column.FIRM),
        ("사업자\n등록번호", Column.NUMBER),
        ("사업자등록번호('-' 제외)", Column.NUMBER),
        ("계약금액(원)", Column.AMOUNT),
        ("계약 금액\n（천원）", Column.AMOUNT),
        ("금　액", Column.AMOUNT),
        ("업체주소", Column.PLACE),
        ("금액합계", None),
        ("", None),
    ],
)
def test_a_column_is_known_by_the_letters_of_its_word(word: str, column: Column | None) -> None:
    columns = {**COLUMNS, Column.FIRM: (*COLUMNS[Column.FIRM], "첫째")} if column is not Column.FIRM else COLUMNS
    others = ("첫째", "유효기간시작") if column is not Column.FIRM else ("유효기간시작",)
    header = find_header([Row(1, (*others, word))], columns, required=(Column.FIRM,), at_least=2)
    assert (len(others) in header.positions.values()) == (column is not None)
    if column:
        assert header.positions[column] == len(others)


def test_the_header_stands_below_title_date_and_unit_rows() -> None:
    header = find(
        ("관내업체 명부", "", ""),
        ("작성일: 2026. 3. 4.", "", "(단위: 천원)"),
        (),
        ("연번", "업체명", "주소"),
        ("1", "가상", "나래로"),
    )
    assert (header.row_number, dict(header.positions)) == (4, {Column.FIRM: 1, Column.PLACE: 2})
    assert header.unknown == ()


def test_a_header_of_two_rows_is_read_as_one() -> None:
    header = find(
        ("업체 명부", "", "", "", ""),
        ("업체", "", "유효기간", "", "비고란"),
        ("법인명", "주소", "시작", "종료", ""),
        ("가상", "나래로", "2026-01-01", "", ""),
    )
    assert header.row_number == 3
    assert dict(header.positions) == {Column.FIRM: 0, Column.PLACE: 1, Column.START: 2}
    assert header.unknown == ("유효기간 종료", "비고란")


def test_a_header_of_two_rows_whose_cells_are_merged_downwards() -> None:
    header = find(("업체명", "소재지", "유효기간", ""), ("", "", "시작", "종료"), ("가상", "나래로", "2026-01-01", ""))
    assert (header.row_number, len(header.positions)) == (2, 3)


def test_a_blank_or_unit_row_next_to_the_header_does_not_become_part_of_it() -> None:
    header = find(("", "", "단위: 원"), ("업체명", "주소", "계약금액"), ("가상", "나래로", "10"))
    assert (header.row_number, dict(header.words)[Column.AMOUNT]) == (2, "계약금액")


def test_of_two_columns_for_one_field_the_first_wins_and_it_is_said() -> None:
    header = find(("업체명", "소재지", "상호", "주소"))
    assert dict(header.positions) == {Column.FIRM: 0, Column.PLACE: 1}
    assert header.duplicates == (
        Duplicate(Column.FIRM, "업체명", "상호", at=2),
        Duplicate(Column.PLACE, "소재지", "주소", at=3),
    )


def test_a_name_in_brackets_counts_only_where_no_column_has_it_as_its_own() -> None:
    header = find(("대표자(법인명)", "업체명", "주소"))
    assert header.positions[Column.FIRM] == 1
    assert header.unknown == ("대표자(법인명)",)


def test_the_row_that_names_most_columns_wins_over_a_title_that_names_some() -> None:
    header = find(("업체명", "주소", ""), ("업체명", "주소", "계약금액"), ("가상", "나래", "1"))
    assert header.row_number == 2


def test_the_header_printed_again_is_known() -> None:
    header = find(("업체명", "주소"))
    assert header.is_repeated(("업체명", "주소"))
    assert not header.is_repeated(("업체명", "나래로"))


@pytest.mark.parametrize(
    "rows",
    [[("이름", "나이"), ("가", "1")], [("업체명", "x")], [("주소", "금액")], [("a",)] * 30 + [("업체명", "주소")]],
)
def test_without_a_header_it_is_said_which_column_was_expected(rows: list[tuple[str, ...]]) -> None:
    fault = fault_of(lambda: find(*rows))
    assert (fault.code, fault.values["expected"]) == (FaultCode.NO_HEADER, ("업체명",))


def test_rows_without_any_text_are_empty() -> None:
    assert code_of(lambda: find((), ("", " "))) is FaultCode.EMPTY
