"""Vendor files: what each row becomes, which rows are no firms, and which are refused and why."""

import contextlib
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from gwannae.programme.facts import Fact
from gwannae.programme.vendors import SizeFact
from gwannae.readers.faults import FaultCode, FileFault
from gwannae.readers.vendors import (
    CertificateText,
    NoteCode,
    RefusalCode,
    RefusedRow,
    VendorFile,
    VendorRow,
    read_vendors,
)
from tests.readers.files import (
    FIRMS,
    HEADER,
    code_of,
    csv_text,
    fault_of,
    repacked,
    uncalculated,
    vendor_csv,
    xls,
    xlsx,
)

TODAY = date(2027, 6, 1)
GOOD, WRONG = "129-81-01236", "129-81-01237"


def open_file(data: str | bytes) -> VendorFile:
    return read_vendors(data.encode() if isinstance(data, str) else data, today=TODAY)


def firms(data: str | bytes) -> list[VendorRow]:
    rows = list(open_file(data))
    assert all(isinstance(row, VendorRow) for row in rows), rows
    return [row for row in rows if isinstance(row, VendorRow)]


def firm(**cells: str) -> VendorRow:
    """The one firm of a file with a name and these columns (`_` stands for a space)."""
    (row,) = firms(csv_text(["상호", *cells], ["가상인쇄", *cells.values()]))
    return row


def test_a_row_becomes_a_firm_with_all_that_the_file_says() -> None:
    header = "연번 구 업체명 사업자등록번호 도로명주소 대표업종 취급품목 대표전화 기업구분 정책기업구분"
    values = ["1", "나래구", "㈜가상인쇄", GOOD, "가온도 나래시 다온로 1", "인쇄업", "명함, 책자", "031-700-0001"]
    data = csv_text(
        [*header.split(), "제조여부", "데이터기준일자"], [*values, "소기업", "여성기업|장애인기업", "Y", "2027-05-01"]
    )
    assert firms(data) == [
        VendorRow(
            number=2,
            sheet="",
            name="㈜가상인쇄",
            business_number="1298101236",
            address="가온도 나래시 다온로 1",
            items=("명함", "책자"),
            phone="031-700-0001",
            trade="인쇄업",
            district="나래구",
            certificates=(CertificateText("여성기업"), CertificateText("장애인기업")),
            size=SizeFact(Fact.YES, "기업구분: 소기업", date(2027, 5, 1)),
            makes=Fact.YES,
            as_of=date(2027, 5, 1),
        )
    ]


NAMES = "상호 업체명 업소명 회사명 상호명 법인명 가맹점명 기관명 업_체_명 *상호(법인명)".split()  # noqa: SIM905
ADDRESSES = "소재지 주소 도로명주소 지번주소 사업장주소 본점소재지 업체소재지 소재지(도로명)".split()  # noqa: SIM905


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_name_and_address_are_found_under_the_words_of_offices(name: str, address: str) -> None:
    (row,) = firms(csv_text([name.replace("_", " "), address], ["가상", "나래로 1"]))
    assert (row.name, row.address) == ("가상", "나래로 1")


@pytest.mark.parametrize("word", ["품목", "취급품목", "주요품목", "대표품명", "주생산품", "생산품목"])
def test_items_are_found_under_the_words_of_offices(word: str) -> None:
    assert firm(**{word: "명함;책자", "업종": "인쇄업"}).items == ("명함", "책자")


@pytest.mark.parametrize("word", ["업종", "대표업종", "종별"])
def test_without_an_item_column_the_trade_is_what_can_be_searched(word: str) -> None:
    row = firm(**{word: "인쇄, 출판"})
    assert (row.trade, row.items) == ("인쇄, 출판", ("인쇄", "출판"))


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("명함, 책자,명함", ("명함", "책자")),
        ("명함/책자·현수막|리플릿;봉투\n스티커", ("명함", "책자", "현수막", "리플릿", "봉투", "스티커")),
        ("가구(책상, 의자), 사무기기", ("가구(책상, 의자)", "사무기기")),
        ("책상(원목, 의자", ("책상(원목", "의자")),
        ("A/S, LED/조명", ("A/S", "LED", "조명")),
        ("전단지 1,000매, 명함", ("전단지 1,000매", "명함")),
        (" 명함 ,, - , 없음", ("명함",)),
        ("ＬＥＤ　조명", ("ＬＥＤ 조명",)),
        ("led, LED", ("led",)),
        ("", ()),
    ],
)
def test_a_list_of_items_is_taken_apart(cell: str, items: tuple[str, ...]) -> None:
    assert firm(품목=cell).items == items


