"""What staff say is wrong with a firm's record, and firms that the office has taken off the list.

Frozen: a later change to a table is a step of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the two tables; nothing is in doubt and nobody retired yet."""
    op.create_table(
        "vendor_doubts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.Text(), nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_by_team", sa.Text(), nullable=False),
        sa.Column("told_by_user", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_team", sa.Text(), nullable=True),
        sa.Column("settled_by_user", sa.Text(), nullable=True),
        sa.CheckConstraint("form_key <> ''", name=op.f("ck_vendor_doubts_form_key_stated")),
        sa.CheckConstraint(
            "kind IN ('address', 'closed', 'items', 'phone', 'other')", name=op.f("ck_vendor_doubts_kind_known")
        ),
        sa.CheckConstraint("state IN ('open', 'mended', 'kept')", name=op.f("ck_vendor_doubts_state_known")),
        sa.CheckConstraint("(state = 'open') = (settled_at IS NULL)", name=op.f("ck_vendor_doubts_settled_when")),
        sa.ForeignKeyConstraint(
            ["vendor_id"], ["vendors.id"], name=op.f("fk_vendor_doubts_vendor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vendor_doubts")),
        sa.UniqueConstraint("form_key", name=op.f("uq_vendor_doubts_form_key")),
    )
    op.create_index("ix_vendor_doubts_state", "vendor_doubts", ["state", "id"], unique=False)
    op.create_table(
        "vendor_retirements",
        sa.Column("vendor_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_vendor_retirements_reason_stated")),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_vendor_retirements_user_id_stated")),
        sa.CheckConstraint(
            "merged_into IS NULL OR merged_into <> vendor_id", name=op.f("ck_vendor_retirements_merged_into_another")
        ),
        sa.ForeignKeyConstraint(
            ["vendor_id"], ["vendors.id"], name=op.f("fk_vendor_retirements_vendor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["vendors.id"], name=op.f("fk_vendor_retirements_merged_into"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("vendor_id", name=op.f("pk_vendor_retirements")),
    )
    op.create_index("ix_vendor_retirements_merged_into", "vendor_retirements", ["merged_into"], unique=False)
