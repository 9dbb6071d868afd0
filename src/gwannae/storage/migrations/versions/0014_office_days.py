"""Days of which the programme office says whether they are worked.

Frozen: a later change to a table is a step of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the table; the office has said nothing yet."""
    op.create_table(
        "office_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("off", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_office_days_name_stated")),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_office_days_user_id_stated")),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_office_days")),
    )
