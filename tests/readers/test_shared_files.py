"""Real files of public offices, where they are at hand."""

from datetime import date
from enum import StrEnum

import pytest

from gwannae.readers.headers import find_header
from gwannae.readers.tables import read_tables
from gwannae.readers.vendors import VendorRow, read_vendors
from tests.shared_data import shared_data_path

pytestmark = pytest.mark.shared_data


@pytest.mark.parametrize(
    ("name", "count", "numbered", "dated"),
    [
        ("vendors_seongnam_merchants_a.csv.gz", 12_162, 0, 0),
        ("vendors_seongnam_merchants_a_cp949.csv", 3_000, 0, 0),
        ("vendors_seongnam_medical_a.csv", 1_200, 0, 1_200),
        ("policy_companies_busan_a.csv", 1_568, 1_568, 0),
    ],
)
def test_a_real_vendor_file_is_read_whole(name: str, count: int, numbered: int, dated: int) -> None:
    file = read_vendors(shared_data_path(name), today=date(2026, 11, 22))
    rows = list(file)
    firms = [row for row in rows if isinstance(row, VendorRow)]
    assert (len(firms), len(rows), file.skipped, file.notes) == (count, count, 0, [])
    assert sum(row.business_number is not None for row in firms) == numbered
    assert sum(row.as_of is not None for row in firms) == dated
    assert all(row.address for row in firms)


class Column(StrEnum):
    FIRM = "firm"
    AMOUNT = "amount"
    DAY = "day"
    CODE = "code"
    NOTE = "note"


def test_a_contract_list_with_title_and_unit_rows_is_read() -> None:
    (sheet,) = read_tables(shared_data_path("contracts_public_institutions_a.xlsx"))
    columns = {Column.FIRM: ("업체명",), Column.AMOUNT: ("계약금액",), Column.DAY: ("계약일자",)}
    header = find_header(sheet.rows, columns, required=tuple(columns))
    assert header.row_number == 3
    rows = [row for row in sheet.rows if row.number > 3]
    amounts = [row.cells[header.positions[Column.AMOUNT]] for row in rows]
    assert len(rows) == 201
    assert sum(map(int, amounts[:200])) == int(amounts[200])


def test_a_tax_office_table_with_a_header_of_two_merged_rows_is_read() -> None:
    sheet = read_tables(shared_data_path("nts_upjong_ksic11_original.xlsx"))[0]
    columns = {Column.CODE: ("2023년 귀속 업종코드", "업종코드"), Column.NOTE: ("세부설명",)}
    header = find_header(sheet.rows, columns, required=(Column.CODE, Column.NOTE))
    assert sum(row.number > header.row_number for row in sheet.rows) == 1_788
