"""실적 파일: one file on its way in, from the moment it is dropped until it counts, or is taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from gwannae.programme.closing import Closed
from gwannae.programme.cross_check_cards import CheckRun
from gwannae.programme.import_questions import Question
from gwannae.programme.organisations import Organisation
from gwannae.programme.purchase_lamp import LampNote
from gwannae.programme.purchases import Purchase


class ImportState(StrEnum):
    """Where a file stands. Nothing of it counts in any state but CONFIRMED."""

    RECEIVED = "received"  # to be fetched and gone through
    READY = "ready"  # gone through: waits for answers, or for 확정
    CONFIRMING = "confirming"  # to be stored, all of it at once
    CONFIRMED = "confirmed"
    UNDOING = "undoing"  # to be taken back, all of it at once
    UNDONE = "undone"
    DISCARDED = "discarded"
    FAILED = "failed"  # the file could not be taken: `fault` says why


TO_DO = (ImportState.RECEIVED, ImportState.CONFIRMING, ImportState.UNDOING)
# What somebody may still be asked about the same file.
OPEN = (ImportState.RECEIVED, ImportState.READY, ImportState.CONFIRMING)

# Faults beside those of the file itself (see the readers' codes): how a file did not come.
FILE_GONE = "file_gone"
FILE_REMOTE = "file_remote"
FILE_ADDRESS = "file_address"
FILE_TOO_LARGE = "file_too_large"
FILE_AWAY = "file_away"
ALREADY_OPEN = "already_open"  # the same bytes wait for 확정 already; values: import, user
UNEXPECTED = "unexpected"
SERVICE_FAULT = "service_"  # and the service's code: a published list that was asked for did not come


@dataclass(frozen=True, slots=True)
class Summary:
    """What going through a file gave; rows are counted by what becomes of them. `won` is what would count newly.

    `columns` are (field, the header's own words); `refused` the first of them as (sheet, row, code, value).
    """

    rows: int = 0
    new: int = 0
    changed: int = 0
    known: int = 0
    cancelled: int = 0
    absorbed: int = 0
    refused_rows: int = 0
    doubtful: int = 0
    won: int = 0
    organisations: int = 0
    kept: int = 0  # at an undo: purchases that were corrected since, and stay
    overtaken: int = 0  # purchases with the office's word for a verdict, that the file gave another firm or day
    overtaken_ids: tuple[int, ...] = ()  # the first of them
    staying: int = 0  # new purchases of a closed period: once stored, they stay until the office opens it
    lamp: tuple[LampNote, ...] = ()  # what is to be looked at, the first of `lamp_count` notes
    lamp_count: int = 0
    columns: tuple[tuple[str, str], ...] = ()
    refused: tuple[tuple[str, int, str, str], ...] = ()
    refused_by: Mapping[str, int] = field(default_factory=dict)  # all of them, by code
    absorbed_by: Mapping[str, int] = field(default_factory=dict)
    reasons: int = 0  # outside purchases whose 사유 in the file is a code
    verdicts: Mapping[str, int] = field(default_factory=dict)
    same_as: int | None = None  # an import of a file with the same bytes that counts already

    @property
    def counts(self) -> int:
        """How many purchases 확정 would touch."""
        return self.new + self.changed + self.cancelled


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """One file. `file_key` is its unique id; `claim` names who works on it, until `lease_until`."""

    id: int
    file_key: str
    digest: str
    name: str
    team_id: str
    user_id: str
    channel_id: str
    organisation_id: int | None
    state: ImportState
    received_at: datetime
    changed_at: datetime
    claim: str | None = None
    lease_until: datetime | None = None
    summary: Summary = field(default_factory=Summary)
    questions: tuple[Question, ...] = ()
    fault: str = ""
    fault_values: Mapping[str, object] = field(default_factory=dict)

    @property
    def may_be_confirmed(self) -> bool:
        """Whether 확정 is what is left to do."""
        return self.state is ImportState.READY and not self.questions and self.summary.counts > 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A file as it stands, after whatever was asked of it; `done`: whether that had an effect.

    `organisation` is the name of the one that the file was given for; `other` an earlier file with the same bytes.
    `check`: it is a published list, held against the reports. `may_cross_check`: its sender may say that it is one.
    """

    batch: ImportBatch
    organisation: str = ""
    done: bool = True
    other: ImportBatch | None = None
    check: CheckRun | None = None
    may_cross_check: bool = False


@dataclass(frozen=True, slots=True)
class ImportRows:
    """Some of the purchases that a file brought in, as they are now, from the `begin`th of `batch.summary.new` on."""

    batch: ImportBatch
    rows: tuple[Purchase, ...]
    begin: int


@dataclass(frozen=True, slots=True)
class NoSuchImport:
    """There is no such file, or it is not this person's to see: the answer is the same."""


@dataclass(frozen=True, slots=True)
class UndoTooLate:
    """So many rows that the undoing of a file would take back lie in closed periods, so all of it stays as it is.

    `organisation` and `closed` are those of the period that closed first; `purchase_id` is one of its rows, to ask the
    office for. `may_reopen`: whether the asker may open it.
    """

    batch: ImportBatch
    rows: int
    organisation: Organisation
    closed: Closed
    purchase_id: int
    may_reopen: bool
