"""Files of purchases on their way in: one row for a file whatever happens, worked on by whoever claims it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from gwannae.programme.import_questions import Question, QuestionKind
from gwannae.programme.organisations import Actor
from gwannae.programme.purchase_imports import OPEN, TO_DO, ImportBatch, ImportState, Summary
from gwannae.storage.database import Transaction
from gwannae.storage.lamp_notes import note_from, note_json
from gwannae.storage.statements import insert_if_absent
from gwannae.storage.tables.purchase_imports import (
    purchase_import_answers,
    purchase_import_columns,
    purchase_import_files,
    purchase_imports,
)

_C = purchase_imports.c
_BY_ID = select(purchase_imports).where(_C.id == bindparam("of"))
_HELD = _BY_ID.with_for_update()
_BY_KEY = select(purchase_imports).where(_C.file_key == bindparam("key"))
_BY_DIGEST = (
    select(purchase_imports).where(_C.digest == bindparam("digest"), _C.id < bindparam("before")).order_by(_C.id.desc())
)
_FREE = _C.state.in_([state.value for state in TO_DO]) & (
    _C.lease_until.is_(None) | (_C.lease_until < bindparam("now"))
)
_WAITING = select(_C.id).where(_FREE).order_by(_C.id).limit(20)
_CLAIM = update(purchase_imports).where(_C.id == bindparam("of"), _FREE)
_PROLONG = update(purchase_imports).where(_C.id == bindparam("of"), _C.claim == bindparam("owner"))
_MOVE = update(purchase_imports).where(_C.id == bindparam("of"), _C.state == bindparam("expected"))
_TELL = update(purchase_imports).where(_C.id == bindparam("of"))
_UNTOLD = (
    select(purchase_imports)
    .where(
        _C.team_id != "",
        _C.told != _C.state,
        _C.state.in_([s.value for s in ImportState if s not in TO_DO]),
        _C.changed_at < bindparam("before"),
    )
    .order_by(_C.id)
    .limit(20)
)
_CONTENT = select(purchase_import_files.c.content).where(purchase_import_files.c.import_id == bindparam("of"))
_KEEP = insert(purchase_import_files)
_DROP = delete(purchase_import_files).where(purchase_import_files.c.import_id == bindparam("of"))
_ANSWERS = select(purchase_import_answers.c.question, purchase_import_answers.c.answer).where(
    purchase_import_answers.c.import_id == bindparam("of")
)
_COLUMNS = select(purchase_import_columns.c.word, purchase_import_columns.c.field).where(
    purchase_import_columns.c.organisation_id == bindparam("of")
)
_FORGET_COLUMN = delete(purchase_import_columns).where(
    purchase_import_columns.c.organisation_id == bindparam("of"), purchase_import_columns.c.word == bindparam("said")
)


def receive(
    tx: Transaction, file_key: str, name: str, actor: Actor, organisation_id: int | None, at: datetime
) -> tuple[ImportBatch, bool]:
    """Note a file under its unique id; of many deliveries at once exactly one is told that it was the first."""
    values: dict[str, Any] = {
        "file_key": file_key,
        "digest": "",
        "name": name,
        "team_id": actor.team_id,
        "user_id": actor.user_id,
        "channel_id": actor.channel_id or "",
        "organisation_id": organisation_id,
        "state": ImportState.RECEIVED.value,
        "received_at": at,
        "changed_at": at,
        "summary": {},
        "questions": [],
        "fault": "",
        "fault_values": {},
        "told": "",
    }
    made = tx.execute(insert_if_absent(tx, purchase_imports, "id"), values).scalar()
    row = tx.execute(_BY_KEY, {"key": file_key}).one()
    return _batch(row), made is not None


def batch(tx: Transaction, import_id: int) -> ImportBatch | None:
    """The file of that number."""
    row = tx.execute(_BY_ID, {"of": import_id}).first()
    return None if row is None else _batch(row)


def hold(tx: Transaction, import_id: int) -> ImportBatch | None:
    """The same; nobody else changes it until this transaction ends."""
    row = tx.execute(_HELD, {"of": import_id}).first()
    return None if row is None else _batch(row)


def same_bytes(tx: Transaction, digest: str, like: ImportBatch) -> ImportBatch | None:
    """The latest file before `like` with these bytes, for the same organisation, that is open or counts; else None."""
    rows = tx.execute(_BY_DIGEST, {"digest": digest, "before": like.id}).all()
    alive = (*(s.value for s in OPEN), ImportState.CONFIRMED.value)
    found = (row for row in rows if row.state in alive and row.organisation_id == like.organisation_id)
    return next((_batch(row) for row in found), None)


def set_digest(tx: Transaction, import_id: int, digest: str) -> None:
    """Note what a file's bytes are."""
    tx.execute(_TELL.values(digest=digest), {"of": import_id})


def waiting(tx: Transaction, now: datetime) -> list[int]:
    """Files that something is to be done with and nobody works on; at most 20, oldest first."""
    return list(tx.execute(_WAITING, {"now": now}).scalars())


def claim(tx: Transaction, import_id: int, owner: str, now: datetime, lease: timedelta) -> ImportBatch | None:
    """Take a file to work on; None when somebody else has it, or nothing is to be done with it."""
    values = {"claim": owner, "lease_until": now + lease}
    done = tx.execute(_CLAIM.values(values), {"of": import_id, "now": now})
    return batch(tx, import_id) if done.rowcount == 1 else None


