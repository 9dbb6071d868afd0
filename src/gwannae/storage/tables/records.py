"""What is written down beside the programme: audit, words that nothing was found for, deliveries already seen."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Index, Named, TypedColumns

from gwannae.storage.columns import stated, table


class AuditColumns(TypedColumns):
    """Who did what. Triggers refuse to update or delete; the list of events is open, for it only grows."""

    id: Named[int] = Column(primary_key=True)
    at: Named[datetime]
    team_id: Named[str]
    user_id: Named[str]
    event: Named[str]
    subject: Named[str]
    detail: Named[dict[str, Any]] = Column(JSON)


audit_entries = table(
    "audit_entries",
    AuditColumns,
    stated("event"),
    stated("user_id"),
    Index("ix_audit_entries_subject", "subject", "id"),
)


class MissingItemColumns(TypedColumns):
    """Somebody of an organisation looked for this and found no local firm. Who it was is not kept."""

    id: Named[int] = Column(primary_key=True)
    word: Named[str]
    key: Named[str]
    organisation_id: Named[int | None] = Column(ForeignKey("organisations.id"))
    asked_at: Named[datetime]


missing_items = table(
    "missing_items", MissingItemColumns, stated("word"), stated("key"), Index("ix_missing_items_asked_at", "asked_at")
)


class SeenEventColumns(TypedColumns):
    """A delivery of Slack that was already taken: Slack sends it again when the answer was slow."""

    event_id: Named[str] = Column(primary_key=True)
    seen_at: Named[datetime]


seen_events = table("seen_events", SeenEventColumns, stated("event_id"), Index("ix_seen_events_seen_at", "seen_at"))
