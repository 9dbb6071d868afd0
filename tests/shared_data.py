"""Where tests find the project's real data, which lies beside the checkout and never in it.

Rows are read there and never copied: not into a test, not into a message, not into a file of the repository. Tests
that need them carry the marker `shared_data` and are skipped, with the reason, where the folder is absent.
"""

from __future__ import annotations

import csv
import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

_CHECKOUT = Path(__file__).resolve().parent.parent


def shared_data_path(name: str) -> Path:
    """Return the path of a shared file: in GWANNAE_SHARED_DATA, or in ../shared/data beside the checkout."""
    folder = Path(os.environ.get("GWANNAE_SHARED_DATA") or _CHECKOUT.parent / "shared" / "data")
    path = folder / name
    if not path.is_file():
        pytest.skip(f"no shared data: {name} is not in {folder} (set GWANNAE_SHARED_DATA to its folder)")
    return path


def shared_rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a shared UTF-8 CSV file, plain or gzip, by header."""
    path = shared_data_path(name)
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
