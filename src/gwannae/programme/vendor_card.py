"""업체 상세: one firm in full, with what the city bought there, as far as the one who asks may see it."""

from dataclasses import dataclass

from gwannae.programme.bought import Bought as Bought
from gwannae.programme.city import VendorCap
from gwannae.programme.localvendor import Card
from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.programme.ratio import Ratio
from gwannae.programme.vendor_retirements import Retirement


@dataclass(frozen=True, slots=True)
class VendorPage:
    """What the window shows.

    `last_year` are the city's purchases from the firm in the twelve months up to today, `this_year` those of the
    calendar year, `own` the same two of the asker's own organisations (None for who has none). `whole` is what the city
    bought at all this year. `kinds` is what the firm supplies, as far as is known. `retirement` where the firm is off
    the list; `keeper` whether the asker may change it.
    """

    card: Card
    last_year: Bought
    this_year: Bought
    whole: Bought
    own: tuple[Bought, Bought] | None
    cap: VendorCap | None
    retirement: Retirement | None
    keeper: bool
    kinds: tuple[PurchaseKind, ...] = ()

    @property
    def share(self) -> Ratio:
        """How much of the money that the city spent this year went to this firm."""
        return Ratio(self.this_year.won, self.whole.won)
