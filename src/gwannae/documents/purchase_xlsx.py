"""실적 as the office's own workbook: the list with real numbers and dates, and its figures as formulas over it.

Rows go to a temporary file as they come, so that a city's year needs little memory. The same purchases and the same
moment give the same bytes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING, Any, BinaryIO

from gwannae.documents.print_setup import FONT, set_up
from gwannae.documents.purchase_columns import AMOUNT, KIND, LIST_COLUMNS, STATE, VERDICT, Looks
from gwannae.programme.dates import write_day
from gwannae.programme.purchase_export import ExportHead, ExportRow
from gwannae.programme.purchases import Purchase, PurchaseKind, PurchaseState
from gwannae.programme.ratio import Ratio
from gwannae.programme.standings import Figures, Total
from gwannae.programme.verdict import Verdict

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

LIST, FIGURES = "구매 실적", "집계"
_HEADING_ROW = 2  # from 0: the title and what it is of stand above
_LAST = len(LIST_COLUMNS) - 1


@dataclass(slots=True)
class _Sums:
    """What counts, added up while the rows go by."""

    by_kind: dict[PurchaseKind, Figures] = field(default_factory=lambda: dict.fromkeys(PurchaseKind, Figures()))
    whole: Figures = field(default_factory=Figures)

    def add(self, purchase: Purchase) -> None:
        draft = purchase.draft
        one = Total(draft.organisation_id, draft.kind, purchase.judgement.verdict, 1, draft.amount)
        self.by_kind[draft.kind] = self.by_kind[draft.kind].plus(one)
        self.whole = self.whole.plus(one)


@dataclass(slots=True)
class _Looks:
    """The workbook's formats."""

    book: "Workbook"
    made: dict[str, Any] = field(default_factory=dict)

    def of(self, name: str, **more: Any) -> Any:
        if name not in self.made:
            self.made[name] = self.book.add_format({"font_name": FONT, "font_size": 10, "valign": "vcenter", **more})
        return self.made[name]


def write_xlsx(out: BinaryIO, head: ExportHead, rows: Iterable[ExportRow]) -> int:
    """Write the workbook into `out`; returns how many purchases stand in it. Amounts are won, VAT included."""
    from xlsxwriter import Workbook  # 60 ms, and nobody waits for them who wants no workbook

    font = {"font_name": FONT, "font_size": 10}
    book = Workbook(out, {"constant_memory": True, "default_format_properties": font})
    book.set_properties({
        "title": _title(head),
        "subject": head.city_name,
        "created": head.made_at.astimezone(UTC).replace(tzinfo=None),
    })  # fmt: skip
    looks = _looks(book)
    sheet, figures = book.add_worksheet(LIST), book.add_worksheet(FIGURES)
    _write_heading(sheet, head, looks)
    count, sums = _write_rows(sheet, rows, looks)
    last = _HEADING_ROW + max(count, 1)  # a blank row where there are none, for the formulas to look at
    _write_sum(sheet, last, sums, looks)
    _write_figures(figures, head, last, sums, looks)
    book.close()
    return count


def _title(head: ExportHead) -> str:
    return f"{head.year}년 지역상품 구매 실적"


def _subject(head: ExportHead) -> str:
    whose = head.organisation.name if head.organisation else "전체 부서·기관"
    return f"{head.city_name} · {whose} · {write_day(head.made_at.date())} 기준 · 취소된 보고는 합계에서 뺌"


def _looks(book: "Workbook") -> _Looks:
    looks = _Looks(book)
    looks.of("title", bold=True, font_size=16)
    looks.of("subject", font_color="#555555")
    looks.of("unit", align="right")
    looks.of("heading", bold=True, border=1, align="center", bg_color="#E2EFDA", text_wrap=True)
    looks.of(Looks.TEXT, border=1)
    looks.of(Looks.CENTRED, border=1, align="center")
    looks.of(Looks.NUMBER, border=1, num_format="#,##0")
    looks.of(Looks.DAY, border=1, num_format="yyyy-mm-dd", align="center")
    looks.of("sum", border=1, bold=True, num_format="#,##0", bg_color="#F2F2F2")
    looks.of("percent", border=1, num_format="0.0%", align="right")
    return looks


def _write_heading(sheet: "Worksheet", head: ExportHead, looks: _Looks) -> None:
    set_up(sheet, _HEADING_ROW)
    for at, column in enumerate(LIST_COLUMNS):
        sheet.set_column(at, at, column.width)
    sheet.write_string(0, 0, _title(head), looks.of("title"))
    sheet.write_string(1, 0, _subject(head), looks.of("subject"))
    sheet.write_string(1, _LAST, "(단위: 원, 부가가치세 포함)", looks.of("unit"))
    for at, column in enumerate(LIST_COLUMNS):
        sheet.write_string(_HEADING_ROW, at, column.heading, looks.of("heading"))


def _write_rows(sheet: "Worksheet", rows: Iterable[ExportRow], looks: _Looks) -> tuple[int, _Sums]:
    """Texts are written as texts: whatever a title begins with, it is no formula and no link."""
    sums = _Sums()
    count = 0
    formats = [looks.of(column.looks) for column in LIST_COLUMNS]
    for count, row in enumerate(rows, start=1):
        at_row = _HEADING_ROW + count
        for at, column in enumerate(LIST_COLUMNS):
            cell = column.cell(count, row)
            if isinstance(cell, str):
                sheet.write_string(at_row, at, cell, formats[at])
            elif isinstance(cell, int):
                sheet.write_number(at_row, at, cell, formats[at])
            else:
                sheet.write_datetime(at_row, at, cell, formats[at])
        if row.purchase.state is PurchaseState.REPORTED:
            sums.add(row.purchase)
    return count, sums


