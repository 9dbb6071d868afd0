"""At which count of the registry's changes a firm changed last, so that a process that serves reads those alone.

Frozen: a later change to a table is a step of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the column with its index; what was there before this step is read as a whole at the next start."""
    op.add_column("vendors", sa.Column("changed_in", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(op.f("ix_vendors_changed_in"), "vendors", ["changed_in"])
