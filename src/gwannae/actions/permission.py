"""Asked and refused: whether somebody may do a deed; who may not is written down."""

from datetime import datetime

from gwannae.actions.people import standing
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.organisations import Actor
from gwannae.programme.roles import Deed, may
from gwannae.storage import audit
from gwannae.storage.database import Transaction


def allowed(
    tx: Transaction, actor: Actor, now: datetime, deed: Deed, subject: str, organisation_id: int | None = None
) -> bool:
    """Whether this person may (upon that organisation). `subject` as in the audit log ("organisation:3")."""
    if may(standing(tx, actor, now.date()), deed, organisation_id):
        return True
    refuse(tx, actor, now, deed, subject)
    return False


def asked(
    toolkit: Toolkit, actor: Actor, now: datetime, deed: Deed, subject: str, organisation_id: int | None = None
) -> bool:
    """The same before a transaction is opened: only a refusal takes the write lock."""
    with toolkit.database.read() as tx:
        if may(standing(tx, actor, now.date()), deed, organisation_id):
            return True
    with toolkit.database.write() as tx:
        refuse(tx, actor, now, deed, subject)
    return False


def refuse(tx: Transaction, actor: Actor, now: datetime, deed: Deed, subject: str) -> None:
    """Write a refusal down: who, what, when."""
    detail = {"deed": deed.value}
    audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, AuditEvent.REFUSED, subject, detail))
