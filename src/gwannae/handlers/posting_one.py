"""One post from its claim to its end: look for it, look what is owed, say it, send it, confirm it.

Whatever stops this at whatever step leaves a row from which the next process goes on; see `docs/posting.md`.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import uuid4

from gwannae.actions import ledger
from gwannae.actions.posting_places import Addressed
from gwannae.actions.toolkit import Toolkit
from gwannae.handlers.posting_slack import (
    NO_MESSAGE,
    WORKSPACE_CODES,
    Outcome,
    OutcomeKind,
    Sighting,
)
from gwannae.handlers.posting_watch import Watch, name_of
from gwannae.handlers.problems import note
from gwannae.handlers.timed_kinds import TimedKind
from gwannae.messages.posting import as_rehearsal
from gwannae.programme.ledger import Place, Post, PostEvent, PostKey, PostKind, Skip, SkipReason, Wait
from gwannae.programme.posting_terms import PostingTerms
from gwannae.storage.failures import DatabaseAwayError, DatabaseBusyError
from gwannae.storage.ledger import End

_LOG = logging.getLogger("gwannae.posting")

UNEXPECTED = "unexpected"
NO_SUCH_KIND = "no_such_kind"
CONFIRM_TRIES = 5  # while the database is busy: what was sent and is not written down has to be looked for
AHEAD = 5.0  # seconds by which a moment to send is taken in advance
_ABSENT = object()


class Slack(Protocol):
    """The calls to Slack; `posting_slack.PostingSlack` makes them."""

    async def post(self, place: Place, message: Mapping[str, Any], key: PostKey) -> Outcome: ...
    async def update(self, place: Place, ts: str, message: Mapping[str, Any]) -> Outcome: ...
    async def delete(self, place: Place, ts: str) -> Outcome: ...
    async def link(self, place: Place, ts: str) -> str: ...
    async def find(self, place: Place, key: PostKey, *, every: bool = False) -> Sighting: ...


class Mark(Protocol):
    """The highest step that was ever seen, kept outside the database: one that forgets does not know that it did."""

    def read(self) -> int | None: ...
    def reached(self, step: int, *, anew: bool = False) -> None: ...


@dataclass(frozen=True, slots=True)
class Gear:
    """What posting needs beside the toolkit. `monotonic`, `sleep` and `chance` (0 to 1, for jitter) are the loop's."""

    slack: Slack
    kinds: Mapping[PostKind, TimedKind]
    terms: PostingTerms
    mark: Mark
    watch: Watch
    monotonic: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]]
    chance: Callable[[], float]


