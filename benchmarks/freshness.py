"""How soon a firm that one process adds is found by another one that serves all the while, at 100,000 vendors.

Two toolkits over one database stand for two processes; the second watches the registry as `serve` does, and is asked
again and again. It must answer from the old words while the new ones are made, and find the firm within two seconds.
"""

import shutil
import time
from pathlib import Path

from benchmarks import corpus, registry
from benchmarks.knocking import timing
from benchmarks.outcome import Outcome
from gwannae.actions.localvendor import look_up
from gwannae.actions.toolkit import Toolkit
from gwannae.bot.watch import watching

_NEW = "상호,사업자등록번호,소재지,취급품목\n샛별처음상사,{number},누리도 물별시 은하구 은하로 1,{item}\n"
_PATIENCE = 30.0


def measure(folder: Path, *, quick: bool = False) -> Outcome:
    """Five firms, one after the other."""
    count, rounds = (10_000, 3) if quick else (100_000, 5)
    database = folder / f"fresh-{count}.db"
    shutil.copyfile(registry.filled(folder, count), database)
    waits: list[float] = []
    answers: list[float] = []
    with registry.opened(database) as office, registry.opened(database) as serving, watching(serving):
        look_up(serving, "인쇄", registry.TODAY)
        for nth in range(rounds):
            item = f"별빛등불{'가나다라마'[nth]}"
            added = registry.add(
                office, folder / "new.csv", _NEW.format(number=corpus.business_number(count + nth), item=item)
            )
            waits.append(_until_found(serving, item, added, answers))
    outcome = Outcome()
    outcome.bounded(f"freshness: a new firm is found, {count:,} vendors, worst of {rounds}", max(waits), "s", at_most=2)
    outcome.told("freshness: median", sorted(waits)[len(waits) // 2], "s")
    outcome.told("freshness: look-ups meanwhile, p50", timing(answers).p50, "ms")
    outcome.told("freshness: look-ups meanwhile, the slowest", max(answers) * 1000, "ms")
    return outcome


def _until_found(toolkit: Toolkit, item: str, added: float, answers: list[float]) -> float:
    while time.perf_counter() - added < _PATIENCE:
        began = time.perf_counter()
        found = look_up(toolkit, item, registry.TODAY)
        if any(card.vendor.items == (item,) for card in found.cards):
            return time.perf_counter() - added
        answers.append(time.perf_counter() - began)
        time.sleep(0.01)
    raise AssertionError(f"{item} was not found in {_PATIENCE:.0f} s")
