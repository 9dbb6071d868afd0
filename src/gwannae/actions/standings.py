"""순위: this year's figures of every organisation, and the place of one."""

from datetime import date

from gwannae.actions.people import standing
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.city import City
from gwannae.programme.local_standings import StandingsAnswer
from gwannae.programme.organisations import Actor, Organisation
from gwannae.programme.standings import Place, Standings, place_among, stand
from gwannae.storage import organisations, outside_reasons, purchase_totals
from gwannae.storage.database import Transaction


def standings_of(toolkit: Toolkit, year: int) -> Standings:
    """The whole year's standings; anybody of the workspace may see them."""
    with toolkit.database.read() as tx:
        return compute(tx, toolkit.city, year)


def my_standings(toolkit: Toolkit, actor: Actor, day: date) -> StandingsAnswer:
    """Standings of the day's year, with the asker's own organisation (or the linked channel's) picked out."""
    with toolkit.database.read() as tx:
        who = standing(tx, actor, day)
        linked = organisations.organisation_of_channel(tx, actor.team_id, actor.channel_id or "")
        computed = compute(tx, toolkit.city, day.year)
        mine = who.organisations[0] if who.organisations else (linked.id if linked else None)
        if mine is None:
            return StandingsAnswer(computed, None, day)
        year = date(day.year, 1, 1), date(day.year, 12, 31)
        left_out = outside_reasons.left_out(tx, toolkit.city.outside_rules, *year, mine)
    return StandingsAnswer(computed, computed.of(mine), day, left_out)


def place_of(tx: Transaction, city: City, organisation: Organisation, year: int) -> Place | None:
    """Where one organisation stands in a year, inside a transaction that is already open: in one select."""
    return place_among(
        organisation, *purchase_totals.year_beside_others(tx, year, organisation.id), city.standings_order
    )


def compute(tx: Transaction, city: City, year: int, span: tuple[date, date] | None = None) -> Standings:
    """Add up the year's reports (or those with a contract date in `span`, both inclusive) and rank them."""
    everyone = organisations.all_organisations(tx, active_only=False)
    totals = purchase_totals.totals(tx, *(span or (date(year, 1, 1), date(year, 12, 31))))
    return stand(year, everyone, totals, city.standings_order)
