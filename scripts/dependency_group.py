"""Writes one dependency group of pyproject.toml as lines for `pip install --requirement` (PEP 735, with include-group).

Usage: dependency_group.py NAME, from the folder of pyproject.toml. An unknown group is a KeyError.
"""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def requirements(groups: dict[str, list[Any]], name: str) -> Iterator[str]:
    """The requirement strings of a group, those of included groups in their place."""
    for entry in groups[name]:
        if isinstance(entry, str):
            yield entry
        else:
            yield from requirements(groups, entry["include-group"])


if __name__ == "__main__":
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    sys.stdout.writelines(f"{line}\n" for line in requirements(project["dependency-groups"], sys.argv[1]))
