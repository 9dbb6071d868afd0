"""A city with as many channels as a test wants, one trivial kind of post, and posters that share its ledger."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert

from gwannae.actions.toolkit import Toolkit
from gwannae.bot.start import toolkit_for
from gwannae.handlers.posting import Poster
from gwannae.handlers.posting_one import Gear, Slack
from gwannae.handlers.posting_watch import Watch
from gwannae.handlers.timed_kinds import TimedKind
from gwannae.programme.ledger import LedgerSum, PlannedPost, Post, PostKey, PostKind, PostState, Skip, SkipReason
from gwannae.programme.organisations import OrganisationKind, OrganisationSeed
from gwannae.programme.posting_terms import PostingTerms
from gwannae.readers.city_file import read_city
from gwannae.storage import ledger as rows
from gwannae.storage import organisations, posting_state
from gwannae.storage.ledger import posts_of
from gwannae.storage.tables.ledger import post_steps, posting_pace, posts
from gwannae.storage.tables.people import organisation_channels
from tests.front_door import CITY_FILE
from tests.handlers.pretend_slack import PretendSlack
from tests.handlers.simulated import Inline, SimulatedLoop

Sleep = Callable[[float], Awaitable[None]]
TEAM = "T0HAETNIM"
DUE = datetime(2027, 5, 10, 1, 0, tzinfo=UTC)  # a Monday, ten in the morning in the city
PERIOD = "2027-05"


def sow_channels(toolkit: Toolkit, count: int, *, started: bool = True) -> list[str]:
    """So many organisations, each with a channel of its own; their codes."""
    codes = [f"o{n:05}" for n in range(count)]
    with toolkit.database.write() as tx:
        seeds = [OrganisationSeed(code, f"과{code}", OrganisationKind.DIVISION) for code in codes]
        saved = organisations.save_organisations(tx, seeds)
        if not saved.added:
            return codes  # the database was used before
        linked = {"team_id": TEAM, "linked_by_team": "", "linked_by_user": "cli", "linked_at": DUE}
        channels = [{**linked, "organisation_id": o.id, "channel_id": channel_of(o.code)} for o in saved.added]
        tx.execute(insert(organisation_channels), channels)
        if started:
            posting_state.change(tx, started_at=DUE - timedelta(days=30))
    return codes


def channel_of(code: str) -> str:
    return f"C{code.upper()}"


def key_of(code: str, occurrence: int = 1) -> PostKey:
    return PostKey(PostKind.REMINDER, PERIOD, code, "channel", occurrence)


@dataclass
class Reminders:
    """The trivial kind: one post for each channel at one moment. What it owes can be changed by a test."""

    codes: Sequence[str]
    due: datetime = DUE
    useful_for: timedelta = timedelta(days=20)
    each: int = 1
    silent: set[str] = field(default_factory=set)
    period: str = PERIOD
    planned_from: timedelta = timedelta(days=5)

    def plan(self, _: Toolkit, now: datetime) -> list[PlannedPost]:
        if now < self.due - self.planned_from:
            return []
        return [
            PlannedPost(
                replace(key_of(code, n), period=self.period), self.due, self.due + self.useful_for
            )
            for code in self.codes
            for n in range(1, self.each + 1)
        ]  # fmt: skip

    def look(self, _: Toolkit, key: PostKey, now: datetime) -> str | Skip:
        if key.organisation in self.silent:
            return Skip(SkipReason.NOTHING_OWED)
        return f"{key.organisation} {key.occurrence}"

    @staticmethod
    def say(value: str) -> dict[str, Any]:
        return {"text": value}

    @property
    def kind(self) -> TimedKind:
        return TimedKind(PostKind.REMINDER, self.plan, self.look, self.say)


@dataclass
class MemoryMark:
    """The mark of a machine that remembers nothing beyond the test."""

    step: int | None = 0

    def read(self) -> int | None:
        return self.step

    def reached(self, step: int, *, anew: bool = False) -> None:
        self.step = step if anew else max(self.step or 0, step)


def always(now: datetime) -> datetime:
    """Sending is never closed."""
    return now


@dataclass
class Stage:
    """A simulated world: a loop, a database, a pretend Slack, any number of posters; the wall clock can be set."""

    loop: SimulatedLoop
    toolkit: Toolkit
    slack: PretendSlack
    reminders: Reminders
    terms: PostingTerms
    wall: Callable[[], datetime]
    offset: list[timedelta]
    mark: MemoryMark = field(default_factory=MemoryMark)
    opening: Callable[[datetime], datetime] = always

    def poster(
        self, *, slack: Slack | None = None, toolkit: Toolkit | None = None, sleep: Sleep = asyncio.sleep
    ) -> Poster:
        """A process: what it remembers is its own. `sleep`: how it waits for its moment to call."""
        kinds = [self.reminders.kind]
        gear = gear_of(slack or self.slack, kinds, self.terms, self.loop.time, mark=self.mark, sleep=sleep)
        return Poster(toolkit or self.toolkit, gear, lambda _: self.opening)

    async def pass_time(self, poster: Poster, minutes: float) -> None:
        """A tick a minute, as the bot does it."""
        for _ in range(int(minutes)):
            await poster.run()
            await asyncio.sleep(60)

    @property
    def rows(self) -> list[Post]:
        return rows_of(self.toolkit)

    def states(self) -> dict[PostState, int]:
        found: dict[PostState, int] = {}
        for row in self.rows:
            found[row.state] = found.get(row.state, 0) + 1
        return found

    @property
    def sum(self) -> LedgerSum:
        with self.toolkit.database.read() as tx:
            return rows.total(tx)


def empty(stage: Stage) -> None:
    """A fresh ledger in a database that was used: to make one takes longer than a whole life."""
    with stage.toolkit.database.write() as tx:
        for table in (post_steps, posts, posting_pace):
            tx.execute(delete(table))
        posting_state.change(tx, ticked_at=None)


def rows_of(toolkit: Toolkit) -> list[Post]:
    with toolkit.database.read() as tx:
        return posts_of(tx.execute(posts.select().order_by(posts.c.id)))


def gear_of(
    slack: Slack,
    kinds: Sequence[TimedKind],
    terms: PostingTerms,
    monotonic: Callable[[], float],
    *,
    mark: Any = None,
    sleep: Sleep = asyncio.sleep,
) -> Gear:
    return Gear(
        slack=slack,
        kinds={kind.kind: kind for kind in kinds},
        terms=terms,
        mark=mark if mark is not None else MemoryMark(),
        watch=Watch(terms, monotonic),
        monotonic=monotonic,
        sleep=sleep,
        chance=lambda: 0.5,
    )


@contextmanager
def a_stage(url: str, channels: int, terms: PostingTerms | None = None, **reminders: Any) -> Iterator[Stage]:
    """A world that begins at the moment at which everything is due."""
    loop, offset = SimulatedLoop(), [timedelta(0)]

    def wall() -> datetime:
        return DUE + timedelta(seconds=loop.time()) + offset[0]

    with toolkit_for(read_city(str(CITY_FILE)), url, wall, upgrade=False) as made:
        toolkit = replace(made, threads=Inline())
        codes = sow_channels(toolkit, channels)
        slack = PretendSlack(loop.time)
        yield Stage(loop, toolkit, slack, Reminders(codes, **reminders), terms or PostingTerms(), wall, offset)
        if not loop.is_closed():
            loop.close()
