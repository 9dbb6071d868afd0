"""Published lists of contracts, as cities lay them out."""

from datetime import date
from pathlib import Path

import pytest

from gwannae.programme.contracts import Contract
from gwannae.readers.contract_list import ContractList, Unread, read_contracts
from gwannae.readers.faults import FaultCode, FileFault
from gwannae.readers.purchase_columns import PURCHASE_COLUMNS
from gwannae.readers.purchase_columns import PurchaseColumn as Col
from tests.readers.files import csv_text, uncalculated, xlsx
from tests.shared_data import shared_data_path

TODAY = date(2027, 6, 15)
HEADER = ("연번", "계약명", "계약일자", "계약금액(원)", "부서명", "계약상대자", "사업자등록번호", "계약번호", "비고")
ROW = ("1", "안내문 인쇄", "2027. 3. 4.", "1,100,000", "길가꿈과", "㈜가온인쇄", "123-45-67891", "R27TA00012345", "")


def read(*rows: tuple[str, ...]) -> ContractList:
    return read_contracts(csv_text(*rows).encode(), today=TODAY)


def test_a_row_is_read_with_all_by_which_it_can_be_found() -> None:
    assert list(read(HEADER, ROW)) == [
        Contract(
            2, "안내문 인쇄", 1_100_000, date(2027, 3, 4), "㈜가온인쇄", "1234567891", "R27TA00012345", "", "길가꿈과"
        )
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_the_encodings_of_offices_are_read(encoding: str) -> None:
    content = csv_text(HEADER, ROW).encode(encoding)
    assert [c.title for c in read_contracts(content, today=TODAY)] == ["안내문 인쇄"]


@pytest.mark.parametrize(
    "header",
    [
        ("관서명", "계약명", "계약상대자", "계약금액", "계약일"),
        ("부서", "건명", "업체명", "금액", "계약체결일"),
        ("수요기관", "공사명", "상호", "계약액(원)", "계약 일자"),
    ],
)
def test_columns_are_known_by_the_words_of_published_lists(header: tuple[str, ...]) -> None:
    found = list(read(header, ("길가꿈과", "안내문 인쇄", "가온인쇄", "1100000", "2027-03-04")))
    assert found == [Contract(2, "안내문 인쇄", 1_100_000, date(2027, 3, 4), "가온인쇄", organisation_text="길가꿈과")]


@pytest.mark.parametrize("column", [Col.TITLE, Col.AMOUNT, Col.DATE, Col.FIRM, Col.ORGANISATION, Col.THIS_YEAR])
def test_every_word_that_a_purchase_file_may_use_is_known_in_a_published_list(column: Col) -> None:
    said = {
        Col.TITLE: ("계약명", "안내문"),
        Col.AMOUNT: ("계약금액", "1100"),
        Col.DATE: ("계약일", "2027-03-04"),
        Col.FIRM: ("업체명", "가온인쇄"),
        Col.ORGANISATION: ("부서", "길가꿈과"),
    }
    for word in PURCHASE_COLUMNS[column]:
        place = Col.AMOUNT if column is Col.THIS_YEAR else column
        header = [word if c is place else known for c, (known, _) in said.items()]
        (found,) = read(tuple(header), tuple(cell for _, cell in said.values()))
        assert found == Contract(2, "안내문", 1_100, date(2027, 3, 4), "가온인쇄", organisation_text="길가꿈과"), word


def test_of_two_columns_of_money_the_contracts_own_amount_is_compared() -> None:
    (found,) = read(("계약명", "당해연도금액", "계약금액", "업체명"), ("안내문", "5", "7", "가온인쇄"))
    assert found.amount == 7


@pytest.mark.parametrize(
    ("above", "heading", "won"),
    [
        ("(단위: 천원)", "계약금액", 1_100_000),
        ("단위 : 백만원", "계약금액", 1_100_000_000),
        ("(단위: 원)", "계약금액", 1_100),
        ("", "계약금액(천원)", 1_100_000),
        ("(단위: 천원)", "계약금액(백만원)", 1_100_000_000),
        ("", "계약금액", 1_100),
    ],
)
def test_the_unit_above_the_table_or_in_the_heading_counts(above: str, heading: str, won: int) -> None:
    rows = [["2027년 수의계약 현황"], ["", "", above], ["계약명", "계약일", heading], ["안내문", "2027-03-04", "1,100"]]
    assert [c.amount for c in read_contracts(xlsx(rows), today=TODAY)] == [won]


def test_sums_blanks_and_repeated_headers_are_no_contracts() -> None:
    rows = (HEADER, ROW, HEADER, ("",) * 9, ("합계", "", "", "1,100,000", "", "", "", "", ""), ROW)
    assert [c.ref for c in read(*rows)] == [2, 6]


def test_what_has_no_amount_is_counted_and_what_cannot_be_read_is_named() -> None:
    def row(amount: str, day: str = "2027-03-04") -> tuple[str, ...]:
        return ("1", "안내문", day, amount, "길가꿈과", "가온인쇄", "", "", "")

    found = read(
        HEADER, row("0"), row(""), row("-5"), row("별도"), row("100", "어느 날"), row("100", ""), row("100", "-")
    )
    assert [(c.ref, c.day) for c in found] == [(7, None), (8, None)]
    assert found.without_amount == 3
    assert found.unread == [Unread(5, Col.AMOUNT, "별도"), Unread(6, Col.DATE, "어느 날")]


def test_an_amount_whose_formula_nobody_calculated_is_named_and_not_taken_for_none() -> None:
    rows = [("계약명", "계약일", "계약금액"), ("안내문", "2027-03-04", "=1+1"), ("책자", "2027-03-04", 5)]
    found = read_contracts(uncalculated(rows), today=TODAY)
    assert [c.ref for c in found] == [3]
    assert (found.unread, found.without_amount) == ([Unread(2, Col.AMOUNT, "=")], 0)


def test_a_wrong_business_number_does_not_hide_the_contract() -> None:
    row = (*ROW[:6], "123-45-67890", *ROW[7:])
    assert [c.business_number for c in read(HEADER, row)] == [None]


def test_going_through_it_again_counts_anew() -> None:
    found = read(HEADER, (*ROW[:3], "별도", *ROW[4:]))
    assert [list(found), list(found)] == [[], []]
    assert len(found.unread) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", FaultCode.EMPTY),
        ("상호,주소\n가,나\n".encode(), FaultCode.NO_HEADER),
        ("계약명,계약일\n가,2027-01-01\n".encode(), FaultCode.NO_HEADER),
        (b"%PDF-1.4 x", FaultCode.WRONG_KIND),
    ],
)
def test_a_file_that_is_no_such_list_is_refused(content: bytes, code: FaultCode) -> None:
    with pytest.raises(FileFault) as raised:
        list(read_contracts(content, today=TODAY))
    assert raised.value.code is code


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "rows"),
    [("contracts_public_institutions_a_cp949.csv", 500), ("contracts_public_institutions_a.xlsx", 200)],
)
def test_real_lists_are_read_whole(name: str, rows: int) -> None:
    path: Path = shared_data_path(name)
    found = read_contracts(path, today=TODAY)
    read_rows = list(found)
    assert len(read_rows) + found.without_amount + len(found.unread) == rows
    assert len(read_rows) > rows * 0.9
    assert found.unread == []
    assert all(c.title and c.amount > 0 for c in read_rows)
    assert sum(bool(c.firm) for c in read_rows) > rows * 0.8
