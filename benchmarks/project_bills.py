"""A bill of 5,000 rows reviewed at 100,000 firms, beside the look-up of each row as a person would do it.

The names are drawn from the registry's own items with sizes behind them, a tenth of them in words that nobody offers.
Both ways use the same registry in memory, one after the other; memory is what the review adds to the process.
"""

import random
import time
from datetime import date, datetime, timedelta
from pathlib import Path

from tests.builders import a_seed

from benchmarks import corpus, registry
from benchmarks.outcome import Outcome
from gwannae.actions.localvendor import look_up
from gwannae.actions.organisations import import_organisations
from gwannae.actions.projects import register, review
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.projects import Item, ProjectForm, ProjectKept, Review, Stage
from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.storage import organisations

ROWS, FIRMS = 5_000, 100_000
MOST_SECONDS, MOST_MB = 10.0, 200.0
SEED = 20270615


def measure(folder: Path, *, quick: bool = False) -> Outcome:
    """Register, review, and look each row up plainly."""
    outcome = Outcome()
    rows, firms = (500, 10_000) if quick else (ROWS, FIRMS)
    database = registry.filled(folder, firms, tail=0.25)
    items = bill(list(corpus.lines(firms, tail=0.25)), rows)
    with registry.opened(database) as toolkit:
        registry.get_ready(toolkit)
        now = datetime.combine(registry.TODAY, datetime.min.time(), toolkit.city.zone) + timedelta(hours=10)
        import_organisations(toolkit, COMMAND_LINE, [a_seed(code="bench", name="내역과")], now)
        with toolkit.database.read() as tx:
            own = organisations.by_code(tx, "bench")
        assert own is not None, "it was entered above"
        form = ProjectForm("긴 내역서", own.id, PurchaseKind.WORKS, Stage.PLANNING, date(now.year + 1, 1, 1))
        before, began = _fresh_peak(), time.perf_counter()
        kept = register(toolkit, COMMAND_LINE, form, items, "bench", now)
        assert isinstance(kept, ProjectKept), "a sound bill"
        registered = time.perf_counter() - began
        began = time.perf_counter()
        found = review(toolkit, COMMAND_LINE, kept.project.id, now, 20)
        reviewed, memory = time.perf_counter() - began, _peak() - before
        assert isinstance(found, Review), "it was registered above"
        began = time.perf_counter()
        for item in items:
            look_up(toolkit, item.name, registry.TODAY)
        plain = time.perf_counter() - began
    outcome.tables.append(
        f"{rows:,} rows at {firms:,} firms: stored in {registered:.2f} s, reviewed in {reviewed:.2f} s "
        f"({found.needs:,} things), each row looked up plainly {plain:.2f} s; {memory:.0f} MB more"
    )
    outcome.ratio("project bills: review / a plain look-up of each row", reviewed / plain, at_most=1)
    outcome.bounded("project bills: stored and reviewed", registered + reviewed, "s", MOST_SECONDS)
    outcome.bounded("project bills: memory more at the peak", memory, "MB", MOST_MB)
    return outcome


def bill(lines: list[corpus.Line], rows: int) -> tuple[Item, ...]:
    """Things that firms offer, with a size behind, and some that nobody does; no name twice."""
    rolls = random.Random(SEED)
    names: dict[str, None] = {}
    while len(names) < rows:
        item = (
            rolls.choice(rolls.choice(lines).items) if rolls.random() > 0.1 else f"특수자재{rolls.randrange(10**6)}호"
        )
        names[f"{item} D{rolls.randrange(1, 10**5)}"] = None
    return tuple(Item(name, "", "EA", "1", rolls.randrange(10**4, 10**8), "", row) for row, name in enumerate(names, 2))


def _fresh_peak() -> float:
    """Forget the peak so far (filling the registry took more than what is measured), and say what is held now."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _peak()


def _peak() -> float:
    """The most that this process has held since, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024