def test_items_are_bounded_in_number_and_length() -> None:
    row = firm(품목=",".join(f"품목{n}" for n in range(80)))
    assert len(row.items) == 50
    assert len(firm(품목="가" * 300).items[0]) == 100


@pytest.mark.parametrize(
    ("cell", "phone", "noted"),
    [
        ("031-700-0001", "031-700-0001", False),
        ("(031) 700 0001", "031-700-0001", False),
        ("０３１－７００－０００１", "031-700-0001", False),
        ("0317000001", "031-700-0001", False),
        ("317000001", "031-700-0001", False),
        ("02-700-0001, 02-700-0002", "02-700-0001", False),
        ("27000001", "02-700-0001", False),
        ("+82-31-700-0001", "031-700-0001", False),
        ("1588-0001", "1588-0001", False),
        ("070-7000-0001", "070-7000-0001", False),
        ("031-700-0001~3", "031-700-0001", False),
        ("010-0000-0000", None, True),
        ("０１０ ００００ ００００", None, True),
        ("1000000000", None, True),
        ("+82 10 0000 0000", None, True),
        ("011-000-0000", None, True),
        ("010-0000-0000 / 031-700-0001", "031-700-0001", True),
        ("없음", None, False),
        ("12345678901234567890", None, False),
    ],
)
def test_only_office_numbers_are_kept(cell: str, phone: str | None, noted: bool) -> None:
    file = open_file(csv_text(["상호", "전화번호"], ["가상", cell]))
    (row,) = file
    assert isinstance(row, VendorRow)
    assert row.phone == phone
    assert [(note.code, note.value) for note in file.notes] == [(NoteCode.MOBILE_LEFT_OUT, "")] * noted


@pytest.mark.parametrize(
    ("cells", "certificates"),
    [
        (
            {"인증현황": "여성기업, 장애인기업/사회적기업·마을기업"},
            [("여성기업",), ("장애인기업",), ("사회적기업",), ("마을기업",)],
        ),
        ({"인증": "해당없음"}, []),
        ({"인증": "-"}, []),
        (
            {"인증": "여성기업", "인증번호": "제1호", "유효기간(시작)": "2026.1.1", "유효기간(종료)": "2028. 12. 31."},
            [("여성기업", "제1호", date(2026, 1, 1), date(2028, 12, 31))],
        ),
        (
            {"인증": "여성기업", "유효기간": "2026-01-01 ~ 2028-12-31"},
            [("여성기업", None, date(2026, 1, 1), date(2028, 12, 31))],
        ),
        ({"인증": "여성기업", "유효기간": "~ 9999-12-31"}, [("여성기업",)]),
        ({"인증": "여성기업, 마을기업", "인증번호": "1, 2"}, [("여성기업", "1"), ("마을기업", "2")]),
        ({"인증": "여성기업, 마을기업", "인증번호": "1", "유효기간": "2028-12-31"}, [("여성기업",), ("마을기업",)]),
    ],
)
def test_certificates_with_number_and_term_where_it_is_plain_whose(cells: dict[str, str], certificates: Any) -> None:
    assert firm(**cells).certificates == tuple(CertificateText(*one) for one in certificates)


@pytest.mark.parametrize(
    ("cell", "small"),
    [
        ("중소기업", Fact.YES),
        ("소상공인", Fact.YES),
        ("중기업", Fact.YES),
        ("중견기업", Fact.NO),
        ("대 기업", Fact.NO),
        ("기타", Fact.UNKNOWN),
    ],
)
def test_size_is_a_fact_with_its_evidence(cell: str, small: Fact) -> None:
    assert firm(기업규모=cell).size == SizeFact(small, f"기업규모: {cell}", None)


@pytest.mark.parametrize("cells", [{}, {"기업구분": ""}, {"기업구분": "-"}])
def test_a_size_that_nobody_states_is_unknown_without_evidence(cells: dict[str, str]) -> None:
    assert firm(**cells, 비고="x").size == SizeFact() if cells else firm(주소="x").size == SizeFact()


@pytest.mark.parametrize(
    ("cell", "makes"), [("Y", Fact.YES), ("○", Fact.YES), ("ｎ", Fact.NO), ("아니오", Fact.NO), ("?", Fact.UNKNOWN)]
)
def test_whether_a_firm_makes_its_goods(cell: str, makes: Fact) -> None:
    assert firm(직접생산=cell).makes is makes


