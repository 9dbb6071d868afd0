"""What people say of the settings of a new year, and which years were opened.

Frozen: a later change to a table is a step of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Make the tables, empty: no year was opened by a press yet."""
    op.create_table(
        "year_settings",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("setting", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.CheckConstraint("setting <> ''", name=op.f("ck_year_settings_setting_stated")),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_year_settings_user_id_stated")),
        sa.PrimaryKeyConstraint("year", "setting", name=op.f("pk_year_settings")),
    )
    op.create_table(
        "opened_years",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_opened_years_user_id_stated")),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_opened_years")),
    )
