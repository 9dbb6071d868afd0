"""Rows of a CSV file as a stream: encoding and delimiter are found first, then `csv` does the work."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from gwannae.readers.faults import FaultCode, FileFault, Limits
from gwannae.readers.file_kind import UTF16_MARKS, Source
from gwannae.readers.rows import Row

_CHUNK = 1 << 18
_SAMPLE_LINES = 40
_SAMPLE_CHARS = 64 * 1024
_DELIMITERS = (",", "\t", ";")


@dataclass(frozen=True, slots=True)
class CsvRows:
    """The rows of one CSV file; may be gone through more than once. `estimate` is its number of line ends + 1."""

    source: Source
    encoding: str
    delimiter: str
    estimate: int
    limits: Limits

    def __iter__(self) -> Iterator[Row]:
        """Yield each record with its number; blank lines count, as they do in a spreadsheet.

        Raises:
            FileFault: UNREADABLE with the row when a quote is never closed or a cell is longer than `csv` takes
                (131,072 characters); TOO_LARGE beyond `Limits.max_rows`.
        """
        width, most = self.limits.max_columns, self.limits.max_rows
        number = 0
        end = _End()
        with io.TextIOWrapper(self.source.open(), encoding=self.encoding, newline="") as text:
            records = csv.reader(chain(text, end), delimiter=self.delimiter)
            try:
                for number, cells in enumerate(records, 1):
                    if end.reached:  # a record that needed the end of the file to be finished: its quote is open
                        raise FileFault(FaultCode.UNREADABLE, row=number, detail="open quote")
                    if len(cells) > width:
                        del cells[width:]
                    if number > most:
                        raise FileFault(FaultCode.TOO_LARGE, what="rows", limit=most, size=None)
                    yield Row(number, tuple(cells))
            except csv.Error as error:
                raise FileFault(FaultCode.UNREADABLE, row=number + 1, detail=str(error)) from error


def open_csv(source: Source, limits: Limits) -> CsvRows:
    """Find encoding and delimiter; the whole file is decoded once, in pieces, so that a bad byte is told at once.

    Raises:
        FileFault: UNREADABLE with the row of the first byte that is neither UTF-8 nor CP949 (nor UTF-16 when
            marked so); EMPTY when there is only white space.
    """
    encoding, line_ends = _find_encoding(source)
    with io.TextIOWrapper(source.open(), encoding=encoding, newline="") as text:
        sample = "".join(islice(iter(lambda: text.readline(_SAMPLE_CHARS), ""), _SAMPLE_LINES))[:_SAMPLE_CHARS]
    return CsvRows(source, encoding, _find_delimiter(sample), line_ends + 1, limits)


class _End:
    """Stands behind the last line and knows whether it was asked for more."""

    reached = False

    def __iter__(self) -> "_End":
        return self

    def __next__(self) -> str:
        self.reached = True
        raise StopIteration


@dataclass(frozen=True, slots=True)
class _Trial:
    """How far an encoding got: `failed_row` None when all of the file fits."""

    encoding: str
    line_ends: int
    failed_row: int | None
    blank: bool


def _find_encoding(source: Source) -> tuple[str, int]:
    head = source.head()
    if head.startswith(UTF16_MARKS):
        candidates = ["utf-16"]
    elif head.startswith(codecs.BOM_UTF8):
        candidates = ["utf-8-sig"]
    else:
        candidates = ["utf-8", "cp949"]
    trials: list[_Trial] = []
    for encoding in candidates:
        trial = _try(source, encoding)
        if trial.failed_row is None:
            if trial.blank:
                raise FileFault(FaultCode.EMPTY)
            return encoding, trial.line_ends
        trials.append(trial)
    row = max(trial.failed_row or 0 for trial in trials)
    raise FileFault(FaultCode.UNREADABLE, row=row, detail="encoding")


def _try(source: Source, encoding: str) -> _Trial:
    decoder = codecs.getincrementaldecoder(encoding)()
    line_ends, blank = 0, True
    with source.open() as stream:
        while True:
            piece = stream.read(_CHUNK)
            try:
                text = decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as error:
                before = error.object[: error.start].decode(encoding, errors="ignore")
                return _Trial(encoding, line_ends, line_ends + _count_lines(before) + 1, blank=False)
            if "\0" in text:
                row = line_ends + _count_lines(text[: text.index("\0")]) + 1
                return _Trial(encoding, line_ends, row, blank=False)
            line_ends += _count_lines(text)
            blank = blank and not text.strip()
            if not piece:
                return _Trial(encoding, line_ends, None, blank)


def _count_lines(text: str) -> int:
    """Line ends of LF, CRLF and CR files."""
    return text.count("\n") or text.count("\r")


def _find_delimiter(sample: str) -> str:
    """The delimiter that gives most rows of one same width; a comma where none gives two columns."""
    best, best_score = ",", (0, 0)
    for delimiter in _DELIMITERS:
        try:
            widths = Counter(len(cells) for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter))
        except csv.Error:
            continue
        for width, rows in widths.items():
            if width > 1 and (rows, width) > best_score:
                best, best_score = delimiter, (rows, width)
    return best
