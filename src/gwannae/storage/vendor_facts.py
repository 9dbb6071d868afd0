"""What is needed to judge and order every vendor of the registry at once: no items, no phone."""

from collections.abc import Iterator

from sqlalchemy import select

from gwannae.programme.facts import Fact
from gwannae.programme.vendors import (
    AddressKind,
    Certificate,
    CertificateKind,
    SizeFact,
    VendorAddress,
)
from gwannae.storage import tables
from gwannae.storage.database import Transaction
from gwannae.storage.vendors import VendorFacts

_VENDORS = select(
    tables.vendors.c.id,
    tables.vendors.c.name,
    tables.vendors.c.size_small,
    tables.vendors.c.size_evidence,
    tables.vendors.c.size_checked_on,
)
_ADDRESSES = select(tables.vendor_addresses).order_by(
    tables.vendor_addresses.c.vendor_id, tables.vendor_addresses.c.position
)
_CERTIFICATES = select(tables.vendor_certificates).order_by(
    tables.vendor_certificates.c.vendor_id, tables.vendor_certificates.c.position
)


def all_facts(tx: Transaction) -> Iterator[VendorFacts]:
    """The facts of every vendor, in no particular order; three selects whatever the registry's size."""
    kinds = {kind.value: kind for kind in AddressKind}
    facts = {fact.value: fact for fact in Fact}
    addresses: dict[int, list[VendorAddress]] = {}
    for row in tx.execute(_ADDRESSES):
        addresses.setdefault(row.vendor_id, []).append(
            VendorAddress(
                kinds[row.kind], row.text, row.district, facts[row.in_city], row.evidence, row.since, row.until
            )
        )
    certificates: dict[int, list[Certificate]] = {}
    for row in tx.execute(_CERTIFICATES):
        certificates.setdefault(row.vendor_id, []).append(
            Certificate(CertificateKind(row.kind), row.number, row.valid_from, row.valid_to)
        )
    for row in tx.execute(_VENDORS):
        yield VendorFacts(
            row.id,
            row.name,
            SizeFact(facts[row.size_small], row.size_evidence, row.size_checked_on),
            tuple(addresses.get(row.id, ())),
            tuple(certificates.get(row.id, ())),
        )
