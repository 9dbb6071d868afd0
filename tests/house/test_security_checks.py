"""The list of security checks is true: each test exists, each time limit is what it says, and none is missing."""

import ast
import importlib
import re

import pytest

from tests.house.checkout import ROOT, kept_files, python_files, shown

CHECKS = (ROOT / "docs" / "security-checks.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[a-z_/0-9]+\.py)::(test_\w+)`", CHECKS)))
LIMITS = re.findall(r"^\| [^|]+ \| ([0-9.]+) \| `([a-z_.]+)\.([A-Z_]+)` \|$", CHECKS, re.MULTILINE)
OUTSIDE = {"ClientSession", "AsyncWebClient", "WebClient", "create_engine", "urlopen"}


def test_the_list_names_tests_and_limits() -> None:
    assert len(NAMED) > 30
    assert len(LIMITS) > 8


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_each_test_that_the_list_names_exists(path: str, name: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    assert name in {node.name for node in tree.body if isinstance(node, functions)}


@pytest.mark.parametrize(("seconds", "module", "name"), LIMITS)
def test_every_outside_call_has_the_time_limit_that_the_table_names(seconds: str, module: str, name: str) -> None:
    assert getattr(importlib.import_module(module), name) == float(seconds)


def test_what_opens_a_way_outside_stands_where_the_table_looks() -> None:
    known = {module for _, module, _ in LIMITS}
    found = set()
    for path in python_files("src"):
        if "sandbox" in path.parts or "migrations" in path.parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        names = {f.attr if isinstance(f, ast.Attribute) else getattr(f, "id", "") for f in calls}
        if names & OUTSIDE:
            found.add(shown(path).removeprefix("src/").removesuffix(".py").replace("/", "."))
    assert found - known == set()


def test_no_token_of_slack_is_kept_in_the_repository() -> None:
    token = re.compile(r"xox[abeprs]-[0-9]{8,}|xapp-[0-9]-[A-Z0-9]{8,}")
    texts = {shown(path): path.read_bytes().decode("utf-8", "replace") for path in kept_files()}
    assert [name for name, text in texts.items() if token.search(text)] == []
