"""What staff say is wrong with a firm's record."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Named, TypedColumns

from gwannae.programme.vendor_doubts import DoubtKind, DoubtState
from gwannae.storage.columns import one_of, stated, table


class VendorDoubtColumns(TypedColumns):
    """One "정보가 다릅니다". `form_key` makes two deliveries of one form one row."""

    id: Named[int] = Column(primary_key=True)
    form_key: Named[str] = Column(unique=True)
    vendor_id: Named[int] = Column(ForeignKey("vendors.id", ondelete="CASCADE"))
    kind: Named[str]
    sentence: Named[str]
    state: Named[str]
    told_at: Named[datetime]
    told_by_team: Named[str]
    told_by_user: Named[str]
    settled_at: Named[datetime | None]
    settled_by_team: Named[str | None]
    settled_by_user: Named[str | None]


vendor_doubts = table(
    "vendor_doubts",
    VendorDoubtColumns,
    stated("form_key"),
    one_of("kind", DoubtKind),
    one_of("state", DoubtState),
    CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="settled_when"),
    Index("ix_vendor_doubts_state", "state", "id"),
)
