"""One value of a yearly setting: how a person reads it, how it is typed, and in which form it is kept."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from gwannae.programme.amount import read_amount, write_won
from gwannae.programme.dates import read_date, write_day
from gwannae.programme.typed_text import plain

Value = str | int | bool | date | tuple[str, ...] | tuple[int, ...] | tuple[tuple[int, str], ...] | None
_NUMBER = re.compile(r"\d{1,13}", re.ASCII)
_STEP = re.compile(r"(\d{1,4})(?:위)?(?:까지)?[:=](\d{1,2}(?:\.\d{1,2})?)(?:점)?", re.ASCII)
_PERCENT = re.compile(r"(\d{1,3})(?:\.(\d{1,2}))?%?", re.ASCII)


class Shape(StrEnum):
    """What a value is made of."""

    TEXT = "text"
    TEXTS = "texts"
    NUMBER = "number"
    NUMBERS = "numbers"
    WON = "won"
    RATE = "rate"  # basis points, read and written as percent
    DAY = "day"
    CHOICE = "choice"
    CHOICES = "choices"
    STEPS = "steps"  # up to a rank, so many points


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a setting. `name`: its key in the city file, dotted below a table of its own ("closing.day").
    `choices`: what a CHOICE may be, by the word that people read. `fixed`: it tells this setting from others, and
    whoever wants another one makes another setting.
    """

    name: str
    shape: Shape
    value: Value
    choices: Mapping[str, str | bool] | None = None
    fixed: bool = False


class UnreadableValueError(ValueError):
    """What was typed is no value of this shape."""


def written(part: Part) -> str:
    """The value as a person reads it, and may type it again; "" for none."""
    value = part.value
    if value is None:
        return ""
    if isinstance(value, date):
        return write_day(value)
    if isinstance(value, tuple):
        return ", ".join(_word(part, one) for one in value)
    if isinstance(value, bool) or not isinstance(value, int):
        return _word(part, value)
    if part.shape is Shape.WON:
        return write_won(value)
    return f"{value / 100:g}%" if part.shape is Shape.RATE else str(value)


def read_value(part: Part, text: str, *, today: date) -> Value:
    """What was typed for this value; None for nothing. Whether the number or word may stand there is the city file's
    own check. Raises UnreadableValueError.
    """
    typed = plain(text).strip()
    if not typed:
        return None
    try:
        return _read(part, typed, today)
    except ValueError as error:
        raise UnreadableValueError(typed) from error


def kept(value: Value) -> object:
    """The value in JSON."""
    if isinstance(value, date):
        return value.isoformat()
    return [list(one) if isinstance(one, tuple) else one for one in value] if isinstance(value, tuple) else value


def value_of(part: Part, told: object) -> Value:
    """The other way round, for a value of this part's shape; None for what is none."""
    if isinstance(told, list):
        if part.shape is Shape.STEPS:
            return tuple((int(one[0]), str(one[1])) for one in told)
        return tuple(map(int, told)) if part.shape is Shape.NUMBERS else tuple(map(str, told))
    if part.shape is Shape.DAY and isinstance(told, str):
        return date.fromisoformat(told)
    return told if isinstance(told, str | int) else None


def _word(part: Part, value: object) -> str:
    if isinstance(value, tuple):
        return f"{value[0]}위: {value[1]}"
    return next((word for word, one in (part.choices or {}).items() if one == value), str(value))


def _read(part: Part, typed: str, today: date) -> Value:
    words = [word for word in (one.strip() for one in typed.split(",")) if word]
    if part.shape is Shape.DAY:
        return read_date(typed, today=today)
    if part.shape in _SEVERAL:
        several = [_SEVERAL[part.shape](part, word) for word in words]
        return tuple(several)
    return _SINGLE[part.shape](part, typed)


def _number(_: Part, typed: str) -> int:
    if not _NUMBER.fullmatch(typed):
        raise ValueError(typed)
    return int(typed)


def _won(_: Part, typed: str) -> int:
    return 0 if typed in ("0", "0원") else read_amount(typed)


def _rate(_: Part, typed: str) -> int:
    found = _PERCENT.fullmatch(typed.replace(" ", ""))
    if found is None:
        raise ValueError(typed)
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


def _choice(part: Part, typed: str) -> str | bool:
    for word, value in (part.choices or {}).items():
        if typed.replace(" ", "") in (word.replace(" ", ""), str(value)):
            return value
    raise ValueError(typed)


def _step(_: Part, typed: str) -> tuple[int, str]:
    found = _STEP.fullmatch(typed.replace(" ", ""))
    if found is None:
        raise ValueError(typed)
    return int(found[1]), found[2]


def _text(_: Part, typed: str) -> str:
    return typed


_SINGLE: Mapping[Shape, Callable[[Part, str], Value]] = {
    Shape.TEXT: _text,
    Shape.NUMBER: _number,
    Shape.WON: _won,
    Shape.RATE: _rate,
    Shape.CHOICE: _choice,
}
_SEVERAL: Mapping[Shape, Callable[[Part, str], Any]] = {
    Shape.TEXTS: _text,
    Shape.NUMBERS: _number,
    Shape.CHOICES: _choice,
    Shape.STEPS: _step,
}
