"""예비 결산: each organisation's own result to its own channel, once the office has let it out."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from gwannae.actions.calendar import send_windows
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.ledger import PlannedPost, PostKey, PostKind, Skip, SkipReason
from gwannae.programme.preliminary_standings import PreliminaryNotice
from gwannae.programme.year_end import Release
from gwannae.storage import organisations, results


def plan_preliminary(toolkit: Toolkit, now: datetime) -> Sequence[PlannedPost]:
    """A post for each organisation of the result, from the press on until the last day of objections is over. A result
    that was made anew and let out again is another occurrence.
    """
    planned: list[PlannedPost] = []
    with toolkit.database.read() as tx:
        for year, released in results.all_releases(tx):
            if released.what is not Release.PRELIMINARY or released.until is None:
                continue
            end = datetime.combine(released.until + timedelta(days=1), time(), toolkit.city.zone)
            if now >= end:
                continue
            opens = send_windows(tx, toolkit.city).next_opening(released.at)
            stored = next((r for r in results.of_year(tx, year) if r.number == released.number), None)
            for line in stored.result.lines if stored else ():
                key = PostKey(PostKind.PRELIMINARY_STANDINGS, f"{year:04}", line.code, "channel", released.number)
                planned.append(PlannedPost(key, opens, end))
    return planned


def look_preliminary(toolkit: Toolkit, key: PostKey, now: datetime) -> PreliminaryNotice | Skip:  # noqa: ARG001
    """What the channel is told: its own line alone. An older result is not sent after a newer one went out."""
    year = int(key.period)
    with toolkit.database.read() as tx:
        out = [r for r in results.releases(tx, year) if r.what is Release.PRELIMINARY]
        newest = max(out, key=lambda r: r.number, default=None)
        stored = next((r for r in results.of_year(tx, year) if r.number == key.occurrence), None)
        organisation = organisations.by_code(tx, key.organisation)
    if organisation is None or not organisation.active:
        return Skip(SkipReason.ORGANISATION_GONE)
    line = stored.result.of(key.organisation) if stored else None
    if stored is None or line is None or newest is None or newest.number != key.occurrence:
        return Skip(SkipReason.NOTHING_OWED)
    return PreliminaryNotice(organisation.id, line, stored, newest.until)