def settle(
    tx: Transaction,
    import_id: int,
    owner: str,
    state: ImportState,
    at: datetime,
    *,
    summary: Summary | None = None,
    questions: Iterable[Question] = (),
    fault: str = "",
    fault_values: Mapping[str, object] | None = None,
) -> bool:
    """End the work of `owner`; False when its lease was over and another has the file now: then nothing is changed."""
    values: dict[str, Any] = {
        "state": state.value,
        "claim": None,
        "lease_until": None,
        "changed_at": at,
        "questions": [asdict(question) for question in questions],
        "fault": fault,
        "fault_values": dict(fault_values or {}),
        "told": "",
    }
    if summary is not None:
        values["summary"] = {**asdict(replace(summary, lamp=())), "lamp": [note_json(note) for note in summary.lamp]}
    done = tx.execute(_PROLONG.values(values), {"of": import_id, "owner": owner})
    return done.rowcount == 1


def move(tx: Transaction, import_id: int, expected: ImportState, state: ImportState, at: datetime) -> bool:
    """From one state to the next; False when it is no longer in the expected one."""
    values = {"state": state.value, "changed_at": at, "claim": None, "lease_until": None}
    return tx.execute(_MOVE.values(values), {"of": import_id, "expected": expected.value}).rowcount == 1


def place(tx: Transaction, import_id: int, organisation_id: int) -> None:
    """Say whose purchases a file holds."""
    tx.execute(_TELL.values(organisation_id=organisation_id), {"of": import_id})


def rename(tx: Transaction, import_id: int, name: str) -> None:
    """Say what a file is called."""
    tx.execute(_TELL.values(name=name), {"of": import_id})


def set_questions(tx: Transaction, import_id: int, questions: Iterable[Question]) -> None:
    """What is still open of a file."""
    tx.execute(_TELL.values(questions=[asdict(q) for q in questions]), {"of": import_id})


def told(tx: Transaction, import_id: int, state: ImportState) -> None:
    """The person has been told of this state."""
    tx.execute(_TELL.values(told=state.value), {"of": import_id})


def untold(tx: Transaction, before: datetime) -> list[ImportBatch]:
    """Files whose person has not been told how they stand although they have stood so since `before`."""
    return [_batch(row) for row in tx.execute(_UNTOLD, {"before": before})]


def keep_content(tx: Transaction, import_id: int, content: bytes) -> None:
    """Keep a file's bytes: what its sender deletes in Slack can still be read."""
    tx.execute(_DROP, {"of": import_id})
    tx.execute(_KEEP, {"import_id": import_id, "content": content})


def content(tx: Transaction, import_id: int) -> bytes | None:
    """A file's bytes; None before it was fetched and after its end."""
    found = tx.execute(_CONTENT, {"of": import_id}).scalar()
    return None if found is None else bytes(found)


def drop_content(tx: Transaction, import_id: int) -> None:
    """Let a file's bytes go: what counts is stored row by row."""
    tx.execute(_DROP, {"of": import_id})


def answers(tx: Transaction, import_id: int) -> dict[str, str]:
    """What was answered, by question."""
    return {row.question: row.answer for row in tx.execute(_ANSWERS, {"of": import_id})}


def answer(tx: Transaction, import_id: int, question: str, said: str, actor: Actor, at: datetime) -> bool:
    """Note an answer; False when the question was answered before."""
    values = {
        "import_id": import_id,
        "question": question,
        "answer": said,
        "team_id": actor.team_id,
        "user_id": actor.user_id,
        "answered_at": at,
    }
    noted = tx.execute(insert_if_absent(tx, purchase_import_answers, "question"), values)
    return noted.first() is not None


def remembered_columns(tx: Transaction, organisation_id: int) -> dict[str, str]:
    """Headers (as search keys) that an organisation has said the meaning of, and the fields."""
    return {row.word: row.field for row in tx.execute(_COLUMNS, {"of": organisation_id})}


def remember_column(tx: Transaction, organisation_id: int, word: str, field: str, at: datetime) -> None:
    """Remember what a header means to an organisation; the latest word holds."""
    tx.execute(_FORGET_COLUMN, {"of": organisation_id, "said": word})
    values = {"organisation_id": organisation_id, "word": word, "field": field, "said_at": at}
    tx.execute(insert(purchase_import_columns), values)


def _batch(row: Row[Any]) -> ImportBatch:
    return ImportBatch(
        row.id,
        row.file_key,
        row.digest,
        row.name,
        row.team_id,
        row.user_id,
        row.channel_id,
        row.organisation_id,
        ImportState(row.state),
        row.received_at,
        row.changed_at,
        row.claim,
        row.lease_until,
        _summary(row.summary),
        tuple(_question(data) for data in row.questions),
        row.fault,
        row.fault_values,
    )


def _summary(data: dict[str, Any]) -> Summary:
    pairs: dict[str, Any] = {name: tuple(map(tuple, data[name])) for name in ("columns", "refused") if name in data}
    pairs["lamp"] = tuple(note_from(note) for note in data.get("lamp", ()))
    pairs["overtaken_ids"] = tuple(data.get("overtaken_ids", ()))
    return Summary(**{**data, **pairs})


def _question(data: dict[str, Any]) -> Question:
    rows = tuple((sheet, row) for sheet, row in data["rows"])
    choices = tuple((answer, name) for answer, name in data["choices"])
    return Question(data["key"], QuestionKind(data["kind"]), rows, choices, data["values"])