@pytest.mark.parametrize(
    ("header", "cell", "kinds"),
    [
        ("구분", "물품", ("goods",)),
        ("계약구분", "공사, 물품", ("goods", "works")),
        ("물품용역공사", "용역", ("services",)),
        ("구분", "본사", ()),
        ("구분", "", ()),
    ],
)
def test_what_a_firm_supplies_is_read_where_a_column_states_it(header: str, cell: str, kinds: tuple[str, ...]) -> None:
    assert firm(**{header: cell}).kinds == kinds


@pytest.mark.parametrize("cell", ["", "-", "없음", "000-00-00000"])
def test_a_business_number_is_not_a_must(cell: str) -> None:
    assert firm(사업자등록번호=cell).business_number is None


@pytest.mark.parametrize("make", [xlsx, xls])
def test_a_business_number_in_a_number_cell_is_read(make: Any) -> None:
    (row,) = firms(make([HEADER, ("가상", 1298101236.0, "나래로", "명함")]))
    assert row.business_number == "1298101236"


@pytest.mark.parametrize(
    ("cells", "code", "value"),
    [
        (("", GOOD, "나래로", "명함"), RefusalCode.NAME_MISSING, f"{GOOD} 나래로 명함"),
        (("#N/A", GOOD, "나래로", "명함"), RefusalCode.NAME_MISSING, f"#N/A {GOOD} 나래로 명함"),
        (("0", GOOD, "나래로", "명함"), RefusalCode.NAME_MISSING, f"0 {GOOD} 나래로 명함"),
        (("-", GOOD, "나래로", "명함"), RefusalCode.NAME_MISSING, f"- {GOOD} 나래로 명함"),
        (("가상", WRONG, "나래로", "명함"), RefusalCode.NUMBER_CHECK_DIGIT, WRONG),
        (("가상", "129-81-0123", "나래로", "명함"), RefusalCode.NUMBER_LENGTH, "129-81-0123"),
        (("가상", "1.2981E+09", "나래로", "명함"), RefusalCode.NUMBER_NOT_DIGITS, "1.2981E+09"),
        (("가상", f"{GOOD}, 111-22-33333", "나래로", "명함"), RefusalCode.NUMBER_SEVERAL, f"{GOOD}, 111-22-33333"),
        (("가" * 201, "", "나래로", ""), RefusalCode.TOO_LONG, "가" * 100),
        (("가상", "", "나" * 501, ""), RefusalCode.TOO_LONG, "나" * 100),
    ],
)
def test_a_refused_row_is_named_and_the_rest_goes_on(cells: Sequence[str], code: RefusalCode, value: str) -> None:
    rows = list(open_file(csv_text(HEADER, FIRMS[0], cells, FIRMS[1])))
    assert rows[1] == RefusedRow(3, "", code, value)
    assert [row.name for row in rows if isinstance(row, VendorRow)] == [firm[0] for firm in FIRMS]


def test_an_address_may_be_missing() -> None:
    assert [row.address for row in firms("상호,주소\n가상,\n나래,-\n")] == ["", ""]


@pytest.mark.parametrize(
    "cells",
    [
        ("", "", "", ""),
        (" ", "　", "", ""),
        ("합계", "", "", "2"),
        ("소 계", "", "", ""),
        ("", "총계(12개소)", "", ""),
        ("계", "", "", ""),
        HEADER,
        ("※ 2027년 자료", "", "", ""),
    ],
)
def test_rows_that_are_no_firms_are_skipped_and_counted(cells: Sequence[str]) -> None:
    file = open_file(csv_text(HEADER, FIRMS[0], cells, FIRMS[1]))
    assert [row.number for row in file] == [2, 4]
    assert file.skipped == 1


def test_a_total_in_the_first_column_is_no_firm_although_a_count_stands_under_the_names() -> None:
    file = open_file("구분,상호,주소\n동,가상,가로\n합 계,2개소,\n")
    assert ([row.number for row in file], file.skipped) == ([2], 1)


def test_a_header_of_two_rows_that_is_printed_again_is_no_firm() -> None:
    header = [("업체", "", "유효기간", ""), ("법인명", "주소", "시작", "종료")]
    file = open_file(csv_text(*header, ("가상", "가로", "", ""), *header, ("나래", "나로", "", "")))
    assert ([row.number for row in file], file.skipped) == ([3, 6], 2)


