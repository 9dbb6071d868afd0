"""What repeats from row to row (trades, days, kinds) is read once and remembered, as far as a file has few of them."""

from collections.abc import Callable
from typing import TypeVar

_MOST_REMEMBERED = 20_000

T = TypeVar("T")


class CellMemory:
    """Remembers what a reader gave for a text. What a reader raises is raised anew each time."""

    def __init__(self) -> None:
        self._known: dict[tuple[Callable[[str], object], str], object] = {}

    def __call__(self, read: Callable[[str], T], text: str) -> T:
        """What `read` gives for this text."""
        key = (read, text)
        if key not in self._known:
            if len(self._known) > _MOST_REMEMBERED:
                self._known.clear()
            self._known[key] = read(text)
        return self._known[key]  # type: ignore[return-value]  # what `read` gave for this text
