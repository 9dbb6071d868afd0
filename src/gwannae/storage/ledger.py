"""발송 장부, row by row: who may send a post, and what became of it.

Every end of a claim names the owner that it was claimed by: one that comes late changes nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, case, func, insert, or_, select, update

from gwannae.programme.ledger import (
    LedgerSum,
    Place,
    Post,
    PostEvent,
    PostKey,
    PostKind,
    PostState,
    PostStep,
    SkipReason,
    Wish,
    read_key,
    sum_of,
)
from gwannae.storage.columns import Utc
from gwannae.storage.database import Transaction
from gwannae.storage.tables.ledger import post_steps, posting_pauses, posts

_C = posts.c
_BY_ID = select(posts).where(_C.id == bindparam("of"))
_HELD = _BY_ID.with_for_update()
_BY_KEY = select(posts).where(
    _C.kind == bindparam("kind"),
    _C.period == bindparam("period"),
    _C.organisation == bindparam("organisation"),
    _C.recipient == bindparam("recipient"),
    _C.occurrence == bindparam("occurrence"),
    _C.rehearsal == bindparam("rehearsal"),
)
_PAUSED = select(posting_pauses.c.value)
_UNPAUSED = (
    ~_PAUSED.where(posting_pauses.c.what == "all").exists(),
    _C.kind.not_in(_PAUSED.where(posting_pauses.c.what == "kind")),
    _C.organisation.not_in(_PAUSED.where(posting_pauses.c.what == "organisation")),
)
_DUE = or_(
    and_(_C.state == PostState.PLANNED.value, _C.due <= bindparam("now"), _C.useful_until > bindparam("now")),
    # one that is in doubt is looked for, however late it is: it may have been sent
    and_(
        _C.state == PostState.FAILED.value,
        _C.due <= bindparam("now"),
        or_(_C.useful_until > bindparam("now"), _C.look_first),
    ),
)
_READY = select(posts).where(_DUE, *_UNPAUSED).order_by(_C.due, _C.id).limit(bindparam("most"))
_CLAIMED = select(posts).where(_C.state == PostState.SENDING.value).order_by(_C.id)
_MINE: Mapping[str, Any] = {
    "owner": bindparam("to_owner"),
    "lease_until": bindparam("to_lease_until"),
    "tries": _C.tries + 1,
}
_TAKE = (
    update(posts)
    .where(_C.id == bindparam("of"), _DUE, *_UNPAUSED)
    .values(
        state=PostState.SENDING.value,
        first_try_at=func.coalesce(_C.first_try_at, bindparam("now")),
        team_id=bindparam("to_team"),
        channel_id=bindparam("to_channel"),
        **_MINE,
    )
    .returning(*posts.c)
)
_TAKE_OVER = (
    update(posts)
    .where(_C.id == bindparam("of"), _C.state == PostState.SENDING.value, _C.owner == bindparam("former"))
    .values(look_first=True, **_MINE)
    .returning(*posts.c)
)
_OWNED = update(posts).where(_C.id == bindparam("of"), _C.state == PostState.SENDING.value, _C.owner == bindparam("by"))
_CONFIRM = _OWNED.values(
    state=PostState.SENT.value,
    owner=None,
    lease_until=None,
    problem="",
    problem_at=None,
    look_first=False,
    team_id=bindparam("to_team"),
    channel_id=bindparam("to_channel"),
    ts=bindparam("to_ts"),
    sent_at=bindparam("now"),
    reconcile_at=bindparam("to_reconcile_at"),
)
_END = _OWNED.values(
    owner=None,
    lease_until=None,
    state=bindparam("to_state"),
    due=bindparam("to_due"),
    problem=bindparam("to_problem"),
    # a problem that lasts keeps its beginning
    problem_at=case(
        (bindparam("to_problem") == "", None),
        (_C.problem == bindparam("to_problem"), _C.problem_at),
        else_=bindparam("now", type_=Utc()),
    ),
    reason=bindparam("to_reason"),
    look_first=bindparam("to_look_first"),
)
_LOOKED = _OWNED.values(look_first=False)
_CHANGE = update(posts).where(_C.id == bindparam("of"))
_WRITE_STEP = insert(post_steps)
_STEPS = select(post_steps).where(post_steps.c.post_id == bindparam("of")).order_by(post_steps.c.id)
_COUNTS = select(_C.state, func.count()).where(_C.rehearsal == bindparam("rehearsal")).group_by(_C.state)
_ALL = select(func.count()).where(_C.rehearsal == bindparam("rehearsal")).select_from(posts)
_LATEST_STEP = select(func.max(post_steps.c.id))


@dataclass(frozen=True, slots=True)
class End:
    """How a claim ends without a message: the next state, and why. `due`: when the post is next looked at."""

    state: PostState
    event: PostEvent
    due: datetime
    problem: str = ""
    reason: SkipReason | None = None
    look_first: bool = False


def by_id(tx: Transaction, post_id: int) -> Post | None:
    """The post of that number."""
    row = tx.execute(_BY_ID, {"of": post_id}).first()
    return None if row is None else post_of(row)


def hold(tx: Transaction, post_id: int) -> Post | None:
    """The same; nobody else changes it until this transaction ends."""
    row = tx.execute(_HELD, {"of": post_id}).first()
    return None if row is None else post_of(row)


def by_key(tx: Transaction, key: PostKey) -> Post | None:
    """The post of that key."""
    values = {
        "kind": key.kind.value,
        "period": key.period,
        "organisation": key.organisation,
        "recipient": key.recipient,
        "occurrence": key.occurrence,
        "rehearsal": key.rehearsal,
    }
    row = tx.execute(_BY_KEY, values).first()
    return None if row is None else post_of(row)


def ready(tx: Transaction, now: datetime, most: int) -> list[Post]:
    """Posts that may be claimed now, nothing paused, the longest due first."""
    return [post_of(row) for row in tx.execute(_READY, {"now": now, "most": most})]


def claimed(tx: Transaction) -> list[Post]:
    """Posts that somebody is sending, or was when it died."""
    return [post_of(row) for row in tx.execute(_CLAIMED)]


def claim(
    tx: Transaction, post_id: int, owner: str, now: datetime, lease_until: datetime, place: Place | None
) -> Post | None:
    """Take a post to try it at `place`; None when somebody else has it, or it is paused, or no longer due."""
    values = {"to_team": place.team_id if place else "", "to_channel": place.channel_id if place else ""}
    mine = {"of": post_id, "now": now, "to_owner": owner, "to_lease_until": lease_until}
    row = tx.execute(_TAKE, mine | values).first()
    return _noted_claim(tx, row, now)


def take_over(tx: Transaction, post: Post, owner: str, now: datetime, lease_until: datetime) -> Post | None:
    """Take a post whose owner's lease is over; it may have been sent, so it is looked for first. None: too late."""
    values = {"of": post.id, "former": post.owner, "to_owner": owner, "to_lease_until": lease_until}
    row = tx.execute(_TAKE_OVER, values).first()
    return _noted_claim(tx, row, now)


