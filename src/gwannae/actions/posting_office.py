"""What the programme office may press: begin, pause, cancel, answer, try again, correct, take back. Each is audited."""

from collections.abc import Mapping
from datetime import datetime

from gwannae.actions.permission import allowed
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.ledger import Place, Post, PostEvent, PostKind, PostState, SkipReason, Wish
from gwannae.programme.organisations import Actor
from gwannae.programme.posting_overview import Steered
from gwannae.programme.roles import Deed
from gwannae.storage import audit, ledger, ledger_care, ledger_planning, organisations, posting_state
from gwannae.storage.database import Transaction

Outcome = Steered | NotAllowed | Impossible

_OPEN = (PostState.PLANNED, PostState.FAILED)


def start(toolkit: Toolkit, actor: Actor, now: datetime) -> Outcome:
    """시작: from now on posts go to their own places. What was rehearsed and is still useful comes again, for real."""
    with toolkit.database.write() as tx:
        if not _may(tx, actor, now):
            return NotAllowed()
        if posting_state.state(tx).started_at is not None:
            return Impossible("started")
        posting_state.change(tx, started_at=now)
        count = ledger_planning.end_rehearsals(tx, now)
        _write(tx, actor, now, AuditEvent.POSTING_STARTED, "posting", {"rehearsals": count})
        return Steered(count)


def set_place(toolkit: Toolkit, actor: Actor, which: str, place: Place, now: datetime) -> Outcome:
    """The channel for rehearsals (`which` "test") or the working council's ("council")."""
    with toolkit.database.write() as tx:
        if not _may(tx, actor, now):
            return NotAllowed()
        if which not in ("test", "council"):
            return Impossible("gone")
        posting_state.change(tx, **{f"{which}_team": place.team_id, f"{which}_channel": place.channel_id})
        detail = {"which": which, "channel": place.channel_id}
        _write(tx, actor, now, AuditEvent.POSTING_PLACE_SET, "posting", detail)
        return Steered()


def pause(toolkit: Toolkit, actor: Actor, what: str, value: str, now: datetime) -> Outcome:
    """Let everything ("all", ""), one kind or one organisation (its code) wait; also what is being sent at this moment
    stops at the next post.
    """
    with toolkit.database.write() as tx:
        if not _may(tx, actor, now):
            return NotAllowed()
        if what not in ("all", "kind", "organisation") or (what == "all") != (value == ""):
            return Impossible("gone")
        if not posting_state.pause(tx, what, value, actor, now):
            return Impossible("paused")
        _write(tx, actor, now, AuditEvent.POSTING_PAUSED, "posting", {"what": what, "value": value})
        return Steered()


def resume(toolkit: Toolkit, actor: Actor, what: str, value: str, now: datetime) -> Outcome:
    """Let it go on. What has become too late meanwhile is skipped with its reason."""
    with toolkit.database.write() as tx:
        if not _may(tx, actor, now):
            return NotAllowed()
        if not posting_state.resume(tx, what, value):
            return Impossible("gone")
        _write(tx, actor, now, AuditEvent.POSTING_RESUMED, "posting", {"what": what, "value": value})
        return Steered()


def code_of(toolkit: Toolkit, organisation_id: int) -> str:
    """The code by which an organisation is let wait; "" for none that there is."""
    with toolkit.database.read() as tx:
        found = organisations.by_id(tx, organisation_id)
    return found.code if found is not None else ""


def cancel(toolkit: Toolkit, actor: Actor, post_id: int, now: datetime) -> Outcome:
    """Never send it. What is being sent, or may have been, cannot be cancelled any more."""
    with toolkit.database.write() as tx:
        post = _held(tx, actor, post_id, now)
        if not isinstance(post, Post):
            return post
        if post.state not in _OPEN or post.look_first:
            return Impossible("under_way" if post.look_first or post.state is PostState.SENDING else "gone")
        ledger.change(tx, post_id, state=PostState.CANCELLED.value, reason=SkipReason.BY_OFFICE.value)
        ledger.write_step(tx, post_id, now, PostEvent.CANCELLED, {"by": actor.user_id})
        _write(tx, actor, now, AuditEvent.POST_CANCELLED, f"post:{post_id}", {"key": post.key.spelled})
        return Steered(1)


