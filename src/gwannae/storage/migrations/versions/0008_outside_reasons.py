"""Why a purchase went to an outside firm, and which local firms were looked at.

Frozen: a later change to a table is a step of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the table; nobody has given a reason yet."""
    op.create_table(
        "outside_reasons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.Text(), nullable=False),
        sa.Column("purchase_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("looked", sa.JSON(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "code IN ('no_local_firm', 'no_item', 'compatibility', 'patent', 'head_office', 'branch_only', "
            "'emergency', 'price', 'unit_price', 'fixed_by_law', 'competitive_bid', 'other')",
            name=op.f("ck_outside_reasons_code_known"),
        ),
        sa.CheckConstraint("form_key <> ''", name=op.f("ck_outside_reasons_form_key_stated")),
        sa.CheckConstraint("sentence <> ''", name=op.f("ck_outside_reasons_sentence_stated")),
        sa.ForeignKeyConstraint(["purchase_id"], ["purchases.id"], name=op.f("fk_outside_reasons_purchase_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_reasons")),
        sa.UniqueConstraint("form_key", name=op.f("uq_outside_reasons_form_key")),
    )
    op.create_index("ix_outside_reasons_purchase", "outside_reasons", ["purchase_id", "id"], unique=False)
