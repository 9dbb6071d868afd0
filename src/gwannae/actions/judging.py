"""판정: the verdict of one purchase on its contract date, whichever way the purchase comes in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gwannae.programme.addresses import read_address
from gwannae.programme.city import City
from gwannae.programme.facts import Fact
from gwannae.programme.purchases import Firm
from gwannae.programme.vendor_status import StateFact, VendorCheck
from gwannae.programme.vendors import AddressKind, SizeFact, Vendor, VendorAddress, size_on
from gwannae.programme.verdict import Judgement, Reason, Verdict, judge, rule_on
from gwannae.storage import vendor_checks, vendor_update, vendors
from gwannae.storage.database import Transaction

TYPED_ADDRESS = "typed_by_reporter"


@dataclass(slots=True)
class Known:
    """What was known of a firm when: its sizes of before with the day on which another took their place, oldest first,
    and what the tax office answered about its number.
    """

    sizes: list[tuple[SizeFact, date]] = field(default_factory=list)
    states: list[StateFact] = field(default_factory=list)


def known_of(tx: Transaction, city: City, firms: Sequence[Vendor]) -> Mapping[int, Known]:
    """The same of many firms by their ids, in two selects."""
    known = {vendor.id: Known() for vendor in firms}
    changed = [vendor.id for vendor in firms if vendor.version > 1]
    for vendor_id, version in vendor_update.versions_of(tx, changed):
        known[vendor_id].sizes.append((version.vendor.size, version.replaced_at.astimezone(city.zone).date()))
    numbers = {vendor.id: vendor.business_number for vendor in firms}
    for check in vendor_checks.checks_of_all(tx, list(known)):
        if check.answer.business_number == numbers[check.vendor_id]:
            known[check.vendor_id].states.append(check.fact(city.zone))
    return known


def known_firm(tx: Transaction, city: City, vendor_id: int) -> tuple[Vendor, Known] | None:
    """One firm and the same of it, in one select where it never changed; None: there is no such firm."""
    found = vendors.vendor_and_answers(tx, vendor_id)
    return None if found is None else known_besides(tx, city, *found)


def known_besides(tx: Transaction, city: City, vendor: Vendor, answers: Sequence[VendorCheck]) -> tuple[Vendor, Known]:
    """The same where the firm is at hand, with all that the tax office ever answered about it: asks no more where it
    never changed.
    """
    known = Known()
    for _, version in vendor_update.versions_of(tx, [vendor.id] if vendor.version > 1 else []):
        known.sizes.append((version.vendor.size, version.replaced_at.astimezone(city.zone).date()))
    known.states.extend(c.fact(city.zone) for c in answers if c.answer.business_number == vendor.business_number)
    return vendor, known


def of_registry(city: City, vendor: Vendor, known: Known, day: date) -> tuple[Firm, Judgement]:
    """A firm of the registry, as it is written down, and its verdict by the rule and the facts of that day: the
    addresses that stood then, the size and the state as far as they were known then.
    """
    size = size_on(vendor.size, known.sizes, day)
    judgement = judge(vendor.addresses, size, day, rule_on(city.local_rules, day), known.states, vendor.certificates)
    head = judgement.address or vendor.head_office
    return Firm(vendor.name, vendor.id, vendor.business_number, head.text if head else ""), judgement


def of_typed(city: City, address_text: str, day: date) -> Judgement:
    """A firm that the registry does not know: its address can make it outside, but never local by itself."""
    rule = rule_on(city.local_rules, day)
    reading = read_address(address_text, city.places)
    address = VendorAddress(AddressKind.HEAD_OFFICE, address_text, reading.district, reading.in_city, TYPED_ADDRESS)
    if reading.in_city is Fact.NO:
        verdict, reason = Verdict.OUTSIDE, Reason.ADDRESS_OUTSIDE
    else:
        verdict = Verdict.UNCONFIRMED
        reason = Reason.NOT_IN_REGISTRY if reading.in_city is Fact.YES else Reason.ADDRESS_UNREAD
    return Judgement(verdict, (reason,), rule.version, day, address, SizeFact(), certificates=())
