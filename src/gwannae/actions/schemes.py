"""의무구매: this year's figures of every other scheme, of all together or of one organisation."""

from datetime import date

from gwannae.actions.people import standing
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.organisations import Actor, Organisation
from gwannae.programme.schemes import SchemesAnswer, scheme_figures, spans
from gwannae.storage import organisations
from gwannae.storage.database import Transaction
from gwannae.storage.scheme_totals import evidence_totals


def schemes_of(toolkit: Toolkit, year: int, organisation: Organisation | None = None) -> SchemesAnswer:
    """A whole year's figures; anybody of the workspace may see them, as the standings."""
    with toolkit.database.read() as tx:
        return _answer(tx, toolkit, year, organisation)


def my_schemes(toolkit: Toolkit, actor: Actor, day: date) -> tuple[SchemesAnswer, SchemesAnswer | None]:
    """The day's year: all organisations together, and the asker's own (or the linked channel's) where there is one."""
    with toolkit.database.read() as tx:
        who = standing(tx, actor, day)
        linked = organisations.organisation_of_channel(tx, actor.team_id, actor.channel_id or "")
        own = organisations.by_id(tx, who.organisations[0]) if who.organisations else linked
        every = _answer(tx, toolkit, day.year, None)
        return every, _answer(tx, toolkit, day.year, own) if own is not None else None


def _answer(tx: Transaction, toolkit: Toolkit, year: int, organisation: Organisation | None) -> SchemesAnswer:
    schemes = toolkit.city.schemes
    of_id, name = (organisation.id, organisation.name) if organisation else (None, None)
    totals = {
        span: evidence_totals(tx, *span, organisation_id=of_id)
        for span in spans(schemes, date(year, 1, 1), date(year, 12, 31))
    }
    return SchemesAnswer(year, name, scheme_figures(schemes, totals))
