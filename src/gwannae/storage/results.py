"""결산: the frozen results of a year, and what went out of them."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from gwannae.programme.organisations import Actor
from gwannae.programme.results import Result as Frozen
from gwannae.programme.results import Stage, StoredResult, canonical, fingerprint, read
from gwannae.programme.year_end import Release, Released
from gwannae.storage.database import Transaction
from gwannae.storage.statements import insert_if_absent
from gwannae.storage.tables.results import objections, result_releases, results

_R, _G = results.c, result_releases.c
_OF_YEAR = select(results).where(_R.year == bindparam("of")).order_by(_R.number.desc())
_RELEASES = select(result_releases).where(_G.year == bindparam("of")).order_by(_G.id)
_ALL_RELEASES = select(result_releases).order_by(_G.id)
_OPEN = (
    select(func.count())
    .select_from(objections)
    .join(results, results.c.id == objections.c.result_id)
    .where(_R.year == bindparam("of"), objections.c.accepted.is_(None))
)


def add(tx: Transaction, number: int, stage: Stage, result: Frozen, *, by: Actor, at: datetime) -> StoredResult | None:
    """Freeze a result under the next number of its year; None if somebody else has taken that number meanwhile."""
    content = canonical(result)
    values = {
        "year": result.year,
        "number": number,
        "stage": stage.value,
        "content": content.decode(),
        "fingerprint": fingerprint(content),
        "made_at": at.astimezone(UTC),
        "team_id": by.team_id,
        "user_id": by.user_id,
    }
    made = tx.execute(insert_if_absent(tx, results, "id"), values).scalar()
    if made is None:
        return None
    return StoredResult(made, number, stage, result, content, str(values["fingerprint"]), at, by.team_id, by.user_id)


def of_year(tx: Transaction, year: int) -> tuple[StoredResult, ...]:
    """All results of a year, the latest first."""
    return tuple(_stored(row) for row in tx.execute(_OF_YEAR, {"of": year}))


def release(
    tx: Transaction, year: int, what: Release, number: int, until: date | None, *, by: Actor, at: datetime
) -> bool:
    """Let something out; False if it went out before."""
    values = {
        "year": year,
        "what": what.value,
        "number": number,
        "until_day": until,
        "at": at.astimezone(UTC),
        "team_id": by.team_id,
        "user_id": by.user_id,
    }
    return tx.execute(insert_if_absent(tx, result_releases, "id"), values).first() is not None


def releases(tx: Transaction, year: int) -> tuple[Released, ...]:
    """What went out of a year, in that order."""
    return tuple(_released(row) for row in tx.execute(_RELEASES, {"of": year}))


def all_releases(tx: Transaction) -> list[tuple[int, Released]]:
    """What ever went out, with its year, in that order: a few a year."""
    return [(row.year, _released(row)) for row in tx.execute(_ALL_RELEASES)]


def open_objections(tx: Transaction, year: int) -> int:
    """How many objections to results of a year wait for their answer."""
    return int(tx.execute(_OPEN, {"of": year}).scalar_one())


def _stored(row: Row[Any]) -> StoredResult:
    content = row.content.encode()
    return StoredResult(
        row.id, row.number, Stage(row.stage), read(content), content, row.fingerprint, row.made_at, row.team_id,
        row.user_id,
    )  # fmt: skip


def _released(row: Row[Any]) -> Released:
    return Released(Release(row.what), row.number, row.until_day, row.at, row.team_id, row.user_id)
