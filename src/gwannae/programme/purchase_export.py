"""실적 내보내기: which purchases go out, in which form, and what may come of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gwannae.programme.organisations import Organisation
from gwannae.programme.purchases import Purchase


class ExportFormat(StrEnum):
    """A workbook for people, a table for machines, or an Open Contracting release package to publish."""

    XLSX = "xlsx"
    CSV = "csv"
    OCDS = "ocds"

    @property
    def label(self) -> str:
        """The words by which it is chosen."""
        return {"xlsx": "엑셀(XLSX)", "csv": "CSV", "ocds": "OCDS JSON"}[self.value]


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Purchases with a contract date in `year`, of one organisation or (None) of all."""

    year: int
    organisation_id: int | None
    format: ExportFormat


@dataclass(frozen=True, slots=True)
class ExportHead:
    """What an export says of itself. `made_at` is in the city's zone, and with it all days and hours in the file."""

    city_code: str
    city_name: str
    year: int
    organisation: Organisation | None
    made_at: datetime

    def file_name(self, form: ExportFormat) -> str:
        """The name under which the file is handed over: Hangul for people, ASCII for machines."""
        if form is ExportFormat.XLSX:
            return f"{self.year}년_구매실적_{_for_files(self.organisation.name if self.organisation else '전체')}.xlsx"
        whose = f"{self.city_code}-{self.organisation.code}" if self.organisation else self.city_code
        return f"purchases-{self.year}-{whose}.{'csv' if form is ExportFormat.CSV else 'json'}"


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One purchase in its latest version, cancelled ones included, and whose it is."""

    organisation: Organisation
    purchase: Purchase


@dataclass(frozen=True, slots=True)
class Exported:
    """A file was made: its name, and how many purchases stand in it."""

    head: ExportHead
    format: ExportFormat
    file_name: str
    rows: int


@dataclass(frozen=True, slots=True)
class NothingToExport:
    """There is no purchase to hand over, and the form (OCDS) has no empty file."""


@dataclass(frozen=True, slots=True)
class NotForPublication:
    """The city file has no `[publication]`: without a registered prefix no OCDS file can be made."""


@dataclass(frozen=True, slots=True)
class ExportDesk:
    """What the form offers: the organisations to choose from, and whether all of them together may be had."""

    organisations: tuple[Organisation, ...]
    everything: bool
    years: tuple[int, ...]
    formats: tuple[ExportFormat, ...]


def _for_files(name: str) -> str:
    """Without what a file system takes for something else."""
    return "".join("_" if char in '\\/:*?"<>|' or char.isspace() else char for char in name)
