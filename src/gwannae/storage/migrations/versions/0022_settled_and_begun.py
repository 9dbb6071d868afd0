"""A settled result goes out to each organisation, by a press of its own; since when an organisation takes part.

Frozen: a later change to a table is a step of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

_WHAT = "what IN ('preliminary', 'final', 'announcement', 'bonus_points')"


def upgrade() -> None:
    """Let the column hold the new word; SQLite does it by copying the table. Who is there has been there always."""
    with op.batch_alter_table("result_releases") as table:
        table.drop_constraint(op.f("ck_result_releases_what_known"), type_="check")
        table.create_check_constraint(op.f("ck_result_releases_what_known"), _WHAT)
    op.add_column("organisations", sa.Column("since", sa.Date(), nullable=True))
