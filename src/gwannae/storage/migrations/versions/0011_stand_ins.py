"""A role for whoever stands in for a lead for some days.

Frozen: a later change to a table is a step of its own.
"""

from alembic import op

revision = "0011"
down_revision = "0010"

_ROLES = "role IN ('staff', 'lead', 'stand_in', 'office', 'planning')"


def upgrade() -> None:
    """Let the column hold the new word; SQLite does it by copying the table, with all that hangs on it."""
    with op.batch_alter_table("affiliations") as table:
        table.drop_constraint(op.f("ck_affiliations_role_known"), type_="check")
        table.create_check_constraint(op.f("ck_affiliations_role_known"), _ROLES)
