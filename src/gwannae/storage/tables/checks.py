"""What the tax office answered about firms, answer by answer."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Named, TypedColumns

from gwannae.programme.vendor_status import VendorState
from gwannae.storage.columns import one_of, stated, table


class VendorCheckColumns(TypedColumns):
    """One answer; the newest one about a firm's present number holds. It is about the number that was asked for: a
    firm whose number is corrected has not been checked yet.
    """

    id: Named[int] = Column(primary_key=True)
    vendor_id: Named[int] = Column(ForeignKey("vendors.id", ondelete="CASCADE"))
    business_number: Named[str]
    state: Named[str]
    closed_on: Named[date | None]
    tax_type: Named[str]
    checked_at: Named[datetime]
    source: Named[str]
    team_id: Named[str]
    user_id: Named[str]


vendor_checks = table(
    "vendor_checks",
    VendorCheckColumns,
    one_of("state", VendorState),
    CheckConstraint("state <> 'unknown'", name="state_answered"),
    CheckConstraint("closed_on IS NULL OR state = 'closed'", name="closed_on_of_closed"),
    CheckConstraint("length(business_number) = 10", name="business_number_ten_digits"),
    stated("source"),
    stated("user_id"),
    Index("ix_vendor_checks_vendor", "vendor_id", "business_number", "id"),
)
