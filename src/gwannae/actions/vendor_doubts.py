"""정보가 다릅니다: staff say that a firm's record is wrong, and the programme office settles it."""

from datetime import datetime

from gwannae.actions.permission import asked
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.localvendor import FirmGone
from gwannae.programme.organisations import Actor
from gwannae.programme.roles import Deed
from gwannae.programme.vendor_changes import NotTheOffice
from gwannae.programme.vendor_doubts import (
    MAX_SENTENCE,
    Doubt,
    DoubtKind,
    DoubtSettled,
    DoubtState,
    DoubtTold,
    NoDoubt,
)
from gwannae.storage import audit, vendor_doubts
from gwannae.storage import vendors as vendor_store
from gwannae.storage.database import Transaction


def doubted_firm(toolkit: Toolkit, vendor_id: int) -> str | FirmGone:
    """The name of the firm that somebody is about to say something of."""
    with toolkit.database.read() as tx:
        vendor = vendor_store.vendor(tx, vendor_id)
    return FirmGone(vendor_id) if vendor is None else vendor.name


def tell_doubt(
    toolkit: Toolkit, actor: Actor, vendor_id: int, kind: DoubtKind, sentence: str, form_key: str, now: datetime
) -> DoubtTold | FirmGone:
    """Take a report down for the office. Anybody of the workspace may; one form is one report."""
    with toolkit.database.write() as tx:
        if vendor_store.vendor(tx, vendor_id) is None:
            return FirmGone(vendor_id)
        doubt, fresh = vendor_doubts.add(
            tx, vendor_id, kind, sentence[:MAX_SENTENCE], form_key=form_key, by=actor, at=now
        )
        if fresh:
            _write_down(tx, actor, AuditEvent.VENDOR_DOUBTED, doubt, {"kind": kind.value}, now)
        return DoubtTold(doubt, fresh)


def settle_doubt(
    toolkit: Toolkit, actor: Actor, doubt_id: int, state: DoubtState, now: datetime
) -> DoubtSettled | NoDoubt | NotTheOffice:
    """Say that the record was mended or stays as it is. The office alone; who comes second changes nothing."""
    if not asked(toolkit, actor, now, Deed.KEEP_REGISTRY, f"doubt:{doubt_id}"):
        return NotTheOffice()
    with toolkit.database.write() as tx:
        fresh = vendor_doubts.settle(tx, doubt_id, state, by=actor, at=now)
        doubt = vendor_doubts.doubt(tx, doubt_id)
        if doubt is None:
            return NoDoubt()
        if fresh:
            _write_down(tx, actor, AuditEvent.VENDOR_DOUBT_SETTLED, doubt, {"state": state.value}, now)
        return DoubtSettled(doubt, fresh)


def _write_down(
    tx: Transaction, actor: Actor, event: AuditEvent, doubt: Doubt, detail: dict[str, str], now: datetime
) -> None:
    subject, more = f"vendor:{doubt.vendor_id}", {"doubt": doubt.id, **detail}
    audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, event, subject, more))
