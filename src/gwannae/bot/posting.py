"""The clock that posts: joins the loop with Slack, the mark and the hours, and lets it tick once a minute.

The minute is counted by the loop's own clock, which nobody sets. A scheduler that waits for a moment of the day (such
as APScheduler) falls silent for a day when the machine's clock is set back by one; and what it would add, a grace time
and the joining of missed moments, is nothing to a tick that asks what is owed now.
"""

import asyncio
import hashlib
import json
import logging
import random
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from gwannae.actions.calendar import send_windows
from gwannae.actions.toolkit import Toolkit
from gwannae.handlers.posting import Hours, Poster
from gwannae.handlers.posting_guard import Guard
from gwannae.handlers.posting_one import Gear, Mark
from gwannae.handlers.posting_slack import PostingSlack
from gwannae.handlers.posting_watch import Watch
from gwannae.handlers.slack_refusals import code_of
from gwannae.handlers.timed_kinds import TIMED_KINDS, TimedKind
from gwannae.handlers.workspaces import Workspaces
from gwannae.programme.posting_terms import PostingTerms
from gwannae.programme.working_days import UnconfirmedYearError

_LOG = logging.getLogger("gwannae.ticking")

EVERY = 60.0  # seconds from the end of one tick to the next
ASKED_AGAIN = timedelta(hours=1)  # after which it is asked again whether somebody has confirmed the year
GUARD_EVERY = 300.0  # seconds between looks for another installation on the workspace


class FileMark:
    """The highest step that this machine has seen of a database, in a file that no backup of the database holds."""

    def __init__(self, folder: Path, database: str) -> None:
        """`database` is its address without a password."""
        self._file = folder / f"{hashlib.sha256(database.encode()).hexdigest()[:16]}.json"
        self._known: int | None = None

    def read(self) -> int | None:
        """What the file says now, for other processes write it as well; None: nothing, or nothing that can be read."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            return int(json.loads(self._file.read_text("utf-8"))["step"])
        return None

    def reached(self, step: int, *, anew: bool = False) -> None:
        """Remember a step; `anew`: also a lower one. Where it cannot be written down, every start is a careful one."""
        before = self.read()
        if not anew and before is not None and before >= step:
            return
        aside = self._file.with_suffix(f".{id(self)}")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            aside.write_text(json.dumps({"step": step}), "utf-8")
            aside.replace(self._file)
        except OSError as error:
            _LOG.warning("mark_not_kept", extra={"error": type(error).__name__})


def city_hours(toolkit: Toolkit) -> Callable[[datetime], datetime]:
    """The city's hours for posts, by its calendar as it is now. In a year whose holidays nobody has confirmed there are
    none: what is due waits, and the office is told of the year where it sees its plan.
    """
    with toolkit.database.read() as tx:
        windows = send_windows(tx, toolkit.city)

    def next_opening(now: datetime) -> datetime:
        try:
            return windows.next_opening(now)
        except UnconfirmedYearError:
            return now + ASKED_AGAIN

    return next_opening


def build_poster(
    toolkit: Toolkit,
    workspaces: Workspaces,
    mark: Mark,
    terms: PostingTerms,
    kinds: Sequence[TimedKind] = TIMED_KINDS,
    guard_every: float | None = None,
    hours: Hours = city_hours,
) -> Poster:
    """The loop of this process. `guard_every`: seconds between looks for another installation; None: there is none.
    `hours`: when something may be sent.
    """
    slack = PostingSlack(workspaces)
    guard = Guard(toolkit, slack, time.monotonic, guard_every) if guard_every is not None else None
    gear = Gear(
        slack=slack,
        kinds={kind.kind: kind for kind in kinds},
        terms=terms,
        mark=mark,
        watch=Watch(terms, time.monotonic),
        monotonic=time.monotonic,
        sleep=asyncio.sleep,
        chance=random.Random().random,  # noqa: S311 - jitter
    )
    return Poster(toolkit, gear, hours, guard)


async def ticking(poster: Poster, every: float = EVERY) -> None:
    """One tick at the start, then one a minute, to the end of this task."""
    try:
        while True:
            try:
                await poster.tick()
            except Exception as error:  # whatever it was, the next tick may do it
                _LOG.warning("tick_failed", extra={"error": code_of(error)})
            await asyncio.sleep(every)
    finally:
        await poster.close()
