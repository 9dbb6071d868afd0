"""업체 상세: one firm with what the city and the asker's own organisations bought there; and whom else to ask."""

from dataclasses import replace
from datetime import date

from gwannae.actions.localvendor import look_up, vendor_detail
from gwannae.actions.people import standing
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.city import programme_year
from gwannae.programme.localvendor import Card, FirmGone
from gwannae.programme.organisations import Actor
from gwannae.programme.roles import Deed, may
from gwannae.programme.vendor_card import VendorPage
from gwannae.programme.vendor_kinds import kinds_supplied
from gwannae.programme.verdict import Verdict, add_months
from gwannae.storage import vendor_purchases, vendor_retirements

MOST_ASKED = 5  # firms in one request for quotes


def vendor_page(toolkit: Toolkit, actor: Actor, vendor_id: int, day: date) -> VendorPage | FirmGone:
    """The firm in full. The city's sums are everybody's to see; an organisation's own are its people's."""
    card = vendor_detail(toolkit, vendor_id, day)
    if isinstance(card, FirmGone):
        return card
    first, last = programme_year(day)
    year_ago = add_months(day, -12)
    with toolkit.database.read() as tx:
        who = standing(tx, actor, day)
        given = [a.organisation.id for a in who.affiliations if not a.self_declared]
        own = [i for i in who.organisations if i in given]
        records = [vendor_id, *vendor_retirements.merged_into(tx, vendor_id)]
        last_year = vendor_purchases.bought_from(tx, records, year_ago, day)
        return VendorPage(
            card=replace(card, bought=last_year.number),
            last_year=last_year,
            this_year=vendor_purchases.bought_from(tx, records, first, last),
            whole=vendor_purchases.bought(tx, first, last),
            own=(
                (
                    vendor_purchases.bought_from(tx, records, year_ago, day, own),
                    vendor_purchases.bought_from(tx, records, first, last, own),
                )
                if own
                else None
            ),
            cap=toolkit.city.vendor_cap,
            retirement=vendor_retirements.retirement(tx, vendor_id),
            keeper=may(who, Deed.KEEP_REGISTRY),
            kinds=kinds_supplied(card.vendor, toolkit.meanings.current(tx).kinds),
        )


def firms_to_ask(toolkit: Toolkit, vendor_id: int, day: date) -> tuple[Card, ...] | FirmGone:
    """A firm and other local ones that name its first item, so that quotes can be compared."""
    card = vendor_detail(toolkit, vendor_id, day)
    if isinstance(card, FirmGone):
        return card
    items = card.vendor.items or ((card.vendor.trade,) if card.vendor.trade else ())
    beside = look_up(toolkit, items[0], day, Verdict.LOCAL).cards if items else ()
    others = tuple(other for other in beside if other.vendor.id != vendor_id)
    return (card, *others)[:MOST_ASKED]
