"""확인 등: what is to be looked at before a purchase is reported. It warns and cites, and never decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gwannae.programme.city import LampRules, LimitKind, PurchaseLimit, VendorCap, limits_on
from gwannae.programme.purchases import ContractMethod, PurchaseKind
from gwannae.programme.ratio import Ratio
from gwannae.programme.vendor_card import Bought
from gwannae.programme.vendors import CertificateKind

# What each way of contracting without a tender has to keep within.
_BOUNDS = {
    ContractMethod.DIRECT_SINGLE: (LimitKind.DIRECT_CONTRACT, LimitKind.SINGLE_QUOTE),
    ContractMethod.CARD: (LimitKind.DIRECT_CONTRACT, LimitKind.SINGLE_QUOTE),
    ContractMethod.DIRECT_QUOTES: (LimitKind.DIRECT_CONTRACT,),
    ContractMethod.DIRECT: (LimitKind.DIRECT_CONTRACT,),
}
_NOTHING = Bought(0, 0)


@dataclass(frozen=True, slots=True)
class Deal:
    """The purchase that is looked at: `amount` in won, VAT included; `certificates` of its firm that hold on `day`."""

    kind: PurchaseKind
    method: ContractMethod
    amount: int
    day: date
    certificates: frozenset[CertificateKind] = frozenset()


@dataclass(frozen=True, slots=True)
class Before:
    """What was bought without this purchase. The first four are direct contracts of the same organisation, over the
    twelve months up to the contract date and over its fiscal year; `city_firm` and `whole` are of that year by any
    method: of all organisations from the firm, and of the organisation from anybody.
    """

    item_twelve: Bought = _NOTHING
    item_year: Bought = _NOTHING
    firm_twelve: Bought = _NOTHING
    firm_year: Bought = _NOTHING
    own_firm: Bought = _NOTHING
    city_firm: Bought = _NOTHING
    whole: Bought = _NOTHING


class Subject(StrEnum):
    """What purchases have in common that may have to be added up."""

    ITEM = "item"
    FIRM = "firm"


@dataclass(frozen=True, slots=True)
class OverLimit:
    """The estimated price passes a limit for this firm's kind."""

    limit: PurchaseLimit


@dataclass(frozen=True, slots=True)
class NoLimit:
    """The city file names no limit for this kind and day: nobody can say whether one is passed."""

    kind: LimitKind


@dataclass(frozen=True, slots=True)
class AddsUp:
    """With earlier direct contracts for the same item or firm this one passes a limit that alone it keeps."""

    subject: Subject
    twelve: Bought
    year: Bought
    limit: PurchaseLimit


@dataclass(frozen=True, slots=True)
class OverCap:
    """With this purchase the city has bought for more than its cap (`bought`: this one included) from the firm."""

    cap: VendorCap
    bought: Bought


@dataclass(frozen=True, slots=True)
class LargeShare:
    """The firm has an unusual share of the organisation's year, this purchase included. `number`: of its contracts."""

    share: Ratio
    number: int
    percent: int


Finding = OverLimit | NoLimit | AddsUp | OverCap | LargeShare


@dataclass(frozen=True, slots=True)
class LookFirst:
    """Nothing is stored yet: the reporter looks at these, and then sends the form again as it is or changed.

    `own`: whether the reporter may see sums of the organisation (a self-declared affiliation does not show them).
    """

    deal: Deal
    item: str
    findings: tuple[Finding, ...]
    own: bool


def code_of(finding: Finding) -> str:
    """Names what is to be looked at, without its figures: "over_single_quote", "adds_up_item"."""
    if isinstance(finding, OverLimit):
        return f"over_{finding.limit.kind}"
    if isinstance(finding, NoLimit):
        return f"no_{finding.kind}"
    if isinstance(finding, AddsUp):
        return f"adds_up_{finding.subject}"
    return "over_cap" if isinstance(finding, OverCap) else "large_share"


def estimate(amount: int) -> int:
    """추정가격: an amount with VAT in it without it, to the next won below. An exempt contract has none in it."""
    return amount * 10 // 11


def passes(amount: int, limit: PurchaseLimit) -> bool:
    """Whether an amount, VAT included, is more than a limit, which is without; compared exactly."""
    return amount * 10 > limit.amount * 11


def limit_for(
    limits: Sequence[PurchaseLimit],
    which: LimitKind,
    kind: PurchaseKind,
    certificates: frozenset[CertificateKind],
    day: date,
) -> PurchaseLimit | None:
    """The limit in force for a firm with these certificates, the highest where several apply; None: none is known."""
    fitting = (
        limit
        for limit in limits_on(limits, day)
        if limit.kind is which
        and kind in limit.applies_to
        and (not limit.certificates or not certificates.isdisjoint(limit.certificates))
    )
    return max(fitting, key=lambda limit: limit.amount, default=None)


def look(
    deal: Deal, before: Before, limits: Sequence[PurchaseLimit], rules: LampRules, cap: VendorCap | None
) -> tuple[Finding, ...]:
    """Everything about a purchase that somebody should look at; nothing for most."""
    found: list[Finding] = []
    kept: list[PurchaseLimit] = []
    for which in _BOUNDS.get(deal.method, ()):
        limit = limit_for(limits, which, deal.kind, deal.certificates, deal.day)
        if limit is None:
            if estimate(deal.amount) >= rules.quiet_below:
                found.append(NoLimit(which))
        elif passes(deal.amount, limit):
            found.append(OverLimit(limit))
        else:
            kept.append(limit)
    found += _adding_up(deal, before, kept)
    if cap is not None and before.city_firm.won + deal.amount > cap.yearly_amount:
        found.append(OverCap(cap, _plus(before.city_firm, deal)))
    if (share := _large_share(deal, before, rules)) is not None:
        found.append(share)
    return tuple(found)


def _adding_up(deal: Deal, before: Before, kept: Sequence[PurchaseLimit]) -> list[Finding]:
    """Of the limits that the purchase alone keeps, the lowest that the sum passes; a firm's sum that is the item's own
    says nothing new.
    """
    found: list[Finding] = []
    sums = (Subject.ITEM, before.item_twelve, before.item_year), (Subject.FIRM, before.firm_twelve, before.firm_year)
    seen: set[tuple[Bought, Bought]] = set()
    for subject, twelve, year in sums:
        most = max(twelve.won if twelve.number else 0, year.won if year.number else 0)
        passed = [limit for limit in kept if most and passes(most + deal.amount, limit)]
        if passed and (twelve, year) not in seen:
            seen.add((twelve, year))
            found.append(AddsUp(subject, twelve, year, min(passed, key=lambda limit: limit.amount)))
    return found


def _large_share(deal: Deal, before: Before, rules: LampRules) -> LargeShare | None:
    if rules.share_percent is None:
        return None
    firm, whole = _plus(before.own_firm, deal), _plus(before.whole, deal)
    if firm.number < rules.share_from or firm.won * 100 < whole.won * rules.share_percent:
        return None
    return LargeShare(Ratio(firm.won, whole.won), firm.number, rules.share_percent)


def _plus(bought: Bought, deal: Deal) -> Bought:
    return Bought(bought.number + 1, bought.won + deal.amount)
