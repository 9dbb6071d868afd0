"""The shape that every table is handed on in, whatever file it came from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Row(NamedTuple):
    """One row: `number` as the office sees it in its spreadsheet (1 is the first), `cells` as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `name` is empty for CSV; `estimate` is about how many rows there are, for a progress bar.

    `uncalculated`: for a row's number the cells (from 0) that hold a formula without its result; they read as blank.
    """

    name: str
    rows: Iterable[Row]
    hidden: bool = False
    estimate: int = 0
    uncalculated: Mapping[int, frozenset[int]] = field(default_factory=dict)
