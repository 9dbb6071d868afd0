"""A model of all that can happen, in any order: crashes, clock jumps, replicas, a Slack in trouble, pauses, days off.

Whatever was drawn, once the world is quiet again every owed post stands in Slack exactly once, or has a reason that a
person can read; and at every moment the sum holds.
"""

import asyncio
from contextlib import ExitStack
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from gwannae.handlers.posting import Poster
from gwannae.programme.ledger import PostState
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.storage import posting_state
from tests import soaking
from tests.databases import PostgresServer, SqliteTemplate
from tests.handlers.posting_stage import DUE, a_stage, channel_of
from tests.soaking import rounds

CHANNELS = 4
FAULTS = ("mute", "500", "500_after", "429:3", "lost", "late:40", "reset", "internal_error")
STATES = ("is_archived", "not_in_channel", "channel_not_found", "token_revoked")
SEED = 0
EXAMPLES = 12  # of each round, on each database


class World(RuleBasedStateMachine):
    """One simulated world; `fresh` gives a database's address for each."""

    fresh: object

    def __init__(self) -> None:
        super().__init__()
        self._open = ExitStack()
        url = self._open.enter_context(self.fresh())  # type: ignore[operator]
        self.stage = self._open.enter_context(
            a_stage(url, CHANNELS, due=DUE + timedelta(hours=3), useful_for=timedelta(days=4))
        )
        self.lives: list[Poster] = []
        self.running: list[asyncio.Task[None]] = []

    def _pass(self, seconds: float) -> None:
        self.stage.loop.run_until_complete(asyncio.sleep(seconds))

    @initialize()
    def begin(self) -> None:
        self.lives = [self.stage.poster()]

    @rule(who=st.integers(0, 4), seconds=st.sampled_from([0.005, 0.03, 1.0, 40.0, 200.0]))
    def tick(self, who: int, seconds: float) -> None:
        """A life ticks, and so much time passes, whether or not it has ended by then."""
        life = self.lives[who % len(self.lives)]

        async def one() -> None:
            self.running.append(asyncio.ensure_future(life.run()))
            await asyncio.sleep(seconds)

        self.stage.loop.run_until_complete(one())
        self.running = [task for task in self.running if not task.done()]

    @rule()
    def another_replica(self) -> None:
        self.lives.append(self.stage.poster())

    @rule()
    def crash(self) -> None:
        """All processes die where they stand, and one is started."""

        async def die() -> None:
            for task in self.running:
                task.cancel()
            await asyncio.gather(*self.running, return_exceptions=True)

        self.stage.loop.run_until_complete(die())
        self.running = []
        self.lives = [self.stage.poster()]

    @rule(hours=st.sampled_from([-72, -5, -1, 1, 3, 26]))
    def clock_jumps(self, hours: int) -> None:
        self.stage.offset[0] += timedelta(hours=hours)

    @rule(minutes=st.sampled_from([1, 10, 90, 600]))
    def time_passes(self, minutes: int) -> None:
        self._pass(minutes * 60)

    @rule(fault=st.sampled_from(FAULTS))
    def slack_will_fail(self, fault: str) -> None:
        self.stage.slack.faults.append(fault)

    @rule(channel=st.integers(0, CHANNELS - 1), code=st.sampled_from([*STATES, ""]))
    def channel_changes(self, channel: int, code: str) -> None:
        name = channel_of(f"o{channel:05}")
        self.stage.slack.channel_states.pop(name, None)
        if code:
            self.stage.slack.channel_states[name] = code

    @rule(paused=st.booleans(), what=st.sampled_from([("all", ""), ("kind", "reminder"), ("organisation", "o00001")]))
    def office_pauses(self, paused: bool, what: tuple[str, str]) -> None:
        with self.stage.toolkit.database.write() as tx:
            if paused:
                posting_state.pause(tx, *what, COMMAND_LINE, DUE)
            else:
                posting_state.resume(tx, *what)

    @rule(days=st.sampled_from([0, 1, 2]))
    def a_day_off_moves_the_due_day(self, days: int) -> None:
        self.stage.reminders.due = DUE + timedelta(hours=3, days=days)

    @rule(code=st.sampled_from(["o00000", "o00001"]), owed=st.booleans())
    def what_is_owed_changes(self, code: str, owed: bool) -> None:
        (self.stage.reminders.silent.discard if owed else self.stage.reminders.silent.add)(code)

    @precondition(lambda self: self.lives)
    @rule(hours=st.sampled_from([1, 8]))
    def sending_is_closed_for_a_while(self, hours: int) -> None:
        opens = self.stage.wall() + timedelta(hours=hours)
        self.stage.opening = lambda now: max(now, opens)

    @invariant()
    def the_sum_holds(self) -> None:
        assert self.stage.sum.holds

    @invariant()
    def nothing_stands_there_twice(self) -> None:
        assert [key for key, count in self.stage.slack.counts().items() if count > 1] == []

    def teardown(self) -> None:
        """The world is quiet again: what was owed is out once, or says why not."""
        try:
            self._quiet()
            self._judge()
        finally:
            self.crash()
            self._open.close()

    def _quiet(self) -> None:
        self.crash()
        stage = self.stage
        stage.slack.faults.clear()
        stage.slack.channel_states.clear()
        stage.opening = lambda now: now
        with stage.toolkit.database.write() as tx:
            for pause in posting_state.pauses(tx):
                posting_state.resume(tx, pause.what, pause.value)
        life = stage.poster()
        ahead = stage.reminders.due - stage.wall()
        if ahead > timedelta(0):
            self._pass(ahead.total_seconds())
        for wait in [60] * 8 + [1800] * 6:
            stage.loop.run_until_complete(life.run())
            self._pass(wait)

    def _judge(self) -> None:
        stage = self.stage
        counts = stage.slack.counts()
        assert len(stage.rows) == CHANNELS
        for row in stage.rows:
            assert row.state in (PostState.SENT, PostState.SKIPPED), row
            assert counts.get(row.key.spelled, 0) == (1 if row.state is PostState.SENT else 0), row
            assert row.state is PostState.SENT or (row.reason is not None and row.reason.label), row


def judge(fresh: object, examples: int) -> None:
    """So many worlds: the same ones in every run of the suite, new ones round by round in a soak."""

    class OnThisDatabase(World):
        pass

    OnThisDatabase.fresh = staticmethod(fresh)  # type: ignore[arg-type]
    for dice in rounds(SEED):
        world = seed(dice.getrandbits(64))(OnThisDatabase) if soaking.SECONDS else OnThisDatabase
        run_state_machine_as_test(
            world,
            settings=settings(
                max_examples=examples,
                stateful_step_count=25,
                deadline=None,
                database=None,
                derandomize=not soaking.SECONDS,
                suppress_health_check=list(HealthCheck),
            ),
        )


@pytest.mark.soak
def test_whatever_happens_on_sqlite_each_post_is_out_once_or_says_why(sqlite_template: SqliteTemplate) -> None:
    judge(sqlite_template.fresh, EXAMPLES)


@pytest.mark.soak
def test_whatever_happens_on_postgresql_each_post_is_out_once_or_says_why(postgres: PostgresServer) -> None:
    judge(postgres.fresh, EXAMPLES)
