"""실적 파일: taken into the inbox, gone through, asked about, confirmed, taken back. All or nothing, once each.

What takes long is done by whoever has claimed the file (see `purchase_import_work`); what a person presses only moves
the file from one state to the next, so that it is on disk before the press is answered.
"""

from dataclasses import replace
from datetime import datetime

from gwannae.actions.people import standing
from gwannae.actions.permission import refuse
from gwannae.actions.purchase_in_time import undo_too_late
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.cross_check_cards import CheckRun
from gwannae.programme.hangul import search_key
from gwannae.programme.import_questions import Question, QuestionKind
from gwannae.programme.organisations import Actor
from gwannae.programme.purchase_imports import ImportBatch, ImportRows, ImportState, NoSuchImport, Standing, UndoTooLate
from gwannae.programme.roles import Deed, may
from gwannae.programme.typed_text import without_invisible
from gwannae.storage import cross_checks, organisations
from gwannae.storage import purchase_imports as imports
from gwannae.storage.database import Transaction
from gwannae.storage.purchase_listing import of_import

LONGEST_NAME = 200
ROWS_SHOWN = 40
_NO_LIST = ("wrong_kind", "no_header", "empty", "html_table")

Outcome = Standing | NotAllowed | NoSuchImport


def receive(
    toolkit: Toolkit, actor: Actor, file_key: str, name: str, organisation_id: int | None, now: datetime
) -> Standing:
    """Note a file before anything is answered; `done` is False when it was noted before."""
    with toolkit.database.write() as tx:
        batch, first = imports.receive(tx, file_key, _name(name) or "파일", actor, organisation_id, now)
        return standing_in(tx, batch, done=first)


def receive_published(
    tx: Transaction, actor: Actor, run: CheckRun, file_key: str, name: str, now: datetime
) -> Standing:
    """Note a published list in the same inbox, inside a transaction that has asked for permission."""
    batch, first = imports.receive(tx, file_key, _name(name) or "파일", actor, None, now)
    if first:
        cross_checks.begin(tx, replace(run, import_id=batch.id))
    return standing_in(tx, batch, done=first)


def receive_dropped(toolkit: Toolkit, actor: Actor, file_id: str, now: datetime) -> Standing | None:
    """Note a file that was dropped to the bot, or in a channel that speaks for an organisation; None elsewhere.

    In a direct message it is for the person's own organisation, where there is one alone. The office's may be a whole
    city's: what it does not say is asked, and no unknown 부서 falls to the office itself.
    """
    in_dm = not (actor.channel_id or "").startswith(("C", "G"))
    with toolkit.database.read() as tx:
        linked = organisations.organisation_of_channel(tx, actor.team_id, actor.channel_id or "")
        who = standing(tx, actor, now.date())
    if in_dm:
        own = who.organisations
        whose = own[0] if len(own) == 1 and not who.is_office else None
    elif linked is not None and linked.active:
        whose = linked.id
    else:
        return None
    return receive(toolkit, actor, f"slack:{file_id}", "", whose, now)


def name_file(toolkit: Toolkit, import_id: int, name: str) -> None:
    """Note what a file is called, once Slack has said so."""
    with toolkit.database.write() as tx:
        if kept := _name(name):
            imports.rename(tx, import_id, kept)


def standing_of(toolkit: Toolkit, import_id: int) -> Standing | None:
    """How a file stands, for the bot itself."""
    with toolkit.database.read() as tx:
        batch = imports.batch(tx, import_id)
        return None if batch is None else standing_in(tx, batch)


def is_quiet(_: Toolkit, batch: ImportBatch) -> bool:
    """Whether nobody is told of it: something in a channel that was no list of purchases (minutes, a picture)."""
    in_channel = batch.channel_id.startswith(("C", "G"))
    return in_channel and batch.state is ImportState.FAILED and batch.fault in _NO_LIST


def look(toolkit: Toolkit, actor: Actor, import_id: int, now: datetime) -> Outcome:
    """How a file stands, for its sender, the organisation's lead and the office."""
    with toolkit.database.read() as tx:
        batch = imports.batch(tx, import_id)
        if batch is None or not _may_handle(tx, actor, batch, now):
            return NoSuchImport()
        return standing_in(tx, batch)


def rows_of(toolkit: Toolkit, actor: Actor, import_id: int, begin: int, now: datetime) -> ImportRows | NoSuchImport:
    """What a file brought in, as it is now: for its sender, the organisation's lead and the office."""
    with toolkit.database.read() as tx:
        batch = imports.batch(tx, import_id)
        if batch is None or not _may_handle(tx, actor, batch, now):
            return NoSuchImport()
        return ImportRows(batch, tuple(of_import(tx, import_id, begin, ROWS_SHOWN)), begin)


def answer(toolkit: Toolkit, actor: Actor, import_id: int, question_key: str, said: str, now: datetime) -> Outcome:
    """Note an answer. With the last one the file is gone through again, for one answer can raise another question.

    `done` is False when that question was answered before, or is none of this file's.
    """
    with toolkit.database.write() as tx:
        batch = _handled(tx, actor, import_id, now)
        if not isinstance(batch, ImportBatch):
            return batch
        open_questions = {question.key: question for question in batch.questions}
        question = open_questions.pop(question_key, None)
        if batch.state is not ImportState.READY or question is None or not question.takes(said):
            return standing_in(tx, batch, done=False)
        done = imports.answer(tx, import_id, question_key, said, actor, now)
        _follow(tx, batch, question, said, now)
        imports.set_questions(tx, import_id, open_questions.values())
        if not open_questions:
            imports.move(tx, import_id, ImportState.READY, ImportState.RECEIVED, now)
        after = imports.batch(tx, import_id)
        assert after is not None
        return standing_in(tx, after, done=done)


