"""Firms that the office has taken off the list."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Named, TypedColumns

from gwannae.storage.columns import stated, table


class VendorRetirementColumns(TypedColumns):
    """A firm that is no longer looked up: from `day` on, and where another record of it stands, if one does."""

    vendor_id: Named[int] = Column(ForeignKey("vendors.id", ondelete="CASCADE"), primary_key=True)
    day: Named[date]
    merged_into: Named[int | None] = Column(ForeignKey("vendors.id", ondelete="SET NULL"))
    reason: Named[str]
    retired_at: Named[datetime]
    team_id: Named[str]
    user_id: Named[str]


vendor_retirements = table(
    "vendor_retirements",
    VendorRetirementColumns,
    stated("reason"),
    stated("user_id"),
    CheckConstraint("merged_into IS NULL OR merged_into <> vendor_id", name="merged_into_another"),
    Index("ix_vendor_retirements_merged_into", "merged_into"),
)
