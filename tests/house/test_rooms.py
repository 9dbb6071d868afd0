"""The walls of the house that neither the linter nor import-linter looks at."""

import json
import re
import subprocess
import sys
import tomllib

import pytest

from tests.house.checkout import PRODUCT, ROOMS, ROOT, functions, imported, kept_files, python_files, shown, text_of

VAGUE_NAMES = {"utils", "util", "common", "helpers", "helper", "misc"}

# Migrations tell what was done to a table once; they are written once and never changed again.
MIGRATIONS = PRODUCT / "storage" / "migrations" / "versions"


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_tells_what_it_is_for_on_one_screen(room: str) -> None:
    lines = (PRODUCT / room / "README.md").read_text(encoding="utf-8").strip().splitlines()

    assert len(lines) >= 3
    assert len(lines) <= 60


def test_there_is_no_room_that_the_house_does_not_name() -> None:
    folders = {path.relative_to(PRODUCT).parts[0] for path in kept_files(PRODUCT) if path.parent != PRODUCT}

    assert folders == set(ROOMS)


@pytest.mark.parametrize("folder", ["tests", "benchmarks", "docs"])
def test_the_folders_beside_the_product_say_what_they_are_for(folder: str) -> None:
    lines = (ROOT / folder / "README.md").read_text(encoding="utf-8").strip().splitlines()

    assert 3 <= len(lines) <= 60


def test_no_file_has_a_name_that_would_take_anything_in() -> None:
    vague = [shown(path) for path in kept_files() if path.stem.lower() in VAGUE_NAMES]

    assert vague == []


def test_no_function_is_longer_than_a_screen() -> None:
    files = [path for path in python_files("src", "tests", "scripts", "benchmarks") if path.parent != MIGRATIONS]
    long = [
        f"{shown(path)}:{line} {name}: {count} lines"
        for path in files
        for name, line, count in functions(path)
        if count > 60
    ]

    assert long == []


def test_no_file_of_the_product_has_grown_into_two() -> None:
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in python_files("src")}

    assert [f"{shown(path)}: {count} lines" for path, count in sizes.items() if count > 400] == []


def city_names() -> set[str]:
    """What the shipped city files call their city; their districts too, where no other city has one of that name."""
    names: set[str] = set()
    for path in (PRODUCT / "cities").glob("*.toml"):
        places = tomllib.loads(path.read_text(encoding="utf-8"))["places"]
        names |= {places["city"], *places.get("city_aliases", ())}
        if places.get("districts_name_the_city"):
            names |= {district["name"] for district in places.get("districts", ())}
    return names


def test_a_city_is_named_in_its_own_file_only() -> None:
    names = city_names()
    pattern = re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))
    files = [path for folder in (PRODUCT, ROOT / "tests") for path in kept_files(folder)]

    found = [
        f"{shown(path)}: {match.group()}"
        for path in files
        if PRODUCT / "cities" not in path.parents
        for match in pattern.finditer(text_of(path) or "")
    ]

    assert names
    assert found == []


# Written so that this file does not hold what it looks for.
FORBIDDEN = {
    "a path of somebody's machine": re.compile(r"(?<![\w.}])/(?:work|root|Users|home)/[A-Za-z0-9_.]+[/\s\"'`)]"),
    "a package registry's host": re.compile(r"(?:pypi|pythonhosted|npmjs|yarnpkg)\.(?:org|com)", re.IGNORECASE),
    "work left undone": re.compile(r"\b(?:TO)(?:DO)\b|\bFIX(?:ME)\b"),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds_what_does_not_belong_in_a_repository(what: str) -> None:
    found = [
        f"{shown(path)}: {match.group()}"
        for path in kept_files()
        for match in FORBIDDEN[what].finditer(text_of(path) or "")
    ]

    assert found == []


# One file, so that the library can be changed there: sets of numbers, measured ten times as fast as our own.
BEHIND_ONE_FILE = [("src/gwannae/programme/place_sets.py", "pyroaring")]


def test_the_programme_imports_the_standard_library_alone_but_for_one_file() -> None:
    imports = [
        (shown(path), name)
        for path in python_files("src/gwannae/programme")
        for name in imported(path)
        if not name.startswith("gwannae.programme") and name.split(".")[0] not in sys.stdlib_module_names
    ]

    assert imports == BEHIND_ONE_FILE


HEAVY = ("python_calamine", "xlsxwriter", "openpyxl", "matplotlib", "rich.progress")


def test_the_bot_starts_without_the_heavy_libraries() -> None:
    code = "import json, sys, gwannae.bot.serve, gwannae.bot.features; print(json.dumps(sorted(sys.modules)))"
    # A process of its own: the tests themselves import some of these.
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stderr
    assert set(json.loads(ran.stdout)) & set(HEAVY) == set()
