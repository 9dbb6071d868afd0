"""The wheel is the product: installed in a fresh environment, run from a folder that knows nothing of the checkout."""

import json
import os
import site
import subprocess
import sys
import venv
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house.checkout import PRODUCT, ROOT, kept_files

VENDORS = (
    "상호,사업자등록번호,소재지,취급품목\n"
    "가람인쇄사,,가람시 나래구 버들로 1,인쇄물\n"
    "누리상사,,가람시 나래구 버들로 2,복사지\n"
)

# Whatever this machine says about the product must not reach the installed one.
OURS = ("GWANNAE_", "SLACK_", "DATABASE_URL", "PORT", "PYTHON", "XDG_")


@dataclass(frozen=True, slots=True)
class Installed:
    """The installed product: its console script, its Python, and a folder outside the checkout to run them in."""

    script: Path
    python: Path
    elsewhere: Path

    def run(self, *command: str | Path, database: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command as a newcomer's shell would; UTF-8 on both streams."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        environment |= {"HOME": str(self.elsewhere), "PYTHONUTF8": "1", "COLUMNS": "200"}
        if database:
            environment["DATABASE_URL"] = f"sqlite:///{database}"
        return subprocess.run(
            [str(part) for part in command],
            cwd=self.elsewhere,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )


def _succeed(command: Sequence[str | Path]) -> None:
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel. Without isolation, so that nothing is fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    _succeed([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT])
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel in an environment of its own, which sees this one's libraries but not its editable install."""
    folder = tmp_path_factory.mktemp("fresh")
    environment = folder / "venv"
    venv.create(environment, with_pip=False)
    python = environment / "bin" / "python"
    _succeed([sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel])
    # After the install, or pip would see the product next door and leave it at that. A path in a .pth file is not
    # searched for further .pth files, and so the editable install stays unseen.
    packages = next((environment / "lib").glob("python*/site-packages"))
    (packages / "libraries.pth").write_text("\n".join(site.getsitepackages()) + "\n", encoding="utf-8")
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    return Installed(environment / "bin" / "gwannae", python, elsewhere)


def test_the_wheel_holds_every_file_of_the_product(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    kept = {path.relative_to(PRODUCT.parent).as_posix() for path in kept_files(PRODUCT) if path.name != "README.md"}

    assert sorted(kept - packed) == []


@pytest.mark.parametrize(
    "pattern",
    ["cities/*.toml", "storage/migrations/versions/*.py", "sandbox/templates/**/*.html", "sandbox/static/*.js"],
)
def test_there_is_data_to_pack(pattern: str) -> None:
    assert list(PRODUCT.glob(pattern)) != []


def test_the_wheel_holds_nothing_but_the_product_and_its_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    assert {name.split("/")[0].split("-")[0] for name in names} == {"gwannae"}
    assert [name for name in names if name.endswith("/licenses/LICENSE")] != []


def test_the_installed_product_does_not_come_from_the_checkout(installed: Installed) -> None:
    ran = installed.run(installed.python, "-c", "import gwannae; print(gwannae.__file__)")

    assert ran.returncode == 0, ran.stderr
    assert str(ROOT) not in ran.stdout
    assert str(installed.python.parent.parent) in ran.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["vendors", "import", "--help"], ["vendors", "search", "--help"]])
def test_the_installed_command_explains_itself(installed: Installed, arguments: list[str]) -> None:
    ran = installed.run(installed.script, *arguments)

    assert ran.returncode == 0, ran.stderr
    assert "gwannae" in ran.stdout


def test_the_installed_product_makes_its_tables_takes_vendors_and_finds_them(
    installed: Installed, tmp_path: Path
) -> None:
    database = tmp_path / "city.db"
    sheet = tmp_path / "vendors.csv"
    sheet.write_text(VENDORS, encoding="utf-8-sig")

    upgraded = installed.run(installed.script, "db", "upgrade", database=database)
    imported = installed.run(installed.script, "vendors", "import", sheet, database=database)
    searched = installed.run(installed.script, "vendors", "search", "인쇄", "--json", database=database)

    for ran in (upgraded, imported, searched):
        assert ran.returncode == 0, ran.stderr
    assert database.stat().st_size > 0
    found = json.dumps(json.loads(searched.stdout), ensure_ascii=False)
    assert "가람인쇄사" in found
    assert "누리상사" not in found


def test_upgrading_twice_changes_nothing_and_says_nothing_is_wrong(installed: Installed, tmp_path: Path) -> None:
    database = tmp_path / "city.db"

    first = installed.run(installed.script, "db", "upgrade", database=database)
    second = installed.run(installed.script, "db", "upgrade", database=database)

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
