"""빠진 곳: which organisation has no row for a period that has had its moment, whatever became of the plan then."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from gwannae.actions.toolkit import Toolkit
from gwannae.programme.ledger import PostKey, PostKind
from gwannae.programme.occasions_ahead import occasions_of
from gwannae.programme.year_end import Release
from gwannae.storage import ledger_planning, office_days, posting_state, results
from gwannae.storage.database import Transaction

LOOK_BACK = timedelta(days=62)  # two months: what is older is a matter of history
# What the calendar sends to each organisation, and to whom there.
_TO_EACH = {
    PostKind.GUIDANCE: ("channel",),
    PostKind.REMINDER: ("channel", "lead"),
    PostKind.OVERDUE: ("channel", "lead"),
    PostKind.CONFIRMATION: ("lead",),
    PostKind.CLOSING_COUNTDOWN: ("channel",),
    PostKind.CLOSING: ("channel",),
}
# What a press sends to each, and what is let out by it.
_BY_PRESS = {
    Release.PRELIMINARY: PostKind.PRELIMINARY_STANDINGS,
    Release.FINAL: PostKind.FINAL_STANDINGS,
    Release.ANNOUNCEMENT: PostKind.ANNOUNCEMENT,
}


@dataclass(frozen=True, slots=True)
class Gap:
    """Posts of a key that lacks its organisation, of which these organisations have no row; `moment`: when they were to
    go out.
    """

    key: PostKey
    moment: datetime
    missing: frozenset[str]


def gaps(toolkit: Toolkit, kinds: Collection[PostKind], now: datetime) -> list[Gap]:
    """All of the last two months, since the office pressed 시작. Whether something was owed there is for the plan of
    the kind to say: a guidance that nobody let out is missing in no place.
    """
    with toolkit.database.read() as tx:
        started = posting_state.state(tx).started_at
        if started is None or now < started:
            return []
        begins = max(started, now - LOOK_BACK)
        found = [*_of_calendar(tx, toolkit, kinds, begins, now), *_of_presses(tx, kinds, begins, now)]
    return [gap for gap in found if gap.missing]


def _of_calendar(
    tx: Transaction, toolkit: Toolkit, kinds: Collection[PostKind], begins: datetime, now: datetime
) -> list[Gap]:
    wanted = [kind for kind in _TO_EACH if kind in kinds]
    if not wanted:
        return []
    found = []
    for one in occasions_of(toolkit.city, office_days.every_day(tx), begins, now, *wanted):
        for recipient in _TO_EACH[one.kind]:
            key = PostKey(one.kind, one.period, "", recipient, one.occurrence)
            missing = frozenset(ledger_planning.organisations_without(tx, key, one.opens.date()))
            found.append(Gap(key, max(one.opens, begins), missing))
    return found


def _of_presses(tx: Transaction, kinds: Collection[PostKind], begins: datetime, now: datetime) -> list[Gap]:
    found = []
    for year, released in results.all_releases(tx):
        kind = _BY_PRESS.get(released.what)
        if kind not in kinds or kind is None or not begins <= released.at <= now:
            continue
        key = PostKey(kind, f"{year:04}", "", "channel", released.number)
        missing = frozenset(ledger_planning.organisations_without(tx, key, released.at.date()))
        found.append(Gap(key, released.at, missing))
    return found
