"""What a check has found so far, and the smallest rules: a string, a number, a list, an object."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Surface: TypeAlias = Literal["message", "modal", "home"]
HOUSE_RULE = "house_rule"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a payload.

    `pointer` is a JSON pointer (RFC 6901) into the payload, `code` is Slack's error code, or "house_rule" where Slack
    would let the payload pass and we do not. `message` is English, as Slack's own are: it is for whoever builds.
    """

    pointer: str
    code: str
    message: str


class Findings:
    """Collects the faults of one payload, and the few facts that must be compared across its blocks."""

    __slots__ = ("block_ids", "code", "faults", "focused", "inputs", "markdown", "surface", "tables", "text_sum")

    def __init__(self, surface: Surface, code: str) -> None:
        """`code` is the error code that Slack gives for a wrong block on this surface."""
        self.surface = surface
        self.code = code
        self.faults: list[Fault] = []
        self.block_ids: set[str] = set()
        self.focused = 0
        self.inputs = 0
        self.tables = 0
        self.text_sum = 0
        self.markdown = 0

    def refuse(self, pointer: str, message: str, code: str | None = None) -> None:
        self.faults.append(Fault(pointer, code or self.code, message))

    def house(self, pointer: str, message: str) -> None:
        self.faults.append(Fault(pointer, HOUSE_RULE, message))


Rule: TypeAlias = Callable[[Findings, str, object], None]


def step(pointer: str, key: str | int) -> str:
    """The pointer one level down; `~` and `/` in a key are written as RFC 6901 asks."""
    return f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"


def string(maximum: int, minimum: int = 1) -> Rule:
    def rule(found: Findings, pointer: str, value: object) -> None:
        if not isinstance(value, str):
            found.refuse(pointer, "must provide a string")
        elif len(value) < minimum:
            found.refuse(pointer, f"must be at least {minimum} character(s)")
        elif len(value) > maximum:
            found.refuse(pointer, f"must be less than {maximum + 1} characters")

    return rule


def boolean(found: Findings, pointer: str, value: object) -> None:
    if not isinstance(value, bool):
        found.refuse(pointer, "must provide a boolean")


def integer(minimum: int, maximum: int) -> Rule:
    def rule(found: Findings, pointer: str, value: object) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            found.refuse(pointer, "must provide an integer")
        elif not minimum <= value <= maximum:
            found.refuse(pointer, f"must be between {minimum} and {maximum}")

    return rule


def one_of(*allowed: str) -> Rule:
    def rule(found: Findings, pointer: str, value: object) -> None:
        if not isinstance(value, str) or value not in allowed:
            found.refuse(pointer, f"must be a valid enum value: {', '.join(allowed)}")

    return rule


def items(each: Rule, minimum: int, maximum: int) -> Rule:
    def rule(found: Findings, pointer: str, value: object) -> None:
        if not isinstance(value, list):
            found.refuse(pointer, "must provide an array")
            return
        if len(value) < minimum:
            found.refuse(pointer, f"no less than {minimum} items required")
        if len(value) > maximum:
            found.refuse(pointer, f"no more than {maximum} items allowed")
        for index, item in enumerate(value):
            each(found, step(pointer, index), item)

    return rule


def check_object(
    found: Findings, pointer: str, value: object, fields: Mapping[str, Rule], required: Collection[str] = ()
) -> bool:
    """Hold an object against its known fields; False when it is no object at all."""
    if not isinstance(value, Mapping):
        found.refuse(pointer, "must provide an object")
        return False
    for name in required:
        if name not in value:
            found.refuse(pointer, f"missing required field: {name}")
    for name, content in value.items():
        rule = fields.get(name)
        if rule is None:
            found.refuse(pointer, f"invalid additional property: {name}")
        else:
            rule(found, step(pointer, name), content)
    return True


def object_of(fields: Mapping[str, Rule], required: Collection[str] = ()) -> Rule:
    def rule(found: Findings, pointer: str, value: object) -> None:
        check_object(found, pointer, value, fields, required)

    return rule


def accept(_found: Findings, _pointer: str, _value: object) -> None:
    """For a field that was judged already, such as `type`."""
