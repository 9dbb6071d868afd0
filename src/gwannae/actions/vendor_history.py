"""업체 이력: all that became of one firm, for the programme office."""

from datetime import datetime

from gwannae.actions.permission import asked
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.audit import AuditEvent
from gwannae.programme.localvendor import FirmGone
from gwannae.programme.organisations import Actor
from gwannae.programme.roles import Deed
from gwannae.programme.vendor_changes import NotTheOffice
from gwannae.programme.vendor_history import VendorHistory, history_of
from gwannae.storage import audit, vendor_checks, vendor_update
from gwannae.storage import vendors as vendor_store

MOST_DEEDS = 1_000  # of the office upon one firm; nobody comes near
_WRITERS = (
    AuditEvent.VENDORS_IMPORTED,
    AuditEvent.VENDOR_CORRECTED,
    AuditEvent.VENDOR_RETIRED,
    AuditEvent.VENDOR_RESTORED,
    AuditEvent.VENDORS_MERGED,
)


def vendor_history(
    toolkit: Toolkit, actor: Actor, vendor_id: int, now: datetime
) -> VendorHistory | FirmGone | NotTheOffice:
    """What the registry knows of a firm's past, with who wrote it and from what. The office alone (and the command
    line); a firm that is off the list has its history still.
    """
    if not asked(toolkit, actor, now, Deed.KEEP_REGISTRY, f"vendor:{vendor_id}"):
        return NotTheOffice()
    with toolkit.database.read() as tx:
        vendor = vendor_store.vendor(tx, vendor_id)
        if vendor is None:
            return FirmGone(vendor_id)
        versions = vendor_update.versions(tx, vendor_id)
        return history_of(
            vendor,
            versions,
            vendor_checks.checks_of(tx, vendor_id),
            audit.entries(tx, subject=f"vendor:{vendor_id}", limit=MOST_DEEDS),
            audit.who_wrote(tx, [version.replaced_at for version in versions], _WRITERS),
        )


def vendor_of_number(toolkit: Toolkit, number: str) -> int | None:
    """The id of the firm of a business number (ten digits), on the list or off it."""
    with toolkit.database.read() as tx:
        vendor = vendor_store.by_business_number(tx, number)
    return None if vendor is None else vendor.id
