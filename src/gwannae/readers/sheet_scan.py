"""A sheet looked through at the speed of a regular expression, as far as it is written as programs write them.

Excel, LibreOffice and the libraries write rows and cells in one narrow form. Where all of a sheet has it, the extent of
its cells can be told without an event for each element, which takes a third of the time of reading the file. What has
any other form is told so, and walked element by element.
"""

import re
from collections.abc import Callable, Iterator

_LONGEST = 1 << 20  # bytes of one row, or before the first
_OPEN, _CLOSE, _ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
_ATTRIBUTES = rb'(?: [A-Za-z0-9:]++="[^"<&]*+")*+'
_TEXT = rb"[^<]*+"
_CELL = (
    rb'<c r="[A-Z]{1,3}[0-9]{1,7}"' + _ATTRIBUTES + rb" ?(?:/>|>"
    rb"(?:<f" + _ATTRIBUTES + rb"(?:/>|>" + _TEXT + rb"</f>))?+"
    rb"(?:<v(?:/>|>" + _TEXT + rb"</v>)|<is><t" + _ATTRIBUTES + rb"(?:/>|>" + _TEXT + rb"</t>)</is>)?+"
    rb"</c>)"
)
_ROWS = re.compile(rb"(?:\s*+<row" + _ATTRIBUTES + rb" ?(?:/>|>(?:" + _CELL + rb")*+</row>))*+\s*+")
_LETTERS = re.compile(rb'<c r="([A-Z]+)')
_BARE_FORMULA = re.compile(
    rb'<c (?![^>]* t="str")[^>]*+><f[^>]*+>(?:[^<]*+</f>)?(?:<v/>|<v></v>)?</c>'  # an empty text is a result
)
_NUMBERS = re.compile(rb'<c r="[A-Z]+([0-9]+)')


class SheetScan:
    """The extent of a sheet: `last_row`, and the `letters` of the columns that have cells (blank ones as well); and
    whether a formula has no result."""

    def __init__(self) -> None:
        self.last_row = 0
        self.letters: set[str] = set()
        self.has_bare_formulas = False

    def read(self, pieces: Iterator[bytes], around: Callable[[bytes], None]) -> bool:
        """Go through a sheet; `around` is handed what stands before and behind its rows.

        False as soon as something is written otherwise: then nothing of what was found holds.
        """
        held, stage = b"", 0
        for piece in pieces:
            held += piece
            if stage == 0 and (at := held.find(_OPEN)) >= 0:
                around(held[: at + len(_OPEN)])
                held, stage = held[at + len(_OPEN) :], 1
            if stage == 1:
                end = held.find(_CLOSE)
                cut = end if end >= 0 else held.rfind(_ROW_END) + len(_ROW_END)
                if (end >= 0 or cut >= len(_ROW_END)) and not self._rows(held[:cut]):
                    return False
                held = held[cut:] if end >= 0 or cut >= len(_ROW_END) else held
                stage = 2 if end >= 0 else 1
            if stage == 2:
                around(held)
                held = b""
            if len(held) > _LONGEST:
                return False
        return stage == 2

    def _rows(self, rows: bytes) -> bool:
        if _ROWS.fullmatch(rows) is None:
            return False
        self.letters.update(text.decode() for text in set(_LETTERS.findall(rows)))
        numbers = set(_NUMBERS.findall(rows))
        self.last_row = max(self.last_row, max(map(int, numbers), default=0))
        if not self.has_bare_formulas and b"><f" in rows:
            self.has_bare_formulas = _BARE_FORMULA.search(rows) is not None
        return True
