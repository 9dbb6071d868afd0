"""What taking in a vendor file comes to: counts, and every row that a person should look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A row that was not taken: its number in the sheet (from 1), the reader's code, and the cell that was why."""

    number: int
    sheet: str
    code: str
    value: str


class DoubtCode(StrEnum):
    """Why nobody but a person can say which firm a row speaks of."""

    SEVERAL_FIT = "several_fit"  # no number, and several firms of that name and address
    ALREADY_CLAIMED = "already_claimed"  # another row of the file is that firm of the registry
    ROWS_CONTRADICT = "rows_contradict"  # rows of one firm that cannot both be true


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A row that was set aside, and nothing that it may speak of was changed.

    `candidates` are ids of the registry's firms that it may be; `rows` numbers of the file's other rows in question.
    """

    number: int
    sheet: str
    name: str
    code: DoubtCode
    candidates: tuple[int, ...] = ()
    rows: tuple[int, ...] = ()


class LeftOutCode(StrEnum):
    """What of a row that was taken could not be taken with it."""

    CERTIFICATE_UNKNOWN = "certificate_unknown"
    CERTIFICATE_TERM = "certificate_term"  # it ends before it begins


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words that were left out, how many rows have them, and the first of those rows."""

    code: LeftOutCode
    value: str
    rows: int
    first_row: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do (`dry_run`). `new`, `updated` and `unchanged` count firms, `joined` rows that
    were the same firm as another row of the file; together with doubtful and refused rows they are all `rows`.

    `as_of` is the newest day that the accepted rows name as their own.
    """

    rows: int
    new: int
    updated: int
    unchanged: int
    joined: int
    doubtful: tuple[Doubtful, ...]
    refused: tuple[RefusedLine, ...]
    left_out: tuple[LeftOut, ...]
    as_of: date | None
    dry_run: bool

    @property
    def accepted(self) -> int:
        """How many firms the file names for certain."""
        return self.new + self.updated + self.unchanged

    @property
    def is_clean(self) -> bool:
        """Whether every row was taken."""
        return not (self.doubtful or self.refused)

    @property
    def counts(self) -> Mapping[str, int]:
        """The figures alone, by name."""
        return {
            "rows": self.rows,
            "new": self.new,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "joined": self.joined,
            "doubtful": len(self.doubtful),
            "refused": len(self.refused),
        }
