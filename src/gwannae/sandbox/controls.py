"""Finding the control that a person uses in a list of blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .state_values import elements_of
from .values import Json


class NotOnScreenError(LookupError):
    """The person does not see this message, form or control (any more)."""


def controls(blocks: Iterable[Json]) -> Iterator[tuple[str, Json]]:
    """Every element that can be used, with the id of the block it stands in."""
    for block in blocks:
        for element in elements_of(block):
            yield str(block["block_id"]), element


def find_control(blocks: Iterable[Json], action_id: str, block_id: str | None) -> tuple[str, Json]:
    """`(block_id, element)` of the first control with this action_id, in this block where one is named."""
    for where, element in controls(blocks):
        if element["action_id"] == action_id and block_id in (None, where):
            return where, element
    raise NotOnScreenError(f"{block_id or '*'}/{action_id}")