@pytest.mark.parametrize("name", ["합동인쇄", "소계리식당", "계림가구", "총각네"])
def test_firms_that_begin_like_a_total_are_firms(name: str) -> None:
    assert [row.name for row in firms(vendor_csv((name, "", "나래로", "")))][-1] == name


def test_names_and_addresses_lose_what_cannot_be_seen_and_nothing_else() -> None:
    (row,) = firms('상호,주소\n"\u200b<!channel> *가상*  \u00a0인쇄\n2호","나래로\u3000 1"\n')
    assert (row.name, row.address) == ("<!channel> *가상* 인쇄 2호", "나래로 1")


def test_decomposed_hangul_is_composed() -> None:
    assert firms("상호,주소\n\u1100\u1161\u1109\u1161\u11bc,x\n")[0].name == "가상"


def test_a_date_that_cannot_be_read_is_noted_and_the_firm_is_kept() -> None:
    file = open_file("상호,기준일자\n가상,모름\n나래,2027-02-30\n다온,2027-05-01\n")
    assert [row.as_of for row in file if isinstance(row, VendorRow)] == [None, None, date(2027, 5, 1)]
    assert [(n.number, n.code, n.value) for n in file.notes] == [
        (2, NoteCode.DATE_UNREAD, "모름"),
        (3, NoteCode.DATE_UNREAD, "2027-02-30"),
    ]


def test_columns_that_are_left_out_are_noted_but_not_those_of_people() -> None:
    file = open_file("상호,주소,소재지,대표자,자본금\n가상,가로,나로,아무개,1\n")
    (row,) = file
    assert isinstance(row, VendorRow)
    assert row.address == "가로"
    assert [(n.code, n.value) for n in file.notes] == [
        (NoteCode.COLUMN_UNKNOWN, "자본금"),
        (NoteCode.COLUMN_TWICE, "소재지"),
    ]


@pytest.mark.parametrize(
    ("header", "joined"),
    [
        (("상호", "취급품목", "주소", "취급품목"), ["취급품목"]),
        (("상호", "주요품목", "주소", "취급 품목"), ["취급 품목"]),
        (("상호", "품목1", "주소", "품목 2"), ["품목 2"]),
    ],
)
def test_items_in_two_columns_are_joined_and_it_is_said(header: Sequence[str], joined: list[str]) -> None:
    rows = [("가상", "명함, 책자(무선", "가로", "봉투, 명함"), ("나래", "", "나로", "책상"), ("다온", "떡", "다로", "")]
    file = open_file(csv_text(header, *rows))
    assert [row.items for row in file if isinstance(row, VendorRow)] == [
        ("명함", "책자(무선", "봉투"),
        ("책상",),
        ("떡",),
    ]
    assert [(n.code, n.value) for n in file.notes] == [(NoteCode.COLUMN_JOINED, word) for word in joined]


def test_items_of_several_columns_are_bounded_together() -> None:
    halves = [",".join(f"{half}품목{n}" for n in range(40)) for half in "가나"]
    (row,) = firms(csv_text(("상호", "품목1", "품목2"), ("가상", *halves)))
    assert len(row.items) == 50


def in_third_row(*rows: Sequence[object]) -> bytes:
    return uncalculated([("관내업체 명부",), (), HEADER, *rows])


@pytest.mark.parametrize("at", range(4))
def test_a_formula_without_its_result_is_refused_as_one(at: int) -> None:
    cells = ["가상", GOOD, "나래로", "명함"]
    formula = [*cells[:at], '="가" & "상"', *cells[at + 1 :]]
    rows = list(open_file(in_third_row(FIRMS[0], formula, FIRMS[1])))
    rest = " ".join(cell for cell in cells if cell != cells[at])
    assert rows[1] == RefusedRow(5, "업체", RefusalCode.NOT_CALCULATED, rest)
    assert [row.name for row in rows if isinstance(row, VendorRow)] == [firm[0] for firm in FIRMS]


