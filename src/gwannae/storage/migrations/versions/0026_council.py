"""The working council: members with their terms, and what its meetings came to.

Frozen: a later change to a table is a step of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Make the tables; nobody sits yet."""
    op.create_table(
        "council_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("chair", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=True),
        *_said_by(),
        sa.CheckConstraint("form_key <> ''", name=op.f("ck_council_members_form_key_stated")),
        sa.CheckConstraint("post <> ''", name=op.f("ck_council_members_post_stated")),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_council_members_user_id_stated")),
        sa.CheckConstraint("until_day IS NULL OR since <= until_day", name=op.f("ck_council_members_term_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_members")),
        sa.UniqueConstraint("form_key", name=op.f("uq_council_members_form_key")),
    )
    op.create_table(
        "council_meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("present", sa.JSON(), nullable=False),
        sa.Column("others", sa.Text(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        *_said_by(),
        sa.CheckConstraint("form_key <> ''", name=op.f("ck_council_meetings_form_key_stated")),
        sa.CheckConstraint("period <> ''", name=op.f("ck_council_meetings_period_stated")),
        sa.CheckConstraint("user_id <> ''", name=op.f("ck_council_meetings_user_id_stated")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_council_meetings_number_from_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_meetings")),
        sa.UniqueConstraint("form_key", name=op.f("uq_council_meetings_form_key")),
        sa.UniqueConstraint("period", "number", name=op.f("uq_council_meetings_period_number")),
    )


def _said_by() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
    )
