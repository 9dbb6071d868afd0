"""Where things lie in the checkout, for the tests that look at the house itself and not at what it does."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "src" / "gwannae"
ROOMS = (
    "programme",
    "readers",
    "storage",
    "documents",
    "actions",
    "messages",
    "handlers",
    "bot",
    "sandbox",
    "cities",
    "words",
)

# What tools and people leave behind; .gitignore names the same. A release archive has no .git to ask.
_LEFT_BEHIND = {".git", ".venv", ".make", "__pycache__", "dist", "build", "results"}
_LEFT_BEHIND_SUFFIXES = (".pyc", ".db", ".db-wal", ".db-shm", ".db-journal")


def kept_files(folder: Path = ROOT) -> Iterator[Path]:
    """Every file that belongs to the repository, below `folder`, in a steady order."""
    for path in sorted(folder.iterdir()):
        if path.name in _LEFT_BEHIND or path.name.endswith(("_cache", ".egg-info")) or path.name == ".env":
            continue
        if path.is_dir() and not path.is_symlink():
            yield from kept_files(path)
        elif path.is_file() and not path.name.endswith(_LEFT_BEHIND_SUFFIXES):
            yield path


def python_files(*folders: str) -> list[Path]:
    """The Python files below the named folders of the checkout."""
    return [path for folder in folders for path in kept_files(ROOT / folder) if path.suffix == ".py"]


def text_of(path: Path) -> str | None:
    """The file's text, or None when it is not text (a picture, a font)."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def shown(path: Path) -> str:
    """The path as a reader of a failure wants it."""
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[tuple[str, int, int]]:
    """(name, first line, number of lines) of every function and method in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            yield node.name, node.lineno, node.end_lineno - node.lineno + 1


def imported(path: Path) -> Iterator[str]:
    """The full name of every module that the file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module
