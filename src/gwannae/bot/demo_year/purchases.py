"""The purchases of the made-up half year: local shares as cities report them, high in works and low in goods."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from gwannae.actions.judging import TYPED_ADDRESS
from gwannae.bot.demo_year.chance import draw, pick
from gwannae.bot.demo_year.firm_names import UNREGISTERED
from gwannae.bot.demo_year.firms import DEMO_TODAY, demo_business_number, outside_text
from gwannae.bot.demo_year.people import DemoPerson, demo_colleagues, demo_people
from gwannae.bot.demo_year.plan import Fate, Slot, slots
from gwannae.bot.demo_year.wares import EVENTS, ROOMS, WARES, YARDS, Ware
from gwannae.programme.addresses import read_address
from gwannae.programme.city import City
from gwannae.programme.organisations import Organisation, Role
from gwannae.programme.purchases import ContractMethod, Draft, Firm, PurchaseKind
from gwannae.programme.vendors import AddressKind, SizeFact, Vendor, VendorAddress
from gwannae.programme.verdict import Judgement, Verdict, judge, rule_on

FIRST_DAY = date(2027, 1, 4)
LAST_DAY = DEMO_TODAY - timedelta(days=1)

# Days off between these two that do not fall on a weekend; nobody signs a contract then.
_DAYS_OFF = frozenset({date(2027, 2, 8), date(2027, 2, 9), date(2027, 3, 1), date(2027, 5, 3), date(2027, 5, 5),
                       date(2027, 5, 13)})  # fmt: skip
_DAYS = [FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]
_UNREGISTERED_NUMBERS = 901  # business numbers from here on are of firms that the registry does not know
_BY_CARD, _BY_ONE_QUOTE = 1_000_000, 22_000_000  # won, VAT included


@dataclass(frozen=True, slots=True)
class DemoPurchase:
    """One report with its verdict. `typed_amount` is what the reporter first wrote where it was corrected later;
    `changed_at` is when it was corrected or cancelled.
    """

    draft: Draft
    judgement: Judgement
    reporter: DemoPerson
    reported_at: datetime
    typed_amount: int | None = None
    cancelled: bool = False
    changed_at: datetime | None = None


def demo_purchases(city: City, vendors: Sequence[Vendor], organisations: Sequence[Organisation]) -> list[DemoPurchase]:
    """All reports in the order in which they came in. `vendors` and `organisations` are those of `demo_vendors` and
    `demo_organisations`, in the same order, as they were stored: their ids go into the drafts.
    """
    market = _Market(city, vendors)
    people = (*demo_people(city), *demo_colleagues(city))
    made = []
    for slot in slots(len(organisations)):
        organisation = organisations[slot.position]
        made.append(_purchase(city, market, slot, organisation, _reporter(people, organisation, slot)))
    return sorted(made, key=lambda p: (p.reported_at, p.draft.form_key))


class _Market:
    """Who sells what, and on which side of the city's line each stood on a day."""

    def __init__(self, city: City, vendors: Sequence[Vendor]) -> None:
        self._city = city
        self._by_item: dict[str, list[Vendor]] = {}
        for vendor in vendors:
            for item in vendor.items:
                self._by_item.setdefault(item, []).append(vendor)
        first = min(rule.valid_from for rule in city.local_rules)
        self.days = [day for day in _DAYS if first <= day and _is_working(day)]
        self._wares = {ware.item: ware for wares in WARES.values() for ware in wares}

    def firm(self, slot: Slot, day: date) -> tuple[Ware, Firm, Judgement]:
        """A firm of the slot's side for its ware; an unconfirmed one sells what it sells, a new outside one all."""
        about = ("firm", slot.position, slot.number)
        if slot.side is Verdict.UNCONFIRMED:
            items = [i for i in self._by_item if self._wares[i].kind is not PurchaseKind.WORKS]
            offers = [(self._wares[i], v, j) for i in items for v, j in self._of_side(i, slot.side, day)]
        else:
            offers = [(slot.ware, v, j) for v, j in self._of_side(slot.ware.item, slot.side, day)]
        if slot.side is Verdict.OUTSIDE and (not offers or draw(6, "unregistered", *about) == 0):
            return slot.ware, *self._unregistered(slot, day)
        if not offers:  # a rule by which no firm of this trade is local
            offers = [(slot.ware, v, self._judged(v, day)) for v in self._by_item[slot.ware.item]]
        ware, vendor, judgement = pick(offers, *about)
        head = judgement.address or vendor.head_office
        return ware, Firm(vendor.name, vendor.id, vendor.business_number, head.text if head else ""), judgement

    def _of_side(self, item: str, side: Verdict, day: date) -> Iterator[tuple[Vendor, Judgement]]:
        for vendor in self._by_item[item]:
            judgement = self._judged(vendor, day)
            if judgement.verdict is side:
                yield vendor, judgement

    def _judged(self, vendor: Vendor, day: date) -> Judgement:
        rule = rule_on(self._city.local_rules, day)
        return judge(vendor.addresses, vendor.size, day, rule, certificates=vendor.certificates)

    def _unregistered(self, slot: Slot, day: date) -> tuple[Firm, Judgement]:
        index = draw(len(UNREGISTERED), "unregistered name", slot.position, slot.number)
        name = UNREGISTERED[index]
        text = outside_text(self._city, name)
        read = read_address(text, self._city.places)
        address = VendorAddress(AddressKind.HEAD_OFFICE, text, read.district, read.in_city, TYPED_ADDRESS)
        number = demo_business_number(_UNREGISTERED_NUMBERS + index) if index % 2 else None
        judgement = judge((address,), SizeFact(), day, rule_on(self._city.local_rules, day))
        return Firm(name, None, number, text), judgement