class Sender:
    """Takes posts to their end, one at a time for each call."""

    def __init__(self, toolkit: Toolkit, gear: Gear) -> None:
        self._toolkit = toolkit
        self._gear = gear

    async def send(self, addressed: Addressed, calling: Callable[[], None]) -> None:
        """Claim it and bring it to an end; nothing when somebody else has it. `calling`: called as it is sent."""
        toolkit, gear = self._toolkit, self._gear
        began = gear.monotonic()
        claimed = await toolkit.work(ledger.claim, gear.terms, addressed, uuid4().hex, toolkit.clock())
        if claimed is None:
            return
        post, step = claimed
        gear.mark.reached(step)  # before anything is sent
        try:
            how = await self._bring(post, addressed, began, calling)
        except (DatabaseAwayError, DatabaseBusyError):
            raise  # the lease runs out, and whoever takes it over looks first
        except Exception as error:  # what is owed could not be worked out, or not be said
            note(error)
            how = ledger.refused(post, UNEXPECTED, toolkit.clock())
        if how is not None:
            await toolkit.work(ledger.end, post, how, toolkit.clock())
        gear.watch.forget(post)
        if how is not None and how.look_first:
            gear.watch.has_settled(post)  # the doubt begins now

    async def _bring(self, post: Post, addressed: Addressed, began: float, calling: Callable[[], None]) -> End | None:
        """How it ends without a message; None: it stands there, or is somebody else's by now."""
        if post.look_first:
            seen = await self._look_for(post, addressed)
            if seen is not _ABSENT:
                return seen if isinstance(seen, End) else None
        now = self._toolkit.clock()
        post = replace(post, look_first=False)
        if post.useful_until <= now:
            return ledger.skipped(post, SkipReason.TOO_LATE)
        if addressed.skip is not None:
            return ledger.skipped(post, addressed.skip)
        if addressed.place is None:
            return ledger.refused(post, addressed.problem, now)
        message = await self._message(post, addressed, now)
        if isinstance(message, End):
            return message
        if not await self._may_send(addressed.place, began):
            return ledger.put_off(post, self._toolkit.clock())
        calling()
        return await self._send(post, addressed.place, message, began)

    async def _look_for(self, post: Post, addressed: Addressed) -> object:
        """_ABSENT: it is not there and may be sent; an End: it is not known yet; None: it stands there."""
        toolkit, terms = self._toolkit, self._gear.terms
        place = post.place or addressed.place
        if place is None:
            return ledger.asks(post, addressed.problem or "no_place")
        if not await self._slot([(f"{place.team_id}#history", terms.reading)], None):
            return ledger.doubtful("ratelimited", terms, toolkit.clock())
        seen = await self._gear.slack.find(place, post.key)
        now, outcome = toolkit.clock(), seen.outcome
        if outcome.kind is OutcomeKind.DONE and seen.stamps:
            await self._confirm(post, seen.place, seen.stamps[0], PostEvent.FOUND)
            return None
        if outcome.kind is OutcomeKind.DONE:
            return _ABSENT if await toolkit.work(ledger.not_there, post, now) else None
        if outcome.kind is OutcomeKind.LIMITED:
            await self._hold(f"{place.team_id}#history", outcome.wait)
            return ledger.doubtful(outcome.code, terms, now)
        if outcome.kind is OutcomeKind.REFUSED:
            return ledger.asks(post, outcome.code)
        return ledger.doubtful(outcome.code, terms, now)

    async def _message(self, post: Post, addressed: Addressed, now: datetime) -> Mapping[str, Any] | End:
        """What is owed now, said; or why there is nothing to say."""
        kind = self._gear.kinds.get(post.key.kind)
        if kind is None:
            return ledger.refused(post, NO_SUCH_KIND, now)
        value = await self._toolkit.work(kind.look, replace(post.key, rehearsal=False), now)
        if isinstance(value, Skip):
            return ledger.skipped(post, value.reason)
        if isinstance(value, Wait):
            return ledger.put_off(post, value.until)
        message = kind.say(value)
        return as_rehearsal(message, post.key, addressed.meant) if post.key.rehearsal else message

    async def _may_send(self, place: Place, began: float) -> bool:
        terms = self._gear.terms
        return await self._slot([(place.team_id, terms.slot), (name_of(place), terms.between)], began)

    async def _send(self, post: Post, place: Place, message: Mapping[str, Any], began: float) -> End | None:
        gear, toolkit = self._gear, self._toolkit
        edited = await toolkit.work(ledger.edited_place, post.edits) if post.edits is not None else None
        if gear.monotonic() - began > gear.terms.lease - gear.terms.time_limit:
            return None  # the last look at the lease: it is over or nearly so, and somebody else's concern
        if edited is not None:
            outcome = await gear.slack.update(*edited, message)
            if outcome.kind is OutcomeKind.DOUBTFUL:  # to change it twice is to change it once
                return ledger.refused(post, outcome.code, toolkit.clock())
            if outcome.kind is OutcomeKind.REFUSED and outcome.code in NO_MESSAGE:
                outcome = await gear.slack.post(place, message, post.key)
        else:
            outcome = await gear.slack.post(place, message, post.key)
        return await self._ended(post, place, outcome)

    async def _ended(self, post: Post, place: Place, outcome: Outcome) -> End | None:
        toolkit, terms = self._toolkit, self._gear.terms
        now = toolkit.clock()
        if outcome.kind is OutcomeKind.DONE:
            await self._confirm(post, outcome.place or place, outcome.ts, PostEvent.SENT)
            return None
        if outcome.kind is OutcomeKind.DOUBTFUL:
            return ledger.doubtful(outcome.code, terms, now)
        if outcome.kind is OutcomeKind.LIMITED:
            await self._hold(place.team_id, outcome.wait)
            return ledger.refused(post, outcome.code, now, self._jittered(outcome.wait))
        if outcome.kind is OutcomeKind.UNSENT or outcome.code in WORKSPACE_CODES:
            self._gear.watch.shut(place.team_id, terms.shut_for)
            return ledger.refused(post, outcome.code, now, self._jittered(terms.shut_for))
        return ledger.refused(post, outcome.code, now)

    async def _confirm(self, post: Post, place: Place, ts: str, event: PostEvent) -> None:
        """Write down that it stands there, however busy the database is."""
        toolkit = self._toolkit
        for left in reversed(range(CONFIRM_TRIES)):
            try:
                mine = await toolkit.work(ledger.confirm, self._gear.terms, post, place, ts, event, toolkit.clock())
            except (DatabaseAwayError, DatabaseBusyError):
                if not left:
                    raise
                await self._gear.sleep(1.0)
            else:
                if not mine:
                    _LOG.warning("post_confirmed_late", extra={"post": post.id})
                return

    async def _slot(self, places: list[tuple[str, float]], began: float | None) -> bool:
        """Wait for the moment to call that all processes keep; False when the lease would not last so long."""
        gear, toolkit = self._gear, self._toolkit
        begun = gear.monotonic() if began is None else began
        while True:
            now = toolkit.clock()
            start, taken = await toolkit.work(ledger.reserve, places, now, AHEAD)
            wait = (start - now).total_seconds()
            if gear.monotonic() - begun + wait > gear.terms.lease / 2:
                return False
            if wait > 0:
                await gear.sleep(wait if taken else min(wait, AHEAD))
            shut = gear.watch.opens_in(*(name for name, _ in places))  # Slack may have asked for it meanwhile
            if taken and not shut:
                return True
            if shut > gear.terms.lease / 2:
                return False
            await gear.sleep(shut)

    async def _hold(self, name: str, seconds: float) -> None:
        """Slack has named the seconds in which it wants no call of this method."""
        wait = self._jittered(seconds)
        self._gear.watch.shut(name, wait.total_seconds())
        await self._toolkit.work(ledger.hold, name, self._toolkit.clock() + wait)

    def _jittered(self, seconds: float) -> timedelta:
        """A little longer, so that not all processes come back at the same moment."""
        return timedelta(seconds=seconds * (1 + self._gear.chance() / 4) + 0.01)