def confirm(
    tx: Transaction,
    post_id: int,
    owner: str,
    place: Place,
    ts: str,
    now: datetime,
    event: PostEvent = PostEvent.SENT,
    reconcile_at: datetime | None = None,
) -> bool:
    """It stands there. False when the owner came late: the row is left alone, and the step written all the same."""
    values = {
        "of": post_id,
        "by": owner,
        "to_team": place.team_id,
        "to_channel": place.channel_id,
        "to_ts": ts,
        "now": now,
        "to_reconcile_at": reconcile_at,
    }
    done = tx.execute(_CONFIRM, values).rowcount == 1
    at = {"team": place.team_id, "channel": place.channel_id, "ts": ts}
    write_step(tx, post_id, now, event if done else PostEvent.LATE_OWNER, at)
    if not done:  # there are two messages, or will be: let the channel be looked through
        tx.execute(_CHANGE.values(reconcile_at=now), {"of": post_id})
    return done


def end(tx: Transaction, post_id: int, owner: str, how: End, now: datetime) -> bool:
    """End a claim without a message; False when the owner came late: then nothing is changed."""
    values = {
        "of": post_id,
        "by": owner,
        "now": now,
        "to_state": how.state.value,
        "to_due": how.due,
        "to_problem": how.problem,
        "to_reason": how.reason.value if how.reason else None,
        "to_look_first": how.look_first,
    }
    done = tx.execute(_END, values).rowcount == 1
    if done:
        detail = {name: text for name, text in (("problem", how.problem), ("reason", how.reason)) if text}
        write_step(tx, post_id, now, how.event, detail)
    return done


