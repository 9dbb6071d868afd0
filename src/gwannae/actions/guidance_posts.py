"""연초 안내 by the clock: the draft to the office, and, once the office has let it out, a post to each channel."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from gwannae.actions.calendar import working_days
from gwannae.actions.guidance import guidance_in
from gwannae.actions.new_year import note_in
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.calendar import Occasion
from gwannae.programme.guidance import DraftReady, Guidance, GuidanceRelease, GuidanceState
from gwannae.programme.ledger import PlannedPost, PostKey, PostKind, Skip, SkipReason, Wait
from gwannae.programme.occasions_ahead import first_opening, opening_soon
from gwannae.storage import guidance as store
from gwannae.storage import office_days, organisations

DRAFT_DAYS_BEFORE = 3  # working days before the posts that the office finds the draft
ASKED_AGAIN = timedelta(minutes=1)  # a post that is stopped, or waits for its file, is asked again so often
FILE_TAKES = timedelta(minutes=5)  # the most that a post waits for the directory that goes with it


def plan_guidance(toolkit: Toolkit, now: datetime) -> Sequence[PlannedPost]:
    """The draft some days before; the posts only once the office has let them out, and for as long as it may again."""
    with toolkit.database.read() as tx:
        occasions = opening_soon(toolkit.city, office_days.every_day(tx), now, PostKind.GUIDANCE)
        if not occasions:
            return ()
        occasion = occasions[-1]
        state = store.release(tx, occasion.on.year).state
        if state is not GuidanceState.DRAFT:
            return _to_each(occasion, tuple(organisations.active_codes(tx)))
        days = working_days(tx, toolkit.city)
        due = first_opening(toolkit.city, days, days.before(occasion.on, DRAFT_DAYS_BEFORE))
    key = PostKey(PostKind.GUIDANCE, occasion.period, "", "office")
    return () if due is None else (PlannedPost(key, due, occasion.useful_until),)


def look_guidance(toolkit: Toolkit, key: PostKey, now: datetime) -> Guidance | DraftReady | Skip | Wait:
    """What an organisation reads; the office that the draft is there. Nothing leaves while it is stopped."""
    year = int(key.period)
    with toolkit.database.read() as tx:
        release = store.release(tx, year)
        state = release.state
        if not key.organisation:
            if state is not GuidanceState.DRAFT:
                return Skip(SkipReason.NOTHING_OWED)
            every, unlinked = organisations.all_organisations(tx), len(organisations.unlinked(tx))
            return DraftReady(year, len(every) - unlinked, unlinked, note_in(tx, toolkit.city, year))
        organisation = organisations.by_code(tx, key.organisation)
        if organisation is None or not organisation.active:
            return Skip(SkipReason.ORGANISATION_GONE)
        if state is not GuidanceState.GOING_OUT or _waits_for_its_file(release, now):
            return Wait(now + ASKED_AGAIN)
        return guidance_in(toolkit, tx, [organisation], year, now)[0]


def _waits_for_its_file(release: GuidanceRelease, now: datetime) -> bool:
    """Whether the vendor directory is being made that the release has asked for; after a while it goes without."""
    return not release.file_link and release.changed_at is not None and now < release.changed_at + FILE_TAKES


@lru_cache(4)
def _to_each(occasion: Occasion, codes: tuple[str, ...]) -> tuple[PlannedPost, ...]:
    keys = (PostKey(PostKind.GUIDANCE, occasion.period, code, "channel") for code in codes)
    return tuple(PlannedPost(key, occasion.opens, occasion.useful_until) for key in keys)
