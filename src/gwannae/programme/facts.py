"""The three answers that a stored fact can have."""

from __future__ import annotations

from enum import StrEnum


class Fact(StrEnum):
    """Whether something about a firm is so: 맞음 (yes), 아님 (no) or 모름 (unknown).

    Unknown is an answer of its own: a rule decides what it means, never a default in code.
    """

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
