"""품목 묶음: words that one trade answers to, where they come from, and which of them say too little to lead on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gwannae.programme.general_words import TOO_GENERAL
from gwannae.programme.hangul import search_key
from gwannae.programme.organisations import Actor
from gwannae.programme.purchases import PurchaseKind

LONGEST_WORD = 40  # characters


class WordSource(StrEnum):
    """Who says that the words belong together."""

    SHIPPED = "shipped"
    CITY = "city"  # the city's own word file
    OFFICIAL = "official"  # a classification that the office loaded
    OFFICE = "office"  # the programme office, one word at a time


@dataclass(frozen=True, slots=True)
class WordGroup:
    """The words of one trade. `head` is what most of its firms list; `same` are other words for it.

    Each entry of `items` is one thing that the trade sells, in all its spellings. `broader` are heads of wider trades,
    `avoid` pieces of words that look like this trade and are not (인쇄회로 is no 인쇄), `endings` words of one syllable
    that may be the last part of a longer one (기념떡).
    """

    head: str
    same: tuple[str, ...] = ()
    items: tuple[tuple[str, ...], ...] = ()
    broader: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    kind: PurchaseKind | None = None
    source: WordSource = WordSource.SHIPPED

    def words(self) -> Iterator[str]:
        """All words that lead into the group: its names and its items."""
        yield self.head
        yield from self.same
        for spellings in self.items:
            yield from spellings


@dataclass(frozen=True, slots=True)
class Synonym:
    """The office's own: whoever looks for `word` means `means`. `id` is 0 before it is stored."""

    id: int
    word: str
    means: str
    added_at: datetime
    added_by: Actor


class WordFault(StrEnum):
    """Why a word, or a pair of them, cannot be taken."""

    EMPTY = "empty"  # nothing but signs and spaces
    TOO_LONG = "too_long"
    TOO_GENERAL = "too_general"  # 용역, 물품: would lead to everybody
    SAME = "same"  # both are the same word already


@dataclass(frozen=True, slots=True)
class SynonymAdded:
    """The office's word works now. `fresh` is false where it had been added before."""

    synonym: Synonym
    fresh: bool


@dataclass(frozen=True, slots=True)
class SynonymRemoved:
    """The office's word is gone; None: somebody else had taken it out already."""

    synonym: Synonym | None


@dataclass(frozen=True, slots=True)
class SynonymRefused:
    """The pair cannot be: which of the two is at fault ("word" or "means"), and why."""

    which: str
    fault: WordFault


@dataclass(frozen=True, slots=True)
class WordsLoaded:
    """A file of words stands in the database: how many groups and words now, and how many groups it replaced."""

    source: WordSource
    name: str
    groups: int
    words: int
    replaced: int


def word_fault(word: str) -> WordFault | None:
    """Why a word cannot stand in a group or be given a meaning; None: it can."""
    key = search_key(word)
    if not key:
        return WordFault.EMPTY
    if len(word.strip()) > LONGEST_WORD or len(key) > LONGEST_WORD:
        return WordFault.TOO_LONG
    return WordFault.TOO_GENERAL if key in TOO_GENERAL else None


def pair_fault(word: str, means: str) -> SynonymRefused | None:
    """Why the office cannot say that `word` means `means`; None: it can."""
    for which, text in (("word", word), ("means", means)):
        fault = word_fault(text)
        if fault is not None:
            return SynonymRefused(which, fault)
    return SynonymRefused("means", WordFault.SAME) if search_key(word) == search_key(means) else None
