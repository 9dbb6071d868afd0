"""Which purchases the year is made of: how many an organisation makes, of which kind, on which side, for how much."""

from dataclasses import dataclass, replace
from enum import Enum, auto

from gwannae.bot.demo_year.chance import draw, pick
from gwannae.bot.demo_year.firm_names import OUTSIDE
from gwannae.bot.demo_year.wares import WARES, Ware
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.verdict import Verdict

PURCHASES = 240
TIED = (3, 5)  # positions of two organisations that come out equal in every figure

_NUMBERS = (27, 31, 34, 25, 38, 25, 32, 28)
_BETTER = (14, 7, -10, -3, 2, -3, 10, -16)  # points above or below the usual local share
_KINDS = (
    PurchaseKind.GOODS, PurchaseKind.SERVICES, PurchaseKind.GOODS, PurchaseKind.GOODS,
    PurchaseKind.SERVICES, PurchaseKind.WORKS, PurchaseKind.GOODS, PurchaseKind.SERVICES,
)  # fmt: skip
_LOCAL_IN_HUNDRED = {PurchaseKind.GOODS: 42, PurchaseKind.SERVICES: 62, PurchaseKind.WORKS: 84}


class Fate(Enum):
    """What becomes of a report later."""

    KEPT = auto()
    CORRECTED = auto()
    CANCELLED = auto()


# Spread evenly over the organisations that are not tied: six unconfirmed, five cancelled, four corrected.
_SPECIAL = "UCXUCXUCXUCXUCU"


@dataclass(frozen=True, slots=True)
class Slot:
    """One purchase to be: `position` of its organisation, `number` within it, `amount` in won."""

    position: int
    number: int
    ware: Ware
    side: Verdict
    amount: int
    fate: Fate = Fate.KEPT


def slots(organisations: int) -> list[Slot]:
    """The year's 240 purchases, shared among that many organisations; two of eight get the same figures."""
    full = organisations == len(_NUMBERS)
    numbers = _NUMBERS if full else [PURCHASES // organisations + (i < PURCHASES % organisations)
                                     for i in range(organisations)]  # fmt: skip
    plain = [slot for position, number in enumerate(numbers) for slot in _of_one(position, number, full)]
    free = [index for index, slot in enumerate(plain) if not (full and slot.position in TIED)]
    for turn, special in enumerate(_SPECIAL):
        index = free[(2 * turn + 1) * len(free) // (2 * len(_SPECIAL))]
        plain[index] = _made_special(plain[index], special)
    return plain


def _of_one(position: int, number: int, full: bool) -> list[Slot]:
    like = TIED[0] if full and position in TIED else position
    of_kind = dict.fromkeys(PurchaseKind, 0)
    made = []
    for index in range(number):
        kind = _KINDS[(index + like) % len(_KINDS)]
        share = max(5, min(97, _LOCAL_IN_HUNDRED[kind] + _BETTER[like % len(_BETTER)]))
        nth = of_kind[kind] = of_kind[kind] + 1
        local = nth * share // 100 > (nth - 1) * share // 100  # as evenly as whole numbers can be
        side = Verdict.LOCAL if local else Verdict.OUTSIDE
        ware = pick(_of_kind(kind, side, draw(8, "usual", like, index) > 0), "ware", like, index)
        made.append(Slot(position, index, ware, side, _amount(ware, like, index)))
    return made


def _made_special(slot: Slot, special: str) -> Slot:
    if special == "U":
        return replace(slot, side=Verdict.UNCONFIRMED, amount=slot.amount % 900_000 // 10_000 * 10_000 + 100_000)
    return replace(slot, fate=Fate.CANCELLED if special == "C" else Fate.CORRECTED)


def _of_kind(kind: PurchaseKind, side: Verdict, usual: bool) -> list[Ware]:
    """What can be bought; outside, usually of those trades of which the registry knows an outside firm."""
    everything = [(trade, ware) for trade, wares in WARES.items() for ware in wares if ware.kind is kind]
    known = [ware for trade, ware in everything if side is Verdict.OUTSIDE and usual and trade in OUTSIDE]
    return known or [ware for _, ware in everything]


def _amount(ware: Ware, *about: object) -> int:
    """Small amounts more often than large ones; whole ten thousands of won."""
    chance = draw(1_000, "amount", *about)
    return (ware.low + (ware.high - ware.low) * chance * chance // 1_000_000) * 10_000
