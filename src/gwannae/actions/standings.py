"""순위: the figures of every organisation over some days, and the place of one."""

from datetime import date

from gwannae.actions.toolkit import Toolkit
from gwannae.programme.city import City
from gwannae.programme.item_measure import ItemLine
from gwannae.programme.organisations import Organisation
from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.programme.standings import Place, Standings, place_among, stand
from gwannae.programme.standings_words import Asked
from gwannae.storage import organisations, purchase_totals, reason_totals
from gwannae.storage.database import Transaction
from gwannae.storage.item_totals import item_lines


def standings_of(toolkit: Toolkit, asked: Asked) -> Standings:
    """Standings of what is asked for; anybody of the workspace may see them."""
    with toolkit.database.read() as tx:
        return standings_in(tx, toolkit.city, asked)


def standings_in(tx: Transaction, city: City, asked: Asked) -> Standings:
    """The same inside a transaction that is open. A group is one of a year's formula and means nothing here."""
    return compute(tx, city, asked.span.year, (asked.span.first, asked.span.last), asked.kind)


def items_of(toolkit: Toolkit, asked: Asked, organisation: Organisation | None) -> list[ItemLine]:
    """Both ratios of every item, of one organisation or of all together."""
    with toolkit.database.read() as tx:
        of = None if organisation is None else organisation.id
        return item_lines(tx, toolkit.city.outside_rules, asked.span.first, asked.span.last, of, asked.kind)


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
