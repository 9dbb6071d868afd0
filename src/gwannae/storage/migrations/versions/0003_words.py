"""Words that belong together, and what became of words that nothing was found for.

Frozen: a later change to a table is a step of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables; the words begin at version 0."""
    _groups()
    _synonyms()
    _missing()
    op.execute("INSERT INTO word_state (id, version, last_group_id) VALUES (1, 0, 0)")


def _groups() -> None:
    op.create_table(
        "word_groups",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "source IN ('shipped', 'city', 'official', 'office')", name=op.f("ck_word_groups_source_known")
        ),
        sa.CheckConstraint("kind IN ('goods', 'services', 'works')", name=op.f("ck_word_groups_kind_known")),
        sa.CheckConstraint("origin <> ''", name=op.f("ck_word_groups_origin_stated")),
        sa.CheckConstraint("head <> ''", name=op.f("ck_word_groups_head_stated")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_groups")),
    )
    op.create_index(op.f("ix_word_groups_origin"), "word_groups", ["origin"], unique=False)
    op.create_table(
        "word_members",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("thing", sa.Integer(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "relation IN ('same', 'items', 'broader', 'avoid', 'endings')", name=op.f("ck_word_members_relation_known")
        ),
        sa.CheckConstraint("word <> ''", name=op.f("ck_word_members_word_stated")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["word_groups.id"], name=op.f("fk_word_members_group_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("group_id", "position", name=op.f("pk_word_members")),
    )
    op.create_table(
        "word_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_group_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_word_state_one_row")),
        sa.CheckConstraint("version >= 0", name=op.f("ck_word_state_version_counts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_state")),
    )


def _synonyms() -> None:
    op.create_table(
        "synonyms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("means", sa.Text(), nullable=False),
        sa.Column("means_key", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_team", sa.Text(), nullable=False),
        sa.Column("added_by_user", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("key <> ''", name=op.f("ck_synonyms_key_stated")),
        sa.CheckConstraint("means_key <> ''", name=op.f("ck_synonyms_means_key_stated")),
        sa.CheckConstraint("key <> means_key", name=op.f("ck_synonyms_means_another")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonyms")),
    )
    op.create_index(
        "uq_synonyms_open",
        "synonyms",
        ["key", "means_key"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )


def _missing() -> None:
    op.create_table(
        "unanswered_words",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.CheckConstraint("key <> ''", name=op.f("ck_unanswered_words_key_stated")),
        sa.CheckConstraint("word <> ''", name=op.f("ck_unanswered_words_word_stated")),
        sa.CheckConstraint("times > 0", name=op.f("ck_unanswered_words_times_positive")),
        sa.PrimaryKeyConstraint("key", "day", name=op.f("pk_unanswered_words")),
    )
    op.create_index("ix_unanswered_words_day", "unanswered_words", ["day"], unique=False)
    op.create_table(
        "missing_marks",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("marked_by_team", sa.Text(), nullable=False),
        sa.Column("marked_by_user", sa.Text(), nullable=False),
        sa.CheckConstraint("key <> ''", name=op.f("ck_missing_marks_key_stated")),
        sa.CheckConstraint("word <> ''", name=op.f("ck_missing_marks_word_stated")),
        sa.CheckConstraint("state IN ('received', 'searching', 'solved')", name=op.f("ck_missing_marks_state_known")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_missing_marks")),
    )
