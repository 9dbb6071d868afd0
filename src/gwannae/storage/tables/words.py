"""Words that belong together, from files and from the office."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Named, TypedColumns, text

from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.word_groups import WordSource
from gwannae.storage.columns import one_of, stated, table


class WordGroupColumns(TypedColumns):
    """One group of a file that was loaded. `origin` names the file's kind: loading that kind again replaces it."""

    id: Named[int] = Column(primary_key=True, autoincrement=False)
    source: Named[str]
    origin: Named[str] = Column(index=True)
    head: Named[str]
    kind: Named[str | None]


word_groups = table(
    "word_groups",
    WordGroupColumns,
    one_of("source", WordSource),
    CheckConstraint("kind IN ({})".format(", ".join(f"'{k.value}'" for k in PurchaseKind)), name="kind_known"),
    stated("origin"),
    stated("head"),
)


class WordMemberColumns(TypedColumns):
    """A word of a group. `relation` is the field of the group that it stands in; `thing` numbers spellings of one."""

    group_id: Named[int] = Column(ForeignKey("word_groups.id", ondelete="CASCADE"), primary_key=True)
    position: Named[int] = Column(primary_key=True)
    relation: Named[str]
    thing: Named[int]
    word: Named[str]


word_members = table(
    "word_members",
    WordMemberColumns,
    CheckConstraint("relation IN ('same', 'items', 'broader', 'avoid', 'endings')", name="relation_known"),
    stated("word"),
)


class SynonymColumns(TypedColumns):
    """The office says that `word` means `means`. A row is closed, never deleted: an old button must not hit another."""

    id: Named[int] = Column(primary_key=True)
    word: Named[str]
    key: Named[str]
    means: Named[str]
    means_key: Named[str]
    added_at: Named[datetime]
    added_by_team: Named[str]
    added_by_user: Named[str]
    removed_at: Named[datetime | None]


synonyms = table(
    "synonyms",
    SynonymColumns,
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


class WordStateColumns(TypedColumns):
    """One row: the counter that moves with every change of groups and synonyms. Who changes them locks it first."""

    id: Named[int] = Column(primary_key=True, autoincrement=False)
    version: Named[int]
    last_group_id: Named[int]


word_state = table(
    "word_state",
    WordStateColumns,
    CheckConstraint("id = 1", name="one_row"),
    CheckConstraint("version >= 0", name="version_counts"),
)
