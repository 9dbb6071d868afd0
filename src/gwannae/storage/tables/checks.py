"""What the tax office answered about firms, answer by answer."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from gwannae.programme.vendor_status import VendorState
from gwannae.storage.columns import Base, one_of, stated


class VendorCheckRow(Base):
    """One answer; the newest one about a firm's present number holds. It is about the number that was asked for: a
    firm whose number is corrected has not been checked yet.
    """

    __tablename__ = "vendor_checks"

    id: Mapped[int] = mapped_column(primary_key=True)
    vendor_id: Mapped[int] = mapped_column(ForeignKey("vendors.id", ondelete="CASCADE"))
    business_number: Mapped[str]
    state: Mapped[str]
    closed_on: Mapped[date | None]
    tax_type: Mapped[str]
    checked_at: Mapped[datetime]
    source: Mapped[str]
    team_id: Mapped[str]
    user_id: Mapped[str]

    __table_args__ = (
        one_of("state", VendorState),
        CheckConstraint("state <> 'unknown'", name="state_answered"),
        CheckConstraint("closed_on IS NULL OR state = 'closed'", name="closed_on_of_closed"),
        CheckConstraint("length(business_number) = 10", name="business_number_ten_digits"),
        stated("source"),
        stated("user_id"),
        Index("ix_vendor_checks_vendor", "vendor_id", "business_number", "id"),
    )
