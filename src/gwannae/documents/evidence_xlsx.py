"""가점 근거: the workbook behind every bonus point: points, figures with n and N, what they rest on, and every row.

The same result and rows give the same bytes. Rows go to a temporary file as they come.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import TYPE_CHECKING, Any, BinaryIO

from gwannae.documents.evidence_sheet import ranked_by
from gwannae.documents.purchase_columns import LIST_COLUMNS, Looks
from gwannae.documents.workbook_looks import FONT, WorkbookLooks, set_up_sheet
from gwannae.programme.bonus_points import BonusSheet, write_points
from gwannae.programme.city import City
from gwannae.programme.dates import write_day
from gwannae.programme.purchase_export import ExportRow
from gwannae.programme.ratio import Ratio
from gwannae.programme.results import Moved, Result, ResultLine, StoredResult

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

POINTS, BASIS, ROWS = "가점", "산정 근거", "구매 내역"
_HEADING_ROW = 2
_COLUMNS = (
    ("순위", 7), ("부서·기관", 20), ("가점", 8),
    ("관내(건)", 10), ("판정(건)", 10), ("건수 비율", 10),
    ("관내(원)", 16), ("판정(원)", 16), ("금액 비율", 10),
    ("실질에서 뺀 관외(건)", 12), ("실질에서 뺀 관외(원)", 16), ("실질 금액 비율", 10),
    ("미확인(건)", 10), ("구매 내역 지문(SHA-256)", 66),
)  # fmt: skip


def write_evidence(
    out: BinaryIO,
    city: City,
    stored: StoredResult,
    sheet: BonusSheet,
    rows: Iterable[ExportRow],
    since: Sequence[Moved],
) -> None:
    """Write the workbook into `out`. Amounts are won, VAT included; `rows` are those of the result's months as
    they are now, `since` the organisations whose rows are others than those that the result was made from.
    """
    from xlsxwriter import Workbook  # 60 ms, once a year

    font = {"font_name": FONT, "font_size": 10}
    book = Workbook(out, {"constant_memory": True, "default_format_properties": font})
    title = f"{stored.result.year}년 지역상품 우선구매 가점 근거"
    book.set_properties(
        {"title": title, "subject": city.name, "created": stored.made_at.astimezone(UTC).replace(tzinfo=None)}
    )
    looks = WorkbookLooks.of_list(book)
    _write_points(book.add_worksheet(POINTS), title, stored, sheet, looks)
    _write_basis(book.add_worksheet(BASIS), city, stored, sheet, since, looks)
    _write_rows(book.add_worksheet(ROWS), title, rows, looks)
    book.close()


def _write_points(page: "Worksheet", title: str, stored: StoredResult, sheet: BonusSheet, looks: WorkbookLooks) -> None:
    set_up_sheet(page, _HEADING_ROW)
    points = {bonus.line.code: write_points(bonus.hundredths) for bonus in sheet.bonuses}
    page.write_string(0, 0, title, looks.named("title"))
    span = f"{write_day(stored.result.first)} ~ {write_day(stored.result.last)} 계약분"
    page.write_string(1, 0, f"{span} · {stored.stage.label} 결산 {stored.number}차", looks.named("subject"))
    columns = _columns(stored.result)
    page.write_string(1, len(columns) - 1, "(단위: 건, 원)", looks.named("unit"))
    for at, (heading, width) in enumerate(columns):
        page.set_column(at, at, width)
        page.write_string(_HEADING_ROW, at, heading, looks.named("heading"))
    for row, line in enumerate(stored.result.lines, start=_HEADING_ROW + 1):
        _write_line(page, row, _cells(line, points.get(line.code, "–")), looks)
    page.print_area(0, 0, _HEADING_ROW + max(len(stored.result.lines), 1), len(columns) - 1)


def _cells(line: ResultLine, points: str) -> Sequence[str | int | Ratio]:
    total = line.total
    return (
        "–" if line.rank is None else line.rank, line.name, points,
        total.by_count.part, total.by_count.whole, total.by_count,
        total.by_amount.part, total.by_amount.whole, total.by_amount,
        line.left_out.number, line.left_out.won, line.effective_amount,
        total.unconfirmed_count, line.rows_fingerprint, *_score(line),
    )  # fmt: skip


def _score(line: ResultLine) -> Sequence[str]:
    if line.score is None:
        return ()
    points = (line.score.hundredths, *(part.hundredths for part in line.score.parts))
    return (line.group or "–", *map(write_points, points))


def _write_line(page: "Worksheet", row: int, cells: Sequence[str | int | Ratio], looks: WorkbookLooks) -> None:
    for at, cell in enumerate(cells):
        if isinstance(cell, str):
            page.write_string(row, at, cell, looks.named(Looks.TEXT if at in (1, 13) else Looks.CENTRED))
        elif isinstance(cell, Ratio):
            page.write_string(row, at, cell.text, looks.named(Looks.CENTRED))
        else:
            page.write_number(row, at, cell, looks.named(Looks.NUMBER))


def _write_basis(
    page: "Worksheet",
    city: City,
    stored: StoredResult,
    sheet: BonusSheet,
    since: Sequence[Moved],
    looks: WorkbookLooks,
) -> None:
    set_up_sheet(page, 0)
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 90)
    steps = ", ".join(
        f"{_bound(bound, by_score=sheet.table.by_score)} {write_points(points)}점"
        for bound, points in sheet.table.steps
    )
    told = (
        ("조례", f"{city.ordinance.name} ({city.ordinance.number})"),
        ("집계 기간", f"{write_day(stored.result.first)} ~ {write_day(stored.result.last)} (계약일 기준)"),
        ("순위 기준", ranked_by(stored.result)),
        *_formula(stored.result),
        ("적용한 판정 규칙", ", ".join(stored.result.rules) or "–"),
        ("가점 표", steps),
        ("가점 표의 출처", sheet.table.source),
        ("실무협의회 결정일", write_day(sheet.decided_on) if sheet.decided_on else "–"),
        ("결산", f"{stored.stage.label} {stored.number}차, {write_day(stored.made_at.date())}"),
        ("결산 지문(SHA-256)", stored.fingerprint),
        ("결산 뒤 보고가 바뀐 곳", ", ".join(one.name for one in since) or "없음(구매 내역이 결산 때와 같음)"),
        ("비율", "관내 / (관내 + 관외). 미확인은 어느 쪽에도 넣지 않음. 소수 둘째 자리에서 반올림"),
    )
    page.write_string(0, 0, "산정 근거", looks.named("heading"))
    page.write_string(0, 1, "내용", looks.named("heading"))
    for row, (name, value) in enumerate(told, start=1):
        page.write_string(row, 0, name, looks.named(Looks.TEXT))
        page.write_string(row, 1, value, looks.named(Looks.TEXT))
    page.print_area(0, 0, len(told), 1)


def _bound(bound: int, by_score: bool) -> str:
    return f"{write_points(bound)}점 이상" if by_score else f"{bound}위까지"


def _formula(result: Result) -> Sequence[tuple[str, str]]:
    """The formula, where the year has one; each organisation's points by it stand in the sheet of points."""
    if result.formula is None:
        return ()
    parts = ", ".join(f"{rule.part.label} {rule.points}점" for rule in result.formula.parts)
    return (
        ("점수 산식", f"{parts} (항목마다 소수 셋째 자리에서 반올림해 더함)"),
        ("점수 산식의 출처", result.formula.source),
    )


