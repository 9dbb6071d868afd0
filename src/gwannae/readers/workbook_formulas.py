"""Formulas without a result: a program that writes a workbook and never calculates it leaves cells that read as blank,
although whoever opens the file in a spreadsheet sees their values.
"""

import posixpath
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from gwannae.readers.file_kind import Source

_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"

Cells = Mapping[int, frozenset[int]]


def uncalculated_cells(source: Source, parts: Collection[str]) -> dict[str, Cells]:
    """For each sheet's name the cells (row number: columns from 0) whose formula has no result, in these `parts` only.

    The workbook was found harmless before (see `workbook_parts`). An empty text that was calculated is a result.
    """
    if not parts:
        return {}
    with source.open() as stream, zipfile.ZipFile(stream) as archive:
        packed = set(archive.namelist())
        if not {_BOOK, _RELATIONS} <= packed:
            return {}
        names = _sheet_names(archive.read(_BOOK), archive.read(_RELATIONS))
        return {names[part]: _Formulas().read(archive.read(part)) for part in parts if part in names}


def _sheet_names(book: bytes, relations: bytes) -> dict[str, str]:
    """The name that a spreadsheet shows for each packed part."""
    targets, names = {}, {}
    for tag, given in _elements(relations):
        if tag == "Relationship" and "Id" in given:
            targets[given["Id"]] = posixpath.normpath(posixpath.join("/xl", given.get("Target", ""))).lstrip("/")
    for tag, given in _elements(book):
        known = next((value for key, value in given.items() if key.endswith(":id")), "")
        if tag == "sheet" and known in targets:
            names[targets[known]] = given.get("name", "")
    return names


def _elements(xml: bytes) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = lambda tag, given: found.append((tag.rpartition(":")[2], given))
    parser.Parse(xml, True)
    return found


@dataclass(slots=True)
class _Formulas:
    """Walks one sheet, cell by cell."""

    found: dict[int, set[int]] = field(default_factory=dict)
    at: str = ""
    inside: str = ""
    formula: bool = False
    result: bool = False

    def read(self, xml: bytes) -> Cells:
        parser = expat.ParserCreate("utf-8")
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(xml, True)
        return {row: frozenset(columns) for row, columns in self.found.items()}

    def _start(self, tag: str, given: dict[str, str]) -> None:
        self.inside = tag.rpartition(":")[2]
        if self.inside == "c":
            self.at, self.formula, self.result = given.get("r", ""), False, given.get("t") == "str"
        self.formula = self.formula or self.inside == "f"

    def _text(self, _: str) -> None:
        self.result = self.result or self.inside == "v"

    def _end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "c" and self.formula and not self.result and self.at:
            letters = self.at.rstrip("0123456789")
            self.found.setdefault(int(self.at[len(letters) :]), set()).add(column_of(letters) - 1)
        self.inside = ""


def column_of(letters: str) -> int:
    """The number (from 1) of a column that a spreadsheet calls so: "A" is 1, "AA" 27."""
    number = 0
    for letter in letters[:8]:
        number = number * 26 + ord(letter) - 64
    return number
