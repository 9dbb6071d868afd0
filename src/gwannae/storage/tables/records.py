"""What is written down beside the programme: audit, words that nothing was found for, deliveries already seen."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from gwannae.storage.columns import Base, stated


class AuditRow(Base):
    """Who did what. Triggers refuse to update or delete; the list of events is open, for it only grows."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    team_id: Mapped[str]
    user_id: Mapped[str]
    event: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[dict[str, Any]]

    __table_args__ = (stated("event"), stated("user_id"), Index("ix_audit_entries_subject", "subject", "id"))


class MissingItemRow(Base):
    """Somebody of an organisation looked for this and found no local firm. Who it was is not kept."""

    __tablename__ = "missing_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str]
    key: Mapped[str]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    asked_at: Mapped[datetime]

    __table_args__ = (stated("word"), stated("key"), Index("ix_missing_items_asked_at", "asked_at"))


class SeenEventRow(Base):
    """A delivery of Slack that was already taken: Slack sends it again when the answer was slow."""

    __tablename__ = "seen_events"

    event_id: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]

    __table_args__ = (stated("event_id"), Index("ix_seen_events_seen_at", "seen_at"))
