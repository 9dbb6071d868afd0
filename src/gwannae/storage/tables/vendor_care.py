"""How people keep the registry true: what staff say is wrong, and firms that the office has taken off the list."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from gwannae.programme.vendor_doubts import DoubtKind, DoubtState
from gwannae.storage.columns import Base, one_of, stated


class VendorDoubtRow(Base):
    """One "정보가 다릅니다". `form_key` makes two deliveries of one form one row."""

    __tablename__ = "vendor_doubts"

    id: Mapped[int] = mapped_column(primary_key=True)
    form_key: Mapped[str] = mapped_column(unique=True)
    vendor_id: Mapped[int] = mapped_column(ForeignKey("vendors.id", ondelete="CASCADE"))
    kind: Mapped[str]
    sentence: Mapped[str]
    state: Mapped[str]
    told_at: Mapped[datetime]
    told_by_team: Mapped[str]
    told_by_user: Mapped[str]
    settled_at: Mapped[datetime | None]
    settled_by_team: Mapped[str | None]
    settled_by_user: Mapped[str | None]

    __table_args__ = (
        stated("form_key"),
        one_of("kind", DoubtKind),
        one_of("state", DoubtState),
        CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="settled_when"),
        Index("ix_vendor_doubts_state", "state", "id"),
    )


class VendorRetirementRow(Base):
    """A firm that is no longer looked up: from `day` on, and where another record of it stands, if one does."""

    __tablename__ = "vendor_retirements"

    vendor_id: Mapped[int] = mapped_column(ForeignKey("vendors.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("vendors.id", ondelete="SET NULL"))
    reason: Mapped[str]
    retired_at: Mapped[datetime]
    team_id: Mapped[str]
    user_id: Mapped[str]

    __table_args__ = (
        stated("reason"),
        stated("user_id"),
        CheckConstraint("merged_into IS NULL OR merged_into <> vendor_id", name="merged_into_another"),
        Index("ix_vendor_retirements_merged_into", "merged_into"),
    )
