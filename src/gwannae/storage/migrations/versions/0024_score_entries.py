"""What the programme office adds to a score by hand: indirect buying, points of its own.

Frozen: a later change to a table is a step of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "score_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_score_entries_amount_not_negative")),
        sa.CheckConstraint("evidence <> ''", name=op.f("ck_score_entries_evidence_stated")),
        sa.CheckConstraint("kind IN ('indirect', 'addition')", name=op.f("ck_score_entries_kind_known")),
        sa.CheckConstraint("label <> ''", name=op.f("ck_score_entries_label_stated")),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_score_entries_user_id_stated")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_score_entries_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_entries")),
    )
    op.create_index("ix_score_entries_year", "score_entries", ["year", "organisation_id"], unique=False)
