"""Finding the header of a table as offices lay it out: below titles and unit rows, over two merged rows, with stars,
line breaks and units in the words. Knows no table of its own: whoever reads one hands in its columns."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, pairwise
from typing import Generic, TypeVar

from gwannae.programme.hangul import search_key
from gwannae.readers.faults import FaultCode, FileFault
from gwannae.readers.rows import Row

HEADER_WITHIN = 30  # rows from the top; no office puts more above its table

F = TypeVar("F", bound=StrEnum)

_BRACKETS = re.compile(r"[(\[{（［〔<][^)\]}）］〕>]*[)\]}）］〕>]")
_ORDINAL = re.compile(r"^\s*[0-9]{1,2}\s*[.)]\s*")


@dataclass(frozen=True, slots=True)
class Duplicate(Generic[F]):
    """A further column for one field, at cell `at`: `kept` and `left` are the two headers' own words.

    The first wins, unless whoever reads the table joins the two.
    """

    field: F
    kept: str
    left: str
    at: int


@dataclass(frozen=True, slots=True)
class Header(Generic[F]):
    """Where a table's columns are. `positions` count cells from 0; `row_number` is the header's last row.

    `words` are the header's own words for each field found; `unknown` the ones that nothing asked for.
    """

    row_number: int
    positions: Mapping[F, int]
    words: Mapping[F, str]
    unknown: tuple[str, ...]
    duplicates: tuple[Duplicate[F], ...]
    printed: tuple[tuple[str, ...], ...]

    def is_repeated(self, cells: tuple[str, ...]) -> bool:
        """Whether a row below is this header again, as printed at the top of each page."""
        return cells in self.printed


def find_header(
    rows: Iterable[Row],
    columns: Mapping[F, Sequence[str]],
    *,
    required: Collection[F],
    ignored: Sequence[str] = (),
    at_least: int = 2,
) -> Header[F]:
    """Find the header among the first rows: the row, or pair of rows, that names most of `columns`.

    A header cell names a field when its letters are one of the field's synonyms: spaces, signs and a leading number
    do not count, and words in brackets may be left out ("계약금액(원)") or be the name themselves ("거래처(상호)"; the
    weaker case, used only where no other column names that field). `ignored` words are known and not read.

    Raises:
        FileFault: NO_HEADER with `expected`, the first synonym of each required field; EMPTY without any text.
    """
    top = list(islice(rows, HEADER_WITHIN))
    if not any(cell.strip() for row in top for cell in row.cells):
        raise FileFault(FaultCode.EMPTY)
    reader = _Reader(columns, ignored)
    best: Header[F] | None = None
    singles = [reader.read((row,)) for row in top]
    pairs = [reader.read(pair) for pair in pairwise(top)]
    for found in (*singles, *pairs):  # a pair must name more than a single row to win over it
        fits = len(found.positions) >= at_least and all(field in found.positions for field in required)
        if fits and (best is None or len(found.positions) > len(best.positions)):
            best = found
    if best is None:
        raise FileFault(FaultCode.NO_HEADER, expected=tuple(columns[field][0] for field in required))
    return best


class _Reader(Generic[F]):
    def __init__(self, columns: Mapping[F, Sequence[str]], ignored: Sequence[str]) -> None:
        self._fields: dict[str, F] = {}
        for field, synonyms in columns.items():
            for synonym in synonyms:
                self._fields.setdefault(search_key(synonym), field)
        self._ignored = {search_key(word) for word in ignored}

    def read(self, rows: Sequence[Row]) -> Header[F]:
        """Read one row, or two below one another, as if they were the header."""
        positions: dict[F, int] = {}
        words: dict[F, str] = {}
        unknown: list[str] = []
        duplicates: list[Duplicate[F]] = []
        weak: list[tuple[F, int, str]] = []
        for at, texts in enumerate(_texts(rows)):
            field, is_weak = self._field(texts)
            word = " ".join(texts[0].split()) if texts else ""
            if field is None:
                if word and not self._is_ignored(texts):
                    unknown.append(word)
            elif is_weak:
                weak.append((field, at, word))
            elif field in positions:
                duplicates.append(Duplicate(field, words[field], word, at))
            else:
                positions[field], words[field] = at, word
        for field, at, word in weak:
            if field in positions:
                unknown.append(word)
            else:
                positions[field], words[field] = at, word
        printed = tuple(row.cells for row in rows)
        return Header(rows[-1].number, positions, words, tuple(unknown), tuple(duplicates), printed)

    def _field(self, texts: Sequence[str]) -> tuple[F | None, bool]:
        for text in texts:
            for key in _outer_keys(text):
                if key in self._fields:
                    return self._fields[key], False
        for text in texts:
            for inner in _BRACKETS.findall(text):
                if (key := search_key(inner)) in self._fields:
                    return self._fields[key], True
        return None, False

    def _is_ignored(self, texts: Sequence[str]) -> bool:
        return any(key in self._ignored for text in texts for key in _outer_keys(text))


def _outer_keys(text: str) -> tuple[str, str]:
    bare = _ORDINAL.sub("", text)
    return search_key(bare), search_key(_BRACKETS.sub(" ", bare))


def _texts(rows: Sequence[Row]) -> list[tuple[str, ...]]:
    """For each column what its header may be: of two rows both together, the lower one, the upper one alone.

    The upper row's word goes on to the right over blank cells, as a merged cell does.
    """
    if len(rows) == 1:
        return [(cell,) if cell.strip() else () for cell in rows[0].cells]
    upper, lower = rows[0].cells, rows[1].cells
    texts: list[tuple[str, ...]] = []
    group = ""
    for at in range(max(len(upper), len(lower))):
        above = upper[at] if at < len(upper) else ""
        below = lower[at] if at < len(lower) else ""
        group = above if above.strip() else group
        if not below.strip():
            texts.append((above,) if above.strip() else ())
        elif group.strip() and group != below:
            texts.append((f"{group} {below}", below))
        else:
            texts.append((below,))
    return texts
