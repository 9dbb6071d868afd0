"""연초 안내: what it says to each organisation, and the office's hand on it: look, try, let out, stop."""

from dataclasses import replace
from datetime import datetime

from gwannae.actions.calendar import working_days
from gwannae.actions.new_year import note_in
from gwannae.actions.permission import allowed, asked
from gwannae.actions.standings import compute
from gwannae.actions.toolkit import Toolkit
from gwannae.actions.vendor_directory import registry_news
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.calendar import of_kind, year_plan
from gwannae.programme.city import City
from gwannae.programme.guidance import (
    MAX_NOTE,
    Guidance,
    GuidanceDesk,
    GuidanceMoved,
    GuidanceRelease,
    GuidanceStale,
    GuidanceState,
    Letters,
    NotItsTime,
    changes_of,
    is_workable,
    may_move,
    texts_of,
)
from gwannae.programme.ledger import PostKind
from gwannae.programme.organisations import Actor, Organisation
from gwannae.programme.roles import Deed
from gwannae.programme.typed_text import plain
from gwannae.programme.working_days import UnconfirmedYearError
from gwannae.storage import audit, organisations
from gwannae.storage import guidance as store
from gwannae.storage.database import Transaction

SUBJECT = "guidance"
_EVENTS = {
    GuidanceState.DRAFT: AuditEvent.GUIDANCE_NOTED,
    GuidanceState.GOING_OUT: AuditEvent.GUIDANCE_RELEASED,
    GuidanceState.STOPPED: AuditEvent.GUIDANCE_STOPPED,
}


def guidance_for(toolkit: Toolkit, organisation_id: int, year: int, now: datetime) -> Guidance | None:
    """What one organisation is told; None if there is none of that id any more."""
    with toolkit.database.read() as tx:
        organisation = organisations.by_id(tx, organisation_id)
        if organisation is None or not organisation.active:
            return None
        return guidance_in(toolkit, tx, [organisation], year, now)[0]


def guidance_desk(
    toolkit: Toolkit, actor: Actor, organisation_id: int, year: int, now: datetime
) -> GuidanceDesk | NotAllowed | Impossible:
    """The office's window, with the draft as one organisation will read it (0: the first that takes part)."""
    if not asked(toolkit, actor, now, Deed.RELEASE_GUIDANCE, f"{SUBJECT}:{year}"):
        return NotAllowed()
    if not is_workable(year, now.date()):
        return Impossible("gone")
    with toolkit.database.read() as tx:
        every = organisations.all_organisations(tx)
        unlinked = tuple(organisations.unlinked(tx))
        ids = {o.id for o in unlinked}
        chosen = next((o for o in every if o.id == organisation_id), every[0])
        shown = guidance_in(toolkit, tx, [chosen], year, now)[0]
        linked = tuple(o for o in every if o.id not in ids)
        return GuidanceDesk(store.release(tx, year), shown, linked, unlinked, _opens(tx, toolkit.city, year, now))


def move(
    toolkit: Toolkit, actor: Actor, year: int, version: int, to: GuidanceState, now: datetime
) -> GuidanceMoved | GuidanceStale | NotItsTime | NotAllowed | Impossible:
    """Let the guidance out, or stop it. `version` is the one that the person saw: of two presses one moves it, and
    nobody lets out what somebody else has changed meanwhile.
    """
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.RELEASE_GUIDANCE, f"{SUBJECT}:{year}"):
            return NotAllowed()
        if not is_workable(year, now.date()):
            return Impossible("gone")
        before = store.release(tx, year)
        if before.state is to:
            return GuidanceMoved(before, fresh=False)
        if before.version != version or not may_move(before, to):
            return GuidanceStale(before)
        if to is GuidanceState.GOING_OUT and _opens(tx, toolkit.city, year, now) is None:
            return NotItsTime(year)
        return _moved(tx, actor, before, to, before.note, now)


