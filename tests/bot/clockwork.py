"""The clock's posts behind the front door: the real kinds, the real ledger, the pretend Slack; time is in the hands of
a test, and waiting for Slack's pace moves it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from gwannae.bot.posting import city_hours
from gwannae.handlers.posting import Poster
from gwannae.handlers.posting_one import Gear
from gwannae.handlers.posting_slack import PostingSlack
from gwannae.handlers.posting_watch import Watch
from gwannae.handlers.timed_kinds import TIMED_KINDS
from gwannae.programme.ledger import PostKey, PostKind
from gwannae.programme.posting_terms import PostingTerms
from gwannae.sandbox.values import Message
from gwannae.storage import ledger, posting_state
from gwannae.storage.ledger import posts_of
from gwannae.storage.tables.ledger import posts
from tests.front_door import FrontDoor


class _Mark:
    """A machine that remembers nothing beyond the test."""

    def __init__(self) -> None:
        self._step = 0

    def read(self) -> int | None:
        return self._step

    def reached(self, step: int, *, anew: bool = False) -> None:
        self._step = step if anew else max(self._step, step)


class Clockwork:
    """One process that posts."""

    def __init__(self, door: FrontDoor, kinds: Sequence[PostKind] = tuple(PostKind)) -> None:
        self._door = door
        terms = PostingTerms()
        gear = Gear(
            slack=PostingSlack(door.desk.workspaces),
            kinds={one.kind: one for one in TIMED_KINDS if one.kind in kinds},
            terms=terms,
            mark=_Mark(),
            watch=Watch(terms, self._seconds),
            monotonic=self._seconds,
            sleep=self._sleep,
            chance=lambda: 0.0,
        )
        self._poster = Poster(door.toolkit, gear, city_hours)
        with door.toolkit.database.write() as tx:
            if posting_state.state(tx).started_at is None:
                posting_state.change(tx, started_at=door.clock() - timedelta(days=1))

    async def at(self, moment: str) -> None:
        """One tick at a moment of the city ("2027-06-16T10:00"), with all that it sends."""
        self._door.clock.now = datetime.fromisoformat(moment).replace(tzinfo=self._door.toolkit.city.zone)
        await self._poster.run()
        await self._door.driver.settle()

    def channel(self, channel: str) -> list[Message]:
        """What the bot has posted there."""
        bot = self._door.workspace.bot.user_id
        return [m for m in self._door.workspace.messages.in_channel(channel) if m.user == bot and not m.only_for]

    def state_of(self, key: PostKey) -> str:
        """How the post stands: its state, and why it was skipped."""
        with self._door.toolkit.database.read() as tx:
            post = ledger.by_key(tx, key)
        if post is None:
            return "none"
        return f"{post.state.value}:{post.reason.value}" if post.reason else post.state.value

    def sent(self, organisation: str, recipient: str) -> dict[str, list[str]]:
        """The periods of what went out to somebody, by kind."""
        where = (posts.c.organisation == organisation, posts.c.recipient == recipient, posts.c.state == "sent")
        with self._door.toolkit.database.read() as tx:
            found = posts_of(tx.execute(posts.select().where(*where).order_by(posts.c.period)))
        by_kind: dict[str, list[str]] = {}
        for post in found:
            by_kind.setdefault(post.key.kind.value, []).append(post.key.period)
        return by_kind

    def sum_holds(self) -> bool:
        with self._door.toolkit.database.read() as tx:
            return ledger.total(tx).holds

    def _seconds(self) -> float:
        return self._door.clock().timestamp()

    async def _sleep(self, seconds: float) -> None:
        self._door.clock.now += timedelta(seconds=seconds)
