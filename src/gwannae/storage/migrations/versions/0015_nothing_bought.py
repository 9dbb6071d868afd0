"""Periods of which somebody said that nothing was bought, and reminders that were put off.

Frozen: a later change to a table is a step of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the two tables, empty."""
    op.create_table(
        "nothing_bought",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.CheckConstraint("period <> ''", name=op.f("ck_nothing_bought_period_stated")),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_nothing_bought_user_id_stated")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_nothing_bought_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nothing_bought")),
        sa.UniqueConstraint("organisation_id", "period", name=op.f("uq_nothing_bought_organisation_id_period")),
    )
    op.create_table(
        "snoozes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("pressed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.CheckConstraint("audience IN ('channel', 'lead')", name=op.f("ck_snoozes_audience_known")),
        sa.CheckConstraint("period <> ''", name=op.f("ck_snoozes_period_stated")),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_snoozes_user_id_stated")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_snoozes_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snoozes")),
        sa.UniqueConstraint(
            "organisation_id", "period", "audience", "until",
            name=op.f("uq_snoozes_organisation_id_period_audience_until"),
        ),
    )  # fmt: skip
