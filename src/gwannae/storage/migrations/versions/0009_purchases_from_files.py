"""Purchases from files: what contract lists tell of a purchase, and the files on their way in.

Frozen: a later change to a table is a step of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_METHODS = (
    "method IN ('direct_single', 'direct_quotes', 'open_bid', 'restricted_bid', "
    "'nominated_bid', 'unit_price', 'mall', 'card', 'direct', 'unstated')"
)
_STATES = "'received', 'ready', 'confirming', 'confirmed', 'undoing', 'undone', 'discarded', 'failed'"


def upgrade() -> None:
    """Make the tables of files, then widen purchases; what is there was reported by form."""
    _files()
    _purchases()
    op.add_column("purchase_versions", sa.Column("import_id", sa.Integer(), nullable=True))
    op.create_index("ix_purchase_versions_import", "purchase_versions", ["import_id", "version"], unique=False)


def _files() -> None:
    op.create_table(
        "purchase_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("fault_values", sa.JSON(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.CheckConstraint("file_key <> ''", name=op.f("ck_purchase_imports_file_key_stated")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_purchase_imports_name_stated")),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_purchase_imports_user_id_stated")),
        sa.CheckConstraint(f"state IN ({_STATES})", name=op.f("ck_purchase_imports_state_known")),
        sa.CheckConstraint("(state = 'failed') = (fault <> '')", name=op.f("ck_purchase_imports_fault_told")),
        sa.CheckConstraint("(claim IS NULL) = (lease_until IS NULL)", name=op.f("ck_purchase_imports_claim_ends")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_purchase_imports_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_imports")),
        sa.UniqueConstraint("file_key", name=op.f("uq_purchase_imports_file_key")),
    )
    op.create_index("ix_purchase_imports_state", "purchase_imports", ["state", "lease_until"], unique=False)
    op.create_index("ix_purchase_imports_digest", "purchase_imports", ["digest"], unique=False)
    op.create_table(
        "purchase_import_files",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _to_import("purchase_import_files"),
        sa.PrimaryKeyConstraint("import_id", name=op.f("pk_purchase_import_files")),
    )
    op.create_table(
        "purchase_import_answers",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("question <> ''", name=op.f("ck_purchase_import_answers_question_stated")),
        sa.CheckConstraint("answer <> ''", name=op.f("ck_purchase_import_answers_answer_stated")),
        _to_import("purchase_import_answers"),
        sa.PrimaryKeyConstraint("import_id", "question", name=op.f("pk_purchase_import_answers")),
    )
    op.create_table(
        "purchase_import_columns",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("word <> ''", name=op.f("ck_purchase_import_columns_word_stated")),
        sa.CheckConstraint("field <> ''", name=op.f("ck_purchase_import_columns_field_stated")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_purchase_import_columns_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "word", name=op.f("pk_purchase_import_columns")),
    )


def _to_import(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_import_id")
    return sa.ForeignKeyConstraint(["import_id"], ["purchase_imports.id"], name=name, ondelete="CASCADE")


def _purchases() -> None:
    with op.batch_alter_table("purchases") as batch:
        batch.drop_constraint(op.f("ck_purchases_method_known"), type_="check")
        for column in (
            sa.Column("contract_number", sa.Text(), nullable=False, server_default=""),
            sa.Column("contract_revision", sa.Integer(), nullable=False, server_default="0"),
            sa.Column("share", sa.Integer(), nullable=True),
            sa.Column("total_amount", sa.BigInteger(), nullable=True),
            sa.Column("stated_reason", sa.Text(), nullable=False, server_default=""),
            sa.Column("source", sa.Text(), nullable=False, server_default="form"),
            sa.Column("import_id", sa.Integer(), nullable=True),
            sa.Column("source_sheet", sa.Text(), nullable=False, server_default=""),
            sa.Column("source_row", sa.Integer(), nullable=True),
        ):
            batch.add_column(column)
        batch.create_check_constraint(op.f("ck_purchases_method_known"), sa.text(_METHODS))
        batch.create_check_constraint(op.f("ck_purchases_source_known"), sa.text("source IN ('form', 'file')"))
        share = sa.text("share IS NULL OR share BETWEEN 0 AND 10000")
        batch.create_check_constraint(op.f("ck_purchases_share_of_whole"), share)
