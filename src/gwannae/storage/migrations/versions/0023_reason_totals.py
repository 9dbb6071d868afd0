"""The code of the reason that holds beside each outside purchase, and running totals by it.

Frozen: a later change to a table is a step of its own. The triggers that keep both, and the first values of the totals,
come after the last step (`gwannae.storage.running_totals`).
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

_KINDS = "kind IN ('goods', 'services', 'works')"
_CODES = (
    "code IN ('no_local_firm', 'no_item', 'compatibility', 'patent', 'head_office', 'branch_only', 'emergency', "
    "'price', 'unit_price', 'fixed_by_law', 'competitive_bid', 'other')"
)


def upgrade() -> None:
    """Add the column, fill it from the reasons, make the table."""
    op.add_column("purchases", sa.Column("reason_code", sa.Text(), server_default="", nullable=False))
    op.execute(
        "UPDATE purchases SET reason_code = (SELECT code FROM outside_reasons AS r WHERE r.purchase_id = purchases.id "
        "ORDER BY r.id DESC LIMIT 1) WHERE id IN (SELECT purchase_id FROM outside_reasons)"
    )
    op.create_table(
        "reason_totals",
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("won", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(_KINDS, name=op.f("ck_reason_totals_kind_known")),
        sa.CheckConstraint(_CODES, name=op.f("ck_reason_totals_code_known")),
        sa.CheckConstraint("month % 100 BETWEEN 1 AND 12", name=op.f("ck_reason_totals_month_of_year")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_reason_totals_organisation_id")
        ),
        sa.PrimaryKeyConstraint("month", "organisation_id", "kind", "code", name=op.f("pk_reason_totals")),
        sqlite_with_rowid=False,
    )
