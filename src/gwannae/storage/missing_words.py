"""Words without a local firm as the office's work: counted by day, listed since a day, marked."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import bindparam, func, select, update

from gwannae.programme.missing import Mark, MissingState, MissingWord, in_order
from gwannae.programme.organisations import Actor
from gwannae.storage.database import Transaction
from gwannae.storage.statements import insert_if_absent, is_among
from gwannae.storage.tables.missing_words import missing_marks, unanswered_words
from gwannae.storage.tables.records import missing_items

_MORE = (
    update(unanswered_words)
    .where(unanswered_words.c.key == bindparam("of"), unanswered_words.c.day == bindparam("on"))
    .values(times=unanswered_words.c.times + 1, word=bindparam("latest"))
)
_SEARCHED = (
    select(unanswered_words).where(unanswered_words.c.day >= bindparam("since")).order_by(unanswered_words.c.day)
)
_TOLD = (
    select(missing_items.c.key, missing_items.c.word, missing_items.c.asked_at)
    .where(missing_items.c.asked_at >= bindparam("since"))
    .order_by(missing_items.c.id)
)
_MARKS = select(missing_marks).where(is_among(missing_marks.c.key, "keys"))
_MARK = update(missing_marks).where(missing_marks.c.key == bindparam("of"))
_SOLVED = (
    select(missing_marks)
    .where(missing_marks.c.state == MissingState.SOLVED.value, missing_marks.c.marked_at >= bindparam("since"))
    .order_by(missing_marks.c.marked_at, missing_marks.c.key)
)
_WORD_SEARCHED = (
    select(unanswered_words.c.word)
    .where(unanswered_words.c.key == bindparam("of"))
    .order_by(unanswered_words.c.day.desc())
    .limit(1)
)
_WORD_TOLD = (
    select(missing_items.c.word)
    .where(missing_items.c.key == bindparam("of"))
    .order_by(missing_items.c.id.desc())
    .limit(1)
)
_EVER_SEARCHED = select(func.coalesce(func.sum(unanswered_words.c.times), 0)).where(
    unanswered_words.c.key == bindparam("of")
)


def count(tx: Transaction, word: str, key: str, day: date) -> int:
    """Count one look-up without a local firm. Returns how often the word was looked for in vain, on all days."""
    first = {"key": key, "day": day, "word": word, "times": 1}
    if tx.execute(insert_if_absent(tx, unanswered_words, "times"), first).first() is None:
        tx.execute(_MORE, {"of": key, "on": day, "latest": word})
    return int(tx.execute(_EVER_SEARCHED, {"of": key}).scalar_one())


def waiting(tx: Transaction, since: datetime, limit: int) -> tuple[list[MissingWord], int]:
    """The words that wait for the office, most missed since a moment first, and how many more there are.

    Look-ups are counted by day: the day of `since`, in its own zone, counts whole. A word that was solved comes back
    with what was missed after the day on which it was.
    """
    searched = tx.execute(_SEARCHED, {"since": since.date()}).all()
    told = tx.execute(_TOLD, {"since": since}).all()
    spellings = {row.key: row.word for row in (*told, *searched)}
    marks = _marks(tx, spellings)
    solved = {key: mark.at for key, mark in marks.items() if mark.state is MissingState.SOLVED}
    looked, pressed, again = Counter[str](), Counter[str](), Counter[str]()
    for row in searched:
        looked[row.key] += row.times
        if row.key in solved and row.day > solved[row.key].astimezone(since.tzinfo).date():
            again[row.key] += row.times
    for row in told:
        pressed[row.key] += 1
        if row.key in solved and row.asked_at > solved[row.key]:
            again[row.key] += 1
    listed = in_order(
        MissingWord(key, word, looked[key], pressed[key], marks.get(key), again[key]) for key, word in spellings.items()
    )
    return listed[:limit], max(0, len(listed) - limit)


def mark(tx: Transaction, key: str, state: MissingState, by: Actor, at: datetime) -> tuple[str, MissingState] | None:
    """Say how far the office is with a word. Returns its spelling and what it stood at before.

    None: nobody ever missed a word of this key.
    """
    known = tx.execute(_MARKS, {"keys": [key]}).first()
    word = known.word if known else _spelling(tx, key)
    if word is None:
        return None
    values = {"state": state.value, "marked_at": at, "marked_by_team": by.team_id, "marked_by_user": by.user_id}
    fresh = {"key": key, "word": word, **values}
    if known is None and tx.execute(insert_if_absent(tx, missing_marks, "key"), fresh).first() is not None:
        return word, MissingState.RECEIVED
    former = MissingState(tx.execute(_MARKS, {"keys": [key]}).one().state)
    tx.execute(_MARK.values(**values), {"of": key})
    return word, former


def solved_since(tx: Transaction, since: datetime) -> list[tuple[str, datetime]]:
    """Words that were solved since a moment and are still, first solved first: what is new in the directory."""
    return [(row.word, row.marked_at) for row in tx.execute(_SOLVED, {"since": since})]


def _marks(tx: Transaction, keys: Iterable[str]) -> dict[str, Mark]:
    return {
        row.key: Mark(MissingState(row.state), row.marked_at, Actor(row.marked_by_team, row.marked_by_user))
        for row in tx.execute(_MARKS, {"keys": list(keys)})
    }


def _spelling(tx: Transaction, key: str) -> str | None:
    for statement in (_WORD_SEARCHED, _WORD_TOLD):
        found = tx.execute(statement, {"of": key}).scalar()
        if found is not None:
            return str(found)
    return None
