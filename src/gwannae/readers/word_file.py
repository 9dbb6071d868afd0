"""Reads word files (TOML): the shipped one, and a city's own of the same form. Faults are told with their place."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from pathlib import Path
from typing import Any

from gwannae.programme.hangul import search_key
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.typed_text import plain
from gwannae.programme.word_groups import WordFault, WordGroup, WordSource, word_fault
from gwannae.readers.faults import MIB, FaultCode, FileFault

MAX_BYTES = 2 * MIB
MAX_GROUPS = 2_000
MAX_WORDS = 200  # of one kind in one group
SHIPPED = "items.toml"

_LISTS = ("same", "items", "broader", "avoid", "endings")
_KINDS = {kind.value: kind for kind in PurchaseKind}


class WordFileCode(StrEnum):
    """What is wrong at one place of a word file."""

    NOT_TOML = "not_toml"
    NO_GROUPS = "no_groups"
    TOO_MANY = "too_many"
    UNKNOWN_FIELD = "unknown_field"
    NOT_TEXT = "not_text"
    NOT_LIST = "not_list"
    BAD_KIND = "bad_kind"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_GENERAL = "too_general"
    TWICE = "twice"  # the same word twice in one group, or a head that another group has
    UNKNOWN_HEAD = "unknown_head"  # of `broader`
    NOT_AN_ENDING = "not_an_ending"  # an ending is one syllable that the group has as a word
    ALONE = "alone"  # a head without any other word leads nowhere


@dataclass(frozen=True, slots=True)
class WordFileFault:
    """One wrong place: `place` like "group 3 · items 2" (counted from 1), `found` as it stands there, cut short."""

    place: str
    code: WordFileCode
    found: str = ""


class WordFileError(ValueError):
    """The file cannot be used: `path`, and every fault that was found in it."""

    def __init__(self, path: str, faults: Iterable[WordFileFault]) -> None:
        self.path = path
        self.faults = tuple(faults)
        super().__init__(f"{path}: " + "; ".join(f"{f.place}: {f.code.value} {f.found}".rstrip() for f in self.faults))


def shipped_words() -> tuple[WordGroup, ...]:
    """The groups that come with the product."""
    file = resources.files("gwannae") / "words" / SHIPPED
    return parse_words(file.read_bytes(), SHIPPED, WordSource.SHIPPED)


def read_words(path: Path, known_heads: Iterable[str] = ()) -> tuple[WordGroup, ...]:
    """A city's own word file. Its `broader` may also name `known_heads` (those of the shipped file).

    Raises:
        FileFault: there is no such file, it cannot be read, or it is too large.
        WordFileError: what stands in it is wrong.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise FileFault(FaultCode.NOT_FOUND) from error
    except OSError as error:
        raise FileFault(FaultCode.UNREADABLE, row=None, detail=error.strerror or "") from error
    if len(content) > MAX_BYTES:
        raise FileFault(FaultCode.TOO_LARGE, what="bytes", limit=MAX_BYTES, size=None)
    return parse_words(content, str(path), WordSource.CITY, known_heads)


def parse_words(
    content: bytes, path: str, source: WordSource, known_heads: Iterable[str] = ()
) -> tuple[WordGroup, ...]:
    """Check the bytes of a word file; `path` is named in the error."""
    try:
        document = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WordFileError(path, [WordFileFault("-", WordFileCode.NOT_TOML, str(error)[:80])]) from error
    tables = document.get("group")
    faults = [
        WordFileFault(_short(name), WordFileCode.UNKNOWN_FIELD) for name in document if name not in ("group", "format")
    ]
    if not isinstance(tables, list) or not tables:
        raise WordFileError(path, [*faults, WordFileFault("group", WordFileCode.NO_GROUPS)])
    if len(tables) > MAX_GROUPS:
        raise WordFileError(path, [*faults, WordFileFault("group", WordFileCode.TOO_MANY, str(len(tables)))])
    reader = _Reader(source, faults)
    groups = [reader.group(at, table) for at, table in enumerate(tables, start=1)]
    reader.check_together(groups, known_heads)
    if reader.faults:
        raise WordFileError(path, reader.faults)
    return tuple(groups)


