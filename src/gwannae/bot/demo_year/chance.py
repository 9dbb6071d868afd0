"""Draws that come out the same on every machine and in every year of Python.

A draw depends on what it is about and on nothing else: one more firm does not move the rest of the made-up year.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")

SEED = "gwannae-demo-1"


def draw(upper: int, *about: object) -> int:
    """A whole number from 0 up to `upper`, exclusive."""
    words = "|".join((SEED, *map(str, about)))
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest()) % upper


def pick(choices: Sequence[T], *about: object) -> T:
    """One of the choices."""
    return choices[draw(len(choices), *about)]


def some(choices: Sequence[T], number: int, *about: object) -> tuple[T, ...]:
    """That many of the choices, in their own order."""
    order = sorted(range(len(choices)), key=lambda index: (draw(1 << 30, *about, index), index))
    return tuple(choices[index] for index in sorted(order[:number]))
