"""Periods that the programme office has opened again, and what leads have confirmed.

Frozen: a later change to a table is a step of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the two tables; nothing is opened again and nothing confirmed yet."""
    _reopenings()
    _confirmations()


def _reopenings() -> None:
    op.create_table(
        "reopenings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("purchase_id", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.CheckConstraint("form_key <> ''", name=op.f("ck_reopenings_form_key_stated")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_reopenings_reason_stated")),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_reopenings_user_id_stated")),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_reopenings_last_day_not_before_first")),
        sa.CheckConstraint("until > since", name=op.f("ck_reopenings_until_after_since")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_reopenings_organisation_id")),
        sa.ForeignKeyConstraint(["purchase_id"], ["purchases.id"], name=op.f("fk_reopenings_purchase_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reopenings")),
        sa.UniqueConstraint("form_key", name=op.f("uq_reopenings_form_key")),
    )
    op.create_index("ix_reopenings_until", "reopenings", ["until"], unique=False)


def _confirmations() -> None:
    op.create_table(
        "confirmations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("unconfirmed", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.CheckConstraint("period <> ''", name=op.f("ck_confirmations_period_stated")),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_confirmations_user_id_stated")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_confirmations_number_from_one")),
        sa.CheckConstraint("length(fingerprint) = 64", name=op.f("ck_confirmations_fingerprint_whole")),
        sa.CheckConstraint(
            "row_count >= 0 AND unconfirmed >= 0 AND amount >= 0", name=op.f("ck_confirmations_counted")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_confirmations_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmations")),
        sa.UniqueConstraint(
            "organisation_id", "period", "number", name=op.f("uq_confirmations_organisation_id_period_number")
        ),
    )
    op.create_index("ix_confirmations_period", "confirmations", ["period"], unique=False)
