"""Set-up and the gate, on machines that lack something. The scripts are run; the tools that they call are made up."""

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.house.checkout import ROOT

PLAIN_TOOLS = ("sh", "bash", "env", "tr", "cat", "cmp", "rm", "dirname", "tee", "grep", "tail", "mktemp", "chmod")
KOREAN_FONT = "echo NanumGothic"


class Machine:
    """A folder that stands for a whole PATH: the plain tools, and what a test puts beside them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        for tool in PLAIN_TOOLS:
            found = shutil.which(tool)
            assert found, tool
            (folder / tool).symlink_to(found)

    def has(self, tool: str, does: str = "exit 0") -> None:
        (self.folder / tool).write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        (self.folder / tool).chmod(0o755)

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(part) for part in command],
            env={"PATH": str(self.folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "path")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with our scripts and a small pyproject.toml."""
    folder = tmp_path / "a checkout"
    shutil.copytree(ROOT / "scripts", folder / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / ".ci", folder / ".ci")
    (folder / "pyproject.toml").write_text('[project]\nname = "made-up"\n', encoding="utf-8")
    return folder


@pytest.mark.parametrize("browser", ["chromium", "chromium-browser", "google-chrome"])
def test_a_browser_and_a_font_that_are_there_are_used(machine: Machine, checkout: Path, browser: str) -> None:
    machine.has(browser)
    machine.has("fc-list", KOREAN_FONT)

    ran = machine.run("sh", checkout / "scripts" / "browser.sh")

    assert (ran.returncode, ran.stdout) == (0, "")


@pytest.mark.parametrize(
    ("there", "line"),
    [
        ([], "sudo apt-get update && sudo apt-get install -y chromium fontconfig fonts-nanum"),
        ([("chromium", "exit 0")], "sudo apt-get update && sudo apt-get install -y fontconfig fonts-nanum"),
        ([("fc-list", KOREAN_FONT)], "sudo apt-get update && sudo apt-get install -y chromium"),
        ([("fc-list", "exit 0")], "sudo apt-get update && sudo apt-get install -y chromium fonts-nanum"),
    ],
)
def test_who_may_not_install_is_told_the_line_to_run(
    machine: Machine, checkout: Path, there: Iterable[tuple[str, str]], line: str
) -> None:
    machine.has("id", "echo 1000")
    machine.has("apt-get", "echo apt-get must not be called; exit 0")
    for tool, does in there:
        machine.has(tool, does)

    ran = machine.run("sh", checkout / "scripts" / "browser.sh")

    assert ran.returncode == 1
    assert line in [said.strip() for said in ran.stdout.splitlines()]
    assert "must not" not in ran.stdout


def test_root_gets_what_is_missing_and_nothing_else(machine: Machine, checkout: Path, tmp_path: Path) -> None:
    machine.has("id", "echo 0")
    machine.has("fc-list", KOREAN_FONT)
    chromium = machine.folder / "chromium"
    installs = f'echo "$@" >>"{tmp_path}/asked"; printf "#!/bin/sh\\n" >"{chromium}"; chmod 755 "{chromium}"'
    machine.has("apt-get", installs)

    ran = machine.run("sh", checkout / "scripts" / "browser.sh")

    assert ran.returncode == 0, ran.stdout
    assert (tmp_path / "asked").read_text(encoding="utf-8").splitlines() == [
        "update -qq",
        "install -y -qq chromium",
    ]


def test_an_apt_that_installs_nothing_fails_the_gate(machine: Machine, checkout: Path) -> None:
    machine.has("id", "echo 0")
    machine.has("apt-get")

    assert machine.run("sh", checkout / "scripts" / "browser.sh").returncode == 1


def test_without_a_fitting_python_set_up_says_what_is_needed(machine: Machine, checkout: Path) -> None:
    machine.has("python3", "exit 1")  # what ours answers when asked whether it is 3.11 with venv

    ran = machine.run("sh", checkout / "scripts" / "setup.sh", "run")

    assert ran.returncode == 1
    assert "Python 3.11 or newer" in ran.stdout
    assert not (checkout / ".venv").exists()


def stamped(machine: Machine, checkout: Path, kind: str) -> Path:
    """A set-up that is done; its python notes each call."""
    calls = checkout / "calls"
    (checkout / ".venv" / "bin").mkdir(parents=True)
    python = checkout / ".venv" / "bin" / "python"
    python.write_text(f'#!/bin/sh\necho "$@" >>"{calls}"\n', encoding="utf-8")
    python.chmod(0o755)
    ran = machine.run("sh", checkout / "scripts" / "setup.sh", kind)
    assert ran.returncode == 0, ran.stdout
    calls.unlink()
    return calls


@pytest.mark.parametrize(
    ("done", "asked", "again"),
    [("run", "run", False), ("dev", "dev", False), ("dev", "run", False), ("run", "dev", True)],
)
def test_a_set_up_that_is_done_is_not_done_again(
    machine: Machine, checkout: Path, done: str, asked: str, again: bool
) -> None:
    calls = stamped(machine, checkout, done)

    ran = machine.run("sh", checkout / "scripts" / "setup.sh", asked)

    assert ran.returncode == 0, ran.stdout
    assert calls.exists() is again


def test_a_changed_dependency_sets_up_again(machine: Machine, checkout: Path) -> None:
    calls = stamped(machine, checkout, "dev")
    (checkout / "pyproject.toml").write_text('[project]\nname = "changed"\n', encoding="utf-8")

    ran = machine.run("sh", checkout / "scripts" / "setup.sh", "dev")

    assert ran.returncode == 0, ran.stdout
    assert "pip install" in calls.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("make", "status", "last"),
    [
        ("echo '=== 5 passed in 1.20s ==='", 0, "=== 5 passed in 1.20s ==="),
        (
            "echo '=== 1 failed, 4 passed in 63.10s (0:01:03) ==='; echo 'make: *** [test] Error 1' >&2; exit 2",
            2,
            "=== 1 failed, 4 passed in 63.10s (0:01:03) ===",
        ),
        ("echo 'E501 Line too long'; exit 2", 2, "E501 Line too long"),
    ],
)
def test_the_machines_gate_ends_with_the_runners_own_summary(
    machine: Machine, checkout: Path, make: str, status: int, last: str
) -> None:
    machine.has("make", make)

    ran = machine.run(checkout / ".ci" / "run")

    assert ran.returncode == status
    assert ran.stdout.splitlines()[-1] == last
