"""What the product imports is what it declares: nothing stands there only because something else needs it."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.house.checkout import PRODUCT, ROOT, kept_files, shown

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _packages(path: Path) -> Iterator[str]:
    """The top-level packages that a file imports by their full name, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None and not node.level:
            yield node.module.split(".")[0]


def test_every_package_that_the_product_imports_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {_plain(match[0]) for line in project["dependencies"] if (match := _NAME.match(line))}
    distributions = packages_distributions()
    undeclared: dict[str, str] = {}
    outside = 0
    for path in (p for p in kept_files(PRODUCT) if p.suffix == ".py"):
        for name in set(_packages(path)) - {"gwannae"}:
            if name in sys.stdlib_module_names:
                continue
            outside += 1
            if not declared & {_plain(found) for found in distributions.get(name, [])}:
                undeclared[name] = shown(path)
    assert outside > 50
    assert undeclared == {}
