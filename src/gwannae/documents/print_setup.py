"""How every workbook looks that an office prints: its font, and lists on A4 across with their heading on each page."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FONT = "맑은 고딕"
_A4 = 9


def set_up(sheet: "Worksheet", heading_row: int) -> None:
    """Lay a list out for the printer; `heading_row`, from 0, also stays in sight on the screen."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heading_row)
    sheet.freeze_panes(heading_row + 1, 0)
    sheet.set_footer(f'&C&"{FONT},Regular"&9&P / &N')