def _columns(result: Result) -> Sequence[tuple[str, int]]:
    """With a formula, group, score and every part of it stand behind the rest."""
    if result.formula is None:
        return _COLUMNS
    parts = tuple((f"{rule.part.label}({rule.points}점)", 14) for rule in result.formula.parts)
    return (*_COLUMNS, ("그룹", 14), ("점수", 10), *parts)


def _write_rows(page: "Worksheet", title: str, rows: Iterable[ExportRow], looks: WorkbookLooks) -> None:
    set_up_sheet(page, _HEADING_ROW)
    for at, column in enumerate(LIST_COLUMNS):
        page.set_column(at, at, column.width)
    page.write_string(0, 0, f"{title}: 구매 내역", looks.named("title"))
    page.write_string(1, 0, "취소된 보고도 함께 적고 집계에서는 뺌", looks.named("subject"))
    for at, column in enumerate(LIST_COLUMNS):
        page.write_string(_HEADING_ROW, at, column.heading, looks.named("heading"))
    formats: list[Any] = [looks.named(column.looks) for column in LIST_COLUMNS]
    number = 0
    for number, row in enumerate(rows, start=1):
        for at, column in enumerate(LIST_COLUMNS):
            cell = column.cell(number, row)
            if isinstance(cell, str):
                page.write_string(_HEADING_ROW + number, at, cell, formats[at])
            elif isinstance(cell, int):
                page.write_number(_HEADING_ROW + number, at, cell, formats[at])
            else:
                page.write_datetime(_HEADING_ROW + number, at, cell, formats[at])
    last = _HEADING_ROW + max(number, 1)
    page.autofilter(_HEADING_ROW, 0, last, len(LIST_COLUMNS) - 1)
    page.print_area(0, 0, last, len(LIST_COLUMNS) - 1)
