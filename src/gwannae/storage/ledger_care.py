"""발송 장부: what stands in Slack already and is to be looked after; and what the office is told of."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select, update

from gwannae.programme.ledger import Post, PostEvent, PostKind, PostState, SkipReason, Wish
from gwannae.programme.posting_overview import Batch
from gwannae.programme.posting_trouble import Missed
from gwannae.storage.database import Transaction
from gwannae.storage.ledger import posts_of
from gwannae.storage.tables.ledger import post_steps, posts

_C, _S = posts.c, post_steps.c
_WISHED = select(posts).where(_C.wish.is_not(None)).order_by(_C.id).limit(bindparam("most"))
_TO_RECONCILE = select(posts).where(_C.reconcile_at <= bindparam("now")).order_by(_C.reconcile_at).limit(50)
_STANDING = (_C.state == PostState.SENT.value, _C.ts != "", _C.withdrawn_at.is_(None))
_WISH = (
    update(posts)
    .where(*_STANDING, _C.kind == bindparam("of_kind"), _C.period == bindparam("of_period"))
    .values(wish=bindparam("wished"))
)
_TAKEN_AWAY = update(posts).where(
    *_STANDING,
    _C.team_id == bindparam("team"),
    _C.channel_id == bindparam("channel"),
    _C.ts == bindparam("stamp"),
)
_GRANTED = update(posts).where(_C.id == bindparam("of"), _C.wish == bindparam("was"))
_RECONCILED = update(posts).where(_C.id == bindparam("of")).values(reconcile_at=bindparam("again"))
_NOT_ITSELF = _C.kind != PostKind.TROUBLE_DIGEST.value
# also while it is being tried again
_LASTING = and_(_C.state.in_([PostState.FAILED.value, PostState.SENDING.value]), _C.problem_at <= bindparam("since"))
_IN_TROUBLE = (
    select(posts).where(or_(_C.state == PostState.ASKING.value, _LASTING), _NOT_ITSELF).order_by(_C.organisation, _C.id)
)
_NEWEST_FAILED = select(func.max(_C.problem_at)).where(_LASTING, _NOT_ITSELF)
_NEWEST_ASKED = select(func.max(_C.problem_at)).where(_C.state == PostState.ASKING.value, _NOT_ITSELF)
_DOUBLES = (
    select(_S.post_id, _S.at, _S.detail, _C.organisation)
    .join(posts, _C.id == _S.post_id)
    .where(_S.event == PostEvent.DOUBLE.value, _S.at > bindparam("since"))
    .order_by(_S.id)
)
_BATCHES = (
    select(_C.kind, _C.period, func.count().label("sent"), func.max(_C.sent_at).label("latest"))
    .where(*_STANDING, _C.rehearsal == bindparam("rehearsal"))
    .group_by(_C.kind, _C.period)
    .order_by(func.max(_C.sent_at).desc())
    .limit(bindparam("most"))
)
# Each time that it was decided; a post that was planned again meanwhile is not missed.
_TOO_LATE = and_(
    _S.event == PostEvent.SKIPPED.value,
    _C.state == PostState.SKIPPED.value,
    _C.reason == SkipReason.TOO_LATE.value,
    _NOT_ITSELF,
    ~_C.rehearsal,
)
_MISSED = (
    select(_C.kind, _C.period, func.count(_C.id.distinct()).label("missed"))
    .join(post_steps, _C.id == _S.post_id)
    .where(_TOO_LATE, _S.at > bindparam("since"))
    .group_by(_C.kind, _C.period)
    .order_by(_C.kind, _C.period)
)
_NEWEST_MISSED = select(func.max(_S.at)).join(posts, _C.id == _S.post_id).where(_TOO_LATE)
_NEWEST_DOUBLE = select(func.max(_S.at)).where(_S.event == PostEvent.DOUBLE.value)
_LATEST_DIGEST = select(func.max(_C.sent_at)).where(
    _C.kind == PostKind.TROUBLE_DIGEST.value, _C.rehearsal == bindparam("rehearsal")
)


def wish(tx: Transaction, kind: PostKind, period: str, wished: Wish) -> int:
    """Wish something done to all messages of a kind and period that stand in Slack; how many there are."""
    return tx.execute(_WISH, {"of_kind": kind.value, "of_period": period, "wished": wished.value}).rowcount


def wished(tx: Transaction, most: int) -> list[Post]:
    """Posts whose message is to be changed or taken away."""
    return posts_of(tx.execute(_WISHED, {"most": most}))


def granted(tx: Transaction, post_id: int, was: Wish, **values: Any) -> bool:
    """It is done; False when the office has wished for something else meanwhile."""
    return tx.execute(_GRANTED.values(wish=None, **values), {"of": post_id, "was": was.value}).rowcount == 1


def taken_away(tx: Transaction, post: Post, at: datetime) -> None:
    """A message was taken away: it stands no more for any post that it stood for, such as one that had edited it."""
    if post.place is not None and post.ts:
        values = {"team": post.place.team_id, "channel": post.place.channel_id, "stamp": post.ts}
        tx.execute(_TAKEN_AWAY.values(withdrawn_at=at.astimezone(UTC)), values)


def to_reconcile(tx: Transaction, now: datetime) -> list[Post]:
    """Posts that were in doubt and whose channel is now looked through for a second message."""
    return posts_of(tx.execute(_TO_RECONCILE, {"now": now}))


def reconciled(tx: Transaction, post_id: int, again: datetime | None) -> None:
    """Its channel was looked through; `again`: it could not be read, so once more at that moment."""
    tx.execute(_RECONCILED, {"of": post_id, "again": again})


def in_trouble(tx: Transaction, since: datetime) -> list[Post]:
    """Posts that a person is asked about, and those that have failed since that moment or longer: what mends itself
    within some minutes is no trouble.
    """
    return posts_of(tx.execute(_IN_TROUBLE, {"since": since}))


def doubles(tx: Transaction, since: datetime) -> Sequence[tuple[str, str]]:
    """Messages that stand in Slack twice, noticed after `since`: organisation's code, and the second one's address."""
    return [(row.organisation, str(row.detail.get("link", ""))) for row in tx.execute(_DOUBLES, {"since": since})]


def missed(tx: Transaction, since: datetime) -> tuple[Missed, ...]:
    """What was found to be too late after that moment, by kind and period."""
    rows = tx.execute(_MISSED, {"since": since})
    return tuple(Missed(PostKind(row.kind), row.period, row.missed) for row in rows)


def batches(tx: Transaction, most: int, *, rehearsal: bool) -> list[Batch]:
    """What stands in Slack, by kind and period, the latest first."""
    rows = tx.execute(_BATCHES, {"most": most, "rehearsal": rehearsal})
    return [Batch(PostKind(row.kind), row.period, row.sent, row.latest) for row in rows]


def newest_trouble(tx: Transaction, now: datetime, lasting: timedelta) -> datetime | None:
    """When the latest trouble became one that is told: a failure once it has lasted so long, a double at once."""
    failed = tx.execute(_NEWEST_FAILED, {"since": now - lasting}).scalar()
    found = [
        failed + lasting if failed is not None else None,
        tx.execute(_NEWEST_ASKED).scalar(),
        tx.execute(_NEWEST_DOUBLE).scalar(),
        tx.execute(_NEWEST_MISSED).scalar(),
    ]
    return max((moment for moment in found if moment is not None), default=None)


def latest_digest(tx: Transaction, *, rehearsal: bool) -> datetime | None:
    """When the office was last told."""
    found: datetime | None = tx.execute(_LATEST_DIGEST, {"rehearsal": rehearsal}).scalar()
    return found
