"""What other schemes and the adding up ask of a purchase, as columns: evidence of the firm, the key of the item.

Frozen: a later change to a table is a step of its own.
"""

import sqlalchemy as sa
from alembic import op

from gwannae.programme.hangul import search_key  # where the key changes, a step of its own must make all of them anew

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the columns and fill them: of what was reported before nobody knows the firm's certificates (":?")."""
    op.add_column("purchases", sa.Column("evidence", sa.Text(), nullable=False, server_default="unknown:?"))
    op.add_column("purchases", sa.Column("item_key", sa.Text(), nullable=False, server_default=""))
    connection = op.get_bind()
    size = (
        "json_extract(judgement, '$.size.small')"
        if connection.dialect.name == "sqlite"
        else ("judgement -> 'size' ->> 'small'")
    )
    op.execute(f"UPDATE purchases SET evidence = {size} || ':?'")  # noqa: S608 - one of two texts of ours
    keyed = sa.text("UPDATE purchases SET item_key = :key WHERE item = :item")
    for item in connection.execute(sa.text("SELECT DISTINCT item FROM purchases WHERE item <> ''")).scalars().all():
        connection.execute(keyed, {"item": item, "key": search_key(item)})
    op.create_index(
        "ix_purchases_item",
        "purchases",
        ["organisation_id", "item_key", "contract_date", "state", "method", "amount"],
        unique=False,
    )
