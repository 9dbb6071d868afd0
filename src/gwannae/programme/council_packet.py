"""실무협의회 자료: what the council is shown of a half, added up; nothing in it is decided."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from gwannae.programme.bought import Bought
from gwannae.programme.council import Meeting, Member
from gwannae.programme.council_rules import CouncilRules
from gwannae.programme.objections import Objection
from gwannae.programme.outside_reasons import ReasonCode
from gwannae.programme.standings import Figures, Measure, Standings
from gwannae.programme.vendor_doubts import Doubt

LEAKS_SHOWN = 15
FIRMS_SHOWN = 10
NEW_SHOWN = 20
WORDS_SHOWN = 10
DISPUTES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Leak:
    """An item that was bought outside: how often and for how much. `local_firms`: how many local firms the search finds
    for it today. `item` is empty for purchases without one.
    """

    item: str
    bought: Bought
    local_firms: int = 0


@dataclass(frozen=True, slots=True)
class FirmShare:
    """What one firm got: contracts and won from how many organisations; `local` by the verdicts of all of them."""

    name: str
    bought: Bought
    organisations: int
    local: bool


@dataclass(frozen=True, slots=True)
class CouncilPacket:
    """Everything for one half ("2027-H1"), of contract dates from `first` to `last`; amounts are won, VAT included.

    `order`: by what the standings are ranked. `figures`: all organisations together, `effective` without what leaves
    the effective ratio. `reasons`: outside purchases by the code that holds, None for those without a reason.
    `new_firms` None: nobody can say.
    """

    period: str
    first: date
    last: date
    held_on: date | None
    made_on: date
    city_name: str
    office: str
    rules: CouncilRules
    members: tuple[Member, ...]
    standings: Standings
    order: tuple[Measure, ...]
    figures: Figures
    left_out: Bought
    leaks: tuple[Leak, ...]
    leaks_left: int
    reasons: tuple[tuple[ReasonCode | None, Bought], ...]
    firms: tuple[FirmShare, ...]
    firm_cap: int | None
    doubts: tuple[Doubt, ...]
    objections: tuple[Objection, ...]
    new_firms: tuple[str, ...] | None
    new_count: int
    missing: tuple[tuple[str, int], ...]
    before: Meeting | None

    @property
    def whole(self) -> Bought:
        """All contracts of the half, those without a verdict included."""
        f = self.figures
        return Bought(
            f.local_count + f.outside_count + f.unconfirmed_count,
            f.local_amount + f.outside_amount + f.unconfirmed_amount,
        )

    @property
    def to_replace(self) -> tuple[Leak, ...]:
        """Leaks for which there is a local firm today: what the council may propose to buy here."""
        return tuple(leak for leak in self.leaks if leak.item and leak.local_firms)


class PacketFault(StrEnum):
    """Why there is no packet."""

    NO_PERIOD = "no_period"
    NOT_BEGUN = "not_begun"


@dataclass(frozen=True, slots=True)
class PacketRefused:
    """Nothing was made."""

    fault: PacketFault


@dataclass(frozen=True, slots=True)
class PacketCall:
    """It is time for a half's packet: what the office is told once. The council meets on `held_on`."""

    period: str
    held_on: date
    council: str
    closes: datetime
