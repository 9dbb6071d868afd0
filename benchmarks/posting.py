"""What the clock posts: planning beside one INSERT … SELECT, sending beside the bound that Slack's rates set.

Planning is measured on SQLite and PostgreSQL, on disk, against the database copying as many rows into the same table by
itself. Sending runs on a simulated clock against a Slack that counts: what is measured is how close the queue keeps to
the rate, not how fast this machine is; the machine's part, one post end to end, is told beside it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import delete, insert, literal, select, text
from tests.databases import postgres_server
from tests.handlers.posting_stage import DUE, Stage, a_stage, key_of
from tests.handlers.simulated import simulate

from benchmarks.outcome import Outcome
from gwannae.actions import ledger
from gwannae.programme.ledger import PlannedPost, PostState
from gwannae.programme.posting_terms import PostingTerms
from gwannae.storage import schema
from gwannae.storage.database import Database
from gwannae.storage.tables.ledger import posts

CHANNELS, QUICK = 10_000, 1_000
HOT, HOT_POSTS = 5, 12  # channels with more than one post, so many times what a channel gets on average
QUIET = 1_000  # organisations of a city whose tick finds nothing owed
MOST_PLAN, MOST_SEND, MOST_HOT, MOST_QUIET = 2.0, 1.05, 1.15, 5.0


def measure(folder: Path, *, quick: bool = False) -> Outcome:
    """All of it, on both databases."""
    outcome = Outcome()
    count, rounds = (QUICK, 3) if quick else (CHANNELS, 5)
    with postgres_server(durable=True) as server, server.fresh(migrated=False) as first:
        for name, url in (("SQLite", f"sqlite:///{folder / 'posting.db'}"), ("PostgreSQL", first)):
            _migrate(url)
            with a_stage(url, count) as stage:
                _planning(outcome, name, stage, rounds)
    quiet = _migrate(f"sqlite:///{folder / 'quiet.db'}")
    with a_stage(quiet, QUIET, due=DUE + timedelta(days=60)) as stage:
        _quiet_tick(outcome, stage)
    _sending(outcome, _migrate(f"sqlite:///{folder / 'even.db'}"), count, 0)
    _sending(outcome, _migrate(f"sqlite:///{folder / 'hot.db'}"), count // 10, count // 50)
    return outcome


def _migrate(url: str) -> str:
    database = Database.open(url)
    schema.upgrade(database)
    database.close()
    return url


def _planning(outcome: Outcome, name: str, stage: Stage, rounds: int) -> None:
    planned = stage.reminders.plan(stage.toolkit, DUE)
    ours, theirs = [], []
    for n in range(rounds + 1):  # the first warms both
        ways = [(ours, lambda: ledger.plan(stage.toolkit, planned)), (theirs, lambda: _copy_within(stage, planned))]
        for times, way in ways if n % 2 else ways[::-1]:
            _empty(stage)
            began = perf_counter()
            way()
            if n:
                times.append(perf_counter() - began)
            if len(stage.rows) != len(planned):
                raise AssertionError("not all were planned")
    bound = median(o / t for o, t in zip(ours, theirs, strict=True))
    outcome.ratio(f"plan {len(planned):,} posts, {name}: product / INSERT … SELECT", bound, at_most=MOST_PLAN)
    outcome.told(f"plan {len(planned):,} posts, {name}: product", median(ours) * 1000, "ms")


def _empty(stage: Stage) -> None:
    with stage.toolkit.database.write() as tx:
        tx.execute(delete(posts))


def _copy_within(stage: Stage, planned: list[PlannedPost]) -> None:
    """The least that puts the same rows there: the database makes them of its own list of organisations."""
    first = planned[0]
    given = {
        "kind": first.key.kind.value,
        "period": first.key.period,
        "recipient": "channel",
        "occurrence": 1,
        "rehearsal": False,
        "state": PostState.PLANNED.value,
        "planned_for": first.due,
        "due": first.due,
        "useful_until": first.useful_until,
        "tries": 0,
        "look_first": False,
        "team_id": "",
        "channel_id": "",
        "ts": "",
        "problem": "",
    }
    columns = [literal(value, posts.c[name].type) for name, value in given.items()]
    made = select(text("code"), *columns).select_from(text("organisations")).where(text("code LIKE 'o%'"))
    with stage.toolkit.database.write() as tx:
        tx.execute(insert(posts).from_select(["organisation", *given], made))


def _quiet_tick(outcome: Outcome, stage: Stage) -> None:
    poster, taken = stage.poster(), list[float]()

    async def ticks() -> None:
        await poster.run()
        for _ in range(50):
            began = perf_counter()
            await poster.run()
            taken.append(perf_counter() - began)

    simulate(ticks(), stage.loop)
    outcome.bounded(f"tick with nothing owed, {QUIET:,} organisations", median(taken) * 1000, "ms", at_most=MOST_QUIET)


def _sending(outcome: Outcome, url: str, count: int, hot: int) -> None:
    """`hot`: so many more posts to each of some channels."""
    with a_stage(url, count) as stage:
        plan: Callable[..., list[PlannedPost]] = stage.reminders.plan

        def with_hot(*given: object) -> list[PlannedPost]:
            planned = plan(*given)
            more = [
                replace(planned[0], key=key_of(code, n))
                for code in stage.reminders.codes[:HOT]
                for n in range(2, hot + 2)
            ]
            return planned + more

        stage.reminders.plan = with_hot  # type: ignore[method-assign]
        stage.slack.per_minute = stage.terms.per_minute
        began = perf_counter()
        simulate(stage.poster().run(), stage.loop)
        took = perf_counter() - began
        total = count + HOT * hot
        if stage.states() != {PostState.SENT: total}:
            raise AssertionError(f"not all were sent: {stage.states()}")
        bound = max(total * 60 / PostingTerms().per_minute, (hot + 1) * 1.0)
        name = f"{count:,} channels" + (f", {HOT} with {hot + 1} posts" if hot else "")
        most = MOST_HOT if hot else MOST_SEND
        outcome.ratio(f"send to {name}: time / bound of the rate", stage.loop.time() / bound, at_most=most)
        limited = sum(call.code == "ratelimited" for call in stage.slack.calls)
        outcome.bounded(f"send to {name}: 429 from a Slack that counts", limited, "", at_most=0)
        outcome.told(f"send to {name}: this machine's part of one post", took / total * 1000, "ms")
