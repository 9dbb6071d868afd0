"""The shape that every table is handed on in, whatever file it came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Row(NamedTuple):
    """One row: `number` as the office sees it in its spreadsheet (1 is the first), `cells` as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `name` is empty for CSV; `estimate` is about how many rows there are, for a progress bar."""

    name: str
    rows: Iterable[Row]
    hidden: bool = False
    estimate: int = 0
