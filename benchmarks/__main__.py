"""`python -m benchmarks`: measure, print the table, write JSON. A missed target is printed and is no failure."""

import argparse
import json
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import (
    evidence_pack,
    freshness,
    import_rows,
    meaning,
    posting,
    project_bills,
    purchase_files,
    reports,
    request_path,
    search,
    search_postgres,
    standings,
    start_and_memory,
    vocabulary,
)
from benchmarks.outcome import Outcome

RESULTS = Path(__file__).parent / "results"
MEASUREMENTS: dict[str, Callable[..., Outcome]] = {
    "request_path": request_path.measure,
    "start_and_memory": start_and_memory.measure,
    "import_rows": import_rows.measure,
    "purchase_files": purchase_files.measure,
    "search": search.measure,
    "search_postgres": search_postgres.measure,
    "vocabulary": vocabulary.measure,
    "freshness": freshness.measure,
    "meaning": meaning.measure,
    "reports": reports.measure,
    "standings": standings.measure,
    "posting": posting.measure,
    "project_bills": project_bills.measure,
    "evidence_pack": evidence_pack.measure,
}


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", choices=MEASUREMENTS, action="append", help="measure this alone (may be repeated)")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and smaller registries")
    parser.add_argument("--large", action="store_true", help="search at 1,000,000 and standings at 10,000,000 as well")
    parser.add_argument(
        "--query-seed", type=int, action="append", help="seed of the search's queries (may be repeated)"
    )
    asked = parser.parse_args()
    measured: dict[str, Outcome] = {}
    ways = MEASUREMENTS | {
        "search": partial(search.measure, large=asked.large, seeds=asked.query_seed or search.SEEDS),
        "standings": partial(standings.measure, large=asked.large),
    }
    with tempfile.TemporaryDirectory(prefix="gwannae-bench-") as folder:
        for name in asked.only or MEASUREMENTS:
            began = time.monotonic()
            measured[name] = ways[name](Path(folder), quick=asked.quick)
            for table in measured[name].tables:
                print(table + "\n", flush=True)
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
                {
                    "name": n.name,
                    "value": n.value,
                    "unit": n.unit,
                    "at_most": n.at_most,
                    "at_least": n.at_least,
                    "met": n.is_met,
                }
                for n in outcome.lines
            ]
            for name, outcome in measured.items()
        },
        "tables": [table for outcome in measured.values() for table in outcome.tables],
    }
    where.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return where


def _machine() -> dict[str, Any]:
    import os
    import sqlite3

    packages = ("slack-bolt", "slack-sdk", "sqlalchemy", "starlette", "uvicorn", "uvloop", "httptools", "tantivy")
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
