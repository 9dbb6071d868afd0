"""What became of words that nothing was found for."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, Index, Named, TypedColumns

from gwannae.programme.missing import MissingState
from gwannae.storage.columns import one_of, stated, table


class UnansweredColumns(TypedColumns):
    """How often a word was looked for on a day and led to no local firm; by whom is not kept."""

    key: Named[str] = Column(primary_key=True)
    day: Named[date] = Column(primary_key=True)
    word: Named[str]
    times: Named[int]


unanswered_words = table(
    "unanswered_words",
    UnansweredColumns,
    stated("key"),
    stated("word"),
    CheckConstraint("times > 0", name="times_positive"),
    Index("ix_unanswered_words_day", "day"),
)


class MissingMarkColumns(TypedColumns):
    """What the office says of a missing word; without a row it was received and no more."""

    key: Named[str] = Column(primary_key=True)
    word: Named[str]
    state: Named[str]
    marked_at: Named[datetime]
    marked_by_team: Named[str]
    marked_by_user: Named[str]


missing_marks = table("missing_marks", MissingMarkColumns, stated("key"), stated("word"), one_of("state", MissingState))
