"""What the programme office adds to a score by hand."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Named, TypedColumns

from gwannae.programme.score_rules import EntryKind
from gwannae.storage.columns import one_of, stated, table


class ScoreEntryColumns(TypedColumns):
    """One entry for an organisation's year; of several with one `label` the newest holds, and `amount` 0 takes it back.

    `amount`: won of indirect buying, hundredths of a point of an addition. Nothing updates a row.
    """

    id: Named[int] = Column(primary_key=True)
    year: Named[int]
    organisation_id: Named[int] = Column(ForeignKey("organisations.id"))
    kind: Named[str]
    label: Named[str]
    amount: Named[int] = Column(BigInteger)
    evidence: Named[str]
    at: Named[datetime]
    team_id: Named[str]
    user_id: Named[str]


score_entries = table(
    "score_entries",
    ScoreEntryColumns,
    one_of("kind", EntryKind),
    stated("label"),
    stated("evidence"),
    stated("user_id"),
    CheckConstraint("amount >= 0", name="amount_not_negative"),
    Index("ix_score_entries_year", "year", "organisation_id"),
)
