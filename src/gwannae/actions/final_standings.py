"""최종 결산: each organisation's own settled result to its own channel, once the office has let it out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from gwannae.actions.calendar import send_windows
from gwannae.actions.released_results import own_line, results_out
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.final_standings import FinalNotice
from gwannae.programme.ledger import PlannedPost, PostKey, PostKind, Skip
from gwannae.programme.results import ResultLine, StoredResult
from gwannae.programme.year_end import Release
from gwannae.storage import results
from gwannae.storage.database import Transaction

USEFUL = timedelta(days=14)  # a bot that was away for longer tells nobody any more; the office reads that it did not


def plan_final(toolkit: Toolkit, now: datetime) -> Sequence[PlannedPost]:
    """A post for each organisation of the settled result, from the press on. A corrected one that is let out is another
    occurrence.
    """
    planned: list[PlannedPost] = []
    with toolkit.database.read() as tx:
        for stored, released in results_out(tx, Release.FINAL):
            if now >= released.at + USEFUL:
                continue
            opens = send_windows(tx, toolkit.city).next_opening(released.at)
            for line in stored.result.lines:
                period = f"{stored.result.year:04}"
                key = PostKey(PostKind.FINAL_STANDINGS, period, line.code, "channel", released.number)
                planned.append(PlannedPost(key, opens, released.at + USEFUL))
    return planned


def look_final(toolkit: Toolkit, key: PostKey, now: datetime) -> FinalNotice | Skip:  # noqa: ARG001
    """What the channel is told: its own line alone, and what that was when it was last shown."""
    with toolkit.database.read() as tx:
        found = own_line(tx, key, Release.FINAL)
        if isinstance(found, Skip):
            return found
        return FinalNotice(found.line, found.stored, _shown_before(tx, found.stored, key.organisation))


def _shown_before(tx: Transaction, stored: StoredResult, code: str) -> ResultLine | None:
    """The organisation's line of the result that was let out to it last, before this one."""
    year, whats = stored.result.year, (Release.PRELIMINARY, Release.FINAL)
    out = {r.number for r in results.releases(tx, year) if r.what in whats and r.number < stored.number}
    last = max((r for r in results.of_year(tx, year) if r.number in out), key=lambda r: r.number, default=None)
    return last.result.of(code) if last is not None else None