def looked_in_vain(tx: Transaction, post_id: int, owner: str, now: datetime) -> bool:
    """The channel was read and the message is not there: its owner may send it. False: the owner came late."""
    done = tx.execute(_LOOKED, {"of": post_id, "by": owner}).rowcount == 1
    if done:
        write_step(tx, post_id, now, PostEvent.NOT_FOUND, {})
    return done


def change(tx: Transaction, post_id: int, **values: Any) -> None:
    """Set columns of a post that nobody owns; whoever calls has looked at its state in this transaction."""
    tx.execute(_CHANGE.values(values), {"of": post_id})


def write_step(tx: Transaction, post_id: int, at: datetime, event: PostEvent, detail: Mapping[str, object]) -> None:
    """Add a step to a post's history."""
    tx.execute(_WRITE_STEP, {"post_id": post_id, "at": at, "event": event.value, "detail": dict(detail)})


def steps(tx: Transaction, post_id: int) -> list[PostStep]:
    """A post's history, the first step first."""
    return [PostStep(row.at, PostEvent(row.event), row.detail) for row in tx.execute(_STEPS, {"of": post_id})]


def total(tx: Transaction, *, rehearsal: bool = False) -> LedgerSum:
    """The sum over all posts; of one moment where the caller has a snapshot or a transaction on SQLite."""
    given = {"rehearsal": rehearsal}
    counts = {PostState(state): count for state, count in tx.execute(_COUNTS, given)}
    return sum_of(counts, tx.execute(_ALL, given).scalar_one())


def high_water(tx: Transaction) -> int:
    """The number of the latest step. It only grows: a database that shows less than before has forgotten something."""
    return int(tx.execute(_LATEST_STEP).scalar() or 0)


def posts_of(rows: Iterable[Row[Any]]) -> list[Post]:
    """The programme's values of rows of `posts`."""
    return [post_of(row) for row in rows]


def post_of(row: Row[Any]) -> Post:
    """The programme's value of a row of `posts`."""
    key = PostKey(PostKind(row.kind), row.period, row.organisation, row.recipient, row.occurrence, bool(row.rehearsal))
    return Post(
        id=row.id,
        key=key,
        state=PostState(row.state),
        planned_for=row.planned_for,
        due=row.due,
        useful_until=row.useful_until,
        edits=read_key(row.edits) if row.edits else None,
        owner=row.owner,
        lease_until=row.lease_until,
        tries=row.tries,
        first_try_at=row.first_try_at,
        look_first=bool(row.look_first),
        place=Place(row.team_id, row.channel_id) if row.channel_id else None,
        ts=row.ts,
        sent_at=row.sent_at,
        problem=row.problem,
        problem_at=row.problem_at,
        reason=SkipReason(row.reason) if row.reason else None,
        withdrawn_at=row.withdrawn_at,
        wish=Wish(row.wish) if row.wish else None,
    )


def _noted_claim(tx: Transaction, row: Row[Any] | None, now: datetime) -> Post | None:
    if row is None:
        return None
    write_step(tx, row.id, now, PostEvent.CLAIMED, {"try": row.tries})
    return post_of(row)
