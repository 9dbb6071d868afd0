"""The registry of vendors, and the table of words by which they are found."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from gwannae.programme.facts import Fact
from gwannae.programme.search import Field
from gwannae.programme.vendors import AddressKind, CertificateKind
from gwannae.storage.columns import Base, one_of, stated, ten_digits

# Parts of a vendor are kept in the order of its key, so that all items of five firms are five reads, not fifteen.
_BY_KEY = {"sqlite_with_rowid": False}


class VendorRow(Base):
    """A firm as it stands now. `name_key` and `address_key` say which firm it is where no number does."""

    __tablename__ = "vendors"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    name_key: Mapped[str]
    address_key: Mapped[str]
    business_number: Mapped[str | None] = mapped_column(unique=True)
    phone: Mapped[str | None]
    trade: Mapped[str | None]
    makes: Mapped[str]
    size_small: Mapped[str]
    size_evidence: Mapped[str]
    size_checked_on: Mapped[date | None]
    as_of: Mapped[date | None]
    source: Mapped[str]
    version: Mapped[int]
    digest: Mapped[str]
    changed_at: Mapped[datetime]

    __table_args__ = (
        stated("name"),
        ten_digits("business_number"),
        one_of("makes", Fact),
        one_of("size_small", Fact),
        CheckConstraint("version >= 1", name="version_from_one"),
    )


class VendorAddressRow(Base):
    """One of a vendor's places over a span of days; `until` is the first day on which it is over."""

    __tablename__ = "vendor_addresses"

    vendor_id: Mapped[int] = mapped_column(ForeignKey("vendors.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    text: Mapped[str]
    district: Mapped[str | None]
    in_city: Mapped[str]
    evidence: Mapped[str]
    since: Mapped[date | None]
    until: Mapped[date | None]

    __table_args__ = (
        one_of("kind", AddressKind),
        one_of("in_city", Fact),
        CheckConstraint("until >= since", name="until_not_before_since"),
        _BY_KEY,
    )


class VendorItemRow(Base):
    """One thing that a vendor makes or sells, as its source words it."""

    __tablename__ = "vendor_items"

    vendor_id: Mapped[int] = mapped_column(ForeignKey("vendors.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]

    __table_args__ = (stated("text"), _BY_KEY)


class VendorCertificateRow(Base):
    """One certificate; both days inclusive."""

    __tablename__ = "vendor_certificates"

    vendor_id: Mapped[int] = mapped_column(ForeignKey("vendors.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    number: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    __table_args__ = (
        one_of("kind", CertificateKind),
        CheckConstraint("valid_to >= valid_from", name="valid_to_not_before_from"),
        _BY_KEY,
    )


class VendorVersionRow(Base):
    """A vendor as it was before a change: `version` that ended, when, and which source ended it."""

    __tablename__ = "vendor_versions"

    vendor_id: Mapped[int] = mapped_column(ForeignKey("vendors.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    picture: Mapped[dict[str, Any]]
    replaced_at: Mapped[datetime]
    replaced_by: Mapped[str]

    __table_args__ = (CheckConstraint("version >= 1", name="version_from_one"),)


class TermRow(Base):
    """A distinct word of the registry. Words are never deleted: one that no firm uses meets nobody."""

    __tablename__ = "terms"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(unique=True)

    __table_args__ = (stated("text"),)


class PostingRow(Base):
    """A word stands in that field of that vendor."""

    __tablename__ = "postings"

    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id"), primary_key=True)
    vendor_id: Mapped[int] = mapped_column(ForeignKey("vendors.id", ondelete="CASCADE"), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)

    __table_args__ = (one_of("field", Field), _BY_KEY)


class RegistryStateRow(Base):
    """One row: the counter that moves with every import, and the day that the newest data names as its own.

    Whoever writes to the registry locks this row first and hands out ids from it. An id is never used again: a button
    under an old message must not open another firm.
    """

    __tablename__ = "registry_state"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int]
    as_of: Mapped[date | None]
    updated_at: Mapped[datetime | None]
    last_vendor_id: Mapped[int]
    last_term_id: Mapped[int]

    __table_args__ = (CheckConstraint("id = 1", name="one_row"), CheckConstraint("version >= 0", name="version_counts"))
