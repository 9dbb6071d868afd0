"""Tests that look for what is rare: once in every run with its seed, for long and with a fresh one in `make soak`."""

import os
import random
import secrets
import time
from collections.abc import Iterator

SECONDS = float(os.environ.get("SOAK_SECONDS") or 0)  # 0: no soak, each test has its fixed round
SEED = int(os.environ.get("SOAK_SEED") or secrets.randbelow(10**9))


def announcement() -> str | None:
    """What a soak begins with: the seed, and how to have the same run again."""
    if not SECONDS:
        return None
    return f"soak: seed {SEED}, {SECONDS:g} s a test; the same again: make soak SOAK_SEED={SEED}"


def rounds(fixed_seed: int) -> Iterator[random.Random]:
    """Dice for each round of a test: one round with its own seed, or in a soak new ones until the time is over."""
    if not SECONDS:
        yield random.Random(fixed_seed)  # noqa: S311 - repeatable on purpose
        return
    end, number = time.monotonic() + SECONDS, 0
    while time.monotonic() < end:
        print(f"round {number} of seed {SEED}")  # noqa: T201 - pytest shows it where the round fails
        yield random.Random(f"{SEED}/{number}")  # noqa: S311 - repeatable on purpose
        number += 1
