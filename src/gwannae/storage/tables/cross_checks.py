"""Published lists that were held against the reports: one card for each organisation, and what it answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, Named, TypedColumns, UniqueConstraint

from gwannae.programme.cross_check_cards import CardAnswer, PublishedSource
from gwannae.storage.columns import one_of, stated, table


class CrossCheckColumns(TypedColumns):
    """A file of the inbox that is a published list; `year` 0: the one that most of its contracts have."""

    import_id: Named[int] = Column(ForeignKey("purchase_imports.id", ondelete="CASCADE"), primary_key=True)
    source: Named[str]
    year: Named[int]
    published: Named[int]
    reported: Named[int]
    agreed: Named[int]
    other_years: Named[int]
    without_amount: Named[int]
    unread: Named[int]


cross_checks = table("cross_checks", CrossCheckColumns, one_of("source", PublishedSource))


class CrossCheckCardColumns(TypedColumns):
    """One organisation's part. `sent_at`: somebody has claimed its sending; `message_ts`: Slack said it arrived."""

    id: Named[int] = Column(primary_key=True)
    import_id: Named[int] = Column(ForeignKey("cross_checks.import_id", ondelete="CASCADE"))
    organisation_id: Named[int | None] = Column(ForeignKey("organisations.id"))
    published: Named[list[Any]] = Column(JSON)
    agreed: Named[list[Any]] = Column(JSON)
    unpublished: Named[list[Any]] = Column(JSON)
    sent_at: Named[datetime | None]
    sent_by: Named[str]
    team_id: Named[str]
    channel_id: Named[str]
    message_ts: Named[str]


cross_check_cards = table(
    "cross_check_cards",
    CrossCheckCardColumns,
    UniqueConstraint("import_id", "organisation_id"),
    CheckConstraint("(sent_at IS NULL) = (channel_id = '')", name="sent_somewhere"),
)


class CrossCheckAnswerColumns(TypedColumns):
    """What an organisation said of a finding. It holds for later lists too, so `finding` names the contract."""

    organisation_id: Named[int] = Column(ForeignKey("organisations.id"), primary_key=True)
    finding: Named[str] = Column(primary_key=True)
    card_id: Named[int] = Column(ForeignKey("cross_check_cards.id", ondelete="CASCADE"))
    title: Named[str]
    answer: Named[str]
    reason: Named[str]
    team_id: Named[str]
    user_id: Named[str]
    answered_at: Named[datetime]


cross_check_answers = table(
    "cross_check_answers",
    CrossCheckAnswerColumns,
    one_of("answer", CardAnswer),
    stated("finding"),
    stated("reason"),
    stated("user_id"),
    Index("ix_cross_check_answers_card", "card_id"),
)
