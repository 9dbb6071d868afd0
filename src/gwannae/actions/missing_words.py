"""발굴 목록: counting look-ups without a local firm, and the office's work on them."""

from dataclasses import replace
from datetime import date, datetime

from gwannae.actions.deliveries import first_time_in
from gwannae.actions.permission import allowed, asked
from gwannae.actions.toolkit import Toolkit
from gwannae.actions.vendor_retirements import retired_named
from gwannae.actions.words import SUBJECT
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.hangul import search_key
from gwannae.programme.missing import MissingList, MissingMarked, MissingState, may_be_a_thing
from gwannae.programme.organisations import Actor
from gwannae.programme.roles import Deed
from gwannae.programme.typed_text import plain
from gwannae.programme.word_groups import LONGEST_WORD
from gwannae.storage import audit, missing_words, projects
from gwannae.storage.database import Transaction

SHOWN = 15


def count_unanswered(toolkit: Toolkit, word: str, now: datetime, delivery: str, typed: str = "") -> int:
    """Count one look-up that led to no local firm, by its word and day; who asked is not kept anywhere.

    `delivery` is the same when the same request comes in again, which counts nothing. Returns how often the word was
    looked for in vain by now; 0 where there is nothing to count: no letters, digits alone (a business number is no
    item), single 자모 or a line of code, a text too long to be the name of a thing, the name of a firm that is off the
    list, or a delivery that was counted before. `typed` is the whole text that the word was taken from.
    """
    shown = plain(word)
    key = search_key(shown)
    if not key or key.isdecimal() or len(shown) > LONGEST_WORD or not may_be_a_thing(typed or shown):
        return 0
    with toolkit.database.write() as tx:
        if not first_time_in(tx, f"look-up:{delivery}", now) or retired_named(tx, typed or shown):
            return 0
        return missing_words.count(tx, shown, key, now.date())


def missing_list(
    toolkit: Toolkit, actor: Actor, since: datetime, now: datetime, limit: int = SHOWN
) -> MissingList | NotAllowed:
    """The words that wait for the office, most missed since a moment first. The office alone.

    `since` is in the city's zone.
    """
    if not asked(toolkit, actor, now, Deed.KEEP_WORDS, SUBJECT):
        return NotAllowed()
    with toolkit.database.read() as tx:
        return _listed(tx, since, limit, now.date())


def mark_missing(
    toolkit: Toolkit, actor: Actor, key: str, state: MissingState, now: datetime
) -> MissingMarked | Impossible | NotAllowed:
    """Mark a word (by its key) as 접수, 발굴 중 or 해결. The office alone. Pressed twice nothing more is written down.

    Impossible("gone"): nobody ever missed such a word.
    """
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.KEEP_WORDS, SUBJECT):
            return NotAllowed()
        marked = missing_words.mark(tx, key, state, actor, now)
        if marked is None:
            return Impossible("gone")
        word, former = marked
        if former is not state:
            detail = {"from": former.value, "to": state.value}
            subject = f"word:{key}"
            audit.write(
                tx,
                AuditEntry(now, actor.team_id, actor.user_id, AuditEvent.MISSING_WORD_MARKED, subject, detail),
            )
        return MissingMarked(word, state, former)


def found_since(toolkit: Toolkit, since: datetime) -> tuple[str, ...]:
    """The words that the office has solved since a moment: what the January guidance tells as new. Open to all."""
    with toolkit.database.read() as tx:
        return tuple(word for word, _ in missing_words.solved_since(tx, since))


def _listed(tx: Transaction, since: datetime, limit: int, day: date) -> MissingList:
    words, more = missing_words.waiting(tx, since, limit)
    months = projects.months_of(tx, [word.key for word in words], day.replace(day=1))
    return MissingList(since, tuple(replace(word, needed_in=months.get(word.key)) for word in words), more)
