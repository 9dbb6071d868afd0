"""The evidence pack of a settled year with very many purchases: how long it takes and how much memory, streamed.

A process of its own makes it, through the same action as the button, from SQLite on disk: 200 organisations, every
purchase a row of the workbook. It is made twice, and must be the same to the byte.
"""

import json
import resource
import subprocess
import sys
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from sqlalchemy import text
from tests.builders import a_draft, a_judgement, a_seed

from benchmarks.outcome import Outcome
from gwannae.actions.bonus_points import evidence_file
from gwannae.actions.year_end import computed
from gwannae.bot.start import toolkit_for
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.results import Stage
from gwannae.programme.verdict import Verdict
from gwannae.readers.city_file import read_city
from gwannae.storage import organisations, purchases, results

ROWS, QUICK, ORGANISATIONS = 100_000, 5_000, 200
MOST_SECONDS, MOST_MB = 30.0, 300.0
YEAR = 2027
NOW = datetime(YEAR + 1, 1, 3, 10, tzinfo=ZoneInfo("Asia/Seoul"))


def measure(folder: Path, *, quick: bool = False) -> Outcome:
    """One process that makes it twice; the first time counts."""
    rows = QUICK if quick else ROWS
    url = f"sqlite:///{folder / 'evidence.db'}"
    _fill(url, rows)
    run = [sys.executable, "-c", f"from benchmarks.evidence_pack import make; make({url!r}, {str(folder)!r})"]
    told = json.loads(subprocess.run(run, check=True, capture_output=True, text=True).stdout)
    outcome = Outcome()
    outcome.bounded(
        f"evidence pack of {rows:,} rows, {ORGANISATIONS} organisations", told["seconds"], "s", MOST_SECONDS
    )
    outcome.bounded("evidence pack: most memory of the process", told["mb"], "MB", MOST_MB)
    outcome.bounded("evidence pack: bytes that differ when made again", 0 if told["same"] else 1, "", 0)
    outcome.told("evidence pack: size", told["size"] / 1e6, "MB")
    return outcome


def make(url: str, folder: str) -> None:
    """In the process that is measured: print what it took, as JSON."""
    prints, seconds = [], []
    target = Path(folder) / "pack.zip"
    with toolkit_for(read_city("seongnam"), url, lambda: NOW) as toolkit:
        for _ in range(2):
            began = perf_counter()
            with target.open("wb+") as out:
                made = evidence_file(toolkit, COMMAND_LINE, YEAR, out, NOW)
            seconds.append(perf_counter() - began)
            assert isinstance(made, str), made
            prints.append(sha256(target.read_bytes()).hexdigest())
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = target.stat().st_size
    print(json.dumps({"seconds": seconds[0], "mb": most, "same": prints[0] == prints[1], "size": size}))


def _fill(url: str, rows: int) -> None:
    """A purchase of each organisation by the product's own way, then copies of these, and the settled result."""
    with toolkit_for(read_city("seongnam"), url, lambda: NOW) as toolkit:
        with toolkit.database.write() as tx:
            seeds = [a_seed(code=f"o{n:03}", name=f"부서{n:03}") for n in range(ORGANISATIONS)]
            for at, one in enumerate(organisations.save_organisations(tx, seeds).added):
                verdict = (Verdict.LOCAL, Verdict.LOCAL, Verdict.OUTSIDE)[at % 3]
                draft = a_draft(
                    form_key=f"f{at}", organisation_id=one.id, contract_date=NOW.date().replace(year=YEAR, month=6)
                )
                judged = a_judgement(verdict=verdict)
                purchases.add(tx, draft, judged, actor=COMMAND_LINE, self_declared=False, at=NOW)
        with toolkit.database.write() as tx:
            columns = [c.name for c in purchases.purchases.c if c.name not in ("id", "form_key", "amount")]
            listed = ", ".join(columns)
            tx.execute(
                text(
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :copies) "
                    f"INSERT INTO purchases (form_key, amount, {listed}) "
                    f"SELECT form_key || '-' || n.i, 1000 * n.i + id, {listed} FROM purchases, n"
                ),
                {"copies": rows // ORGANISATIONS - 1},
            )
        with toolkit.database.write() as tx:
            results.add(tx, 1, Stage.FINAL, computed(tx, toolkit.city, YEAR, NOW), by=COMMAND_LINE, at=NOW)