def _purchase(
    city: City, market: _Market, slot: Slot, organisation: Organisation, reporter: DemoPerson
) -> DemoPurchase:
    about = (slot.position, slot.number)
    day = pick(market.days, "day", *about)
    ware, firm, judgement = market.firm(slot, day)
    draft = Draft(
        form_key=f"demo-{slot.position}-{slot.number:03d}",
        organisation_id=organisation.id,
        title=_title(ware, day, *about),
        kind=ware.kind,
        method=_method(ware.kind, slot.amount, judgement.verdict, slot),
        firm=firm,
        item=ware.item,
        amount=slot.amount,
        contract_date=day,
    )
    reported_at = _office_hour(city, day + timedelta(days=draw(7, "wait", *about)), *about)
    made = DemoPurchase(draft, judgement, reporter, reported_at)
    if slot.fate is Fate.KEPT:
        return made
    later = _office_hour(city, reported_at.date() + timedelta(days=1 + draw(5, "regret", *about)), "later", *about)
    changed_at = max(later, reported_at + timedelta(minutes=20))
    if slot.fate is Fate.CANCELLED:
        return replace(made, cancelled=True, changed_at=changed_at)
    return replace(made, typed_amount=slot.amount * 10, changed_at=changed_at)  # one nought too many


def _title(ware: Ware, day: date, *about: object) -> str:
    event = pick(EVENTS[day.month], "event", *about)
    return ware.title.format(event=event, room=pick(ROOMS, "room", *about), yard=pick(YARDS, "yard", *about))


def _reporter(people: Sequence[DemoPerson], organisation: Organisation, slot: Slot) -> DemoPerson:
    """Its staff; where it has a lead, every fourth is the lead's."""
    own = [person for person in people if person.organisation_code == organisation.code]
    leads = [person for person in own if person.role is Role.LEAD]
    return leads[0] if leads and slot.number % 4 == 3 else own[0]


def _office_hour(city: City, day: date, *about: object) -> datetime:
    while not _is_working(day):
        day += timedelta(days=1)
    minute = draw(8 * 60, "minute", *about)
    clock = time(9 + minute // 60, minute % 60)
    return datetime.combine(min(day, LAST_DAY), clock, city.zone)


def _is_working(day: date) -> bool:
    return day.weekday() < 5 and day not in _DAYS_OFF


def _method(kind: PurchaseKind, amount: int, side: Verdict, slot: Slot) -> ContractMethod:
    chance = draw(10, "method", slot.position, slot.number)
    if amount <= _BY_CARD:
        return ContractMethod.CARD if chance < 8 else ContractMethod.DIRECT_SINGLE
    if kind is PurchaseKind.GOODS and side is Verdict.OUTSIDE and chance < 5:
        return ContractMethod.MALL if chance < 3 else ContractMethod.UNIT_PRICE
    if amount <= _BY_ONE_QUOTE:
        return ContractMethod.DIRECT_SINGLE if chance < 7 else ContractMethod.DIRECT_QUOTES
    if chance < 6:
        return ContractMethod.DIRECT_QUOTES
    return ContractMethod.RESTRICTED_BID if chance < 9 else ContractMethod.OPEN_BID
