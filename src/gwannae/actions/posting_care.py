"""Looking after what stands in Slack: a database that forgot, doubles, and what the office wishes done."""

from datetime import datetime, timedelta

from gwannae.actions.toolkit import Toolkit
from gwannae.programme.ledger import Post, PostEvent, PostState, Wish
from gwannae.programme.posting_terms import PostingTerms
from gwannae.storage import ledger, ledger_care, ledger_planning, posting_state

TICKED_EVERY = timedelta(minutes=5)  # how old the note of the latest tick may be


def remember(toolkit: Toolkit, mark: int | None, now: datetime) -> tuple[bool, int]:
    """Whether the database has forgotten something (a backup was put back): then every open post is looked for first.
    And the number of its latest step.

    `mark`: the highest step that this machine has ever seen; None: it remembers none, so it takes what was sent before
    it came for forgotten as well, if there is anything.
    """
    with toolkit.database.read() as tx:
        state = posting_state.state(tx)
        water = ledger.high_water(tx)
    forgot = water > 0 if mark is None else water < mark
    fresh = state.ticked_at is not None and timedelta(0) <= now - state.ticked_at < TICKED_EVERY
    if not forgot and fresh:
        return False, water
    with toolkit.database.write() as tx:
        posting_state.change(tx, ticked_at=now)
        if forgot:
            posting_state.change(tx, recovered_at=now)
            ledger_planning.look_for_all(tx, now)
    return forgot, water


def to_look_after(toolkit: Toolkit, now: datetime, most: int) -> tuple[list[Post], list[Post]]:
    """Posts with a wish, and posts whose channel is to be looked through."""
    with toolkit.database.read() as tx:
        return ledger_care.wished(tx, most), ledger_care.to_reconcile(tx, now)


def granted(toolkit: Toolkit, post: Post, now: datetime) -> None:
    """The message was changed or taken away."""
    assert post.wish is not None, "it was asked for by its wish"
    with toolkit.database.write() as tx:
        withdrawn = {"withdrawn_at": now} if post.wish is Wish.WITHDRAW else {}
        if ledger_care.granted(tx, post.id, post.wish, **withdrawn):
            event = PostEvent.WITHDRAWN if post.wish is Wish.WITHDRAW else PostEvent.CORRECTED
            ledger.write_step(tx, post.id, now, event, {})
            if post.wish is Wish.WITHDRAW:
                ledger_care.taken_away(tx, post, now)


def not_granted(toolkit: Toolkit, post: Post, problem: str, now: datetime) -> None:
    """Slack does not do it, and will not: the wish ends, and the history says why."""
    assert post.wish is not None, "it was asked for by its wish"
    with toolkit.database.write() as tx:
        if ledger_care.granted(tx, post.id, post.wish):
            ledger.write_step(tx, post.id, now, PostEvent.REFUSED, {"problem": problem, "wish": post.wish.value})


def reconciled(
    toolkit: Toolkit, terms: PostingTerms, post: Post, doubles: dict[str, str] | None, now: datetime
) -> None:
    """Write down second messages (`doubles`: time stamp and address of each); None: the place cannot be read."""
    with toolkit.database.write() as tx:
        held = ledger.by_id(tx, post.id)
        if held is None:
            return
        if doubles is None or held.state is not PostState.SENT:  # looked through once it is known where it stands
            ledger_care.reconciled(tx, post.id, now + terms.reconcile_after)
            return
        told = {str(s.detail.get("ts")) for s in ledger.steps(tx, post.id) if s.event is PostEvent.DOUBLE}
        for ts, link in doubles.items():
            if ts not in told:
                ledger.write_step(tx, post.id, now, PostEvent.DOUBLE, {"ts": ts, "link": link})
        ledger_care.reconciled(tx, post.id, None)
