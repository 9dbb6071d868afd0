"""Lists of organisations (부서·기관): each row as the sheet has it, or refused with its reason."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from gwannae.readers.faults import DEFAULT, FaultCode, FileFault, Limits
from gwannae.readers.headers import Header, find_header
from gwannae.readers.rows import Sheet
from gwannae.readers.tables import read_tables
from gwannae.readers.vendor_cells import clean

LONGEST_NAME, LONGEST_CODE = 100, 40


class OrganisationColumn(StrEnum):
    """What a column of such a list holds."""

    CODE = "code"
    NAME = "name"
    KIND = "kind"
    PARENT = "parent"
    CHANNEL = "channel"


ORGANISATION_COLUMNS: dict[OrganisationColumn, tuple[str, ...]] = {
    OrganisationColumn.NAME: ("부서명", "명칭", "기관명", "조직명", "부서기관명", "부서", "기관", "이름"),
    OrganisationColumn.CODE: ("부서코드", "코드", "기관코드", "조직코드", "부서번호"),
    OrganisationColumn.KIND: ("구분", "종류", "기관구분", "부서구분", "유형"),
    OrganisationColumn.PARENT: ("상위부서", "상위", "상위코드", "상위기관", "상위조직", "상위부서코드", "소속", "국"),
    OrganisationColumn.CHANNEL: ("채널", "슬랙채널", "채널ID", "채널아이디", "SlackChannel"),
}
_IGNORED = ("연번", "번호", "순번", "비고", "기준시점", "상태", "출처", "기준일", "전화번호", "담당자")


class OrganisationRefusal(StrEnum):
    """Why one row was not taken."""

    NAME_MISSING = "name_missing"
    TOO_LONG = "too_long"
    CODE_DUPLICATE = "code_duplicate"
    NAME_DUPLICATE = "name_duplicate"  # without a code, and the name was there before
    PARENT_UNKNOWN = "parent_unknown"
    PARENT_SELF = "parent_self"


class OrganisationRow(NamedTuple):
    """One organisation. `code` None where the sheet has none; `kind` is the sheet's own word, maybe empty.

    `parent` is what the sheet says: another row's code, or its name.
    """

    number: int
    code: str | None
    name: str
    kind: str
    parent: str | None
    channel: str | None


class RefusedOrganisation(NamedTuple):
    """One row that was not taken: its number, why, and the cell that was the reason."""

    number: int
    code: OrganisationRefusal
    value: str


@dataclass(frozen=True, slots=True)
class OrganisationFile:
    """What a list of organisations says, in its order."""

    rows: tuple[OrganisationRow, ...]
    refused: tuple[RefusedOrganisation, ...]
    skipped: int
    unknown_columns: tuple[str, ...]


def read_organisations(
    where: Path | bytes, *, known: frozenset[str] = frozenset(), limits: Limits = DEFAULT
) -> OrganisationFile:
    """Read the first visible sheet that has a header with a name column.

    A parent must be the code or name of a row of this file, or one of `known` (codes and names stored already).

    Raises:
        FileFault: see `FaultCode`; NO_ROWS when nothing stands below the header.
    """
    sheet, header = _first_table(read_tables(where, limits=limits, fill_merged=True))
    rows: list[OrganisationRow] = []
    refused: list[RefusedOrganisation] = []
    taken: set[str] = set()
    skipped = 0
    for row in sheet.rows:
        if row.number <= header.row_number:
            continue
        cells = {field: clean(row.cells[at]) for field, at in header.positions.items() if at < len(row.cells)}
        if not any(cells.values()) or header.is_repeated(row.cells):
            skipped += 1
            continue
        found = _read_row(row.number, cells, taken)
        if isinstance(found, OrganisationRow):
            rows.append(found)
        else:
            refused.append(found)
    if not rows and not refused:
        raise FileFault(FaultCode.NO_ROWS, header_row=header.row_number)
    kept, orphans = _check_parents(rows, known)
    return OrganisationFile(
        kept, tuple(sorted([*refused, *orphans], key=lambda one: one.number)), skipped, header.unknown
    )


def _first_table(sheets: list[Sheet]) -> tuple[Sheet, Header[OrganisationColumn]]:
    faults = []
    for sheet in sheets:
        if sheet.hidden:
            continue
        try:
            required = (OrganisationColumn.NAME,)
            return sheet, find_header(sheet.rows, ORGANISATION_COLUMNS, required=required, ignored=_IGNORED)
        except FileFault as fault:
            faults.append(fault)
    raise next((f for f in faults if f.code is not FaultCode.EMPTY), FileFault(FaultCode.EMPTY))


def _read_row(
    number: int, cells: dict[OrganisationColumn, str], taken: set[str]
) -> OrganisationRow | RefusedOrganisation:
    name, code = cells.get(OrganisationColumn.NAME, ""), cells.get(OrganisationColumn.CODE, "")
    parent = cells.get(OrganisationColumn.PARENT, "")
    if not name:
        return RefusedOrganisation(number, OrganisationRefusal.NAME_MISSING, code)
    if len(name) > LONGEST_NAME or len(code) > LONGEST_CODE:
        return RefusedOrganisation(number, OrganisationRefusal.TOO_LONG, name[:LONGEST_NAME])
    key = f"code {code}" if code else f"name {name}"
    if key in taken:
        duplicate = OrganisationRefusal.CODE_DUPLICATE if code else OrganisationRefusal.NAME_DUPLICATE
        return RefusedOrganisation(number, duplicate, code or name)
    if parent and parent in (code, name):
        return RefusedOrganisation(number, OrganisationRefusal.PARENT_SELF, parent)
    taken.add(key)
    kind, channel = cells.get(OrganisationColumn.KIND, ""), cells.get(OrganisationColumn.CHANNEL, "")
    return OrganisationRow(number, code or None, name, kind, parent or None, channel or None)


def _check_parents(
    rows: list[OrganisationRow], known: frozenset[str]
) -> tuple[tuple[OrganisationRow, ...], list[RefusedOrganisation]]:
    """A row whose parent is refused loses its parent too: so it is repeated until nothing more falls."""
    orphans: list[RefusedOrganisation] = []
    while True:
        names = known | {row.name for row in rows} | {row.code for row in rows if row.code}
        lost = [row for row in rows if row.parent is not None and row.parent not in names]
        if not lost:
            return tuple(rows), orphans
        orphans += [RefusedOrganisation(r.number, OrganisationRefusal.PARENT_UNKNOWN, r.parent or "") for r in lost]
        gone = {row.number for row in lost}
        rows = [row for row in rows if row.number not in gone]
