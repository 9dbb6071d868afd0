"""Set-up reads the development tools from pyproject.toml itself, for an old pip cannot."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.checkout import ROOT

SCRIPT = ROOT / "scripts" / "dependency_group.py"


def read_group(folder: Path, name: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), name], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_the_group_of_this_project_is_read_whole() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    ran = read_group(ROOT, "dev")

    assert ran.stdout.splitlines() == project["dependency-groups"]["dev"]


def test_an_included_group_stands_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[dependency-groups]\nlint = ["ruff"]\ndev = ["pytest>=8", {include-group = "lint"}, "mypy"]\n',
        encoding="utf-8",
    )

    assert read_group(tmp_path, "dev").stdout.splitlines() == ["pytest>=8", "ruff", "mypy"]


@pytest.mark.parametrize("name", ["no-such-group", ""])
def test_a_group_that_is_not_there_fails_and_writes_nothing(name: str) -> None:
    ran = read_group(ROOT, name)

    assert ran.returncode != 0
    assert ran.stdout == ""