def note(
    toolkit: Toolkit, actor: Actor, year: int, version: int, text: str, now: datetime
) -> GuidanceMoved | GuidanceStale | NotAllowed | Impossible:
    """Keep the office's own words. Once the guidance is on its way they stay as they were read."""
    words = plain(text)[:MAX_NOTE]
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.RELEASE_GUIDANCE, f"{SUBJECT}:{year}"):
            return NotAllowed()
        if not is_workable(year, now.date()):
            return Impossible("gone")
        before = store.release(tx, year)
        if before.note == words:
            return GuidanceMoved(before, fresh=False)
        if before.version != version or before.state is GuidanceState.GOING_OUT:
            return GuidanceStale(before)
        return _moved(tx, actor, before, before.state, words, now)


def try_out(
    toolkit: Toolkit, actor: Actor, organisation_id: int, year: int, now: datetime
) -> Guidance | NotAllowed | Impossible:
    """What goes to the person alone as a test."""
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.RELEASE_GUIDANCE, f"{SUBJECT}:{year}"):
            return NotAllowed()
        if not is_workable(year, now.date()):
            return Impossible("gone")
        organisation = organisations.by_id(tx, organisation_id)
        if organisation is None or not organisation.active:
            return Impossible("gone")
        _write(tx, actor, AuditEvent.GUIDANCE_TESTED, year, {"organisation": organisation_id}, now)
        return guidance_in(toolkit, tx, [organisation], year, now)[0]


def keep_directory(toolkit: Toolkit, year: int, link: str) -> None:
    """Note where the vendor directory lies that goes with a guidance that is on its way."""
    with toolkit.database.write() as tx:
        store.keep_link(tx, year, link)


def letters(toolkit: Toolkit, actor: Actor, year: int, now: datetime) -> Letters | NotAllowed | Impossible:
    """The guidance of everybody whom no post can reach."""
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.RELEASE_GUIDANCE, f"{SUBJECT}:{year}"):
            return NotAllowed()
        if not is_workable(year, now.date()):
            return Impossible("gone")
        unlinked = organisations.unlinked(tx)
        _write(tx, actor, AuditEvent.GUIDANCE_LETTERS, year, {"letters": len(unlinked)}, now)
        return Letters(guidance_in(toolkit, tx, unlinked, year, now))


def guidance_in(
    toolkit: Toolkit, tx: Transaction, whose: list[Organisation], year: int, now: datetime
) -> tuple[Guidance, ...]:
    """What each of them is told, inside a transaction that is already open."""
    if not whose:
        return ()
    city = toolkit.city
    former = compute(tx, city, year - 1)
    texts, changes = texts_of(city, year), changes_of(city, year)
    news, release = registry_news(toolkit, tx, year, now.date()), store.release(tx, year)
    note, link, unsettled = release.note, release.file_link, note_in(tx, city, year)
    common = Guidance(city, year, now.date(), whose[0], texts, changes, news, None, note, link, unsettled)
    places = [(o, former.of(o.id)) for o in whose]
    return tuple(
        replace(common, organisation=o, last=place if place and place.by_kind else None) for o, place in places
    )


def _opens(tx: Transaction, city: City, year: int, now: datetime) -> datetime | None:
    """When the posts of a year may leave; None where that is over, or nobody has looked at the year's holidays."""
    try:
        occasions = of_kind(year_plan(city, working_days(tx, city), year), PostKind.GUIDANCE)
    except UnconfirmedYearError:
        return None
    return next((one.opens for one in occasions if now < one.useful_until), None)


def _moved(
    tx: Transaction, actor: Actor, before: GuidanceRelease, to: GuidanceState, words: str, now: datetime
) -> GuidanceMoved | GuidanceStale:
    after = store.change(tx, before, to, words, by=actor, at=now)
    if after is None:  # another process was quicker
        return GuidanceStale(store.release(tx, before.year))
    event = _EVENTS[to] if before.state is not to else AuditEvent.GUIDANCE_NOTED
    _write(tx, actor, event, before.year, {"version": after.version}, now)
    return GuidanceMoved(after)


def _write(
    tx: Transaction, actor: Actor, event: AuditEvent, year: int, detail: dict[str, object], now: datetime
) -> None:
    audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, event, f"{SUBJECT}:{year}", detail))
