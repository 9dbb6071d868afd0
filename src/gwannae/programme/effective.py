"""실질: what leaves the effective ratio because no local choice was possible, reason by reason, and what remains."""

from collections.abc import Iterable
from dataclasses import dataclass

from gwannae.programme.bought import Bought
from gwannae.programme.outside_reasons import ReasonCode
from gwannae.programme.purchase_kind import PurchaseKind


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Outside contracts of one organisation and kind that leave the effective ratio for one reason: number and won."""

    organisation_id: int
    kind: PurchaseKind
    code: ReasonCode
    count: int
    amount: int


def together(left_out: Iterable[LeftOut], kinds: Iterable[PurchaseKind] = PurchaseKind) -> Bought:
    """How many contracts leave the ratio in all, and for how many won, of these kinds."""
    asked = frozenset(kinds)
    found = [one for one in left_out if one.kind in asked]
    return Bought(sum(one.count for one in found), sum(one.amount for one in found))


def by_reason(left_out: Iterable[LeftOut]) -> dict[ReasonCode, Bought]:
    """The same by reason, in the order of the list of reasons; those without a contract are not there."""
    found = list(left_out)
    sums = {code: together(one for one in found if one.code is code) for code in ReasonCode}
    return {code: sum_ for code, sum_ in sums.items() if sum_.number}
