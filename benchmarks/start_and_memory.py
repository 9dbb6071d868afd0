"""How long until the first answer, and how much memory after two hundred, beside the bare app.

Both are started cold: a new process each time, its modules compiled before. The product's database is migrated and
holds 12,000 vendors; its first answer therefore includes reading the city file and the registry's words.
"""

from pathlib import Path
from statistics import median

from benchmarks import registry
from benchmarks.auth_stub import slack_stub
from benchmarks.knocking import Connection, signed_command, signed_commands, time_each
from benchmarks.outcome import Outcome
from benchmarks.request_path import VENDORS, queries
from benchmarks.servers import Served, bare_app, product

ANSWERS = 200
ELSE = "/gwannae"  # with it the product brings in its other features; the peer does not know it


def measure(folder: Path, *, quick: bool = False) -> Outcome:
    """Median of pairs, peer and product started one after the other."""
    pairs = 3 if quick else 7
    database = registry.filled(folder, VENDORS)
    starts: dict[str, list[float]] = {"bare app": [], "product": []}
    sizes: dict[str, tuple[float, float]] = {}
    with slack_stub() as slack:
        for n in range(pairs + 1):  # the first pair compiles what is not yet compiled
            for who, start in (("bare app", bare_app(slack)), ("product", product(slack, f"sqlite:///{database}"))):
                with start as served:
                    if n:
                        starts[who].append(served.first_answer)
                    if n == pairs:
                        sizes[who] = _memory_after(served)
    outcome = Outcome()
    ratios = [p / b for b, p in zip(starts["bare app"], starts["product"], strict=True)]
    outcome.ratio("start: spawn to first signed 200, product / bare app", median(ratios), at_most=2.5)
    # RSS is bounded; PSS leaves out what other processes share, and depends on which of them happen to run.
    for which, index, bound in (("RSS", 0, 2), ("PSS", 1, None)):
        ratio = sizes["product"][index] / sizes["bare app"][index]
        outcome.ratio(f"memory: {which} after {ANSWERS} answers, product / bare app", ratio, at_most=bound)
    for who in ("bare app", "product"):
        outcome.told(f"start: {who}", median(starts[who]) * 1000, "ms")
        outcome.told(f"memory: {who} RSS", sizes[who][0], "MB")
    return outcome


def _memory_after(server: Served) -> tuple[float, float]:
    connection = Connection(server.port)
    connection.ask(signed_command("", server.port, name=ELSE))
    time_each(connection, signed_commands(queries(), server.port), ANSWERS)
    connection.close()
    return server.memory()
