"""`python -m benchmarks.whole_import FILE DATABASE`: a contract list from its bytes to 확정, in a process of its own.

As in `gwannae serve`, the long part is done in a thread. Beside it somebody looks for a firm and somebody of another
organisation reports a purchase, again and again: how long the slowest waits, and who is told that the store is busy.
Prints JSON: seconds of each step, MiB at most, rows stored, the waits.
"""

import json
import resource
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path

from benchmarks import corpus, registry
from gwannae.actions import purchase_import_work as work
from gwannae.actions import purchases_import as files
from gwannae.actions.localvendor import look_up
from gwannae.actions.report_purchase import submit
from gwannae.actions.toolkit import Toolkit
from gwannae.bot.start import toolkit_for
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.purchase_imports import ImportState
from gwannae.programme.report_form import RawReport
from gwannae.programme.report_purchase import Stored
from gwannae.readers.city_file import read_city
from gwannae.storage import organisations
from gwannae.storage.database import DatabaseBusyError

BETWEEN, VENDORS = 0.05, 1_000


class Others:
    """Those who ask meanwhile, as a thread."""

    def __init__(self, toolkit: Toolkit, whose: int, now: datetime) -> None:
        self._toolkit, self._whose, self._now = toolkit, whose, now
        self._forms, self._over = count(1), threading.Event()
        self._thread = threading.Thread(target=self._ask)
        self.slowest = {"look_up": 0.0, "report": 0.0}
        self.asked, self.busy = 0, 0

    def __enter__(self) -> "Others":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _ask(self) -> None:
        while not self._over.wait(BETWEEN):
            self._timed("look_up", lambda: look_up(self._toolkit, "현수막", self._now.date()))
            self._timed("report", self._report)
            self.asked += 1

    def _timed(self, what: str, deed: Callable[[], object]) -> None:
        began = time.perf_counter()
        try:
            deed()
        except DatabaseBusyError:
            self.busy += 1
        self.slowest[what] = max(self.slowest[what], time.perf_counter() - began)

    def _report(self) -> None:
        n = next(self._forms)
        form = RawReport(
            form_key=f"beside-{n}", organisation_id=self._whose, title=f"명패 제작 {n}", vendor_id=n % VENDORS + 1,
            firm_name=None, firm_number=None, firm_address=None, amount="3만원", item="",
            contract_date=self._now.date().isoformat(), kind="goods", method="open_bid",
        )  # fmt: skip
        said = submit(self._toolkit, COMMAND_LINE, form, self._now)
        if not isinstance(said, Stored):
            raise AssertionError(f"not stored: {said}")


def main() -> int:
    """Do it once."""
    file, database = Path(sys.argv[1]), sys.argv[2]
    city = read_city(str(corpus.CITY_FILE))
    now = datetime(2027, 6, 15, 10, tzinfo=city.zone)
    took: dict[str, float] = {}
    with toolkit_for(city, f"sqlite:///{database}", lambda: now) as toolkit:
        registry.take_in(toolkit, corpus.write_csv(file.with_suffix(".csv"), corpus.lines(VENDORS)))
        with toolkit.database.read() as tx:
            own, other = (o.id for o in organisations.all_organisations(tx)[:2])
        began = time.perf_counter()
        import_id = files.receive(toolkit, COMMAND_LINE, "bench:1", "list.xlsx", own, now).batch.id
        work.keep(toolkit, import_id, file.read_bytes())
        with Others(toolkit, other, now) as others:
            for step in ("preview", "store"):
                at = time.perf_counter()
                claimed = work.claim(toolkit, import_id, step, now)
                assert claimed is not None
                work.work(toolkit, claimed[0], step, now)
                took[step] = time.perf_counter() - at
                files.confirm(toolkit, COMMAND_LINE, import_id, now)
        took["whole"] = time.perf_counter() - began
        standing = files.standing_of(toolkit, import_id)
        assert standing is not None
        assert standing.batch.state is ImportState.CONFIRMED, standing.batch
        took |= {**others.slowest, "asked": others.asked, "busy": others.busy, "stored": standing.batch.summary.new}
    took["mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(took))
    return 0


if __name__ == "__main__":
    sys.exit(main())
