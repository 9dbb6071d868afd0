"""판정: the verdict of one purchase on its contract date, whichever way the purchase comes in."""

from datetime import date

from gwannae.programme.addresses import read_address
from gwannae.programme.city import City
from gwannae.programme.facts import Fact
from gwannae.programme.purchases import Firm
from gwannae.programme.vendors import AddressKind, SizeFact, Vendor, VendorAddress
from gwannae.programme.verdict import Judgement, Reason, Verdict, judge, rule_on

TYPED_ADDRESS = "typed_by_reporter"


def of_registry(city: City, vendor: Vendor, day: date) -> tuple[Firm, Judgement]:
    """A firm of the registry, as it is written down, and its verdict by the rule and its facts of that day."""
    judgement = judge(vendor.addresses, vendor.size, day, rule_on(city.local_rules, day))
    head = judgement.address or vendor.head_office
    return Firm(vendor.name, vendor.id, vendor.business_number, head.text if head else ""), judgement


def of_typed(city: City, address_text: str, day: date) -> Judgement:
    """A firm that the registry does not know: its address can make it outside, but never local by itself."""
    rule = rule_on(city.local_rules, day)
    reading = read_address(address_text, city.places)
    address = VendorAddress(AddressKind.HEAD_OFFICE, address_text, reading.district, reading.in_city, TYPED_ADDRESS)
    size = SizeFact()
    if reading.in_city is Fact.NO:
        return Judgement(Verdict.OUTSIDE, (Reason.ADDRESS_OUTSIDE,), rule.version, day, address, size)
    reason = Reason.NOT_IN_REGISTRY if reading.in_city is Fact.YES else Reason.ADDRESS_UNREAD
    return Judgement(Verdict.UNCONFIRMED, (reason,), rule.version, day, address, size)
