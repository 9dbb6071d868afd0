"""발굴 목록: words that people looked for and no local firm was found for, and how far the office is with each."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from gwannae.programme.organisations import Actor

_SYLLABLE = re.compile("[가-힣]")
_LETTER = re.compile(r"[^\W\d_ㄱ-ㅎㅏ-ㅣ]")
_CODE = re.compile(r"--|;|=|/\*|\.\./|[<{]\s*[/!$a-z]|\$\{|['\"`]\s*(?:or|and|union)\b", re.IGNORECASE)
_COMMANDS = re.compile(r"\b(?:select|insert|update|delete|drop|union|alter|script|or|and)\b", re.IGNORECASE)


def may_be_a_thing(typed: str) -> bool:
    """Whether a look-up as it was typed may name a thing: letters beside single 자모 and digits, and no line of code
    (signs of one without a Hangul syllable, or beside a command).
    """
    if not _LETTER.search(typed):
        return False
    return not _CODE.search(typed) or bool(_SYLLABLE.search(typed) and not _COMMANDS.search(typed))


class MissingState(StrEnum):
    """How far the programme office is with a word."""

    RECEIVED = "received"
    SEARCHING = "searching"
    SOLVED = "solved"

    @property
    def label(self) -> str:
        """The word that the office reads."""
        return {"received": "접수", "searching": "발굴 중", "solved": "해결"}[self.value]


@dataclass(frozen=True, slots=True)
class Mark:
    """What the office said of a word, who and when."""

    state: MissingState
    at: datetime
    by: Actor


@dataclass(frozen=True, slots=True)
class MissingWord:
    """One word of the list, in its latest spelling; `key` makes its spellings one.

    `searched` counts look-ups without a local firm and `told` how often somebody pressed "알리기", both since the day
    that the list begins; `again` the same two since the word was solved (0 where it was not). `needed_in` is the first
    day of the month in which a project plans to order such a thing next.
    """

    key: str
    word: str
    searched: int
    told: int
    mark: Mark | None = None
    again: int = 0
    needed_in: date | None = None

    @property
    def state(self) -> MissingState:
        """Received until the office says otherwise."""
        return self.mark.state if self.mark else MissingState.RECEIVED

    @property
    def waits(self) -> bool:
        """Whether the office has something to do: not solved, or missed again after it was solved."""
        return self.state is not MissingState.SOLVED or self.again > 0


@dataclass(frozen=True, slots=True)
class MissingList:
    """The list since a moment: those that wait, most missed first, and how many more there are."""

    since: datetime
    words: tuple[MissingWord, ...]
    more: int


@dataclass(frozen=True, slots=True)
class MissingMarked:
    """The office has marked a word; `former` is what it stood at before."""

    word: str
    state: MissingState
    former: MissingState


def in_order(words: Iterable[MissingWord]) -> list[MissingWord]:
    """What waits, most missed first (a told one counts as much as three looked for), equals by key."""
    return sorted((w for w in words if w.waits), key=lambda w: (-(w.searched + 3 * w.told), w.key))
