"""A paper as HWPX, the open form of 한글 documents: offices no longer take the older one.

The same paper gives the same bytes under the same version of the library: the ids that it draws by chance are numbered
anew (nothing refers to them), and the day in the file's properties is the paper's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from math import ceil
from typing import TYPE_CHECKING, Any

from gwannae.programme.papers import Facts, Grid, Line, Look, NewPage, Paper, Part, Ruled, text_of

if TYPE_CHECKING:
    from hwpx import HwpxDocument

_UNITS_A_POINT = 100  # HWPX measures in 1/7200 inch
_MM_A_POINT = 25.4 / 72
_PAGE_MM = {"left": 20.0, "right": 20.0, "top": 20.0, "bottom": 15.0}
_WIDTH = 48_188  # 170 mm between the margins of an A4 page
_CELL_SIDES, _CELL_ENDS = 1_020, 282
_SPACING = 160  # per cent of the letter's height from line to line
_TABLE_POINTS = 10
_NAMES_SHARE = (22, 78)
_SHADE = "#EDEDED"

_DRAWN = ("}p", "}tbl", "}header", "}footer")
_REFERRING = ("}headerApply", "}footerApply")

# letter's size in points, bold, alignment
_LOOKS: dict[Look, tuple[int, bool, str]] = {
    Look.SENDER: (20, True, "CENTER"),
    Look.TITLE: (18, True, "CENTER"),
    Look.GREAT: (40, True, "CENTER"),
    Look.HEADING: (13, True, "LEFT"),
    Look.SUBJECT: (12, True, "LEFT"),
    Look.PLAIN: (12, False, "LEFT"),
    Look.CENTRED: (16, False, "CENTER"),
    Look.SIGNER: (20, True, "CENTER"),
    Look.RIGHT: (10, False, "RIGHT"),
    Look.SMALL: (9, False, "LEFT"),
}


def paper_hwpx(paper: Paper) -> bytes:
    """The document. What XML cannot hold is left out of the texts."""
    from hwpx import HwpxDocument  # 400 ms and lxml, for the few times that somebody needs a paper

    document = HwpxDocument.new()
    document.page.setup(paper_size="A4", margins_mm=_PAGE_MM, header_margin_mm=0, footer_margin_mm=8)
    press = _Press(document)
    for part in paper.parts:
        press.put(part)
    if sum(isinstance(part, Grid) for part in paper.parts) > 1:
        document.page.set_page_number()
    _describe(document, paper)
    _number(document)
    return document.to_bytes()


def _number(document: "HwpxDocument") -> None:
    """Ids in the order of the document in the place of those drawn by chance, with what refers to them."""
    new: dict[str, str] = {}
    every = [element for section in document.sections for element in section.element.iter()]
    for element in every:
        if element.tag.endswith(_DRAWN):
            number = str(len(new) + 1)
            new.setdefault(element.get("id", ""), number)
            element.set("id", number)
    for element in every:
        if element.tag.endswith(_REFERRING) and element.get("idRef") in new:
            element.set("idRef", new[element.get("idRef", "")])


def _describe(document: "HwpxDocument", paper: Paper) -> None:
    """Properties and preview of the file; those of the library's own empty document would be wrong."""
    day = f"{datetime.combine(paper.made_on, time()).isoformat()}Z"
    document.parts.clear_document_metadata()
    document.parts.set_document_metadata(
        title=_plain(paper.title), creator=_plain(paper.author), created_date=day, modified_date=day
    )
    document.parts.clear_preview()
    preview = "\r\n".join(_plain(line) for line in text_of(paper.parts).split("\n"))[:1000]
    document.package.set_part("Preview/PrvText.txt", preview.encode("utf-16-le"))


