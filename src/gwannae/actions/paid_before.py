"""사기 전에: what the asker's own organisation paid before; nobody else's is shown."""

from datetime import date

from gwannae.actions.people import standing
from gwannae.actions.report_rights import sees_sums
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.localvendor import LookUp
from gwannae.programme.organisations import Actor
from gwannae.programme.paid_before import PreCheck
from gwannae.storage import organisations, paid_before


def pre_check(toolkit: Toolkit, actor: Actor, found: LookUp, day: date) -> PreCheck | None:
    """For a look-up that names an amount and a thing; None for any other.

    Who only says to belong to an organisation is shown nothing of it, as with every sum of an organisation.
    """
    if found.planned is None or not found.query.words:
        return None
    word = " ".join(found.query.words)
    with toolkit.database.read() as tx:
        own = next(iter(standing(tx, actor, day).organisations), None)
        organisation = organisations.by_id(tx, own) if own is not None else None
        if organisation is None or not sees_sums(tx, actor, organisation.id, day):
            return PreCheck(word, found.planned, None, known=False)
        return PreCheck(word, found.planned, paid_before.paid_before(tx, organisation, word), known=True)
