"""Where the command line speaks: results on standard output, words for people on standard error."""

import json
import sys
import unicodedata
from collections.abc import Sequence

DONE, PARTLY, FAILED = 0, 1, 2  # exit codes: done; done in part, or the answer is no; nothing could be done


def say(text: str) -> None:
    """Words for the person at the terminal."""
    sys.stderr.write(_shown(text, keep="\n") + "\n")
    sys.stderr.flush()


def print_json(value: object) -> None:
    """A result for another program: one JSON document, Hangul as it is."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_lines(lines: Sequence[str]) -> None:
    """A result for a person, line by line."""
    for line in lines:
        sys.stdout.write(_shown(line) + "\n")


def print_table(headers: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> None:
    """A result for a person. `numbers` are the columns that are set to the right."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="")
    for at, header in enumerate(headers):
        table.add_column(header, justify="right" if at in numbers else "left", overflow="fold")
    from rich.text import Text

    for row in rows:
        table.add_row(*(Text(_shown(cell)) for cell in row))
    # Not on a terminal nothing is cut or wrapped: the next program decides.
    console = Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else 400)
    console.print(table)


def _shown(text: str, keep: str = "") -> str:
    """What came from a file must not steer the terminal."""
    return "".join(c for c in text if c in keep or unicodedata.category(c) not in ("Cc", "Cs"))
