"""Why a file was not read: one code with its values; the sentence for each is written by the rooms above."""

from dataclasses import dataclass
from enum import StrEnum

MIB = 1024 * 1024


class FaultCode(StrEnum):
    """One reason to turn a whole file away. Behind each: the values that `FileFault.values` carries."""

    NOT_FOUND = "not_found"
    UNREADABLE = "unreadable"  # row: int | None (first row that cannot be read), detail: str for the log
    EMPTY = "empty"  # nothing in it at all
    NO_ROWS = "no_rows"  # a header and nothing below it; header_row: int
    NO_HEADER = "no_header"  # expected: tuple[str, ...], the columns looked for
    COLUMNS_MISSING = "columns_missing"  # missing: tuple[str, ...] fields; words: tuple[str, ...] of unread columns
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too_large"  # what: bytes | rows | cells; limit: int; size: int | None where it is known
    BOMB = "bomb"  # what: unpacked | ratio | entries; limit: int; a small file that unpacks to a huge one
    BAD_NAMES = "bad_names"  # name: str, a packed name that points out of the archive
    ENTITY_EXPANSION = "entity_expansion"  # name: str, the part that declares entities
    HTML_TABLE = "html_table"  # a web page saved under a workbook's name
    WRONG_KIND = "wrong_kind"  # kind: str: pdf, hwp, hwpx, docx, pptx, ods, xlsb, image, xml, rtf, gz, zip, ole, binary


class FileFault(Exception):  # noqa: N818 - a fault of the file, not an error of ours
    """The file as a whole cannot be taken; nothing of it may be kept. `code` says why, `values` with what."""

    def __init__(self, code: FaultCode, **values: object) -> None:
        super().__init__(code.value, values)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        return " ".join([self.code.value, *(f"{name}={value!r}" for name, value in self.values.items())])


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may ask for. Bytes unless the name says otherwise.

    `max_cells` bounds rows x columns of one sheet: two cells in opposite corners of a sheet make the workbook
    library allocate everything between them. `max_columns`: cells to the right of it are left out.
    """

    max_bytes: int = 64 * MIB
    max_unpacked: int = 256 * MIB
    max_entries: int = 1_000
    max_ratio: int = 200
    ratio_from: int = 16 * MIB  # small parts of blank cells pack well and hurt nobody
    max_rows: int = 1_048_576
    max_columns: int = 500
    max_cells: int = 8_000_000


DEFAULT = Limits()
