"""A process that posts, to be killed: the real loop, the real client, a tick every tenth of a second.

Lives are forked from a server that has imported everything, so that one begins within some milliseconds.
"""

import asyncio
import multiprocessing
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.process import BaseProcess

import psycopg  # noqa: F401 - imported once, by the server that lives are forked from
import sqlalchemy.dialects.postgresql.psycopg  # noqa: F401

from gwannae.bot.posting import build_poster
from gwannae.bot.start import toolkit_for
from gwannae.handlers.workspaces import Workspaces
from gwannae.programme.posting_terms import PostingTerms
from gwannae.readers.city_file import read_city
from tests.front_door import CITY_FILE
from tests.handlers.posting_stage import MemoryMark, Reminders, always

# Scaled to a twentieth of the bot's, and a rate that only the machine bounds.
TERMS = PostingTerms(
    time_limit=0.4, lease=4.0, settle=1.0, per_minute=100_000, between=0.01, reading=0.01, at_once=8, shut_for=0.2
)
EVERY = 0.1


@dataclass(frozen=True)
class Birth:
    """What a life is born with; `kinds` plain values, for it crosses a process."""

    database: str
    slack: str
    codes: tuple[str, ...]
    due: datetime
    period: str = "2027-05"


_CITY = read_city(str(CITY_FILE))


def live(birth: Birth) -> None:
    """Post until somebody ends it."""
    with toolkit_for(_CITY, birth.database, upgrade=False) as toolkit:
        asyncio.run(_live(birth, toolkit))


def at_any_hour(_: object) -> Callable[[datetime], datetime]:
    """Lives go by the machine's clock, whatever time of the day the tests run."""
    return always


async def _live(birth: Birth, toolkit: object) -> None:
    workspaces = Workspaces(("xoxb-made-up",), birth.slack, patience=TERMS.time_limit)
    kind = Reminders(birth.codes, birth.due, period=birth.period).kind
    poster = build_poster(toolkit, workspaces, MemoryMark(), TERMS, [kind], hours=at_any_hour)  # type: ignore[arg-type]
    await asyncio.sleep(random.random() * 0.02)  # noqa: S311
    while True:
        try:
            await poster.run()
        except Exception as error:  # as `bot.posting.ticking` does
            print(type(error).__name__, flush=True)  # noqa: T201
        await asyncio.sleep(EVERY)


_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.handlers.posting_life"])


def begin(birth: Birth) -> BaseProcess:
    """Start a life."""
    process = _CONTEXT.Process(target=live, args=(birth,), daemon=True)
    process.start()
    return process
