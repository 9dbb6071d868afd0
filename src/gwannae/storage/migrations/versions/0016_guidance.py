"""The guidance of each year on its way out.

Frozen: a later change to a table is a step of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Make the table, empty: no year's guidance was looked at yet."""
    op.create_table(
        "guidance",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("file_link", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'going_out', 'stopped')", name=op.f("ck_guidance_state_known")),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_guidance_user_id_stated")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_guidance_version_from_one")),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_guidance")),
    )
