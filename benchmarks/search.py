"""A look-up through the product's own action, firms read from the database, beside peers; and how much of it is right.

All ways take turns class by class of each seed's queries, over the same made-up registries: one that names few things,
and one with a long tail of free wording. (Query by query, each would find the processor's caches full of another's
data: a pass goes through 25 MB.) What the product remembers of firms that it showed is taken away before each query;
what `serve` looks up ahead is looked up.
"""

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean

from benchmarks import corpus, queries, registry, search_peers
from benchmarks.knocking import timing
from benchmarks.outcome import Outcome
from benchmarks.search_peers import LIKE, MEMORY, SLOW
from benchmarks.truth import FIRST, Question, Truth, interval, recall
from gwannae.actions.localvendor import look_up
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.localvendor import PAGE
from gwannae.programme.verdict import Verdict

SEEDS = (20270402, 20271109)  # of the queries; whoever tunes the search uses others
PRODUCT = "product"
TAIL = 0.25
_RARELY = 10  # every tenth query goes to what is slow
_LEAST = {  # recall@10
    **dict.fromkeys((*queries.EXACT, *queries.INITIALS), 0.99),
    queries.PARTIAL: 0.90,
    "slip, two syllables": 0.80,
    "slip, three and more": 0.97,
    "slip, company name": 0.80,
}


@dataclass(slots=True)
class Measured:
    """Seconds by class of queries and way of looking up, and recall of each query."""

    seconds: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    shares: dict[str, dict[str, list[float]]] = field(default_factory=dict)

    def took(self, name: str, way: str, seconds: float) -> None:
        """Note one answer's time."""
        self.seconds.setdefault(name, {}).setdefault(way, []).append(seconds)

    def got(self, name: str, way: str, share: float) -> None:
        """Note one answer's recall."""
        self.shares.setdefault(name, {}).setdefault(way, []).append(share)

    def p50(self, name: str, way: str) -> float:
        """The median in ms."""
        return timing(self.seconds[name][way]).p50

    def p99(self, name: str, way: str) -> float:
        """The 99th percentile in ms."""
        return timing(self.seconds[name][way]).p99

    def times(self, title: str) -> str:
        """A table of times by class and way."""
        ways = list(dict.fromkeys(way for by_way in self.seconds.values() for way in by_way))
        rows = [f"p50 / p99 in ms, {title}", f"{'':<24}" + "".join(f"{way:>18}" for way in ways)]
        for name, by_way in self.seconds.items():
            shown = (timing(by_way[way]) for way in ways)
            rows.append(f"{name:<24}" + "".join(f"{f'{t.p50:.3f} / {t.p99:.2f}':>18}" for t in shown))
        return "\n".join(rows)

    def recalls(self, title: str) -> str:
        """A table of recall by class and way."""
        ways = list(dict.fromkeys(way for by_way in self.shares.values() for way in by_way))
        rows = [f"recall@10 (95 % interval of the product), {title}"]
        rows.append(f"{'':<24}{'queries':>8}{ways[0]:>24}" + "".join(f"{way:>18}" for way in ways[1:]))
        for name, by_way in self.shares.items():
            shares = by_way[PRODUCT]
            low, high = interval(shares)
            ours = f"{fmean(shares):.3f} ({low:.3f}-{high:.3f})"
            rows.append(
                f"{name:<24}{len(shares):>8}{ours:>24}" + "".join(f"{fmean(by_way[way]):>18.3f}" for way in ways[1:])
            )
        return "\n".join(rows)


