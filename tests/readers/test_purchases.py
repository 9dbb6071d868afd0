"""Purchase files as offices lay them out: what is read, and which row is refused for what."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gwannae.programme.purchase_lines import Line, LineFault, RefusedRow
from gwannae.programme.purchases import ContractMethod, PurchaseKind
from gwannae.readers.faults import FaultCode
from gwannae.readers.purchase_columns import PurchaseColumn
from gwannae.readers.purchases import PurchaseFile, read_purchases
from tests.readers.files import csv_text, fault_of, uncalculated, xls, xlsx
from tests.shared_data import shared_data_path

TODAY, EARLIEST = date(2027, 6, 15), date(2027, 1, 1)
HEADER = ("연번", "계약명", "계약일자", "계약금액", "부서명", "업체명")
ROW = ("1", "행사 안내문 인쇄", "2027. 3. 8.", "1,100,000", "총무과", "가온인쇄")


def opened(where: bytes | Path, **said: Any) -> PurchaseFile:
    return read_purchases(where, **{"today": TODAY, "earliest": EARLIEST, **said})


def rows_of(where: bytes | Path, **said: Any) -> list[Line | RefusedRow]:
    return list(opened(where, **said))


def line_of(header: tuple[str, ...], row: tuple[str, ...]) -> Line:
    (found,) = rows_of(csv_text(header, row).encode())
    assert isinstance(found, Line), found
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_a_csv_is_read_in_every_encoding_that_offices_save(encoding: str) -> None:
    (line,) = rows_of(csv_text(HEADER, ROW).encode(encoding))
    assert isinstance(line, Line)
    assert (line.number, line.title, line.day, line.amount) == (2, "행사 안내문 인쇄", date(2027, 3, 8), 1_100_000)
    assert (line.organisation, line.firm, line.method) == ("총무과", "가온인쇄", ContractMethod.UNSTATED)


@pytest.mark.parametrize("made", [xlsx, xls])
def test_a_workbook_with_title_unit_and_total_rows_is_read(made: Any) -> None:
    rows = [
        ("2027년 1분기 계약현황",),
        ("", "", "", "", "", "(단위: 천원)"),
        HEADER,
        (1, "안내문 인쇄", "2027-03-08", 1100, "총무과", "가온인쇄"),
        ("소계", "", "", 1100, "", ""),
        (2, "책상 구입", "2027-03-09", 2200.5, "총무과", "나래가구"),
        ("합계", "", "", 3300.5, "", ""),
        ("※ 부가세 포함",),
    ]
    file = opened(made(rows))
    lines = list(file)
    assert [(line.number, line.amount) for line in lines if isinstance(line, Line)] == [(4, 1_100_000), (6, 2_200_500)]
    assert file.skipped == 3


@pytest.mark.parametrize("at", range(1, 6))
def test_a_formula_without_its_result_is_refused_as_one(at: int) -> None:
    row = [*ROW[:at], "=A1", *ROW[at + 1 :]]
    found = rows_of(uncalculated([("계약현황",), HEADER, ROW, row, ("", "합계", "", "=SUM(D3:D4)", "", ""), ROW]))
    title = "" if at == 1 else ROW[1]
    assert found[1] == RefusedRow(4, "업체", LineFault.NOT_CALCULATED, title)
    assert [row.number for row in found] == [3, 4, 6]


def test_two_business_numbers_in_one_cell_are_told_apart_from_a_wrong_one() -> None:
    header, cells = (*HEADER, "사업자등록번호"), "129-81-01236, 111-22-33333"
    assert rows_of(csv_text(header, (*ROW, cells)).encode()) == [RefusedRow(2, "", LineFault.NUMBER_SEVERAL, cells)]


@pytest.mark.parametrize(
    ("header", "cell", "won"),
    [
        ("계약금액", "1,100,000", 1_100_000),
        ("계약금액(천원)", "1,100", 1_100_000),
        ("계약금액 (단위: 백만원)", "1.5", 1_500_000),
        ("계약금액(천원)", "30만원", 300_000),
        ("금액", "1,100,000원", 1_100_000),
        ("계약금액(원, 부가세 포함)", "1100000", 1_100_000),
        ("계약액", "₩1,000", 1_000),
    ],
)
def test_amounts_are_read_in_the_tables_unit(header: str, cell: str, won: int) -> None:
    assert line_of(("계약명", "계약일", header, "업체"), ("명함", "2027-03-08", cell, "가온")).amount == won


@pytest.mark.parametrize(
    ("cell", "day"),
    [("2027-03-08", 8), ("20270308", 8), ("'27.3.8.", 8), ("2027. 3. 8.(월)", 8), ("46454", 8), ("2027년 3월 8일", 8)],
)
def test_days_are_read_as_offices_write_them(cell: str, day: int) -> None:
    assert line_of(("계약명", "계약일", "금액", "업체"), ("명함", cell, "1000", "가온")).day == date(2027, 3, day)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({1: "", 0: ""}, LineFault.TITLE_MISSING),
        ({5: "-"}, LineFault.FIRM_MISSING),
        ({2: ""}, LineFault.DATE_MISSING),
        ({2: "3월 말"}, LineFault.DATE_UNREADABLE),
        ({2: "2027-02-30"}, LineFault.DATE_UNREADABLE),
        ({2: "2027-06-16"}, LineFault.DATE_IN_FUTURE),
        ({2: "2026-12-31"}, LineFault.DATE_BEFORE_YEAR),
        ({3: ""}, LineFault.AMOUNT_MISSING),
        ({3: "백만"}, None),
        ({3: "미정"}, LineFault.AMOUNT_UNREADABLE),
        ({3: "1000.5"}, LineFault.AMOUNT_UNREADABLE),
        ({3: "9" * 14}, LineFault.AMOUNT_TOO_LARGE),
        ({1: "가" * 201}, LineFault.TOO_LONG),
    ],
)
def test_a_row_that_cannot_be_counted_is_refused_with_its_number(
    change: dict[int, str], code: LineFault | None
) -> None:
    row = tuple(change.get(at, cell) for at, cell in enumerate(ROW))
    (found,) = rows_of(csv_text(HEADER, row).encode())
    if code is None:
        assert isinstance(found, Line)
    else:
        assert isinstance(found, RefusedRow)
        assert (found.number, found.code) == (2, code)


@pytest.mark.parametrize(
    ("status", "amount", "void"),
    [
        ("정상", "1000", None),
        ("", "0", LineFault.AMOUNT_ZERO),
        ("", "-1,000", LineFault.AMOUNT_NEGATIVE),
        ("", "△1,000", LineFault.AMOUNT_NEGATIVE),
        ("", "(1,000)", LineFault.AMOUNT_NEGATIVE),
        ("계약해지", "1000", LineFault.CANCELLED),
        ("취소", "1000", LineFault.CANCELLED),
        ("해당없음", "1000", None),
    ],
)
def test_cancelled_zero_and_negative_rows_are_known_for_what_they_are(
    status: str, amount: str, void: LineFault | None
) -> None:
    header = ("계약명", "계약일", "계약금액", "업체명", "계약상태")
    assert line_of(header, ("명함", "2027-03-08", amount, "가온", status)).void is void


def test_every_column_of_a_contract_list_is_read() -> None:
    header = (
        *("통합계약번호", "차수", "계약명", "구분", "계약방법", "계약체결일", "총계약금액", "당해연도 금액"),
        *("계약상대자", "사업자등록번호", "소재지", "지분율", "관서명", "품목", "관외사유"),
    )
    row = (
        *("R27BK00000001", "2", "전산장비 유지관리", "용역", "수의(1인 견적)", "2027-01-04", "9,000", "3,000"),
        *("㈜가온", "129-81-01236", "가온도 나래시 1", "60%", "정보과", "서버", "관내 업체 없음"),
    )
    assert line_of(header, row) == Line(
        2, "", "정보과", "전산장비 유지관리", date(2027, 1, 4), 3_000, 9_000, PurchaseKind.SERVICES,
        ContractMethod.DIRECT_SINGLE, "㈜가온", "1298101236", "가온도 나래시 1", "서버", "R27BK00000001", 2, 6000,
        "관내 업체 없음",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("word", "method"),
    [
        ("수의1인견적", ContractMethod.DIRECT_SINGLE),
        ("수의계약(2인 이상 견적제출)", ContractMethod.DIRECT_QUOTES),
        ("수의계약", ContractMethod.DIRECT),
        ("일반경쟁", ContractMethod.OPEN_BID),
        ("제한경쟁", ContractMethod.RESTRICTED_BID),
        ("지명경쟁", ContractMethod.NOMINATED_BID),
        ("제3자단가계약", ContractMethod.UNIT_PRICE),
        ("MAS", ContractMethod.UNIT_PRICE),
        ("종합쇼핑몰", ContractMethod.MALL),
        ("신용카드", ContractMethod.CARD),
        ("기타", ContractMethod.UNSTATED),
    ],
)
def test_contract_methods_are_read_as_lists_name_them(word: str, method: ContractMethod) -> None:
    header = ("계약명", "계약일", "금액", "업체", "계약방법")
    assert line_of(header, ("명함", "2027-03-08", "1000", "가온", word)).method is method


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("청사 전기공사", PurchaseKind.WORKS),
        ("청사 전기공사 설계용역", PurchaseKind.SERVICES),
        ("책상 구입", PurchaseKind.GOODS),
        ("CCTV 설치공사 관급자재 구매", PurchaseKind.GOODS),
        ("명함", None),
    ],
)
def test_without_a_kind_the_title_may_tell_it(title: str, kind: PurchaseKind | None) -> None:
    assert line_of(("계약명", "계약일", "금액", "업체"), (title, "2027-03-08", "1000", "가온")).kind is kind


def test_a_column_is_told_by_its_content_where_its_header_says_nothing() -> None:
    rows = [("명함", "2027-03-08", "1000", "가온", kind, number) for kind, number in zip(
        ("물품", "기술용역", "물품"), ("129-81-01236",) * 3, strict=True)]  # fmt: skip
    lines = rows_of(csv_text(("계약명", "계약일", "금액", "업체", "비고", "기타"), *rows).encode())
    assert [line.kind for line in lines if isinstance(line, Line)] == ["goods", "services", "goods"]
    assert {line.business_number for line in lines if isinstance(line, Line)} == {"1298101236"}


def test_a_table_without_a_needed_column_says_which_and_what_it_could_be() -> None:
    fault = fault_of(lambda: opened(csv_text(("계약명", "언제", "계약금액", "어디"), ("가", "나", "1", "다")).encode()))
    assert fault.code is FaultCode.COLUMNS_MISSING
    assert fault.values == {"missing": ("firm", "date"), "words": ("언제", "어디")}


def test_what_somebody_said_of_a_column_is_remembered_and_goes_before_our_own_words() -> None:
    text = csv_text(("계약명", "언제", "계약금액", "어디"), ("명함", "2027-03-08", "1000", "가온")).encode()
    said = {"언제": PurchaseColumn.DATE, "어디": PurchaseColumn.FIRM}
    (line,) = rows_of(text, remembered=said)
    assert isinstance(line, Line)
    assert (line.day, line.firm) == (date(2027, 3, 8), "가온")
    both = csv_text(("건명", "계약일", "금액", "상호", "실거래처"), ("명함", "2027-03-08", "1000", "가온", "나래"))
    (line,) = rows_of(both.encode(), remembered={"실거래처": PurchaseColumn.FIRM, "상호": PurchaseColumn.ADDRESS})
    assert isinstance(line, Line)
    assert line.firm == "나래"


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "sure", "refused"),
    [
        ("contracts_public_institutions_a.xlsx", 150, {LineFault.DATE_MISSING}),
        ("contracts_public_institutions_a_cp949.csv", 300, {LineFault.DATE_MISSING}),
        ("contracts_public_institutions_a.csv.gz", 4_000, {LineFault.DATE_MISSING, LineFault.FIRM_MISSING}),
    ],
)
def test_public_contract_lists_are_read_as_they_are(name: str, sure: int, refused: set[LineFault]) -> None:
    found = rows_of(shared_data_path(name), today=date(2026, 11, 22), earliest=date(2020, 1, 1))
    lines = [row for row in found if isinstance(row, Line)]
    assert len(lines) >= sure
    assert refused <= {row.code for row in found if isinstance(row, RefusedRow)}
    assert all(line.kind is not None for line in lines)
    assert not any(line.title.startswith("합계") for line in lines)
