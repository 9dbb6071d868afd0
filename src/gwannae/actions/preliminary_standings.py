"""예비 결산: each organisation's own result to its own channel, once the office has let it out."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from gwannae.actions.calendar import send_windows
from gwannae.actions.released_results import own_line, results_out
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.ledger import PlannedPost, PostKey, PostKind, Skip
from gwannae.programme.preliminary_standings import PreliminaryNotice
from gwannae.programme.year_end import Release


def plan_preliminary(toolkit: Toolkit, now: datetime) -> Sequence[PlannedPost]:
    """A post for each organisation of the result, from the press on until the last day of objections is over. A result
    that was made anew and let out again is another occurrence.
    """
    planned: list[PlannedPost] = []
    with toolkit.database.read() as tx:
        for stored, released in results_out(tx, Release.PRELIMINARY):
            if released.until is None:
                continue
            end = datetime.combine(released.until + timedelta(days=1), time(), toolkit.city.zone)
            if now >= end:
                continue
            opens = send_windows(tx, toolkit.city).next_opening(released.at)
            for line in stored.result.lines:
                period = f"{stored.result.year:04}"
                key = PostKey(PostKind.PRELIMINARY_STANDINGS, period, line.code, "channel", released.number)
                planned.append(PlannedPost(key, opens, end))
    return planned


def look_preliminary(toolkit: Toolkit, key: PostKey, now: datetime) -> PreliminaryNotice | Skip:  # noqa: ARG001
    """What the channel is told: its own line alone. An older result is not sent after a newer one went out."""
    with toolkit.database.read() as tx:
        found = own_line(tx, key, Release.PRELIMINARY)
    if isinstance(found, Skip):
        return found
    return PreliminaryNotice(found.organisation.id, found.line, found.stored, found.released.until)
