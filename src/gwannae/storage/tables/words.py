"""Words that belong together, from files and from the office, and what became of words that nothing was found for."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from gwannae.programme.missing import MissingState
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.word_groups import WordSource
from gwannae.storage.columns import Base, one_of, stated


class WordGroupRow(Base):
    """One group of a file that was loaded. `origin` names the file's kind: loading that kind again replaces it."""

    __tablename__ = "word_groups"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str]
    origin: Mapped[str] = mapped_column(index=True)
    head: Mapped[str]
    kind: Mapped[str | None]

    __table_args__ = (
        one_of("source", WordSource),
        CheckConstraint("kind IN ({})".format(", ".join(f"'{k.value}'" for k in PurchaseKind)), name="kind_known"),
        stated("origin"),
        stated("head"),
    )


class WordMemberRow(Base):
    """A word of a group. `relation` is the field of the group that it stands in; `thing` numbers spellings of one."""

    __tablename__ = "word_members"

    group_id: Mapped[int] = mapped_column(ForeignKey("word_groups.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    relation: Mapped[str]
    thing: Mapped[int]
    word: Mapped[str]

    __table_args__ = (
        CheckConstraint("relation IN ('same', 'items', 'broader', 'avoid', 'endings')", name="relation_known"),
        stated("word"),
    )


class SynonymRow(Base):
    """The office says that `word` means `means`. A row is closed, never deleted: an old button must not hit another."""

    __tablename__ = "synonyms"

    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str]
    key: Mapped[str]
    means: Mapped[str]
    means_key: Mapped[str]
    added_at: Mapped[datetime]
    added_by_team: Mapped[str]
    added_by_user: Mapped[str]
    removed_at: Mapped[datetime | None]

    __table_args__ = (
        stated("key"),
        stated("means_key"),
        CheckConstraint("key <> means_key", name="means_another"),
        Index(
            "uq_synonyms_open",
            "key",
            "means_key",
            unique=True,
            # PostgreSQL's index has the same condition, from its migration; to name it here loads that whole dialect.
            sqlite_where=text("removed_at IS NULL"),
        ),
    )


class WordStateRow(Base):
    """One row: the counter that moves with every change of groups and synonyms. Who changes them locks it first."""

    __tablename__ = "word_state"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int]
    last_group_id: Mapped[int]

    __table_args__ = (CheckConstraint("id = 1", name="one_row"), CheckConstraint("version >= 0", name="version_counts"))


class UnansweredRow(Base):
    """How often a word was looked for on a day and led to no local firm; by whom is not kept."""

    __tablename__ = "unanswered_words"

    key: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    word: Mapped[str]
    times: Mapped[int]

    __table_args__ = (
        stated("key"),
        stated("word"),
        CheckConstraint("times > 0", name="times_positive"),
        Index("ix_unanswered_words_day", "day"),
    )


class MissingMarkRow(Base):
    """What the office says of a missing word; without a row it was received and no more."""

    __tablename__ = "missing_marks"

    key: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str]
    state: Mapped[str]
    marked_at: Mapped[datetime]
    marked_by_team: Mapped[str]
    marked_by_user: Mapped[str]

    __table_args__ = (stated("key"), stated("word"), one_of("state", MissingState))
