"""Whether a source says that a firm supplies goods, services or works: until now nobody read it.

Frozen: a later change to a table is a step of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column; of the firms that are there nothing has been stated yet."""
    op.add_column("vendors", sa.Column("kinds", sa.Text(), nullable=False, server_default=""))
