"""확인 등 for a file: what is to be looked at among very many purchases at once.

The rule is that of a form (`lamp.look`); the sums come from sorted series, so the time grows with the number of rows
alone. Notes that say the same of one item or firm are told once, with the largest figures.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate, chain
from typing import NamedTuple

from gwannae.programme.city import LampRules, PurchaseLimit, VendorCap, programme_year
from gwannae.programme.lamp import AddsUp, Before, Deal, Finding, LargeShare, OverCap, Subject, code_of, look
from gwannae.programme.purchases import DIRECT_METHODS
from gwannae.programme.vendor_card import Bought
from gwannae.programme.verdict import add_months

NOTHING = Bought(0, 0)


class PastBuy(NamedTuple):
    """A purchase as far as sums ask for it. `firm` is the same value for all records of one firm; `amount` in won."""

    organisation_id: int
    item_key: str
    firm: Hashable
    day: date
    amount: int
    direct: bool


class NewBuy(NamedTuple):
    """One purchase of the file; `row` is (sheet, row)."""

    bought: PastBuy
    deal: Deal
    title: str
    item: str
    firm_name: str
    row: tuple[str, int]


@dataclass(frozen=True, slots=True)
class LampNote:
    """What is to be looked at: said of the purchase with the largest figures, and true of `times` of the file's rows.

    `own`: whether the sender may see sums of the organisation.
    """

    organisation_id: int
    organisation: str
    title: str
    firm: str
    item: str
    row: tuple[str, int]
    times: int
    deal: Deal
    finding: Finding
    own: bool = False

    @property
    def code(self) -> str:
        """See `lamp.code_of`."""
        return code_of(self.finding)


# By what is said once: the weight (of two alike the later contract has the fuller figures), and the note.
_Found = dict[tuple[object, ...], tuple[tuple[int, date], LampNote]]


class _Series:
    """Purchases by day, so that what lies between two days is two look-ups. Packed: there are four for every row."""

    __slots__ = ("_days", "_sorted", "_sums", "_won")

    def __init__(self) -> None:
        self._days, self._won = array("i"), array("q")
        self._sums = array("q", (0,))
        self._sorted = True

    def add(self, day: int, won: int) -> None:
        self._days.append(day)
        self._won.append(won)
        self._sorted = False

    def between(self, first: int, last: int, but: int = 0) -> Bought:
        """What lies there, both days inclusive, without one purchase of `but` won; 0: with all."""
        if not self._sorted:
            order = sorted(range(len(self._days)), key=self._days.__getitem__)
            self._sums = array("q", accumulate((self._won[at] for at in order), initial=0))
            self._days, self._won = array("i", (self._days[at] for at in order)), array("q")
            self._sorted = True
        begin, end = bisect_left(self._days, first), bisect_right(self._days, last)
        return Bought(end - begin - bool(but), self._sums[end] - self._sums[begin] - but)


class _Ledger:
    """All that is stored or would be, by what the lamp adds up."""

    def __init__(self, buys: Iterable[PastBuy]) -> None:
        self._items: dict[tuple[int, str], _Series] = defaultdict(_Series)
        self._direct: dict[tuple[int, Hashable], _Series] = defaultdict(_Series)
        self._firms: dict[tuple[int, Hashable], _Series] = defaultdict(_Series)
        self._whole: dict[int, _Series] = defaultdict(_Series)
        self._spans: dict[date, tuple[tuple[int, int], tuple[int, int]]] = {}
        for whose, item, firm, on, won, direct in buys:
            day = on.toordinal()
            self._whole[whose].add(day, won)
            self._firms[whose, firm].add(day, won)
            if direct:
                self._direct[whose, firm].add(day, won)
                if item:
                    self._items[whose, item].add(day, won)

    def before(self, one: PastBuy, city_firm: Bought) -> Before:
        """What was bought without this one, which is in the ledger itself."""
        whose, item, firm, day, won, direct = one
        year, twelve = self._spans_of(day)
        mine = won if direct else 0
        items, firms = self._items.get((whose, item)) if item else None, self._direct.get((whose, firm))
        return Before(
            item_twelve=items.between(*twelve, mine) if items else NOTHING,
            item_year=items.between(*year, mine) if items else NOTHING,
            firm_twelve=firms.between(*twelve, mine) if firms else NOTHING,
            firm_year=firms.between(*year, mine) if firms else NOTHING,
            own_firm=self._firms[whose, firm].between(*year, won),
            city_firm=city_firm,
            whole=self._whole[whose].between(*year, won),
        )

    def _spans_of(self, day: date) -> tuple[tuple[int, int], tuple[int, int]]:
        """The fiscal year of a day and the twelve months up to it, as ordinals."""
        if day not in self._spans:
            first, last = programme_year(day)
            twelve = add_months(day, -12).toordinal(), day.toordinal()
            self._spans[day] = (first.toordinal(), last.toordinal()), twelve
        return self._spans[day]


def look_through(
    new: Callable[[], Iterable[NewBuy]],
    stored: Iterable[PastBuy],
    city_sums: Mapping[tuple[Hashable, int], Bought],
    limits: Sequence[PurchaseLimit],
    rules: LampRules,
    cap: VendorCap | None,
) -> list[LampNote]:
    """Everything about a file's purchases that somebody should look at, the largest figures first. `new` is gone
    through three times, and no row of it is kept.

    `stored`: what its organisations have reported already, without what the file changes; `city_sums`: by firm and
    year, what all organisations have. `organisation` of the notes is for the caller to fill in.
    """
    ledger = _Ledger(chain(stored, (one.bought for one in new())))
    file_sums = _by_firm_and_year(new())
    found: _Found = {}
    for one in new():
        bought = one.bought
        if one.deal.method not in DIRECT_METHODS and cap is None and rules.share_percent is None:
            continue
        at = (bought.firm, bought.day.year)
        there, here = city_sums.get(at, NOTHING), file_sums[at]
        city_firm = Bought(there.number + here.number - 1, there.won + here.won - bought.amount)
        for finding in look(one.deal, ledger.before(bought, city_firm), limits, rules, cap):
            _keep(found, one, finding)
    return [note for _, note in sorted(found.values(), key=lambda kept: kept[0], reverse=True)]


def _by_firm_and_year(new: Iterable[NewBuy]) -> dict[tuple[Hashable, int], Bought]:
    sums: dict[tuple[Hashable, int], Bought] = {}
    for one in new:
        at = (one.bought.firm, one.bought.day.year)
        before = sums.get(at, NOTHING)
        sums[at] = Bought(before.number + 1, before.won + one.bought.amount)
    return sums


def _keep(found: _Found, one: NewBuy, finding: Finding) -> None:
    key, weight = _said_once(one.bought, finding), (_weight(one.deal, finding), one.deal.day)
    kept = found.get(key)
    times = kept[1].times + 1 if kept else 1
    if kept is not None and weight <= kept[0]:
        found[key] = kept[0], replace(kept[1], times=times)
        return
    whose = one.bought.organisation_id
    note = LampNote(whose, "", one.title, one.firm_name, one.item, one.row, times, one.deal, finding)
    found[key] = weight, note


def _said_once(bought: PastBuy, finding: Finding) -> tuple[object, ...]:
    code = code_of(finding)
    if isinstance(finding, OverCap):
        return code, bought.firm
    if isinstance(finding, AddsUp):
        return code, bought.organisation_id, bought.item_key if finding.subject is Subject.ITEM else bought.firm
    return code, bought.organisation_id, bought.firm if isinstance(finding, LargeShare) else ""


def _weight(deal: Deal, finding: Finding) -> int:
    """In won: what is told first, and of which purchase."""
    if isinstance(finding, AddsUp):
        return deal.amount + max(finding.twelve.won, finding.year.won)
    if isinstance(finding, OverCap):
        return finding.bought.won
    return finding.share.part if isinstance(finding, LargeShare) else deal.amount
