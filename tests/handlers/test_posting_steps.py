"""Stopped at every single step: whatever a process did last, the next one ends it, and each post comes once.

As SQLite's own makers test: not at random, but at the first step, the second, the third, until it is never stopped.
"""

import asyncio
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from gwannae.handlers.posting import Poster
from gwannae.handlers.posting_slack import Outcome, Sighting
from gwannae.programme.ledger import Place, PostKey, PostState
from gwannae.storage.database import Database, Transaction
from tests.handlers.posting_stage import Stage, a_stage, empty
from tests.handlers.simulated import simulate

MOST_STEPS = 400
# Longer than a doubt settles, and than a lease lasts: whatever waits for one of them has its turn with the next tick.
FIRST_LIFE = (70.0, 70.0, 70.0)
AFTERLIFE = (160.0, 70.0, 70.0, 70.0)


class StoppedError(BaseException):
    """The process ends here: nothing catches this."""


@dataclass
class Steps:
    """Counts steps, and lets none be taken after the `last`; `taken` names them."""

    last: int
    taken: list[str] = field(default_factory=list)

    def step(self, name: str) -> None:
        if len(self.taken) >= self.last:
            raise StoppedError
        self.taken.append(name)


class StoppingDatabase:
    """A database whose user may be stopped before a transaction, before its commit, and after it."""

    def __init__(self, database: Database, steps: Steps) -> None:
        self._database = database
        self._steps = steps

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        self._steps.step("read")
        with self._database.read() as tx:
            yield tx

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        self._steps.step("begin")
        with self._database.write() as tx:
            yield tx
            self._steps.step("commit")
        self._steps.step("committed")


class StoppingSlack:
    """A Slack whose caller may be stopped before a call, and after it was done."""

    def __init__(self, stage: Stage, steps: Steps) -> None:
        self._slack = stage.slack
        self._steps = steps

    def __getattr__(self, name: str) -> Any:
        return getattr(self._slack, name)

    async def post(self, place: Place, message: Mapping[str, Any], key: PostKey) -> Outcome:
        self._steps.step("call")
        outcome = await self._slack.post(place, message, key)
        self._steps.step("called")
        return outcome

    async def find(self, place: Place, key: PostKey, *, every: bool = False) -> Sighting:
        self._steps.step("look")
        seen = await self._slack.find(place, key, every=every)
        self._steps.step("looked")
        return seen


async def life_and_afterlife(stage: Stage, last: int) -> Steps:
    """A process that is stopped after its `last` step, and then one that is not."""
    steps = Steps(last)
    stopping = StoppingDatabase(stage.toolkit.database, steps)
    mortal = replace(stage.toolkit, database=stopping)  # type: ignore[arg-type]
    try:
        await _live(stage.poster(slack=StoppingSlack(stage, steps), toolkit=mortal), FIRST_LIFE)  # type: ignore[arg-type]
    except StoppedError:
        pass
    else:
        if len(steps.taken) < last:
            steps.taken.append("end")
    await _live(stage.poster(), AFTERLIFE)
    return steps


async def _live(poster: Poster, waits: Sequence[float]) -> None:
    """A tick, and so many seconds: what comes between would find nothing to do."""
    for seconds in waits:
        await poster.run()
        await asyncio.sleep(seconds)


def every_step(url: str) -> list[str]:
    """Stop at the n-th step, n = 1, 2, 3 … until the process reaches its end; the steps that there were."""
    for last in range(1, MOST_STEPS):
        with a_stage(url, 3) as stage:
            empty(stage)
            stage.reminders.silent = {"o00002"}
            stage.slack.faults = deque(["500_after"])  # so that a look-up is among the steps
            steps = simulate(life_and_afterlife(stage, last), stage.loop)
            counts, where = stage.slack.counts(), f"stopped after step {last}: {steps.taken[-3:]}"
            assert sorted(counts.values()) == [1, 1], where
            assert stage.states() == {PostState.SENT: 2, PostState.SKIPPED: 1}, where
            assert stage.sum.holds, where
            if steps.taken[-1] == "end":
                return steps.taken
    raise AssertionError("it never came to its end")


def test_stopped_at_any_step_each_post_comes_once_and_nothing_is_left_half_done(ledger_url: str) -> None:
    taken = every_step(ledger_url)
    assert {"read", "begin", "commit", "committed", "call", "called", "look", "looked"} <= set(taken)
