"""Files of purchases on their way in: the inbox, their bytes while they are needed, answers, remembered columns."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, LargeBinary, Named, TypedColumns

from gwannae.programme.purchase_imports import ImportState
from gwannae.storage.columns import one_of, stated, table


class PurchaseImportColumns(TypedColumns):
    """One file. `file_key` makes two deliveries of one file one row; `claim` and `lease_until` say who works on it.

    `told` is the last state that the person was told of.
    """

    id: Named[int] = Column(primary_key=True)
    file_key: Named[str] = Column(unique=True)
    digest: Named[str]
    name: Named[str]
    team_id: Named[str]
    user_id: Named[str]
    channel_id: Named[str]
    organisation_id: Named[int | None] = Column(ForeignKey("organisations.id"))
    state: Named[str]
    claim: Named[str | None]
    lease_until: Named[datetime | None]
    received_at: Named[datetime]
    changed_at: Named[datetime]
    summary: Named[dict[str, Any]] = Column(JSON)
    questions: Named[list[Any]] = Column(JSON)
    fault: Named[str]
    fault_values: Named[dict[str, Any]] = Column(JSON)
    told: Named[str]


purchase_imports = table(
    "purchase_imports",
    PurchaseImportColumns,
    stated("file_key"),
    stated("name"),
    stated("user_id"),
    one_of("state", ImportState),
    CheckConstraint("(state = 'failed') = (fault <> '')", name="fault_told"),
    CheckConstraint("(claim IS NULL) = (lease_until IS NULL)", name="claim_ends"),
    Index("ix_purchase_imports_state", "state", "lease_until"),
    Index("ix_purchase_imports_digest", "digest"),
)


class PurchaseImportFileColumns(TypedColumns):
    """A file's bytes, from its arrival until it is confirmed, discarded or refused."""

    import_id: Named[int] = Column(ForeignKey("purchase_imports.id", ondelete="CASCADE"), primary_key=True)
    content: Named[bytes] = Column(LargeBinary)


purchase_import_files = table("purchase_import_files", PurchaseImportFileColumns)


class PurchaseImportAnswerColumns(TypedColumns):
    """What somebody answered to a question about a file."""

    import_id: Named[int] = Column(ForeignKey("purchase_imports.id", ondelete="CASCADE"), primary_key=True)
    question: Named[str] = Column(primary_key=True)
    answer: Named[str]
    team_id: Named[str]
    user_id: Named[str]
    answered_at: Named[datetime]


purchase_import_answers = table(
    "purchase_import_answers", PurchaseImportAnswerColumns, stated("question"), stated("answer")
)


class PurchaseImportColumnColumns(TypedColumns):
    """What an organisation said that a column of its files holds; `word` is the header as a search key."""

    organisation_id: Named[int] = Column(ForeignKey("organisations.id"), primary_key=True)
    word: Named[str] = Column(primary_key=True)
    field: Named[str]
    said_at: Named[datetime]


purchase_import_columns = table("purchase_import_columns", PurchaseImportColumnColumns, stated("word"), stated("field"))
