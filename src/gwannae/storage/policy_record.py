"""정책실명제 사업내역서: what the office says of a year, every wording kept."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, bindparam, select

from gwannae.programme.organisations import Actor
from gwannae.programme.policy_record import RecordField, StoredRecord
from gwannae.storage.database import Transaction
from gwannae.storage.statements import insert_if_absent
from gwannae.storage.tables.policy_record import policy_records

_R = policy_records.c
_LATEST = select(policy_records).where(_R.year == bindparam("of")).order_by(_R.number.desc()).limit(1)
_BY_FORM = select(policy_records).where(_R.form_key == bindparam("of"))


def add(
    tx: Transaction, year: int, number: int, texts: Mapping[RecordField, str], form_key: str, *, by: Actor, at: datetime
) -> StoredRecord | None:
    """Keep a wording; None if this form, or another of this number, was there before."""
    values = {
        "form_key": form_key,
        "year": year,
        "number": number,
        "texts": {field.value: text for field, text in texts.items()},
        "at": at.astimezone(UTC),
        "team_id": by.team_id,
        "user_id": by.user_id,
    }
    if tx.execute(insert_if_absent(tx, policy_records, "id"), values).first() is None:
        return None
    return by_form(tx, form_key)


def by_form(tx: Transaction, form_key: str) -> StoredRecord | None:
    """The wording that a form made."""
    return _record(tx.execute(_BY_FORM, {"of": form_key}).first())


def latest(tx: Transaction, year: int) -> StoredRecord | None:
    """The wording that holds for a year."""
    return _record(tx.execute(_LATEST, {"of": year}).first())


def _record(row: Row[Any] | None) -> StoredRecord | None:
    if row is None:
        return None
    texts = {field: str(row.texts.get(field.value) or "") for field in RecordField}
    return StoredRecord(row.year, row.number, texts, row.at, row.user_id)
