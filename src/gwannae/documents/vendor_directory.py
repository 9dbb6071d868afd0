"""관내 업체 목록 as a workbook: all firms by category and district, how many of each, and those that are new.

The same firms and the same day give the same bytes.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from gwannae.documents.workbook_looks import FONT, set_up_sheet
from gwannae.programme.dates import write_day
from gwannae.programme.vendor_directory import Directory, DirectoryRow

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

LIST, COUNTS, NEW = "업체 목록", "업종별", "새로 오른 업체"
_HEADING_ROW = 2  # from 0: the title and what it is of stand above
_COLUMNS = (
    ("연번", 6), ("업종", 18), ("구", 10), ("업체명", 24), ("구분", 12), ("취급 품목", 44), ("인증", 24),
    ("전화", 14), ("소재지", 36), ("사업자등록번호", 14), ("자료 기준일", 12), ("신규", 6),
)  # fmt: skip
_CATEGORY, _DISTRICT = 1, 2


class _Looks(NamedTuple):
    title: Any
    subject: Any
    heading: Any
    text: Any
    number: Any
    day: Any
    total: Any


def write_directory(out: BinaryIO, directory: Directory) -> None:
    """Write the workbook into `out`."""
    from xlsxwriter import Workbook  # 60 ms, and nobody waits for them who wants no workbook

    book = Workbook(out, {"constant_memory": True, "default_format_properties": {"font_name": FONT, "font_size": 10}})
    made = datetime.combine(directory.day, time(), UTC).replace(tzinfo=None)
    book.set_properties({"title": _title(directory), "subject": directory.city_name, "created": made})
    looks = _looks(book)
    _write_list(book.add_worksheet(LIST), _title(directory), directory, directory.rows, looks)
    _write_counts(book.add_worksheet(COUNTS), directory, looks)
    if directory.knows_new:
        title = f"{write_day(directory.since)}부터 새로 오른 업체"
        _write_list(book.add_worksheet(NEW), title, directory, directory.new, looks)
    book.close()


def _title(directory: Directory) -> str:
    return f"{directory.city_name} 관내 업체 목록"


def _subject(directory: Directory, count: int) -> str:
    return f"{write_day(directory.day)} 기준 · {count:,}곳 · 관내 판정은 그날의 소재지와 규모에 따른 것"


def _looks(book: "Workbook") -> _Looks:
    def look(**more: Any) -> Any:
        return book.add_format({"font_name": FONT, "font_size": 10, "valign": "vcenter", **more})

    return _Looks(
        title=look(bold=True, font_size=16),
        subject=look(font_color="#555555"),
        heading=look(bold=True, border=1, align="center", bg_color="#E2EFDA", text_wrap=True),
        text=look(border=1),
        number=look(border=1, num_format="#,##0"),
        day=look(border=1, num_format="yyyy-mm-dd", align="center"),
        total=look(border=1, bold=True, num_format="#,##0", bg_color="#F2F2F2"),
    )


def _head(sheet: "Worksheet", title: str, subject: str, headings: Sequence[str], looks: _Looks) -> None:
    set_up_sheet(sheet, _HEADING_ROW)
    sheet.write_string(0, 0, title, looks.title)
    sheet.write_string(1, 0, subject, looks.subject)
    for at, heading in enumerate(headings):
        sheet.write_string(_HEADING_ROW, at, heading, looks.heading)


def _write_list(
    sheet: "Worksheet", title: str, directory: Directory, rows: Sequence[DirectoryRow], looks: _Looks
) -> None:
    """Texts are written as texts: whatever a firm's name begins with, it is no formula and no link."""
    for at, (_, width) in enumerate(_COLUMNS):
        sheet.set_column(at, at, width)
    _head(sheet, title, _subject(directory, len(rows)), [heading for heading, _ in _COLUMNS], looks)
    for number, row in enumerate(rows, start=1):
        at_row = _HEADING_ROW + number
        sheet.write_number(at_row, 0, number, looks.number)
        texts = (row.category, row.district, row.name, ", ".join(row.kinds), ", ".join(row.items),
                 ", ".join(row.certificates), row.phone, row.address, row.business_number)  # fmt: skip
        for at, text in enumerate(texts, start=1):
            sheet.write_string(at_row, at, text, looks.text)
        if row.as_of is None:
            sheet.write_blank(at_row, len(texts) + 1, None, looks.day)
        else:
            sheet.write_datetime(at_row, len(texts) + 1, datetime.combine(row.as_of, time()), looks.day)
        sheet.write_string(at_row, len(texts) + 2, "신규" if row.is_new else "", looks.text)
    last = _HEADING_ROW + max(len(rows), 1)
    sheet.autofilter(_HEADING_ROW, 0, last, len(_COLUMNS) - 1)
    sheet.print_area(0, 0, last, len(_COLUMNS) - 1)


def _write_counts(sheet: "Worksheet", directory: Directory, looks: _Looks) -> None:
    """Categories down, districts across: formulas over the list, with their values."""
    districts, counts = directory.districts, directory.counts()
    categories = list(dict.fromkeys(row.category for row in directory.rows))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, len(districts) + 1, 12)
    _head(sheet, f"{_title(directory)} · 업종별", _subject(directory, len(directory.rows)),
          ["업종", *districts, "합계"], looks)  # fmt: skip
    last = _HEADING_ROW + 1 + max(len(directory.rows), 1)
    for n, category in enumerate(categories, start=1):
        at_row, by = _HEADING_ROW + n, [counts[category, district] for district in districts]
        sheet.write_string(at_row, 0, category, looks.text)
        for at, value in enumerate(by, start=1):
            formula = f"=COUNTIFS({_range(_CATEGORY, last)},$A{at_row + 1},{_range(_DISTRICT, last)},{_cell(at)})"
            sheet.write_formula(at_row, at, formula, looks.number, value)
        row = f"B{at_row + 1}:{_letter(len(districts))}{at_row + 1}"
        sheet.write_formula(at_row, len(districts) + 1, f"=SUM({row})" if by else "=0", looks.total, sum(by))
    sheet.print_area(0, 0, _HEADING_ROW + max(len(categories), 1), len(districts) + 1)


def _range(column: int, last: int) -> str:
    letter = _letter(column)
    return f"'{LIST}'!${letter}${_HEADING_ROW + 2}:${letter}${last}"


def _cell(column: int) -> str:
    return f"{_letter(column)}${_HEADING_ROW + 1}"


def _letter(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))
