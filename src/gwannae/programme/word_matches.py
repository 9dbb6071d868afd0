"""How a typed word met terms of the registry: the values that a vocabulary answers with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple


class Kind(IntEnum):
    """How a word was taken; lower is surer."""

    LITERAL = 0
    INITIALS = 1
    UNFINISHED = 2
    OTHER_KEYBOARD = 3
    SLIP = 4

    @property
    def is_guess(self) -> bool:
        """Whether the asker should be told which word was looked for instead."""
        return self >= Kind.OTHER_KEYBOARD


class Place(IntEnum):
    """Where in a term the word stands; lower is better."""

    WHOLE = 0
    START = 1
    INSIDE = 2


class Way(NamedTuple):
    """How a term was met. Ways compare: the smaller is the better match.

    `nth` counts the words that a guess tried instead, best first; `word` is that word, "" where nothing was guessed.
    """

    kind: Kind
    nth: int
    place: Place
    word: str


Group = tuple[Way, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Matches:
    """What a word met. `groups` are term ids by way, best way first; an id may come again later, its first way counts.

    `instead` are the words that were looked for in place of the one typed, best first: "‘인솨’ 대신 ‘인쇄’ 결과입니다".
    """

    groups: tuple[Group, ...] = ()
    instead: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups)

    def ways(self) -> dict[int, Way]:
        """The best way for each term id."""
        best: dict[int, Way] = {}
        for way, ids in reversed(self.groups):
            best |= dict.fromkeys(ids, way)
        return best