def test_a_formula_without_its_result_is_seen_however_the_sheet_is_written() -> None:
    data = in_third_row(('="가상"', "", "나래로", "명함"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    other = repacked(data, {"xl/worksheets/sheet1.xml": sheet.replace(b"<v></v>", b"<v />").replace(b"<f>", b"<f >")})
    assert sheet != other
    (row,) = open_file(other)
    assert isinstance(row, RefusedRow)
    assert row.code is RefusalCode.NOT_CALCULATED


@pytest.mark.parametrize("place", [b'r="A"', b'r=""', b'r="4"', b'r="A4A"', b'r="A99999999999999999999"'])
def test_a_formula_at_a_place_that_is_none_is_a_fault_or_left_alone(place: bytes) -> None:
    data = in_third_row(('="가상"', "", "나래로", "명함"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    spoilt = sheet.replace(b'r="A4"', place)
    assert spoilt != sheet
    with contextlib.suppress(FileFault):
        assert len(list(open_file(repacked(data, {"xl/worksheets/sheet1.xml": spoilt})))) <= 1


@pytest.mark.parametrize("written", [b"<v></v>", b"<v/>", b"<v />"])
def test_a_formula_whose_result_is_an_empty_text_is_calculated(written: bytes) -> None:
    data = in_third_row(("가상", '=""', "나래로", "명함"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    spoken = sheet.replace(b'<c r="B4"><f>', b'<c r="B4" t="str"><f>').replace(b"<v></v>", written)
    assert spoken != sheet
    (row,) = firms(repacked(data, {"xl/worksheets/sheet1.xml": spoken}))
    assert (row.name, row.business_number) == ("가상", None)


def test_calculated_formulas_are_values_and_totals_are_no_firms_even_uncalculated() -> None:
    def change(_: Any, sheet: Any) -> None:
        sheet.write_formula("A2", '="가상"', value="가상")

    assert [row.name for row in firms(xlsx([HEADER, ("", "", "나래로", "명함")], change=change))] == ["가상"]
    file = open_file(in_third_row(FIRMS[0], ("합계", "=COUNTA(B4:B4)", "", ""), ("", "", "", '=""'), FIRMS[1]))
    assert ([row.number for row in file], file.skipped) == ([4, 7], 2)


def test_rows_shorter_or_longer_than_the_header() -> None:
    assert [(r.name, r.address) for r in firms("연번,상호,주소\n1,가상\n2,나래,나로,남는,칸\n\n")] == [
        ("가상", ""),
        ("나래", "나로"),
    ]


def test_every_visible_sheet_with_a_header_is_read_and_others_are_noted() -> None:
    def change(book: Any, _: Any) -> None:
        for name, rows in {
            "나래구": [HEADER, FIRMS[1]],
            "설명": [("이 표는", "이렇습니다")],
            "숨김": [HEADER, FIRMS[1]],
        }.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
        sheet.hide()

    file = open_file(xlsx([("관내업체 명부",), (), HEADER, FIRMS[0]], change=change))
    assert [(row.sheet, row.number) for row in file] == [("업체", 4), ("나래구", 2)]
    assert [(n.code, n.value) for n in file.notes] == [(NoteCode.SHEET_LEFT_OUT, name) for name in ("설명", "숨김")]


def test_a_district_cell_merged_over_several_firms_holds_for_each() -> None:
    def change(_: Any, sheet: Any) -> None:
        sheet.merge_range("A3:A4", "나래구")
        sheet.merge_range("A1:A2", "구")
        sheet.merge_range("B1:C1", "업체")

    rows = [("", "", ""), ("", "상호", "주소"), ("", "가상", "가로"), ("", "다온", "나로")]
    assert [(r.name, r.district) for r in firms(xlsx(rows, change=change))] == [("가상", "나래구"), ("다온", "나래구")]


def test_going_through_a_file_twice_gives_the_same_and_counts_anew() -> None:
    file = open_file(vendor_csv(("합계", "", "", "2"), ("다온", "", "라로", "봉투")))
    assert list(file) == list(file)
    assert (file.skipped, len(file.notes), file.estimate) == (1, 0, 6)


@pytest.mark.parametrize("data", [csv_text(HEADER), csv_text(("명부",), HEADER, ("", "", "", ""), (" ",))])
def test_a_header_with_nothing_below_is_a_fault(data: str) -> None:
    assert code_of(lambda: open_file(data)) is FaultCode.NO_ROWS


def test_a_file_without_a_header_says_what_was_expected() -> None:
    fault = fault_of(lambda: open_file("이름,나이\n가,1\n"))
    assert (fault.code, fault.values["expected"]) == (FaultCode.NO_HEADER, ("업체명",))


def test_a_workbook_with_blank_sheets_is_empty() -> None:
    assert code_of(lambda: open_file(xlsx([]))) is FaultCode.EMPTY