def timed(work: Callable[[], object]) -> float:
    """Seconds that something takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measure(folder: Path, *, quick: bool = False, large: bool = False, seeds: Sequence[int] = SEEDS) -> Outcome:
    """Few things and long tail at 100,000 firms, few things at 10,000; with `large` also at 1,000,000."""
    outcome = Outcome()
    count, each = (10_000, 60) if quick else (100_000, 150)
    for tail in (0.0, TAIL):
        measured = _one_registry(folder, count, tail, seeds, each, with_peers=True)
        title = f"{count:,} vendors{', long tail' if tail else ''}"
        outcome.tables += [measured.times(title), measured.recalls(title)]
        _hold(outcome, measured, title, are_targets=not quick)
    if not quick:
        small = _one_registry(folder, 10_000, 0.0, seeds, each, with_peers=False)
        outcome.tables.append(small.times("10,000 vendors"))
        if large:
            big = _one_registry(folder, 1_000_000, 0.0, seeds, each, with_peers=False)
            outcome.tables += [big.times("1,000,000 vendors"), big.recalls("1,000,000 vendors")]
            for name in (*queries.EXACT, *queries.INITIALS):
                ratio = big.p50(name, PRODUCT) / small.p50(name, PRODUCT)
                outcome.ratio(f"search: {name}: p50 at 1,000,000 / at 10,000", ratio, at_most=2)
    return outcome


def _one_registry(
    folder: Path, count: int, tail: float, seeds: Sequence[int], each: int, *, with_peers: bool
) -> Measured:
    lines = list(corpus.lines(count, tail=tail))
    database = registry.filled(folder, count, tail=tail)
    truth, words = Truth(lines), queries.Words(lines)
    asked = {seed: queries.classes(words, seed, each) for seed in seeds}
    numbers = {line.number: firm for firm, line in enumerate(lines)}
    one_pass = search_peers.memory_pass(lines)
    measured = Measured()
    with ExitStack() as stack:
        toolkit = stack.enter_context(registry.opened(database))
        ways: Mapping[str, search_peers.Ask] = {}
        if with_peers:
            place = folder / f"peers-{count}-{tail}"
            place.mkdir(exist_ok=True)
            ways = stack.enter_context(search_peers.peers(lines, place))
        registry.get_ready(toolkit)
        gc.collect()
        gc.freeze()  # as `serve` does when it is ready
        try:
            for classes in asked.values():
                for name, questions in classes.items():
                    _one_class(measured, name, questions, toolkit, ways, one_pass)
                    for question in questions:
                        share = recall(_first_firms(toolkit, question.typed, numbers), truth.relevant(question))
                        measured.got(name, PRODUCT, share)
                        for way, ask in ways.items():
                            if way not in SLOW:
                                measured.got(name, way, recall(ask(question), truth.relevant(question)))
        finally:
            gc.unfreeze()
    return measured


def _one_class(
    measured: Measured,
    name: str,
    questions: Sequence[Question],
    toolkit: Toolkit,
    ways: Mapping[str, search_peers.Ask],
    one_pass: Callable[[str], int],
) -> None:
    for question in questions:
        registry.forget_cards(toolkit)
        measured.took(name, PRODUCT, timed(lambda: look_up(toolkit, question.typed, registry.TODAY)))  # noqa: B023
    for question in questions:
        measured.took(name, MEMORY, timed(lambda: one_pass(question.typed)))  # noqa: B023
    for way, ask in ways.items():
        for question in questions[:: _RARELY if way in SLOW else 1]:
            measured.took(name, way, timed(lambda: ask(question)))  # noqa: B023


def _first_firms(toolkit: Toolkit, typed: str, numbers: Mapping[str, int]) -> list[int]:
    """The first ten firms as a person leafs through them: local ones, then the others."""
    return list(dict.fromkeys(_leaf_through(toolkit, typed, numbers)))[:FIRST]


def _leaf_through(toolkit: Toolkit, typed: str, numbers: Mapping[str, int]) -> Iterator[int]:
    for side in (Verdict.LOCAL, Verdict.OUTSIDE):
        for offset in range(0, FIRST, PAGE):
            page = look_up(toolkit, typed, registry.TODAY, side, offset)
            if page.offset == offset:  # beyond the end the last page comes again
                for card in page.cards:
                    yield numbers[card.vendor.business_number or ""]


def _hold(outcome: Outcome, measured: Measured, title: str, *, are_targets: bool) -> None:
    """The numbers beside their targets, which are set for 100,000 firms: one pass over fewer takes next to nothing."""
    quarter, whole = (0.25, 1.0) if are_targets else (None, None)
    for name in queries.EXACT:
        ours, floor = timing(measured.seconds[name][PRODUCT]), timing(measured.seconds[name][MEMORY])
        outcome.ratio(f"search, {title}: {name}: p50 / one pass", ours.p50 / floor.p50, at_most=quarter)
        outcome.ratio(f"search, {title}: {name}: p99 / one pass", ours.p99 / floor.p99, at_most=whole)
    for name in (*queries.INITIALS, queries.PARTIAL):
        outcome.ratio(f"search, {title}: {name}: p99 / LIKE", measured.p99(name, PRODUCT) / measured.p99(name, LIKE))
    for name in queries.SLIPS:
        ratio = measured.p99(name, PRODUCT) / measured.p99(name, LIKE)
        outcome.ratio(f"search, {title}: {name}: p99 / LIKE", ratio, at_most=1)
    for name, least in _LEAST.items():
        outcome.share(f"search, {title}: {name}: recall@10", fmean(measured.shares[name][PRODUCT]), at_least=least)