@dataclass(slots=True)
class _Press:
    """A document under way, with the shapes of letters and paragraphs that it already knows."""

    document: "HwpxDocument"
    shapes: dict[tuple[object, ...], str] = field(default_factory=dict)
    begun: bool = False
    new_page: bool = False

    def put(self, part: Part) -> None:
        """Append a part."""
        if isinstance(part, Line):
            self._line(part)
        elif isinstance(part, Facts):
            widths = _shared_out(_NAMES_SHARE)
            self._table(part.rows, widths, names=True, numbers=(False, False))
        elif isinstance(part, Grid):
            if part.unit:
                self._line(Line(part.unit, Look.RIGHT))
            rows = (tuple(column.heading for column in part.columns), *part.rows)
            widths = _shared_out([column.share for column in part.columns])
            self._table(rows, widths, names=False, numbers=[column.number for column in part.columns])
        elif isinstance(part, Ruled):
            self._paragraph("", Look.SMALL, ruled=True)
        elif isinstance(part, NewPage):
            self.new_page = True

    def _line(self, line: Line) -> None:
        text, size = _plain(line.text), _LOOKS[line.look][0]
        hang = _width(text[: line.hang], size) / _UNITS_A_POINT * _MM_A_POINT if line.hang else 0.0
        self._paragraph(text, line.look, hang_mm=round(hang, 1))

    def _paragraph(self, text: str, look: Look, *, hang_mm: float = 0.0, ruled: bool = False) -> Any:
        if self.begun:
            paragraph = self.document.add_paragraph("", inherit_style=False)
        else:
            paragraph, self.begun = self.document.paragraphs[0], True
        size, bold, alignment = _LOOKS[look]
        form = {"alignment": alignment, "first_line_indent_mm": -hang_mm, "line_spacing_percent": _SPACING}
        if ruled:
            form |= {"bottom_border": True, "border_color": "#000000", "spacing_after_pt": 6}
        if look in (Look.HEADING, Look.RIGHT):
            form["keep_with_next"] = True
        if self.new_page:
            form["page_break_before"], self.new_page = True, False
        self._shape(paragraph, form)
        paragraph.text = text
        paragraph.char_pr_id_ref = self._letters(size, bold)
        return paragraph

    def _shape(self, paragraph: Any, form: dict[str, Any]) -> None:
        """Give a paragraph its form; one that was made before is only referred to."""
        key = tuple(sorted(form.items()))
        if key in self.shapes:
            paragraph.para_pr_id_ref = self.shapes[key]
            return
        self.document.styles.apply_paragraph_format(paragraphs=[paragraph], **form)
        self.shapes[key] = str(paragraph.para_pr_id_ref)

    def _letters(self, size: int, bold: bool) -> str:
        key = ("letters", size, bold)
        if key not in self.shapes:
            self.shapes[key] = self.document.styles.ensure_run(bold=bold, size=size)
        return self.shapes[key]

    def _table(
        self, rows: Sequence[Sequence[str]], widths: Sequence[int], *, names: bool, numbers: Sequence[bool]
    ) -> None:
        """A table whose rows are as high as their texts need; heads shaded: the first row, or the column of names."""
        texts = [[_plain(cell) for cell in row] for row in rows]
        heights = [_height(row, widths) for row in texts]
        table = self.document.add_table(len(rows), len(widths), width=sum(widths), height=sum(heights))
        if not names:
            table.element.set("repeatHeader", "1")
        for at, row in enumerate(table.rows):
            for column, cell in enumerate(row.cells):
                heading = column == 0 if names else at == 0
                cell.set_size(widths[column], heights[at])
                cell.element.set("header", "1" if at == 0 and not names else "0")
                paragraph = cell.paragraphs[0]
                right = numbers[column] and not heading
                alignment = "RIGHT" if right else "CENTER" if heading else "LEFT"
                self._shape(paragraph, {"alignment": alignment, "line_spacing_percent": _SPACING})
                paragraph.text = texts[at][column]
                paragraph.char_pr_id_ref = self._letters(_TABLE_POINTS, heading)
                if heading:
                    cell.element.set("borderFillIDRef", self._shade(table))
        if sum(heights) > _WIDTH:  # higher than most of a page: it flows from page to page, between rows
            table.set_treat_as_char(False)

    def _shade(self, table: Any) -> str:
        key = ("shade",)
        if key not in self.shapes:
            self.shapes[key] = self.document.oxml.ensure_shading_border_fill(
                _SHADE, base_border_fill_id=table.element.get("borderFillIDRef")
            )
        return self.shapes[key]


def _shared_out(shares: Sequence[int]) -> list[int]:
    widths = [_WIDTH * share // sum(shares) for share in shares]
    widths[-1] += _WIDTH - sum(widths)
    return widths


def _height(cells: Sequence[str], widths: Sequence[int]) -> int:
    lines = max(
        max(1, ceil(_width(cell, _TABLE_POINTS) / (width - _CELL_SIDES)))
        for cell, width in zip(cells, widths, strict=True)
    )
    return lines * _TABLE_POINTS * _UNITS_A_POINT * _SPACING // 100 + _CELL_ENDS


def _width(text: str, points: int) -> int:
    """How wide a text is: a sign of Hangul is as wide as high, one of ASCII a little more than half of that."""
    return sum(points * (100 if ord(sign) > 0x7F else 55) for sign in text) * _UNITS_A_POINT // 100


def _plain(text: str) -> str:
    """Control characters and half characters have no place in XML; white space stays, for it sets numbering in."""
    return "".join(char for char in text if char.isprintable() or char == " ").encode(errors="ignore").decode()
