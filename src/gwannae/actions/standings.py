"""순위: the figures of every organisation over some days, and the place of one."""

from datetime import date

from gwannae.actions.people import standing
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.city import City
from gwannae.programme.item_measure import ItemLine, leaks
from gwannae.programme.local_standings import StandingsAnswer
from gwannae.programme.organisations import Actor, Organisation
from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.programme.standings import Place, Standings, place_among, stand
from gwannae.programme.standings_words import Asked, NotUnderstood, read_asked
from gwannae.storage import organisations, purchase_totals, reason_totals
from gwannae.storage.database import Transaction
from gwannae.storage.item_totals import item_lines

LEAKS = 3


def standings_of(toolkit: Toolkit, asked: Asked) -> Standings:
    """Standings of what is asked for; anybody of the workspace may see them."""
    with toolkit.database.read() as tx:
        return _standings(tx, toolkit.city, asked)


def items_of(toolkit: Toolkit, asked: Asked, organisation: Organisation | None) -> list[ItemLine]:
    """Both ratios of every item, of one organisation or of all together."""
    with toolkit.database.read() as tx:
        of = None if organisation is None else organisation.id
        return item_lines(tx, toolkit.city.outside_rules, asked.span.first, asked.span.last, of, asked.kind)


def my_standings(toolkit: Toolkit, actor: Actor, day: date, words: str = "") -> StandingsAnswer | NotUnderstood:
    """Standings of what the words ask for, with the asker's own organisation (or the linked channel's) picked out."""
    city = toolkit.city
    asked = read_asked(words, day, (city.calendar.award_first_month, city.calendar.award_last_month))
    if isinstance(asked, NotUnderstood):
        return asked
    with toolkit.database.read() as tx:
        computed = _standings(tx, city, asked)
        mine = _own(tx, actor, day)
        if mine is None:
            return StandingsAnswer(asked, computed, None, day)
        lines = item_lines(tx, city.outside_rules, asked.span.first, asked.span.last, mine, asked.kind)
    return StandingsAnswer(asked, computed, computed.of(mine), day, leaks(lines, LEAKS))


def place_of(tx: Transaction, city: City, organisation: Organisation, year: int) -> Place | None:
    """Where one organisation stands in a year, inside a transaction that is already open: in one select."""
    return place_among(
        organisation, *purchase_totals.year_beside_others(tx, year, organisation.id), city.standings_order
    )


def compute(
    tx: Transaction,
    city: City,
    year: int,
    span: tuple[date, date] | None = None,
    kind: PurchaseKind | None = None,
) -> Standings:
    """Add up the year's reports (or those with a contract date in `span`, both inclusive) and rank them."""
    first, last = span or (date(year, 1, 1), date(year, 12, 31))
    everyone = organisations.all_organisations(tx, active_only=False)
    totals = purchase_totals.totals(tx, first, last)
    left_out = reason_totals.left_out(tx, city.outside_rules, first, last)
    if kind is not None:
        totals = [one for one in totals if one.kind is kind]
        left_out = [one for one in left_out if one.kind is kind]
    return stand(year, everyone, totals, city.standings_order, left_out)


def _standings(tx: Transaction, city: City, asked: Asked) -> Standings:
    return compute(tx, city, asked.span.year, (asked.span.first, asked.span.last), asked.kind)


def _own(tx: Transaction, actor: Actor, day: date) -> int | None:
    who = standing(tx, actor, day)
    linked = organisations.organisation_of_channel(tx, actor.team_id, actor.channel_id or "")
    return who.organisations[0] if who.organisations else (linked.id if linked else None)
