"""Lets one installation post into a workspace: each leaves a mark in the office's channel and counts it up.

No clock decides who lives: a mark is alive when its number has changed before our eyes. The older mark goes first.
"""

import logging
from collections.abc import Callable
from typing import Protocol

from gwannae.actions import posting_guard
from gwannae.actions.toolkit import Toolkit
from gwannae.handlers.posting_slack import Outcome, OutcomeKind
from gwannae.programme.ledger import Place
from gwannae.programme.posting_overview import InstallationMark

_LOG = logging.getLogger("gwannae.posting_guard")


class MarkingSlack(Protocol):
    """The two calls that this needs; `posting_slack.PostingSlack` makes them."""

    async def marks(self, place: Place) -> tuple[Outcome, Place, tuple[InstallationMark, ...]]: ...
    async def mark(self, place: Place, name: str, beat: int, ts: str) -> Outcome: ...


class Guard:
    """One for each process. Replicas on one database are one installation. `every`: seconds between looks; a mark that
    stands still for two of them belongs to nobody.
    """

    def __init__(self, toolkit: Toolkit, slack: MarkingSlack, monotonic: Callable[[], float], every: float) -> None:
        self._toolkit = toolkit
        self._slack = slack
        self._now = monotonic
        self._every = every
        self._next = 0.0
        self._others: dict[str, tuple[int, float]] = {}
        self._may = True

    async def may_post(self) -> bool:
        """Whether this installation may post now; Slack is asked once in a while."""
        if self._now() >= self._next:
            self._next = self._now() + self._every
            await self._look()
        return self._may

    async def _look(self) -> None:
        toolkit = self._toolkit
        now = toolkit.clock()
        found = await toolkit.work(posting_guard.where, now)
        if found is None:
            return
        outcome, place, marks = await self._slack.marks(found[0])
        if outcome.kind is not OutcomeKind.DONE:  # nobody can say; what was known holds
            return
        own = next((mark for mark in marks if mark.name == found[1]), None)
        before = [m for m in marks if m.name != found[1] and (own is None or float(m.ts) < float(own.ts))]
        living = [self._may_live(mark) for mark in before]  # each is watched
        may = not any(living)
        if may != self._may:
            _LOG.warning("another_installation", extra={"may_post": may})
            await toolkit.work(posting_guard.note_other, None if may else now)
        self._may = may
        if may:
            await self._slack.mark(place, found[1], own.beat + 1 if own else 1, own.ts if own else "")

    def _may_live(self, mark: InstallationMark) -> bool:
        """Whether it was counted up before our eyes, or has not been watched for long enough to say."""
        beat, since = self._others.get(mark.name, (-1, 0.0))
        if mark.beat != beat:
            self._others[mark.name] = (mark.beat, self._now())
            return True
        return self._now() - since < 2 * self._every