class _Reader:
    """Reads group after group and gathers what is wrong."""

    def __init__(self, source: WordSource, faults: list[WordFileFault]) -> None:
        self._source = source
        self.faults = faults

    def group(self, at: int, table: Any) -> WordGroup:
        place = f"group {at}"
        if not isinstance(table, dict):
            self._fault(place, WordFileCode.NOT_LIST, table)
            return WordGroup("")
        for name in table:
            if name not in ("head", "kind", *_LISTS):
                self._fault(f"{place} · {_short(name)}", WordFileCode.UNKNOWN_FIELD)
        kind = table.get("kind")
        if kind is not None and kind not in _KINDS:
            self._fault(f"{place} · kind", WordFileCode.BAD_KIND, kind)
        group = WordGroup(
            head=self._word(f"{place} · head", table.get("head", "")),
            same=self._words(f"{place} · same", table.get("same", [])),
            items=self._items(f"{place} · items", table.get("items", [])),
            broader=self._words(f"{place} · broader", table.get("broader", [])),
            avoid=self._words(f"{place} · avoid", table.get("avoid", []), any_word=True),
            endings=self._words(f"{place} · endings", table.get("endings", [])),
            kind=_KINDS.get(str(kind)),
            source=self._source,
        )
        self._check_inside(place, group)
        return group

    def check_together(self, groups: list[WordGroup], known_heads: Iterable[str]) -> None:
        """What one group says of another: heads differ, and wider trades exist."""
        heads: dict[str, int] = {}
        for at, group in enumerate(groups, start=1):
            key = search_key(group.head)
            if key and heads.setdefault(key, at) != at:
                self._fault(f"group {at} · head", WordFileCode.TWICE, group.head)
        known = heads.keys() | {search_key(head) for head in known_heads}
        for at, group in enumerate(groups, start=1):
            for head in group.broader:
                if search_key(head) not in known or search_key(head) == search_key(group.head):
                    self._fault(f"group {at} · broader", WordFileCode.UNKNOWN_HEAD, head)

    def _check_inside(self, place: str, group: WordGroup) -> None:
        seen: set[str] = set()
        for word in group.words():
            key = search_key(word)
            if key and key in seen:
                self._fault(place, WordFileCode.TWICE, word)
            seen.add(key)
        if not group.same and not group.items:
            self._fault(place, WordFileCode.ALONE, group.head)
        for ending in group.endings:
            if len(ending) != 1 or search_key(ending) not in seen:
                self._fault(f"{place} · endings", WordFileCode.NOT_AN_ENDING, ending)

    def _items(self, place: str, value: Any) -> tuple[tuple[str, ...], ...]:
        """Each entry is a word, or a list of spellings of one thing."""
        read: list[tuple[str, ...]] = []
        for spot, entry in self._list(place, value):
            spellings = self._words(spot, entry) if isinstance(entry, list) else (self._word(spot, entry),)
            read.append(spellings)
            if not spellings:
                self._fault(spot, WordFileCode.EMPTY)
        return tuple(read)

    def _words(self, place: str, value: Any, *, any_word: bool = False) -> tuple[str, ...]:
        return tuple(self._word(spot, entry, any_word=any_word) for spot, entry in self._list(place, value))

    def _list(self, place: str, value: Any) -> Iterator[tuple[str, Any]]:
        if not isinstance(value, list):
            self._fault(place, WordFileCode.NOT_LIST, value)
            return
        if len(value) > MAX_WORDS:
            self._fault(place, WordFileCode.TOO_MANY, str(len(value)))
        for at, entry in enumerate(value[:MAX_WORDS], start=1):
            yield f"{place} {at}", entry

    def _word(self, place: str, value: Any, *, any_word: bool = False) -> str:
        if not isinstance(value, str):
            self._fault(place, WordFileCode.NOT_TEXT, value)
            return ""
        word = plain(value)
        fault = word_fault(word)
        if fault is not None and not (any_word and fault is WordFault.TOO_GENERAL):
            self._fault(place, WordFileCode(fault.value), value)
        return word

    def _fault(self, place: str, code: WordFileCode, found: object = "") -> None:
        self.faults.append(WordFileFault(place, code, _short(found)))


def _short(found: object) -> str:
    text = "".join(c if c.isprintable() else " " for c in str(found))
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


LONGEST_SHOWN = 60