def arrived(toolkit: Toolkit, actor: Actor, post_id: int, now: datetime) -> Outcome:
    """A person has looked: the message stands there."""
    return _answer(toolkit, actor, post_id, now, arrived=True)


def not_arrived(toolkit: Toolkit, actor: Actor, post_id: int, now: datetime) -> Outcome:
    """A person has looked: it does not, and is to be sent."""
    return _answer(toolkit, actor, post_id, now, arrived=False)


def _answer(toolkit: Toolkit, actor: Actor, post_id: int, now: datetime, *, arrived: bool) -> Outcome:
    with toolkit.database.write() as tx:
        post = _held(tx, actor, post_id, now)
        if not isinstance(post, Post):
            return post
        if post.state is not PostState.ASKING:
            return Impossible("gone")
        if arrived:
            ledger.change(tx, post_id, state=PostState.SENT.value, sent_at=now, problem="", look_first=False)
        else:
            ledger.change(tx, post_id, state=PostState.PLANNED.value, due=now, problem="", look_first=False)
        ledger.write_step(tx, post_id, now, PostEvent.ANSWERED, {"by": actor.user_id, "arrived": arrived})
        _write(tx, actor, now, AuditEvent.POST_ANSWERED, f"post:{post_id}", {"arrived": arrived})
        return Steered(1)


def try_again(toolkit: Toolkit, actor: Actor, post_id: int, now: datetime) -> Outcome:
    """What failed is tried with the next tick; what is in doubt keeps its settle time and is looked for first."""
    with toolkit.database.write() as tx:
        post = _held(tx, actor, post_id, now)
        if not isinstance(post, Post):
            return post
        if post.state is not PostState.FAILED or post.look_first:
            return Impossible("under_way" if post.look_first else "gone")
        ledger.change(tx, post_id, due=now)
        _write(tx, actor, now, AuditEvent.POST_TRIED_AGAIN, f"post:{post_id}", {"key": post.key.spelled})
        return Steered(1)


def correct(toolkit: Toolkit, actor: Actor, kind: PostKind | None, period: str, now: datetime) -> Outcome:
    """Say all messages of a kind and period anew where they stand: nothing is posted a second time."""
    return _wish(toolkit, actor, kind, period, Wish.CORRECT, now)


def withdraw(toolkit: Toolkit, actor: Actor, kind: PostKind | None, period: str, now: datetime) -> Outcome:
    """Take all messages of a kind and period away, and cancel those that have not gone out."""
    return _wish(toolkit, actor, kind, period, Wish.WITHDRAW, now)


def _wish(toolkit: Toolkit, actor: Actor, kind: PostKind | None, period: str, wish: Wish, now: datetime) -> Outcome:
    with toolkit.database.write() as tx:
        if not _may(tx, actor, now):
            return NotAllowed()
        if kind is None:
            return Impossible("gone")
        count = ledger_care.wish(tx, kind, period, wish)
        if wish is Wish.WITHDRAW:
            count += ledger_planning.cancel_all(tx, kind, period, now, actor.user_id)
        if not count:
            return Impossible("gone")
        event = AuditEvent.POSTS_WITHDRAWN if wish is Wish.WITHDRAW else AuditEvent.POSTS_CORRECTED
        _write(tx, actor, now, event, "posting", {"kind": kind.value, "period": period, "count": count})
        return Steered(count)


def _may(tx: Transaction, actor: Actor, now: datetime) -> bool:
    return allowed(tx, actor, now, Deed.STEER_POSTS, "posting")


def _held(tx: Transaction, actor: Actor, post_id: int, now: datetime) -> Post | NotAllowed | Impossible:
    """The post, which nobody else changes until this transaction ends."""
    if not allowed(tx, actor, now, Deed.STEER_POSTS, f"post:{post_id}"):
        return NotAllowed()
    post = ledger.hold(tx, post_id)
    return Impossible("gone") if post is None else post


def _write(
    tx: Transaction, actor: Actor, now: datetime, event: AuditEvent, subject: str, detail: Mapping[str, object]
) -> None:
    audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, event, subject, dict(detail)))
