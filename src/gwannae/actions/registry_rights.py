"""Who may change the registry of vendors: the programme office and the command line."""

from datetime import datetime

from gwannae.actions.people import standing
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.organisations import Actor
from gwannae.programme.roles import Deed, may
from gwannae.storage import audit


def may_keep_registry(toolkit: Toolkit, actor: Actor, now: datetime, *, deed: str) -> bool:
    """Whether a person may; a refusal is written down with the name of the deed."""
    if actor.is_command_line:
        return True
    with toolkit.database.write() as tx:
        if may(standing(tx, actor, now.date()), Deed.MANAGE_ORGANISATIONS):
            return True
        detail = {"deed": deed}
        audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, AuditEvent.REFUSED, "vendors", detail))
    return False
