"""Holds what a TOML file says against declared tables (msgspec), and names every fault with its place.

msgspec stops at the first fault, which is how it costs a tenth of the start that others cost; a file that has one is
gone through once more, part by part.
"""

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import Enum
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

T = TypeVar("T")
# Makes a value of a type that msgspec does not know; raises ValueError with what was expected.
Maker = Callable[[type, Any], Any]


@dataclass(frozen=True, slots=True)
class TableFault:
    """One wrong place: `place` like "limits.2.amount" (counted from 1, "-" for the file as a whole), what was
    `expected` there in the checker's words, and what was `found`, as TOML writes it ("" for a whole table or nothing).
    """

    place: str
    expected: str
    found: str


class TablesError(ValueError):
    """The document is not as declared: every fault that was found, at least one."""

    def __init__(self, faults: Sequence[TableFault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = tuple(faults)


def checked(kind: type[T], document: object, make: Maker) -> T:
    """The document as a value of a declared table, a subclass of msgspec.Struct. A date must be a date, not a text.

    Raises TablesError.
    """
    try:
        return _read(document, kind, make)
    except msgspec.ValidationError:
        raise TablesError(list(_faults(kind, document, (), make))) from None


def read_toml(content: bytes) -> dict[str, Any]:
    """The document that the bytes of a file write. Raises TablesError, with line and column where they are known."""
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise TablesError([TableFault("-", "UTF-8", "")]) from error
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"\(at (line \d+, column \d+)\)$", str(error))
        raise TablesError([TableFault("-", f"TOML at {at[1]}" if at else "TOML to its end", "")]) from error


def stripped(document: object) -> object:
    """The document with the white space around all its texts taken off."""
    if isinstance(document, dict):
        return {key: stripped(value) for key, value in document.items()}
    if isinstance(document, list):
        return [stripped(value) for value in document]
    return document.strip() if isinstance(document, str) else document


def _read(value: object, kind: type[T], make: Maker) -> T:
    return msgspec.convert(value, kind, builtin_types=(date,), dec_hook=make)


def _faults(kind: Any, value: object, place: tuple[str, ...], make: Maker) -> Iterator[TableFault]:
    """Those of the parts, else what is wrong with the whole (a table whose parts do not agree with each other)."""
    try:
        _read(value, kind, make)
    except msgspec.ValidationError as error:
        below = list(_faults_below(_bare(kind), value, place, make))
        yield from below or [TableFault(".".join(place) or "-", _expected(kind, error), _written(value))]


def _faults_below(kind: Any, value: object, place: tuple[str, ...], make: Maker) -> Iterator[TableFault]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and isinstance(value, dict):
        types = get_type_hints(kind, include_extras=True)
        for name in value.keys() - types.keys():
            at = ".".join((*place, name))
            yield TableFault(at, "nothing: such a key is not permitted here", _written(value[name]))
        for field in msgspec.structs.fields(kind):
            if field.name in value:
                yield from _faults(types[field.name], value[field.name], (*place, field.name), make)
            elif field.required:
                yield TableFault(".".join((*place, field.name)), "a value: this key is required", "")
    elif get_origin(kind) in (tuple, frozenset) and isinstance(value, list):
        for number, entry in enumerate(value, start=1):
            yield from _faults(get_args(kind)[0], entry, (*place, str(number)), make)
    elif get_origin(kind) is dict and isinstance(value, dict):
        of_key, of_value = get_args(kind)
        for name, entry in value.items():
            yield from _faults(of_key, name, (*place, name), make)
            yield from _faults(of_value, entry, (*place, name), make)


def _bare(kind: Any) -> Any:
    """A type without its bounds and without "or nothing"."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return _bare(next(one for one in get_args(kind) if one is not type(None)))
    return kind


def _expected(kind: Any, error: msgspec.ValidationError) -> str:
    bare = _bare(kind)
    if isinstance(bare, type) and issubclass(bare, Enum):
        return "one of " + ", ".join(f"'{member.value}'" for member in bare)
    return str(error).split(" - at `$")[0]


def _written(value: object) -> str:
    if isinstance(value, Mapping):
        return ""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, str | bool | int | float):
        return json.dumps(value, ensure_ascii=False)[:80]
    return f"[{', '.join(_written(one) for one in value[:20])}]"[:80] if isinstance(value, list) else ""
