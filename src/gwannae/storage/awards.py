"""우수부서: the council's decisions, each kept."""

import json
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, select

from gwannae.programme.awards import Decision, Winner
from gwannae.programme.organisations import Actor
from gwannae.storage.database import Transaction
from gwannae.storage.statements import insert_if_absent
from gwannae.storage.tables.results import award_decisions, results

_D = award_decisions.c
_FULL: Select[Any] = select(award_decisions, results.c.number.label("result_number")).join(
    results, results.c.id == _D.result_id
)
_BY_FORM = _FULL.where(_D.form_key == bindparam("of"))
_LATEST = _FULL.where(_D.year == bindparam("of")).order_by(_D.number.desc()).limit(1)
_NUMBERED = _FULL.where(_D.year == bindparam("of"), _D.number == bindparam("number"))


def add(
    tx: Transaction,
    year: int,
    number: int,
    result_id: int,
    decided_on: date,
    members: str,
    reason: str,
    winners: tuple[Winner, ...],
    form_key: str,
    *,
    by: Actor,
    at: datetime,
) -> bool:
    """Take a decision down; False if this form, or another decision of this number, was there before."""
    told = [[w.prize, w.code, w.name] for w in winners]
    values = {
        "form_key": form_key,
        "year": year,
        "number": number,
        "result_id": result_id,
        "decided_on": decided_on,
        "members": members,
        "reason": reason,
        "winners": json.dumps(told, ensure_ascii=False),
        "at": at.astimezone(UTC),
        "team_id": by.team_id,
        "user_id": by.user_id,
    }
    return tx.execute(insert_if_absent(tx, award_decisions, "id"), values).first() is not None


def by_form(tx: Transaction, form_key: str) -> Decision | None:
    """The decision that a form made."""
    return _one(tx.execute(_BY_FORM, {"of": form_key}).first())


def latest(tx: Transaction, year: int) -> Decision | None:
    """The decision that holds for a year."""
    return _one(tx.execute(_LATEST, {"of": year}).first())


def numbered(tx: Transaction, year: int, number: int) -> Decision | None:
    """One of a year's decisions."""
    return _one(tx.execute(_NUMBERED, {"of": year, "number": number}).first())


def _one(row: Row[Any] | None) -> Decision | None:
    if row is None:
        return None
    winners = tuple(Winner(*told) for told in json.loads(row.winners))
    return Decision(
        row.number, row.year, row.result_number, row.decided_on, row.members, row.reason, winners, row.at, row.team_id,
        row.user_id,
    )  # fmt: skip
