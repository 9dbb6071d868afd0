"""우수부서 발표: the council's decision to every channel, once the office has pressed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from gwannae.actions.calendar import send_windows
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.awards import Decision
from gwannae.programme.ledger import PlannedPost, PostKey, PostKind, Skip, SkipReason
from gwannae.programme.year_end import Release
from gwannae.storage import awards, organisations, results

USEFUL = timedelta(days=14)  # a bot that was away for longer announces nothing any more; the office is told


def plan_announcement(toolkit: Toolkit, now: datetime) -> Sequence[PlannedPost]:
    """A post for each organisation that takes part, from the press on."""
    planned: list[PlannedPost] = []
    with toolkit.database.read() as tx:
        out = [
            (year, released)
            for year, released in results.all_releases(tx)
            if released.what is Release.ANNOUNCEMENT and now < released.at + USEFUL
        ]
        every = organisations.all_organisations(tx) if out else ()
        windows = send_windows(tx, toolkit.city)
    for year, released in out:
        for organisation in every:
            key = PostKey(PostKind.ANNOUNCEMENT, f"{year:04}", organisation.code, "channel", released.number)
            planned.append(PlannedPost(key, windows.next_opening(released.at), released.at + USEFUL))
    return planned


def look_announcement(toolkit: Toolkit, key: PostKey, now: datetime) -> Decision | Skip:  # noqa: ARG001
    """The decision that was let out; one that was replaced meanwhile is not announced."""
    year = int(key.period)
    with toolkit.database.read() as tx:
        decision = awards.latest(tx, year)
        organisation = organisations.by_code(tx, key.organisation)
    if organisation is None or not organisation.active:
        return Skip(SkipReason.ORGANISATION_GONE)
    if decision is None or decision.number != key.occurrence:
        return Skip(SkipReason.NOTHING_OWED)
    return decision
