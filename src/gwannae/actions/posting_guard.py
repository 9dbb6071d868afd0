"""One installation a workspace: two with databases of their own would each post everything."""

from datetime import datetime
from uuid import uuid4

from gwannae.actions.posting_places import Places
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.ledger import Place
from gwannae.storage import posting_state


def where(toolkit: Toolkit, now: datetime) -> tuple[Place, str] | None:
    """Where installations leave their mark for each other, and the name of this one; None: there is no place yet."""
    with toolkit.database.read() as tx:
        place = Places(tx, toolkit, now.astimezone(toolkit.city.zone).date()).office
        name = posting_state.state(tx).installation
    if place is None:
        return None
    if not name:
        with toolkit.database.write() as tx:
            name = posting_state.state(tx).installation or uuid4().hex
            posting_state.change(tx, installation=name)
    return place, name


def note_other(toolkit: Toolkit, since: datetime | None) -> None:
    """Another installation posts since then, so this one does not; None: there is none any more."""
    with toolkit.database.write() as tx:
        posting_state.change(tx, other_since=since)
