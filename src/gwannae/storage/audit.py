"""감사 기록: written once. The database itself refuses to update or delete an entry."""

from sqlalchemy import bindparam, insert, select

from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.storage.database import Transaction
from gwannae.storage.tables import audit_entries

_WRITE = insert(audit_entries)
_LATEST = select(audit_entries).order_by(audit_entries.c.id.desc()).limit(bindparam("most"))
_ABOUT = _LATEST.where(audit_entries.c.subject == bindparam("about"))


def write(tx: Transaction, entry: AuditEntry) -> None:
    """Write an entry, in the transaction of the deed that it records."""
    tx.execute(
        _WRITE,
        {
            "at": entry.at,
            "team_id": entry.team_id,
            "user_id": entry.user_id,
            "event": entry.event.value,
            "subject": entry.subject,
            "detail": dict(entry.detail),
        },
    )


def entries(tx: Transaction, *, subject: str | None = None, limit: int = 100) -> list[AuditEntry]:
    """The latest entries first; of one subject, if given."""
    if subject is None:
        rows = tx.execute(_LATEST, {"most": limit})
    else:
        rows = tx.execute(_ABOUT, {"most": limit, "about": subject})
    return [
        AuditEntry(row.at, row.team_id, row.user_id, AuditEvent(row.event), row.subject, row.detail) for row in rows
    ]
