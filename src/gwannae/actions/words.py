"""동의어: the office's own words, added and taken out in Slack, and files of words from the command line."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from gwannae.actions.permission import allowed, asked
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.organisations import Actor
from gwannae.programme.roles import Deed
from gwannae.programme.typed_text import plain
from gwannae.programme.word_groups import (
    Synonym,
    SynonymAdded,
    SynonymRefused,
    SynonymRemoved,
    WordGroup,
    WordsLoaded,
    WordSource,
    pair_fault,
)
from gwannae.storage import audit, synonyms
from gwannae.storage.database import Transaction

SUBJECT = "words"  # in the audit log


def add_synonym(
    toolkit: Toolkit, actor: Actor, word: str, means: str, now: datetime
) -> SynonymAdded | SynonymRefused | NotAllowed:
    """Let whoever looks for `word` find the firms of `means`. The office alone; every process knows it in two seconds.

    Added a second time (a double click) it stays one, and nothing is written down again.
    """
    word, means = plain(word), plain(means)
    fault = pair_fault(word, means)
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.KEEP_WORDS, SUBJECT):
            return NotAllowed()
        if fault is not None:
            return fault
        synonym, fresh = synonyms.add_synonym(tx, word, means, actor, now)
        if fresh:
            _write(tx, actor, now, AuditEvent.SYNONYM_ADDED, {"word": synonym.word, "means": synonym.means})
        return SynonymAdded(synonym, fresh)


def remove_synonym(toolkit: Toolkit, actor: Actor, synonym_id: int, now: datetime) -> SynonymRemoved | NotAllowed:
    """Take a synonym of the office out. The office alone. None in the answer: it was out already."""
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.KEEP_WORDS, SUBJECT):
            return NotAllowed()
        gone = synonyms.remove_synonym(tx, synonym_id, now)
        if gone is not None:
            _write(tx, actor, now, AuditEvent.SYNONYM_REMOVED, {"word": gone.word, "means": gone.means})
        return SynonymRemoved(gone)


def list_synonyms(toolkit: Toolkit, actor: Actor, now: datetime, limit: int = 100) -> tuple[Synonym, ...] | NotAllowed:
    """The office's synonyms that hold, latest first. The office alone; a refusal is written down."""
    if not asked(toolkit, actor, now, Deed.KEEP_WORDS, SUBJECT):
        return NotAllowed()
    with toolkit.database.read() as tx:
        return tuple(synonyms.open_synonyms(tx, limit))


def load_words(
    toolkit: Toolkit, actor: Actor, source: WordSource, origin: str, groups: Sequence[WordGroup], now: datetime
) -> WordsLoaded | NotAllowed:
    """Put the groups of a file in the place of those that were loaded from the same kind of file (`origin`) before.

    No groups: what was loaded is forgotten. The office and the command line alone.
    """
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.KEEP_WORDS, SUBJECT):
            return NotAllowed()
        replaced = synonyms.replace_groups(tx, origin, groups)
        words = sum(sum(1 for _ in group.words()) for group in groups)
        detail = {"origin": origin, "groups": len(groups), "words": words, "replaced": replaced}
        _write(tx, actor, now, AuditEvent.WORDS_LOADED, detail)
        return WordsLoaded(source, origin, len(groups), words, replaced)


def loaded_words(toolkit: Toolkit) -> list[tuple[WordSource, str, int]]:
    """What was loaded from files: source, origin, number of groups."""
    with toolkit.database.read() as tx:
        return synonyms.origins(tx)


def _write(tx: Transaction, actor: Actor, now: datetime, event: AuditEvent, detail: Mapping[str, object]) -> None:
    audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, event, SUBJECT, detail))
