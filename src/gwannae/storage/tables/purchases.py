"""Reported purchases with their frozen verdicts, and every version that they had."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from gwannae.programme.purchases import ContractMethod, PurchaseKind, PurchaseState
from gwannae.programme.verdict import Verdict
from gwannae.storage.columns import Base, one_of, stated, ten_digits


class PurchaseRow(Base):
    """A purchase in its latest version. `form_key` makes two deliveries of one form one row."""

    __tablename__ = "purchases"

    id: Mapped[int] = mapped_column(primary_key=True)
    form_key: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    title: Mapped[str]
    kind: Mapped[str]
    method: Mapped[str]
    vendor_id: Mapped[int | None] = mapped_column(ForeignKey("vendors.id", ondelete="SET NULL"))
    firm_name: Mapped[str]
    firm_business_number: Mapped[str | None]
    firm_address: Mapped[str]
    item: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger)
    contract_date: Mapped[date]
    verdict: Mapped[str]
    judgement: Mapped[dict[str, Any]]
    rule_version: Mapped[str]
    state: Mapped[str]
    version: Mapped[int]
    reporter_team: Mapped[str]
    reporter_user: Mapped[str]
    self_declared: Mapped[bool]
    reported_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    __table_args__ = (
        stated("form_key"),
        stated("title"),
        stated("firm_name"),
        stated("rule_version"),
        one_of("kind", PurchaseKind),
        one_of("method", ContractMethod),
        one_of("verdict", Verdict),
        one_of("state", PurchaseState),
        ten_digits("firm_business_number"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("version >= 1", name="version_from_one"),
        # Standings read this index alone. Groups first, so that nothing has to be sorted.
        Index(
            "ix_purchases_standings",
            "state",
            "organisation_id",
            "kind",
            "verdict",
            "contract_date",
            "amount",
        ),
        Index("ix_purchases_reporter", "reporter_team", "reporter_user", "id"),
        Index("ix_purchases_vendor", "vendor_id", "contract_date"),
    )


class PurchaseVersionRow(Base):
    """What a purchase was from this version on. `form_key`: of the form that changed it, so that it changes once."""

    __tablename__ = "purchase_versions"

    purchase_id: Mapped[int] = mapped_column(ForeignKey("purchases.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    form_key: Mapped[str | None] = mapped_column(unique=True)
    draft: Mapped[dict[str, Any]]
    judgement: Mapped[dict[str, Any]]
    state: Mapped[str]
    changed_by_team: Mapped[str]
    changed_by_user: Mapped[str]
    changed_at: Mapped[datetime]

    __table_args__ = (
        one_of("state", PurchaseState),
        CheckConstraint("version >= 1", name="version_from_one"),
    )
