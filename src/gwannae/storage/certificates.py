"""Certificates of all firms by the day on which they end."""

from datetime import date, timedelta

from sqlalchemy import bindparam, select

from gwannae.programme.certificates import EndingCertificate, days_left, is_renewed
from gwannae.programme.vendors import Certificate
from gwannae.storage.database import Transaction
from gwannae.storage.statements import is_among
from gwannae.storage.tables.registry import vendor_certificates, vendors
from gwannae.storage.vendor_parts import CERTIFICATE_KINDS
from gwannae.storage.vendor_retirements import RETIRED

_C, _V = vendor_certificates.c, vendors.c
_ENDING = (
    select(_C.vendor_id, _V.name, _V.business_number, _C.kind, _C.number, _C.valid_from, _C.valid_to)
    .join(vendors, _V.id == _C.vendor_id)
    .where(_C.valid_to >= bindparam("first"), _C.valid_to <= bindparam("last"), _V.id.not_in(RETIRED))
)
_HELD = select(_C.vendor_id, _C.kind, _C.number, _C.valid_from, _C.valid_to).where(is_among(_C.vendor_id, "ids"))


def ending(tx: Transaction, day: date, within: int) -> list[EndingCertificate]:
    """The certificates that are valid on a day and end within so many days after it, soonest first, then by name; none
    that is renewed already, none of a firm that is off the list.
    """
    rows = tx.execute(_ENDING, {"first": day, "last": day + timedelta(days=within)}).all()
    held: dict[int, list[Certificate]] = {}
    for vendor_id, kind, number, first, last in tx.execute(_HELD, {"ids": sorted({row.vendor_id for row in rows})}):
        held.setdefault(vendor_id, []).append(Certificate(CERTIFICATE_KINDS[kind], number, first, last))
    found = []
    for vendor_id, name, business_number, kind, number, first, last in rows:
        certificate = Certificate(CERTIFICATE_KINDS[kind], number, first, last)
        left = days_left(certificate, day)
        if left is not None and not is_renewed(certificate, held[vendor_id]):
            found.append(EndingCertificate(vendor_id, name, business_number, certificate, left))
    return sorted(found, key=lambda e: (e.days_left, e.vendor_name, e.vendor_id, e.certificate.kind))
