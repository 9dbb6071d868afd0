"""What is said beside a stored report: its organisation's place, the schemes that it fills, why it went outside."""

from datetime import date

from gwannae.actions.standings import place_of
from gwannae.programme.city import City
from gwannae.programme.organisations import Organisation
from gwannae.programme.outside_reasons import OutsideReason, is_outside, needs_reason
from gwannae.programme.purchases import Purchase
from gwannae.programme.report_purchase import Receipt
from gwannae.programme.schemes import filled
from gwannae.programme.verdict import Judgement
from gwannae.storage import organisations, outside_reasons, purchases
from gwannae.storage.database import Transaction


def earlier_verdict(tx: Transaction, purchase: Purchase) -> Judgement | None:
    """The verdict that the office's word took the place of."""
    if purchase.judgement.ruling is None:
        return None
    others = [v.judgement for v in purchases.history(tx, purchase.id) if v.judgement != purchase.judgement]
    return others[-1] if others else None


def receipt_of(tx: Transaction, city: City, purchase: Purchase, day: date) -> Receipt:
    """A stored report with what is said beside it, inside a transaction that is already open."""
    organisation = organisations.by_id(tx, purchase.draft.organisation_id)
    assert organisation is not None, "a foreign key holds it"
    reason = outside_reasons.latest(tx, purchase.id) if is_outside(purchase) else None
    return receipt_with(tx, city, purchase, organisation, reason, day)


def receipt_with(
    tx: Transaction,
    city: City,
    purchase: Purchase,
    organisation: Organisation,
    reason: OutsideReason | None,
    day: date,
) -> Receipt:
    """The same where its organisation, and the reason that was given for it, are at hand."""
    place = place_of(tx, city, organisation, purchase.draft.contract_date.year)
    warn_days = city.registry.certificate_warn_days
    return Receipt(
        purchase,
        organisation,
        place,
        filled(city.schemes, purchase.draft.kind, purchase.judgement, day, warn_days),
        reason,
        asks_reason=reason is None and needs_reason(city.outside_rules, purchase),
    )
