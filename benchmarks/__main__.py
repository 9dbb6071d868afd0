"""`python -m benchmarks`: measure, print the table, write JSON. A missed target is printed and is no failure."""

import argparse
import json
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import import_rows, purchase_files, request_path, search, start_and_memory
from benchmarks.outcome import Outcome

RESULTS = Path(__file__).parent / "results"
MEASUREMENTS: dict[str, Callable[..., Outcome]] = {
    "request_path": request_path.measure,
    "start_and_memory": start_and_memory.measure,
    "import_rows": import_rows.measure,
    "purchase_files": purchase_files.measure,
    "search": search.measure,
}


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", choices=MEASUREMENTS, action="append", help="measure this alone (may be repeated)")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and smaller registries")
    asked = parser.parse_args()
    measured: dict[str, Outcome] = {}
    with tempfile.TemporaryDirectory(prefix="gwannae-bench-") as folder:
        for name in asked.only or MEASUREMENTS:
            began = time.monotonic()
            measured[name] = MEASUREMENTS[name](Path(folder), quick=asked.quick)
            for line in measured[name].lines:
                print(line.shown, flush=True)
            print(f"({name}: {time.monotonic() - began:.0f} s)\n", flush=True)
    missed = [line.name for outcome in measured.values() for line in outcome.lines if line.is_met is False]
    print(f"{len(missed)} targets missed: {'; '.join(missed)}" if missed else "all targets met")
    print(f"written to {_write(measured, quick=asked.quick)}")
    return 0


def _write(measured: dict[str, Outcome], *, quick: bool) -> Path:
    now = datetime.now(UTC)
    RESULTS.mkdir(exist_ok=True)
    where = RESULTS / f"{now:%Y%m%dT%H%M%SZ}.json"
    document = {
        "at": now.isoformat(timespec="seconds"),
        "quick": quick,
        "machine": _machine(),
        "measurements": {
            name: [
                {"name": n.name, "value": n.value, "unit": n.unit, "at_most": n.at_most, "met": n.is_met}
                for n in outcome.lines
            ]
            for name, outcome in measured.items()
        },
    }
    where.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return where


def _machine() -> dict[str, Any]:
    import os
    import sqlite3

    packages = ("slack-bolt", "slack-sdk", "sqlalchemy", "starlette", "uvicorn", "uvloop", "httptools")
    return {
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "load": os.getloadavg(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{name: version(name) for name in packages},
    }


if __name__ == "__main__":
    sys.exit(main())
