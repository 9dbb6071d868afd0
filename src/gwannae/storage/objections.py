"""이의: what was said against a result, and the one answer to each."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, select, update

from gwannae.programme.objections import Objection, ObjectionForm
from gwannae.programme.organisations import Actor
from gwannae.storage.database import Transaction
from gwannae.storage.statements import insert_if_absent
from gwannae.storage.tables.people import organisations
from gwannae.storage.tables.results import objections, results

_O = objections.c
_FULL: Select[Any] = (
    select(objections, results.c.number.label("result_number"), results.c.year, organisations.c.name.label("whose"))
    .join(results, results.c.id == _O.result_id)
    .join(organisations, organisations.c.id == _O.organisation_id)
)
_BY_FORM = _FULL.where(_O.form_key == bindparam("of"))
_BY_ID = _FULL.where(_O.id == bindparam("of"))
_OF_YEAR = _FULL.where(results.c.year == bindparam("of")).order_by(_O.id)
_ANSWER = update(objections).where(_O.id == bindparam("of"), _O.accepted.is_(None))


def add(
    tx: Transaction, result_id: int, form: ObjectionForm, form_key: str, *, by: Actor, at: datetime
) -> tuple[Objection, bool]:
    """Take it down; of two with one form key one is kept. Returns it, and whether it is new."""
    channel, ts = form.thread or ("", "")
    values = {
        "form_key": form_key,
        "result_id": result_id,
        "organisation_id": form.organisation_id,
        "sentence": form.sentence,
        "evidence": form.evidence,
        "channel": channel,
        "ts": ts,
        "at": at.astimezone(UTC),
        "team_id": by.team_id,
        "user_id": by.user_id,
        "accepted": None,
        "answer": "",
        "answered_at": None,
        "answered_by": "",
    }
    made = tx.execute(insert_if_absent(tx, objections, "id"), values).first()
    return _objection(tx.execute(_BY_FORM, {"of": form_key}).one()), made is not None


def answer(
    tx: Transaction, objection_id: int, *, accepted: bool, sentence: str, by: Actor, at: datetime
) -> tuple[Objection, bool] | None:
    """Answer it, once: returns it as it stands now, and whether this answer was the first. None: there is no such."""
    given = {"accepted": accepted, "answer": sentence, "answered_at": at.astimezone(UTC), "answered_by": by.user_id}
    changed = tx.execute(_ANSWER.values(**given), {"of": objection_id})
    found = by_id(tx, objection_id)
    return None if found is None else (found, changed.rowcount == 1)


def by_id(tx: Transaction, objection_id: int) -> Objection | None:
    """One objection."""
    row = tx.execute(_BY_ID, {"of": objection_id}).first()
    return None if row is None else _objection(row)


def of_year(tx: Transaction, year: int) -> list[Objection]:
    """All objections to results of a year, the oldest first."""
    return [_objection(row) for row in tx.execute(_OF_YEAR, {"of": year})]


def _objection(row: Row[Any]) -> Objection:
    return Objection(
        id=row.id,
        result_number=row.result_number,
        year=row.year,
        organisation_id=row.organisation_id,
        organisation=row.whose,
        sentence=row.sentence,
        evidence=row.evidence,
        at=row.at,
        team_id=row.team_id,
        user_id=row.user_id,
        thread=(row.channel, row.ts) if row.ts else None,
        accepted=None if row.accepted is None else bool(row.accepted),
        answer=row.answer,
        answered_at=row.answered_at,
        answered_by=row.answered_by,
    )
