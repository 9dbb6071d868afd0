"""감사 기록: written once. The database itself refuses to update or delete an entry."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select

from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.storage.bulk import insert_at_once
from gwannae.storage.database import Transaction
from gwannae.storage.tables.records import audit_entries

_WRITE = insert(audit_entries)
_LATEST = select(audit_entries).order_by(audit_entries.c.id.desc()).limit(bindparam("most"))
_ABOUT = _LATEST.where(audit_entries.c.subject == bindparam("about"))


def write(tx: Transaction, entry: AuditEntry) -> None:
    """Write an entry, in the transaction of the deed that it records."""
    insert_at_once(tx, _WRITE, columns_of(entry))


def columns_of(entry: AuditEntry) -> dict[str, Any]:
    """An entry as its columns."""
    return {
        "at": entry.at,
        "team_id": entry.team_id,
        "user_id": entry.user_id,
        "event": entry.event.value,
        "subject": entry.subject,
        "detail": dict(entry.detail),
    }


def who_wrote(tx: Transaction, moments: Sequence[datetime], events: Collection[AuditEvent]) -> dict[datetime, str]:
    """The user id behind each moment at which one of these events was written down, as far as there is one."""
    if not moments:
        return {}
    wanted = select(audit_entries.c.at, audit_entries.c.user_id).where(
        audit_entries.c.at.in_(moments), audit_entries.c.event.in_([event.value for event in events])
    )
    return {row.at: row.user_id for row in tx.execute(wanted)}


def entries(tx: Transaction, *, subject: str | None = None, limit: int = 100) -> list[AuditEntry]:
    """The latest entries first; of one subject, if given."""
    if subject is None:
        rows = tx.execute(_LATEST, {"most": limit})
    else:
        rows = tx.execute(_ABOUT, {"most": limit, "about": subject})
    return [
        AuditEntry(row.at, row.team_id, row.user_id, AuditEvent(row.event), row.subject, row.detail) for row in rows
    ]
