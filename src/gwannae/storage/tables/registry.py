"""The registry of vendors, and the table of words by which they are found."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Named, TypedColumns

from gwannae.programme.facts import Fact
from gwannae.programme.search import Field
from gwannae.programme.vendors import AddressKind, CertificateKind
from gwannae.storage.columns import one_of, stated, table, ten_digits

# Parts of a vendor are kept in the order of its key, so that all items of five firms are five reads, not fifteen.
_BY_KEY = {"sqlite_with_rowid": False}


class VendorColumns(TypedColumns):
    """A firm as it stands now. `name_key` and `address_key` say which firm it is where no number does; `kinds` are the
    stated ones, parted by spaces. `parts` are the rows of the three tables below once more, as JSON, in the same order
    (`storage.vendor_parts`). `changed_in` is what the registry's counter moved to when it changed last.
    """

    id: Named[int] = Column(primary_key=True, autoincrement=False)
    name: Named[str]
    name_key: Named[str]
    address_key: Named[str]
    business_number: Named[str | None] = Column(unique=True)
    phone: Named[str | None]
    trade: Named[str | None]
    makes: Named[str]
    size_small: Named[str]
    size_evidence: Named[str]
    size_checked_on: Named[date | None]
    as_of: Named[date | None]
    source: Named[str]
    version: Named[int]
    digest: Named[str]
    changed_at: Named[datetime]
    kinds: Named[str]
    parts: Named[str]
    changed_in: Named[int] = Column(index=True)


vendors = table(
    "vendors",
    VendorColumns,
    stated("name"),
    ten_digits("business_number"),
    one_of("makes", Fact),
    one_of("size_small", Fact),
    CheckConstraint("version >= 1", name="version_from_one"),
)


class VendorAddressColumns(TypedColumns):
    """One of a vendor's places over a span of days; `until` is the first day on which it is over."""

    vendor_id: Named[int] = Column(ForeignKey("vendors.id", ondelete="CASCADE"), primary_key=True)
    position: Named[int] = Column(primary_key=True)
    kind: Named[str]
    text: Named[str]
    district: Named[str | None]
    in_city: Named[str]
    evidence: Named[str]
    since: Named[date | None]
    until: Named[date | None]


vendor_addresses = table(
    "vendor_addresses",
    VendorAddressColumns,
    one_of("kind", AddressKind),
    one_of("in_city", Fact),
    CheckConstraint("until >= since", name="until_not_before_since"),
    **_BY_KEY,
)


class VendorItemColumns(TypedColumns):
    """One thing that a vendor makes or sells, as its source words it."""

    vendor_id: Named[int] = Column(ForeignKey("vendors.id", ondelete="CASCADE"), primary_key=True)
    position: Named[int] = Column(primary_key=True)
    text: Named[str]


vendor_items = table("vendor_items", VendorItemColumns, stated("text"), **_BY_KEY)


class VendorCertificateColumns(TypedColumns):
    """One certificate; both days inclusive."""

    vendor_id: Named[int] = Column(ForeignKey("vendors.id", ondelete="CASCADE"), primary_key=True)
    position: Named[int] = Column(primary_key=True)
    kind: Named[str]
    number: Named[str]
    valid_from: Named[date | None]
    valid_to: Named[date | None]


vendor_certificates = table(
    "vendor_certificates",
    VendorCertificateColumns,
    one_of("kind", CertificateKind),
    CheckConstraint("valid_to >= valid_from", name="valid_to_not_before_from"),
    **_BY_KEY,
)


class VendorVersionColumns(TypedColumns):
    """A vendor as it was before a change: `version` that ended, when, and which source ended it."""

    vendor_id: Named[int] = Column(ForeignKey("vendors.id", ondelete="CASCADE"), primary_key=True)
    version: Named[int] = Column(primary_key=True)
    picture: Named[dict[str, Any]] = Column(JSON)
    replaced_at: Named[datetime]
    replaced_by: Named[str]


vendor_versions = table(
    "vendor_versions", VendorVersionColumns, CheckConstraint("version >= 1", name="version_from_one")
)


class TermColumns(TypedColumns):
    """A distinct word of the registry. Words are never deleted: one that no firm uses meets nobody."""

    id: Named[int] = Column(primary_key=True, autoincrement=False)
    text: Named[str] = Column(unique=True)


terms = table("terms", TermColumns, stated("text"))


class PostingColumns(TypedColumns):
    """A word stands in that field of that vendor."""

    term_id: Named[int] = Column(ForeignKey("terms.id"), primary_key=True)
    vendor_id: Named[int] = Column(ForeignKey("vendors.id", ondelete="CASCADE"), primary_key=True)
    field: Named[str] = Column(primary_key=True)


postings = table("postings", PostingColumns, one_of("field", Field), **_BY_KEY)


class RegistryStateColumns(TypedColumns):
    """One row: the counter that moves with every import, and the day that the newest data names as its own.

    Whoever writes to the registry locks this row first and hands out ids from it. An id is never used again: a button
    under an old message must not open another firm.
    """

    id: Named[int] = Column(primary_key=True, autoincrement=False)
    version: Named[int]
    as_of: Named[date | None]
    updated_at: Named[datetime | None]
    last_vendor_id: Named[int]
    last_term_id: Named[int]


registry_state = table(
    "registry_state",
    RegistryStateColumns,
    CheckConstraint("id = 1", name="one_row"),
    CheckConstraint("version >= 0", name="version_counts"),
)
