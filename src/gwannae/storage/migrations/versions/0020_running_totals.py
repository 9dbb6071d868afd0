"""Running totals beside the purchases, the mark that a confirmation saw, and the indexes that reports need now.

Frozen: a later change to a table is a step of its own. The triggers that keep the totals, and their first values, come
after the last step (`gwannae.storage.running_totals`).
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

_KINDS = "kind IN ('goods', 'services', 'works')"
_VERDICTS = "verdict IN ('local', 'outside', 'unconfirmed')"


def upgrade() -> None:
    """Make the tables, add the mark, change the indexes."""
    _totals("monthly_totals", "month", sa.Column("evidence", sa.Text(), nullable=False))
    _totals("yearly_totals", "year")
    op.create_table(
        "item_day_totals",
        _organisation(),
        sa.Column("item_key", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *_sums(),
        sa.CheckConstraint("item_key <> ''", name=op.f("ck_item_day_totals_item_key_stated")),
        _of_organisation("item_day_totals"),
        sa.PrimaryKeyConstraint("organisation_id", "item_key", "day", name=op.f("pk_item_day_totals")),
        sqlite_with_rowid=False,
    )
    op.add_column("confirmations", sa.Column("touched", sa.BigInteger(), nullable=True))
    op.drop_index("ix_purchases_standings", "purchases")
    op.create_index(
        "ix_purchases_day",
        "purchases",
        ["state", "organisation_id", "contract_date", "amount", "kind", "verdict"],
        unique=False,
    )
    op.drop_index("ix_purchase_versions_import", "purchase_versions")
    by_file = sa.text("import_id IS NOT NULL")  # a report by form is in it no more
    op.create_index(
        "ix_purchase_versions_import",
        "purchase_versions",
        ["import_id", "version"],
        unique=False,
        sqlite_where=by_file,
        postgresql_where=by_file,
    )
    op.drop_index("ix_purchases_item", "purchases")
    op.create_index("ix_purchases_item", "purchases", ["organisation_id", "item_key", "contract_date"], unique=False)


def _totals(table: str, span: str, *evidence: sa.Column[str]) -> None:
    months = sa.CheckConstraint("month % 100 BETWEEN 1 AND 12", name=op.f(f"ck_{table}_month_of_year"))
    op.create_table(
        table,
        sa.Column(span, sa.Integer(), autoincrement=False, nullable=False),
        _organisation(),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        *evidence,
        *_sums(),
        *([sa.Column("touched", sa.BigInteger(), nullable=False)] if evidence else []),
        sa.CheckConstraint(_KINDS, name=op.f(f"ck_{table}_kind_known")),
        sa.CheckConstraint(_VERDICTS, name=op.f(f"ck_{table}_verdict_known")),
        *([months] if evidence else []),
        _of_organisation(table),
        sa.PrimaryKeyConstraint(
            span, "organisation_id", "kind", "verdict", *(column.name for column in evidence), name=op.f(f"pk_{table}")
        ),
        sqlite_with_rowid=False,
    )


def _organisation() -> sa.Column[int]:
    return sa.Column("organisation_id", sa.Integer(), nullable=False)


def _sums() -> tuple[sa.Column[int], sa.Column[int]]:
    return (
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("won", sa.BigInteger(), nullable=False),
    )


def _of_organisation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f(f"fk_{table}_organisation_id"))
