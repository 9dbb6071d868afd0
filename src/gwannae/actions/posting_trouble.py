"""발송 문제 요약: what could not be sent, gathered for the office once a day; and how the posting stands."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from gwannae.actions.permission import asked
from gwannae.actions.posting_places import Places
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.ledger import PlannedPost, Post, PostKey, PostKind, PostState, Skip, SkipReason, day_key
from gwannae.programme.organisations import Actor
from gwannae.programme.posting_overview import Asked, PostingOverview
from gwannae.programme.posting_trouble import Double, Trouble, TroubleDigest, gathered
from gwannae.programme.roles import Deed
from gwannae.storage import ledger, ledger_care, organisations, posting_state
from gwannae.storage.database import Transaction

USEFUL_FOR = timedelta(days=3)
LASTING = timedelta(minutes=30)  # until a failure is told: most mend themselves
SHOWN = 10  # batches and questions in the office's window
DOUBLES_FOR = timedelta(days=7)  # how long a double, or what was missed, is told of


def plan(toolkit: Toolkit, now: datetime) -> Sequence[PlannedPost]:
    """One digest a day at most, and only where something is wrong that the last one did not tell."""
    with toolkit.database.read() as tx:
        newest = ledger_care.newest_trouble(tx, now, LASTING)
        if newest is None:
            return ()
        rehearsal = posting_state.state(tx).started_at is None
        told = ledger_care.latest_digest(tx, rehearsal=rehearsal)
    if told is not None and newest <= told:
        return ()
    day = now.astimezone(toolkit.city.zone)
    key = PostKey(PostKind.TROUBLE_DIGEST, day_key(day.date()), "", "office")
    # the whole day's, so that it is one post however often it is asked for
    began = day.replace(hour=0, minute=0, second=0, microsecond=0)
    return (PlannedPost(key, began, began + USEFUL_FOR),)


def look(toolkit: Toolkit, _: PostKey, now: datetime) -> TroubleDigest | Skip:
    """All trouble as it stands when the digest goes out."""
    with toolkit.database.read() as tx:
        places = Places(tx, toolkit, now.astimezone(toolkit.city.zone).date())
        digest = _digest(tx, places, now, rehearsal=posting_state.state(tx).started_at is None)
    return digest if digest.anything else Skip(SkipReason.NOTHING_OWED)


def overview(toolkit: Toolkit, now: datetime) -> PostingOverview:
    """How the posting stands at this moment."""
    with toolkit.database.read() as tx:
        return overview_in(tx, toolkit, now)


def overview_in(tx: Transaction, toolkit: Toolkit, now: datetime) -> PostingOverview:
    """The same, inside a transaction that is already open."""
    state = posting_state.state(tx)
    rehearsal = state.started_at is None
    places = Places(tx, toolkit, now.astimezone(toolkit.city.zone).date())
    asking = [
        p
        for p in ledger_care.in_trouble(tx, now - LASTING)
        if p.state is PostState.ASKING and p.key.rehearsal == rehearsal
    ]
    batches = ledger_care.batches(tx, SHOWN, rehearsal=rehearsal)
    return PostingOverview(
        state.started_at,
        state.test_channel,
        state.ticked_at,
        state.recovered_at,
        tuple(posting_state.pauses(tx)),
        _digest(tx, places, now, rehearsal=rehearsal),
        tuple(replace(batch, latest=batch.latest.astimezone(toolkit.city.zone)) for batch in batches),
        tuple(Asked(p.id, p.key.kind, places.name(p.key.organisation)) for p in asking[:SHOWN]),
        state.other_since,
    )


def desk(toolkit: Toolkit, actor: Actor, now: datetime) -> PostingOverview | NotAllowed:
    """How it stands, for whoever may steer it."""
    if not asked(toolkit, actor, now, Deed.STEER_POSTS, "posting"):
        return NotAllowed()
    with toolkit.database.read() as tx:
        every = tuple(organisations.all_organisations(tx))
        return replace(overview_in(tx, toolkit, now), organisations=every)


def _digest(tx: Transaction, places: Places, now: datetime, *, rehearsal: bool) -> TroubleDigest:
    troubles = [
        _trouble(places, post) for post in ledger_care.in_trouble(tx, now - LASTING) if post.key.rehearsal == rehearsal
    ]
    doubles = tuple(Double(places.name(code), link) for code, link in ledger_care.doubles(tx, now - DOUBLES_FOR))
    missed = () if rehearsal else ledger_care.missed(tx, now - DOUBLES_FOR)
    return gathered(troubles, doubles, ledger.total(tx, rehearsal=rehearsal), missed)


def _trouble(places: Places, post: Post) -> Trouble:
    return Trouble(places.name(post.key.organisation), post.problem, post.state is PostState.ASKING)
