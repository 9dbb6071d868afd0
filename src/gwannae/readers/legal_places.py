"""Reads the official table of legal places (법정동코드 전체자료), and a list of road names."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path

from gwannae.programme.typed_text import plain
from gwannae.readers.faults import DEFAULT, FaultCode, FileFault, Limits
from gwannae.readers.headers import find_header
from gwannae.readers.rows import Row
from gwannae.readers.tables import read_tables


class PlaceColumn(StrEnum):
    """Columns of the official table."""

    NAME = "name"
    STATE = "state"


class RoadColumn(StrEnum):
    """The column of a list of roads."""

    NAME = "name"


_PLACES = {PlaceColumn.NAME: ("법정동명",), PlaceColumn.STATE: ("폐지여부", "폐지구분")}
_ROADS = {RoadColumn.NAME: ("도로명", "도로이름")}
_ABOLISHED = "폐지"


def read_legal_places(where: Path | bytes, *, limits: Limits = DEFAULT) -> tuple[str, ...]:
    """Return the full names of all places that exist, in the table's order: CP949 or UTF-8, tabs or commas.

    Raises:
        FileFault: see `FaultCode`; NO_HEADER where 법정동명 or 폐지여부 is missing, NO_ROWS where nothing exists.
    """
    rows = read_tables(where, limits=limits)[0].rows
    header = find_header(rows, _PLACES, required=tuple(PlaceColumn))
    name, state = header.positions[PlaceColumn.NAME], header.positions[PlaceColumn.STATE]
    found = tuple(
        text
        for row in rows
        if row.number > header.row_number and _ABOLISHED not in _cell(row, state) and (text := _cell(row, name))
    )
    if not found:
        raise FileFault(FaultCode.NO_ROWS, header_row=header.row_number)
    return found


def read_road_names(where: Path | bytes, *, limits: Limits = DEFAULT) -> tuple[str, ...]:
    """Return road names, each once: of the column 도로명, or of the first column where there is no such header.

    A side street (…로12번길) is named after its road and adds nothing; what is no road name is left out.

    Raises: FileFault: see `FaultCode`; NO_ROWS where no road is named.
    """
    rows = read_tables(where, limits=limits)[0].rows
    try:
        header = find_header(rows, _ROADS, required=tuple(RoadColumn), at_least=1)
        at, first = header.positions[RoadColumn.NAME], header.row_number + 1
    except FileFault as fault:
        if fault.code is not FaultCode.NO_HEADER:
            raise
        at, first = 0, 1
    found = tuple(dict.fromkeys(_roads(rows, at, first)))
    if not found:
        raise FileFault(FaultCode.NO_ROWS, header_row=first - 1)
    return found


def _roads(rows: Iterable[Row], at: int, first: int) -> Iterator[str]:
    for row in rows:
        name = "".join(_cell(row, at).split())
        if row.number >= first and name.endswith(("로", "길")) and all("가" <= sign <= "힣" for sign in name):
            yield name


def _cell(row: Row, at: int) -> str:
    return plain(row.cells[at]) if at < len(row.cells) else ""
