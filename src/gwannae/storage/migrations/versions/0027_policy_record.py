"""What the office says of a year's programme in its policy record.

Frozen: a later change to a table is a step of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Make the table; nothing is said yet."""
    op.create_table(
        "policy_records",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.CheckConstraint("form_key <> ''", name=op.f("ck_policy_records_form_key_stated")),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_policy_records_user_id_stated")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_policy_records_number_from_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_records")),
        sa.UniqueConstraint("form_key", name=op.f("uq_policy_records_form_key")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_policy_records_year_number")),
    )
