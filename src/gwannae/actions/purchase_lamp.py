"""확인 등 for a file: gathers what it asks about the purchases that a file would store, and whose sums may be shown."""

from collections.abc import Hashable, Iterator
from dataclasses import replace
from datetime import date

from gwannae.actions.purchase_plan import Plan
from gwannae.actions.report_rights import sees_sums
from gwannae.programme.city import City, programme_year
from gwannae.programme.hangul import search_key
from gwannae.programme.import_comparison import StepKind
from gwannae.programme.lamp import Deal
from gwannae.programme.organisations import Actor
from gwannae.programme.purchase_lamp import LampNote, NewBuy, PastBuy, look_through
from gwannae.programme.purchases import DIRECT_METHODS
from gwannae.programme.vendor_card import Bought
from gwannae.programme.verdict import add_months
from gwannae.storage import organisations, purchase_sums
from gwannae.storage.database import Transaction

_STORED_ANEW = (StepKind.NEW, StepKind.CHANGED)


def lamp_notes(tx: Transaction, city: City, plan: Plan, actor: Actor, today: date) -> list[LampNote]:
    """What is to be looked at of a file's new and changed purchases, beside all that counts already."""
    merged = purchase_sums.merged_vendors(tx)
    days = {step.part.line.day for step in plan.steps if step.part is not None and step.kind in _STORED_ANEW}
    if not days:
        return []
    first = min(add_months(min(days), -12), programme_year(min(days))[0])
    last = programme_year(max(days))[1]
    changed = [s.stored.id for s in plan.steps if s.stored and s.kind in (StepKind.CHANGED, StepKind.CANCELLED)]
    stored = purchase_sums.bought_between(tx, plan.organisations, first, last, changed, merged)
    sums: dict[tuple[Hashable, int], Bought] = {}
    if city.vendor_cap is not None:
        for year in range(min(days).year, max(days).year + 1):
            span = programme_year(date(year, 1, 1))
            by_firm = purchase_sums.sums_by_firm(tx, *span, changed, merged)
            sums |= {(firm, year): bought for firm, bought in by_firm.items()}
    notes = look_through(lambda: _new(city, plan, merged), stored, sums, city.limits, city.lamp, city.vendor_cap)
    names = {o.id: o.name for o in organisations.all_organisations(tx, active_only=False)}
    own = {whose: sees_sums(tx, actor, whose, today) for whose in {note.organisation_id for note in notes}}
    return [replace(n, organisation=names[n.organisation_id], own=own[n.organisation_id]) for n in notes]


def _new(city: City, plan: Plan, merged: dict[int, int]) -> Iterator[NewBuy]:
    for step in plan.steps:
        if step.part is None or step.kind not in _STORED_ANEW:
            continue
        line, won = step.part.line, step.part.amount
        if line.kind is None:
            continue
        firm, judgement = plan.firm_of(city, line)
        key: Hashable = purchase_sums.firm_key(firm.vendor_id, firm.name, firm.business_number, merged)
        direct = line.method in DIRECT_METHODS
        bought = PastBuy(step.part.organisation_id, search_key(line.item), key, line.day, won, direct)
        certificates = frozenset(c.kind for c in judgement.certificates or ())
        deal = Deal(line.kind, line.method, won, line.day, certificates)
        yield NewBuy(bought, deal, line.title, line.item, firm.name, (line.sheet, line.number))
