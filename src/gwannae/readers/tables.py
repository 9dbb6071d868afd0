"""The one door for files with tables: CSV, XLSX and XLS, told apart by content, as sheets of rows of text."""

from pathlib import Path

from gwannae.readers.csv_tables import open_csv
from gwannae.readers.faults import DEFAULT, FaultCode, FileFault, Limits
from gwannae.readers.file_kind import Kind, Source, tell_kind
from gwannae.readers.rows import Row, Sheet
from gwannae.readers.workbook_tables import open_workbook

__all__ = ["DEFAULT", "FaultCode", "FileFault", "Limits", "Row", "Sheet", "read_tables"]


def read_tables(where: Path | bytes, *, limits: Limits = DEFAULT, fill_merged: bool = False) -> list[Sheet]:
    """Open a file with tables; rows are read while they are gone through.

    Visible sheets come first. A merged area's text stands in its first cell; with `fill_merged` it is repeated
    downwards, in the area's first column (never ask for that where amounts are: they would be counted twice).

    Raises:
        FileFault: see `FaultCode`. A CSV's open quote or too many rows show only while the rows are read.
    """
    source = Source(where, limits)
    kind = tell_kind(source)
    if kind is Kind.TEXT:
        rows = open_csv(source, limits)
        return [Sheet(name="", rows=rows, estimate=rows.estimate)]
    return open_workbook(source, kind, limits, fill_merged=fill_merged)
