"""The loop that posts: plan, sweep, then send what is due, no place faster than Slack takes it and none held back by
another. Everything that it knows stands in the ledger; it may be stopped at any moment, and run by any number at once.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from gwannae.actions import ledger, posting_care
from gwannae.actions.posting_places import Addressed
from gwannae.actions.toolkit import Toolkit
from gwannae.handlers.posting_care import Care
from gwannae.handlers.posting_crew import Crew
from gwannae.handlers.posting_gaps import Gaps
from gwannae.handlers.posting_guard import Guard
from gwannae.handlers.posting_lines import Lines
from gwannae.handlers.posting_one import Gear, Sender
from gwannae.handlers.posting_watch import name_of
from gwannae.handlers.problems import note
from gwannae.handlers.slack_refusals import code_of
from gwannae.programme.ledger import PlannedPost, PostKind

_LOG = logging.getLogger("gwannae.posting")

MOST = 20_000  # posts that one look at the ledger brings
LOOK_EVERY = 60.0  # seconds after which the ledger is looked at again while there is still much to send

# The next moment at which something timed may be sent, or the moment itself, as of today's calendar.
Hours = Callable[[Toolkit], Callable[[datetime], datetime]]


class Poster:
    """One for each process."""

    def __init__(self, toolkit: Toolkit, gear: Gear, hours: Hours, guard: Guard | None = None) -> None:
        """`guard`: lets one installation a workspace post; None where there can be no other."""
        self._toolkit = toolkit
        self._gear = gear
        self._hours = hours
        self._guard = guard
        self._is_guarded_off = False
        self._next_opening: Callable[[datetime], datetime] | None = None
        self._sender = Sender(toolkit, gear)
        self._care = Care(toolkit, gear)
        self._gaps = Gaps(toolkit, gear)
        self._planned: dict[PostKind, tuple[PlannedPost, ...]] = {}
        self._draining: asyncio.Task[None] | None = None

    async def tick(self) -> None:
        """Once a minute: plan, sweep, look after what stands there; then send, beside the next ticks if it is much."""
        await self.prepare()
        if self._draining is None or self._draining.done():
            self._draining = asyncio.get_running_loop().create_task(self._drain_quietly(), name="posting")

    async def run(self) -> None:
        """One tick, and all that can be sent by it sent."""
        await self.prepare()
        await self.drain()

    async def close(self) -> None:
        """Stop sending: what is under way is cut off, and looked for by whoever goes on."""
        if self._draining is not None:
            self._draining.cancel()
            await asyncio.gather(self._draining, return_exceptions=True)

    async def prepare(self) -> None:
        """All of a tick but the sending."""
        toolkit, gear = self._toolkit, self._gear
        now = toolkit.clock()
        forgot, step = await toolkit.work(posting_care.remember, gear.mark.read(), now)
        if forgot:
            _LOG.error("database_forgot", extra={"step": step})
            self._planned.clear()
        gear.mark.reached(step, anew=forgot)
        for kind in gear.kinds.values():
            try:
                planned = tuple(await toolkit.work(kind.plan, now))
                if planned and planned != self._planned.get(kind.kind):
                    await toolkit.work(ledger.plan, planned)
                    self._planned[kind.kind] = planned
            except Exception as error:  # one feature's trouble holds no other up, and the next tick asks again
                _LOG.error("plan_failed", extra={"kind": kind.kind.value, "number": note(error)[1]})
        await self._gaps.fill(now)
        await toolkit.work(ledger.sweep, gear.terms, now)
        self._is_guarded_off = self._guard is not None and not await self._guard.may_post()
        if self._is_guarded_off:
            return
        await self._care.look_after(now)

    async def drain(self) -> None:
        """Send until nothing is left that could be sent now."""
        crew = Crew(self._sender.send)
        try:
            while await self._round(crew):
                pass
        finally:
            await crew.dismiss()

    async def _drain_quietly(self) -> None:
        try:
            await self.drain()
        except Exception as error:  # the database is away, say: the next tick tries again
            _LOG.warning("posting_stopped", extra={"error": code_of(error)})

    async def _round(self, crew: Crew) -> bool:
        """Look at the ledger and work through what it says, for a minute at most; False: there is nothing left."""
        self._next_opening = await self._toolkit.work(self._hours)
        plain, doubted = await self._lines(crew.places)
        until = self._gear.monotonic() + LOOK_EVERY
        began = 0
        while self._gear.monotonic() < until:
            began += self._begin(crew, plain, doubted)
            if not crew.under_way:
                break
            for name, was_doubted in await crew.moved():
                (doubted if was_doubted else plain).back(name)
        return began > 0 or bool(crew.under_way)

    def _begin(self, crew: Crew, plain: Lines, doubted: Lines) -> int:
        """Begin with as many as may be under way. What is to be looked for has its own few, for looking is slow."""
        began = 0
        for lines, is_doubted in ((doubted, True), (plain, False)):
            while crew.has_room(self._gear.terms.at_once, doubted=is_doubted) and not self._is_closed():
                turn = lines.next(self._is_shut)
                if turn is None:
                    break
                crew.begin(*turn, doubted=is_doubted)
                began += 1
        return began

    async def _lines(self, busy: set[str]) -> tuple[Lines, Lines]:
        """Who may be tried now, and who is to be looked for first."""
        if self._is_closed():
            return Lines((), self._gear.chance), Lines((), self._gear.chance)
        toolkit, watch = self._toolkit, self._gear.watch
        found = await toolkit.work(ledger.queue, toolkit.clock(), MOST)
        free = [one for one in found.ready if one.place is None or name_of(one.place) not in busy]
        doubted = [one for one in free if one.post.look_first and watch.has_settled(one.post)]
        doubted += [one for one in found.claimed if watch.lease_is_over(one.post)]
        plain = [one for one in free if not one.post.look_first]
        return Lines(plain, self._gear.chance), Lines(doubted, self._gear.chance)

    def _is_shut(self, post: Addressed) -> bool:
        place = post.place
        return place is not None and self._gear.watch.opens_in(place.team_id, name_of(place)) > 0

    def _is_closed(self) -> bool:
        """Whether nothing may be sent now; also where nobody can say, for a year that is not confirmed."""
        if self._is_guarded_off:
            return True
        now = self._toolkit.clock()
        try:
            return self._next_opening is None or self._next_opening(now) > now
        except Exception as error:
            _LOG.error("hours_unknown", extra={"error": type(error).__name__})
            return True
