"""Where posts go: the channel that speaks for each organisation."""

from sqlalchemy import select

from gwannae.programme.ledger import Place
from gwannae.storage.database import Transaction
from gwannae.storage.tables.people import organisation_channels as channels

_FIRST_CHANNELS = select(channels.c.organisation_id, channels.c.team_id, channels.c.channel_id).order_by(
    channels.c.id.desc()
)


def first_channels(tx: Transaction) -> dict[int, Place]:
    """Of every organisation that has one, the channel that was linked first."""
    return {row.organisation_id: Place(row.team_id, row.channel_id) for row in tx.execute(_FIRST_CHANNELS)}
