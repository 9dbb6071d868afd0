"""Lists of organisations: the words over their columns, and the rows that are refused."""

from collections.abc import Sequence

import pytest

from gwannae.readers.faults import FaultCode
from gwannae.readers.organisations import (
    OrganisationFile,
    OrganisationRefusal,
    OrganisationRow,
    RefusedOrganisation,
    read_organisations,
)
from tests.readers.files import code_of, csv_text, xlsx

HEADER = ("부서코드", "부서명", "구분", "상위부서", "채널")


def read(*rows: Sequence[str], header: Sequence[str] = HEADER) -> OrganisationFile:
    return read_organisations(csv_text(header, *rows).encode())


def test_rows_are_read_as_the_sheet_has_them() -> None:
    file = read(("HQ", "나래국", "본청", "", ""), ("HQ1", "다온과", "부서", "HQ", "C0000000001"), ("", "", "", "", ""))
    assert file.rows == (
        OrganisationRow(2, "HQ", "나래국", "본청", None, None),
        OrganisationRow(3, "HQ1", "다온과", "부서", "HQ", "C0000000001"),
    )
    assert (file.refused, file.skipped) == ((), 1)


@pytest.mark.parametrize("name", ["명칭", "부서명", "기관명", "부서 · 기관명"])
@pytest.mark.parametrize("code", ["코드", "부서코드"])
@pytest.mark.parametrize(("kind", "parent"), [("구분", "상위"), ("종류", "상위부서")])
def test_columns_are_found_under_the_words_of_offices(name: str, code: str, kind: str, parent: str) -> None:
    file = read(
        ("1", "A", "나래국", "본청", ""),
        ("2", "B", "다온과", "부서", "나래국"),
        header=("연번", code, name, kind, parent),
    )
    assert [(row.code, row.name, row.kind, row.parent) for row in file.rows] == [
        ("A", "나래국", "본청", None),
        ("B", "다온과", "부서", "나래국"),
    ]


@pytest.mark.parametrize(
    ("row", "refusal", "value"),
    [
        (("X", "", "부서", "", ""), OrganisationRefusal.NAME_MISSING, "X"),
        (("HQ", "라온과", "부서", "", ""), OrganisationRefusal.CODE_DUPLICATE, "HQ"),
        (("X", "라온과", "부서", "없는국", ""), OrganisationRefusal.PARENT_UNKNOWN, "없는국"),
        (("X", "라온과", "부서", "X", ""), OrganisationRefusal.PARENT_SELF, "X"),
        (("X", "라" * 101, "부서", "", ""), OrganisationRefusal.TOO_LONG, "라" * 100),
    ],
)
def test_a_refused_row_is_named_and_the_rest_goes_on(
    row: Sequence[str], refusal: OrganisationRefusal, value: str
) -> None:
    file = read(("HQ", "나래국", "본청", "", ""), row, ("Y", "다온과", "부서", "HQ", ""))
    assert file.refused == (RefusedOrganisation(3, refusal, value),)
    assert [one.name for one in file.rows] == ["나래국", "다온과"]


def test_without_codes_a_name_may_stand_once() -> None:
    file = read(("나래국", "본청"), ("나래국", "본청"), header=("명칭", "구분"))
    assert file.refused == (RefusedOrganisation(3, OrganisationRefusal.NAME_DUPLICATE, "나래국"),)


def test_what_hangs_on_a_refused_row_is_refused_with_it() -> None:
    file = read(("A", "가과", "부서", "없음국", ""), ("B", "나팀", "부서", "A", ""), ("C", "다팀", "부서", "나팀", ""))
    assert [one.number for one in file.refused] == [2, 3, 4]
    assert file.rows == ()


def test_a_parent_that_is_stored_already_is_known() -> None:
    data = csv_text(HEADER, ("A", "가과", "부서", "HQ", "")).encode()
    assert len(read_organisations(data, known=frozenset({"HQ"})).rows) == 1


def test_number_cells_of_a_workbook_are_codes_without_a_point() -> None:
    file = read_organisations(xlsx([("부서 목록",), HEADER, (101.0, "나래국", "본청", "", "")]))
    assert file.rows[0].code == "101"


def test_a_header_with_nothing_below_is_a_fault() -> None:
    assert code_of(lambda: read()) is FaultCode.NO_ROWS