def _follow(tx: Transaction, batch: ImportBatch, question: Question, said: str, now: datetime) -> None:
    """What an answer means beyond this file: a column is remembered; a file without 부서 is for whom it was given."""
    if question.kind is QuestionKind.COLUMN and batch.organisation_id is not None:
        field = question.key.partition(":")[2]
        if word := search_key(said):
            imports.remember_column(tx, batch.organisation_id, word, field, now)
    if question.kind is QuestionKind.ORGANISATION and not question.values.get("word") and said.isdecimal():
        organisation = organisations.by_id(tx, int(said)) if len(said) < 19 else None
        if organisation is not None and organisation.active:
            imports.place(tx, batch.id, organisation.id)


def confirm(toolkit: Toolkit, actor: Actor, import_id: int, now: datetime) -> Outcome:
    """Let it be stored. `done` is False when questions are open, nothing is left to store, or it was pressed before."""
    with toolkit.database.write() as tx:
        batch = _handled(tx, actor, import_id, now)
        if not isinstance(batch, ImportBatch):
            return batch
        done = batch.may_be_confirmed and imports.move(tx, import_id, ImportState.READY, ImportState.CONFIRMING, now)
        return standing_in(tx, imports.batch(tx, import_id) or batch, done=done)


def discard(toolkit: Toolkit, actor: Actor, import_id: int, now: datetime) -> Outcome:
    """Let a file go that nothing of counts yet."""
    with toolkit.database.write() as tx:
        batch = _handled(tx, actor, import_id, now)
        if not isinstance(batch, ImportBatch):
            return batch
        done = imports.move(tx, import_id, ImportState.READY, ImportState.DISCARDED, now)
        if done:
            imports.drop_content(tx, import_id)
            imports.told(tx, import_id, ImportState.DISCARDED)  # by the answer to the press
        return standing_in(tx, imports.batch(tx, import_id) or batch, done=done)


def undo(toolkit: Toolkit, actor: Actor, import_id: int, now: datetime) -> Outcome | UndoTooLate:
    """Let a confirmed file be taken back, by its sender while they may report, the lead or the office; while the
    periods of its rows are open. What was pressed in time is done, however late its worker comes to it.
    """
    with toolkit.database.write() as tx:
        batch = imports.hold(tx, import_id)
        if batch is None:
            return NoSuchImport()
        who = standing(tx, actor, now.date())
        sender = is_sender(actor, batch) and may(who, Deed.REPORT, batch.organisation_id)
        if not (sender or may(who, Deed.CORRECT, batch.organisation_id)):
            refuse(tx, actor, now, Deed.CORRECT, f"purchase_import:{import_id}")
            return NotAllowed()
        if batch.state is ImportState.CONFIRMED:
            may_reopen = may(who, Deed.REOPEN)
            late = undo_too_late(tx, toolkit.city, batch, now.date(), may_reopen=may_reopen)
            if late is not None:
                return late
        done = imports.move(tx, import_id, ImportState.CONFIRMED, ImportState.UNDOING, now)
        return standing_in(tx, imports.batch(tx, import_id) or batch, done=done)


def note_told(toolkit: Toolkit, import_id: int, state: ImportState) -> None:
    """The sender has been told that the file stands so."""
    with toolkit.database.write() as tx:
        imports.told(tx, import_id, state)


def untold(toolkit: Toolkit, before: datetime) -> list[Standing]:
    """Files of which their senders have not been told how they stand since `before`: the bot was stopped between."""
    with toolkit.database.read() as tx:
        return [standing_in(tx, batch) for batch in imports.untold(tx, before)]


def _name(name: str) -> str:
    return " ".join(without_invisible(name).split())[:LONGEST_NAME]


def is_sender(actor: Actor, batch: ImportBatch) -> bool:
    """Whether it was this person who gave the file."""
    return (batch.team_id, batch.user_id) == (actor.team_id, actor.user_id)


def _may_handle(tx: Transaction, actor: Actor, batch: ImportBatch, now: datetime) -> bool:
    if is_sender(actor, batch):
        return True
    return may(standing(tx, actor, now.date()), Deed.CORRECT, batch.organisation_id)


def _handled(tx: Transaction, actor: Actor, import_id: int, now: datetime) -> ImportBatch | NoSuchImport | NotAllowed:
    batch = imports.hold(tx, import_id)
    if batch is None:
        return NoSuchImport()
    if not _may_handle(tx, actor, batch, now):
        refuse(tx, actor, now, Deed.CORRECT, f"purchase_import:{import_id}")
        return NotAllowed()
    return batch


def standing_in(tx: Transaction, batch: ImportBatch, *, done: bool = True) -> Standing:
    """A file as it stands, with what is said beside it."""
    organisation = organisations.by_id(tx, batch.organisation_id) if batch.organisation_id is not None else None
    other_id = batch.summary.same_as or batch.fault_values.get("import")
    other = imports.batch(tx, other_id) if isinstance(other_id, int) else None
    sender = standing(tx, Actor(batch.team_id, batch.user_id), batch.changed_at.date())
    return Standing(
        batch,
        organisation.name if organisation else "",
        done,
        other,
        cross_checks.run_of(tx, batch.id),
        may_cross_check=may(sender, Deed.CROSS_CHECK),
    )
