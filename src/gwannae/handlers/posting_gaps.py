"""The sweeper: asks the ledger, not the plan's memory, which organisation has no row for a period, and plans it.

What is of use still goes out; what is not has a row that says so, is counted in the sum, and is told to the office: a
bot that was away over a whole moment would be silent about it otherwise.
"""

import logging
from dataclasses import replace
from datetime import datetime

from gwannae.actions import ledger
from gwannae.actions.posting_gaps import gaps
from gwannae.actions.toolkit import Toolkit
from gwannae.handlers.posting_one import Gear
from gwannae.handlers.problems import note

_LOG = logging.getLogger("gwannae.posting")

EVERY = 3600.0  # seconds between two looks; the first is at the start


class Gaps:
    """One for each process."""

    def __init__(self, toolkit: Toolkit, gear: Gear) -> None:
        self._toolkit = toolkit
        self._gear = gear
        self._next = float("-inf")

    async def fill(self, now: datetime) -> int:
        """Plan what is missing; how many rows are new. Nothing between two looks."""
        if self._gear.monotonic() < self._next:
            return 0
        self._next = self._gear.monotonic() + EVERY
        filled = 0
        for gap in await self._toolkit.work(gaps, frozenset(self._gear.kinds), now):
            kind = self._gear.kinds[gap.key.kind]
            try:
                planned = await self._toolkit.work(kind.plan, gap.moment)
            except Exception as error:  # one feature's trouble holds no other up
                _LOG.error("gap_not_planned", extra={"kind": gap.key.kind.value, "number": note(error)[1]})
                continue
            missing = tuple(
                one
                for one in planned
                if one.key.organisation in gap.missing and replace(one.key, organisation="") == gap.key
            )
            if missing:
                filled += await self._toolkit.work(ledger.plan, missing)
        if filled:
            _LOG.warning("gaps_filled", extra={"posts": filled})
        return filled
