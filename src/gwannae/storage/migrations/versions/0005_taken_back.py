"""Whether somebody else took an affiliation back: until now the audit log was asked.

Frozen: a later change to a table is a step of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column; of what ended before nobody is held to have taken it back."""
    op.add_column("affiliations", sa.Column("taken_back", sa.Boolean(), nullable=False, server_default=sa.false()))