def _write_sum(sheet: "Worksheet", last: int, sums: _Sums, looks: _Looks) -> None:
    """The last row, below the filter, with what counts; then the filter and the area to be printed."""
    at_sum = last + 1
    for at in range(len(LIST_COLUMNS)):
        sheet.write_blank(at_sum, at, None, looks.of("sum"))
    sheet.write_string(at_sum, 0, "합계", looks.of("sum"))
    whole = sums.whole.by_amount.whole + sums.whole.unconfirmed_amount
    counted = f'=SUMIFS({_range(AMOUNT, last)},{_range(STATE, last)},"{PurchaseState.REPORTED.label}")'
    sheet.write_formula(at_sum, LIST_COLUMNS.index(AMOUNT), counted, looks.of("sum"), whole)
    sheet.autofilter(_HEADING_ROW, 0, last, _LAST)
    sheet.print_area(0, 0, at_sum, _LAST)


def _write_figures(sheet: "Worksheet", head: ExportHead, last: int, sums: _Sums, looks: _Looks) -> None:
    """Both ratios by kind, each with what it is made of: formulas over the list, with their values."""
    headings = ("구분", "관내(건)", "관외(건)", "미확인(건)", "건수 비율",
                "관내(원)", "관외(원)", "미확인(원)", "금액 비율")  # fmt: skip
    set_up(sheet, _HEADING_ROW)
    sheet.set_column(0, len(headings) - 1, 14)
    sheet.write_string(0, 0, f"{_title(head)} 집계", looks.of("title"))
    note = "비율 = 관내 / (관내 + 관외). 미확인은 어느 쪽에도 넣지 않음"
    sheet.write_string(1, 0, f"{_subject(head)} · {note}", looks.of("subject"))
    for at, heading in enumerate(headings):
        sheet.write_string(_HEADING_ROW, at, heading, looks.of("heading"))
    first = _HEADING_ROW + 1
    for n, kind in enumerate(PurchaseKind):
        sheet.write_string(first + n, 0, kind.label, looks.of(Looks.CENTRED))
        _write_line(sheet, first + n, sums.by_kind[kind], looks, [_counted(v, kind, last) for v in Verdict],
                    [_added(v, kind, last) for v in Verdict])  # fmt: skip
    at_sum = first + len(PurchaseKind)
    sheet.write_string(at_sum, 0, "합계", looks.of("sum"))
    columns = [f"=SUM({letter}{first + 1}:{letter}{at_sum})" for letter in "BCDFGH"]
    _write_line(sheet, at_sum, sums.whole, looks, columns[:3], columns[3:])
    sheet.print_area(0, 0, at_sum, len(headings) - 1)


def _write_line(
    sheet: "Worksheet", row: int, figures: Figures, looks: _Looks, counts: list[str], amounts: list[str]
) -> None:
    number = looks.of(Looks.NUMBER)
    numbers = (figures.local_count, figures.outside_count, figures.unconfirmed_count)
    won = (figures.local_amount, figures.outside_amount, figures.unconfirmed_amount)
    for at, (formula, value) in enumerate(zip(counts, numbers, strict=True), start=1):
        sheet.write_formula(row, at, formula, number, value)
    sheet.write_formula(row, 4, _ratio("B", "C", row), looks.of("percent"), _share(figures.by_count))
    for at, (formula, value) in enumerate(zip(amounts, won, strict=True), start=5):
        sheet.write_formula(row, at, formula, number, value)
    sheet.write_formula(row, 8, _ratio("F", "G", row), looks.of("percent"), _share(figures.by_amount))


def _ratio(local: str, outside: str, row: int) -> str:
    part, other = f"{local}{row + 1}", f"{outside}{row + 1}"
    return f'=IF({part}+{other}=0,"–",ROUND({part}/({part}+{other}),3))'


def _share(ratio: Ratio) -> float | str:
    return "–" if ratio.percent_tenths is None else ratio.percent_tenths / 1000


def _counted(verdict: Verdict, kind: PurchaseKind, last: int) -> str:
    return f"=COUNTIFS({_conditions(verdict, kind, last)})"


def _added(verdict: Verdict, kind: PurchaseKind, last: int) -> str:
    return f"=SUMIFS('{LIST}'!{_range(AMOUNT, last)},{_conditions(verdict, kind, last)})"


def _conditions(verdict: Verdict, kind: PurchaseKind, last: int) -> str:
    pairs = ((KIND, kind.label), (VERDICT, verdict.label), (STATE, PurchaseState.REPORTED.label))
    return ",".join(f"'{LIST}'!{_range(column, last)},\"{label}\"" for column, label in pairs)


def _range(column: Any, last: int) -> str:
    """The column's cells from the first row below the heading; one row at least, for a formula needs a range."""
    letter = chr(ord("A") + LIST_COLUMNS.index(column))
    return f"${letter}${_HEADING_ROW + 2}:${letter}${max(last, _HEADING_ROW + 1) + 1}"
