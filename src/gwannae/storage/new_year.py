"""새해: a person's word for each setting of a year, and the years that were opened."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, select, update

from gwannae.programme.ledger import PostKind, PostState
from gwannae.programme.new_year import Opening, Said
from gwannae.programme.organisations import Actor
from gwannae.storage.database import Transaction
from gwannae.storage.statements import insert_if_absent
from gwannae.storage.tables.ledger import posts
from gwannae.storage.tables.new_year import opened_years, year_settings

_S, _O, _P = year_settings.c, opened_years.c, posts.c
_SAID = select(year_settings).where(_S.year == bindparam("of"))
_SAY = update(year_settings).where(_S.year == bindparam("of"), _S.setting == bindparam("which"))
_FORGET = delete(year_settings).where(_S.year == bindparam("of"), _S.setting == bindparam("which"))
_OPENING = select(opened_years).where(_O.year == bindparam("of"))
_CLOSE = delete(opened_years).where(_O.year == bindparam("of"))
_SENT = select(func.count()).where(
    _P.state == PostState.SENT.value,
    _P.sent_at >= bindparam("since"),
    _P.period.like(bindparam("periods")),
    ~_P.rehearsal,
)


def said_of(tx: Transaction, year: int) -> dict[str, Said]:
    """All that was said of a year's settings, by their keys."""
    return {row.setting: _said(row) for row in tx.execute(_SAID, {"of": year})}


def say(tx: Transaction, year: int, key: str, values: Mapping[str, object], *, by: Actor, at: datetime) -> None:
    """Let this be the word for a setting, in the place of what was said before."""
    row = {
        "year": year,
        "setting": key,
        "said": json.dumps(values, ensure_ascii=False, sort_keys=True),
        "said_at": at.astimezone(UTC),
        "team_id": by.team_id,
        "user_id": by.user_id,
    }
    if tx.execute(insert_if_absent(tx, year_settings, "setting"), row).first() is None:
        tx.execute(_SAY.values(row), {"of": year, "which": key})


def forget(tx: Transaction, year: int, key: str) -> bool:
    """Take the word for a setting back; False: nothing was said."""
    return bool(tx.execute(_FORGET, {"of": year, "which": key}).rowcount)


def opening(tx: Transaction, year: int) -> Opening | None:
    """The press that opened a year; None: nobody has."""
    row = tx.execute(_OPENING, {"of": year}).first()
    return None if row is None else Opening(row.year, row.opened_at, row.team_id, row.user_id)


def open_year(tx: Transaction, year: int, *, by: Actor, at: datetime) -> bool:
    """Open it; False: it is open already."""
    row = {"year": year, "opened_at": at.astimezone(UTC), "team_id": by.team_id, "user_id": by.user_id}
    return tx.execute(insert_if_absent(tx, opened_years, "year"), row).first() is not None


def close_year(tx: Transaction, year: int) -> bool:
    """Take the press back; False: the year is not open."""
    return bool(tx.execute(_CLOSE, {"of": year}).rowcount)


def sent_since(tx: Transaction, year: int, kinds: Iterable[PostKind], since: datetime) -> int:
    """How many posts of these kinds about this year have gone out since a moment."""
    found = _SENT.where(_P.kind.in_([kind.value for kind in kinds]))
    return int(tx.execute(found, {"since": since, "periods": f"{year:04}%"}).scalar_one())


def _said(row: Row[Any]) -> Said:
    return Said(row.setting, json.loads(row.said), row.said_at, row.team_id, row.user_id)
