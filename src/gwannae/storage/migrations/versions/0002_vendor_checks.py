"""What the tax office answered about firms.

Frozen: a later change to a table is a step of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table of checks; no firm has been checked yet."""
    op.create_table(
        "vendor_checks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=False),
        sa.Column("business_number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("tax_type", sa.Text(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('unknown', 'open', 'suspended', 'closed', 'unregistered')",
            name=op.f("ck_vendor_checks_state_known"),
        ),
        sa.CheckConstraint("state <> 'unknown'", name=op.f("ck_vendor_checks_state_answered")),
        sa.CheckConstraint("closed_on IS NULL OR state = 'closed'", name=op.f("ck_vendor_checks_closed_on_of_closed")),
        sa.CheckConstraint("length(business_number) = 10", name=op.f("ck_vendor_checks_business_number_ten_digits")),
        sa.CheckConstraint("source <> ''", name=op.f("ck_vendor_checks_source_stated")),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_vendor_checks_user_id_stated")),
        sa.ForeignKeyConstraint(
            ["vendor_id"], ["vendors.id"], name=op.f("fk_vendor_checks_vendor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vendor_checks")),
    )
    op.create_index("ix_vendor_checks_vendor", "vendor_checks", ["vendor_id", "business_number", "id"], unique=False)
