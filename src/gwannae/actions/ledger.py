"""발송 장부: claim a post, confirm it, or say why it did not go out. One step, one transaction; no Slack in between."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gwannae.actions.posting_places import Addressed, Places
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.ledger import (
    Place,
    PlannedPost,
    Post,
    PostEvent,
    PostKey,
    PostState,
    PostStep,
    SkipReason,
    rehearsed,
)
from gwannae.programme.posting_terms import RETRY_MOST, PostingTerms, retry_after
from gwannae.storage import ledger, ledger_planning, posting_state
from gwannae.storage.ledger import End

PREVIEWED = 20_000  # posts of the ledger that a preview takes in
FORGOTTEN_AHEAD = timedelta(days=1)  # a post may have been sent before its day: a holiday that was added moved it


@dataclass(frozen=True, slots=True)
class Queue:
    """What there is to do: posts that may be claimed, with their places, and those that are claimed already."""

    ready: tuple[Addressed, ...]
    claimed: tuple[Addressed, ...]


def plan(toolkit: Toolkit, planned: Sequence[PlannedPost]) -> int:
    """Put into the ledger what ought to stand there; before 시작 as rehearsals. Returns how many are new."""
    with toolkit.database.write() as tx:
        state = posting_state.state(tx)
        forgotten = state.recovered_at + FORGOTTEN_AHEAD if state.recovered_at is not None else None
        wanted = planned if state.started_at is not None else [rehearsed(one) for one in planned]
        return ledger_planning.plan(tx, wanted, forgotten_until=forgotten)


def sweep(toolkit: Toolkit, terms: PostingTerms, now: datetime) -> None:
    """Move what a rule moves: drop what is too late, put back what is useful after all."""
    with toolkit.database.read() as tx:
        if not ledger_planning.is_to_sweep(tx, now, RETRY_MOST * 2):
            return
    with toolkit.database.write() as tx:
        ledger_planning.put_back(tx, now)
        ledger_planning.drop_late(tx, now)
        ledger_planning.bring_near(tx, now, RETRY_MOST * 2, now + timedelta(seconds=terms.settle))


def queue(toolkit: Toolkit, now: datetime, most: int) -> Queue:
    """Up to `most` posts that may be claimed now, the longest due first, and all that somebody has claimed."""
    with toolkit.database.read() as tx:
        ready = ledger.ready(tx, now, most)
        claimed = ledger.claimed(tx)
        if not ready and not claimed:
            return Queue((), ())
        places = Places(tx, toolkit, now.astimezone(toolkit.city.zone).date())
        return Queue(tuple(map(places.of, ready)), tuple(map(places.of, claimed)))


def preview(toolkit: Toolkit, planned: Sequence[PlannedPost], now: datetime) -> list[Addressed]:
    """What a tick at `now` would try to send: what is planned and due, and what the ledger holds. Changes nothing."""
    with toolkit.database.read() as tx:
        started = posting_state.state(tx).started_at is not None
        places = Places(tx, toolkit, now.astimezone(toolkit.city.zone).date())
        due = {post.key: post for post in ledger.ready(tx, now, PREVIEWED)}
        for one in planned if started else map(rehearsed, planned):
            if one.due <= now < one.useful_until and one.key not in due and ledger.by_key(tx, one.key) is None:
                due[one.key] = Post(0, one.key, PostState.PLANNED, one.due, one.due, one.useful_until, one.edits)
        return [places.of(post) for post in due.values()]


def claim(
    toolkit: Toolkit, terms: PostingTerms, addressed: Addressed, owner: str, now: datetime
) -> tuple[Post, int] | None:
    """Take a post, from nobody or from an owner whose lease is over, and the number of the step that says so.

    Where it is to be tried is written down first: there it is looked for, whatever channel is linked by then.
    """
    post, until = addressed.post, now + timedelta(seconds=terms.lease)
    with toolkit.database.write() as tx:
        if post.state is PostState.SENDING:
            mine = ledger.take_over(tx, post, owner, now, until)
        else:
            place = post.place if post.look_first and post.place else addressed.place
            mine = ledger.claim(tx, post.id, owner, now, until, place)
        return None if mine is None else (mine, ledger.high_water(tx))


def reserve(
    toolkit: Toolkit, places: Sequence[tuple[str, float]], now: datetime, ahead: float
) -> tuple[datetime, bool]:
    """The moment for the next call at these places, and whether it was taken."""
    with toolkit.database.write() as tx:
        return posting_state.reserve(tx, places, now, timedelta(seconds=ahead))


def hold(toolkit: Toolkit, place: str, until: datetime) -> None:
    """Slack has asked to be left alone there until then."""
    with toolkit.database.write() as tx:
        posting_state.hold(tx, place, until)


def confirm(
    toolkit: Toolkit, terms: PostingTerms, post: Post, place: Place, ts: str, event: PostEvent, now: datetime
) -> bool:
    """It stands there; False for an owner that came late, whose word changes nothing."""
    doubted = post.tries > 1 or event is PostEvent.FOUND
    reconcile_at = now + terms.reconcile_after if doubted else None
    with toolkit.database.write() as tx:
        return ledger.confirm(tx, post.id, post.owner or "", place, ts, now, event, reconcile_at)


def not_there(toolkit: Toolkit, post: Post, now: datetime) -> bool:
    """The look-up found nothing: the owner may send it. False for an owner that came late."""
    with toolkit.database.write() as tx:
        return ledger.looked_in_vain(tx, post.id, post.owner or "", now)


def end(toolkit: Toolkit, post: Post, how: End, now: datetime) -> bool:
    """End a claim without a message; see the makers of `End` below."""
    with toolkit.database.write() as tx:
        return ledger.end(tx, post.id, post.owner or "", how, now)


def skipped(post: Post, reason: SkipReason) -> End:
    """Not sent, by a rule."""
    return End(PostState.SKIPPED, PostEvent.SKIPPED, post.useful_until, reason=reason)


def put_off(post: Post, until: datetime) -> End:
    """Not now: it is planned for later."""
    return End(PostState.PLANNED, PostEvent.PUT_BACK, until, look_first=post.look_first)


def refused(post: Post, problem: str, now: datetime, wait: timedelta | None = None) -> End:
    """Slack said no, so nothing was sent; tried again after a while, or after `wait`."""
    due = now + (retry_after(post.tries) if wait is None else wait)
    return End(PostState.FAILED, PostEvent.REFUSED, due, problem, look_first=post.look_first)


def doubtful(problem: str, terms: PostingTerms, now: datetime) -> End:
    """Nobody knows whether it was sent: it is looked for once Slack can no longer be busy with it."""
    due = now + timedelta(seconds=terms.settle)
    return End(PostState.FAILED, PostEvent.DOUBTFUL, due, problem, look_first=True)


def asks(post: Post, problem: str) -> End:
    """It may have been sent and cannot be looked for: a person looks, nothing is sent meanwhile."""
    return End(PostState.ASKING, PostEvent.ASKED, post.due, problem, look_first=True)


def edited_place(toolkit: Toolkit, key: PostKey) -> tuple[Place, str] | None:
    """Where the message stands whose place another takes; None where there is none any more."""
    with toolkit.database.read() as tx:
        post = ledger.by_key(tx, key)
    if post is None or post.state is not PostState.SENT or post.place is None or post.withdrawn_at is not None:
        return None
    return post.place, post.ts


def history(toolkit: Toolkit, post_id: int) -> tuple[Post, list[PostStep]] | None:
    """A post and all that became of it."""
    with toolkit.database.read() as tx:
        post = ledger.by_id(tx, post_id)
        return None if post is None else (post, ledger.steps(tx, post_id))
