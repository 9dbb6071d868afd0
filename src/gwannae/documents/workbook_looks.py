"""How our workbooks look: one font, one set of formats, a page that prints."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gwannae.documents.purchase_columns import Looks

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

FONT = "맑은 고딕"
_A4 = 9


@dataclass(slots=True)
class WorkbookLooks:
    """A workbook's formats, by name."""

    book: "Workbook"
    made: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of_list(cls, book: "Workbook") -> "WorkbookLooks":
        """Those of a list with a title, a unit, headings and a sum."""
        looks = cls(book)
        looks.add("title", bold=True, font_size=16)
        looks.add("subject", font_color="#555555")
        looks.add("unit", align="right")
        looks.add("heading", bold=True, border=1, align="center", bg_color="#E2EFDA", text_wrap=True)
        looks.add(Looks.TEXT, border=1)
        looks.add(Looks.CENTRED, border=1, align="center")
        looks.add(Looks.NUMBER, border=1, num_format="#,##0")
        looks.add(Looks.DAY, border=1, num_format="yyyy-mm-dd", align="center")
        looks.add("sum", border=1, bold=True, num_format="#,##0", bg_color="#F2F2F2")
        looks.add("percent", border=1, num_format="0.0%", align="right")
        return looks

    def add(self, name: str, **more: Any) -> None:
        """Make a format; the order of making is the order in the file."""
        self.made[name] = self.book.add_format({"font_name": FONT, "font_size": 10, "valign": "vcenter", **more})

    def named(self, name: str) -> Any:
        """A format that was made."""
        return self.made[name]


def set_up_sheet(sheet: "Worksheet", heading_row: int) -> None:
    """Landscape A4, one page wide, the heading repeated on each page and always in sight."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heading_row)
    sheet.freeze_panes(heading_row + 1, 0)
    sheet.set_footer(f'&C&"{FONT},Regular"&9&P / &N')
