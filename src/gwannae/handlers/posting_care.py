"""Looks after messages that stand in Slack: corrects and takes away what the office wishes, and looks for doubles."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from gwannae.actions import ledger, posting_care
from gwannae.actions.toolkit import Toolkit
from gwannae.handlers.posting_one import AHEAD, UNEXPECTED, Gear
from gwannae.handlers.posting_slack import Outcome, OutcomeKind
from gwannae.handlers.problems import note
from gwannae.messages.posting import as_rehearsal
from gwannae.programme.ledger import Place, Post, Skip, Wait, Wish

_LOG = logging.getLogger("gwannae.posting_care")

AT_ONCE = 500  # wishes that one tick begins with; the rest follows with the next
LONGEST = 30.0  # seconds of a tick that this may take before it leaves the rest for the next


class Care:
    """One for each process. All that it does may be done twice, by two of them, and comes to the same."""

    def __init__(self, toolkit: Toolkit, gear: Gear) -> None:
        self._toolkit = toolkit
        self._gear = gear

    async def look_after(self, now: datetime) -> None:
        """Do what there is to do, for half a minute at most."""
        wished, doubted = await self._toolkit.work(posting_care.to_look_after, now, AT_ONCE)
        until = self._gear.monotonic() + LONGEST
        deeds: list[tuple[Post, Callable[[Post], Awaitable[bool]]]] = [(post, self._grant) for post in wished]
        deeds += [(post, self._reconcile) for post in doubted]
        for post, deed in deeds:
            if self._gear.monotonic() > until or not await deed(post):
                return

    async def _grant(self, post: Post) -> bool:
        """Do what is wished for one message; False: Slack wants to be left alone."""
        assert post.place is not None, "it was sent"
        if not await self._may_call(f"{post.place.team_id}#change"):
            return False
        toolkit, slack = self._toolkit, self._gear.slack
        try:
            outcome = (
                await slack.delete(post.place, post.ts)
                if post.wish is Wish.WITHDRAW
                else await self._correct(post, post.place)
            )
        except Exception as error:  # what is to be said could not be worked out
            note(error)
            outcome = Outcome(OutcomeKind.REFUSED, UNEXPECTED)
        if outcome.kind is OutcomeKind.DONE:
            await toolkit.work(posting_care.granted, post, toolkit.clock())
        elif outcome.kind is OutcomeKind.REFUSED:
            await toolkit.work(posting_care.not_granted, post, outcome.code, toolkit.clock())
        return await self._goes_on(outcome, f"{post.place.team_id}#change")

    async def _correct(self, post: Post, place: Place) -> Outcome:
        kind = self._gear.kinds[post.key.kind]
        value = await self._toolkit.work(kind.look, replace(post.key, rehearsal=False), self._toolkit.clock())
        if isinstance(value, Skip | Wait):  # nothing is owed there any more
            return Outcome(OutcomeKind.REFUSED, value.reason.value if isinstance(value, Skip) else "waits")
        message = kind.say(value)
        if post.key.rehearsal:
            message = as_rehearsal(message, post.key, "")
        return await self._gear.slack.update(place, post.ts, message)

    async def _reconcile(self, post: Post) -> bool:
        """Look through the channel of one post that was in doubt; False: Slack wants to be left alone."""
        toolkit, gear = self._toolkit, self._gear
        if post.place is None:
            await toolkit.work(posting_care.reconciled, gear.terms, post, None, toolkit.clock())
            return True
        name = f"{post.place.team_id}#history"
        if not await self._may_call(name):
            return False
        seen = await gear.slack.find(post.place, post.key, every=True)
        doubles = None
        if seen.outcome.kind is OutcomeKind.DONE:
            doubles = {ts: await gear.slack.link(seen.place, ts) for ts in seen.stamps if ts != post.ts}
            if doubles:
                _LOG.error("double_found", extra={"post": post.id, "count": len(doubles)})
        await toolkit.work(posting_care.reconciled, gear.terms, post, doubles, toolkit.clock())
        return await self._goes_on(seen.outcome, name)

    async def _may_call(self, name: str) -> bool:
        """Wait for the moment to call; False when it is far off."""
        gear, toolkit = self._gear, self._toolkit
        if gear.watch.opens_in(name) > 0:
            return False
        now = toolkit.clock()
        start, taken = await toolkit.work(ledger.reserve, [(name, gear.terms.reading)], now, AHEAD)
        if taken and start > now:
            await gear.sleep((start - now).total_seconds())
        return taken

    async def _goes_on(self, outcome: Outcome, name: str) -> bool:
        if outcome.kind is OutcomeKind.LIMITED:
            self._gear.watch.shut(name, outcome.wait)
        return outcome.kind in (OutcomeKind.DONE, OutcomeKind.REFUSED)
