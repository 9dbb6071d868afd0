"""마감: asked inside the transaction of a deed, whether the period of a row still lets it be done."""

from datetime import date

from gwannae.actions.calendar import working_days
from gwannae.programme.city import City, earliest_contract_date
from gwannae.programme.closing import Closed, Entry, closed, is_taken
from gwannae.programme.periods import Period, period_at
from gwannae.programme.purchases import Purchase
from gwannae.storage import purchases, reopenings
from gwannae.storage.database import Transaction


def touched_too_late(tx: Transaction, city: City, purchase: Purchase, today: date) -> Closed | None:
    """Why a stored row may not be changed, cancelled or restored any more; None: it may."""
    return _closed(
        tx, city, Entry.TOUCH, purchase.draft.organisation_id, purchase.id, purchase.draft.contract_date, today
    )


def period_touched_too_late(
    tx: Transaction, city: City, organisation_id: int, contract_date: date, today: date
) -> Closed | None:
    """Why no row of an organisation with this contract date may be touched; one that was opened by itself may."""
    return _closed(tx, city, Entry.TOUCH, organisation_id, None, contract_date, today)


def entered_too_late(
    tx: Transaction, city: City, organisation_id: int, contract_date: date, today: date, before: Purchase | None = None
) -> Closed | None:
    """Why a row may not come into a period; None: it may. `before` is a stored row that is moved there by a change; one
    that stays where it is enters nothing.
    """
    if before is not None and _place(city, before) == (organisation_id, period_at(city.cycles, contract_date)):
        return None
    purchase_id = None if before is None else before.id
    return _closed(tx, city, Entry.NEW, organisation_id, purchase_id, contract_date, today)


def earliest_day(
    tx: Transaction, city: City, organisation_id: int | None, purchase_id: int | None, today: date
) -> date:
    """The first contract date that a form may name: by the city's rule for late reports, or further back where the row
    that it changes stands in an open period, or the office has opened something again.
    """
    days = [earliest_contract_date(city.calendar, today)]
    opened = reopenings.first_open(tx, organisation_id or 0, purchase_id, today)
    if opened is not None:
        days.append(opened)
    before = purchases.purchase(tx, purchase_id) if purchase_id is not None else None
    if before is not None and touched_too_late(tx, city, before, today) is None:
        days.append(period_at(city.cycles, before.draft.contract_date).first)
    return min(days)


def _place(city: City, purchase: Purchase) -> tuple[int, Period]:
    return purchase.draft.organisation_id, period_at(city.cycles, purchase.draft.contract_date)


def _closed(
    tx: Transaction,
    city: City,
    entry: Entry,
    organisation_id: int,
    purchase_id: int | None,
    contract_date: date,
    today: date,
) -> Closed | None:
    if entry is Entry.NEW and is_taken(city, contract_date, today):
        return None  # the usual case asks the database nothing
    days = working_days(tx, city)
    found = closed(city, days, entry, contract_date, today, reopened=False)
    if found is None:
        return None
    reopened = reopenings.is_open(tx, organisation_id, purchase_id, contract_date, today)
    return closed(city, days, entry, contract_date, today, reopened=reopened)
