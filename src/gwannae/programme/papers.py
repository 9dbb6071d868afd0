"""A paper that an office hands over: its parts, without the form of any file.

Letters, reports, certificates are all made of these parts; `documents` turns them into a file, `text_of` into a page of
text. The numbering is that of official letters (행정업무의 운영 및 혁신에 관한 규정 시행규칙 제2조).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

MARKED_DEPTHS = 8
_INITIALS = (0, 2, 3, 5, 6, 7, 9, 11, 12, 14, 15, 16, 17, 18)  # ㄱ ㄴ ㄷ … ㅎ, without the doubled ones
_VOWELS = (0, 4, 8, 13, 18, 20)  # after 하 comes 거, after 허 comes 고
_END = "  끝."


class Look(Enum):
    """What a line is for; how it looks is the file's business."""

    SENDER = auto()
    TITLE = auto()
    GREAT = auto()
    HEADING = auto()
    SUBJECT = auto()
    PLAIN = auto()
    CENTRED = auto()
    SIGNER = auto()
    RIGHT = auto()
    SMALL = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. `hang`: how many of its first signs stand alone where it runs over more than one line."""

    text: str = ""
    look: Look = Look.PLAIN
    hang: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence of a letter that gets a number; those `below` get the next kind of number."""

    text: str
    below: tuple["Item", ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a name and what there is to say of it, as a table of two columns."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: `share` is its part of the page's width, numbers stand to the right."""

    heading: str
    share: int = 10
    number: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with headings. `unit` stands at the upper right, outside of it ("(단위: 천원)")."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A line across the page."""


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins a page."""


Part = Line | Facts | Grid | Ruled | NewPage


@dataclass(frozen=True, slots=True)
class Paper:
    """`file_name` carries its ending; `title`, `author` (an office) and `made_on` stand in the file's properties."""

    file_name: str
    title: str
    author: str
    made_on: date
    parts: tuple[Part, ...]


def mark(depth: int, number: int) -> str:
    """The mark of the `number`th item (from 1) at a depth (from 0): 1. 가. 1) 가) (1) (가) ① ㉮, then 거. after 하.

    Raises ValueError for a depth that has none.
    """
    at = number - 1
    if depth == 6:
        return chr(0x2460 + at) if at < 20 else f"({number})"
    if depth == 7:
        return chr(0x326E + at) if at < len(_INITIALS) else f"({_syllable(at)})"
    if not 0 <= depth < MARKED_DEPTHS:
        raise ValueError(depth)
    sign = _syllable(at) if depth % 2 else str(number)
    return (f"{sign}.", f"{sign})", f"({sign})")[depth // 2]


def _syllable(at: int) -> str:
    vowel = _VOWELS[min(at // len(_INITIALS), len(_VOWELS) - 1)]
    return chr(0xAC00 + (_INITIALS[at % len(_INITIALS)] * 21 + vowel) * 28)


def numbered(items: Sequence[Item], depth: int = 0) -> tuple[Line, ...]:
    """The items as lines: each depth two spaces further in, a level of one item without a mark."""
    lines: list[Line] = []
    for number, item in enumerate(items, start=1):
        lead = "  " * depth + (f"{mark(depth, number)} " if len(items) > 1 else "")
        lines.append(Line(lead + item.text, hang=len(lead)))
        lines += numbered(item.below, depth + 1)
    return tuple(lines)


def attached(names: Sequence[str]) -> tuple[Line, ...]:
    """붙임: what goes with a letter, each with its number where there is more than one."""
    if len(names) == 1:
        return (Line(f"붙임  {names[0]}", hang=4),)
    leads = [f"{'붙임  ' if at == 1 else '      '}{at}. " for at in range(1, len(names) + 1)]
    return tuple(Line(lead + name, hang=len(lead)) for lead, name in zip(leads, names, strict=True))


def ended(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The same with 끝.: two spaces behind the last sign of the last line, below a table on a line of its own."""
    for at in range(len(parts) - 1, -1, -1):
        part = parts[at]
        if isinstance(part, Line) and part.text:
            return (*parts[:at], Line(part.text + _END, part.look, part.hang), *parts[at + 1 :])
        if isinstance(part, Facts | Grid):
            return (*parts[: at + 1], Line(_END), *parts[at + 1 :])
    return (*parts, Line(_END))


def text_of(parts: Iterable[Part]) -> str:
    """The parts as a page of text: a table's cells side by side, a line for each row."""
    lines: list[str] = []
    for part in parts:
        lines += _written(part)
    return "\n".join(lines).strip("\n")


def _written(part: Part) -> list[str]:
    if isinstance(part, Line):
        return [part.text]
    if isinstance(part, Facts):
        return [f"{name}: {value}" if value else name for name, value in part.rows]
    if isinstance(part, Grid):
        head = " | ".join(column.heading for column in part.columns)
        unit = [part.unit] if part.unit else []
        return [*unit, head, *(" | ".join(row) for row in part.rows)]
    return ["", "-" * 20] if isinstance(part, NewPage) else []
